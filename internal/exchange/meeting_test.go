package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"coops/internal/directory"
	"coops/internal/exchange"
)

// program writes meetings down: what, how many would learn, hosts and whom they reach; then the clocks.
func program(meetings []exchange.Meeting) string {
	var b strings.Builder
	for _, m := range meetings {
		fmt.Fprintf(&b, "%s for %d:", m.Skill, len(m.Learners))
		for _, h := range m.Hosts {
			fmt.Fprintf(&b, " %s (%s, %d)", h.Coop.Slug, h.Language, len(h.Reaches))
		}
		if m.Hour != nil {
			fmt.Fprintf(&b, "; %s", m.Hour.Start.Format("2006-01-02T15:04Z07:00"))
			for _, g := range m.Hour.Guests {
				fmt.Fprintf(&b, " %s %s %v", g.Coop.Slug, g.Start.Format("Mon 15:04"), g.Works)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func coop(slug, zone string, languages ...string) *directory.Coop {
	return &directory.Coop{Slug: slug, Name: slug, ListedBy: "coop", Languages: languages, Timezones: []string{zone}}
}

func wants(c *directory.Coop, skills ...string) *directory.Coop {
	for _, id := range skills {
		c.Needs = append(c.Needs, directory.Need{Skill: id, Kind: "learn"})
	}
	return c
}

func teachesIt(c *directory.Coop, offers ...directory.Offer) *directory.Coop {
	c.Teaches = append(c.Teaches, offers...)
	return c
}

func TestMeetingsHaveHostsAndAnHour(t *testing.T) {
	d := of(
		wants(coop("acacia", "America/Argentina/Cordoba", "es"), "elixir", "rust", "web"),
		wants(coop("birch", "Europe/Madrid", "es", "ca"), "elixir"),
		wants(coop("cedar", "Europe/Berlin", "de"), "elixir"),
		teachesIt(coop("dogwood", "America/Montevideo", "es", "pt"), directory.Offer{Skill: "elixir", Formats: []string{"course"}}),
		teachesIt(coop("elm", "America/Montevideo", "es"), directory.Offer{Skill: "elixir", Formats: []string{"show-and-tell"}}),
		teachesIt(coop("fir", "Europe/Berlin", "de", "en"), directory.Offer{Skill: "elixir", Languages: []string{"de"}}),
		teachesIt(coop("gorse", "Europe/Berlin", "en"), directory.Offer{Skill: "rust"}), // shares no language
	)
	const want = "elixir for 3: elm (es, 2) dogwood (es, 2) fir (de, 1); 2026-12-10T13:00Z elm Thu 10:00 true acacia Thu 10:00 true birch Thu 14:00 true\n"
	if got := program(exchange.Open(d, today).Meetings()); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

// In one week of March clocks have changed in New York and not yet in Madrid.
func TestTheHourIsRightWhereClocksChange(t *testing.T) {
	d := of(wants(coop("acacia", "Europe/Madrid", "en"), "elixir"), teachesIt(coop("birch", "America/New_York", "en"), directory.Offer{Skill: "elixir"}))
	for day, want := range map[directory.Date]string{
		"2027-02-22": "2027-03-11T14:00Z birch Thu 09:00 true acacia Thu 15:00 true",
		"2027-03-04": "2027-03-18T13:00Z birch Thu 09:00 true acacia Thu 14:00 true",
		"2027-03-18": "2027-04-01T13:00Z birch Thu 09:00 true acacia Thu 15:00 true",
	} {
		if got := program(exchange.Open(d, day).Meetings()); !strings.Contains(got, want) {
			t.Errorf("%s: got %swant %s", day, got, want)
		}
	}
}

func TestWhereNoHourSuitsNoneIsSaid(t *testing.T) {
	for name, d := range map[string]*directory.Directory{
		"no zones":        of(wants(coop("acacia", "", "en"), "elixir"), teachesIt(coop("birch", "", "en"), directory.Offer{Skill: "elixir"})),
		"only the host's": of(wants(coop("acacia", "", "en"), "elixir"), teachesIt(coop("birch", "UTC", "en"), directory.Offer{Skill: "elixir"})),
	} {
		meetings := exchange.Open(d, today).Meetings()
		if len(meetings) != 1 || meetings[0].Hour != nil {
			t.Errorf("%s: got %s", name, program(meetings))
		}
	}
	// Half a world apart, somebody stays up; better than not at all.
	d := of(wants(coop("acacia", "Pacific/Auckland", "en"), "elixir"), teachesIt(coop("birch", "Europe/Berlin", "en"), directory.Offer{Skill: "elixir"}))
	if got, want := program(exchange.Open(d, today).Meetings()), "birch Thu 09:00 true acacia Thu 21:00 false\n"; !strings.HasSuffix(got, want) {
		t.Errorf("got %swant %s", got, want)
	}
}

func TestNobodyShowsToItself(t *testing.T) {
	d := of(teachesIt(wants(coop("acacia", "UTC", "en"), "elixir"), directory.Offer{Skill: "elixir"}))
	if got := program(exchange.Open(d, today).Meetings()); got != "" {
		t.Errorf("got %s", got)
	}
}
