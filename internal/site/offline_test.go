package site

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWorkerKnowsItsBuildAndSmallSearchData(t *testing.T) {
	finished := func(files map[string]string) string {
		t.Helper()
		public := t.TempDir()
		files["sw.js"] = `const site="@site@";`
		for name, text := range files {
			file := filepath.Join(public, name)
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if err := finishWorker(public, []string{"en", "es"}); err != nil {
			t.Fatal(err)
		}
		code, err := os.ReadFile(filepath.Join(public, "sw.js"))
		if err != nil {
			t.Fatal(err)
		}
		return string(code)
	}
	site := func() map[string]string {
		return map[string]string{"index.html": "home", "search/facets.0123456789ab.txt": "f", "search/en/a.0123456789ab.txt": "a", "search/es/b.0123456789ab.txt": "b", "search/es/deep/c.txt": "c", "about/index.html": "x"}
	}
	first := finished(site())
	want := `"search":{"":["search/en/a.0123456789ab.txt","search/facets.0123456789ab.txt"],"es/":["search/es/b.0123456789ab.txt","search/es/deep/c.txt","search/facets.0123456789ab.txt"]}`
	if !strings.Contains(first, want) {
		t.Errorf("got %s, want %s in it", first, want)
	}
	if again := finished(site()); again != first {
		t.Errorf("the same site is another build: %s, %s", first, again)
	}
	for name, text := range map[string]string{"index.html": "home, a day later", "api/v1/coops.json": "[{}]", "search/es/b.0123456789ab.txt": "c"} {
		files := site()
		files[name] = text
		if other := finished(files); other == first {
			t.Errorf("another %s is the same build", name)
		}
	}
	files := site()
	files["search/es/b.0123456789ab.txt"] = strings.Repeat("b", mostForOffline+1)
	if got := finished(files); !strings.Contains(got, `"es/":[]`) {
		t.Errorf("%s: large search data is to be kept unasked", fmt.Sprintf("%.200s", got))
	}
}
