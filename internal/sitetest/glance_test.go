package sitetest

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// An edit of one profile is shown at once on the page of the co-op, in every language, as the build of the whole will show
// it a little later.
func TestAGlanceShowsWhatTheBuildWill(t *testing.T) {
	folder, err := os.MkdirTemp(filepath.Join(root, "bin"), "site-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	if err := os.CopyFS(filepath.Join(folder, "data"), os.DirFS(filepath.Join(root, "examples", "network", "data"))); err != nil {
		t.Fatal(err)
	}
	serve := exec.CommandContext(t.Context(), filepath.Join(root, "bin", "coops"), "serve", "--port", "0", "--dir", folder)
	serve.Cancel = func() error { return serve.Process.Signal(os.Interrupt) }
	said, err := serve.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = serve.Wait() })
	address := ""
	for lines := bufio.NewScanner(said); address == "" && lines.Scan(); {
		if _, rest, found := strings.Cut(lines.Text(), "Serving on "); found {
			address, _, _ = strings.Cut(rest, "/ ")
		}
	}
	go func() { _, _ = io.Copy(io.Discard, said) }()

	get := func(path string) *http.Response {
		t.Helper()
		r, err := http.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { r.Body.Close() })
		return r
	}
	page := func(path string) string {
		t.Helper()
		body, err := io.ReadAll(get(path).Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	news := bufio.NewScanner(get("/.coops/events").Body)
	hear := func(build int) {
		t.Helper()
		for news.Scan() {
			var n struct{ Build int }
			if data, ok := strings.CutPrefix(news.Text(), "data: "); ok && json.Unmarshal([]byte(data), &n) == nil && n.Build == build {
				return
			}
		}
		t.Fatalf("build %d is not told of: %v", build, news.Err())
	}
	hear(1)
	const profile = "horneros"
	paths := []string{"/coops/" + profile + "/", "/es/coops/" + profile + "/", "/pt/coops/" + profile + "/"}
	file := filepath.Join(folder, "data", "coops", profile+".yaml")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	card := page("/es/countries/ar/")
	if err := os.WriteFile(file, []byte(strings.Replace(string(data), "members:", "former_names: [Los de antes]\nmembers:", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	hear(2)
	glanced := map[string]string{}
	for _, p := range paths {
		if glanced[p] = page(p); !strings.Contains(glanced[p], "Los de antes") {
			t.Errorf("%s does not show the edit", p)
		}
	}
	if page("/es/countries/ar/") != card {
		t.Error("the whole was built before, so this test shows nothing")
	}
	hear(3)
	for _, p := range paths {
		want := strings.Split(glanced[p], "\n")
		for i, line := range strings.Split(page(p), "\n") {
			if strings.Contains(line, "og:image") {
				continue // it is drawn with the whole, and named anew
			}
			if i >= len(want) || line != want[i] {
				t.Errorf("%s, line %d: the build makes %q of it", p, i+1, line)
				break
			}
		}
	}
}
