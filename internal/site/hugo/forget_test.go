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
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept := func() int {
		if err := Render(t.Context(), job); err != nil {
			t.Fatal(err)
		}
		runtime.GC()
		runtime.GC() // what is pooled goes at the second
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc >> 10)
	}
	first := kept()
	kept()
	if last := kept(); last > first+4<<10 {
		t.Errorf("after one site %d KB are kept, after three %d KB", first, last)
	}
}
