package sitetest

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Every link of every page to the site itself leads to a page, and to the place on it; every file that
// a page asks for is there.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	for _, s := range sites() {
		t.Run(s.name, func(t *testing.T) {
			from := map[string]string{} // target -> a page that has it
			places := map[string]bool{} // page#id
			pages := s.pages(t)
			links := 0
			for _, address := range pages {
				page := s.page(t, address)
				places[address+"#"] = true
				page.Find("[id]").Each(func(_ int, e *goquery.Selection) {
					place := address + "#" + e.AttrOr("id", "")
					if places[place] {
						t.Errorf("%s: the id is there twice", place)
					}
					places[place] = true
				})
				for _, attribute := range []string{"href", "src", "action", "data-source", "data-base"} {
					page.Find("[" + attribute + "]").Each(func(_ int, e *goquery.Selection) {
						if target, isLocal := s.local(address, e.AttrOr(attribute, "")); isLocal {
							links++
							from[target] = address
						}
					})
				}
			}
			for target, source := range from {
				file, place, hasPlace := strings.Cut(target, "#")
				if path.Ext(file) == ".svg" && hasPlace && !places[file+"#"] { // shapes that pages take in
					places[file+"#"] = true
					s.page(t, file).Find("[id]").Each(func(_ int, e *goquery.Selection) { places[file+"#"+e.AttrOr("id", "")] = true })
				}
				if _, err := os.Stat(s.file(file)); err != nil {
					t.Errorf("%s links to %s: %v", source, target, err)
				} else if hasPlace && !places[file+"#"+place] {
					t.Errorf("%s links to %s: there is no such place on the page", source, target)
				}
			}
			t.Logf("%d links to %d places on %d pages", links, len(from), len(pages))
			if len(from) < len(pages)/2 {
				t.Errorf("only %d targets on %d pages: are links still seen?", len(from), len(pages))
			}
		})
	}
}

// local returns the address within the site that a reference on a page leads to, with its fragment.
func (s *site) local(page, reference string) (target string, isLocal bool) {
	reference = strings.TrimPrefix(reference, s.base)
	u, err := url.Parse(reference)
	if err != nil || u.Scheme != "" || u.Host != "" {
		return "", false
	}
	switch {
	case u.Path == "":
		u.Path = page
	case !strings.HasPrefix(u.Path, "/"):
		u.Path = path.Join(path.Dir(page), u.Path)
	}
	if u.Fragment != "" {
		return u.Path + "#" + u.Fragment, true
	}
	return u.Path, true
}

// All but the pages of skills that nobody does yet, which wait for the first to say so.
func TestEveryPageCanBeReached(t *testing.T) {
	for _, s := range sites() {
		seen := map[string]bool{}
		next := []string{"/"}
		for len(next) > 0 {
			address := next[0]
			next = next[1:]
			if seen[address] {
				continue
			}
			seen[address] = true
			if !strings.HasSuffix(address, "/") && path.Ext(address) != ".html" {
				continue
			}
			s.page(t, address).Find("a[href]").Each(func(_ int, link *goquery.Selection) {
				if target, isLocal := s.local(address, link.AttrOr("href", "")); isLocal {
					target, _, _ = strings.Cut(target, "#")
					next = append(next, target)
				}
			})
		}
		for _, address := range s.pages(t) {
			if seen[address] || path.Base(address) == "404.html" || path.Base(address) == "offline" {
				continue
			}
			if doing := s.page(t, address).Find("section.part.does"); doing.Length() == 0 || len(slugs(doing)) > 0 {
				t.Errorf("%s: no link leads to %s", s.name, address)
			}
		}
	}
}

func TestSitemapNamesPages(t *testing.T) {
	var index, one struct {
		Maps  []string `xml:"sitemap>loc"`
		Pages []string `xml:"url>loc"`
	}
	if err := xml.Unmarshal(ours.read(t, "/sitemap.xml"), &index); err != nil {
		t.Fatal(err)
	}
	if len(index.Maps) != len(languages) {
		t.Errorf("sitemap.xml: got %v, want one map a language", index.Maps)
	}
	for _, name := range index.Maps {
		one.Pages = nil
		if err := xml.Unmarshal(ours.read(t, strings.TrimPrefix(name, ours.base)), &one); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(one.Pages) < len(ours.coops) {
			t.Errorf("%s: got %d pages, want more than the %d co-ops", name, len(one.Pages), len(ours.coops))
		}
		for _, address := range one.Pages {
			if _, err := os.Stat(ours.file(strings.TrimPrefix(address, ours.base))); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// The security policy allows none of these; without them a page is the same everywhere and for everyone.
func TestPagesAskNobodyElseAndHaveNothingInline(t *testing.T) {
	for _, s := range sites() {
		for _, address := range s.pages(t) {
			for _, found := range loud(s.page(t, address)) {
				t.Errorf("%s %s: %s", s.name, address, found)
			}
		}
	}
}

// loud returns what of a page runs where it stands, looks like nothing else on the site or asks another host.
func loud(page *goquery.Document) (found []string) {
	say := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	for _, selector := range []string{"style", "[style]", `script:not([src]):not([type="application/ld+json"])`, "iframe", "object", "embed", "base", "meta[http-equiv]"} {
		if inline := page.Find(selector); inline.Length() > 0 {
			say("%s: %.120s", selector, outer(inline.First()))
		}
	}
	page.Find("[src], [srcset], [poster], [data-source], form[action], link[rel=stylesheet], link[rel=icon], link[rel=preload]").Each(func(_ int, e *goquery.Selection) {
		for _, attribute := range []string{"src", "srcset", "poster", "data-source", "action", "href"} {
			if value, has := e.Attr(attribute); has && (!strings.HasPrefix(value, "/") || strings.HasPrefix(value, "//")) {
				say("%s=%q is not a path of this site", attribute, value)
			}
		}
	})
	page.Find("*").Each(func(_ int, e *goquery.Selection) {
		for _, attribute := range e.Nodes[0].Attr {
			if strings.HasPrefix(attribute.Key, "on") || attribute.Key != "content" && strings.HasPrefix(strings.ToLower(strings.TrimSpace(attribute.Val)), "javascript:") {
				say("%s=%q runs a script", attribute.Key, attribute.Val)
			}
		}
	})
	return found
}
