package exchange

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"coops/internal/directory"
)

// Meeting is a show-and-tell that would help: a topic, who would learn, and who could show it.
type Meeting struct {
	Skill    string
	Learners []*directory.Coop // who wants to learn it, by slug
	Hosts    []Host            // who could show it, the best first; never empty
	Hour     *Hour             // for the first host and those it reaches; nil where no hour suits, or nobody says a time zone
}

// Host is a co-op that could show a topic.
type Host struct {
	Coop     *directory.Coop
	Language string            // BCP 47: the one in which it reaches most; empty where it shares none
	Reaches  []*directory.Coop // the learners who speak it, by slug
}

// Hour is an hour at which people can meet, and what the clock says for each of them.
type Hour struct {
	Start  time.Time // UTC
	Guests []Guest   // the host first, then the learners by slug; those without a time zone are left out
}

// Guest is a co-op at a meeting.
type Guest struct {
	Coop  *directory.Coop
	Start time.Time // in the guest's time zone
	Works bool      // whether the hour lies within working hours there
}

// When a meeting is proposed for, and at what times people can be asked to come at all.
const (
	daysAhead        = 14
	weekday          = time.Thursday // in the middle of the working week nearly everywhere
	earliest, latest = 7 * 60, 22 * 60
	lasts            = 60
	noon             = 12 * 60
	step             = 30 * time.Minute
)

// Meetings returns the show-and-tells that would help, those from which most would learn first. A topic
// that nobody could show is none. The hour is one of the first Thursday that is two weeks away or more.
func (x *Exchange) Meetings() []Meeting {
	day := dayOf(x.today).AddDate(0, 0, daysAhead)
	for day.Weekday() != weekday {
		day = day.AddDate(0, 0, 1)
	}
	var all []Meeting
	for skill, seekers := range x.seeking[teaching] {
		m := Meeting{Skill: x.skills.texts[skill]}
		for _, s := range seekers {
			m.Learners = append(m.Learners, s.party.coop)
		}
		for _, p := range x.offering[teaching][skill] {
			if o, ok := x.offerOf(p, teaching, skill); ok {
				if h := x.host(o, seekers); len(h.Reaches) > 0 {
					m.Hosts = append(m.Hosts, h)
				}
			}
		}
		if len(m.Hosts) == 0 {
			continue
		}
		slices.SortStableFunc(m.Hosts, func(a, b Host) int {
			return cmp.Or(cmp.Compare(len(b.Reaches), len(a.Reaches)), cmp.Compare(x.shows(b.Coop, skill), x.shows(a.Coop, skill)))
		})
		m.Hour = hourOf(day, m.Hosts[0])
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b Meeting) int {
		return cmp.Or(
			cmp.Compare(len(b.Hosts[0].Reaches), len(a.Hosts[0].Reaches)), cmp.Compare(len(b.Learners), len(a.Learners)),
			strings.Compare(a.Skill, b.Skill),
		)
	})
	return all
}

// host returns a co-op as a host of those learners that speak the language it can show it in and most of
// them know.
func (x *Exchange) host(o offering, learners []*seeker) Host {
	best := Host{Coop: o.coop}
	for _, language := range o.offer.languages.members() {
		var reaches []*directory.Coop
		for _, s := range learners {
			if s.party != o.party && s.languages.has(language) {
				reaches = append(reaches, s.party.coop)
			}
		}
		if len(reaches) > len(best.Reaches) {
			best.Language, best.Reaches = x.languages.texts[language], reaches
		}
	}
	return best
}

// shows returns how near what a co-op offers is to a show-and-tell: 2 one, 1 not said, 0 something else.
func (x *Exchange) shows(c *directory.Coop, skill int) int {
	o, _ := x.offerOf(x.bySlug[c.Slug], teaching, skill)
	switch {
	case slices.Contains(o.formats, "show-and-tell"):
		return 2
	case len(o.formats) == 0:
		return 1
	}
	return 0
}

// hourOf returns the hour of the day, as the host counts days, at which most can come within their working
// hours, then most at all, then the nearest to everybody's noon: far from it counts more than often.
func hourOf(day time.Time, h Host) *Hour {
	var best *Hour
	var most [3]int
	for start := day.Add(-12 * time.Hour); start.Before(day.Add(36 * time.Hour)); start = start.Add(step) {
		hour := Hour{Start: start}
		host, ok := guest(h.Coop, start)
		if !ok || !host.Works || host.Start.Day() != day.Day() {
			continue
		}
		hour.Guests = append(hour.Guests, host)
		points := [3]int{0, 0, -square(fromNoon(host.Start))}
		for _, c := range h.Reaches {
			g, ok := guest(c, start)
			if !ok {
				continue
			}
			hour.Guests = append(hour.Guests, g)
			if g.Works {
				points[0]++
			}
			if minute := minuteOf(g.Start); minute >= earliest && minute+lasts <= latest {
				points[1]++
			}
			points[2] -= square(fromNoon(g.Start))
		}
		if points[1] > 0 && (best == nil || slices.Compare(points[:], most[:]) > 0) {
			best, most = &hour, points
		}
	}
	return best
}

// guest returns a co-op as a guest at a time, in that of its zones where it is nearest to noon; false
// where it says none.
func guest(c *directory.Coop, start time.Time) (Guest, bool) {
	var best Guest
	found := false
	for _, name := range c.Timezones {
		zone := zoneOf(name)
		if zone == nil {
			continue
		}
		local := start.In(zone)
		if !found || fromNoon(local) < fromNoon(best.Start) {
			minute := minuteOf(local)
			best = Guest{Coop: c, Start: local, Works: minute >= workBegins && minute+lasts <= workBegins+workLasts}
			found = true
		}
	}
	return best, found
}

func minuteOf(t time.Time) int { return t.Hour()*60 + t.Minute() }

// fromNoon returns how many minutes the middle of a meeting lies from noon.
func fromNoon(t time.Time) int {
	apart := minuteOf(t) + lasts/2 - noon
	return max(apart, -apart)
}

func square(n int) int { return n * n }
