package sitetest

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestNeedInOwnWordsFindsWhoCanHelp(t *testing.T) {
	for _, c := range []struct{ language, prefix, need string }{
		{"en", "", "we need a website"},
		{"es", "/es", "necesitamos una página web"},
		{"fr", "/fr", "nous avons besoin d'un site web"},
		{"pt", "/pt", "precisamos de um site"},
	} {
		t.Run(c.language, func(t *testing.T) {
			r := ours.records(t, c.language)
			v := visitor(t, ours.server.URL)
			v.visit(c.prefix + "/coops/")
			got := v.ask(c.need)
			if got.count() == 0 || got.List || got.Nothing {
				t.Fatalf("%q: got %q, list shown: %v; want results in place of the list", c.need, got.Status, got.List)
			}
			want(t, "results shown", fmt.Sprint(len(got.Cards)), fmt.Sprint(min(got.count(), step)))
			if label := r.skill("web-development"); !slices.Contains(got.Meant, label) {
				t.Errorf("%q is taken to mean %q, want %q among them", c.need, got.Meant, label)
			}
			for _, card := range got.Cards {
				if card.Why == "" {
					t.Errorf("%q: the result %s does not say why", c.need, card.Slug)
				}
				if len(got.Meant) > 0 && strings.Contains(card.Why, got.Meant[0]) && !slices.Contains(card.Does, got.Meant[0]) {
					t.Errorf("%q: %s is there for %q, which is not among what its card says it does: %q", c.need, card.Slug, got.Meant[0], card.Does)
				}
			}
			if all, own := len(v.asked("/search/")), len(v.asked("/search/"+c.language+"/"))+len(v.asked("/search/facets.")); all == 0 || all != own {
				t.Errorf("asks for %q, want the columns and what is in %s", v.asked("/search/"), c.language)
			}
			want(t, "focus while typing", got.Focus, "search-q")
		})
	}
}

func TestChoosingWhatWasMeantNarrowsToIt(t *testing.T) {
	r := ours.records(t, "en")
	v := visitor(t, ours.server.URL)
	v.visit("/coops/" + query("q", "we need a website"))
	before := v.answer()
	v.click("[data-search-meanings-list] li:first-child button")
	after := v.answer()
	want(t, "chosen", fmt.Sprint(after.Chosen), "[Does: "+before.Meant[0]+"]")
	want(t, "aria-pressed", evaluate[string](v, `document.querySelector("[data-search-meanings-list] button").getAttribute("aria-pressed")`), "true")
	if after.count() == 0 || after.count() > before.count() {
		t.Errorf("got %d results after %d", after.count(), before.count())
	}
	for _, card := range after.Cards {
		if c := r.bySlug(card.Slug); !slices.Contains(r.labels(c.Does), before.Meant[0]) {
			t.Errorf("%s does %q, not %q", card.Slug, r.labels(c.Does), before.Meant[0])
		}
	}
}

// A reader of Spanish is told what a summary is in, among results as in the list without a script.
func TestResultsSayInWhichLanguageTheyAre(t *testing.T) {
	v := visitor(t, example.server.URL)
	v.visit("/es/coops/")
	v.ask("web")
	const summary = `(() => {
		const said = document.querySelector('[data-search-list] [href$="/dry-stone-software/"]').closest(".card").querySelector("[data-card-summary]");
		const note = said.querySelector(".fallback");
		return [said.lang, note.textContent, note.lang.slice(0, 2)].join(" ");
	})()`
	want(t, "languages and note", evaluate[string](v, summary), "en (en inglés) es")
	want(t, "notes where none is needed", evaluate[string](v, `[...document.querySelectorAll("[data-search-list] [data-card-summary]:not([lang]) .fallback")].map((e) => e.textContent).join()`), "")
}

func TestTypingMistakesAndMissingAccentsStillFind(t *testing.T) {
	r := ours.records(t, "en")
	v := visitor(t, ours.server.URL)
	v.visit("/coops/")
	tried := 0
	for _, c := range r.Coops {
		// A letter forgotten in the middle of a long name.
		if !regexp.MustCompile(`^[A-Z][a-z]{8,}$`).MatchString(c.Name) || c.Status != "" || tried == 3 {
			continue
		}
		tried++
		typo := c.Name[:4] + c.Name[5:]
		v.visit("/coops/" + query("q", typo))
		if got := v.answer(); !slices.Contains(got.slugs()[:min(3, len(got.Cards))], c.Slug) {
			t.Errorf("%q for %s: got %q, want it among the first three", typo, c.Name, got.slugs())
		}
	}
	plain := strings.NewReplacer("á", "a", "é", "e", "è", "e", "í", "i", "ó", "o", "ú", "u", "ñ", "n", "ü", "u", "ö", "o", "ä", "a", "ç", "c", "ã", "a")
	for _, c := range r.Coops {
		if plain.Replace(c.Name) == c.Name || c.Status != "" {
			continue
		}
		v.visit("/coops/" + query("q", strings.ToLower(plain.Replace(c.Name))))
		if got := v.answer(); len(got.Cards) == 0 || got.Cards[0].Slug != c.Slug {
			t.Errorf("%q for %s: got %q, want it first", plain.Replace(c.Name), c.Name, got.slugs())
		}
	}
	v.visit("/es/coops/" + query("q", "página web"))
	accented := v.answer()
	v.visit("/es/coops/" + query("q", "PAGINA WEB"))
	want(t, "results without the accent", fmt.Sprint(v.answer().slugs()), fmt.Sprint(accented.slugs()))
	v.visit("/coops/" + query("q", "kubernets"))
	if got := v.answer(); !slices.Contains(got.Meant, "Kubernetes") {
		t.Errorf("kubernets is taken to mean %q, want Kubernetes", got.Meant)
	}
}

// step is how many results are shown at first, and how many more by the button.
const step = 20

// Every count of every facet is what one would get: OR inside a facet, AND across.
func TestCountsOfFiltersAreTrue(t *testing.T) {
	for _, s := range sites() {
		r := s.records(t, "en")
		v := visitor(t, s.server.URL)
		v.visit("/coops/")
		v.click("[data-search-open]")
		v.until(`document.querySelector("[data-facet=country]").checkVisibility()`)
		first := v.answer()
		countries, skills := first.Facets["country"], first.Facets["does"]
		choices := []filters{
			{},
			{"country": {countries[0].ID}},
			{"country": {countries[0].ID, countries[1].ID}},
			{"does": {skills[0].ID}},
			{"does": {skills[0].ID, skills[1].ID}, "country": {countries[1].ID}},
		}
		for _, facet := range []string{"teaches", "needs", "language", "network", "sector", "availability"} {
			if values := first.Facets[facet]; len(values) > 0 {
				choices = append(choices, filters{facet: {values[0].ID}, "country": {countries[0].ID}})
			}
		}
		for _, chosen := range choices {
			got := first
			if len(chosen) > 0 {
				v.visit("/coops/" + chosen.query())
				got = v.answer()
				expected := r.choose(chosen)
				want(t, fmt.Sprintf("%s: results of %v", s.name, chosen), fmt.Sprint(got.count()), fmt.Sprint(len(expected)))
				shown := slices.DeleteFunc(got.slugs(), func(slug string) bool { return !slices.Contains(expected, slug) })
				want(t, fmt.Sprintf("%s: co-ops of %v", s.name, chosen), fmt.Sprint(len(shown)), fmt.Sprint(min(len(expected), step)))
			}
			for facet, values := range got.Facets {
				for _, value := range values {
					expected := len(r.choose(chosen.with(facet, value.ID)))
					if value.Count != expected {
						t.Errorf("%s: with %v, %s=%s counts %d, want %d", s.name, chosen, facet, value.ID, value.Count, expected)
					}
				}
			}
			for facet := range first.Facets {
				if len(got.Facets[facet]) < len(first.Facets[facet]) {
					t.Errorf("%s: with %v, %s has %d values to choose from, want all %d", s.name, chosen, facet, len(got.Facets[facet]), len(first.Facets[facet]))
				}
			}
		}
	}
}

func TestChoosingFiltersByHand(t *testing.T) {
	v := visitor(t, ours.server.URL)
	v.visit("/coops/")
	v.click("[data-search-open]")
	v.until(`document.querySelector("[data-facet=country]").checkVisibility()`)
	start := v.answer()
	if !start.List || len(start.Cards) > 0 {
		t.Fatal("nothing is asked yet, so the list from A to Z should stand")
	}

	// The count that is shown is what one gets, whichever facet; choosing again takes it back.
	for _, facet := range []string{"country", "does", "network"} {
		for _, value := range start.Facets[facet][:min(2, len(start.Facets[facet]))] {
			box := fmt.Sprintf("#search-filters input[name=%s][value=%s]", facet, value.ID)
			v.click(box)
			got := v.answer()
			want(t, "results of "+facet+"="+value.ID, fmt.Sprint(got.count()), fmt.Sprint(value.Count))
			want(t, "address", got.Address, "/coops/?"+facet+"="+value.ID)
			want(t, "focus", got.Focus, facet+"="+value.ID)
			v.click(box)
			if got := v.answer(); !got.List || got.Address != "/coops/" {
				t.Errorf("after %s=%s is taken back: list shown: %v at %s", facet, value.ID, got.List, got.Address)
			}
		}
	}

	// OR inside a facet: it grows. AND across: it shrinks.
	countries := start.Facets["country"]
	v.click("#search-filters input[name=country][value=" + countries[0].ID + "]")
	one := v.answer()
	v.click("#search-filters input[name=country][value=" + countries[1].ID + "]")
	two := v.answer()
	if two.count() <= one.count() || two.count() > countries[0].Count+countries[1].Count {
		t.Errorf("a second country: %d results after %d", two.count(), one.count())
	}
	at := slices.IndexFunc(two.Facets["does"], func(f facetValue) bool { return f.Count > 0 && f.Count < two.count() })
	skill := two.Facets["does"][at]
	v.click("#search-filters input[name=does][value=" + skill.ID + "]")
	three := v.answer()
	want(t, "results with "+skill.ID, fmt.Sprint(three.count()), fmt.Sprint(skill.Count))
	want(t, "address", three.Address, "/coops/"+fmt.Sprintf("?does=%s&country=%s&country=%s", skill.ID, countries[0].ID, countries[1].ID))
	want(t, "chosen", fmt.Sprint(three.Chosen), fmt.Sprint([]string{"Does: " + skill.Label, countries[0].Label, countries[1].Label}))

	// The address carries it all: loading it again, or in another browser, gives the same.
	v.do("reload", chromedp.Reload())
	again := v.answer()
	want(t, "results after a reload", fmt.Sprint(again.slugs()), fmt.Sprint(three.slugs()))
	want(t, "chosen after a reload", fmt.Sprint(again.Chosen), fmt.Sprint(three.Chosen))
	other := visitor(t, ours.server.URL)
	other.visit(three.Address)
	want(t, "results elsewhere", fmt.Sprint(other.answer().slugs()), fmt.Sprint(three.slugs()))

	// Back undoes, step by step; forward does again.
	for _, before := range []answer{two, one} {
		evaluate[bool](v, "history.back(), true")
		v.until("location.pathname + location.search === " + literal(before.Address))
		got := v.answer()
		want(t, "results after going back", fmt.Sprint(got.slugs()), fmt.Sprint(before.slugs()))
		want(t, "chosen after going back", fmt.Sprint(got.Chosen), fmt.Sprint(before.Chosen))
	}
	evaluate[bool](v, "history.forward(), true")
	v.until("location.pathname + location.search === " + literal(two.Address))
	want(t, "results after going forward", fmt.Sprint(v.answer().slugs()), fmt.Sprint(two.slugs()))

	// A chip takes its filter away; the focus stays with the chips, then goes to the search. By key, since
	// after going forward the page may still be scrolling to where it was, and a click would miss.
	v.do("focus the first chip", chromedp.Focus(chromedp.CSS("[data-search-chosen-list] li:first-child button")))
	v.press(kb.Enter)
	left := v.answer()
	want(t, "chosen after a chip", fmt.Sprint(left.Chosen), fmt.Sprint([]string{countries[1].Label}))
	want(t, "results after a chip", fmt.Sprint(left.count()), fmt.Sprint(countries[1].Count))
	v.press(kb.Enter)
	v.until(`location.search === ""`)
	empty := v.answer()
	want(t, "focus after the last chip", empty.Focus, "search-q")
	if !empty.List {
		t.Error("without filters the list from A to Z should be back")
	}
}

func TestKeyboardAloneIsEnough(t *testing.T) {
	v := visitor(t, ours.server.URL)
	v.visit("/coops/")
	want(t, "requests before the first use", fmt.Sprint(v.asked("/search/")), "[]")
	v.press("/")
	want(t, "focus after /", v.answer().Focus, "search-q")
	v.press("web")
	found := v.answerTo("web")
	want(t, "typed", found.Typed, "web")
	if found.count() == 0 {
		t.Fatal("web finds nothing")
	}
	v.press("/")
	want(t, "a / while typing", v.answerTo("web/").Typed, "web/")
	// Chromium clears a search field at Escape by itself; other browsers leave that to the page.
	isLeft := evaluate[bool](v, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }))`)
	want(t, "Escape is left to the browser", fmt.Sprint(isLeft), "false")
	v.until(`location.search === ""`)
	v.press("web")
	v.answerTo("web")
	v.press(kb.Escape)
	v.until(`location.search === ""`)
	cleared := v.answer()
	want(t, "typed after Escape", cleared.Typed, "")
	want(t, "focus after Escape", cleared.Focus, "search-q")
	if !cleared.List || len(cleared.Cards) > 0 {
		t.Error("after Escape the list from A to Z should be back")
	}

	// From the box with Tab to the filters, and a country with Space.
	v.press("web")
	v.answerTo("web")
	for range 30 {
		v.press(kb.Tab)
		if strings.HasPrefix(v.answer().Focus, "country=") {
			break
		}
	}
	box := v.answer().Focus
	id, isCountry := strings.CutPrefix(box, "country=")
	if !isCountry {
		t.Fatalf("30 times Tab leads to %q, not to a country", box)
	}
	v.press(" ")
	v.until(`new URLSearchParams(location.search).getAll("country").length === 1`)
	chosen := v.answer()
	want(t, "focus after choosing", chosen.Focus, box)
	value, _ := chosen.value("country", id)
	want(t, "results", fmt.Sprint(chosen.count()), fmt.Sprint(value.Count))

	// On with Tab to the first result, and there with Enter.
	isOnResult := `document.activeElement.matches("[data-search-list] [data-card-name]")`
	for range 200 {
		if evaluate[bool](v, isOnResult) {
			break
		}
		v.press(kb.Tab)
	}
	if !evaluate[bool](v, isOnResult) {
		t.Fatal("Tab does not lead to the results")
	}
	v.press(kb.Enter)
	v.until("location.pathname === " + literal("/coops/"+chosen.Cards[0].Slug+"/"))
}

func TestResultsGrowByButton(t *testing.T) {
	v := visitor(t, ours.server.URL)
	r := ours.records(t, "en")
	chosen := filters{}
	for _, country := range r.Countries {
		if chosen["country"] = append(chosen["country"], country); len(r.choose(chosen)) > step {
			break
		}
	}
	if len(r.choose(chosen)) <= step {
		t.Skip("this directory has no second step of results")
	}
	v.visit("/coops/" + chosen.query())
	got := v.answer()
	want(t, "results of the first step", fmt.Sprint(len(got.Cards)), fmt.Sprint(step))
	v.click("[data-search-more]")
	more := v.answer()
	want(t, "results", fmt.Sprint(len(more.Cards)), fmt.Sprint(min(got.count(), 2*step)))
	want(t, "the first ones", fmt.Sprint(more.slugs()[:step]), fmt.Sprint(got.slugs()))
	want(t, "focus", evaluate[string](v, `document.activeElement.pathname`), "/coops/"+more.Cards[step].Slug+"/")
	v.do("reload", chromedp.Reload())
	want(t, "results after a reload", fmt.Sprint(v.answer().slugs()), fmt.Sprint(more.slugs()))
}

func TestNonsenseGetsAKindAnswer(t *testing.T) {
	v := visitor(t, ours.server.URL)
	for _, nonsense := range []string{
		strings.Repeat("zqxj", 2500),
		strings.Repeat("zq xj ", 1700),
		`"'"'"`,
		"🦄🦄🦄🦄",
		"ＺＱ́̂̃ 𝔷𝔮𝔵𝔧",
		`.*+?^${}()|[]\`,
		"(((((((",
		`<img src=x onerror="globalThis.zqxj=1">`,
		"<b>zqxj</b>",
		"zqxj\x00\u202e\ufeff",
		"zqxj%",
		"\xed\xa0\xbd zqxj", // half a letter
	} {
		v.visit("/coops/" + query("q", nonsense))
		got := v.answer()
		if !got.Nothing || got.List || len(got.Cards) > 0 {
			t.Errorf("%.40q: got %q and %d results, want the kind answer that there are none", nonsense, got.Status, len(got.Cards))
		}
		want(t, fmt.Sprintf("%.40q: status", nonsense), got.Status, "Nothing found")
		if evaluate[bool](v, "window.zqxj !== undefined") {
			t.Errorf("%.40q ran a script", nonsense)
		}
		if evaluate[bool](v, `document.querySelector("#directory b") !== null`) {
			t.Errorf("%.40q became HTML", nonsense)
		}
	}
	// These are words like others, though JavaScript has them as names.
	for _, word := range []string{"__proto__", "constructor", "toString", "hasOwnProperty", `" OR 1=1 --`, "null", "NaN"} {
		v.visit("/coops/" + query("q", word))
		if got := v.answer(); got.List || got.Nothing != (got.count() == 0) {
			t.Errorf("%q: got %q", word, got.Status)
		}
	}
	// Unknown filters mean nothing, and the ways out work.
	v.visit("/coops/?country=XX&does=nothing-like-it&sort=odd&page=-7&q=")
	if got := v.answer(); !got.List {
		t.Errorf("with filters that do not exist: %q, want the list from A to Z", got.Status)
	}
	v.visit("/coops/" + query("q", "zqxj"))
	v.answer()
	v.click("[data-search-nothing] [data-search-clear]")
	v.until(`location.search === ""`)
	if got := v.answer(); !got.List || got.Typed != "" || got.Focus != "search-q" {
		t.Errorf("after starting again: list %v, typed %q, focus %q", got.List, got.Typed, got.Focus)
	}
	v.paste(strings.Repeat("zqxj", 2500))
	v.until(`location.search !== ""`)
	if got := v.answer(); !got.Nothing || len(got.Typed) > 500 {
		t.Errorf("10,000 letters at once: %q, %d of them kept", got.Status, len(got.Typed))
	}
}

// Whichever of its files the search cannot have or read, it says so, leaves the list, and can be tried again.
func TestSearchThatCannotLoadSaysSoAndLeavesTheList(t *testing.T) {
	missing := func(w http.ResponseWriter, _ []byte) { http.Error(w, "broken", http.StatusInternalServerError) }
	cut := func(w http.ResponseWriter, file []byte) { _, _ = w.Write(file[:len(file)/2]) }
	other := func(w http.ResponseWriter, file []byte) {
		_, _ = w.Write(bytes.Replace(file, []byte("coops facets "), []byte("coops facets 9"), 1))
	}
	for _, c := range []struct {
		name, part string
		answer     func(w http.ResponseWriter, file []byte)
	}{
		{"missing columns", "/search/facets.", missing},
		{"half of the columns", "/search/facets.", cut},
		{"columns of another version", "/search/facets.", other},
		{"missing labels", "/terms.txt", missing},
		{"half of the labels", "/terms.txt", cut},
		{"missing vocabulary", "/vocabulary.json", missing},
		{"half of the vocabulary", "/vocabulary.json", cut},
		{"missing words of needs", "/told/", missing},
		{"half of the words of needs", "/told/", cut},
		{"missing words", "/words/", missing},
		{"half of the words", "/words/", cut},
		{"missing cards", "/cards/", missing},
		{"half of the cards", "/cards/", cut},
		{"a missing script", "/js/understand/", missing},
	} {
		t.Run(c.name, func(t *testing.T) {
			var isBroken atomic.Bool
			isBroken.Store(true)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.Contains(r.URL.Path, c.part) && isBroken.Load() {
					c.answer(w, ours.read(t, r.URL.Path))
					return
				}
				ours.server.Config.Handler.ServeHTTP(w, r)
			}))
			defer server.Close()
			v := visitor(t, server.URL)
			v.expects("") // what went wrong is on the console
			v.visit("/coops/")
			v.click("#search-q")
			v.press("website")
			v.until(`location.search === "?q=website"`)
			v.until(`document.querySelector("[data-search-trouble]").checkVisibility() && !document.querySelector("#directory [aria-busy]")`)
			got := v.answer()
			if !strings.Contains(got.Trouble, "could not be loaded") || !got.List || got.Nothing {
				t.Errorf("got %q, list shown: %v; want words about the trouble above the list", got.Trouble, got.List)
			}
			want(t, "typed", got.Typed, "website")
			isBroken.Store(false)
			v.click("[data-search-retry]")
			v.until(`document.querySelector("[data-search-list] .card") !== null`)
			if got := v.answerTo("website"); got.count() == 0 || got.List || got.Trouble != "" {
				t.Errorf("after trying again: %q, list shown: %v, %q", got.Status, got.List, got.Trouble)
			}
		})
	}
}

// A page that was loaded before the site was built anew finds its files gone, and goes on with the new ones.
func TestAnOldPageFindsTheFilesOfANewBuild(t *testing.T) {
	manifest := ours.read(t, "/search/en/manifest.json")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/coops/" {
			page := string(ours.read(t, "/coops/"))
			for _, name := range regexp.MustCompile(`(?:facets\.|en/)[0-9a-f]{12}`).FindAllString(string(manifest), -1) {
				page = strings.ReplaceAll(page, name, name[:len(name)-12]+"0123456789ab")
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write([]byte(page))
			return
		}
		ours.server.Config.Handler.ServeHTTP(w, r)
	}))
	defer server.Close()
	v := visitor(t, server.URL)
	v.expects("0123456789ab")
	v.visit("/coops/")
	v.click("#search-q")
	v.press("website")
	v.until(`location.search === "?q=website"`)
	if got := v.answerTo("website"); got.count() == 0 || got.Trouble != "" {
		t.Errorf("got %q, %q", got.Status, got.Trouble)
	}
	if len(v.asked("0123456789ab")) == 0 || len(v.asked("manifest.json")) != 1 {
		t.Errorf("asked for %q", v.asked("/search/"))
	}
}

// What was asked first and is answered last must not be shown over what was asked since.
func TestLateAnswersDoNotOverwriteNewerOnes(t *testing.T) {
	release := make(chan struct{})
	var once sync.Once
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/words/") {
			isFirst := false
			once.Do(func() { isFirst = true })
			if isFirst {
				<-release
			}
		}
		ours.server.Config.Handler.ServeHTTP(w, r)
	}))
	defer server.Close()
	var letGo sync.Once
	defer letGo.Do(func() { close(release) })
	v := visitor(t, server.URL)
	v.visit("/coops/")
	v.click("#search-q")
	v.press("website")
	v.until(`performance.getEntriesByType("resource").some(({ name }) => name.includes("understand"))`)
	v.until(`location.search === "?q=website"`)
	// Filters need no words: they are answered while the words are on their way.
	evaluate[bool](v, `document.querySelector("#search-q").value = "", document.querySelector("#search-q").dispatchEvent(new Event("input")), true`)
	v.until(`location.search === ""`)
	v.click("[data-search-open]")
	v.click("[data-facet=country] [data-facet-all]")
	evaluate[bool](v, `document.querySelector("#search-filters input[name=country][value=FR]").click(), true`)
	v.until(`location.search === "?country=FR"`)
	before := v.answer()
	letGo.Do(func() { close(release) })
	v.until(`performance.getEntriesByType("resource").some(({ name }) => name.includes("/words/"))`)
	after := v.answer()
	want(t, "results", fmt.Sprint(after.slugs()), fmt.Sprint(before.slugs()))
	want(t, "status", after.Status, before.Status)
	if len(before.slugs()) == 0 {
		t.Error("nothing found in France")
	}
}

func TestHomeLeadsToTheSearch(t *testing.T) {
	v := visitor(t, ours.server.URL)
	v.visit("/fr/")
	v.click("#search-q")
	v.press("site web")
	v.press(kb.Enter)
	v.until(`location.pathname === "/fr/coops/" && document.readyState === "complete"`)
	got := v.answerTo("site web")
	want(t, "typed", got.Typed, "site web")
	if got.count() == 0 {
		t.Error("nothing found")
	}
}

func TestResultOpensAndBackReturnsToTheResults(t *testing.T) {
	v := visitor(t, ours.server.URL)
	v.visit("/coops/")
	results := v.ask("web design")
	v.follow("[data-search-list] li:first-child [data-card-name]")
	want(t, "heading", evaluate[string](v, `document.querySelector("h1").textContent`), results.Cards[0].Name)
	want(t, "address", v.address(), "/coops/"+results.Cards[0].Slug+"/")
	evaluate[bool](v, "history.back(), true")
	v.until(`location.pathname === "/coops/" && document.readyState === "complete"`)
	back := v.answer()
	want(t, "address", back.Address, results.Address)
	want(t, "results", fmt.Sprint(back.slugs()), fmt.Sprint(results.slugs()))
	want(t, "typed", back.Typed, "web design")
}

func TestLanguageChangesInPlace(t *testing.T) {
	v := visitor(t, ours.server.URL)
	someone := ours.first(t, "active", func(c coop) bool { return !c.ended() })
	v.visit("/coops/" + someone.Slug + "/")
	for _, in := range []string{"es", "fr", "pt", "en"} {
		v.follow("header a[hreflang=" + in + "]")
		prefix := "/" + in
		if in == "en" {
			prefix = ""
		}
		want(t, "address", v.address(), prefix+"/coops/"+someone.Slug+"/")
		want(t, "heading in "+in, evaluate[string](v, `document.querySelector("h1").textContent`), someone.Name)
		want(t, "language", evaluate[string](v, `document.documentElement.lang.slice(0, 2)`), in)
	}
	want(t, "scripts of the search and its data", fmt.Sprint(v.asked("/search")), "[]")

	// A question goes along.
	v.visit("/coops/")
	v.ask("web")
	v.follow("header a[hreflang=es]")
	got := v.answerTo("web")
	want(t, "address", got.Address, "/es/coops/?q=web")
	if got.count() == 0 {
		t.Error("nothing found in Spanish")
	}
}

func TestSearchDataWaitsForTheFirstUse(t *testing.T) {
	v := visitor(t, ours.server.URL)
	for _, address := range []string{"/", "/es/", "/coops/", "/coops/" + ours.coops[0].Slug + "/", "/skills/", "/skills/web-development/", "/countries/", "/networks/", "/about/", "/data/"} {
		v.visit(address)
	}
	v.visit("/")
	v.click("#search-q")
	v.press("web")
	want(t, "requests before the search is used", fmt.Sprint(v.asked("/search/")), "[]")
	want(t, "times the script was asked for", fmt.Sprint(len(v.asked("/js/search."))), "1")
	v.visit("/coops/")
	v.click("#search-q")
	v.answer()
	want(t, "requests after", fmt.Sprint(len(v.asked("/search/"))), "2") // columns and labels
	want(t, "scripts to understand words", fmt.Sprint(len(v.asked("/js/understand/"))), "0")
}

func TestArrowsMoveThroughResultsAndBackIntoTheBox(t *testing.T) {
	v := visitor(t, ours.server.URL)
	v.visit("/coops/")
	got := v.ask("web")
	if len(got.Cards) < 3 {
		t.Skip("this directory has too few results to move through")
	}
	at := func() string {
		return evaluate[string](v, `document.activeElement.id || document.activeElement.pathname`)
	}
	of := func(n int) string { return "/coops/" + got.Cards[n].Slug + "/" }
	for _, step := range []struct{ key, to string }{
		{kb.ArrowDown, of(0)}, {kb.ArrowDown, of(1)}, {kb.ArrowUp, of(0)}, {kb.ArrowUp, "search-q"},
		{kb.ArrowDown, of(0)}, {kb.ArrowDown, of(1)}, {kb.Escape, "search-q"},
	} {
		v.press(step.key)
		want(t, "focus", at(), step.to)
	}
	want(t, "typed", v.answer().Typed, "web")
}

func TestLongFacetsAreSearched(t *testing.T) {
	v := visitor(t, ours.server.URL)
	v.visit("/coops/")
	v.click("[data-search-open]")
	v.until(`document.querySelector("[data-facet=country] [data-facet-find]").checkVisibility()`)
	shown := `[...document.querySelectorAll("[data-facet=country] .facet__value")].filter((value) => value.checkVisibility()).map((value) => value.querySelector("input").value).join()`
	first := evaluate[string](v, shown)
	v.click("[data-facet=country] [data-facet-find]")
	v.press("GERM")
	want(t, "countries with germ", evaluate[string](v, shown), "DE")
	v.press("x")
	want(t, "countries with germx", evaluate[string](v, shown), "")
	if !evaluate[bool](v, `document.querySelector("[data-facet=country] [data-facet-none]").checkVisibility()`) {
		t.Error("it does not say that there is none")
	}
	v.press(kb.Escape)
	want(t, "countries after Escape", evaluate[string](v, shown), first)
	want(t, "address", v.address(), "/coops/")
}
