package exchange

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"coops/internal/directory"
)

// Ask is what a team is looked for with.
type Ask struct {
	Skills   []string // ids
	Language string   // BCP 47: everybody speaks it; empty: any
	Country  string   // ISO 3166-1 alpha-2: everybody is there or works for it; empty: any
}

// Team is a few co-ops that together do everything that is asked for, as far as anybody does.
type Team struct {
	Members   []Member // what covers most first
	Languages []string // BCP 47: what all of them speak, sorted; empty: none that all speak
	Countries []string // where all of them are, sorted; empty: nowhere

	quality int
}

// Member is a co-op of a team.
type Member struct {
	Coop   *directory.Coop
	Skills []string // of those asked for, what it does, in the order they were asked for
}

// Teams is the answer to an ask.
type Teams struct {
	Teams   []Team   // the best first, all of the same size
	Missing []string // ids that nobody does who may be asked
	Exact   bool     // whether there can be no smaller team; many skills at once are covered one by one
}

// MostAsked is how many skills a team may be looked for with; mostExact for how many every team is looked
// at, since what is looked at doubles with each.
const (
	MostAsked = 64
	mostExact = 10
)

// Team finds the fewest co-ops that do all skills that are asked for, and of such teams the best: one
// whose members share a language, and a country, who know it well, have time and have confirmed their
// profiles. It returns at most so many as said. Who does a part of a skill does it. Of more than MostAsked
// skills the rest is left out.
//
// Up to ten skills the smallest team is found for certain; of more, whoever covers most of what is left
// is taken, again and again.
func (x *Exchange) Team(ask Ask, most int) Teams {
	var needed []int
	for _, id := range ask.Skills {
		if skill, ok := x.known(id); ok && !slices.Contains(needed, skill) && len(needed) < MostAsked {
			needed = append(needed, skill)
		}
	}
	var t Teams
	var can mask
	for _, c := range x.candidates(ask, needed) {
		can |= c.covers
	}
	var left []int
	for i, skill := range needed {
		if can&(1<<i) != 0 {
			left = append(left, skill)
		} else {
			t.Missing = append(t.Missing, x.skills.texts[skill])
		}
	}
	t.Exact = len(left) <= mostExact
	for _, team := range smallest(x.candidates(ask, left), len(left)) {
		t.Teams = append(t.Teams, x.team(team, left))
	}
	slices.SortStableFunc(t.Teams, func(a, b Team) int {
		return cmp.Or(
			first(len(a.Languages) > 0, len(b.Languages) > 0), first(len(a.Countries) > 0, len(b.Countries) > 0),
			cmp.Compare(b.quality, a.quality), strings.Compare(a.slugs(), b.slugs()),
		)
	})
	t.Teams = slices.CompactFunc(t.Teams, func(a, b Team) bool { return a.slugs() == b.slugs() })
	t.Teams = t.Teams[:min(len(t.Teams), most)]
	return t
}

// Doer is a co-op that may be asked to do something, as it counts in a team.
type Doer struct {
	Coop *directory.Coop
	Does []Share // by skill
}

// Share is a skill that a co-op brings to a team: one that it does, or that it does a part of.
type Share struct {
	Skill  string // id in use
	Points int    // that a team gets for it: more where the co-op knows it well, has time and is confirmed
}

// Doers returns all co-ops that may be asked to do something, by slug: what Team chooses from.
func (x *Exchange) Doers() []Doer {
	var all []Doer
	for _, p := range x.parties {
		d := Doer{Coop: p.coop}
		for skill, id := range x.skills.texts {
			if o, ok := x.offerOf(p, doing, skill); ok && o.fit != Wider {
				d.Does = append(d.Does, Share{id, o.static})
			}
		}
		if len(d.Does) > 0 {
			all = append(all, d)
		}
	}
	return all
}

// mask says which of the needed skills are meant, a bit each.
type mask uint64

// candidate is a co-op that may be asked, and what it would bring to a team.
type candidate struct {
	*party
	covers  mask
	quality int
}

// candidates returns the co-ops that do something of what is needed and may be asked, by slug.
func (x *Exchange) candidates(ask Ask, needed []int) []candidate {
	language, _, _ := strings.Cut(ask.Language, "-")
	var pool []candidate
	for _, p := range x.parties {
		if language != "" && !slices.Contains(x.languages.in(p.languages), language) {
			continue
		}
		if ask.Country != "" && !p.worldwide && !slices.Contains(x.countries.in(p.serves), ask.Country) {
			continue
		}
		c := candidate{party: p}
		for i, skill := range needed {
			if o, ok := x.offerOf(p, doing, skill); ok && o.fit != Wider {
				c.covers |= 1 << i
				c.quality += o.static
			}
		}
		if c.covers != 0 {
			pool = append(pool, c)
		}
	}
	return pool
}

// smallest returns teams of the least size that cover n skills: the best of all, and the best of those that
// share a language, a country or both. A team may be returned more than once; none where n is 0.
func smallest(pool []candidate, n int) [][]candidate {
	var teams [][]candidate
	try := func(pool []candidate) {
		if team := cover(pool, n); team != nil {
			teams = append(teams, team)
		}
	}
	try(pool)
	each(pool, func(c candidate) set { return c.countries }, try)
	each(pool, func(c candidate) set { return c.languages }, func(pool []candidate) {
		try(pool)
		each(pool, func(c candidate) set { return c.countries }, try)
	})
	size := len(pool)
	for _, team := range teams {
		size = min(size, len(team))
	}
	return slices.DeleteFunc(teams, func(team []candidate) bool { return len(team) > size })
}

// each calls do with the part of a pool that shares a thing, for each thing that somebody has.
func each(pool []candidate, things func(candidate) set, do func([]candidate)) {
	var all set
	for _, c := range pool {
		all = all.with(things(c))
	}
	for _, thing := range all.members() {
		var sharing []candidate
		for _, c := range pool {
			if things(c).has(thing) {
				sharing = append(sharing, c)
			}
		}
		do(sharing)
	}
}

// cover returns the best of the smallest teams that cover n skills, or nil where there is none.
func cover(pool []candidate, n int) []candidate {
	whole := mask(1)<<n - 1
	var can mask
	for _, c := range pool {
		can |= c.covers
	}
	switch {
	case can != whole || n == 0:
		return nil
	case n > mostExact:
		return greedy(pool, whole)
	}
	return exact(pool, whole)
}

// exact fills, for every set of skills, the best way to cover it: fewest co-ops, then quality. Of co-ops
// that cover just the same only the best one can be of a smallest team.
func exact(pool []candidate, whole mask) []candidate {
	best := map[mask]candidate{}
	for _, c := range pool {
		if b, ok := best[c.covers]; !ok || c.quality > b.quality {
			best[c.covers] = c
		}
	}
	pool = slices.Collect(maps.Values(best))
	slices.SortFunc(pool, func(a, b candidate) int { return a.number - b.number })

	type way struct {
		count, quality int
		from           mask
		last           int // in pool
	}
	ways := make([]way, whole+1) // those of count 0 are not found yet, but for that of nothing
	for s := range whole {
		if s != 0 && ways[s].count == 0 {
			continue
		}
		missing := ^s & (s + 1) // the first skill that is not covered
		for i, c := range pool {
			if c.covers&missing == 0 {
				continue
			}
			w := way{ways[s].count + 1, ways[s].quality + c.quality, s, i}
			was := &ways[s|c.covers]
			if was.count == 0 || w.count < was.count || w.count == was.count && w.quality > was.quality {
				*was = w
			}
		}
	}
	var team []candidate
	for s := whole; s != 0; s = ways[s].from {
		team = append(team, pool[ways[s].last])
	}
	return team
}

// greedy takes whoever covers most of what is left, and of those the one of the highest quality, until
// everything is covered.
func greedy(pool []candidate, left mask) []candidate {
	var team []candidate
	for left != 0 {
		next := slices.MaxFunc(pool, func(a, b candidate) int {
			return cmp.Or(
				cmp.Compare(bits.OnesCount64(uint64(a.covers&left)), bits.OnesCount64(uint64(b.covers&left))),
				cmp.Compare(a.quality, b.quality), cmp.Compare(b.number, a.number),
			)
		})
		team = append(team, next)
		left &^= next.covers
	}
	return team
}

// team makes a team of those who cover the needed skills.
func (x *Exchange) team(members []candidate, needed []int) Team {
	members = slices.Clone(members)
	slices.SortFunc(members, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(bits.OnesCount64(uint64(b.covers)), bits.OnesCount64(uint64(a.covers))), a.number-b.number)
	})
	t := Team{}
	languages, countries := members[0].languages, members[0].countries
	for _, c := range members {
		m := Member{Coop: c.coop}
		for i, skill := range needed {
			if c.covers&(1<<i) != 0 {
				m.Skills = append(m.Skills, x.skills.texts[skill])
			}
		}
		t.Members = append(t.Members, m)
		t.quality += c.quality
		languages, countries = languages.only(c.languages), countries.only(c.countries)
	}
	t.Languages, t.Countries = x.languages.in(languages), x.countries.in(countries)
	return t
}

// slugs names a team by its members.
func (t Team) slugs() string {
	var all []string
	for _, m := range t.Members {
		all = append(all, m.Coop.Slug)
	}
	return strings.Join(all, " ")
}

// first puts what has something before what has it not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
