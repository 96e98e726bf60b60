package site

import (
	"cmp"
	"math"
	"slices"
	"strings"

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
	score    float64  // 0 to 1
}

// likenesses finds, for each of some co-ops, those at work that do much the same and share a country or a
// language. A skill counts the more the fewer do it; what they share is measured against what they do in
// all. Of ten thousand co-ops most are never looked at closely: only those that beat the best so far.
func (x *index) likenesses(of []*directory.Coop) map[string][]likeness {
	working, _ := split(x.Coops)
	weight := map[string]float64{}
	for id, coops := range x.does {
		weight[id] = math.Log(float64(len(working)+1) / float64(len(coops)))
	}
	doing := map[string][]int{} // skill -> indexes of co-ops at work
	whole := make([]float64, len(working))
	for i, c := range working {
		for _, id := range x.skillsOf(c) {
			doing[id] = append(doing[id], i)
			whole[i] += weight[id]
		}
	}
	shared, common := make([]float64, len(working)), make([]int, len(working))
	found := map[string][]likeness{}
	var seen []int
	for _, c := range of {
		seen = seen[:0]
		own := 0.0
		for _, id := range x.skillsOf(c) {
			w := weight[id]
			own += w
			for _, i := range doing[id] {
				if common[i] == 0 {
					seen = append(seen, i)
				}
				shared[i] += w
				common[i]++
			}
		}
		var best []likeness
		for _, i := range seen {
			n, of := common[i], own+whole[i]-shared[i]
			l := likeness{coop: working[i], score: shared[i] / of}
			shared[i], common[i] = 0, 0
			if n < similarIn || l.coop == c || len(best) == topSimilar && l.score < best[topSimilar-1].score {
				continue
			}
			if l.country, l.language = meeting(c, l.coop); l.country != "" || l.language != "" {
				best = append(best, l)
				slices.SortFunc(best, func(a, b likeness) int {
					return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.coop.Slug, b.coop.Slug))
				})
				best = best[:min(len(best), topSimilar)]
			}
		}
		for _, l := range best {
			theirs := x.skillsOf(l.coop)
			both := slices.DeleteFunc(x.skillsOf(c), func(id string) bool { return !slices.Contains(theirs, id) })
			slices.SortStableFunc(both, func(a, b string) int { return cmp.Compare(weight[b], weight[a]) })
			l.skills = both[:min(len(both), sharedNamed)]
			found[c.Slug] = append(found[c.Slug], l)
		}
	}
	return found
}

// meeting returns a country where both co-ops are, or else a language that both speak.
func meeting(a, b *directory.Coop) (country, language string) {
	if country = first(a.Countries(), b.Countries()); country == "" {
		language = first(a.Languages, b.Languages)
	}
	return country, language
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
		s := similar{Slug: l.coop.Slug, Name: l.coop.Name, Skills: terms(l.skills, v.skillTerm)}
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
