package site

import (
	"fmt"
	"strings"
	"testing"

	"coops/internal/directory"
)

// barter is a network in which alder and beech could teach each other, and fern finds nobody.
func barter() *directory.Directory {
	own := func(slug, name string) *directory.Coop {
		return &directory.Coop{Slug: slug, Name: name, ListedBy: "coop", Confirmed: "2026-11-01", Languages: []string{"en"}, Timezones: []string{"Europe/London"}, Contact: &directory.Contact{Email: "hello@" + slug + ".example"}}
	}
	alder, beech, fern, gone := own("alder", "Alder"), own("beech", "Beech"), own("fern", "Fern"), own("gone", "Gone")
	alder.Teaches = []directory.Offer{{Skill: "elixir"}}
	alder.Needs = []directory.Need{{Skill: "hosting", Kind: "learn"}, {Skill: "old-web", Kind: "work"}}
	beech.Teaches = []directory.Offer{{Skill: "hosting"}}
	beech.Needs = []directory.Need{{Skill: "elixir", Kind: "learn"}}
	beech.Skills = []directory.SkillUse{{Skill: "web"}}
	fern.Needs = []directory.Need{{Skill: "elixir", Kind: "learn"}, {Skill: "hosting", Kind: "partner"}, {Skill: "web", Kind: "learn", Until: "2020-01-01"}}
	gone.Status = "closed"
	gone.Teaches = []directory.Offer{{Skill: "web"}}
	d := &directory.Directory{Coops: []*directory.Coop{alder, beech, fern, gone}, Skills: small().Skills}
	d.Requests = []*directory.Request{{Slug: "shop", Title: directory.Text{"en": "We want a shop."}, Who: directory.Requester{Name: "Farm"}, Skills: []string{"web"}, Languages: []string{"en"}, Status: "open"}}
	return d
}

func (m *meets) String() string {
	if m == nil {
		return "nobody"
	}
	said := fmt.Sprint(m.Total)
	for _, one := range m.Best {
		said += " " + one.Coop.ID
		for _, r := range one.Reasons {
			said += "," + r.Code
		}
		if one.Reach != nil {
			said += "," + one.Reach.Email
		}
	}
	return said
}

func TestExchangeSaysWhoCouldTeachWhom(t *testing.T) {
	m := on(newView(newIndex(barter()), "en"), "2026-11-23").market()
	var got []string
	for _, topics := range [][]topic{m.Learn, m.Work} {
		for _, one := range topics {
			for _, w := range one.Wishes {
				got = append(got, fmt.Sprint(one.Skill.Label, " ", one.Count, ": ", w.Who.ID, " ", w.Kind, " ", w.Could))
			}
		}
	}
	want := []string{
		"Elixir 2: beech learn 1 alder,mutual,language,hours,fresh,hello@alder.example",
		"Elixir 2: fern learn 1 alder,language,hours,fresh,hello@alder.example",
		"Hosting 1: alder learn 1 beech,mutual,language,hours,fresh,hello@beech.example",
		"Hosting 1: fern partner nobody",
		"Web development 1: alder work 1 beech,language,hours,fresh,hello@beech.example",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if m.Teaching != 2 || m.Needing != 3 {
		t.Errorf("%d teach and %d need, want 2 and 3", m.Teaching, m.Needing)
	}
	if len(m.Mutual) != 1 || fmt.Sprint(m.Mutual[0].One.ID, m.Mutual[0].Learns, m.Mutual[0].Other.ID, m.Mutual[0].Teaches) != "alder[{hosting Hosting}]beech[{elixir Elixir}]" {
		t.Errorf("pairs: %+v", m.Mutual)
	}
	if len(m.Meetings) != 2 || m.Meetings[0].Skill.ID != "elixir" || m.Meetings[0].Count != 2 || len(m.Meetings[0].Guests) != 3 || m.Meetings[0].Start == "" {
		t.Errorf("meetings: %+v", m.Meetings)
	}
}

func TestTablesOfTheExchangeAddUp(t *testing.T) {
	m := on(newView(newIndex(barter()), "en"), "2026-11-23").market()
	var got []string
	for _, rows := range [][]standing{m.Balance, m.Gaps, m.Unasked} {
		for _, r := range rows {
			got = append(got, fmt.Sprint(r.Skill.ID, " ", r.Wanted, r.Teaches, r.Does, r.Open, " ", r.WantedBar, r.TeachesBar, r.DoesBar))
		}
		got = append(got, "·")
	}
	want := "elixir 2 1 0 0 100 50 0; hosting 2 1 0 1 100 50 0; web 2 0 1 0 100 0 50; ·; hosting 2 1 0 1 100 50 0; ·; ·"
	if strings.Join(got, "; ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), want)
	}
}

func TestPageOfACoopSaysWhoCouldHelpItAndWhomItCouldHelp(t *testing.T) {
	pages := pagesOf(newView(newIndex(barter()), "en").stage("2026-11-23"))
	alder, beech, fern, gone := pages[0], pages[1], pages[2], pages[3]
	if got, want := fmt.Sprint(alder.Needs[0].Could, "; ", alder.Needs[1].Could, "; ", alder.Teaches[0].Wanted), "1 beech,mutual,language,hours,fresh,hello@beech.example; 1 beech,language,hours,fresh,hello@beech.example; 2 beech,mutual,language,hours,fresh,hello@beech.example fern,language,hours,fresh,hello@fern.example"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	var asked []string
	for _, a := range beech.Asked {
		asked = append(asked, a.Kind+" "+a.Who.ID+" "+a.Skill.ID)
	}
	if got := strings.Join(asked, "; "); got != "request shop web; work alder web" && got != "work alder web; request shop web" || beech.AskedMore != 0 {
		t.Errorf("asked of beech: %s and %d more", got, beech.AskedMore)
	}
	if fern.Needs[2].Could != nil {
		t.Error("a need whose last day is past is answered")
	}
	if gone.Teaches[0].Wanted != nil || len(gone.Asked) > 0 {
		t.Error("somebody is sent to a co-op that has closed")
	}
}

func TestAListOfTheExchangeIsCappedAndCounted(t *testing.T) {
	d := barter()
	for i := range 50 {
		d.Coops = append(d.Coops, &directory.Coop{Slug: fmt.Sprintf("z%02d", i), Name: "Z", ListedBy: "coop", Languages: []string{"en"}, Needs: []directory.Need{{Skill: "elixir", Kind: "learn"}}, Teaches: []directory.Offer{{Skill: "web"}}})
	}
	v := newView(newIndex(d), "en")
	staged := v.stage("2026-11-23")
	m := staged["exchange"].(market)
	if top := m.Learn[0]; top.Count != 52 || len(top.Wishes) != wishesShown || top.More != 52-wishesShown {
		t.Errorf("%d of %d shown, and %d more", len(top.Wishes), top.Count, top.More)
	}
	if wanted := pagesOf(staged)[0].Teaches[0].Wanted; wanted.Total != 52 || len(wanted.Best) != bestShown || wanted.More != 52-bestShown {
		t.Errorf("%+v", wanted)
	}
	if len(m.Meetings[0].Learners) != guestsShown || m.Meetings[0].More != 52-guestsShown {
		t.Errorf("%d learners named, %d more", len(m.Meetings[0].Learners), m.Meetings[0].More)
	}
}

func TestNobodyWhoSaysNothingIsInTheExchange(t *testing.T) {
	d := barter()
	for _, c := range d.Coops {
		c.Teaches, c.Needs = nil, nil
	}
	d.Requests = nil
	m := on(newView(newIndex(d), "en"), "2026-11-23").market()
	if m.Teaching+m.Needing+len(m.Learn)+len(m.Work)+len(m.Mutual)+len(m.Balance)+len(m.Meetings) > 0 {
		t.Errorf("got %+v", m)
	}
}
