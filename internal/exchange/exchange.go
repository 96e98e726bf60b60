// Package exchange finds who can teach or do what a co-op needs, what is missing, which show-and-tell
// would help most, and which few co-ops cover a set of skills. It decides and says nothing: reasons are
// values, which the command line and the site put into words.
//
// A need to learn meets what others teach; a need of work or of a partner, and a request, meet what
// others do. Nobody meets itself; and nobody is sent to a co-op that declines the skill, has ended, is
// dormant or full. Needs and requests whose last day is past, and requests that were answered or
// withdrawn, do not count. Which skills are part of which is the vocabulary's to say (part_of), one step
// up or down.
package exchange

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"coops/internal/directory"
)

// Exchange is a directory on a day, ready to be asked. It keeps what it was opened with, which must not
// change, and may be asked from many goroutines.
type Exchange struct {
	directory *directory.Directory
	today     directory.Date

	skills, languages, countries *names

	parent  []int   // skill -> the one that it is part of, or none
	parts   [][]int // skill -> those that are part of it
	parties []*party
	bySlug  map[string]*party
	seekers []*seeker // those that count: by co-op, in the order of their files, then requests

	offering [2][][]*party   // trade, skill -> who offers it, by slug
	seeking  [2][][]*seeker  // trade, skill -> who needs it
	answers  [2][][]offering // trade, skill -> everybody who may be sent to who needs it
}

// trade is the kind of thing that an offer is, and that a need asks for.
type trade int

const (
	teaching trade = iota // a need to learn meets what is taught
	doing                 // the others meet what is done
)

func tradeOf(kind Kind) trade {
	if kind == Learn {
		return teaching
	}
	return doing
}

const none = -1

// party is a co-op with what decides whether two can work together.
type party struct {
	coop      *directory.Coop
	number    int // its place among all, by slug
	languages set
	hours     []int // when working days begin, minutes after midnight UTC, each once
	countries set   // where it is
	serves    set   // where it is or works for others
	worldwide bool
	host      string // of its website; empty: none
	fresh     bool   // its members said within a year that its profile is right
	open      bool   // it may be sent work and learners
	declines  []int  // skills
	offers    [2][]offer
	wants     []int // skills it wants to learn
	wantsMask uint64
	teachMask uint64
}

// offer is all that a co-op says of one skill that it teaches or does.
type offer struct {
	skill     int
	languages set
	formats   []string // as taught; empty: not said
	terms     []string // asked for it; empty: not said
	level     string   // as done
}

// offering is a co-op that may be sent to who needs a skill: because of that one, of a part of it, or of
// the one that it is part of.
type offering struct {
	*party
	*offer
	fit    Code
	static int // the part of the score that is the same for everyone
}

// seeker is a need or a request that counts.
type seeker struct {
	kind    Kind
	skill   int
	party   *party // nil: a request
	need    *directory.Need
	request *directory.Request

	languages set
	hours     []int
	countries set
	host      string
	fresh     bool
}

// Open readies a directory that package check found sound. Today decides what is past and what is fresh.
func Open(d *directory.Directory, today directory.Date) *Exchange {
	x := &Exchange{
		directory: d, today: today, bySlug: map[string]*party{},
		skills: newNames(), languages: newNames(), countries: newNames(),
	}
	for _, s := range d.Skills {
		if s.AliasOf == "" {
			x.skills.of(s.ID)
		}
	}
	r := reader{Exchange: x, day: dayOf(today), zones: map[string][]int{}}
	for i, c := range d.Coops {
		p := r.party(c)
		p.number = i
		x.parties = append(x.parties, p)
		x.bySlug[c.Slug] = p
		x.seekers = append(x.seekers, r.seekers(p)...)
	}
	for _, q := range d.Requests {
		x.seekers = append(x.seekers, r.requests(q)...)
	}
	x.relate()
	x.gather()
	return x
}

// relate reads which skills are part of which. A skill that is said to be part of itself is not.
func (x *Exchange) relate() {
	whole := map[int]int{}
	for _, s := range x.directory.Skills {
		if s.AliasOf == "" && s.PartOf != "" {
			whole[x.skill(s.ID)] = x.skill(s.PartOf)
		}
	}
	x.parent = make([]int, len(x.skills.texts))
	x.parts = make([][]int, len(x.skills.texts))
	for part := range x.parent {
		x.parent[part] = none
		if of, ok := whole[part]; ok && of != part {
			x.parent[part] = of
			x.parts[of] = append(x.parts[of], part)
		}
	}
}

// gather turns the directory round: from skills to who offers and who needs them.
func (x *Exchange) gather() {
	for t := range x.offering {
		x.offering[t] = make([][]*party, len(x.skills.texts))
		x.seeking[t] = make([][]*seeker, len(x.skills.texts))
		x.answers[t] = make([][]offering, len(x.skills.texts))
	}
	for _, p := range x.parties {
		for t, offers := range p.offers {
			for _, o := range offers {
				x.offering[t][o.skill] = append(x.offering[t][o.skill], p)
			}
		}
	}
	for _, s := range x.seekers {
		t := tradeOf(s.kind)
		x.seeking[t][s.skill] = append(x.seeking[t][s.skill], s)
	}
	for t := range x.answers {
		for skill := range x.answers[t] {
			if len(x.seeking[t][skill]) > 0 {
				x.answers[t][skill] = x.whoMay(trade(t), skill)
			}
		}
	}
}

// whoMay returns everybody who may be sent to who needs a skill, each once: whoever is the best for anybody
// first, then by slug.
func (x *Exchange) whoMay(t trade, skill int) []offering {
	var parties []*party
	for _, other := range x.near(skill) {
		parties = append(parties, x.offering[t][other]...)
	}
	slices.SortFunc(parties, func(a, b *party) int { return a.number - b.number })
	var found []offering
	for _, p := range slices.Compact(parties) {
		if o, ok := x.offerOf(p, t, skill); ok {
			found = append(found, o)
		}
	}
	slices.SortStableFunc(found, func(a, b offering) int { return b.static - a.static })
	return found
}

// near returns a skill, its parts, and the one that it is part of.
func (x *Exchange) near(skill int) []int {
	near := append([]int{skill}, x.parts[skill]...)
	if x.parent[skill] != none {
		near = append(near, x.parent[skill])
	}
	return near
}

// offerOf returns what a co-op has for who needs a skill: the skill itself before a part of it, and that
// before the one it is part of.
func (x *Exchange) offerOf(p *party, t trade, skill int) (offering, bool) {
	if !p.open || p.refuses(skill) {
		return offering{}, false
	}
	best := offering{party: p}
	rank := 0
	for i := range p.offers[t] {
		o := &p.offers[t][i]
		fit, r := Code(""), 0
		switch {
		case o.skill == skill:
			fit, r = Same, 3
		case x.parent[o.skill] == skill:
			fit, r = Narrower, 2
		case x.parent[skill] == o.skill:
			fit, r = Wider, 1
		}
		if r > rank {
			best.offer, best.fit, rank = o, fit, r
		}
	}
	if rank == 0 {
		return offering{}, false
	}
	best.static = static(t, best)
	return best, true
}

// reader takes co-ops and requests apart; what is text becomes numbers, so that many can be compared.
type reader struct {
	*Exchange
	day   time.Time
	zones map[string][]int // name -> when working days begin there
}

func (r *reader) party(c *directory.Coop) *party {
	p := &party{
		coop:      c,
		languages: r.speaks(c.Languages),
		hours:     r.hours(c.Timezones),
		countries: r.countries.set(c.Countries()),
		worldwide: slices.Contains(c.Serves, "worldwide"),
		host:      hostOf(c.Website),
		fresh:     !c.Unconfirmed() && isFresh(c.Confirmed, r.today),
		open:      AtWork(c) && c.Availability != "full",
	}
	p.serves = r.countries.set(append(c.Countries(), c.Serves...)) // "worldwide" is no country that anybody is in
	for _, id := range c.Declines {
		p.declines = append(p.declines, r.skill(id))
	}
	for _, o := range c.Teaches {
		at := p.offered(teaching, r.skill(o.Skill))
		speaks := p.languages
		if len(o.Languages) > 0 {
			speaks = r.speaks(o.Languages)
		}
		at.languages = at.languages.with(speaks)
		at.formats = join(at.formats, o.Formats)
		if o.Terms != "" {
			at.terms = join(at.terms, []string{o.Terms})
		}
	}
	for _, u := range c.Skills {
		if u.Skill == "" {
			continue
		}
		at := p.offered(doing, r.skill(u.Skill))
		at.languages, at.level = p.languages, u.Level
	}
	for _, o := range p.offers[teaching] {
		if p.open && !p.refuses(o.skill) {
			p.teachMask |= bit(o.skill)
		}
	}
	return p
}

// offered returns the place for what the party says of a skill; twice the same place for the same skill.
func (p *party) offered(t trade, skill int) *offer {
	for i := range p.offers[t] {
		if p.offers[t][i].skill == skill {
			return &p.offers[t][i]
		}
	}
	p.offers[t] = append(p.offers[t], offer{skill: skill})
	return &p.offers[t][len(p.offers[t])-1]
}

// refuses tells whether a co-op declines a skill.
func (p *party) refuses(skill int) bool { return slices.Contains(p.declines, skill) }

// seekers returns what a co-op needs, each kind and skill once.
func (r *reader) seekers(p *party) []*seeker {
	if !AtWork(p.coop) {
		return nil
	}
	var all []*seeker
	for i := range p.coop.Needs {
		n := &p.coop.Needs[i]
		s := &seeker{
			kind: Kind(n.Kind), skill: r.skill(n.Skill), party: p, need: n,
			languages: p.languages, hours: p.hours, countries: p.countries, host: p.host, fresh: p.fresh,
		}
		twice := slices.ContainsFunc(all, func(o *seeker) bool { return o.kind == s.kind && o.skill == s.skill })
		if twice || past(n.Until, r.today) {
			continue
		}
		all = append(all, s)
		if s.kind == Learn {
			p.wants = append(p.wants, s.skill)
			p.wantsMask |= bit(s.skill)
		}
	}
	return all
}

// requests returns what a request needs, a seeker for each skill.
func (r *reader) requests(q *directory.Request) []*seeker {
	if !Wanted(q, r.today) {
		return nil
	}
	var all []*seeker
	for _, id := range q.Skills {
		s := &seeker{
			kind: Request, skill: r.skill(id), request: q,
			languages: r.speaks(q.Languages), countries: r.countries.set(q.Countries), host: hostOf(q.Who.Website), fresh: true,
		}
		if !slices.ContainsFunc(all, func(o *seeker) bool { return o.skill == s.skill }) {
			all = append(all, s)
		}
	}
	return all
}

// AtWork tells whether a co-op has neither ended nor gone dormant.
func AtWork(c *directory.Coop) bool { return !c.Ended() && c.Status != "dormant" }

// Wanted tells whether a request still looks for somebody: it is open or in talks, and its last day is
// not past.
func Wanted(q *directory.Request, today directory.Date) bool {
	return q.Open() && !past(q.Until, today)
}

// past tells whether a last day lies before today; a last day that is not said never does.
func past(until, today directory.Date) bool { return until != "" && until < today }

// isFresh tells whether a day is no more than a year ago.
func isFresh(confirmed, today directory.Date) bool {
	return confirmed != "" && string(confirmed) >= dayOf(today).AddDate(-1, 0, 0).Format(time.DateOnly)
}

func dayOf(d directory.Date) time.Time {
	day, _ := d.Time()
	return day
}

// skill returns the number of a skill, a new one where it has none yet. Only Open may give out numbers.
func (x *Exchange) skill(id string) int { return x.skills.of(x.current(id)) }

// known returns the number of a skill, and whether it has one.
func (x *Exchange) known(id string) (int, bool) {
	number, ok := x.skills.number[x.current(id)]
	return number, ok
}

// current returns the id in use for a skill that may be retired.
func (x *Exchange) current(id string) string {
	if s := x.directory.Skill(id); s != nil {
		return s.ID
	}
	return id
}

// speaks returns languages as a set: Portuguese is Portuguese, of Brazil or of Angola.
func (r *reader) speaks(codes []string) set {
	bases := make([]string, len(codes))
	for i, code := range codes {
		bases[i], _, _ = strings.Cut(code, "-")
	}
	return r.languages.set(bases)
}

// hostOf returns the host of an address as two of them are compared; empty where there is none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// join returns what is in either list, each once.
func join(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}
