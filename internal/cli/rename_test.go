package cli

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

func TestAChangeThatFailsTakesThoseBeforeItBack(t *testing.T) {
	dir := t.TempDir()
	coops := filepath.Join(dir, "data", "coops")
	if err := os.MkdirAll(coops, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"fern.yaml": "name: Fern\n", "gorse.yaml": "successor: fern\n"} {
		if err := os.WriteFile(filepath.Join(coops, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	w, err := openWorkspace(dir, fstest.MapFS{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()

	err = w.writeAll(t.Context(), []change{
		{name: "data/coops/bracken.yaml", after: []byte("name: Fern\n"), mode: 0o644},
		{name: "data/coops/gorse.yaml", before: []byte("successor: fern\n"), after: []byte("successor: bracken\n")},
		{name: "data/nowhere/hour.yaml", before: []byte("hosts: [fern]\n"), after: []byte("hosts: [bracken]\n")},
		{name: "data/coops/fern.yaml"},
	})
	if err == nil {
		t.Fatal("a file in a folder that is not there was written")
	}
	entries, err := os.ReadDir(coops)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if len(names) != 2 || names[0] != "fern.yaml" || names[1] != "gorse.yaml" {
		t.Errorf("there are %v, want what was there before", names)
	}
	if got, _ := os.ReadFile(filepath.Join(coops, "gorse.yaml")); string(got) != "successor: fern\n" {
		t.Errorf("gorse.yaml is %q", got)
	}
}
