package site

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"coops/internal/directory"

	"golang.org/x/image/font/gofont/gomedium"
)

func TestNamesAreWrittenAsLargeAsTheyFit(t *testing.T) {
	medium, err := newTypeface(gomedium.TTF)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, lines string
		size        int
	}{
		{"Cambá", "Cambá", 52},
		{"Rapid Assessment Delivery Cooperative (RAD COP)", "Rapid Assessment Delivery\nCooperative (RAD COP)", 38},
		{"Żółć Čeština Ελληνικά Кооператив", "Żółć Čeština Ελληνικά\nКооператив", 44},
		{strings.Repeat("co-op ", 20), "", 0}, // checked below
		{"تعاونية", "", 0},
		{"合作社", "", 0},
		{"Nice 🎉 co-op", "", 0},
		{strings.Repeat("w", 120), "", 0},
	} {
		lines, size := medium.fit(c.name)
		if strings.HasPrefix(c.name, "co-op co-op") {
			if n := strings.Count(lines, "\n") + 1; n != 3 || size < 21 {
				t.Errorf("a name of %d letters: %d lines of size %d", len(c.name), n, size)
			}
			continue
		}
		if lines != c.lines || size != c.size {
			t.Errorf("%q: got %q at %d, want %q at %d", c.name, lines, size, c.lines, c.size)
		}
	}
}

// Somebody else's logo must not be able to stop the build.
func TestOnlySoundLogosAreDrawn(t *testing.T) {
	var sound, huge bytes.Buffer
	if err := png.Encode(&sound, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&huge, image.NewGray(image.Rect(0, 0, 4000, 4000))); err != nil {
		t.Fatal(err)
	}
	logos := fstest.MapFS{
		"sound.png": {Data: sound.Bytes()},
		"huge.png":  {Data: huge.Bytes()},
		"half.png":  {Data: sound.Bytes()[:sound.Len()/2]},
		"none.webp": {Data: []byte("RIFF\x00\x00\x00\x00WEBP")},
	}
	for name, want := range map[string]bool{"sound.png": true, "huge.png": false, "half.png": false, "none.webp": false, "missing.png": false, "": false} {
		if got := drawable(logos, &directory.Coop{Logo: name}); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}

func TestDrawnPicturesAreKeptForTheNextBuild(t *testing.T) {
	b := Build{Cache: filepath.Join(t.TempDir(), "cache")}
	b.takeKept(filepath.Join(t.TempDir(), "drawn")) // there is no cache yet
	first, second := t.TempDir(), filepath.Join(t.TempDir(), "deep", "drawn")
	if err := os.MkdirAll(filepath.Join(first, "images"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(first, "images", "a.png"), []byte("a"), 0o644); err != nil {
		t.Fatal(err)
	}
	b.keep(first)
	b.takeKept(second)
	if got, err := os.ReadFile(filepath.Join(second, "images", "a.png")); string(got) != "a" {
		t.Errorf("got %q, %v", got, err)
	}
	if err := os.RemoveAll(b.Cache); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(b.Cache, nil, 0o644); err != nil { // a file where the folder should be: nothing is kept, nothing fails
		t.Fatal(err)
	}
	b.takeKept(filepath.Join(t.TempDir(), "drawn"))
	b.keep(first)
}
