package site

import (
	"coops/internal/directory"
	"coops/internal/world"
)

// searchData is search.<language>.json: slim records that the search in the browser works on. Ids are
// named by their index in the lists above the records; what is empty is left out, to keep it small.
type searchData struct {
	Version   int          `json:"version"`
	Language  string       `json:"language"`
	Skills    []skillTerm  `json:"skills"`
	Countries []term       `json:"countries"`
	Languages []term       `json:"languages"`
	Networks  []term       `json:"networks"`
	Sectors   []term       `json:"sectors"`
	Coops     []searchCoop `json:"coops"`
}

type searchCoop struct {
	Slug         string   `json:"slug"`
	Name         string   `json:"name"`
	Mark         [3]any   `json:"mark"` // initials, tint, shape
	Logo         string   `json:"logo,omitempty"`
	Place        string   `json:"place,omitempty"` // the main one, without its country
	Summary      string   `json:"summary,omitempty"`
	SummaryIn    string   `json:"lang,omitempty"` // the summary's language, where it is not the reader's
	Former       []string `json:"former,omitempty"`
	Does         []int    `json:"does,omitempty"`
	Other        []string `json:"other,omitempty"`
	Teaches      []int    `json:"teaches,omitempty"`
	Needs        []int    `json:"needs,omitempty"`
	Countries    []int    `json:"countries,omitempty"`
	Languages    []int    `json:"languages,omitempty"`
	Networks     []int    `json:"networks,omitempty"`
	Sectors      []int    `json:"sectors,omitempty"`
	Availability string   `json:"availability,omitempty"`
	Status       string   `json:"status,omitempty"` // empty: active
	Coop         int      `json:"coop,omitempty"`   // 1: listed by the co-op itself
	Remote       int      `json:"remote,omitempty"` // 1: works at a distance
}

// numbered hands out the indexes of ids, in the order in which they are first asked for.
type numbered struct {
	index map[string]int
	terms []term
	label func(string) string
}

func newNumbered(label func(string) string) *numbered {
	return &numbered{map[string]int{}, []term{}, label}
}

func (n *numbered) of(ids []string) []int {
	var out []int
	for _, id := range ids {
		i, ok := n.index[id]
		if !ok {
			i = len(n.terms)
			n.index[id] = i
			n.terms = append(n.terms, term{id, n.label(id)})
		}
		out = append(out, i)
	}
	return out
}

// search makes the records of one language. words holds the vocabulary's words in all of them.
func (v *view) search(words *vocabulary) searchData {
	data := searchData{Version: 1, Language: v.in, Skills: []skillTerm{}, Coops: []searchCoop{}}
	number := map[string]int{}
	for _, s := range v.Skills {
		if s.AliasOf != "" {
			continue
		}
		number[s.ID] = len(data.Skills)
		ask, also := words.of(s, v.in)
		data.Skills = append(data.Skills, skillTerm{s.ID, v.skillLabel(s.ID), s.Category, synonyms(s, v.in), ask, also})
	}
	numbers := func(ids []string) []int {
		var out []int
		for _, id := range ids {
			out = append(out, number[id])
		}
		return out
	}
	countries := newNumbered(func(code string) string { return world.CountryName(code, v.in) })
	languages := newNumbered(func(code string) string { return world.LanguageName(code, v.in) })
	networks := newNumbered(func(id string) string { return v.networkTerm(id).Label })
	sectors := newNumbered(func(id string) string { return v.sectorTerm(id).Label })
	for _, slug := range v.names(v.Coops) {
		c, k := v.bySlug[slug], v.cards[slug]
		r := searchCoop{
			Slug: slug, Name: c.Name, Mark: [3]any{k.Mark.Initials, k.Mark.Tint, k.Mark.Shape}, Logo: k.Logo, Place: mainPlace(c),
			Former: c.FormerNames, Availability: c.Availability,
			Does:      numbers(v.skillsOf(c)),
			Teaches:   numbers(unique(c.Teaches, func(o directory.Offer) string { return v.current(o.Skill) })),
			Needs:     numbers(unique(c.Needs, func(n directory.Need) string { return v.current(n.Skill) })),
			Other:     unique(c.Skills, func(u directory.SkillUse) string { return u.Other }),
			Countries: countries.of(c.Countries()), Languages: languages.of(c.Languages),
			Networks: networks.of(c.Networks), Sectors: sectors.of(c.Sectors),
		}
		if k.Summary != nil {
			r.Summary = k.Summary.Text
			if k.Summary.Language != v.in {
				r.SummaryIn = k.Summary.Language
			}
		}
		if c.Status != "active" {
			r.Status = c.Status
		}
		if !c.Unconfirmed() {
			r.Coop = 1
		}
		if k.Remote {
			r.Remote = 1
		}
		data.Coops = append(data.Coops, r)
	}
	data.Countries, data.Languages, data.Networks, data.Sectors = countries.terms, languages.terms, networks.terms, sectors.terms
	return data
}
