package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"coops/internal/directory"
	"coops/internal/problem"
	"coops/internal/world"
	"coops/schema"
)

// checkProfile holds one co-op's profile against what no schema can say.
func (f *file) checkProfile(c *directory.Coop, s *set) {
	f.checkEnd(c)
	f.checkPlaces(c)
	f.checkExchange(c, s)
	f.checkFreshness(c, s.today)
	f.checkLanguages(c)
	f.checkEmail(c.Contact)
	f.checkLinks(c)
}

// checkEnd looks at what a co-op that ended says of it.
func (f *file) checkEnd(c *directory.Coop) {
	if c.Founded > 0 && len(c.EndedOn) >= 4 {
		if began := fmt.Sprintf("%04d", c.Founded); string(c.EndedOn)[:4] < began {
			f.report(problem.DateOrder, f.doc.Position("/ended"), problem.Say("date-order.ended", "ended", string(c.EndedOn), "founded", began))
		}
	}
	if c.Ended() && c.EndedOn == "" {
		f.report(problem.EndedMissing, f.doc.Position("/status"), problem.Say("ended-missing", "status", c.Status))
	}
	if c.Status == "merged" && c.Successor == "" {
		f.report(problem.SuccessorMissing, f.doc.Position("/status"), problem.Say("successor-missing"))
	}
}

// checkPlaces reports coordinates that are not in the country beside them.
func (f *file) checkPlaces(c *directory.Coop) {
	for i, l := range c.Locations {
		if l.Coordinates == nil || !world.IsCountry(l.Country) || !f.has(item("/locations", i)+"/coordinates/latitude") || !f.has(item("/locations", i)+"/coordinates/longitude") {
			continue
		}
		latitude, longitude := l.Coordinates.Latitude, l.Coordinates.Longitude
		if latitude < -90 || latitude > 90 || longitude < -180 || longitude > 180 || world.Surrounds(l.Country, latitude, longitude) {
			continue // out of range is another rule's
		}
		id := "coordinates-country"
		if longitude >= -90 && longitude <= 90 && world.Surrounds(l.Country, longitude, latitude) {
			id = "coordinates-country.swapped"
		}
		f.report(problem.CoordsCountry, f.doc.Position(item("/locations", i)+"/coordinates/latitude"),
			problem.Say(id, "latitude", latitude, "longitude", longitude, "country", countryName(l.Country)))
	}
}

// has tells whether the document says something at pointer: zero is a value, too.
func (f *file) has(pointer string) bool {
	_, value, _ := schema.Root(f.schema).At(f.doc.Value, pointer)
	return value != nil
}

// checkExchange looks at what a co-op does, declines, teaches and needs, one beside the other.
func (f *file) checkExchange(c *directory.Coop, s *set) {
	does := map[string]bool{}
	for _, u := range c.Skills {
		does[s.inUse(u.Skill)] = true
	}
	for i, id := range c.Declines {
		if id != "" && does[s.inUse(id)] {
			f.report(problem.Contradiction, f.doc.Position(item("/declines", i)), problem.Say("contradiction", "found", id))
		}
	}
	for i, o := range c.Teaches {
		if o.Skill != "" && !does[s.inUse(o.Skill)] && s.skills[o.Skill] != nil {
			f.report(problem.TeachesNotDoes, f.doc.Position(item("/teaches", i)+"/skill"), problem.Say("teaches-not-does", "found", o.Skill))
		}
	}
	today, _ := s.today.Time()
	for i, n := range c.Needs {
		until, ok := n.Until.Time()
		at := item("/needs", i) + "/until"
		switch {
		case !ok || len(n.Until) != len(time.DateOnly):
		case until.Before(today):
			f.report(problem.NeedPast, f.doc.Position(at), problem.Say("need-past", "found", string(n.Until)))
		case until.After(today.AddDate(2, 0, 0)):
			f.report(problem.NeedFar, f.doc.Position(at), problem.Say("need-far", "found", string(n.Until)))
		}
	}
}

// inUse returns the id that took the place of a retired one, or the id itself.
func (s *set) inUse(id string) string {
	for range s.skills { // a circle of aliases is no longer than the vocabulary
		skill := s.skills[id]
		if skill == nil || skill.AliasOf == "" {
			break
		}
		id = skill.AliasOf
	}
	return id
}

// checkFreshness reports a profile that nobody has confirmed for a year.
func (f *file) checkFreshness(c *directory.Coop, today directory.Date) {
	now, _ := today.Time()
	confirmed, ok := c.Confirmed.Time()
	if ok && !c.Ended() && confirmed.Before(now.AddDate(-1, 0, 0)) {
		f.report(problem.Stale, f.doc.Position("/confirmed"), problem.Say("stale", "found", string(c.Confirmed), "slug", f.id))
	}
}

// checkLanguages reports, once for each language, a text in one that the profile does not list.
func (f *file) checkLanguages(c *directory.Coop) {
	if len(c.Languages) == 0 {
		return
	}
	listed := map[string]bool{}
	for _, code := range c.Languages {
		base, _, _ := strings.Cut(code, "-")
		listed[base] = true
	}
	texts := []struct {
		text    directory.Text
		pointer string
	}{{c.Summary, "/summary"}, {c.Description, "/description"}}
	for _, t := range texts {
		for _, code := range t.text.Languages() {
			base, _, _ := strings.Cut(code, "-")
			if !listed[base] && world.IsLanguage(code) {
				listed[base] = true
				f.report(problem.TextLanguage, f.doc.KeyPosition(schema.Join(t.pointer, code)), problem.Say("text-language", "language", languageName(code), "code", code))
			}
		}
	}
}

// checkLinks reports an address that stands twice.
func (f *file) checkLinks(c *directory.Coop) {
	at := func(i int) problem.Range { return f.doc.Position(item("/links", i) + "/url") }
	first := map[string]int{}
	for i, l := range c.Links {
		address := strings.TrimRight(strings.ToLower(l.URL), "/")
		if before, twice := first[address]; twice && address != "" {
			f.report(problem.DuplicateLink, at(i), problem.Say("duplicate-link", "found", short(l.URL), "line", at(before).Line))
			continue
		}
		first[address] = i
	}
}

// Words before the @ that name a shared mailbox, in the site's languages, and hosts where people have
// mailboxes of their own.
var (
	roleWords = strings.Fields(`accueil admin administracion administracao ajuda ayuda atendimento board bonjour bureau buro
		comercial comunicacion comunicacao contact contacto contato coop cooperativa cooperative correo desk dev equipe
		equipo hallo hello help hey hi hola info informacion jobs kontakt mail mailbox media ola office oi post press
		projects request sales secretaria secretariat support team tech us web welcome work workers`)
	personalHosts = strings.Fields(`gmail.com googlemail.com hotmail.com outlook.com live.com yahoo.com yahoo.es yahoo.fr
		yahoo.com.br yahoo.com.ar icloud.com me.com gmx.de gmx.net gmx.com web.de proton.me protonmail.com uol.com.br bol.com.br
		orange.fr free.fr laposte.net riseup.net autistici.org disroot.org posteo.net mailbox.org`)
	firstDotLast = regexp.MustCompile(`^\pL{2,}[._]\pL{2,}$`)
	wordBreak    = func(r rune) bool { return !unicode.IsLetter(r) }
)

// ownMailHost returns the host of an e-mail address, or nothing where it is a provider's.
func ownMailHost(address string) string {
	_, host, _ := strings.Cut(strings.ToLower(address), "@")
	if slices.Contains(personalHosts, host) {
		return ""
	}
	return host
}

// checkEmail reports an address that looks like one person's: first.last@, or a private mailbox that
// is not named for a role or for the co-op.
func (f *file) checkEmail(c *directory.Contact) {
	if c == nil {
		return
	}
	mailbox, host, ok := strings.Cut(strings.ToLower(c.Email), "@")
	if !ok {
		return
	}
	for _, word := range strings.FieldsFunc(world.Fold(mailbox), wordBreak) {
		if slices.Contains(roleWords, word) || strings.Contains(f.id, word) && len(word) > 2 || strings.Contains(word, "coop") {
			return
		}
	}
	if firstDotLast.MatchString(mailbox) || slices.Contains(personalHosts, host) {
		f.report(problem.PersonalEmail, f.doc.Position("/contact/email"), problem.Say("personal-email", "found", short(c.Email)))
	}
}

// legalForms are the words at the end of a name that say what kind of body it is.
var legalForms = strings.Fields(`coop co-op cooperative cooperativa cooperative-society ltd limited llc lca inc gmbh eg e.g. e.v. ev sa s.a. sas
	sarl scop scic sccl s.c.c.l. sccoop s.coop s.coop. scoop scrl sc cv ltda limitada cooperative-limited collective kollektiv uk cic`)

// bareName returns a name as it is compared: folded, without punctuation and without legal forms at
// its end, unless nothing else is left.
func bareName(name string) string {
	words := strings.Fields(strings.Map(func(r rune) rune {
		if r == ',' || r == '(' || r == ')' {
			return ' '
		}
		return r
	}, world.Fold(name)))
	for len(words) > 1 && slices.Contains(legalForms, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

func contains(sorted []string, s string) bool {
	_, found := slices.BinarySearch(sorted, s)
	return found
}
