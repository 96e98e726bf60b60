package sitetest

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"coops/internal/world"

	"github.com/PuerkitoBio/goquery"
)

// proper are names, which may be the same in every language: from the exports and the headings of a site.
func (s *site) proper(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	var add func(value any)
	add = func(value any) {
		switch v := value.(type) {
		case string:
			names[spaced(v)] = true
			for _, part := range strings.Split(v, ",") {
				names[spaced(part)] = true
			}
		case []any:
			for _, one := range v {
				add(one)
			}
		case map[string]any:
			for _, one := range v {
				add(one)
			}
		}
	}
	var coops []map[string]any
	if err := json.Unmarshal(s.read(t, "/api/v1/coops.json"), &coops); err != nil {
		t.Fatal(err)
	}
	for _, c := range coops {
		for _, field := range []string{"name", "former_names", "locations", "source", "timezones"} {
			add(c[field])
		}
		serves, _ := c["serves"].([]any)
		for _, code := range serves {
			if code != "worldwide" {
				add(world.CountryName(code.(string), "en"))
			}
		}
		products, _ := c["products"].([]any)
		for _, p := range products {
			add(p.(map[string]any)["name"])
		}
		skills, _ := c["skills"].([]any)
		for _, one := range skills {
			if use, isLong := one.(map[string]any); isLong {
				add(use["other"])
			}
		}
	}
	add(text(s.page(t, "/").Find(".masthead__name")))
	for _, address := range []string{"/events/", "/requests/"} { // where events are, and who asks
		s.page(t, address).Find(".occasion__place, .wanted__who").Each(func(_ int, e *goquery.Selection) { add(e.Text()) })
	}
	for _, address := range s.pages(t) { // a country is Argentina in two languages, a skill Web design
		if parts := strings.Split(address, "/"); len(parts) == 4 && len(parts[1]) > 2 {
			add(s.page(t, address).Find("h1").Text())
		}
	}
	return names
}

func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }

// says returns what a page says in its own language to those who look and to those who listen: texts and
// attributes of two words and more. What stands in another language, or in none, is marked as such and left out.
func says(page *goquery.Document) []string {
	own := page.Find("html").AttrOr("lang", "")
	var texts []string
	add := func(text string) {
		if text = spaced(text); len(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })) > 1 {
			texts = append(texts, text)
		}
	}
	var walk func(e *goquery.Selection)
	walk = func(e *goquery.Selection) {
		switch goquery.NodeName(e) {
		case "#text":
			add(e.Text())
		case "script", "style", "code", "pre", "svg", "#comment":
			return
		}
		for _, a := range e.Nodes[0].Attr {
			switch {
			case a.Key == "lang" && a.Val != own, a.Key == "translate" && a.Val == "no":
				return
			case a.Key == "aria-label", a.Key == "alt", a.Key == "placeholder", a.Key == "title", strings.HasPrefix(a.Key, "data-text-"):
				add(a.Val)
			}
		}
		e.Contents().Each(func(_ int, child *goquery.Selection) { walk(child) })
	}
	walk(page.Find("html"))
	add(page.Find("meta[name=description]").AttrOr("content", ""))
	return texts
}

// alike are texts that are written the same way in every language: addresses, terms.
var alike = regexp.MustCompile(`^(\S+[.@/]\S+|JSON Schema|CC0 1\.0)$`)

// isProper tells whether a text is made of names alone.
func isProper(text string, names map[string]bool) bool {
	if names[text] {
		return true
	}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",·", r) }) {
		if part = spaced(part); !names[part] && !alike.MatchString(part) && strings.Contains(part, " ") {
			return false
		}
	}
	return true
}

func TestNothingIsLeftInEnglish(t *testing.T) {
	for _, s := range sites() {
		names := s.proper(t)
		found := map[string]string{} // text -> where
		for _, address := range s.pages(t) {
			if len(strings.Split(address, "/")[1]) == 2 {
				continue // not an English page
			}
			english := map[string]bool{}
			for _, text := range says(s.page(t, address)) {
				english[text] = true
			}
			for _, in := range languages[1:] {
				for _, text := range says(s.page(t, in.prefix+address)) {
					if english[text] && !isProper(text, names) {
						found[text] = in.prefix + address
					}
				}
			}
		}
		for text, where := range found {
			t.Errorf("%s %s is in English too: %q", s.name, where, text)
		}
	}
}

func TestTextsInEnglishAreSeen(t *testing.T) {
	page, err := goquery.NewDocumentFromReader(strings.NewReader(`<html lang="es"><p>Left as it was</p><p lang="en">Said in English</p><nav aria-label="Main menu"><a>Web</a></nav><code>some code</code>`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(says(page), "; "), "Left as it was; Main menu"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Dates, numbers and plural forms are those of the reader: none, one, two and many.
func TestDatesAndNumbersAreWrittenAsReadersDo(t *testing.T) {
	s := newSite(t, filesOf(map[string]string{"longest": odd()["longest"], "untranslated": odd()["untranslated"]}), nil)
	for _, c := range []struct{ prefix, date, members, none, one, two string }{
		{"", "January 1, 2026", "1,000,000", "0 co-ops", "co-op at work", "co-ops at work"},
		{"/es", "1 de enero de 2026", "1.000.000", "0 cooperativas", "cooperativa en marcha", "cooperativas en marcha"},
		{"/fr", "1 janvier 2026", "1 000 000", "0 coopérative", "coopérative en activité", "coopératives en activité"},
		{"/pt", "1 de janeiro de 2026", "1.000.000", "0 cooperativa", "cooperativa em atividade", "cooperativas em atividade"},
	} {
		profile := s.page(t, c.prefix+"/coops/longest/")
		want(t, c.prefix+" date", text(profile.Find("footer.record time").First()), c.date)
		want(t, c.prefix+" many", text(profile.Find(".facts dd:contains('000')").First()), c.members)
		want(t, c.prefix+" one", text(s.page(t, c.prefix+"/countries/gb/").Find(".figure dt").First()), c.one)
		want(t, c.prefix+" two", text(example.page(t, c.prefix+"/countries/ar/").Find(".figure dt").First()), c.two)
		if lists := text(s.page(t, c.prefix+"/networks/").Find(".networks")); !strings.Contains(lists, "· "+c.none+" ") && !strings.HasSuffix(lists, "· "+c.none) {
			t.Errorf("%s/networks/: no network with %q: %q", c.prefix, c.none, lists)
		}
	}
}
