package site

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"coops/internal/directory"
)

// The facets of the search as columns over all co-ops. They are text, one character a value, so that a
// host compresses them to about what they say: see docs/decisions/0007.

// facetValues are the values of a kind, the most frequent first: their place is their number.
type facetValues struct {
	ids    []string
	number map[string]int
}

// column holds the numbers of the values that each co-op has.
type column struct {
	values *facetValues
	rows   [][]int
}

// columns are those of the whole directory, the co-ops numbered by name.
type columns struct {
	coops                                           []*directory.Coop
	skills, countries, languages, networks, sectors *facetValues
	all                                             []column // does, teaches, needs, country, language, network, sector
}

var (
	statuses       = []string{"active", "forming", "dormant", "closed", "merged", "no-longer-coop"}
	availabilities = []string{"", "open", "limited", "full"}
)

func (x *index) columns(order []string) *columns {
	c := &columns{}
	for _, slug := range order {
		c.coops = append(c.coops, x.bySlug[slug])
	}
	does := c.pick(x.skillsOf)
	teaches, needs := c.pick(x.taughtBy), c.pick(x.neededBy)
	countries := c.pick((*directory.Coop).Countries)
	languages := c.pick(func(c *directory.Coop) []string { return distinct(c.Languages) })
	networks := c.pick(func(c *directory.Coop) []string { return distinct(c.Networks) })
	sectors := c.pick(func(c *directory.Coop) []string { return distinct(c.Sectors) })

	var vocabulary []string // what a sentence may mean, whether or not somebody does it
	for _, s := range x.Skills {
		if s.AliasOf == "" {
			vocabulary = append(vocabulary, s.ID)
		}
	}
	c.skills = newFacetValues(vocabulary, does, teaches, needs)
	c.countries = newFacetValues(nil, countries)
	c.languages = newFacetValues(nil, languages)
	c.networks = newFacetValues(nil, networks)
	c.sectors = newFacetValues(nil, sectors)
	c.all = []column{
		c.skills.column(does), c.skills.column(teaches), c.skills.column(needs), c.countries.column(countries),
		c.languages.column(languages), c.networks.column(networks), c.sectors.column(sectors),
	}
	return c
}

func (c *columns) pick(of func(*directory.Coop) []string) [][]string {
	rows := make([][]string, len(c.coops))
	for i, coop := range c.coops {
		rows[i] = of(coop)
	}
	return rows
}

func newFacetValues(known []string, columns ...[][]string) *facetValues {
	counts := map[string]int{}
	for _, id := range known {
		counts[id] = 0
	}
	for _, rows := range columns {
		for _, row := range rows {
			for _, id := range row {
				counts[id]++
			}
		}
	}
	v := &facetValues{number: map[string]int{}}
	v.ids = slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
	for i, id := range v.ids {
		v.number[id] = i
	}
	return v
}

func (v *facetValues) column(rows [][]string) column {
	c := column{v, make([][]int, len(rows))}
	for i, row := range rows {
		for _, id := range row {
			c.rows[i] = append(c.rows[i], v.number[id])
		}
	}
	return c
}

// file writes the columns: the ids of the values, a line a kind; the values of each co-op, a line a
// facet, co-ops apart by a space; and a character a co-op for what it has one of.
func (c *columns) file() string {
	f := newSearchFile("facets", len(c.coops))
	for _, v := range []*facetValues{c.skills, c.countries, c.languages, c.networks, c.sectors} {
		f.line(strings.Join(v.ids, " "))
	}
	for _, column := range c.all {
		var b strings.Builder
		for i, row := range column.rows {
			if i > 0 {
				b.WriteByte(' ')
			}
			for _, value := range row {
				b.WriteRune(character(value))
			}
		}
		f.line(b.String())
	}
	var b strings.Builder
	for _, coop := range c.coops {
		state := slices.Index(statuses, statusOf(coop)) + len(statuses)*slices.Index(availabilities, coop.Availability)
		if !coop.Unconfirmed() {
			state += len(statuses) * len(availabilities)
		}
		if coop.Remote != nil && *coop.Remote {
			state += 2 * len(statuses) * len(availabilities)
		}
		b.WriteRune(character(state))
	}
	f.line(b.String())
	return f.end()
}

// dates writes when each co-op was listed and last confirmed, a character each, that names one of the
// days of the first line; the first of these is no day.
func (c *columns) dates(x *index) string {
	listed, confirmed := make([]string, len(c.coops)), make([]string, len(c.coops))
	known := map[string]bool{"": true}
	for i, coop := range c.coops {
		listed[i], confirmed[i] = string(x.listedOn(coop)), string(coop.Confirmed)
		known[listed[i]], known[confirmed[i]] = true, true
	}
	days := slices.Sorted(maps.Keys(known))
	f := newSearchFile("dates", len(c.coops))
	f.line(strings.Join(days, " "))
	for _, column := range [][]string{listed, confirmed} {
		var b strings.Builder
		for _, day := range column {
			at, _ := slices.BinarySearch(days, day)
			b.WriteRune(character(at))
		}
		f.line(b.String())
	}
	return f.end()
}

// character stands for a small number in text: the printable ones of ASCII, then what comes after the
// control characters of Latin-1. Space and line breaks stay free to part what is written.
func character(n int) rune {
	const ascii, rest, surrogates = '~' - '!' + 1, 0xA1, 0xD800
	r := rune(n) + '!'
	if n >= ascii {
		r = rune(n-ascii) + rest
	}
	if r >= surrogates {
		r += 0x800
	}
	return r
}
