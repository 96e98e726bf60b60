package sitetest

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
)

// What a visitor on a slow line may be asked to wait for, in bytes as they travel.
const (
	mostCoopPage = 15_000 // a co-op's page with its styles
	mostScript   = 25_000 // all of the search page's JavaScript
	mostWords    = 15_500 // search data: the vocabulary of one language
	mostRecord   = 120    // search data: each co-op; one with a summary takes more than one without
)

func TestPagesAreLight(t *testing.T) {
	heaviest, heaviestAt := 0, ""
	for _, in := range languages {
		for _, c := range ours.coops {
			address := in.prefix + "/coops/" + c.Slug + "/"
			if size := packed(t, ours.read(t, address)); size > heaviest {
				heaviest, heaviestAt = size, address
			}
		}
	}
	page := ours.page(t, heaviestAt)
	styles := 0
	for _, sheet := range page.Find("link[rel=stylesheet]").EachIter() {
		styles += packed(t, ours.read(t, sheet.AttrOr("href", "")))
	}
	weigh(t, "the heaviest co-op page, "+heaviestAt+", and its styles", heaviest+styles, mostCoopPage)
	full := packed(t, example.read(t, "/coops/horneros/"))
	weigh(t, "the example's fullest co-op page and its styles", full+styles, mostCoopPage)

	script, _ := ours.page(t, "/coops/").Find("script[src]").Attr("src")
	code := ours.read(t, script)
	if strings.Contains(string(code), "import(") || strings.Contains(string(code), `from"./`) {
		t.Error("the search loads more scripts than the one that is weighed")
	}
	weigh(t, "the search's JavaScript", packed(t, code), mostScript)
	for _, in := range languages {
		weigh(t, "search data in "+in.id, packed(t, ours.read(t, "/search."+in.id+".json")), mostWords+mostRecord*len(ours.coops))
	}
}

func weigh(t *testing.T, what string, got, most int) {
	t.Helper()
	t.Logf("%s: %d bytes of at most %d", what, got, most)
	if got > most || got == 0 {
		t.Errorf("%s: got %d bytes, want at most %d", what, got, most)
	}
}

// packed returns how many bytes travel.
func packed(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
