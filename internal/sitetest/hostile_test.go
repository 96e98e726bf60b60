package sitetest

import (
	"strings"
	"testing"
)

// hostile is a profile by somebody who wishes visitors ill. Whatever would run says window.hit.
const hostile = `name: "<script>window.hit=1</script>Hostile"
website: https://hostile.example/?a=%22%3E%3Cscript%3Ewindow.hit=2%3C/script%3E
summary: {en: "<img src=https://elsewhere.example/a.png onerror=window.hit=3> summary"}
description:
  en: |
    <script>window.hit=4</script>

    Before <img src="https://elsewhere.example/b.png" onerror="window.hit=5"> after.

    [press me](javascript:window.hit=6) and [me](JaVaScRiPt:window.hit=6) and <javascript:window.hit=6>

    ![a picture](https://elsewhere.example/c.png "onload=window.hit=7") ![data](data:image/svg+xml,<svg/onload=window.hit=7>)

    <div style="position:fixed;inset:0"><iframe src="https://elsewhere.example/"></iframe>

    <style>@import "https://elsewhere.example/d.css";</style>

    [a quote](https://elsewhere.example/"onmouseover="window.hit=8)
languages: [en]
locations:
  - {country: AR, place: "<svg/onload=window.hit=9>Town"}
skills:
  - {skill: elixir, note: {en: "<iframe srcdoc='<script>parent.hit=10</script>'></iframe> note"}}
  - {other: "<a href=javascript:window.hit=11>skill</a>"}
products:
  - name: "</dt><script>window.hit=12</script> product"
    summary: {en: "<style>body{display:none}</style> use"}
former_names: ["</title><script>window.hit=13</script> former"]
contact: {email: info@hostile.example}
listed_by: coop
confirmed: 2026-01-01
`

func TestHostileProfileIsShownAsText(t *testing.T) {
	// Without the security policy: the pages themselves must be sound.
	s := newSite(t, map[string]string{"data/coops/hostile.yaml": hostile}, nil)
	v := visitor(t, s.server.URL)

	const everything = `document.body.innerText.replace(/\s+/g, " ")`
	v.visit("/coops/hostile/")
	shown := evaluate[string](v, everything)
	for _, part := range []string{
		"<script>window.hit=1</script>Hostile",
		"<img src=https://elsewhere.example/a.png onerror=window.hit=3> summary",
		"<script>window.hit=4</script>",
		`Before <img src="https://elsewhere.example/b.png" onerror="window.hit=5"> after.`,
		"press me and me and",
		"a picture",
		`<div style="position:fixed;inset:0"><iframe src="https://elsewhere.example/"></iframe>`,
		`<style>@import "https://elsewhere.example/d.css";</style>`,
		"<svg/onload=window.hit=9>Town",
		"<iframe srcdoc='<script>parent.hit=10</script>'></iframe> note",
		"<a href=javascript:window.hit=11>skill</a>",
		"</dt><script>window.hit=12</script> product",
		"<style>body{display:none}</style> use",
		"</title><script>window.hit=13</script> former",
	} {
		if !strings.Contains(shown, part) {
			t.Errorf("%q is not to be read on the page: %q", part, shown)
		}
	}
	want(t, "name for machines", evaluate[string](v, `JSON.parse(document.querySelector("script[type='application/ld+json']").textContent).name`), "<script>window.hit=1</script>Hostile")
	want(t, "title", evaluate[string](v, "document.title"), "<script>window.hit=1</script>Hostile, <svg/onload=window.hit=9>Town, Argentina · Tech Co-op Directory")

	for _, address := range []string{"/coops/hostile/", "/", "/coops/", "/skills/elixir/", "/countries/ar/", "/es/coops/hostile/"} {
		v.visit(address)
		v.checkHarmless(address)
	}

	feed := readFeed(t, s, "/feed.xml")
	want(t, "name in the feed", feed.Entries[0].Title, "<script>window.hit=1</script>Hostile, <svg/onload=window.hit=9>Town, Argentina")
	want(t, "summary in the feed", feed.Entries[0].Summary, "<img src=https://elsewhere.example/a.png onerror=window.hit=3> summary")

	// Nor does the search make HTML of it.
	v.visit("/coops/")
	got := v.ask("hostile")
	v.checkHarmless("the search")
	if len(got.Cards) != 1 {
		t.Fatalf("the search finds %q, want the one co-op", got.slugs())
	}
	want(t, "name in the search", got.Cards[0].Name, "<script>window.hit=1</script>Hostile")
	v.visit("/coops/" + query("q", "skill", "country", "AR"))
	v.answer()
	v.checkHarmless("the search for a skill")
}

// checkHarmless fails where a script ran or the page has what only a hostile profile would bring.
func (v *tab) checkHarmless(where string) {
	v.t.Helper()
	if hit := evaluate[string](v, "String(window.hit)"); hit != "undefined" {
		v.t.Errorf("%s: script %s ran", where, hit)
	}
	const foreign = `[...document.querySelectorAll("script:not([type=module]):not([type='application/ld+json']), iframe, style, [style], main img, [onload], [onerror], [onmouseover], a[href^='javascript:' i], a[href^='data:' i]")].map((e) => e.outerHTML).join(" ")`
	if found := evaluate[string](v, foreign); found != "" {
		v.t.Errorf("%s: the profile's own HTML is on the page: %s", where, found)
	}
}
