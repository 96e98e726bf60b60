package exchange

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"coops/internal/directory"
)

// Kind is what is needed.
type Kind string

const (
	Learn   Kind = "learn"   // to be taught
	Work    Kind = "work"    // to have it done
	Partner Kind = "partner" // to do it together
	Request Kind = "request" // what a co-operative that is no member asks for
)

// Wish is something that a co-op or a request needs, and that counts today.
type Wish struct {
	Kind    Kind
	Skill   string             // id in use
	Coop    *directory.Coop    // who needs it; nil where a request does
	Need    *directory.Need    // as Coop says it
	Request *directory.Request // nil where a co-op needs it
}

// Of returns the slug of the co-op or request whose wish it is.
func (w *Wish) Of() string {
	if w.Coop != nil {
		return w.Coop.Slug
	}
	return w.Request.Slug
}

// Match is a wish and a co-op that could answer it.
type Match struct {
	Wish
	Offer *directory.Coop // who could answer

	// Score says how workable it is, 0 to 100, and Mutual more where each teaches what the other wants:
	// such pairs come before all others.
	Score   int
	Reasons []Reason // what makes it workable; never empty
}

// IsMutual tells whether each teaches what the other wants to learn.
func (m *Match) IsMutual() bool { return m.Score >= Mutual }

// compare puts the most workable first, and else sorts by kind, skill and slugs, so that the order is
// always the same.
func compare(a, b Match) int {
	return cmp.Or(
		cmp.Compare(b.Score, a.Score), strings.Compare(string(a.Kind), string(b.Kind)), strings.Compare(a.Skill, b.Skill),
		strings.Compare(a.Of(), b.Of()), strings.Compare(a.Offer.Slug, b.Offer.Slug),
	)
}

// Answer is a wish and who could answer it.
type Answer struct {
	Wish
	Matches []Match // the most workable first
	Total   int     // how many there are, with those that were left out
}

// Help is a skill of a co-op and whom it could help with it.
type Help struct {
	Skill   string  // id in use
	Taught  bool    // whether it is taught; otherwise it is done
	Matches []Match // the most workable first; what is needed may be a part of the skill, or a wider one
	Total   int     // how many there are, with those that were left out
}

// Answers returns what everybody needs, and who could answer it, the best of each; all of them where best
// is 0. Co-ops come first, by slug, each in the order of its file, then requests.
func (x *Exchange) Answers(best int) []Answer {
	all := make([]Answer, len(x.seekers))
	var workers sync.WaitGroup
	share := (len(x.seekers) + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0)
	for from := 0; from < len(x.seekers); from += share {
		workers.Go(func() {
			for i := from; i < min(from+share, len(x.seekers)); i++ {
				all[i] = x.answersTo(x.seekers[i], best)
			}
		})
	}
	workers.Wait()
	return all
}

// AnswersTo returns what a co-op needs, or else a request of that slug, and who could answer it, as
// Answers does; nothing where there is nobody of that slug.
func (x *Exchange) AnswersTo(slug string, best int) []Answer {
	var all []Answer
	if p := x.bySlug[slug]; p != nil {
		for _, s := range x.seekersOf(p) {
			all = append(all, x.answersTo(s, best))
		}
		return all
	}
	for _, s := range x.seekers {
		if s.request != nil && s.request.Slug == slug {
			all = append(all, x.answersTo(s, best))
		}
	}
	return all
}

// Helps returns, for each skill that a co-op teaches or does and somebody needs, whom it could help, the best
// few; all of them where best is 0. What it teaches comes first, in the order of its file.
func (x *Exchange) Helps(slug string, best int) []Help {
	var all []Help
	if p := x.bySlug[slug]; p != nil {
		for t, offers := range p.offers {
			for _, o := range offers {
				if h := x.helps(p, trade(t), o.skill, best); h.Total > 0 {
					all = append(all, h)
				}
			}
		}
	}
	return all
}

// Matches returns those of answers and of helps together, each once, the most workable first.
func Matches(answers []Answer, helps []Help) []Match {
	var all []Match
	for _, a := range answers {
		all = append(all, a.Matches...)
	}
	for _, h := range helps {
		all = append(all, h.Matches...)
	}
	return sorted(all)
}

// sorted sorts matches and leaves out those that stand there twice.
func sorted(all []Match) []Match {
	slices.SortFunc(all, compare)
	return slices.CompactFunc(all, func(a, b Match) bool { return compare(a, b) == 0 })
}

// seekersOf returns the needs of a co-op that count. They stand together, in the order of the co-ops.
func (x *Exchange) seekersOf(p *party) []*seeker {
	from, _ := slices.BinarySearchFunc(x.seekers, p.number, func(s *seeker, number int) int {
		if s.party == nil {
			return 1
		}
		return s.party.number - number
	})
	to := from
	for to < len(x.seekers) && x.seekers[to].party == p {
		to++
	}
	return x.seekers[from:to]
}

// answersTo returns who could answer a seeker, the best of them where best is not 0.
func (x *Exchange) answersTo(s *seeker, best int) Answer {
	t := tradeOf(s.kind)
	top := ranking[*offering]{most: best}
	total := 0
	offers := x.answers[t][s.skill]
	for i := range offers {
		o := &offers[i]
		if !s.mayMeet(o.party) {
			continue
		}
		total++
		if top.outranks(o.static+mostOf(s.kind)) && !(s.kind == Learn && mayBeMutual(s.party, o.party)) {
			continue
		}
		top.add(score(s, o), o)
	}
	a := Answer{Wish: x.wish(s), Total: total}
	for _, r := range top.all {
		a.Matches = append(a.Matches, x.match(s, r.of, r.score))
	}
	slices.SortFunc(a.Matches, compare)
	return a
}

// helps returns whom a co-op could help with one of its skills, the best of them where best is not 0.
func (x *Exchange) helps(p *party, t trade, skill int, best int) Help {
	type pair struct {
		*seeker
		offering
	}
	top := ranking[pair]{most: best}
	h := Help{Skill: x.skills.texts[skill], Taught: t == teaching}
	for _, other := range x.near(skill) {
		if len(x.seeking[t][other]) == 0 {
			continue
		}
		o, ok := x.offerOf(p, t, other)
		if !ok || o.skill != skill { // another of its skills fits that need better
			continue
		}
		for _, s := range x.seeking[t][other] {
			if s.mayMeet(p) {
				h.Total++
				top.add(score(s, &o), pair{s, o})
			}
		}
	}
	for _, r := range top.all {
		h.Matches = append(h.Matches, x.match(r.of.seeker, &r.of.offering, r.score))
	}
	slices.SortFunc(h.Matches, compare)
	return h
}

// mayMeet tells whether a seeker and a co-op are two: a request names its co-operative by its website.
func (s *seeker) mayMeet(p *party) bool {
	return s.party != p && (s.request == nil || s.host == "" || s.host != p.host)
}

func (x *Exchange) match(s *seeker, o *offering, score int) Match {
	return Match{Wish: x.wish(s), Offer: o.coop, Score: score, Reasons: x.reasons(s, o)}
}

func (x *Exchange) wish(s *seeker) Wish {
	w := Wish{Kind: s.kind, Skill: x.skills.texts[s.skill], Need: s.need, Request: s.request}
	if s.party != nil {
		w.Coop = s.party.coop
	}
	return w
}

// ranking keeps those of the highest scores, the highest first; of equal ones that which came first.
type ranking[T any] struct {
	most int // 0: all
	all  []ranked[T]
}

type ranked[T any] struct {
	score int
	of    T
}

// outranks tells whether a score, or a lower one, has no place any more.
func (r *ranking[T]) outranks(score int) bool {
	return r.most > 0 && len(r.all) == r.most && score <= r.all[len(r.all)-1].score
}

func (r *ranking[T]) add(score int, of T) {
	if r.outranks(score) {
		return
	}
	at := len(r.all)
	if r.most > 0 {
		for at > 0 && r.all[at-1].score < score {
			at--
		}
	}
	if len(r.all) == r.most && r.most > 0 {
		r.all = r.all[:len(r.all)-1]
	}
	r.all = slices.Insert(r.all, at, ranked[T]{score, of})
}
