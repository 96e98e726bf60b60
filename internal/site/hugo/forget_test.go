package hugo

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"coops/internal/site"
)

// What was made of one site is let go before the next: `coops serve` renders hundreds of times.
func TestNothingIsKeptOfASite(t *testing.T) {
	dir := t.TempDir()
	job := site.Job{Source: dir, Configs: []string{filepath.Join(dir, "hugo.yaml")}, Output: filepath.Join(dir, "public")}
	files := map[string]string{"hugo.yaml": "baseURL: https://ring.example\ndisableKinds: [taxonomy, term, rss, sitemap]\n", "layouts/home.html": "{{ range site.Data.words }}{{ . }}{{ end }}"}
	for i := range 8 {
		files[fmt.Sprintf("data/words%d.json", i)] = `["` + strings.Repeat("word", 1<<18) + `"]` // a megabyte
	}
	lay(t, dir, files)
	kept := func() int {
		if err := Render(t.Context(), job); err != nil {
			t.Fatal(err)
		}
		return held()
	}
	first := kept()
	kept()
	if last := kept(); last > first+4<<10 {
		t.Errorf("after one site %d KB are kept, after three %d KB", first, last)
	}
}

// A site that is kept keeps nothing of the edits before the last.
func TestNothingIsKeptOfAnEdit(t *testing.T) {
	dir := t.TempDir()
	job := site.Job{Source: dir, Configs: []string{filepath.Join(dir, "hugo.yaml")}, Output: filepath.Join(dir, "public")}
	edit := func(word string) {
		text := `{"word": "` + strings.Repeat(word, 1<<20) + `"}` // two megabytes
		lay(t, dir, map[string]string{"data/page.json": fmt.Sprintf("[%q]", text)})
	}
	lay(t, dir, map[string]string{
		"hugo.yaml":         "baseURL: https://ring.example\ndisableKinds: [taxonomy, term, rss, sitemap]\n",
		"layouts/home.html": "{{ range site.Data.page }}{{ with transform.Unmarshal . }}{{ substr .word 0 2 }}{{ end }}{{ end }}",
	})
	edit("aa")
	k, err := Keep(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	first := held()
	for _, word := range []string{"bb", "cc", "dd", "ee"} {
		edit(word)
		if err := k.Render(t.Context(), []string{filepath.Join(dir, "data", "page.json")}); err != nil {
			t.Fatal(err)
		}
		if page, err := os.ReadFile(filepath.Join(dir, "public", "index.html")); err != nil || string(page) != word {
			t.Fatalf("the page says %.20q, want %q; %v", page, word, err)
		}
	}
	if last := held(); last > first+4<<10 {
		t.Errorf("after one edit %d KB are kept, after five %d KB", first, last)
	}
}

// held returns how much memory is in use, in KB.
func held() int {
	runtime.GC()
	runtime.GC() // what is pooled goes at the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc >> 10)
}

// lay writes files into a folder.
func lay(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
