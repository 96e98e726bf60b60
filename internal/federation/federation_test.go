package federation_test

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"coops/internal/directory"
	"coops/internal/federation"
)

const today = directory.Date("2026-11-23")

// vocabulary is what every directory of these tests has.
var vocabulary = map[string]string{
	"data/skills/web.yaml": "web-development:\n  label: {en: Web, es: Web, fr: Web, pt: Web}\n  asks: {en: We need a site., es: Un sitio., fr: Un site., pt: Um site.}\n",
	"data/networks.yaml":   "ring: {name: Ring, website: \"https://ring.example\"}\n",
	"data/sectors.yaml":    "food:\n  label: {en: Food, es: Comida, fr: Aliments, pt: Comida}\n",
	"data/coops/fern.yaml": "name: Fern\nwebsite: https://fern.example\nlisted_by: third-party\nsource: {name: A list, url: \"https://list.example\", licence: CC0-1.0, retrieved: 2026-06-10}\n",
}

func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed; these tests make repositories with it")
	}
	cmd := exec.CommandContext(t.Context(), "git", append([]string{"-c", "user.name=T", "-c", "user.email=t@t.example"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// commit writes files into a repository and commits them; a file of no text is removed.
func commit(t *testing.T, dir string, files map[string]string) string {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if text == "" {
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git(t, dir, "add", "-A")
	git(t, dir, "commit", "-q", "-m", "x")
	return git(t, dir, "rev-parse", "HEAD")
}

func repository(t *testing.T) (dir, hash string) {
	t.Helper()
	dir = t.TempDir()
	git(t, dir, "init", "-q", "--initial-branch=main")
	return dir, commit(t, dir, vocabulary)
}

func asItIs(files fs.FS) (fs.FS, error) { return files, nil }

func synced(t *testing.T, s federation.Source, folder string) federation.Outcome {
	t.Helper()
	o, err := federation.Sync(t.Context(), s, folder, asItIs, today)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// shown loads the copy of a source beside nothing, and returns the names of its co-ops and what was said.
func shown(t *testing.T, s federation.Source, folder string) (names, said []string) {
	t.Helper()
	d, messages, err := federation.Load(t.Context(), &directory.Directory{}, []federation.Source{s}, folder, today)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range d.Coops {
		names = append(names, c.Name)
	}
	for _, m := range messages {
		said = append(said, m.ID)
	}
	return names, said
}

func TestSourcesAreThoseOfTheSettings(t *testing.T) {
	read := func(text string) ([]federation.Source, error) {
		return federation.Sources(fstest.MapFS{"hugo.yaml": {Data: []byte(text)}})
	}
	got, err := read("params:\n  sources:\n    - {id: a, name: A, repository: \"https://a.example/r\", folder: sites/a, branch: next}\n    - {id: b, name: B, repository: \"https://b.example/r\"}\n")
	want := []federation.Source{{ID: "a", Name: "A", Repository: "https://a.example/r", Folder: "sites/a", Branch: "next"}, {ID: "b", Name: "B", Repository: "https://b.example/r"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := read("params: {sources: [{id: a, name: A}, {id: a, name: B}]}\n"); err == nil {
		t.Error("an id may be there twice")
	}
	for _, none := range []string{"", "title: x\n", "params: {}\n", "{"} {
		if got, err := read(none); len(got) != 0 || err != nil {
			t.Errorf("%q: got %v, %v", none, got, err)
		}
	}
	if got, err := federation.Sources(fstest.MapFS{}); len(got) != 0 || err != nil {
		t.Errorf("without settings: got %v, %v", got, err)
	}
}

func TestASourceIsFollowedOrStaysAtACommit(t *testing.T) {
	dir, first := repository(t)
	folder := filepath.Join(t.TempDir(), federation.Folder)
	follows := federation.Source{ID: "a", Name: "A", Repository: "file://" + dir}
	stays := federation.Source{ID: "b", Name: "B", Repository: "file://" + dir, Commit: first}
	for _, s := range []federation.Source{follows, stays} {
		if o := synced(t, s, folder); o.Failure != nil || o.Coops != 1 || o.Copy.Commit != first || o.Copy.Fetched != today {
			t.Fatalf("%s: got %+v", s.ID, o)
		}
	}
	second := commit(t, dir, map[string]string{"data/coops/fern.yaml": strings.Replace(vocabulary["data/coops/fern.yaml"], "Fern", "Farn", 1)})
	for s, want := range map[federation.Source]string{follows: second, stays: first} {
		if o := synced(t, s, folder); o.Copy.Commit != want {
			t.Errorf("%s: got %s, want %s", s.ID, o.Copy.Commit, want)
		}
		name := map[string]string{first: "Fern", second: "Farn"}[want]
		if names, said := shown(t, s, folder); !slices.Equal(names, []string{name}) || len(said) > 0 {
			t.Errorf("%s: got %v, %v", s.ID, names, said)
		}
	}
}

// TestWhatIsWrongWithASourceCostsItsFreshnessAlone breaks a source in every way, and holds that its copy stays.
func TestWhatIsWrongWithASourceCostsItsFreshnessAlone(t *testing.T) {
	link := func(t *testing.T, dir string) {
		if err := os.Symlink("/etc/passwd", filepath.Join(dir, "data/coops/link.yaml")); err != nil {
			t.Skip(err)
		}
		commit(t, dir, nil)
	}
	for what, c := range map[string]struct {
		wreck func(t *testing.T, dir string)
		id    string
	}{
		"gone":      {func(t *testing.T, dir string) { os.RemoveAll(dir) }, "sources.down"},
		"no branch": {func(t *testing.T, dir string) { git(t, dir, "branch", "-m", "main", "trunk") }, "sources.down"},
		"no data": {func(t *testing.T, dir string) {
			git(t, dir, "rm", "-qr", "data")
			git(t, dir, "commit", "-q", "--allow-empty", "-m", "x")
		}, "sources.down"},
		"a mistake": {func(t *testing.T, dir string) {
			commit(t, dir, map[string]string{"data/coops/x.yaml": "name: X\nlisted_by: me\n"})
		}, "sources.broken"},
		"a link": {link, "sources.broken"},
		"a large file": {func(t *testing.T, dir string) {
			commit(t, dir, map[string]string{"data/coops/x.yaml": strings.Repeat("# x\n", 70_000)})
		}, "sources.broken"},
		"a deep file": {func(t *testing.T, dir string) {
			commit(t, dir, map[string]string{"data/coops/x.yaml": "name: " + strings.Repeat("[", 30_000)})
		}, "sources.broken"},
		"an odd name": {func(t *testing.T, dir string) {
			commit(t, dir, map[string]string{"data/coops/\x1b[2J.yaml": "name: X\n"})
		}, "sources.broken"},
	} {
		t.Run(what, func(t *testing.T) {
			dir, first := repository(t)
			folder := filepath.Join(t.TempDir(), federation.Folder)
			s := federation.Source{ID: "a", Name: "A", Repository: "file://" + dir, Branch: "main"}
			synced(t, s, folder)
			c.wreck(t, dir)
			o := synced(t, s, folder)
			if o.Failure == nil || o.Failure.ID != c.id || o.Copy == nil || o.Copy.Commit != first {
				t.Errorf("got %+v", o)
			}
			if names, said := shown(t, s, folder); !slices.Equal(names, []string{"Fern"}) || len(said) > 0 {
				t.Errorf("got %v, %v", names, said)
			}
			if entries, _ := os.ReadDir(folder); len(entries) != 1 {
				t.Errorf("something was left behind: %v", entries)
			}
		})
	}
}

func TestACopyThatIsNotSoundIsNotShown(t *testing.T) {
	dir, _ := repository(t)
	folder := filepath.Join(t.TempDir(), federation.Folder)
	s := federation.Source{ID: "a", Name: "A", Repository: "file://" + dir}
	if _, said := shown(t, s, folder); !slices.Equal(said, []string{"sources.never"}) {
		t.Errorf("never fetched: %v", said)
	}
	synced(t, s, folder)
	moved := s
	moved.Repository += "/elsewhere"
	if names, said := shown(t, moved, folder); len(names) > 0 || !slices.Equal(said, []string{"sources.unusable"}) {
		t.Errorf("of another place: %v, %v", names, said)
	}
	name := filepath.Join(folder, "a.zip")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data[:len(data)/2], 0o644); err != nil {
		t.Fatal(err)
	}
	if names, said := shown(t, s, folder); len(names) > 0 || !slices.Equal(said, []string{"sources.unusable"}) {
		t.Errorf("half a copy: %v, %v", names, said)
	}
	if o := synced(t, s, folder); o.Failure != nil {
		t.Errorf("it is not fetched anew: %+v", o)
	}
	if names, _ := shown(t, s, folder); len(names) != 1 {
		t.Errorf("got %v", names)
	}
}

func TestStoppingLeavesTheCopy(t *testing.T) {
	dir, first := repository(t)
	folder := filepath.Join(t.TempDir(), federation.Folder)
	s := federation.Source{ID: "a", Name: "A", Repository: "file://" + dir}
	synced(t, s, folder)
	commit(t, dir, map[string]string{"data/coops/gorse.yaml": strings.ReplaceAll(strings.Replace(vocabulary["data/coops/fern.yaml"], "Fern", "Gorse", 1), "fern", "gorse")})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := federation.Sync(ctx, s, folder, asItIs, today); err == nil {
		t.Error("a stopped sync says nothing")
	}
	if names, _ := shown(t, s, folder); !slices.Equal(names, []string{"Fern"}) {
		t.Errorf("got %v, want those of %s", names, first)
	}
	if entries, _ := os.ReadDir(folder); len(entries) != 1 {
		t.Errorf("something was left behind: %v", entries)
	}
}
