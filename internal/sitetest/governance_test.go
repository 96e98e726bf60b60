package sitetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestGovernanceSaysWhatIsOpenAndHowToAnswer(t *testing.T) {
	for _, s := range sites() {
		for _, in := range languages {
			page := s.page(t, in.prefix+"/governance/")
			want(t, in.id+" questions", fmt.Sprint(page.Find(".question").Length()), "9")
			page.Find(".question").Each(func(_ int, q *goquery.Selection) {
				if q.HasClass("question--open") != (q.Find(`a[href="`+in.prefix+`/about/#write"]`).Length() == 1) {
					t.Errorf("%s %s: an open question without a way to answer it, or the reverse: %q", s.name, in.id, text(q))
				}
			})
		}
	}
	page := example.page(t, "/es/governance/")
	want(t, "open in the example", text(page.Find(".question--open h3")), "¿Cómo se decide una mejora?")
	want(t, "day of the last test", page.Find("section[aria-labelledby=restored] time").AttrOr("datetime", ""), "2026-09-12")
	if got := text(page.Find("section[aria-labelledby=host]")); !strings.Contains(got, "Les Veilleuses, en sus máquinas de Rennes") {
		t.Errorf("host: %q", got)
	}
}

func TestOpenQuestionsLeadToTheRepository(t *testing.T) {
	s := newSite(t, map[string]string{"hugo.yaml": "title: Ours\nparams: {repository: \"https://git.example/ring/directory/\", branch: trunk}\n", "data/governance.yaml": "host: null\ndomain: null\nbackups: null\nrestored: null\nmaintainers: null\nupgrades: null\nfeatures: null\ndecisions: null\nleaving: null\n"}, nil)
	links := hrefs(s.page(t, "/governance/").Find("section[aria-labelledby=host] a"))
	want(t, "ways to answer", links, "https://git.example/ring/directory/edit/trunk/data/governance.yaml https://git.example/ring/directory/issues/new?title=Who%20hosts%20it%3f")
	want(t, "way to announce", s.page(t, "/events/").Find("#announce ~ .actions a").First().AttrOr("href", ""), "https://git.example/ring/directory/new/trunk/data/events")
}
