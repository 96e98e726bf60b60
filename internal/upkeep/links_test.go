package upkeep

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"coops/internal/github"
	"coops/internal/links"
)

func TestTheIssueOfLinksTellsWhatToDoAndNothingInAnAddressMeansAnything(t *testing.T) {
	if n, got := LinksIssue([]links.Result{{Link: links.Link{URL: "https://a.example"}, Kind: links.Fine}, {Link: links.Link{URL: "https://b.example"}, Kind: links.Unclear}}, "x"); n != 0 || got != "" {
		t.Errorf("with nothing to do it says %q", got)
	}
	at := func(files ...string) []links.Place {
		var places []links.Place
		for _, f := range files {
			places = append(places, links.Place{File: f, Field: "website"})
		}
		return places
	}
	n, body := LinksIssue([]links.Result{
		{Link: links.Link{URL: "https://gone.example/`@everyone`](x)<img>#12", Places: at("data/coops/fern.yaml")}, Kind: links.Gone, Status: 404, Since: "2026-11-03"},
		{Link: links.Link{URL: "https://old.example", Places: at("data/coops/a.yaml", "data/coops/b.yaml", "data/coops/c.yaml", "data/coops/d.yaml")}, Kind: links.Moved, Status: 200, To: "https://new.example/`@all`"},
	}, "https://github.example/o/r/blob/main")
	for _, want := range []string{
		"### The page is not there", "(404) since 2026-11-03 · [fern](https://github.example/o/r/blob/main/data/coops/fern.yaml) website",
		"### It has moved for good", "`https://old.example` → ", "· and 1 more\n",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("it lacks %q:\n%s", want, body)
		}
	}
	if n != 2 || strings.Contains(body, "\n`@") || strings.Contains(body, " `@everyone`") || strings.Contains(body, "[d]") {
		t.Errorf("%d:\n%s", n, body)
	}

	var many []links.Result
	for n := range 5000 {
		url := fmt.Sprintf("https://%d.example/%s", n, strings.Repeat("`<x>", 500))
		many = append(many, links.Result{Link: links.Link{URL: url, Places: at("data/coops/"+strings.Repeat("x", 60)+".yaml", "data/coops/y.yaml", "data/coops/z.yaml")}, Kind: links.Gone, Status: 404})
	}
	n, body = LinksIssue(many, "https://github.example/"+strings.Repeat("o", 39)+"/"+strings.Repeat("r", 100)+"/blob/main")
	if runes := utf8.RuneCountInString(body); n != 5000 || runes > github.MostRunes || !strings.HasSuffix(body, fmt.Sprintf("\nand %d more.\n", 5000-strings.Count(body, "\n- "))) {
		t.Errorf("of 5000 it lists %d in %d characters", n, runes)
	}
	for i := range many {
		many[i].URL, many[i].Places = fmt.Sprintf("https://%d.example", i), at("data/coops/x.yaml")
	}
	if _, body = LinksIssue(many, "https://github.example/o/r/blob/main"); !strings.HasSuffix(body, "\nand 4850 more.\n") {
		t.Errorf("it ends %q", body[len(body)-100:])
	}
}

func TestEveryKindThatNeedsAPersonIsExplained(t *testing.T) {
	for _, k := range links.Kinds {
		if _, ok := toDo[k]; ok != (k.Broken() || k == links.Moved) {
			t.Errorf("%s: explained %v", k, ok)
		}
	}
}
