package site

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// news is one co-op in the feed: data/news/<language>.json is a list of them, the one listed last first.
type news struct {
	Slug    string `json:"slug"`
	Listed  string `json:"listed"`  // date
	Updated string `json:"updated"` // date
}

// mostNews is how many co-ops the feed tells of.
const mostNews = 50

// news returns the co-ops at work that were listed last. Those of which nothing is known are left out.
func (v *view) news() []news {
	all := []news{}
	for _, c := range v.Coops {
		listed := v.listedOn(c)
		if listed == "" || c.Ended() {
			continue
		}
		all = append(all, news{c.Slug, string(listed), string(max(listed, v.history[c.Slug].Last, readOn(c), c.Confirmed))})
	}
	slices.SortFunc(all, func(a, b news) int {
		return cmp.Or(strings.Compare(b.Listed, a.Listed), strings.Compare(a.Slug, b.Slug))
	})
	return all[:min(len(all), mostNews)]
}

// addIcon writes favicon.ico, which some ask for without having looked at a page: the PNG of 32 pixels that
// the pages' head had made, in the envelope of that format.
func addIcon(public string) error {
	picture, err := os.ReadFile(filepath.Join(public, "favicon.png"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // a theme of one's own need not have one
	}
	if err != nil {
		return fmt.Errorf("read the icon: %w", err)
	}
	const start = 6 + 16                                        // of the picture, after the header and the one entry
	icon := []byte{0, 0, 1, 0, 1, 0, 32, 32, 0, 0, 1, 0, 32, 0} // an icon with one picture of 32 by 32 pixels, 32 bits each
	icon = binary.LittleEndian.AppendUint32(icon, uint32(len(picture)))
	icon = binary.LittleEndian.AppendUint32(icon, start)
	if err := os.WriteFile(filepath.Join(public, "favicon.ico"), append(icon, picture...), 0o644); err != nil {
		return fmt.Errorf("write the icon: %w", err)
	}
	return nil
}
