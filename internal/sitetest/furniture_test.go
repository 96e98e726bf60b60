package sitetest

import (
	"bytes"
	"image"
	_ "image/png" // the pictures of links
	"strings"
	"testing"

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
			want(t, address+" og:title", property(page, "og:title"), page.Find("title").Text())
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
