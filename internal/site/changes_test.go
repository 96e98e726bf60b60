package site

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"coops/internal/directory"
)

func TestChangesTellWhatIsNewChangedAndClosed(t *testing.T) {
	d := small()
	x := newIndex(d)
	x.history = map[string]directory.Dates{"alder": {First: "2026-10-01", Last: "2026-11-20"}, "beech": {First: "2026-11-20", Last: "2026-11-20"}, "cedar": {First: "2026-09-01", Last: "2026-11-21"}}
	c := on(newView(x, "en"), "2026-11-23").changes()
	var got []string
	for _, day := range c.Days {
		got = append(got, fmt.Sprint(day.Date, " ", day.New, day.Changed, day.Closed))
	}
	if want := "2026-11-21 [] [] [{cedar Cedar}]; 2026-11-20 [{beech Bëech}] [{alder Alder}] []; 2026-10-01 [{alder Alder}] [] []"; strings.Join(got, "; ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), want)
	}
	if len(c.Feed) != 4 || c.Feed[0] != (change{term{"cedar", "Cedar"}, "closed", "2026-11-21"}) {
		t.Errorf("feed: %+v", c.Feed)
	}
}

func TestWithoutAHistoryNothingHasChanged(t *testing.T) {
	c := on(newView(newIndex(small()), "en"), "2026-11-23").changes()
	if len(c.Days) != 1 || c.Days[0].Date != "2026-11-01" || len(c.Days[0].New) != 1 || len(c.Feed) != 1 {
		t.Errorf("got %+v", c)
	}
}

func TestADayWithManyChangesIsCappedAndCounted(t *testing.T) {
	d := &directory.Directory{}
	for i := range 100 {
		d.Coops = append(d.Coops, &directory.Coop{Slug: fmt.Sprintf("a%02d", i), Name: "A", ListedBy: "coop", Confirmed: "2026-11-01"})
	}
	x := newIndex(d)
	c := on(newView(x, "en"), "2026-11-23").changes()
	if day := c.Days[0]; len(day.New) != changesADay || day.MoreNew != 100-changesADay || len(c.Feed) != changesTold {
		t.Errorf("%d named, %d more, %d in the feed", len(day.New), day.MoreNew, len(c.Feed))
	}
}

func TestGroupsSayWhatTheirCoopsCouldTeachEachOther(t *testing.T) {
	d := barter()
	d.Networks = []*directory.Network{{ID: "empty", Name: "Empty", Website: "https://empty.example"}, {ID: "ring", Name: "Ring", Website: "https://ring.example"}}
	for _, c := range d.Coops {
		c.Locations = []directory.Location{{Country: "UY"}}
	}
	for _, c := range []*directory.Coop{d.Coops[0], d.Coops[2]} {
		c.Networks, c.Locations = []string{"ring"}, []directory.Location{{Country: "AR"}}
	}
	v := on(newView(newIndex(d), "en"), "2026-11-23")
	for group, pages := range map[string][]groupPage{"ring": v.networkPages(), "ar": v.countryPages()} {
		var got []string
		for _, p := range pages {
			if p.ID == "uy" {
				continue
			}
			for _, s := range p.Balance {
				got = append(got, fmt.Sprint(p.ID, " ", s.Skill.ID, " ", s.Wanted, s.Teaches, s.Does, s.Open))
			}
		}
		slices.Sort(got)
		if want := strings.ReplaceAll("ring elixir 1 1 0 0; ring hosting 2 0 0 2; ring web 1 0 0 1", "ring", group); strings.Join(got, "; ") != want {
			t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), want)
		}
	}
}
