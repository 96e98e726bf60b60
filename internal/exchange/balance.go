package exchange

import (
	"cmp"
	"slices"
	"strings"

	"coops/internal/directory"
)

// Balance is how a skill stands: who has it and who wants it, in numbers of co-ops at work (and requests).
type Balance struct {
	Skill    string `json:"skill"`
	Does     int    `json:"does"`
	Teaches  int    `json:"teaches"`
	Learn    int    `json:"learn"` // want to learn it
	Work     int    `json:"work"`  // want it done
	Partner  int    `json:"partner"`
	Requests int    `json:"requests"`
	// Open counts the needs and requests that nobody could answer: no co-op that may be sent there offers it.
	Open int `json:"open"`
}

// Wanted counts the needs and requests.
func (b Balance) Wanted() int { return b.Learn + b.Work + b.Partner + b.Requests }

// Balances returns how each skill stands that somebody does, teaches or wants. What is wanted most comes
// first, then what most have, then by id.
func (x *Exchange) Balances() []Balance {
	all := make([]Balance, len(x.skills.texts))
	for i, id := range x.skills.texts {
		all[i].Skill = id
	}
	for _, p := range x.parties {
		if !AtWork(p.coop) {
			continue
		}
		for _, o := range p.offers[doing] {
			all[o.skill].Does++
		}
		for _, o := range p.offers[teaching] {
			all[o.skill].Teaches++
		}
	}
	for _, s := range x.seekers {
		b := &all[s.skill]
		switch s.kind {
		case Learn:
			b.Learn++
		case Work:
			b.Work++
		case Partner:
			b.Partner++
		case Request:
			b.Requests++
		}
		if x.answersTo(s, 1).Total == 0 {
			b.Open++
		}
	}
	all = slices.DeleteFunc(all, func(b Balance) bool { return b.Does+b.Teaches+b.Wanted() == 0 })
	slices.SortFunc(all, func(a, b Balance) int {
		return cmp.Or(
			cmp.Compare(b.Wanted(), a.Wanted()), cmp.Compare(b.Teaches, a.Teaches), cmp.Compare(b.Does, a.Does),
			strings.Compare(a.Skill, b.Skill),
		)
	})
	return all
}

// Gaps returns of balances those that somebody wants and nobody could answer.
func Gaps(all []Balance) []Balance {
	return slices.DeleteFunc(slices.Clone(all), func(b Balance) bool { return b.Open == 0 })
}

// Unasked returns of balances those that somebody teaches and nobody wants to learn.
func Unasked(all []Balance) []Balance {
	return slices.DeleteFunc(slices.Clone(all), func(b Balance) bool { return b.Teaches == 0 || b.Learn > 0 })
}

// By returns how skills stand within groups of co-ops: those in a country, or of a network. Open counts
// there what nobody of the group could answer. Requests belong to no group.
func By(d *directory.Directory, today directory.Date, groups func(*directory.Coop) []string) map[string][]Balance {
	members := map[string][]*directory.Coop{}
	for _, c := range d.Coops {
		for _, group := range groups(c) {
			members[group] = append(members[group], c)
		}
	}
	balances := map[string][]Balance{}
	for group, coops := range members {
		balances[group] = Open(&directory.Directory{Coops: coops, Skills: d.Skills}, today).Balances()
	}
	return balances
}
