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
	if err := os.MkdirAll(filepath.Join(folder, "layouts", "_partials", "coop"), 0o755); err != nil {
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
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	edited := strings.NewReplacer("\nmembers:", "\nformer_names: [Los de antes]\nmembers:", "Hacemos programas", "Hacemos otros programas").Replace(string(data))
	write(file, edited)
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

	// With problems the page stays, and they are told.
	write(file, edited+"colour: red\n")
	hear(4)
	if !strings.Contains(page(paths[0]), "Los de antes") {
		t.Error("an edit with problems has changed the page")
	}
	// No page is made of templates that the rest of the site is not made of.
	write(filepath.Join(folder, "layouts", "_partials", "coop", "record.html"), "another template")
	write(file, strings.Replace(edited, "Los de antes", "Los otros", 1))
	hear(5)
	if got := page(paths[0]); !strings.Contains(got, "Los otros") || !strings.Contains(got, "another template") {
		t.Error("an edit is shown by a template that has changed")
	}
	// And the new templates make the pages that are glanced at from then on.
	card = page("/es/countries/ar/")
	write(file, strings.NewReplacer("Los de antes", "Los demás", "otros programas", "muchos programas").Replace(edited))
	hear(6)
	if got := page(paths[1]); !strings.Contains(got, "Los demás") || !strings.Contains(got, "another template") || page("/es/countries/ar/") != card {
		t.Error("there are no glances after a change of templates")
	}
}
