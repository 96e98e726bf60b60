package exchange_test

import (
	"reflect"
	"testing"

	"coops/internal/directory"
	"coops/internal/exchange"
)

func TestBalances(t *testing.T) {
	a, b := learner(), teacher()
	a.Networks, b.Networks = []string{"reef"}, []string{"moor", "reef"}
	a.Needs = append(a.Needs,
		directory.Need{Skill: "kubernetes", Kind: "learn"}, directory.Need{Skill: "web", Kind: "work"},
		directory.Need{Skill: "web", Kind: "partner", Until: "2020-01-01"})
	b.Skills = []directory.SkillUse{{Skill: "elixir"}, {Skill: "drupal"}, {Other: "weaving"}}
	b.Teaches = append(b.Teaches, directory.Offer{Skill: "rust"})
	closed := teacher()
	closed.Slug, closed.Status = "cedar", "closed"
	d := of(a, b, closed)
	d.Requests = []*directory.Request{request()}
	all := exchange.Open(d, today).Balances()
	want := []exchange.Balance{
		{Skill: "kubernetes", Learn: 1, Requests: 1, Open: 2},
		{Skill: "web", Work: 1, Requests: 1},
		{Skill: "elixir", Does: 1, Teaches: 1, Learn: 1},
		{Skill: "rust", Teaches: 1},
		{Skill: "drupal", Does: 1},
	}
	if !reflect.DeepEqual(all, want) {
		t.Errorf("got  %+v\nwant %+v", all, want)
	}
	if got := exchange.Gaps(all); !reflect.DeepEqual(got, want[:1]) {
		t.Errorf("gaps: %+v", got)
	}
	if got := exchange.Unasked(all); !reflect.DeepEqual(got, want[3:4]) {
		t.Errorf("unasked: %+v", got)
	}

	by := exchange.By(d, today, func(c *directory.Coop) []string { return c.Networks })
	if len(by) != 2 {
		t.Fatalf("networks: %v", by)
	}
	if got := exchange.Gaps(by["reef"]); !reflect.DeepEqual(got, []exchange.Balance{{Skill: "kubernetes", Learn: 1, Open: 1}}) {
		t.Errorf("reef: %+v", got)
	}
	if got := by["moor"]; len(got) != 3 || got[0].Skill != "elixir" && got[0].Wanted() != 0 {
		t.Errorf("moor: %+v", got)
	}
	countries := exchange.By(d, today, (*directory.Coop).Countries)
	if got := exchange.Gaps(countries["BR"]); len(got) != 3 {
		t.Errorf("alone, the learner's country lacks %+v", got)
	}
}
