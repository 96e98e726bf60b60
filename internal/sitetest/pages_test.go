package sitetest

import (
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func sites() []*site { return []*site{ours, example} }

func TestHomeSpeaksEveryLanguage(t *testing.T) {
	for _, s := range sites() {
		for _, in := range languages {
			t.Run(s.name+"/"+in.id, func(t *testing.T) {
				page := s.page(t, in.prefix+"/")
				want(t, "html[lang]", page.Find("html").AttrOr("lang", ""), in.locale)
				want(t, "form[action]", page.Find("form[role=search]").AttrOr("action", ""), in.prefix+"/coops/")
				want(t, "name of the search field", page.Find("form[role=search] input[type=search]").AttrOr("name", ""), "q")
				title, heading := text(page.Find("title")), text(page.Find("h1"))
				if !strings.HasSuffix(title, heading) || heading == "" {
					t.Errorf("title %q should end in the heading %q", title, heading)
				}
				if headings := page.Find("h1").Length(); headings != 1 {
					t.Errorf("h1: got %d, want 1", headings)
				}
			})
		}
	}
}

func TestHeadingsDifferByLanguage(t *testing.T) {
	for _, address := range []string{"/", "/about/", "/data/", "/events/", "/governance/", "/exchange/", "/changes/", "/404.html"} {
		seen := map[string]string{}
		for _, in := range languages {
			heading := text(ours.page(t, in.prefix+address).Find("h1"))
			if other, isSame := seen[heading]; isSame || heading == "" {
				t.Errorf("%s%s: the heading %q is that of %q too", in.prefix, address, heading, other)
			}
			seen[heading] = in.id
		}
	}
}

func TestPagesNameTheirTranslations(t *testing.T) {
	someone := ours.coops[0].Slug
	for _, address := range []string{"/", "/coops/", "/coops/" + someone + "/", "/skills/", "/about/", "/data/", "/events/", "/requests/"} {
		expected := map[string]string{"x-default": ours.base + address}
		for _, in := range languages {
			expected[in.id] = ours.base + in.prefix + address
		}
		for _, in := range languages {
			page := ours.page(t, in.prefix+address)
			got := map[string]string{}
			page.Find("link[rel=alternate][hreflang]").Each(func(_ int, link *goquery.Selection) {
				got[link.AttrOr("hreflang", "")] = link.AttrOr("href", "")
			})
			want(t, in.prefix+address+" alternates", fmt.Sprint(got), fmt.Sprint(expected))
			want(t, in.prefix+address+" canonical", page.Find("link[rel=canonical]").AttrOr("href", ""), ours.base+in.prefix+address)
			if links := page.Find("header a[hreflang]").Length(); links != len(languages)-1 {
				t.Errorf("%s%s: %d links to other languages, want %d", in.prefix, address, links, len(languages)-1)
			}
		}
	}
}

// What a co-op teaches, needs or declines is never said in its place.
func TestListingsByOthersSayWhoseTheyAre(t *testing.T) {
	listed := 0
	for _, c := range ours.coops {
		if c.ListedBy != "third-party" {
			continue
		}
		listed++
		page := ours.page(t, "/coops/"+c.Slug+"/")
		notice := page.Find(".notice--unconfirmed")
		if !strings.Contains(text(notice), "Not confirmed by the co-op") {
			t.Errorf("%s: it does not say that it is not confirmed: %q", c.Slug, text(notice))
		}
		if link := notice.Find(`a[href="` + c.Source.URL + `"]`); text(link) != c.Source.Name {
			t.Errorf("%s: its source %q at %q is not named: %q", c.Slug, c.Source.Name, c.Source.URL, text(notice))
		}
		if !strings.Contains(text(notice), "("+c.Source.Licence+")") {
			t.Errorf("%s: its license %s is not named: %q", c.Slug, c.Source.Licence, text(notice))
		}
		for _, way := range []string{"#claim", "#remove"} {
			if notice.Find(`a[href="/about/`+way+`"]`).Length() == 0 {
				t.Errorf("%s: no way to %s", c.Slug, way)
			}
		}
		for _, claim := range []string{"#teaches", "#needs", "#declines"} {
			if page.Find(claim).Length() > 0 {
				t.Errorf("%s: %s is said in place of the co-op", c.Slug, claim)
			}
		}
	}
	if listed == 0 {
		t.Skip("this directory has no listing by others")
	}
}

func TestClosedCoopSaysSo(t *testing.T) {
	closed := ours.first(t, "closed", func(c coop) bool { return c.Status == "closed" })
	sentences := map[string]string{
		"en": "This co-op has closed",
		"es": "Esta cooperativa cerró",
		"fr": "Cette coopérative a fermé",
		"pt": "Esta cooperativa fechou",
	}
	for _, in := range languages {
		page := ours.page(t, in.prefix+"/coops/"+closed.Slug+"/")
		if got := text(page.Find(".notice--status strong")); !strings.HasPrefix(got, sentences[in.id]) {
			t.Errorf("%s in %s: got %q, want %q", closed.Slug, in.id, got, sentences[in.id])
		}
	}
	page := example.page(t, "/coops/ombu-codigo/")
	want(t, "successor", page.Find(".notice--status a").First().AttrOr("href", ""), "/coops/horneros/")
	want(t, "loud ways to write to it", fmt.Sprint(page.Find(".contact .button:not(.button--quiet)").Length()), "0")
	want(t, "invitation to closed co-op", fmt.Sprint(page.Find(".panel--open").Length()), "0")
	want(t, "predecessor", page.Find("h1").Text(), text(example.page(t, "/coops/horneros/").Find(`.facts a[href="/coops/ombu-codigo/"]`)))
}

func TestFullProfileShowsEverythingItSays(t *testing.T) {
	page := example.page(t, "/coops/horneros/")
	for selector, wanted := range map[string][]string{
		"section.does li":     {"/skills/membership-crm/", "Since 2014, for up to 40,000 members."},
		"section.teaches li":  {"/skills/elixir/", "For teams that already program in another language."},
		"section.needs li":    {"/skills/kubernetes/", "/skills/accessibility/", "2027-06-30", "To move Padrón Abierto to servers of our own."},
		"section.declines li": {"/skills/wordpress/", "/skills/seo/", "/skills/blockchain/"},
		"section.products":    {"https://padron-abierto.example", "Padrón Abierto", "Member records, dues and assemblies"},
		"section.contact":     {"mailto:hola@horneros.example", "https://horneros.example/contacto", "https://codigo.horneros.example"},
		"section.facts":       {"2014", "17", "/countries/ar/", "/networks/trama-austral/"},
		".profile__summary":   {"We build software for co-ops and mutuals"},
		"section.prose":       {"<strong>2014</strong>", "<h3>What we do</h3>"},
		"footer.record":       {"2026-11-02"},
	} {
		html := outer(page.Find(selector))
		for _, part := range wanted {
			if !strings.Contains(html, part) {
				t.Errorf("%s: %q is not in %q", selector, part, html)
			}
		}
	}
	// A skill that the vocabulary does not have is shown, without a page of its own.
	want(t, "other skill", fmt.Sprint(page.Find("section.does li:contains('Acreditación de asambleas') a").Length()), "0")
	if page.Find("section.does li:contains('Acreditación de asambleas')").Length() != 1 {
		t.Error("the skill that the vocabulary does not have is missing")
	}
	if page.Find(".notice--unconfirmed").Length() > 0 {
		t.Error("a listing of the co-op itself is shown as not confirmed")
	}
}

// A reader of French gets the co-op's own Spanish, marked as such.
func TestMissingTranslationFallsBackAndSaysSo(t *testing.T) {
	summary := example.page(t, "/fr/coops/ombu-codigo/").Find(".profile__summary")
	want(t, "lang", summary.AttrOr("lang", ""), "es")
	want(t, "note", text(summary.Find(".fallback")), "(en espagnol)")
	want(t, "lang of the note", summary.Find(".fallback").AttrOr("lang", ""), "fr")
	want(t, "note where none is needed", text(example.page(t, "/es/coops/ombu-codigo/").Find(".profile__summary .fallback")), "")
}

func TestFormerAddressesAreSentOn(t *testing.T) {
	rules := string(example.read(t, "/_redirects"))
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, in := range languages {
		rule := in.prefix + "/coops/estepa-bit/ " + in.prefix + "/coops/cardumen-sur/ 301\n"
		if !strings.Contains(rules, rule) {
			t.Errorf("_redirects: %q is not in %q", rule, rules)
		}
		answer, err := client.Get(example.url(in.prefix + "/coops/estepa-bit/"))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		want(t, in.id+" redirect", fmt.Sprint(answer.StatusCode, " ", answer.Header.Get("Location")), "301 "+in.prefix+"/coops/cardumen-sur/")
	}
	if got := text(example.page(t, "/coops/cardumen-sur/").Find(".facts")); !strings.Contains(got, "Estepa Bit") {
		t.Errorf("the former name Estepa Bit is not among the facts: %q", got)
	}
}

func TestSkillPageListsWhoDoesTeachesAndNeeds(t *testing.T) {
	page := example.page(t, "/skills/elixir/")
	want(t, "h1", text(page.Find("h1")), "Elixir")
	for section, wanted := range map[string][]string{
		"does":    {"horneros"},
		"teaches": {"horneros"},
		"needs":   {"les-veilleuses", "nandubay"},
	} {
		want(t, section, fmt.Sprint(slugs(page.Find("section.part."+section))), fmt.Sprint(wanted))
		want(t, "count of "+section, text(page.Find(".jump ."+section+" .count")), fmt.Sprint(len(wanted)))
	}
	want(t, "ways on where nobody is", hrefs(example.page(t, "/skills/unity/").Find("section.part .empty a")), "#near /join/ /join/ /join/")
	want(t, "retired ids", fmt.Sprint(page.Find("#near code").Length()), "1")
	neighbors := hrefs(page.Find("#near section[aria-labelledby=neighbors] a"))
	for _, id := range []string{"/skills/erlang/", "/skills/unity/"} {
		if !strings.Contains(neighbors, id) || strings.Contains(neighbors, "/skills/elixir/") {
			t.Errorf("%s is not among the others of its category: %s", id, neighbors)
		}
	}
}

// Skills that are done together, and co-ops that do much the same, in what the co-ops of the list say.
func TestPagesLeadOnToWhatIsNear(t *testing.T) {
	related := ours.page(t, "/skills/web-development/").Find("section[aria-labelledby=related] li")
	if related.Length() == 0 {
		t.Error("nothing goes with web development")
	}
	similar := 0
	for _, c := range ours.coops {
		ours.page(t, "/coops/"+c.Slug+"/").Find(".similar li").Each(func(_ int, one *goquery.Selection) {
			similar++
			if link := one.Find("a").AttrOr("href", ""); link == "/coops/"+c.Slug+"/" || one.Find("span").Length() != 2 {
				t.Errorf("%s: a similar co-op without a reason, or itself: %q", c.Slug, text(one))
			}
		})
	}
	if similar == 0 {
		t.Error("no co-op is like another")
	}
}

func TestPagesOfWhatCoopsHaveInCommonListThem(t *testing.T) {
	for _, address := range []string{"/countries/ar/", "/languages/es/", "/networks/trama-austral/", "/sectors/health/"} {
		page := example.page(t, address)
		at := slugs(page.Find("section[aria-labelledby=coops]"))
		ended := slugs(page.Find("section[aria-labelledby=ended]"))
		if !slices.Contains(at, "horneros") || slices.Contains(at, "ombu-codigo") {
			t.Errorf("%s: co-ops at work: got %v, want horneros and not ombu-codigo", address, at)
		}
		if address == "/countries/ar/" && !slices.Contains(ended, "ombu-codigo") {
			t.Errorf("%s: co-ops no longer at work: got %v, want ombu-codigo", address, ended)
		}
		if page.Find(".portrait a[href^='/skills/']").Length() == 0 {
			t.Errorf("%s does not say what is done there", address)
		}
		want(t, address+" first figure", text(page.Find(".figure").First().Find("dd")), fmt.Sprint(len(at)))
		want(t, address+" lists of it lead back", fmt.Sprint(example.page(t, strings.Join(strings.Split(address, "/")[:2], "/")+"/").Find(`main a[href="`+address+`"]`).Length()), "1")
	}
	want(t, "languages of a co-op", hrefs(example.page(t, "/coops/horneros/").Find(".facts a[href*='/languages/']")), "/languages/es/ /languages/en/")
	want(t, "country", text(example.page(t, "/es/countries/ar/").Find("h1")), "Argentina")
	want(t, "country", text(example.page(t, "/fr/countries/ar/").Find("h1")), "Argentine")
}

// What none of them says is left out, and a number says how many stand behind it.
func TestPortraitsSayOnlyWhatTheCoopsSay(t *testing.T) {
	figures := func(s *site, address string) string {
		return strings.Join(s.page(t, address).Find(".figure").Map(func(_ int, f *goquery.Selection) string {
			return text(f.Find("dd")) + " " + text(f.Find("dt"))
		}), ", ")
	}
	want(t, "Argentina", figures(example, "/countries/ar/"), "3 co-ops at work, 3 listed by themselves, 3 teach something, 3 need something, 2011–2016 founded, as 3 of them say, 48 members, in the 3 co-ops that say how many")
	for _, c := range ours.coops {
		if c.ListedBy == "coop" {
			t.Skip("somebody has confirmed a listing")
		}
	}
	address := ours.page(t, "/countries/").Find(".tally a").First().AttrOr("href", "")
	if got := figures(ours, address); strings.Contains(got, "listed") || strings.Contains(got, "teach") || strings.Contains(got, "0 ") {
		t.Errorf("%s: %q says what no co-op says", address, got)
	}
	want(t, "note", text(ours.page(t, address).Find(".portrait p.soft")), "None of them has confirmed its listing yet.")
}

func TestListOfCoopsIsCompleteOverItsPages(t *testing.T) {
	for _, s := range sites() {
		for _, in := range languages {
			var listed []string
			for address := in.prefix + "/coops/"; address != ""; {
				page := s.page(t, address)
				listed = append(listed, slugs(page.Find("section.az"))...)
				address = page.Find("a[rel=next]").AttrOr("href", "")
			}
			slices.Sort(listed)
			want(t, s.name+" "+in.id, fmt.Sprint(listed), fmt.Sprint(allSlugs(s)))
		}
	}
}

func TestAboutAndDataSayWhatTheySaidTheyWould(t *testing.T) {
	for _, in := range languages {
		about := ours.page(t, in.prefix+"/about/")
		for _, part := range []string{"#source", "#join", "#claim", "#remove"} {
			if text(about.Find(part)) == "" {
				t.Errorf("%s/about/ has no %s", in.prefix, part)
			}
		}
		data := text(ours.page(t, in.prefix+"/data/").Find("main"))
		for _, part := range []string{"/api/v1/coops.json", "/api/v1/skills.json", "/api/v1/coops.csv", "CC0"} {
			if !strings.Contains(data, part) {
				t.Errorf("%s/data/ does not tell of %s", in.prefix, part)
			}
		}
	}
}

func TestMissesAreAnsweredInTheLanguageOfTheirAddress(t *testing.T) {
	for _, in := range languages {
		for _, address := range []string{"/nowhere", "/coops/nobody/"} {
			answer, err := http.Get(ours.url(in.prefix + address))
			if err != nil {
				t.Fatal(err)
			}
			page, err := goquery.NewDocumentFromReader(io.LimitReader(answer.Body, 1<<20))
			answer.Body.Close()
			if err != nil {
				t.Fatal(err)
			}
			want(t, in.prefix+address, fmt.Sprint(answer.StatusCode), "404")
			want(t, in.prefix+address+" lang", page.Find("html").AttrOr("lang", ""), in.locale)
			want(t, in.prefix+address+" robots", page.Find("meta[name=robots]").AttrOr("content", ""), "noindex")
			if page.Find(`main a[href="`+in.prefix+`/coops/"]`).Length() == 0 {
				t.Errorf("%s%s: no way on to the co-ops", in.prefix, address)
			}
		}
	}
}

func TestScriptsAreOnTheirOwnPagesOnly(t *testing.T) {
	for _, s := range sites() {
		for _, address := range s.pages(t) {
			page := s.page(t, address)
			if everywhere := page.Find("script[data-page]").Length(); everywhere != 1 {
				t.Errorf("%s %s: the script of every page is there %d times", s.name, address, everywhere)
			}
			scripts := page.Find("script[src]:not([data-page])").Length()
			wanted := 0
			if isDirectory(strings.Split(strings.TrimPrefix(address, "/"), "/")) {
				wanted = 2 // the search, and what fetches ahead for it
			} else if slices.Contains([]string{"ask", "join", "map", "team"}, path.Base(address)) || path.Base(address) == "exchange" || slices.Contains(strings.Split(address, "/"), "events") {
				wanted = 1
			}
			if scripts != wanted {
				t.Errorf("%s %s: %d scripts, want %d", s.name, address, scripts, wanted)
			}
		}
	}
}

// isDirectory tells the pages of /coops/ by the parts of their address.
func isDirectory(parts []string) bool {
	if len(parts[0]) == 2 {
		parts = parts[1:]
	}
	return parts[0] == "coops" && (len(parts) == 2 || len(parts) == 4 && parts[1] == "page")
}

func want(t *testing.T, what, got, wanted string) {
	t.Helper()
	if got != wanted {
		t.Errorf("%s: got %q, want %q", what, got, wanted)
	}
}

// text is the text of the elements with single spaces.
func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func outer(s *goquery.Selection) string {
	var all strings.Builder
	s.Each(func(_ int, one *goquery.Selection) {
		html, err := goquery.OuterHtml(one)
		if err != nil {
			html = err.Error()
		}
		all.WriteString(html)
	})
	return all.String()
}

// slugs are those of the cards in a part of a page, in their order.
func slugs(s *goquery.Selection) []string {
	return s.Find(".card a[data-card-name]").Map(func(_ int, link *goquery.Selection) string {
		parts := strings.Split(link.AttrOr("href", ""), "/")
		return parts[len(parts)-2]
	})
}

func hrefs(s *goquery.Selection) string {
	return strings.Join(s.Map(func(_ int, link *goquery.Selection) string { return link.AttrOr("href", "") }), " ")
}

func allSlugs(s *site) []string {
	var all []string
	for _, c := range s.coops {
		all = append(all, c.Slug)
	}
	slices.Sort(all)
	return all
}
