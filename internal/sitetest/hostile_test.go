package sitetest

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	"github.com/chromedp/chromedp"
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
	const foreign = `[...document.querySelectorAll("script:not([type=module]):not([type='application/ld+json']), iframe, style, [style]:not(.map__mark), main img, [onload], [onerror], [onmouseover], a[href^='javascript:' i], a[href^='data:' i]")].map((e) => e.outerHTML).join(" ")`
	if found := evaluate[string](v, foreign); found != "" {
		v.t.Errorf("%s: the profile's own HTML is on the page: %s", where, found)
	}
}

// attacks are what is written into every text of a profile, an event and a request, by name. Cut where a
// field ends, each still begins with what would harm.
var attacks = map[string]string{
	"attribute": `" onmouseover="window.hit=1" autofocus onfocus='window.hit=1' x=' onfocus=window.hit=1 style=position:fixed;inset:0 "`,
	"calendar":  "line\nEND:VEVENT\nBEGIN:VEVENT\nURL:javascript:window.hit=1\nATTENDEE:;,\\n",
	"closing":   `</script></title><svg onload=window.hit=1></h1></a></li></textarea></style></template></noscript>--><!-- ]]>`,
	"data":      `[a](data:text/html,<script>window.hit=1</script>) ![d](data:image/svg+xml,<svg/onload=window.hit=1>) <data:text/html,x>`,
	"emoji":     strings.Repeat("😀", 3000),
	"families":  strings.Repeat("👩🏽‍🌾👨‍👩‍👧‍👦", 300),
	"formula":   `=HYPERLINK("https://elsewhere.example","x")`,
	"handlers":  `<img src=//elsewhere.example/a onerror=window.hit=1><svg/onload=window.hit=1><details open ontoggle=window.hit=1>`,
	"json":      `"}]}</script><!--<script>window.hit=1// \u003cscript\u003e \" \\"` + "\u2028window.hit=1",
	"links":     `[a](javascript:window.hit=1) [b](JaVa&#x09;ScRiPt:window.hit=1) [c](//elsewhere.example "x") ![d](https://elsewhere.example/d.png)`,
	"markup":    "# heading\n\n---\n\n- - - <style>*{display:none}</style>\n\n> > <base href=//elsewhere.example>\n\n| a | b |\n|---|---|\n| " + strings.Repeat("c", 200) + " | d |",
	"nothing":   "\u3164",
	"script":    `<script>window.hit=1</script><script src=//elsewhere.example/a.js></script>`,
	"template":  "{{ . }}{{< x >}}{{% x %}} ${window.hit=1} `window.hit=1` <%= 1 %> {{ .Site.Title }}",
	"turned":    "\u202egnp.exe\u2066 \u200bze\u200bro\u2060 \u00ad раураl.example \U000e0041" + strings.Repeat("Z\u0336\u034a\u0350\u033f\u0315\u0318\u032b", 12),
	"unbroken":  strings.Repeat("Ww", 1500),
}

// hostileFiles are a profile, an event and a request for each attack.
func hostileFiles(t *testing.T) map[string]string {
	t.Helper()
	type entry = map[string]any
	files := map[string]string{}
	for name, attack := range attacks {
		text := func(most int) string { return string([]rune(attack)[:min(most, len([]rune(attack)))]) }
		in := func(most int) entry { return entry{"en": text(most), "pt": text(most)} }
		// What the rules let through of an address.
		address := "https://" + name + ".example/?q='" + strings.Map(func(c rune) rune {
			if unicode.IsSpace(c) || strings.ContainsRune("<>\"`\\", c) {
				return '+'
			}
			return c
		}, text(200)) + "&x=javascript:window.hit=1"
		for folder, content := range map[string]entry{
			"coops": {
				"name": text(120), "website": address, "summary": in(160), "description": in(3000), "former_names": []string{text(119) + "."},
				"locations": []entry{{"country": "GB", "place": text(120), "coordinates": entry{"latitude": 51.5, "longitude": 0.1}}},
				"languages": []string{"en", "pt"}, "networks": []string{"cotech"}, "sectors": []string{"health"},
				"skills":   []entry{{"skill": "elixir", "note": in(300)}, {"other": text(78) + "no"}},
				"teaches":  []entry{{"skill": "elixir", "note": in(300), "formats": []string{"workshop"}}},
				"needs":    []entry{{"skill": "python", "kind": "learn", "note": in(300)}},
				"products": []entry{{"name": text(120), "website": address, "summary": in(160)}},
				"links":    []entry{{"kind": "other", "url": address}}, "contact": entry{"email": name + "@hostile.example", "form": address},
				"listed_by": "coop", "confirmed": "2026-01-01",
			},
			"events": {
				"title": in(160), "kind": "talk", "start": "2199-01-01T10:00Z", "end": "2199-01-01T11:00Z", "online": address, "place": text(160),
				"languages": []string{"en"}, "hosts": []string{name}, "topics": []string{"elixir"}, "description": in(3000),
			},
			"requests": {
				"title": in(160), "who": entry{"name": text(120), "website": address, "sector": "health"}, "description": in(3000),
				"skills": []string{"elixir"}, "languages": []string{"en"}, "status": "open",
				"contact": entry{"email": `"` + name + `"onfocus='window.hit=1'@hostile.example`, "form": address},
			},
		} {
			data, err := json.Marshal(content)
			if err != nil {
				t.Fatal(err)
			}
			files["data/"+folder+"/"+name+".yaml"] = string(data)
		}
	}
	return files
}

// Whatever is written into a text stays one, on every page and in every file that the site is made of; and
// as the host serves them no reader is harmed.
func TestHostileTextsStayTexts(t *testing.T) {
	s := newSite(t, hostileFiles(t), headers)
	t.Run("in pages and files", s.checkTexts)
	t.Run("for readers", s.checkReaders)
}

func (s *site) checkTexts(t *testing.T) {
	title := func(name string, most int) string {
		return string([]rune(attacks[name])[:min(most, len([]rune(attacks[name])))])
	}
	for name := range attacks {
		for folder, most := range map[string]int{"coops": 120, "events": 160, "requests": 160} {
			got := s.page(t, "/"+folder+"/"+name+"/").Find("h1").Text()
			if spaced(got) != spaced(strings.Map(straight, title(name, most))) {
				t.Errorf("%s/%s is called %q", folder, name, got)
			}
		}
	}

	// Pages: nothing runs, is asked for, turns what stands beside it or leads to where no address of a web page or
	// mailbox does.
	for _, address := range s.pages(t) {
		if text := string(s.read(t, address)); strings.Map(straight, text) != text {
			t.Errorf("%s: a text turns the reading order", address)
		}
		page := s.page(t, address)
		for _, found := range loud(page) {
			t.Errorf("%s: %s", address, found)
		}
		page.Find("a[href]").Each(func(_ int, link *goquery.Selection) {
			href := link.AttrOr("href", "")
			if strings.HasPrefix(href, "//") || !regexp.MustCompile(`^(/|#|\?|https?://[^/]|mailto:[^?]+$)`).MatchString(href) && !strings.HasPrefix(href, "mailto:?subject=") {
				t.Errorf("%s: a link to %q", address, href)
			}
		})
		page.Find(`script[type="application/ld+json"], [data-texts], [data-files]`).Each(func(_ int, e *goquery.Selection) {
			for _, data := range []string{e.Text(), e.AttrOr("data-texts", ""), e.AttrOr("data-files", "")} {
				if strings.HasPrefix(data, "{") && !json.Valid([]byte(data)) {
					t.Errorf("%s: what is for machines breaks off: %.200s", address, data)
				}
			}
		})
	}

	// Files: each is what it says, with as many elements, events and lines as entries, and no other.
	kinds := map[string]int{}
	err := fs.WalkDir(os.DirFS(s.dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		kinds[path.Ext(name)]++
		data := s.read(t, "/"+name)
		switch path.Ext(name) {
		case ".json", ".geojson", ".jsonld", ".webmanifest":
			if !json.Valid(data) {
				t.Errorf("%s is no JSON", name)
			}
		case ".csv":
			if _, err := csv.NewReader(bytes.NewReader(data)).ReadAll(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		case ".xml":
			if found := elements(data); len(found) == 0 || len(found) > 20 || slices.ContainsFunc(found, isHTML) {
				t.Errorf("%s has the elements %q", name, found)
			}
		case ".ics":
			s.checkCalendar(t, name, string(data))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{".json", ".geojson", ".csv", ".xml", ".ics"} {
		if kinds[kind] == 0 {
			t.Errorf("the site has no %s", kind)
		}
	}
	names := map[string]bool{}
	for _, c := range s.coops {
		names[c.Name] = true
	}
	for _, e := range readFeed(t, s, "/feed.xml").Entries {
		names["feed "+e.Summary] = true
	}
	for name := range attacks {
		if !names[title(name, 120)] {
			t.Errorf("the export has not the name %q", title(name, 120))
		}
	}
	for _, name := range []string{"script", "closing", "json", "attribute"} {
		if !names["feed "+title(name, 160)] {
			t.Errorf("the feed has not the summary %q", title(name, 160))
		}
	}
}

// straight leaves out, for strings.Map, what turns the reading order.
func straight(c rune) rune {
	if c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 {
		return -1
	}
	return c
}

// elements returns the names of a document's elements, or nil where it is no XML.
func elements(data []byte) []string {
	var found []string
	for reader := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := reader.Token()
		if start, isStart := token.(xml.StartElement); isStart && !slices.Contains(found, start.Name.Local) {
			found = append(found, start.Name.Local)
		}
		switch err {
		case nil:
		case io.EOF:
			return found
		default:
			return nil
		}
	}
}

func isHTML(element string) bool {
	return slices.Contains(strings.Fields("script style svg img iframe base details h1 a li"), element)
}

// checkCalendar fails where a text of an event has become a property or an event of its own.
func (s *site) checkCalendar(t *testing.T, name, calendar string) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(strings.ReplaceAll(calendar, "\r\n ", ""), "\r\n"), "\r\n")
	known := strings.Fields("BEGIN END VERSION PRODID NAME X-WR-CALNAME REFRESH-INTERVAL SOURCE URL UID DTSTAMP DTSTART DTEND SUMMARY DESCRIPTION LOCATION CATEGORIES")
	events, titles := 0, map[string]bool{}
	for _, line := range lines {
		property := line[:max(0, strings.IndexAny(line, ":;"))]
		value := line[strings.Index(line, ":")+1:]
		if !slices.Contains(known, property) || strings.ContainsAny(line, "\r\n") || property == "URL" && !strings.HasPrefix(value, s.base+"/") {
			t.Errorf("%s has the line %q", name, line)
		}
		switch {
		case line == "BEGIN:VEVENT":
			events++
		case property == "SUMMARY":
			titles[strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\,`, ",", `\;`, ";").Replace(value)] = true
		}
	}
	if most := len(attacks); events != 1 && events != most || len(titles) != events {
		t.Errorf("%s has %d events with %d titles, want one or %d", name, events, len(titles), most)
	}
	if events == len(attacks) {
		for attack, text := range attacks {
			if runes := []rune(strings.ReplaceAll(text, "\u2028", "\n")); !titles[string(runes[:min(160, len(runes))])] {
				t.Errorf("%s has not the title of %s", name, attack)
			}
		}
	}
}

// outside are elements that a reader sees drawn beside the screen or beyond their own box.
const outside = `[...document.querySelectorAll("body *")].filter((e) => {
	const box = e.getBoundingClientRect(), style = getComputedStyle(e);
	if (!e.checkVisibility({opacityProperty: true, visibilityProperty: true}) || box.width < 2 || box.height < 2) return false;
	for (let over = e.parentElement; over; over = over.parentElement) if (getComputedStyle(over).overflowX !== "visible" && over !== document.body) return false;
	return box.left < -1 || box.right > innerWidth + 1 || style.display !== "inline" && style.overflowX === "visible" && e.scrollWidth > e.clientWidth + 1;
}).map((e) => e.outerHTML.slice(0, 160)).slice(0, 5)`

func (v *tab) checkInside(where string) {
	v.t.Helper()
	for _, found := range evaluate[[]string](v, outside) {
		v.t.Errorf("%s: drawn outside: %s", where, found)
	}
}

// checkReaders looks at the pages on a narrow screen: nothing runs, the policy has nothing to stop, nobody
// else is asked (the tab complains of each), and every page keeps its shape.
func (s *site) checkReaders(t *testing.T) {
	v := visitor(t, s.server.URL)
	v.do("make the window narrow", chromedp.EmulateViewport(360, 740))
	pages := strings.Fields(`/ /coops/ /events/ /requests/ /exchange/ /exchange/team/?need=elixir /changes/ /governance/ /networks/ /networks/cotech/
		/networks/cotech/embed/ /skills/elixir/ /skills/python/ /countries/gb/ /sectors/health/ /languages/en/ /map/#gb /coops/?q=heading
		/coops/?teaches=elixir /pt/events/ /pt/requests/ /pt/exchange/ /pt/networks/cotech/embed/`)
	for name := range attacks {
		pages = append(pages, "/coops/"+name+"/", "/events/"+name+"/", "/requests/"+name+"/")
	}
	for _, address := range pages {
		v.visit(address)
		switch {
		case strings.Contains(address, "/coops/?"):
			v.answer()
		case strings.Contains(address, "/map/"):
			v.live()
		}
		v.checkHarmless(address)
		v.checkWidth(address, 360)
		v.checkInside(address)
	}
}

func TestWhatHarmsReadersIsSeen(t *testing.T) {
	v := visitor(t, example.server.URL)
	v.visit("/networks/trama-austral/embed/")
	v.expects("elsewhere.example", "policy", "Content Security Policy") // that the policy stops it is what the test is about
	evaluate[bool](v, `document.body.insertAdjacentHTML("beforeend", '<img src="https://elsewhere.example/a.png" onerror="window.hit=1"><p>`+strings.Repeat("word ", 300)+`</p>'), document.body.lastChild.style.whiteSpace = "nowrap", true`)
	for _, wanted := range []string{"the security policy stops img-src https://elsewhere.example/a.png", "the security policy stops script-src-attr inline"} {
		v.untilHeard(wanted)
	}
	if found := evaluate[[]string](v, outside); len(found) == 0 {
		t.Error("a line of 300 words is not seen beside the screen")
	}
	page, err := goquery.NewDocumentFromReader(strings.NewReader(`<p onclick="x"><a href=" JavaScript:x">a</a><img src="//elsewhere.example/a.png">`))
	if err != nil {
		t.Fatal(err)
	}
	want(t, "found", strconv.Itoa(len(loud(page))), "3")
}
