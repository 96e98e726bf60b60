package sitetest

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestChangesAreToldDayByDayAndInAFeed(t *testing.T) {
	for _, s := range sites() {
		for _, in := range languages {
			page := s.page(t, in.prefix+"/changes/")
			days := page.Find(".changes dt time").Map(func(_ int, e *goquery.Selection) string { return e.AttrOr("datetime", "") })
			if len(days) == 0 {
				t.Fatalf("%s: no day", s.name)
			}
			for i := 1; i < len(days); i++ {
				if days[i] >= days[i-1] {
					t.Errorf("%s: %s stands after %s", s.name, days[i], days[i-1])
				}
			}
			f := readFeed(t, s, in.prefix+"/changes/feed.xml")
			want(t, "self", f.Links[0].Href, s.base+in.prefix+"/changes/feed.xml")
			seen := map[string]bool{}
			for _, e := range f.Entries {
				if seen[e.ID] || !strings.HasPrefix(e.ID, s.base+in.prefix+"/coops/") || e.Title == "" || e.Summary == "" || e.Updated.After(f.Updated) {
					t.Errorf("%s: %+v", in.id, e)
				}
				seen[e.ID] = true
			}
			if len(f.Entries) == 0 || len(f.Entries) > 50 {
				t.Errorf("%s: %d entries", s.name, len(f.Entries))
			}
		}
	}
}

func TestListOfANetworkCanBeShownElsewhere(t *testing.T) {
	for _, in := range languages {
		network := example.page(t, in.prefix+"/networks/trama-austral/")
		snippet := network.Find("section[aria-labelledby=share] code").Text()
		frame, err := goquery.NewDocumentFromReader(strings.NewReader(snippet))
		if err != nil {
			t.Fatal(err)
		}
		address := in.prefix + "/networks/trama-austral/embed/"
		want(t, "address", frame.Find("iframe").AttrOr("src", ""), example.base+address)
		want(t, "title", frame.Find("iframe").AttrOr("title", ""), text(network.Find("h1")))
		page := example.page(t, address)
		want(t, "for search engines", page.Find("meta[name=robots]").AttrOr("content", ""), "noindex")
		want(t, "co-ops", fmt.Sprint(page.Find(".names li").Length()), fmt.Sprint(len(slugs(network.Find("section[aria-labelledby=coops]")))))
		page.Find("a").Each(func(_ int, link *goquery.Selection) {
			want(t, "a link leaves the frame", link.AttrOr("target", ""), "_top")
		})
	}
	if network := example.page(t, "/networks/trama-austral/"); network.Find("section[aria-labelledby=balance] tbody tr").Length() == 0 || network.Find("section[aria-labelledby=events] .occasions li").Length() == 0 {
		t.Error("the network shows neither strengths nor events")
	}
	if balance := example.page(t, "/es/countries/ar/").Find("section[aria-labelledby=balance]"); balance.Find("tbody tr").Length() == 0 || text(balance.Find("h2")) != "Lo que las cooperativas de aquí necesitan, enseñan y hacen" {
		t.Errorf("the country shows no strengths: %q", text(balance))
	}
}

// Only the lists of networks may be framed, and what the host is told says so for every language.
func TestHostLetsListsOfNetworksBeFramed(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root, "netlify.toml"))
	if err != nil {
		t.Fatal(err)
	}
	framed := 0
	for _, block := range strings.Split(string(data), "[[headers]]") {
		if !strings.Contains(block, "frame-ancestors *") {
			continue
		}
		framed++
		if !strings.Contains(block, "/networks/:network/embed/*\"") || !strings.Contains(block, "form-action 'none'") || !strings.Contains(block, "default-src 'self'") {
			t.Errorf("more than a list may be framed:\n%s", block)
		}
	}
	want(t, "rules that let pages be framed", fmt.Sprint(framed), "2")
}

// A network's name is whatever somebody wrote: the code to copy stays one frame.
func TestSnippetOfANetworkHoldsItsNameOnly(t *testing.T) {
	name := `"><script>alert(1)</script> & Co`
	quoted, err := json.Marshal(name)
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, map[string]string{"data/networks.yaml": "ring:\n  name: " + string(quoted) + "\n  website: https://ring.example\n"}, nil)
	snippet := s.page(t, "/networks/ring/").Find("section[aria-labelledby=share] code").Text()
	frame, err := goquery.NewDocumentFromReader(strings.NewReader(snippet))
	if err != nil {
		t.Fatal(err)
	}
	want(t, "title", frame.Find("iframe").AttrOr("title", ""), name)
	want(t, "scripts", fmt.Sprint(frame.Find("script").Length()), "0")
	if strings.Contains(snippet, html.UnescapeString("<script>")) {
		t.Errorf("got %s", snippet)
	}
}
