package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"coops/internal/directory"
	"coops/internal/exchange"
	"coops/internal/problem"
	"coops/internal/world"
)

// voice says what the exchange found in a language.
type voice struct {
	*problem.Speaker
	directory *directory.Directory
}

func (v voice) say(id string, pairs ...any) string { return v.Say(problem.Say(id, pairs...)) }

// skill returns what people call a skill.
func (v voice) skill(id string) string {
	if s := v.directory.Skill(id); s != nil {
		id, _ = s.Label.In(v.Language)
	}
	return id
}

// each says every one of a list.
func each(list []string, say func(string) string) []string {
	said := make([]string, len(list))
	for i, one := range list {
		said[i] = say(one)
	}
	return said
}

func (v voice) languages(codes []string) string {
	return strings.Join(each(codes, func(code string) string { return world.LanguageName(code, v.Language) }), ", ")
}

func (v voice) countries(codes []string) string {
	return strings.Join(each(codes, func(code string) string { return world.CountryName(code, v.Language) }), ", ")
}

func (v voice) skills(ids []string) string { return strings.Join(each(ids, v.skill), ", ") }

// wish says who needs what.
func (v voice) wish(w exchange.Wish) string {
	who := ""
	if w.Request != nil {
		who = w.Request.Who.Name
	} else {
		who = w.Coop.Name
	}
	return v.say("match."+string(w.Kind), "who", who, "skill", v.skill(w.Skill))
}

// reasons says what makes a match workable. That it is the very skill goes without saying.
func (v voice) reasons(m exchange.Match) string {
	var said []string
	for _, r := range m.Reasons {
		switch r.Code {
		case exchange.Same:
		case exchange.MutualPair, exchange.Narrower, exchange.Wider:
			said = append(said, v.say("reason."+string(r.Code), "values", v.skills(r.Values)))
		case exchange.Language:
			said = append(said, v.say("reason.language", "count", len(r.Values), "values", v.languages(r.Values)))
		case exchange.Country, exchange.Serves:
			said = append(said, v.say("reason."+string(r.Code), "values", v.countries(r.Values)))
		case exchange.Hours:
			said = append(said, v.say("reason.hours", "hours", fmt.Sprintf("%d:%02d", r.Minutes/60, r.Minutes%60)))
		case exchange.Level, exchange.Format, exchange.Terms:
			said = append(said, strings.Join(each(r.Values, func(s string) string { return v.say("reason." + string(r.Code) + "." + s) }), ", "))
		default:
			said = append(said, v.say("reason."+string(r.Code), "values", strings.Join(r.Values, ", ")))
		}
	}
	return strings.Join(said, " · ")
}

// matches says what is needed and who could answer, what is most workable first; of one, under headings, and
// then whom it could help.
func (v voice) matches(answers []exchange.Answer, helps []exchange.Help, slug string) string {
	slices.SortStableFunc(answers, func(a, b exchange.Answer) int { return cmp.Compare(best(b), best(a)) })
	var own, others strings.Builder
	for _, a := range answers {
		fmt.Fprintf(&own, "\n%s\n", v.wish(a.Wish))
		for _, m := range a.Matches {
			fmt.Fprintf(&own, "  %s (%s)\n", m.Offer.Name, m.Offer.Slug)
			below(&own, v.reasons(m), reach(m.Offer))
		}
		if len(a.Matches) == 0 {
			fmt.Fprintf(&own, "  %s\n", v.say("match.nobody"))
		}
	}
	for _, m := range exchange.Matches(nil, helps) {
		fmt.Fprintf(&others, "\n%s (%s)\n", v.wish(m.Wish), m.Of())
		below(&others, v.reasons(m), asks(m.Wish))
	}
	switch {
	case own.Len()+others.Len() == 0 && slug == "":
		return v.say("match.none") + "\n"
	case own.Len()+others.Len() == 0:
		return v.say("match.none-of", "slug", slug) + "\n"
	case slug == "":
		return strings.TrimPrefix(own.String(), "\n")
	}
	var parts []string
	if own.Len() > 0 {
		parts = append(parts, v.say("match.needs")+"\n"+own.String())
	}
	if others.Len() > 0 {
		parts = append(parts, v.say("match.helps")+"\n"+others.String())
	}
	return strings.Join(parts, "\n")
}

// best returns the score of the best match; below all others where there is none.
func best(a exchange.Answer) int {
	if len(a.Matches) == 0 {
		return -1
	}
	return a.Matches[0].Score
}

// below writes what is to be said of a co-op under its name, as far as there is something.
func below(b *strings.Builder, lines ...string) {
	for _, line := range lines {
		if line != "" {
			fmt.Fprintf(b, "    %s\n", line)
		}
	}
}

// reach returns how to write to a co-op.
func reach(c *directory.Coop) string {
	if c.Contact != nil {
		return cmp.Or(c.Contact.Email, c.Contact.Form, c.Website)
	}
	return c.Website
}

// asks returns how to write to who needs something.
func asks(w exchange.Wish) string {
	if w.Coop != nil {
		return reach(w.Coop)
	}
	if w.Request.Contact == nil {
		return ""
	}
	return cmp.Or(w.Request.Contact.Email, w.Request.Contact.Form)
}

// teams says which co-ops together have the skills.
func (v voice) teams(t exchange.Teams) string {
	var b strings.Builder
	for i, team := range t.Teams {
		if i == 0 {
			fmt.Fprintf(&b, "%s\n", v.say("team.found", "count", len(team.Members)))
		} else {
			fmt.Fprintf(&b, "\n%s\n", v.say("team.or"))
		}
		for _, m := range team.Members {
			fmt.Fprintf(&b, "  %s (%s): %s\n", m.Coop.Name, m.Coop.Slug, v.skills(m.Skills))
			below(&b, reach(m.Coop))
		}
		var share []string
		if len(team.Languages) > 0 {
			share = append(share, v.say("reason.language", "count", len(team.Languages), "values", v.languages(team.Languages)))
		}
		if len(team.Countries) > 0 {
			share = append(share, v.say("reason.country", "values", v.countries(team.Countries)))
		}
		if len(team.Members) > 1 && len(share) > 0 {
			fmt.Fprintf(&b, "  %s\n", strings.Join(share, " · "))
		}
	}
	if len(t.Teams) > 0 && !t.Exact {
		fmt.Fprintf(&b, "\n%s\n", v.say("team.greedy"))
	}
	if len(t.Missing) > 0 {
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%s\n", v.say("team.missing", "skills", v.skills(t.Missing)))
	}
	return b.String()
}
