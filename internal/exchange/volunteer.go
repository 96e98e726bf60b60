package exchange

import (
	"cmp"
	"slices"

	"coops/internal/directory"
)

// Volunteer is a co-op that could do something of what a request asks for.
type Volunteer struct {
	Coop    *directory.Coop
	Skills  []string // ids of what it could do, in the order of the request
	Score   int      // of the skill that it fits best, 0 to 100
	Reasons []Reason // for that skill
}

// Volunteers returns the co-ops that could do something of what a request asks for, those that could do
// most first, then the most workable; the best of them where best is not 0, and how many there are. There
// are none of a request that does not count.
func (x *Exchange) Volunteers(request string, best int) ([]Volunteer, int) {
	type share struct {
		skills  []string
		score   int
		seeker  *seeker
		offered *offering
	}
	shares := map[*party]*share{}
	var order []*party
	for _, s := range x.seekers {
		if s.request == nil || s.request.Slug != request {
			continue
		}
		offers := x.answers[doing][s.skill]
		for i := range offers {
			o := &offers[i]
			if !s.mayMeet(o.party) {
				continue
			}
			mine := shares[o.party]
			if mine == nil {
				mine = &share{}
				shares[o.party] = mine
				order = append(order, o.party)
			}
			mine.skills = append(mine.skills, x.skills.texts[s.skill])
			if points := score(s, o); points > mine.score || mine.seeker == nil {
				mine.score, mine.seeker, mine.offered = points, s, o
			}
		}
	}
	slices.SortFunc(order, func(a, b *party) int {
		return cmp.Or(
			cmp.Compare(len(shares[b].skills), len(shares[a].skills)), cmp.Compare(shares[b].score, shares[a].score), cmp.Compare(a.number, b.number),
		)
	})
	total := len(order)
	if best > 0 {
		order = order[:min(total, best)]
	}
	all := make([]Volunteer, len(order))
	for i, p := range order {
		s := shares[p]
		all[i] = Volunteer{Coop: p.coop, Skills: s.skills, Score: s.score, Reasons: x.reasons(s.seeker, s.offered)}
	}
	return all, total
}
