package exchange

import (
	"reflect"
	"slices"

	"coops/internal/directory"
)

// New returns the matches that a change creates: those of the co-ops and requests that it adds or changes
// which are in after and not in before, the most workable first. A co-op that was renamed is the one it
// was. Both are seen on the same day and with the vocabulary of after, so that only what people say makes
// news; matches of co-ops that end are no news, and are not told.
func New(before, after *directory.Directory, today directory.Date) []Match {
	x := Open(after, today)
	were := Open(&directory.Directory{Coops: before.Coops, Requests: before.Requests, Skills: after.Skills}, today)
	formerly := map[string]string{} // slug -> what it was
	var all []Match
	for _, c := range after.Coops {
		was := were.bySlug[c.Slug]
		for _, former := range c.FormerSlugs {
			if was == nil {
				was = were.bySlug[former]
			}
		}
		if was != nil {
			formerly[c.Slug] = was.coop.Slug
		}
		if was == nil || !reflect.DeepEqual(was.coop, c) {
			all = append(all, Matches(x.AnswersTo(c.Slug, 0), x.Helps(c.Slug, 0))...)
		}
	}
	requests := map[string]*directory.Request{}
	for _, q := range before.Requests {
		requests[q.Slug] = q
	}
	for _, s := range x.seekers {
		if s.request != nil && !reflect.DeepEqual(requests[s.request.Slug], s.request) {
			all = append(all, x.answersTo(s, 0).Matches...)
		}
	}
	all = slices.DeleteFunc(all, func(m Match) bool { return were.has(m, formerly) })
	return sorted(all) // both sides of one may have changed
}

// has tells whether a match of another directory is one here, too. Formerly names the co-ops of that one
// as they are called here.
func (x *Exchange) has(m Match, formerly map[string]string) bool {
	p := x.bySlug[formerly[m.Offer.Slug]]
	skill, ok := x.known(m.Skill)
	if p == nil || !ok {
		return false
	}
	t := tradeOf(m.Kind)
	return slices.ContainsFunc(x.seeking[t][skill], func(s *seeker) bool {
		same := s.kind == m.Kind
		if m.Coop != nil {
			same = same && s.party != nil && s.party.coop.Slug == formerly[m.Coop.Slug]
		} else {
			same = same && s.request != nil && s.request.Slug == m.Request.Slug
		}
		if !same || !s.mayMeet(p) {
			return false
		}
		_, ok := x.offerOf(p, t, skill)
		return ok
	})
}
