package site

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/png" // logos
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"coops/internal/directory"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	_ "golang.org/x/image/webp" // logos
	"golang.org/x/text/unicode/norm"
)

// The picture that other sites show beside a link to a co-op (og:image) is drawn by the theme
// (layouts/_partials/picture). What the renderer cannot know is measured here: how large a name can
// be written, and whether the font has its letters at all.

// picture is what a co-op's picture says: data/pictures.json is a map from slug to picture. A co-op that is
// not in it, because its name is in letters that the font lacks, shares the directory's picture.
type picture struct {
	Name  string `json:"name"`           // its lines
	Size  int    `json:"size"`           // of the name's letters, in pixels
	Where string `json:"where"`          // in the first language of the site; empty: not known, or not in the font
	Logo  string `json:"logo,omitempty"` // as an asset; empty: the mark
	Mark  mark   `json:"mark"`
}

const (
	pictureWidth = 520     // of a line of the name, in pixels
	maxLogo      = 1 << 20 // pixels of a logo that is drawn; a small file can hold a huge picture
)

// nameSizes are the sizes of a name's letters, each with how many lines there is room for.
var nameSizes = []struct{ size, lines int }{{52, 1}, {44, 2}, {38, 2}, {32, 3}, {26, 3}, {21, 3}}

// pictures lays out the pictures of co-ops; of those with a logo that can be drawn it takes the logo.
func (v *view) pictures(of []*directory.Coop, logos fs.FS) (map[string]picture, error) {
	medium, err := newTypeface(gomedium.TTF)
	if err != nil {
		return nil, err
	}
	pictures := map[string]picture{}
	for _, c := range of {
		name, size := medium.fit(norm.NFC.String(c.Name))
		k := v.cards[c.Slug]
		if name == "" || !medium.has(k.Mark.Initials) {
			continue
		}
		p := picture{Name: name, Size: size, Mark: k.Mark}
		if lines, ok := medium.wrap(strings.Fields(k.Where), 21); ok && len(lines) == 1 && medium.has(k.Where) {
			p.Where = k.Where
		}
		if drawable(logos, c) {
			p.Logo = "logos/" + c.Logo
		}
		pictures[c.Slug] = p
	}
	return pictures, nil
}

// drawable tells whether a co-op has a logo that can be read to its end and is not too large for it.
func drawable(logos fs.FS, c *directory.Coop) bool {
	if c.Logo == "" {
		return false
	}
	data, err := fs.ReadFile(logos, c.Logo)
	if err != nil {
		return false
	}
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || head.Width > maxLogo || head.Height > maxLogo || head.Width*head.Height > maxLogo {
		return false
	}
	_, _, err = image.Decode(bytes.NewReader(data))
	return err == nil
}

// typeface measures text.
type typeface struct {
	letters *sfnt.Font
	faces   map[int]font.Face // by size
}

func newTypeface(source []byte) (*typeface, error) {
	letters, err := opentype.Parse(source)
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	t := &typeface{letters, map[int]font.Face{}}
	for _, s := range nameSizes {
		if t.faces[s.size], err = opentype.NewFace(letters, &opentype.FaceOptions{Size: float64(s.size), DPI: 72}); err != nil {
			return nil, fmt.Errorf("scale the font: %w", err)
		}
	}
	return t, nil
}

// has tells whether the font has a glyph for every letter.
func (t *typeface) has(text string) bool {
	var buffer sfnt.Buffer
	for _, r := range text {
		if glyph, err := t.letters.GlyphIndex(&buffer, r); err != nil || glyph == 0 {
			return false
		}
	}
	return true
}

// fit breaks a text into lines at the largest size at which it fits; empty where it cannot be written.
func (t *typeface) fit(text string) (lines string, size int) {
	words := strings.Fields(text)
	if len(words) == 0 || !t.has(strings.Join(words, " ")) {
		return "", 0
	}
	for _, s := range nameSizes {
		if lines, ok := t.wrap(words, s.size); ok && len(lines) <= s.lines {
			return strings.Join(lines, "\n"), s.size
		}
	}
	return "", 0
}

// wrap breaks words into lines; not ok where one word is wider than a line.
func (t *typeface) wrap(words []string, size int) (lines []string, ok bool) {
	fits := func(line string) bool { return font.MeasureString(t.faces[size], line).Ceil() <= pictureWidth }
	for _, word := range words {
		if last := len(lines) - 1; last >= 0 && fits(lines[last]+" "+word) {
			lines[last] += " " + word
			continue
		}
		if !fits(word) {
			return nil, false
		}
		lines = append(lines, word)
	}
	return lines, true
}

// stagePictures writes what the pictures are made from into folder: their layout, the font, the logos.
func (b Build) stagePictures(folder string, v *view) (map[string]picture, error) {
	pictures, err := b.layOut(folder, v, v.Coops)
	if err != nil {
		return nil, err
	}
	if err := writeJSON(filepath.Join(folder, "data", "pictures.json"), pictures); err != nil {
		return nil, err
	}
	return pictures, writeFiles(filepath.Join(folder, "assets", "fonts"), map[string]string{"medium.ttf": string(gomedium.TTF)})
}

// layOut lays out the pictures of co-ops and copies their logos into folder.
func (b Build) layOut(folder string, v *view, of []*directory.Coop) (map[string]picture, error) {
	logos := filepath.Join(b.Dir, "data", "logos")
	pictures, err := v.pictures(of, os.DirFS(logos))
	if err != nil {
		return nil, err
	}
	for _, p := range pictures {
		if p.Logo == "" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(logos, filepath.Base(p.Logo)))
		if err != nil {
			return nil, err
		}
		if err := writeFiles(filepath.Join(folder, "assets", "logos"), map[string]string{filepath.Base(p.Logo): string(data)}); err != nil {
			return nil, err
		}
	}
	return pictures, nil
}

// mostKept is how many drawn pictures the cache holds before it is begun anew.
const mostKept = 10_000

// takeKept puts the pictures that earlier builds drew where the renderer looks for them. Their names come
// from what they are drawn of. It only saves time: what cannot be read is drawn again.
func (b Build) takeKept(drawn string) {
	if b.Cache == "" {
		return
	}
	kept := 0
	_ = filepath.WalkDir(b.Cache, func(string, fs.DirEntry, error) error { kept++; return nil })
	if kept > mostKept {
		_ = os.RemoveAll(b.Cache)
	}
	_ = os.CopyFS(drawn, os.DirFS(b.Cache))
}

// keep puts what this build drew into the cache, each picture in one step, so that nobody finds half of one.
func (b Build) keep(drawn string) {
	if b.Cache == "" {
		return
	}
	_ = filepath.WalkDir(drawn, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		inside, err := filepath.Rel(drawn, name)
		if err != nil {
			return err
		}
		kept := filepath.Join(b.Cache, inside)
		if _, err := os.Stat(kept); err == nil {
			return nil
		}
		if err := os.MkdirAll(filepath.Dir(kept), 0o755); err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		half, err := os.CreateTemp(filepath.Dir(kept), ".half-*")
		if err != nil {
			return err
		}
		_, err = half.Write(data)
		if err = errors.Join(err, half.Close()); err == nil {
			err = os.Rename(half.Name(), kept)
		}
		if err != nil {
			_ = os.Remove(half.Name())
		}
		return err
	})
}
