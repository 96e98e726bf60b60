package cli

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// Whoever opens a directory finishes what was interrupted, and does nothing that an interrupted change could not have begun.
func TestAJournalIsFinishedOrRefused(t *testing.T) {
	for _, c := range []struct {
		name, plan string
		isSound    bool
	}{
		{"a change", `[{"name": "data/coops/bracken.yaml", "from": "0"}, {"name": "data/coops/fern.yaml"}]`, true},
		{"done but for its end", `[{"name": "data/coops/bracken.yaml", "from": "0"}, {"name": "data/coops/fern.yaml"}, {"name": "data/coops/fern.yaml"}]`, true},
		{"a way out", `[{"name": "../fern.yaml", "from": "0"}]`, false},
		{"a file that is no data", `[{"name": "hugo.yaml", "from": "0"}]`, false},
		{"a file from elsewhere", `[{"name": "data/coops/bracken.yaml", "from": "../coops/fern.yaml"}]`, false},
		{"no plan", `{`, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, text := range map[string]string{"data/coops/fern.yaml": "name: Fern\n", "hugo.yaml": "title: T\n", journal + "/0": "name: Bracken\n", journalPlan: c.plan} {
				file := filepath.Join(dir, filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			w, err := openWorkspace(dir, fstest.MapFS{})
			if (err == nil) != c.isSound {
				t.Fatalf("opened with %v", err)
			}
			is := func(name string) bool {
				_, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name)))
				return err == nil
			}
			if err == nil {
				w.Close()
			}
			if is("data/coops/bracken.yaml") != c.isSound || is("data/coops/fern.yaml") == c.isSound || is(journal) == c.isSound {
				t.Error("what was to be done was not, or more than that")
			}
			if text, _ := os.ReadFile(filepath.Join(dir, "hugo.yaml")); string(text) != "title: T\n" {
				t.Errorf("hugo.yaml is %q", text)
			}
		})
	}
}

// What a change wrote that was killed before it held is in nobody's way, and gone after the next change.
func TestWhatNeverBecameAJournalGoes(t *testing.T) {
	dir := t.TempDir()
	left := filepath.Join(dir, filepath.FromSlash(journal)+"-left")
	if err := os.MkdirAll(left, 0o755); err != nil {
		t.Fatal(err)
	}
	w, err := openWorkspace(dir, fstest.MapFS{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.writeAll(t.Context(), []change{{name: "data/networks.yaml", after: []byte("ring: {name: Ring}\n")}}); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Join(dir, "data"))
	if err != nil || len(entries) != 1 || entries[0].Name() != "networks.yaml" {
		t.Errorf("data has %v, %v", entries, err)
	}
}
