package site

import (
	"cmp"
	"slices"
	"strings"

	"coops/internal/directory"
	"coops/internal/world"
)

const (
	topSkills = 8  // skills in a portrait
	topPlaces = 12 // countries and languages in a portrait
)

// groups makes a page for each country, language, network or sector: what its co-ops say, in numbers.
func (v *view) groups(members map[string][]*directory.Coop, term func(string) term) []groupPage {
	pages := []groupPage{}
	for id, coops := range members {
		working, ended := split(coops)
		t := term(id)
		pages = append(pages, groupPage{
			ID: t.ID, Label: t.Label, Coops: v.names(working), Ended: v.names(ended), Portrait: v.portrait(working),
		})
	}
	slices.SortFunc(pages, func(a, b groupPage) int {
		return cmp.Or(v.byLabel(a.Label, b.Label), strings.Compare(a.ID, b.ID))
	})
	return pages
}

// countryPages names, of the countries of its co-ops, the others only; languagePages does so with languages.
func (v *view) countryPages() []groupPage {
	pages := v.groups(v.country, v.countryTerm)
	for i := range pages {
		pages[i].Portrait.Countries = without(pages[i].Portrait.Countries, pages[i].ID)
		pages[i].Balance = v.balanceIn(strings.ToUpper(pages[i].ID))
	}
	return pages
}

// balanceIn says how skills stand among the co-ops of a network or, by its code, a country.
func (v *view) balanceIn(group string) []standing {
	v.exchange()
	rows, _ := capped(v.standings(spoken(v.within[group])), groupRows)
	return rows
}

func (v *view) languagePages() []groupPage {
	pages := v.groups(v.language, v.languageTerm)
	events := agenda(v.Directory, v.today)
	for i := range pages {
		pages[i].Events = v.eventsOf(events, func(e dated) bool { return slices.Contains(unique(e.Languages, strings.ToLower), pages[i].ID) })
		pages[i].Portrait.Languages = without(pages[i].Portrait.Languages, pages[i].ID)
	}
	return pages
}

func without(counts []count, id string) []count {
	return slices.DeleteFunc(counts, func(c count) bool { return c.ID == id })
}

func (v *view) sectorPages() []groupPage { return v.groups(v.sector, v.sectorTerm) }

// networkPages has those without members too: that none has said so yet is worth knowing.
func (v *view) networkPages() []groupPage {
	members := map[string][]*directory.Coop{}
	for _, n := range v.Networks {
		members[n.ID] = v.network[n.ID]
	}
	pages := v.groups(members, v.networkTerm)
	events := agenda(v.Directory, v.today)
	for i := range pages {
		n := v.networks[pages[i].ID]
		pages[i].Balance = v.balanceIn(n.ID)
		pages[i].Events = v.eventsOf(events, func(e dated) bool { return slices.Contains(v.networksOf(e), n.ID) })
		pages[i].Network = &network{n.Website, hostOf(n.Website), v.say(n.Summary, false), terms(n.Countries, v.countryTerm)}
	}
	return pages
}

// portrait says of co-ops at work what they say of themselves.
func (v *view) portrait(working []*directory.Coop) portrait {
	p := portrait{
		Coops:     len(working),
		Skills:    v.tally(working, topSkills, v.skillsOf, v.skillTerm),
		Countries: v.tally(working, topPlaces, (*directory.Coop).Countries, v.countryTerm),
		Languages: v.tally(working, topPlaces, func(c *directory.Coop) []string { return c.Languages }, v.languageTerm),
	}
	for _, c := range working {
		if !c.Unconfirmed() {
			p.Own++
		}
		if len(c.Teaches) > 0 {
			p.Teaching++
		}
		if len(c.Needs) > 0 {
			p.Needing++
		}
		if c.Members > 0 {
			p.Members += c.Members
			p.MembersSaid++
		}
		if c.Founded > 0 {
			if p.FoundedSaid == 0 {
				p.Oldest, p.Newest = c.Founded, c.Founded
			}
			p.Oldest, p.Newest = min(p.Oldest, c.Founded), max(p.Newest, c.Founded)
			p.FoundedSaid++
		}
	}
	return p
}

// tally counts how many co-ops have each id and returns the ids that most of them have.
func (v *view) tally(coops []*directory.Coop, top int, of func(*directory.Coop) []string, term func(string) term) []count {
	n := map[string]int{}
	for _, c := range coops {
		for _, id := range of(c) {
			n[id]++
		}
	}
	counts := []count{}
	for id, coops := range n {
		t := term(id)
		counts = append(counts, count{t.ID, t.Label, coops})
	}
	v.sortCounts(counts)
	return counts[:min(len(counts), top)]
}

func (v *view) sortCounts(counts []count) {
	slices.SortFunc(counts, func(a, b count) int {
		return cmp.Or(cmp.Compare(b.Coops, a.Coops), v.byLabel(a.Label, b.Label), strings.Compare(a.ID, b.ID))
	})
}

func (v *view) countryTerm(code string) term {
	return term{strings.ToLower(code), world.CountryName(code, v.in)}
}

func (v *view) languageTerm(code string) term {
	return term{strings.ToLower(code), world.LanguageName(code, v.in)}
}

func (v *view) networkTerm(id string) term {
	if n := v.networks[id]; n != nil {
		return term{id, n.Name}
	}
	return term{id, id}
}

func (v *view) sectorTerm(id string) term {
	if s := v.sectors[id]; s != nil {
		label, _ := s.Label.In(v.in)
		return term{id, label}
	}
	return term{id, id}
}
