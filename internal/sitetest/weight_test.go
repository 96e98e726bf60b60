package sitetest

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
)

// What a visitor on a slow line may be asked to wait for, in bytes as they travel.
const (
	mostHomePage = 25_000 // the home page, with styles and scripts
	mostCoopPage = 15_000 // a co-op's page with its styles
	mostScript   = 12_400 // the search's script and what fetches ahead for it, enough for filters
	mostWords    = 8_000  // the script that understands words
	mostFilter   = 25_000 // all that a filter fetches, to the first results
	mostSearch   = 38_000 // all that words fetch, to the first results, were it every block of words of co-ops, and some of those of needs
	someTold     = 6      // of these blocks
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
	home := ours.page(t, "/")
	whole := packed(t, ours.read(t, "/")) + styles
	for _, script := range home.Find("script[src]").EachIter() {
		whole += packed(t, ours.read(t, script.AttrOr("src", "")))
		if script.AttrOr("type", "") != "module" {
			t.Error("a script on the home page keeps it from being shown")
		}
	}
	weigh(t, "the home page with its styles and scripts", whole, mostHomePage)
	full := packed(t, example.read(t, "/coops/horneros/"))
	weigh(t, "the example's fullest co-op page and its styles", full+styles, mostCoopPage)

	directory := ours.page(t, "/coops/")
	filter := 0
	for _, script := range directory.Find("script[src]:not([data-page])").EachIter() {
		filter += packed(t, ours.read(t, script.AttrOr("src", "")))
	}
	weigh(t, "the search's scripts", filter, mostScript)
	for _, in := range languages {
		var manifest struct {
			Facets, Folder string
			Words, Told    []string
		}
		if err := json.Unmarshal(ours.read(t, "/search/"+in.id+"/manifest.json"), &manifest); err != nil {
			t.Fatal(err)
		}
		of := func(name string) int { return packed(t, ours.read(t, "/search/"+name)) }
		understand, _ := ours.page(t, in.prefix+"/coops/").Find("#directory").Attr("data-understand")
		filtered := filter + of(manifest.Facets) + of(manifest.Folder+"terms.txt") + of(manifest.Folder+"cards/0.json")
		words := packed(t, ours.read(t, understand))
		weigh(t, "the script that understands words in "+in.id, words, mostWords)
		words += filtered + of(manifest.Folder+"vocabulary.json")
		for block := range len(manifest.Words) + 1 {
			words += of(fmt.Sprintf("%swords/%d.txt", manifest.Folder, block))
		}
		var told []int
		for block := range len(manifest.Told) + 1 {
			told = append(told, of(fmt.Sprintf("%stold/%d.txt", manifest.Folder, block)))
		}
		slices.Sort(told)
		for _, size := range told[len(told)-someTold:] { // the largest
			words += size
		}
		weigh(t, "a filter in "+in.id, filtered, mostFilter)
		weigh(t, "words in "+in.id, words, mostSearch)
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
