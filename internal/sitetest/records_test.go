package sitetest

import (
	"encoding/json"
	"slices"
	"testing"
)

// records are what the tests read of the search data.
type records struct {
	Skills, Countries, Languages, Networks, Sectors []struct{ ID, Label string }
	Coops                                           []record
}

type record struct {
	Slug, Name, Place, Status, Availability                       string
	Does, Teaches, Needs, Countries, Languages, Networks, Sectors []int
	Coop                                                          int
}

func (s *site) records(t *testing.T, language string) records {
	t.Helper()
	var r records
	if err := json.Unmarshal(s.read(t, "/search."+language+".json"), &r); err != nil {
		t.Fatal(err)
	}
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
func (r records) values(c record, facet string) []string {
	pick := func(list []struct{ ID, Label string }, indexes []int) (ids []string) {
		for _, at := range indexes {
			ids = append(ids, list[at].ID)
		}
		return ids
	}
	switch facet {
	case "does":
		return pick(r.Skills, c.Does)
	case "teaches":
		return pick(r.Skills, c.Teaches)
	case "needs":
		return pick(r.Skills, c.Needs)
	case "country":
		return pick(r.Countries, c.Countries)
	case "language":
		return pick(r.Languages, c.Languages)
	case "network":
		return pick(r.Networks, c.Networks)
	case "sector":
		return pick(r.Sectors, c.Sectors)
	case "availability":
		return []string{c.Availability}
	case "listed":
		if c.Coop == 1 {
			return []string{"coop"}
		}
		return []string{"third-party"}
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
			has := r.values(c, facet)
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

func (r records) labels(skills []int) (labels []string) {
	for _, at := range skills {
		labels = append(labels, r.Skills[at].Label)
	}
	return labels
}

func sorted(all []string) []string {
	all = slices.Clone(all)
	slices.Sort(all)
	return all
}
