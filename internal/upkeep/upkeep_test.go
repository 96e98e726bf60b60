package upkeep

import (
	"fmt"
	"strings"
	"testing"

	"coops/internal/directory"
	"coops/internal/github"
)

func TestDueAreThoseThatNobodyLookedAtForAYearTheLongestFirst(t *testing.T) {
	own := func(slug, confirmed, status string) *directory.Coop {
		return &directory.Coop{Slug: slug, ListedBy: "coop", Confirmed: directory.Date(confirmed), Status: status}
	}
	listed := func(slug, retrieved string) *directory.Coop {
		return &directory.Coop{Slug: slug, ListedBy: "third-party", Source: &directory.Source{Retrieved: directory.Date(retrieved)}}
	}
	due := Due([]*directory.Coop{
		own("a-year-to-the-day", "2025-11-23", ""),
		own("a-year-and-a-day", "2025-11-22", ""),
		own("ended", "2020-01-01", "closed"),
		own("dormant", "2020-01-01", "dormant"),
		own("never", "", ""),
		listed("looked-at-long-ago", "2024-02-29"),
		listed("looked-at", "2026-06-10"),
		{Slug: "without-source", ListedBy: "third-party"},
	}, "2026-11-23")
	var got []string
	for _, c := range due {
		got = append(got, c.Slug)
	}
	if want := "dormant looked-at-long-ago a-year-and-a-day"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestTheIssueTellsTheTwoKindsApartAndCountsTheRest(t *testing.T) {
	if got := DueIssue(nil, "x"); got != "" {
		t.Errorf("with nothing due it says %q", got)
	}
	due := []*directory.Coop{
		{Slug: "fern", ListedBy: "coop", Confirmed: "2025-01-02", Name: "](evil) @everyone <img>"},
		{Slug: "gorse", ListedBy: "third-party", Source: &directory.Source{Retrieved: "2025-03-04"}},
	}
	body := DueIssue(due, "https://github.example/o/r/blob/main/data/coops")
	for _, want := range []string{
		"### Written by the co-op", "| [fern](https://github.example/o/r/blob/main/data/coops/fern.yaml) | 2025-01-02 |",
		"### Written by others", "| [gorse](https://github.example/o/r/blob/main/data/coops/gorse.yaml) | 2025-03-04 |",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("it lacks %q:\n%s", want, body)
		}
	}
	for _, never := range []string{"evil", "@", "<", "more"} {
		if strings.Contains(body, never) {
			t.Errorf("it has %q:\n%s", never, body)
		}
	}

	for n := range 10_000 {
		due = append(due, &directory.Coop{Slug: fmt.Sprintf("%s-%d", strings.Repeat("x", 60), n), ListedBy: "coop", Confirmed: "2025-05-06"})
	}
	body = DueIssue(due, "https://github.example/"+strings.Repeat("o", 39)+"/"+strings.Repeat("r", 100)+"/blob/main/data/coops")
	if !strings.Contains(body, "and 9852 more") || len(body) > github.MostRunes {
		t.Errorf("of 10,002 it says, in %d bytes: %s", len(body), body[len(body)-100:])
	}
}

func TestWhoMayBeMergedWithoutAPerson(t *testing.T) {
	fine := github.Pull{Number: 1, Author: github.Account{Login: "fern", ID: 7}, Open: true, Home: github.Home{Owner: github.Account{ID: 7}}}
	with := func(spoil func(*github.Pull)) github.Pull {
		p := fine
		spoil(&p)
		return p
	}
	for why, pulls := range map[string][]github.Pull{
		"":          {fine},
		"  ":        {with(func(p *github.Pull) { p.Home = github.Home{Here: true} })}, // only who may write here can change it
		"2 pull":    {fine, fine},
		"no open":   {},
		"draft":     {with(func(p *github.Pull) { p.Draft = true })},
		"hold":      {with(func(p *github.Pull) { p.Labels = []string{"thanks", "hold"} })},
		"not its":   {with(func(p *github.Pull) { p.Home.Owner.ID = 8 })},
		"not its ":  {with(func(p *github.Pull) { p.Home = github.Home{} })}, // the fork was removed
		"not its  ": {with(func(p *github.Pull) { p.Author.ID, p.Home = 0, github.Home{} })},
	} {
		got := WhyNot(pulls)
		if why = strings.TrimSpace(why); (why == "") != (got == "") || !strings.Contains(got, why) {
			t.Errorf("%+v: %q, want %q", pulls, got, why)
		}
	}
}

func TestEveryRequiredCheckMustHavePassed(t *testing.T) {
	passed := github.Check{Name: "validate", App: "github-actions", Passed: true}
	failed := github.Check{Name: "validate", App: "github-actions"}
	forged := github.Check{Name: "validate", App: "mallory", Passed: true}
	for _, c := range []struct {
		checks   []github.Check
		required []string
		want     string
	}{
		{[]github.Check{passed}, []string{"validate"}, ""},
		{[]github.Check{passed, {Name: "test", App: "github-actions"}}, []string{"validate"}, ""},
		{nil, []string{"validate"}, "there is no check validate"},
		{[]github.Check{forged}, []string{"validate"}, "there is no check validate"},
		{[]github.Check{passed, failed}, []string{"validate"}, "has not passed"},
		{[]github.Check{passed}, []string{"validate", "test"}, "there is no check test"},
	} {
		if got := WhyNotYet(c.checks, c.required); (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%+v: %q, want %q", c, got, c.want)
		}
	}
}

func TestAPullRequestThatChangedIsNotTheOneThatWasJudged(t *testing.T) {
	judged := github.Pull{Number: 1, Author: github.Account{Login: "fern", ID: 7}, Open: true, Head: "h", Base: "main", Home: github.Home{Owner: github.Account{ID: 7}}}
	if !Same(judged, judged) {
		t.Error("it is not the same as itself")
	}
	for name, spoil := range map[string]func(*github.Pull){
		"closed":         func(p *github.Pull) { p.Open = false },
		"a draft":        func(p *github.Pull) { p.Draft = true },
		"held":           func(p *github.Pull) { p.Labels = []string{"hold"} },
		"newer commits":  func(p *github.Pull) { p.Head = "other" },
		"another branch": func(p *github.Pull) { p.Base = "other" },
		"another home":   func(p *github.Pull) { p.Home.Owner.ID = 8 },
	} {
		now := judged
		spoil(&now)
		if Same(judged, now) {
			t.Errorf("%s: taken for the same", name)
		}
	}
}
