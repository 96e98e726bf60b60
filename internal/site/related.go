package site

import (
	"cmp"
	"math"
	"slices"

	"coops/internal/directory"
)

const (
	togetherIn  = 3 // co-ops that must do both of two skills, before they are called related
	topRelated  = 6 // related skills on the page of a skill
	topSimilar  = 3 // similar co-ops on the page of a co-op
	similarIn   = 2 // skills that two co-ops must share, before they are called similar
	sharedNamed = 3 // shared skills that are named, the rarest first
)

// related returns the skills that co-ops at work do together with one, the nearest first, and how many
// do both. Near is by Jaccard's index: of the co-ops that do either, the part that does both; so skills
// that nearly everybody does are not near to all others. Pairs are left out that fewer than togetherIn
// do, or no more than chance would bring together (a lift of 1 or less).
func (v *view) related(id string) []count {
	both := map[string]int{}
	for _, c := range v.does[id] {
		for _, other := range v.skillsOf(c) {
			both[other]++
		}
	}
	delete(both, id)
	own := len(v.does[id])
	found := []count{}
	for other, n := range both {
		if n >= togetherIn && n*v.saying > own*len(v.does[other]) {
			found = append(found, count{other, v.skillLabel(other), n})
		}
	}
	v.sortCounts(found)
	slices.SortStableFunc(found, func(a, b count) int {
		// a.Coops/either(a) against b.Coops/either(b), without fractions
		either := func(c count) int { return own + len(v.does[c.ID]) - c.Coops }
		return cmp.Compare(b.Coops*either(a), a.Coops*either(b))
	})
	return found[:min(len(found), topRelated)]
}

// likeness is what a co-op has in common with another one.
type likeness struct {
	coop     *directory.Coop
	skills   []string // the rarest first
	country  string   // empty: none in common
	language string   // empty: none in common, or countries are
	score    float64
}

// likenesses finds, for every co-op, those at work that do much the same and share a country or a
// language. A skill counts the more the fewer do it; what they share is measured against what they do in all.
func (x *index) likenesses() map[string][]likeness {
	working, _ := split(x.Coops)
	weight := map[string]float64{}
	for id, coops := range x.does {
		weight[id] = math.Log(float64(len(working)+1) / float64(len(coops)))
	}
	number := make(map[*directory.Coop]int, len(working))
	for i, c := range working {
		number[c] = i
	}
	whole := func(c *directory.Coop) (sum float64) {
		for _, id := range x.skillsOf(c) {
			sum += weight[id]
		}
		return sum
	}
	wholes := make([]float64, len(working))
	for i, c := range working {
		wholes[i] = whole(c)
	}
	shared, common := make([]float64, len(working)), make([]int, len(working))
	found := map[string][]likeness{}
	for _, c := range x.Coops {
		clear(shared)
		clear(common)
		for _, id := range x.skillsOf(c) {
			for _, other := range x.does[id] {
				shared[number[other]] += weight[id]
				common[number[other]]++
			}
		}
		own := whole(c)
		var like []likeness
		for i, other := range working {
			if common[i] < similarIn || other == c {
				continue
			}
			l := likeness{coop: other, country: first(c.Countries(), other.Countries()), score: shared[i] / (own + wholes[i] - shared[i])}
			if l.country == "" {
				l.language = first(c.Languages, other.Languages)
			}
			if l.country != "" || l.language != "" {
				like = append(like, l)
			}
		}
		slices.SortStableFunc(like, func(a, b likeness) int { return cmp.Compare(b.score, a.score) })
		like = slices.Clone(like[:min(len(like), topSimilar)])
		for i := range like {
			theirs := x.skillsOf(like[i].coop)
			both := slices.DeleteFunc(x.skillsOf(c), func(id string) bool { return !slices.Contains(theirs, id) })
			slices.SortStableFunc(both, func(a, b string) int { return cmp.Compare(weight[b], weight[a]) })
			like[i].skills = both[:min(len(both), sharedNamed)]
		}
		found[c.Slug] = like
	}
	return found
}

// first returns the first of a that is in b too, or nothing.
func first(a, b []string) string {
	for _, s := range a {
		if slices.Contains(b, s) {
			return s
		}
	}
	return ""
}

// similar says which co-ops are like one, and why.
func (v *view) similar(c *directory.Coop) []similar {
	var all []similar
	for _, l := range v.like[c.Slug] {
		s := similar{Slug: l.coop.Slug, Name: l.coop.Name, Where: v.where(l.coop), Skills: terms(l.skills, v.skillTerm)}
		if l.country != "" {
			t := v.countryTerm(l.country)
			s.Country = &t
		}
		if l.language != "" {
			t := v.languageTerm(l.language)
			s.Language = &t
		}
		all = append(all, s)
	}
	return all
}
