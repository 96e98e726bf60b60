package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"coops/internal/world"
)

// The search in the browser works on files that are made here, so that a page fetches only what a
// question touches. All of them have a hash of their content in their address:
//
//	search/facets.<hash>.txt           what all co-ops have in each facet, by number
//	search/dates.<hash>.txt            when they were listed and confirmed, to sort by
//	search/<language>/<hash>/
//	  terms.txt                        labels of skills, countries, languages, networks and sectors
//	  vocabulary.json                  the names by which skills are found, besides their labels
//	  told/<n>.txt                     the words that people tell of a need with, and those of other languages, in order
//	  words/<n>.txt                    the words of the co-ops' texts, in order, and who says them
//	  cards/<n>.json                   names, places and summaries of a few co-ops
//	search/<language>/manifest.json    names the others; pages carry it too
const (
	searchVersion = 3 // of the format: pages read no other
	cardsPerBlock = 4 // small, because the results that are shown first are scattered
)

// manifest is what a page knows of the search before it fetches anything.
type manifest struct {
	Version int      `json:"version"`
	Coops   int      `json:"coops"`
	Facets  string   `json:"facets"` // addresses, from search/
	Dates   string   `json:"dates"`
	Folder  string   `json:"folder"`
	Cards   int      `json:"cards"` // how many a block has
	Words   []string `json:"words"` // where the blocks of words begin; the first begins at the beginning
	Told    []string `json:"told"`  // likewise
}

// searchFile is one of the text files: its first line says what it is, its last one that it is whole.
type searchFile struct{ strings.Builder }

func newSearchFile(kind string, coops int) *searchFile {
	f := &searchFile{}
	f.line(fmt.Sprintf("coops %s %d %d", kind, searchVersion, coops))
	return f
}

func (f *searchFile) line(text string) {
	f.WriteString(text)
	f.WriteByte('\n')
}

func (f *searchFile) end() string { return f.String() + "." }

// stageSearch writes the search of all languages into a folder, and returns the manifests by language. The assets are those of
// which the page's scripts are made.
func stageSearch(folder string, views []*view, assets ...fs.FS) (map[string]manifest, error) {
	manifests := map[string]manifest{}
	if len(views) == 0 {
		return manifests, nil
	}
	c := views[0].columns(views[0].names(views[0].Coops))
	common := map[string]string{}
	named := func(kind, content string) string {
		name := fmt.Sprintf("%s.%s.txt", kind, hashOf(content))
		common[name] = content
		return name
	}
	base := manifest{Version: searchVersion, Coops: len(c.coops), Facets: named("facets", c.file()), Dates: named("dates", c.dates(views[0].index)), Cards: cardsPerBlock}
	if err := writeFiles(folder, common); err != nil {
		return nil, err
	}
	made := make([]manifest, len(views))
	err := each(views, func(i int, v *view) error {
		filler, err := fillerOf(v.in, assets...)
		if err != nil {
			return fmt.Errorf("read the filler of %s: %w", v.in, err)
		}
		m := base
		files, err := v.searchFiles(c, filler, &m)
		if err != nil {
			return err
		}
		m.Folder = v.in + "/" + hashOfAll(files) + "/"
		made[i] = m
		return errors.Join(writeFiles(filepath.Join(folder, filepath.FromSlash(m.Folder)), files), writeJSON(filepath.Join(folder, v.in, "manifest.json"), m))
	})
	for i, v := range views {
		manifests[v.in] = made[i]
	}
	return manifests, err
}

// each does something for every language, side by side.
func each[T any](languages []T, do func(i int, language T) error) error {
	failed := make([]error, len(languages))
	var all sync.WaitGroup
	for i, one := range languages {
		all.Go(func() { failed[i] = do(i, one) })
	}
	all.Wait()
	return errors.Join(failed...)
}

// searchFiles makes the files of one language, by their name in its folder, and says in m where the blocks begin.
func (v *view) searchFiles(c *columns, filler map[string]bool, m *manifest) (files map[string]string, err error) {
	files = map[string]string{"terms.txt": v.terms(c)}
	names, told := v.words().files(c.skills.ids, v, filler)
	if files["vocabulary.json"], err = asJSON(names); err != nil {
		return nil, err
	}
	numbered := func(folder string, texts, starts []string) []string {
		for i, text := range texts {
			files[fmt.Sprintf("%s/%d.txt", folder, i)] = text
		}
		return starts
	}
	texts, starts := blocks(v.postings(c.coops))
	m.Words = numbered("words", texts, starts)
	texts, starts = toldBlocks(told)
	m.Told = numbered("told", texts, starts)
	for i, block := range slices.Collect(slices.Chunk(c.coops, cardsPerBlock)) {
		var cards [][]any
		for _, coop := range block {
			cards = append(cards, v.searchCard(coop.Slug))
		}
		if files[fmt.Sprintf("cards/%d.json", i)], err = asJSON(cards); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// terms writes the labels of the values of the columns, in their order, a line a kind.
func (v *view) terms(c *columns) string {
	f := newSearchFile("terms", len(c.coops))
	for _, kind := range []struct {
		ids   []string
		label func(id string) string
	}{
		{c.skills.ids, v.skillLabel},
		{c.countries.ids, func(code string) string { return world.CountryName(code, v.in) }},
		{c.languages.ids, func(code string) string { return world.LanguageName(code, v.in) }},
		{c.networks.ids, func(id string) string { return v.networkTerm(id).Label }},
		{c.sectors.ids, func(id string) string { return v.sectorTerm(id).Label }},
	} {
		var labels []string
		for _, id := range kind.ids {
			labels = append(labels, strings.Join(strings.Fields(kind.label(id)), " "))
		}
		f.line(strings.Join(labels, "\t"))
	}
	return f.end()
}

// searchCard is what a result shows of a co-op that is in no column, in the order in which
// assets/js/search/data.js reads it; what is empty at the end is left out.
func (v *view) searchCard(slug string) []any {
	c, k := v.bySlug[slug], v.cards[slug]
	var summary, in string // the language where it is not the reader's
	if k.Summary != nil {
		summary = k.Summary.Text
		if k.Summary.Language != v.in {
			in = k.Summary.Language
		}
	}
	place := mainPlace(c)
	places := []string{}
	for _, l := range c.Locations {
		if l.Place != "" && l.Place != place && !slices.Contains(places, l.Place) {
			places = append(places, l.Place)
		}
	}
	other := []string{}
	for _, u := range c.Skills {
		if u.Other != "" {
			other = append(other, u.Other)
		}
	}
	card := []any{slug, c.Name, k.Mark.Initials, k.Mark.Tint + 8*k.Mark.Shape, place, summary, in, k.Logo, c.FormerNames, other, places, k.From}
	isEmpty := func(value any) bool {
		list, isList := value.([]string)
		return value == "" || isList && len(list) == 0
	}
	for isEmpty(card[len(card)-1]) {
		card = card[:len(card)-1]
	}
	return card
}

func writeFiles(folder string, files map[string]string) error {
	made := map[string]bool{}
	for name, content := range files {
		name = filepath.Join(folder, filepath.FromSlash(name))
		if dir := filepath.Dir(name); !made[dir] {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return err
			}
			made[dir] = true
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:6])
}

func hashOfAll(files map[string]string) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%s %d\n%s", name, len(files[name]), files[name])
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}
