package sitetest

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"image"
	_ "image/png" // the pictures of links
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// mostPicture is how many bytes another site must fetch to show a link to us.
const mostPicture = 40_000

func property(page *goquery.Document, name string) string {
	return page.Find(`meta[property="`+name+`"]`).AttrOr("content", "")
}

func TestLinksToEveryPageCanBeShownElsewhere(t *testing.T) {
	for _, s := range sites() {
		weighed := map[string]bool{}
		for _, address := range s.pages(t) {
			page := s.page(t, address)
			want(t, address+" og:title", property(page, "og:title"), page.Find("head > title").Text())
			want(t, address+" og:description", property(page, "og:description"), page.Find("meta[name=description]").AttrOr("content", ""))
			want(t, address+" twitter:card", page.Find("meta[name='twitter:card']").AttrOr("content", ""), "summary_large_image")
			if page.Find("meta[name=robots]").Length() == 0 {
				want(t, address+" og:url", property(page, "og:url"), page.Find("link[rel=canonical]").AttrOr("href", ""))
			}
			picture, isOurs := strings.CutPrefix(property(page, "og:image"), s.base)
			if !isOurs {
				t.Errorf("%s %s: og:image %q is not a full address of this site", s.name, address, property(page, "og:image"))
				continue
			}
			if weighed[picture] {
				continue
			}
			weighed[picture] = true
			data := s.read(t, picture)
			if len(data) > mostPicture {
				t.Errorf("%s %s: %d bytes, want at most %d", s.name, picture, len(data), mostPicture)
			}
			head, _, err := image.DecodeConfig(bytes.NewReader(data))
			if err != nil || head.Width != 600 || head.Height != 315 {
				t.Errorf("%s %s: %d by %d, %v", s.name, picture, head.Width, head.Height, err)
			}
		}
		if len(weighed) <= len(s.coops) {
			t.Errorf("%s: %d pictures for %d co-ops and the directory in four languages", s.name, len(weighed), len(s.coops))
		}
	}
}

func TestCoopHasOnePictureInAllLanguages(t *testing.T) {
	for _, c := range example.coops {
		pictures := map[string]bool{}
		for _, in := range languages {
			pictures[property(example.page(t, in.prefix+"/coops/"+c.Slug+"/"), "og:image")] = true
		}
		if len(pictures) != 1 || pictures[property(example.page(t, "/"), "og:image")] {
			t.Errorf("%s: %v, want one picture of its own", c.Slug, pictures)
		}
	}
}

// feed is what a reader of feeds (RFC 4287) sees.
type feed struct {
	XMLName xml.Name  `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string    `xml:"id"`
	Title   string    `xml:"title"`
	Updated time.Time `xml:"updated"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID        string    `xml:"id"`
		Title     string    `xml:"title"`
		Published time.Time `xml:"published"`
		Updated   time.Time `xml:"updated"`
		Summary   string    `xml:"summary"`
	} `xml:"entry"`
}

func readFeed(t *testing.T, s *site, address string) feed {
	t.Helper()
	var f feed
	if err := xml.Unmarshal(s.read(t, address), &f); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return f
}

func TestFeedTellsOfCoopsTheNewestFirst(t *testing.T) {
	for _, s := range sites() {
		titles := map[string]bool{}
		for _, in := range languages {
			f := readFeed(t, s, in.prefix+"/feed.xml")
			want(t, in.id+" id", f.ID, s.base+in.prefix+"/")
			want(t, in.id+" self", f.Links[0].Rel+" "+f.Links[0].Href, "self "+s.base+in.prefix+"/feed.xml")
			titles[f.Title] = true
			if len(f.Entries) == 0 || len(f.Entries) > 50 {
				t.Errorf("%s: %d entries", in.id, len(f.Entries))
			}
			seen := map[string]bool{}
			last := time.Now().AddDate(100, 0, 0)
			for _, e := range f.Entries {
				if _, isOurs := strings.CutPrefix(e.ID, s.base+in.prefix+"/coops/"); !isOurs || seen[e.ID] {
					t.Errorf("%s: the id %q is not a co-op's page, or there twice", in.id, e.ID)
				}
				seen[e.ID] = true
				s.read(t, strings.TrimPrefix(e.ID, s.base))
				if e.Published.After(last) || e.Updated.Before(e.Published) || e.Updated.After(f.Updated) || e.Title == "" || e.Summary == "" {
					t.Errorf("%s: %+v", in.id, e)
				}
				last = e.Published
			}
			page := s.page(t, in.prefix+"/")
			want(t, in.id+" link in the head", page.Find(`link[rel=alternate][type="application/atom+xml"]`).AttrOr("href", ""), s.base+in.prefix+"/feed.xml")
			want(t, in.id+" link at the foot", fmt.Sprint(page.Find(`footer a[href="`+in.prefix+`/feed.xml"]`).Length()), "1")
		}
		want(t, "titles", fmt.Sprint(len(titles)), fmt.Sprint(len(languages)))
	}
}

func TestSiteCanBePutOnAHomeScreen(t *testing.T) {
	for _, in := range languages {
		page := ours.page(t, in.prefix+"/about/")
		var manifest struct {
			Name     string
			StartURL string `json:"start_url"`
			Scope    string
			Lang     string
			Icons    []struct{ Src, Sizes, Type, Purpose string }
		}
		if err := json.Unmarshal(ours.read(t, page.Find("link[rel=manifest]").AttrOr("href", "")), &manifest); err != nil {
			t.Fatal(err)
		}
		want(t, in.id, fmt.Sprint(manifest.StartURL, " ", manifest.Scope, " ", manifest.Lang), in.prefix+"/ / "+in.locale)
		want(t, in.id+" name", manifest.Name, property(page, "og:site_name"))
		sizes := map[string]bool{}
		for _, icon := range manifest.Icons {
			data := ours.read(t, icon.Src)
			if icon.Type == "image/png" {
				head, _, err := image.DecodeConfig(bytes.NewReader(data))
				if err != nil || fmt.Sprintf("%dx%d", head.Width, head.Height) != icon.Sizes {
					t.Errorf("%s: %d by %d, want %s, %v", icon.Src, head.Width, head.Height, icon.Sizes, err)
				}
			}
			sizes[icon.Sizes+icon.Purpose] = true
		}
		if !sizes["any"] || !sizes["192x192"] || !sizes["512x512"] || !sizes["512x512maskable"] {
			t.Errorf("%s: icons of %v", in.id, sizes)
		}
	}
	for address, start := range map[string]string{"/favicon.svg": "<svg", "/favicon.ico": "\x00\x00\x01\x00\x01\x00\x20\x20", "/apple-touch-icon.png": "\x89PNG"} {
		if !strings.HasPrefix(string(ours.read(t, address)), start) {
			t.Errorf("%s does not begin as it should", address)
		}
	}
}

// What a search engine shows of a page: nothing twice, nothing that is cut off far before its end. And what
// browsers need for any page: its language, its width, one heading, the size of its pictures.
func TestEveryPageIsDescribedInItsOwnWords(t *testing.T) {
	for _, s := range sites() {
		locales, translations := map[string]bool{}, map[string]string{} // of each page, its own and those it names
		for _, in := range languages {
			locales[in.locale] = true
		}
		seen := map[string]string{}
		for _, address := range s.pages(t) {
			page := s.page(t, address)
			in := page.Find("html").AttrOr("lang", "")
			if !locales[in] || page.Find("h1").Length() != 1 || !strings.Contains(page.Find("meta[name=viewport]").AttrOr("content", ""), "width=device-width") {
				t.Errorf("%s %s: in %q, %d headings, viewport %q", s.name, address, in, page.Find("h1").Length(), page.Find("meta[name=viewport]").AttrOr("content", ""))
			}
			page.Find("img").Each(func(_ int, e *goquery.Selection) {
				if _, has := e.Attr("alt"); !has || e.AttrOr("width", "") == "" || e.AttrOr("height", "") == "" {
					t.Errorf("%s %s: a picture without words or size: %s", s.name, address, outer(e))
				}
			})
			if page.Find("meta[name=robots]").Length() > 0 {
				continue
			}
			description := page.Find("meta[name=description]").AttrOr("content", "")
			for _, said := range []string{"title " + page.Find("head > title").Text(), "description " + description} {
				if other, isTaken := seen[in+said]; isTaken {
					t.Errorf("%s %s: the %q is that of %s too", s.name, address, said, other)
				}
				seen[in+said] = address
			}
			if letters := len([]rune(description)); letters < 30 || letters > 250 {
				t.Errorf("%s %s: %d letters: %q", s.name, address, letters, description)
			}
			want(t, address+" canonical", page.Find("link[rel=canonical]").AttrOr("href", ""), s.base+address)
			translations[s.base+address] = fmt.Sprint(page.Find("link[rel=alternate][hreflang]").Map(func(_ int, e *goquery.Selection) string {
				return e.AttrOr("hreflang", "") + " " + e.AttrOr("href", "")
			}))
		}
		// Each page names the same translations as those do, itself among them.
		for address, named := range translations {
			for _, one := range strings.Fields(strings.Trim(named, "[]")) {
				if strings.HasPrefix(one, s.base) && translations[one] != named {
					t.Errorf("%s: %s names the translations %s, %s those: %s", s.name, address, named, one, translations[one])
				}
			}
			if !strings.Contains(named, " "+address) {
				t.Errorf("%s: %s is not among its translations %s", s.name, address, named)
			}
		}
	}
}

func TestMissesCanBeSearchedFrom(t *testing.T) {
	for _, in := range languages {
		want(t, in.id, ours.page(t, in.prefix+"/404.html").Find("main form[role=search]").AttrOr("action", ""), in.prefix+"/coops/")
	}
}

func TestSitemapSaysWhenProfilesChangedAndLeavesOutWhatIsForNobody(t *testing.T) {
	for _, address := range []string{"/en/sitemap.xml", "/es/sitemap.xml"} {
		var all struct {
			Pages []struct {
				Address string `xml:"loc"`
				Changed string `xml:"lastmod"`
				Others  []struct {
					Language string `xml:"hreflang,attr"`
				} `xml:"link"`
			} `xml:"url"`
		}
		if err := xml.Unmarshal(ours.read(t, address), &all); err != nil {
			t.Fatal(err)
		}
		dated := 0
		for _, p := range all.Pages {
			if strings.Contains(p.Address, "/offline/") {
				t.Errorf("%s: %s is for nobody to find", address, p.Address)
			}
			if len(p.Others) != 5 { // four languages, and the first again for everybody else
				t.Errorf("%s: %s is in %v", address, p.Address, p.Others)
			}
			if p.Changed != "" {
				dated++
			}
		}
		if dated != len(ours.coops) {
			t.Errorf("%s: %d pages with a date, want one for each of %d co-ops", address, dated, len(ours.coops))
		}
	}
}

func TestExportsSayHowLargeTheyAre(t *testing.T) {
	page := string(ours.read(t, "/data/"))
	size := (len(ours.read(t, "/api/v1/coops.csv")) + 999) / 1000
	if want := fmt.Sprintf(`<a href="/api/v1/coops.csv"><code>/api/<wbr>v1/<wbr>coops.csv</code></a> %d kB</td>`, size); !strings.Contains(page, want) {
		t.Errorf("the page about exports lacks %s", want)
	}
	size = (len(ours.read(t, "/export/directory.zip")) + 999) / 1000
	if want := fmt.Sprintf(`<a href="/export/directory.zip"><code>/export/<wbr>directory.zip</code></a> %d kB</td>`, size); !strings.Contains(page, want) {
		t.Errorf("the page about exports lacks %s", want)
	}
}
