package sitetest

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Everything is there without JavaScript; only the search box is not.

func withoutScript(t *testing.T, s *site) *tab {
	t.Helper()
	v := visitor(t, s.server.URL)
	if _, err := chromedp.Call(v.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	return v
}

func isShown(v *tab, selector string) bool {
	v.t.Helper()
	return evaluate[bool](v, `document.querySelector(`+literal(selector)+`)?.checkVisibility() ?? false`)
}

func TestWithoutScriptLinksLeadFromANeedToACoop(t *testing.T) {
	for _, s := range sites() {
		v := withoutScript(t, s)
		v.visit("/es/")
		v.follow("nav.sections a[href='/es/skills/']")
		want(t, "address", v.address(), "/es/skills/")
		v.follow("a[href='/es/skills/web-development/']")
		want(t, "heading", evaluate[string](v, `document.querySelector("h1").textContent`), s.records(t, "es").skill("web-development"))
		first := evaluate[string](v, `document.querySelector("section.does [data-card-name]").textContent`)
		v.follow("section.does [data-card-name]")
		want(t, "heading", evaluate[string](v, `document.querySelector("h1").textContent`), first)
		v.follow("header a[hreflang=pt]")
		want(t, "heading", evaluate[string](v, `document.querySelector("h1").textContent`), first)
	}
}

func TestWithoutScriptTheListIsComplete(t *testing.T) {
	v := withoutScript(t, ours)
	v.visit("/coops/")
	var listed []string
	for {
		const names = `[...document.querySelectorAll(".az [data-card-name]")].filter((link) => link.checkVisibility()).map((link) => link.pathname.split("/").at(-2))`
		listed = append(listed, evaluate[[]string](v, names)...)
		if !isShown(v, "a[rel=next]") {
			break
		}
		v.follow("a[rel=next]")
	}
	want(t, "co-ops", fmt.Sprint(sorted(listed)), fmt.Sprint(allSlugs(ours)))
}

func TestWithoutScriptASentenceStandsInPlaceOfTheSearch(t *testing.T) {
	with, without := visitor(t, ours.server.URL), withoutScript(t, ours)
	for _, address := range []string{"/", "/coops/", "/fr/coops/?q=site"} {
		with.visit(address)
		without.visit(address)
		if address != "/" {
			with.answer()
		}
		for selector, needsScript := range map[string]bool{"form[role=search]": true, "#search-q": true, ".without-script": false} {
			if got := isShown(with, selector); got != needsScript {
				t.Errorf("%s with JavaScript: %s is shown: %v", address, selector, got)
			}
			if got := isShown(without, selector); got == needsScript {
				t.Errorf("%s without JavaScript: %s is shown: %v", address, selector, got)
			}
		}
		if links := evaluate[int](without, `document.querySelectorAll(".without-script a[href]").length`); links < 3 {
			t.Errorf("%s: the sentence has %d links, want the ways by skill, country and name", address, links)
		}
		for _, control := range []string{"[data-search-open]", "[data-search-sort]", "[data-search-filters]", "[data-search-trouble]"} {
			if isShown(without, control) {
				t.Errorf("%s without JavaScript: %s is shown", address, control)
			}
		}
	}
	if !isShown(without, ".az .card") {
		t.Error("without JavaScript an address with a question should show the list from A to Z")
	}
}
