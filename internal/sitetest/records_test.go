package sitetest

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"testing"
)

// records are what the tests know of the co-ops: from the exports, which are made apart from the search.
type records struct {
	Skills []struct {
		ID, Label string
	}
	Countries []string // codes, by how many co-ops they have
	Coops     []record // by slug
}

type record struct {
	Slug, Name, Status, Availability                              string
	Does, Teaches, Needs, Countries, Languages, Networks, Sectors []string // ids
	Listed                                                        string
}

func (s *site) records(t *testing.T, language string) records {
	t.Helper()
	var skills []struct {
		ID      string
		Label   map[string]string
		AliasOf string `json:"alias_of"`
	}
	var coops []struct {
		Slug, Name, Status, Availability string
		ListedBy                         string `json:"listed_by"`
		Skills, Teaches, Needs           []struct{ Skill string }
		Locations                        []struct{ Country string }
		Languages, Networks, Sectors     []string
	}
	for address, content := range map[string]any{"/api/v1/skills.json": &skills, "/api/v1/coops.json": &coops} {
		if err := json.Unmarshal(s.read(t, address), content); err != nil {
			t.Fatal(err)
		}
	}
	var r records
	current := map[string]string{}
	for _, skill := range skills {
		current[skill.ID] = cmp.Or(skill.AliasOf, skill.ID)
		r.Skills = append(r.Skills, struct{ ID, Label string }{skill.ID, cmp.Or(skill.Label[language], skill.Label["en"])})
	}
	once := func(ids []string) (all []string) {
		for _, id := range ids {
			if id != "" && !slices.Contains(all, id) {
				all = append(all, id)
			}
		}
		return all
	}
	ids := func(list []struct{ Skill string }) (all []string) {
		for _, one := range list {
			all = append(all, cmp.Or(current[one.Skill], one.Skill))
		}
		return once(all)
	}
	counts := map[string]int{}
	for _, c := range coops {
		var countries []string
		for _, l := range c.Locations {
			countries = append(countries, l.Country)
		}
		countries = once(countries)
		for _, code := range countries {
			counts[code]++
		}
		if c.Status == "active" {
			c.Status = ""
		}
		r.Coops = append(r.Coops, record{
			Slug: c.Slug, Name: c.Name, Status: c.Status, Availability: c.Availability, Listed: c.ListedBy,
			Does: ids(c.Skills), Teaches: ids(c.Teaches), Needs: ids(c.Needs),
			Countries: countries, Languages: once(c.Languages), Networks: once(c.Networks), Sectors: once(c.Sectors),
		})
	}
	r.Countries = slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	return r
}

func (r records) skill(id string) string {
	for _, s := range r.Skills {
		if s.ID == id {
			return s.Label
		}
	}
	return ""
}

// values returns the ids that a co-op has in a facet.
func (c record) values(facet string) []string {
	switch facet {
	case "does":
		return c.Does
	case "teaches":
		return c.Teaches
	case "needs":
		return c.Needs
	case "country":
		return c.Countries
	case "language":
		return c.Languages
	case "network":
		return c.Networks
	case "sector":
		return c.Sectors
	case "availability":
		return []string{c.Availability}
	case "listed":
		return []string{c.Listed}
	}
	panic("no facet " + facet)
}

// filters are chosen ids by facet.
type filters map[string][]string

// choose returns the slugs of the co-ops at work that have, in every facet, one of the chosen ids.
func (r records) choose(chosen filters) []string {
	kept := []string{}
next:
	for _, c := range r.Coops {
		if c.Status == "closed" || c.Status == "merged" || c.Status == "no-longer-coop" {
			continue
		}
		for facet, ids := range chosen {
			has := c.values(facet)
			if len(ids) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(has, id) }) {
				continue next
			}
		}
		kept = append(kept, c.Slug)
	}
	return kept
}

// with returns the filters with one facet's ids in place of those it had.
func (f filters) with(facet string, ids ...string) filters {
	other := filters{facet: ids}
	for name, chosen := range f {
		if name != facet {
			other[name] = chosen
		}
	}
	return other
}

func (f filters) query() string {
	var pairs []string
	for facet, ids := range f {
		for _, id := range ids {
			pairs = append(pairs, facet, id)
		}
	}
	return query(pairs...)
}

func (r records) bySlug(slug string) record {
	at := slices.IndexFunc(r.Coops, func(c record) bool { return c.Slug == slug })
	if at < 0 {
		return record{}
	}
	return r.Coops[at]
}

func (r records) labels(skills []string) (labels []string) {
	for _, id := range skills {
		labels = append(labels, r.skill(id))
	}
	return labels
}

func sorted(all []string) []string {
	all = slices.Clone(all)
	slices.Sort(all)
	return all
}
