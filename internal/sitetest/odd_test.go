package sitetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/chromedp/chromedp"
)

const byOthers = "listed_by: third-party\nsource: {name: A list, url: https://list.example, licence: CC0-1.0, retrieved: 2026-01-01}\n"

const byItself = "contact: {email: info@odd.example}\nlisted_by: coop\nconfirmed: 2026-01-01\n"

// odd are profiles at the ends of what the rules allow, by slug.
func odd() map[string]string {
	unbroken := func(n int) string { return strings.Repeat("Genossenschaft", n/14+1)[:n] }
	all := func(text string) string {
		return fmt.Sprintf("{en: %[1]q, es: %[1]q, fr: %[1]q, pt: %[1]q}", text)
	}
	host := strings.Repeat("a", 63) + "." + strings.Repeat("b", 63) + ".example"
	url := func(path string) string { return "https://" + host + "/" + path + strings.Repeat("c", 300) }
	skills := strings.Fields(`angular ansible arduino blender c-cpp c-sharp-dotnet civicrm clojure decidim discourse django docker elixir erlang
		erpnext figma flutter git go godot haskell hugo java javascript jitsi-bigbluebutton kotlin kubernetes laravel
		linux llm-tools loomio lorawan mastodon-activitypub matrix mongodb moodle mysql nextcloud nodejs odoo`)
	var everything strings.Builder
	for _, list := range []string{"skills", "teaches", "needs"} {
		everything.WriteString(list + ":\n")
		for _, id := range skills {
			fmt.Fprintf(&everything, "  - {skill: %s, note: {en: %q}", id, unbroken(300))
			switch list {
			case "teaches":
				everything.WriteString(", formats: [show-and-tell, workshop, course, mentoring, pairing, material], languages: [en, es, ml], terms: exchange")
			case "needs":
				everything.WriteString(", kind: learn, until: 2029-12-31")
			}
			everything.WriteString("}\n")
		}
	}
	return map[string]string{
		"longest": "name: " + unbroken(120) + "\nwebsite: " + url("") + "\nkind: multi-stakeholder\nstatus: dormant\n" +
			"summary: " + all(unbroken(160)) + "\ndescription: " + all(strings.Repeat("*"+unbroken(98)+"*", 30)) + "\n" +
			"founded: 1844\nmembers: 1000000\nlocations:\n  - {country: GB, region: GB-NIR, place: " + unbroken(120) + "}\n" +
			"serves: [worldwide, AR, BO, GS, HM]\nlanguages: [en, es, fr, pt, ml]\ntimezones: [America/Argentina/ComodRivadavia]\n" +
			"networks: [cotech, facttic, patio]\nsectors: [care, manufacturing, public-administration, retail, social-movements]\n" +
			"products:\n  - {name: " + unbroken(120) + ", website: \"" + url("p") + "\", summary: " + all(unbroken(160)) + "}\n" +
			"skills:\n  - {skill: privacy-compliance, level: practiced, note: " + all(unbroken(300)) + "}\n  - {other: " + unbroken(80) + "}\n" +
			"availability: full\ncontact: {email: " + strings.Repeat("e", 60) + "@" + host + ", form: \"" + url("f") + "\"}\n" +
			"links:\n  - {kind: fediverse, url: \"" + url("l") + "\"}\nformer_names: [" + unbroken(119) + "]\n" +
			"listed_by: coop\nconfirmed: 2026-01-01\n",
		"forty": "name: Forty\nsummary: {en: We do it all.}\nlanguages: [en]\nremote: true\n" + everything.String() + byItself,
		"untranslated": "name: Hitz Kooperatiba\nsummary: {eu: Euskaraz bakarrik.}\ndescription: {eu: Euskaraz idazten dugu.}\nlanguages: [eu]\n" +
			"locations:\n  - {country: ES, place: Bilbo}\nskills:\n  - {skill: python, note: {eu: Urteetan.}}\n" + byItself,
		"right-to-left": "name: تعاونية النخيل (Palm)\nsummary: {ar: \"نبني مواقع للتعاونيات، مع Drupal.\"}\ndescription: {ar: \"نعمل معا.\\n\\n- أولا\\n- ثانيا\"}\n" +
			"languages: [ar, he]\nlocations:\n  - {country: MA, place: الدار البيضاء}\nskills:\n  - {skill: drupal, note: {ar: \"منذ 2010.\"}}\n  - {other: \"خط عربي\"}\n" +
			"teaches:\n  - {skill: drupal, note: {ar: \"بالعربية.\"}}\nproducts:\n  - {name: نخلة, summary: {ar: \"دفتر.\"}}\nformer_names: [نخيل]\n" + byItself,
		"emoji":   "name: \"🌻🌻 👩🏽‍🌾👨‍👩‍👧‍👦\"\nsummary: {en: \"🚀🚀🚀 " + strings.Repeat("🌍", 100) + "\"}\nlanguages: [en]\nremote: true\nskills:\n  - {other: \"🎨 pictures\"}\n" + byItself,
		"x":       "name: X\nwebsite: https://x.example\n" + byOthers,
		"nowhere": "name: Nowhere yet\nwebsite: https://nowhere.example\nskills: [python]\n" + byOthers,
		"date-line": "name: Date Line\nwebsite: https://dateline.example\nlocations:\n  - {country: FJ, place: Taveuni, coordinates: {latitude: -16.8, longitude: 180}}\n" +
			"  - {country: NZ, place: Chatham, coordinates: {latitude: -44, longitude: -176.5}}\n  - {country: RU, place: Uelen, coordinates: {latitude: 66.1, longitude: -169.8}}\n" +
			"  - {country: AQ, coordinates: {latitude: -90, longitude: 0}}\nskills: [python]\n" + byOthers,
	}
}

func filesOf(profiles map[string]string) map[string]string {
	files := map[string]string{}
	for slug, text := range profiles {
		files["data/coops/"+slug+".yaml"] = text
	}
	return files
}

// Whatever the rules let through reads well: every page is there, wraps, and says which language its
// texts are in and which way they run.
func TestOddProfilesReadWell(t *testing.T) {
	profiles := odd()
	s := newSite(t, filesOf(profiles), nil)

	arabic := s.page(t, "/es/coops/right-to-left/")
	for _, selector := range []string{".profile__summary", "section.prose div[lang]", ".does .note", ".teaches .note", ".products dd"} {
		e := arabic.Find(selector)
		want(t, selector, e.AttrOr("lang", "")+" "+e.AttrOr("dir", ""), "ar auto")
	}
	for _, selector := range []string{"h1", ".does li:last-child", ".products dt", ".facts dd:contains('نخيل')"} {
		if arabic.Find(selector).Find("bdi").AddSelection(arabic.Find(selector)).Filter("bdi, [dir=auto]").Length() == 0 {
			t.Errorf("%s: a name that runs the other way is not kept apart: %s", selector, outer(arabic.Find(selector)))
		}
	}
	untranslated := s.page(t, "/coops/untranslated/")
	want(t, "fallbacks named", strings.Join(untranslated.Find(".profile .fallback").Map(func(_ int, e *goquery.Selection) string { return text(e) }), " "), "(in Basque) (in Basque) (in Basque)")
	least := s.page(t, "/pt/coops/x/")
	want(t, "what the least profile does", text(least.Find("section.does .empty")), "Ela ainda não disse o que faz.")
	want(t, "facts of the least profile", fmt.Sprint(least.Find(".facts").Length()), "0")
	want(t, "countries of several places", fmt.Sprint(s.page(t, "/coops/date-line/").Find(".facts a[href^='/countries/']").Length()), "4")

	pages := []string{"/", "/coops/", "/skills/", "/skills/python/", "/skills/drupal/", "/countries/", "/countries/gb/", "/countries/ma/", "/languages/", "/languages/eu/",
		"/languages/en/", "/networks/", "/networks/cotech/", "/sectors/", "/sectors/manufacturing/", "/fr/coops/longest/", "/es/coops/forty/"}
	for slug := range profiles {
		pages = append(pages, "/coops/"+slug+"/")
	}
	slices.Sort(pages)
	v := visitor(t, s.server.URL)
	for _, width := range []int64{320, 360, 1280} {
		v.do("set the width", chromedp.EmulateViewport(width, 640))
		for _, address := range pages {
			v.visit(address)
			v.checkWidth(address, int(width))
		}
	}
	v.visit("/coops/?q=genossenschaft")
	v.answer()
	v.checkWidth("the search", 1280)
}

// checkWidth fails where a page has to be scrolled sideways.
func (v *tab) checkWidth(where string, width int) {
	v.t.Helper()
	if got := evaluate[int](v, "document.documentElement.scrollWidth"); got > width {
		wide := evaluate[[]string](v, fmt.Sprintf(`[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > %d).map((e) => e.outerHTML.slice(0, 120)).slice(0, 5)`, width+1))
		v.t.Errorf("%s at %d pixels: %d pixels wide, because of %q", where, width, got, wide)
	}
}

// A directory that begins: no co-op, then one. Each page says what to do next, and none counts to nothing.
func TestDirectoryWithoutCoopsSaysWhatToDoNext(t *testing.T) {
	s := newSite(t, map[string]string{}, nil)
	for _, in := range languages {
		for _, section := range []string{"coops", "skills", "countries", "languages", "sectors"} {
			page := s.page(t, in.prefix+"/"+section+"/")
			if page.Find("main .empty").Length() == 0 || page.Find("main a[href='"+in.prefix+"/join/']").Length() == 0 {
				t.Errorf("%s/%s/ does not say what to do next: %q", in.prefix, section, text(page.Find("main")))
			}
		}
	}
	v := visitor(t, s.server.URL)
	v.do("make the window narrow", chromedp.EmulateViewport(320, 640))
	for _, address := range s.pages(t) {
		page := s.page(t, address)
		if numbers := text(page.Find(".numbers, .figures, .lead")); strings.HasPrefix(numbers, "0 ") {
			t.Errorf("%s counts to nothing: %q", address, numbers)
		}
		page.Find("main :is(ul, ol, dl)").Each(func(_ int, list *goquery.Selection) {
			if list.Closest("[hidden], [data-search], template, [data-search-results]").Length() == 0 && list.Children().Length() == 0 && list.ParentsFiltered("#directory").Length() == 0 {
				t.Errorf("%s has an empty list: %s", address, outer(list))
			}
		})
	}
	for _, address := range []string{"/", "/coops/", "/skills/", "/networks/", "/networks/cotech/", "/skills/python/", "/countries/", "/about/"} {
		v.visit(address)
		v.checkWidth(address, 320)
	}
	v.visit("/coops/?q=web")
	if got := v.answer(); len(got.Cards) > 0 || got.Trouble != "" {
		t.Errorf("a search in an empty directory: %+v", got)
	}
}

func TestDirectoryWithOneCoopSpeaksInTheSingular(t *testing.T) {
	s := newSite(t, filesOf(map[string]string{"untranslated": odd()["untranslated"]}), nil)
	want(t, "home", text(s.page(t, "/").Find(".welcome .numbers")), "1 co-op in 1 country, with 1 skill between them.")
	figures := s.page(t, "/countries/es/").Find(".figures")
	want(t, "country", text(figures), "co-op at work1 listed by itself1")
	want(t, "similar", fmt.Sprint(s.page(t, "/coops/untranslated/").Find(".similar").Length()), "0")
	want(t, "related", text(s.page(t, "/skills/python/").Find("section[aria-labelledby=related] .empty")), "Nothing stands out yet among the co-ops that do it.")
}
