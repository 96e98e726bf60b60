package site

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"coops/internal/exchange"
	"coops/internal/world"
)

// How much of the exchange a page shows: what is left out is counted.
const (
	bestShown    = 3  // who could answer a need
	wishesShown  = 6  // needs under a topic
	topicsShown  = 40 // topics of the page of the exchange
	mutualShown  = 12
	rowsShown    = 20 // skills in a table
	groupRows    = 10 // on the page of a network or a country
	meetsShown   = 10 // proposed show-and-tells
	guestsShown  = 12 // of a show-and-tell
	askedOfCoops = 6  // needs and requests on the page of a co-op
)

// market is the page of the exchange: data/exchange/<language>.json.
type market struct {
	Teaching int        `json:"teaching"` // co-ops at work that teach something
	Needing  int        `json:"needing"`  // that need something today
	Mutual   []mutual   `json:"mutual"`   // pairs of which each teaches what the other wants, the most workable first
	Learn    []topic    `json:"learn"`    // what is wanted most first
	Work     []topic    `json:"work"`     // to have done, or to do with a partner
	Balance  []standing `json:"balance"`
	Gaps     []standing `json:"gaps"`
	Unasked  []standing `json:"unasked"`
	Meetings []showing  `json:"meetings"`

	MoreMutual   int `json:"more_mutual"`
	MoreLearn    int `json:"more_learn"`
	MoreWork     int `json:"more_work"`
	MoreGaps     int `json:"more_gaps"`
	MoreUnasked  int `json:"more_unasked"`
	MoreMeetings int `json:"more_meetings"`
}

// topic is a skill that co-ops need, and what each could be answered with.
type topic struct {
	Skill  term   `json:"skill"`
	Count  int    `json:"count"` // how many need it
	Wishes []wish `json:"wishes"`
	More   int    `json:"more,omitempty"` // how many need it besides
}

// wish is a need of a co-op.
type wish struct {
	Who   term   `json:"who"`
	Kind  string `json:"kind"` // i18n key wish_<kind>
	Could *meets `json:"could,omitempty"`
}

// meets is who could answer a need, or whose need could be answered.
type meets struct {
	Total int      `json:"total"`
	Best  []meeter `json:"best"` // the most workable first
	More  int      `json:"more,omitempty"`
}

// meeter is one of them, with what makes it workable and how to write to it.
type meeter struct {
	Coop    term   `json:"coop"`
	Reasons []why  `json:"reasons,omitempty"`
	Reach   *reach `json:"reach,omitempty"`
}

// asked is a need or a request that a co-op could do something of.
type asked struct {
	Kind    string `json:"kind"` // work, partner or request
	Who     term   `json:"who"`  // of a request, its slug and who asks
	Skill   term   `json:"skill"`
	Reasons []why  `json:"reasons,omitempty"`
}

// mutual is two co-ops of which each teaches what the other wants.
type mutual struct {
	One      term   `json:"one"`
	Other    term   `json:"other"`
	Learns   []term `json:"learns"`  // what the one learns
	Teaches  []term `json:"teaches"` // what the other learns
	Reasons  []why  `json:"reasons"`
	ReachOne *reach `json:"reach_one,omitempty"`
	Reach    *reach `json:"reach,omitempty"`
}

// standing is how a skill stands, in numbers of co-ops; a bar is a part of the largest number, 0 to 100.
type standing struct {
	Skill      term `json:"skill"`
	Wanted     int  `json:"wanted"`
	Teaches    int  `json:"teaches"`
	Does       int  `json:"does"`
	Open       int  `json:"open"`
	WantedBar  int  `json:"wanted_bar"`
	TeachesBar int  `json:"teaches_bar"`
	DoesBar    int  `json:"does_bar"`
}

// showing is a show-and-tell that would help.
type showing struct {
	Skill    term    `json:"skill"`
	Count    int     `json:"count"` // how many would learn
	Learners []term  `json:"learners"`
	More     int     `json:"more,omitempty"`
	Hosts    []host  `json:"hosts"`
	Start    string  `json:"start,omitempty"` // RFC 3339, UTC; empty: no hour suits, or nobody says where it is
	End      string  `json:"end,omitempty"`
	Guests   []guest `json:"guests,omitempty"` // the host first
}

type host struct {
	Coop     term   `json:"coop"`
	Language string `json:"language"` // label
	Reaches  int    `json:"reaches"`
	Reach    *reach `json:"reach,omitempty"`
}

type guest struct {
	Coop  term   `json:"coop"`
	Start string `json:"start"` // RFC 3339, by the guest's clock
}

func (v *view) market() market {
	x := v.exchange()
	m := market{Mutual: []mutual{}, Learn: []topic{}, Work: []topic{}, Balance: []standing{}, Gaps: []standing{}, Unasked: []standing{}, Meetings: []showing{}}
	needing := map[string]bool{}
	for _, a := range v.answers {
		if a.Coop != nil {
			needing[a.Coop.Slug] = true
		}
	}
	m.Needing = len(needing)
	for _, c := range v.Coops {
		if exchange.AtWork(c) && len(c.Teaches) > 0 {
			m.Teaching++
		}
	}
	m.Mutual, m.MoreMutual = capped(v.mutual(), mutualShown)
	m.Learn, m.MoreLearn = capped(v.topics(func(k exchange.Kind) bool { return k == exchange.Learn }), topicsShown)
	m.Work, m.MoreWork = capped(v.topics(func(k exchange.Kind) bool { return k == exchange.Work || k == exchange.Partner }), topicsShown)
	balances := x.Balances()
	m.Balance, _ = capped(v.standings(spoken(balances)), rowsShown)
	m.Gaps, m.MoreGaps = capped(v.standings(exchange.Gaps(balances)), rowsShown)
	m.Unasked, m.MoreUnasked = capped(v.standings(exchange.Unasked(balances)), rowsShown)
	m.Meetings, m.MoreMeetings = capped(v.meetings(x), meetsShown)
	return m
}

// capped returns the first of a list, and how many are left out.
func capped[T any](list []T, most int) ([]T, int) {
	if list == nil {
		list = []T{}
	}
	shown := min(len(list), most)
	return list[:shown], len(list) - shown
}

// topics groups the needs of co-ops that are of some kinds by skill: what most need first.
func (v *view) topics(of func(exchange.Kind) bool) []topic {
	bySkill := map[string][]exchange.Answer{}
	for _, a := range v.answers {
		if a.Coop != nil && of(a.Kind) {
			bySkill[a.Skill] = append(bySkill[a.Skill], a)
		}
	}
	all := []topic{}
	for skill, answers := range bySkill {
		t := topic{Skill: v.skillTerm(skill), Count: len(answers)}
		t.Wishes, t.More = v.wishes(answers, wishesShown)
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b topic) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), v.byLabel(a.Skill.Label, b.Skill.Label), strings.Compare(a.Skill.ID, b.Skill.ID))
	})
	return all
}

// wishes returns needs, those that are answered best first, and how many are left out.
func (v *view) wishes(answers []exchange.Answer, most int) ([]wish, int) {
	sorted := slices.Clone(answers)
	slices.SortStableFunc(sorted, func(a, b exchange.Answer) int { return cmp.Compare(bestScore(b), bestScore(a)) })
	sorted, more := capped(sorted, most)
	var all []wish
	for _, a := range sorted {
		all = append(all, wish{v.coopTerm(a.Coop.Slug), string(a.Kind), v.couldAnswer(a)})
	}
	return all, more
}

func bestScore(a exchange.Answer) int {
	if len(a.Matches) == 0 {
		return -1
	}
	return a.Matches[0].Score
}

// couldAnswer says who could answer a need; nil where nobody could.
func (v *view) couldAnswer(a exchange.Answer) *meets {
	if a.Total == 0 {
		return nil
	}
	m := &meets{Total: a.Total, More: a.Total - len(a.Matches)}
	for _, one := range a.Matches {
		m.Best = append(m.Best, meeter{v.coopTerm(one.Offer.Slug), v.reasons(one.Reasons), reachOf(one.Offer.Contact, one.Offer.Website)})
	}
	return m
}

// mutual returns the pairs of which each teaches what the other wants, each once.
func (v *view) mutual() []mutual {
	var all []mutual
	seen := map[[2]string]bool{}
	var matches []exchange.Match
	for _, a := range v.answers {
		for _, m := range a.Matches {
			if m.IsMutual() {
				matches = append(matches, m)
			}
		}
	}
	slices.SortStableFunc(matches, func(a, b exchange.Match) int { return cmp.Compare(b.Score, a.Score) })
	for _, m := range matches {
		pair := [2]string{min(m.Coop.Slug, m.Offer.Slug), max(m.Coop.Slug, m.Offer.Slug)}
		if seen[pair] {
			continue
		}
		seen[pair] = true
		p := mutual{
			One: v.coopTerm(m.Coop.Slug), Other: v.coopTerm(m.Offer.Slug), Learns: []term{v.skillTerm(m.Skill)},
			ReachOne: reachOf(m.Coop.Contact, m.Coop.Website), Reach: reachOf(m.Offer.Contact, m.Offer.Website),
		}
		p.Reasons = v.reasons(slices.DeleteFunc(slices.Clone(m.Reasons), func(r exchange.Reason) bool { return r.Code == exchange.MutualPair }))
		for _, r := range m.Reasons {
			if r.Code == exchange.MutualPair {
				p.Teaches = terms(r.Values, v.skillTerm)
			}
		}
		for _, other := range matches {
			if other.Coop == m.Coop && other.Offer == m.Offer && other.Skill != m.Skill {
				p.Learns = append(p.Learns, v.skillTerm(other.Skill))
			}
		}
		all = append(all, p)
	}
	return all
}

// spoken returns the skills that somebody needs or teaches.
func spoken(balances []exchange.Balance) []exchange.Balance {
	return slices.DeleteFunc(slices.Clone(balances), func(b exchange.Balance) bool { return b.Wanted()+b.Teaches == 0 })
}

func (v *view) standings(balances []exchange.Balance) []standing {
	most := 1
	for _, b := range balances[:min(len(balances), rowsShown)] {
		most = max(most, b.Wanted(), b.Teaches, b.Does)
	}
	var all []standing
	for _, b := range balances {
		bar := func(n int) int { return min(100, (100*n+most-1)/most) }
		all = append(all, standing{v.skillTerm(b.Skill), b.Wanted(), b.Teaches, b.Does, b.Open, bar(b.Wanted()), bar(b.Teaches), bar(b.Does)})
	}
	return all
}

func (v *view) meetings(x *exchange.Exchange) []showing {
	var all []showing
	for _, m := range x.Meetings() {
		said := showing{Skill: v.skillTerm(m.Skill), Count: len(m.Learners)}
		learners, more := capped(m.Learners, guestsShown)
		said.More = more
		for _, c := range learners {
			said.Learners = append(said.Learners, v.coopTerm(c.Slug))
		}
		for _, h := range m.Hosts[:min(len(m.Hosts), bestShown)] {
			said.Hosts = append(said.Hosts, host{v.coopTerm(h.Coop.Slug), world.LanguageName(h.Language, v.in), len(h.Reaches), reachOf(h.Coop.Contact, h.Coop.Website)})
		}
		if m.Hour != nil {
			said.Start = m.Hour.Start.UTC().Format(time.RFC3339)
			said.End = m.Hour.Start.Add(time.Hour).UTC().Format(time.RFC3339)
			guests, _ := capped(m.Hour.Guests, guestsShown)
			for _, g := range guests {
				said.Guests = append(said.Guests, guest{v.coopTerm(g.Coop.Slug), g.Start.Format(time.RFC3339)})
			}
		}
		all = append(all, said)
	}
	return all
}

// join adds to the pages of co-ops who could answer what they need, who wants what they teach, and what is asked for
// that they do.
func (v *view) join(pages []coopPage) {
	v.exchange()
	could := map[string][]exchange.Answer{}
	for _, a := range v.answers {
		if a.Coop != nil {
			could[a.Coop.Slug] = append(could[a.Coop.Slug], a)
		}
	}
	for i := range pages {
		p := &pages[i]
		for _, a := range could[p.Slug] {
			for j := range p.Needs {
				if n := &p.Needs[j]; n.ID == a.Skill && n.Kind == string(a.Kind) && n.Could == nil {
					n.Could = v.couldAnswer(a)
					break
				}
			}
		}
		var others []exchange.Match
		total := 0
		for _, h := range v.helps[p.Slug] {
			if h.Taught {
				v.wantedOf(p, h)
			} else {
				others = append(others, h.Matches...)
				total += h.Total
			}
		}
		others = exchange.Matches([]exchange.Answer{{Matches: others}}, nil)
		for _, m := range others[:min(len(others), askedOfCoops)] {
			p.Asked = append(p.Asked, v.asked(m))
		}
		p.AskedMore = total - len(p.Asked)
	}
}

// wantedOf says beside what a co-op teaches who would learn it.
func (v *view) wantedOf(p *coopPage, h exchange.Help) {
	at := slices.IndexFunc(p.Teaches, func(t teaches) bool { return t.ID == h.Skill })
	if at < 0 {
		return
	}
	m := &meets{Total: h.Total, More: h.Total - len(h.Matches)}
	for _, one := range h.Matches {
		m.Best = append(m.Best, meeter{v.coopTerm(one.Coop.Slug), v.reasons(one.Reasons), reachOf(one.Coop.Contact, one.Coop.Website)})
	}
	p.Teaches[at].Wanted = m
}

func (v *view) asked(m exchange.Match) asked {
	a := asked{Kind: string(m.Kind), Skill: v.skillTerm(m.Skill), Reasons: v.reasons(m.Reasons)}
	if m.Request != nil {
		a.Who = term{m.Request.Slug, m.Request.Who.Name}
	} else {
		a.Who = v.coopTerm(m.Coop.Slug)
	}
	return a
}

// wishesFor adds to the pages of skills whose needs they are.
func (v *view) wishesFor(pages []skillPage) []skillPage {
	v.exchange()
	bySkill := map[string][]exchange.Answer{}
	for _, a := range v.answers {
		if a.Coop != nil {
			bySkill[a.Skill] = append(bySkill[a.Skill], a)
		}
	}
	for i := range pages {
		pages[i].Wishes, pages[i].More = v.wishes(bySkill[pages[i].ID], wishesShown)
	}
	return pages
}
