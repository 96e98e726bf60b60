package review

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"coops/internal/check"
	"coops/internal/directory"
	"coops/internal/exchange"
	"coops/internal/problem"
)

// MostRunes is how many characters the Markdown of a review has at most. GitHub takes 65,536.
const MostRunes = 60_000

// How much of each thing is shown; the rest is counted.
const (
	mostText   = 1500 // characters of a value, as it is written
	mostProse  = 6000 // of what differs in a text, likewise
	mostListed = 40   // entries of a list
	mostList   = 8000 // characters of one
	mostNames  = 5    // who could help
)

// Markdown says a review in a language, as a comment for whoever has to decide. Nothing that a stranger wrote can be more than text
// in it. address returns the address of a profile that there is, or nothing.
func (r *Review) Markdown(language string, address func(slug string) string) string {
	p := page{words{problem.In(language), r.Directory, "coop"}, r, address}
	begin := p.verdict()
	end := p.elsewhere() + p.files() + p.matches() + p.checklist()
	room := MostRunes - utf8.RuneCountInString(begin+end) - 400 // for the counts of the rest
	var b strings.Builder
	b.WriteString(begin)
	sections := func(n int, more string, section func(i int) string) {
		for i := range n {
			said := section(i)
			if room -= utf8.RuneCountInString(said); room < 0 {
				b.WriteString(p.paragraph(more, "count", n-i))
				return
			}
			b.WriteString(said)
		}
	}
	sections(len(r.Coops), "review-more.coops", func(i int) string { return p.coop(r.Coops[i], room) })
	sections(len(r.Postings), "review-more.postings", func(i int) string {
		p.schema = r.Postings[i].Type
		return p.posting(r.Postings[i], room)
	})
	sections(len(r.Shared), "review-more.shared", func(i int) string {
		p.schema = r.Shared[i].Type
		return p.shared(r.Shared[i], room)
	})
	b.WriteString(end)
	return b.String()
}

// page writes the Markdown of a review.
type page struct {
	words
	review  *Review
	address func(slug string) string
}

// mark says a message as Markdown, with what fills its blanks as nothing but text.
func (p page) mark(m problem.Message) string {
	return p.MarkUp(m, func(value any, inCode bool) string {
		switch value := value.(type) {
		case diff:
			return within(mostProse, value.markdown)
		case link:
			return value.markdown()
		}
		text := fmt.Sprint(value)
		if inCode { // the message has its own
			return strings.Trim(problem.Code(clip(strings.ReplaceAll(text, "`", "'"), mostText)), "`")
		}
		return shown(text)
	})
}

// shown returns the beginning of a text as Markdown.
func shown(text string) string {
	return within(mostText, func(most int) string { return problem.Text(clip(text, most)) })
}

// within returns what is written of a text in at most so many characters: signs that could mean something take more of them.
func within(most int, write func(most int) string) string {
	for part := most; ; part /= 2 {
		if written := write(part); part == 0 || utf8.RuneCountInString(written) <= most {
			return written
		}
	}
}

// link is a text that leads to a page, or is only text.
type link struct{ text, address string }

func (l link) markdown() string {
	if text := shown(l.text); l.address == "" || text == "" {
		return text
	}
	return "[" + shown(l.text) + "](" + l.address + ")"
}

func (p page) heading(id string, pairs ...any) string {
	return "\n### " + p.mark(problem.Say(id, pairs...)) + "\n\n"
}

func (p page) paragraph(id string, pairs ...any) string {
	return "\n" + p.mark(problem.Say(id, pairs...)) + "\n"
}

// list writes a list of n entries, as much of it as there is room for, and counts the rest.
func (p page) list(n, room int, entry func(i int) string) string {
	said := ""
	for i := range n {
		line := "- " + entry(i) + "\n"
		if room -= utf8.RuneCountInString(line); i == mostListed || room < 0 {
			return said + "- " + p.mark(problem.Say("review-more", "count", n-i)) + "\n"
		}
		said += line
	}
	return said
}

// messages writes messages as a list.
func (p page) messages(before string, all []problem.Message) string {
	return p.list(len(all), mostList, func(i int) string { return before + p.mark(all[i]) })
}

// verdict says what should become of it, and why.
func (p page) verdict() string {
	var reasons []problem.Message
	for _, r := range p.review.Reasons {
		reasons = append(reasons, r.Message())
	}
	said := "**" + p.mark(problem.Say("review-verdict."+string(p.review.Verdict))) + "**\n\n" + p.messages("", reasons)
	if p.review.Mended > 0 {
		said += p.paragraph("review-mended", "count", p.review.Mended)
	}
	if p.review.Unlooked && len(p.review.Coops) > 0 {
		said += p.paragraph("review-unlooked")
	}
	return said
}

// coop says what happens to a co-op, with as many of its fields as there is room for.
func (p page) coop(c Coop, room int) string {
	said := p.heading("review-kind."+string(c.Kind), "name", c.Name(), "slug", c.Slug, "from", c.From)
	about := append(p.origin(c), p.mayApprove(c))
	for _, like := range c.Likes {
		about = append(about, p.like(like))
	}
	said += p.messages("", about)
	return said + p.rest(p.review.profile(c), c.Kind, c.Fields, room-utf8.RuneCountInString(said))
}

// rest says what is to look at in a file, and what it says or what changes in it.
func (p page) rest(file string, kind Kind, fields []Field, room int) string {
	said := ""
	if problems := p.problems(false, func(name string) bool { return name == file }); problems != "" {
		said += p.paragraph("review-look") + "\n" + problems
	}
	return said + p.fields(kind, fields, room-utf8.RuneCountInString(said))
}

// fields says what stands there now, or what changes.
func (p page) fields(kind Kind, fields []Field, room int) string {
	if kind == Removed || len(fields) == 0 {
		return ""
	}
	told := p.told(kind, fields)
	how := "review-changes"
	if kind == Added {
		how = "review-says"
	}
	said := p.paragraph(how) + "\n"
	return said + p.list(len(told), room-utf8.RuneCountInString(said)-100, func(i int) string { return p.mark(told[i]) })
}

// name returns the title of an event or request without a period at its end, or its id.
func (w words) name(p Posting) string {
	if title, _ := p.Title.In(w.Language); title != "" {
		return strings.TrimSuffix(title, ".")
	}
	return p.Slug
}

// posting says what happens to an event or request, as coop does.
func (p page) posting(c Posting, room int) string {
	said := p.heading("review-kind."+c.Type+"."+string(c.Kind), "name", p.name(c), "slug", c.Slug, "from", c.From)
	var about []problem.Message
	if c.Type == "event" {
		about = append(about, problem.Say("review-posting.hosts", "hosts", p.hosts(c.Hosts)), p.mayLetIn(c))
	} else {
		about = append(about, problem.Say("review-posting.who", "who", with(c.Who.Name, c.Who.Website)), mailOf(c.Contact, c.Who.Website), p.mayLetIn(c))
	}
	switch {
	case c.Over:
		about = append(about, problem.Say("review-over."+c.Type))
	case c.Kind == Removed && c.Type == "event":
		about = append(about, problem.Say("review-posting.called-off"))
	}
	if c.Form {
		about = append(about, problem.Say("review-posting.form"))
	}
	said += p.messages("", about)
	return said + p.rest(p.review.pathOf(c, c.Slug), c.Kind, c.Fields, room-utf8.RuneCountInString(said))
}

// mayLetIn says who may let an event or request in.
func (p page) mayLetIn(c Posting) problem.Message {
	switch {
	case c.Type == "request":
		return problem.Say("review-may.request")
	case c.Mine:
		return problem.Say("review-may.host", "author", with(p.review.Author.Login, number(p.review.Author.ID)))
	case len(c.Stewards) > 0:
		return problem.Say("review-may.hosts", "stewards", stewardsOf(c.Stewards))
	}
	return problem.Say("review-may.maintainer-of-event")
}

// stewardsOf names accounts.
func stewardsOf(all []directory.Steward) string {
	var said []string
	for _, s := range all {
		said = append(said, with(s.Login, number(s.ID)))
	}
	return strings.Join(said, ", ")
}

// origin says whose listing it is, and what speaks for it.
func (p page) origin(c Coop) []problem.Message {
	now := c.After
	switch {
	case now == nil:
		return nil
	case now.Unconfirmed() && now.Source != nil:
		s := now.Source
		return []problem.Message{problem.Say("review-origin.source", "source", s.Name, "address", s.URL, "licence", s.Licence, "day", string(s.Retrieved))}
	case now.Unconfirmed():
		return []problem.Message{problem.Say("review-origin.none")}
	}
	own := "review-origin.own"
	if c.Before != nil && c.Before.Unconfirmed() {
		own = "review-origin.taken"
	}
	return []problem.Message{problem.Say(own), mailOf(now.Contact, now.Website)}
}

// mailOf says whether an e-mail address is at a website.
func mailOf(contact *directory.Contact, website string) problem.Message {
	if contact == nil || contact.Email == "" || website == "" {
		return problem.Say("review-origin.no-mail")
	}
	_, mail, _ := strings.Cut(contact.Email, "@")
	host := strings.TrimPrefix(addressOf(website).Hostname(), "www.")
	if strings.EqualFold(mail, host) {
		return problem.Say("review-origin.mail", "host", host)
	}
	return problem.Say("review-origin.other-mail", "mail", mail, "host", host)
}

// mayApprove says who may let it in.
func (p page) mayApprove(c Coop) problem.Message {
	switch {
	case c.Mine:
		return problem.Say("review-may.steward", "author", with(p.review.Author.Login, number(p.review.Author.ID)))
	case len(c.Stewards()) > 0:
		return problem.Say("review-may.stewards", "stewards", stewardsOf(c.Stewards()))
	}
	return problem.Say("review-may.maintainer")
}

func number(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

func (p page) like(r check.Resemblance) problem.Message {
	return problem.Say("review-like."+string(r.Why), "other", link{r.Other.Name, p.address(r.Other.Slug)}, "slug", r.Other.Slug)
}

// problems lists the problems of some files, the gravest first, and in which file they are where that is not said.
func (p page) problems(named bool, of func(file string) bool) string {
	var all []problem.Problem
	for _, severity := range []problem.Severity{problem.Error, problem.Warning, problem.Notice} {
		for _, found := range p.review.Problems {
			if found.Severity() == severity && of(found.File) {
				all = append(all, found)
			}
		}
	}
	return p.list(len(all), mostList, func(i int) string {
		id := "review-problem."
		if named {
			id += "file-"
		}
		if all[i].Range.Line > 0 {
			id += "line"
		} else {
			id += "whole"
		}
		return p.mark(problem.Say(id, "severity", problem.Say("severity."+string(all[i].Severity())), "file", all[i].File, "line", all[i].Range.Line, "problem", all[i].Message))
	})
}

// elsewhere tells the problems that are in nothing of which is told what changes.
func (p page) elsewhere() string {
	told := map[string]bool{}
	for _, c := range p.review.Coops {
		told[p.review.profile(c)] = true
	}
	for _, c := range p.review.Postings {
		told[p.review.pathOf(c, c.Slug)] = true
	}
	said := p.problems(true, func(file string) bool { return !told[file] })
	if said == "" {
		return ""
	}
	return p.heading("review-elsewhere") + said
}

// files tells which files it changes of which only the name can be said.
func (p page) files() string {
	said := ""
	for _, kind := range []struct {
		id    string
		names []string
	}{{"review-files.code", p.review.OtherFiles}, {"review-files.data", p.review.untold()}, {"review-files.clash", p.review.Clashes}} {
		if len(kind.names) > 0 {
			said += p.heading(kind.id) + p.list(len(kind.names), mostList, func(i int) string { return problem.Code(clip(kind.names[i], mostText)) })
		}
	}
	return said
}

// matches says what the change does for others: what is needed, and who could answer it now.
func (p page) matches() string {
	var wishes []*exchange.Match
	helpers := map[string][]string{}
	keyOf := func(m *exchange.Match) string { return string(m.Kind) + "|" + m.Skill + "|" + m.Of() }
	for i := range p.review.Matches {
		m := &p.review.Matches[i]
		if helpers[keyOf(m)] == nil {
			wishes = append(wishes, m)
		}
		helpers[keyOf(m)] = append(helpers[keyOf(m)], m.Offer.Name)
	}
	if len(wishes) == 0 {
		return ""
	}
	var all []problem.Message
	for _, m := range wishes {
		who := ""
		if m.Coop != nil {
			who = m.Coop.Name
		} else {
			who = m.Request.Who.Name
		}
		names := helpers[keyOf(m)]
		said := strings.Join(names[:min(len(names), mostNames)], ", ")
		if len(names) > mostNames {
			said += ", …"
		}
		all = append(all, problem.Say("review-match", "count", len(names), "wish", problem.Say("match."+string(m.Kind), "who", who, "skill", p.skill(m.Skill)), "names", said))
	}
	return p.heading("review-matches") + p.messages("", all)
}

// checklist asks what only a person can judge.
func (p page) checklist() string {
	if p.review.Verdict == StewardEdit {
		return ""
	}
	var all []problem.Message
	for _, c := range p.review.Coops {
		all = append(all, p.judge(c)...)
	}
	for _, c := range p.review.Postings {
		all = append(all, p.judgePosting(c)...)
	}
	if len(p.review.untold()) > 0 {
		all = append(all, problem.Say("review-judge.data"))
	}
	if len(p.review.OtherFiles) > 0 {
		all = append(all, problem.Say("review-judge.code"))
	}
	for _, s := range p.review.Shared {
		all = append(all, p.judgeShared(s))
	}
	if len(all) == 0 {
		return ""
	}
	return p.heading("review-judge.head") + p.messages("[ ] ", all)
}
