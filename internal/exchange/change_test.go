package exchange_test

import (
	"slices"
	"testing"

	"coops/internal/directory"
	"coops/internal/exchange"
)

func TestAChangeTellsWhatItBrings(t *testing.T) {
	with := func(change func(a, b *directory.Coop)) *directory.Directory {
		a, b := learner(), teacher()
		change(a, b)
		return of(a, b)
	}
	nothing := func(_, _ *directory.Coop) {}
	const both = "learn elixir: anemone <- bracken"
	for _, c := range []struct {
		name          string
		before, after *directory.Directory
		want          string
	}{
		{"nothing changes", with(nothing), with(nothing), ""},
		{"both are new", of(), with(nothing), both},
		{"the learner is new", of(teacher()), with(nothing), both},
		{"the teacher is new", of(learner()), with(nothing), both},
		{"everybody leaves", with(nothing), of(), ""},
		{"it has time again", with(func(_, b *directory.Coop) { b.Availability = "full" }), with(nothing), both},
		{"a need is renewed", with(func(a, _ *directory.Coop) { a.Needs[0].Until = "2026-01-01" }), with(nothing), both},
		{"only what makes it better", with(func(_, b *directory.Coop) { b.Languages = nil }), with(nothing), ""},
		{"another need besides", with(nothing), with(func(a, b *directory.Coop) {
			a.Needs = append(a.Needs, directory.Need{Skill: "web", Kind: "work"})
			b.Skills = []directory.SkillUse{{Skill: "drupal"}}
		}), "work web: anemone <- bracken"},
		{"a renamed co-op is the one it was", with(nothing), with(func(_, b *directory.Coop) { b.Slug, b.FormerSlugs = "buckthorn", []string{"bracken"} }), ""},
		{"one of a former name that is gone", with(nothing), with(func(_, b *directory.Coop) { b.Slug = "buckthorn" }), "learn elixir: anemone <- buckthorn"},
	} {
		if got := told(exchange.New(c.before, c.after, today)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAChangeOfTheVocabularyIsNoNews(t *testing.T) {
	a, b := learner(), teacher()
	a.Needs[0].Skill = "kubernetes"
	before := of(a, b)
	after := of(a, b)
	after.Skills = []*directory.Skill{{ID: "elixir", PartOf: "kubernetes"}, {ID: "kubernetes"}}
	if len(matched(after, today)) != 1 {
		t.Fatal("the test's vocabulary brings nobody together")
	}
	if got := exchange.New(before, after, today); len(got) > 0 {
		t.Errorf("got %q", told(got))
	}
}

func TestANewRequestIsNews(t *testing.T) {
	b := teacher()
	b.Skills = []directory.SkillUse{{Skill: "web"}}
	before, after := of(b), of(b)
	after.Requests = []*directory.Request{request()}
	if got, want := told(exchange.New(before, after, today)), "request web: farm-shop <- bracken"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := exchange.New(after, after, today); len(got) > 0 {
		t.Errorf("got %q", told(got))
	}
	withdrawn := of(b)
	q := request()
	q.Status = "withdrawn"
	withdrawn.Requests = []*directory.Request{q}
	if got, want := told(exchange.New(withdrawn, after, today)), "request web: farm-shop <- bracken"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// From nothing, a directory brings all of its matches; and what one change brings is what is there after
// it and was not before.
func TestNewIsWhatWasNotThere(t *testing.T) {
	d := many(120)
	all := told(matched(d, today))
	if got := told(exchange.New(&directory.Directory{}, d, today)); got != all || got == "" {
		t.Error("from nothing, other matches come than there are")
	}
	for _, c := range d.Coops[:40] {
		less := *d
		less.Coops = slices.DeleteFunc(slices.Clone(d.Coops), func(other *directory.Coop) bool { return other == c })
		want := told(everything(exchange.Open(d, today), c.Slug))
		if got := told(exchange.New(&less, d, today)); got != want {
			t.Errorf("%s comes: got\n%s\nwant\n%s", c.Slug, got, want)
		}
	}
}
