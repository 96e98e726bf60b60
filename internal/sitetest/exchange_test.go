package sitetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/chromedp/chromedp"
)

func TestExchangeShowsWhoCouldTeachWhomAndWhy(t *testing.T) {
	for _, in := range languages {
		page := example.page(t, in.prefix+"/exchange/")
		for _, part := range []string{"mutual", "learn", "work", "meetings", "balance"} {
			if page.Find("section[aria-labelledby="+part+"]").Length() != 1 {
				t.Errorf("%s/exchange/ has no part %s", in.prefix, part)
			}
		}
		language := map[string]string{"en": "language", "es": "idioma", "fr": "langue", "pt": "idioma"}[in.id]
		page.Find(".reasons li").Each(func(_ int, e *goquery.Selection) {
			if said := text(e); strings.HasPrefix(said, language) && strings.HasPrefix(said, language+"s") != strings.Contains(said, ", ") {
				t.Errorf("%s: %q", in.id, said)
			}
		})
		page.Find(".meets > li:not(.soft), .pairs > li").Each(func(_ int, e *goquery.Selection) {
			if e.Find(".reasons li").Length() == 0 || e.Find("a[href^=mailto], a[href^=http]").Length() == 0 {
				t.Errorf("%s: without a reason or a way to write to: %q", in.id, text(e))
			}
		})
	}
	page := example.page(t, "/exchange/")
	if got := text(page.Find("section[aria-labelledby=teaches-elixir]")); !strings.Contains(got, "Les Veilleuses wants to learn it.") || !strings.Contains(got, "each teaches what the other wants; in return: Kubernetes") {
		t.Errorf("Elixir: %q", got)
	}
	page.Find("section[aria-labelledby=meetings] .occasions > li").Each(func(_ int, e *goquery.Selection) {
		if e.Find("[data-when]").Length()+e.Find("p.soft").Length() == 0 {
			t.Errorf("a show-and-tell without an hour, or a word about it: %q", text(e))
		}
	})
}

// The chart is a table: its numbers are text, and bars are drawn beside them only.
func TestChartOfTheExchangeCanBeReadAsATable(t *testing.T) {
	page := example.page(t, "/exchange/")
	rows := page.Find(".chart tbody tr")
	if rows.Length() < 5 {
		t.Fatalf("%d rows", rows.Length())
	}
	rows.Each(func(_ int, row *goquery.Selection) {
		if row.Find("th[scope=row] a").Length() != 1 || row.Find("td").Length() != 3 {
			t.Errorf("not a row of a skill with three numbers: %q", text(row))
		}
		row.Find("td").Each(func(_ int, cell *goquery.Selection) {
			if drawn := cell.Find("svg rect").Length() == 1; drawn == (text(cell) == "0") {
				t.Errorf("%q: a bar for nothing, or none for something: %q", text(row), text(cell))
			}
		})
	})
}

// A heading of a column, and what it says of the numbers below, is read whole on a phone.
func TestHeadingsOfTheChartAreNotBrokenInsideAWord(t *testing.T) {
	v := visitor(t, example.server.URL)
	v.do("make the window narrow", chromedp.EmulateViewport(360, 640))
	const broken = `[...document.querySelectorAll(".chart thead .word")].flatMap((word) => {
		const text = word.lastChild, range = document.createRange();
		return [...text.data.matchAll(/\S+/g)].filter(({ 0: { length }, index }) => {
			range.setStart(text, index);
			range.setEnd(text, index + length);
			return range.getClientRects().length !== 1;
		}).map(([said]) => said);
	})`
	for _, in := range languages {
		for _, address := range []string{"/exchange/", "/countries/ar/", "/networks/trama-austral/"} {
			v.visit(in.prefix + address)
			want(t, "words in pieces in "+in.prefix+address, fmt.Sprint(evaluate[[]string](v, broken)), "[]")
		}
	}
}

func TestExchangeOfADirectoryWhereNobodySaidAnythingSaysSo(t *testing.T) {
	for _, in := range languages {
		page := ours.page(t, in.prefix+"/exchange/")
		if page.Find("#learn, #mutual").Length() > 0 {
			t.Skip("somebody has begun")
		}
		for _, way := range []string{"/about/#claim", "/events/#announce", "/requests/#ask"} {
			if page.Find(`section[aria-labelledby=nothing] a[href="`+in.prefix+way+`"]`).Length() != 1 {
				t.Errorf("%s/exchange/ does not say how to begin: no way to %s", in.prefix, way)
			}
		}
		if number := text(page.Find("section[aria-labelledby=nothing] p").First()); !strings.Contains(number, "170") && len(ours.coops) == 181 {
			t.Errorf("%s: it does not say how many: %q", in.id, number)
		}
	}
}

func TestPagesOfCoopsAndSkillsSayWhoCouldHelp(t *testing.T) {
	horneros := example.page(t, "/coops/horneros/")
	if got := text(horneros.Find("section.needs .could").First()); !strings.Contains(got, "could teach them this") || !strings.Contains(got, "Les Veilleuses") {
		t.Errorf("who could help: %q", got)
	}
	if got := text(horneros.Find("section.teaches .could").First()); !strings.Contains(got, "want to learn this") && !strings.Contains(got, "wants to learn this") {
		t.Errorf("whom it could help: %q", got)
	}
	asked := 0
	for _, c := range example.coops {
		page := example.page(t, "/coops/"+c.Slug+"/")
		asked += page.Find(".asked li").Length()
		if c.ended() && page.Find(".asked, .could").Length() > 0 {
			t.Errorf("%s: somebody is sent to a co-op that has ended", c.Slug)
		}
	}
	if asked == 0 {
		t.Error("no co-op is asked for what it does")
	}
	want(t, "on the page of a skill", fmt.Sprint(example.page(t, "/skills/elixir/").Find("section[aria-labelledby=exchange] .wishes > li").Length()), "2")
	want(t, "where nobody needs it", fmt.Sprint(example.page(t, "/skills/unity/").Find("section[aria-labelledby=exchange]").Length()), "0")
}
