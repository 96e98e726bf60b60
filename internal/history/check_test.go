package history_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"coops/internal/check"
	"coops/internal/history"
	"coops/internal/problem"
)

const network = "../../examples/network"

// committed makes a repository of the invented network with what a stranger might add to it, and returns its
// head.
func committed(t *testing.T, add func(dir string)) *history.Commit {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed; these tests make repositories with it")
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS(filepath.Join(network, "data"))); err != nil {
		t.Fatal(err)
	}
	settings, err := os.ReadFile(filepath.Join(network, "hugo.yaml"))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "hugo.yaml"), settings, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	add(filepath.Join(dir, "data", "coops"))
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"-c", "user.name=S", "-c", "user.email=s@s.example", "commit", "-q", "-m", "x"}} {
		cmd := exec.CommandContext(t.Context(), "git", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	if err := os.RemoveAll(filepath.Join(dir, "data")); err != nil { // a commit alone is enough
		t.Fatal(err)
	}
	r, err := history.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	c, err := r.Commit("HEAD")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDirectoryOfACommitIsThatOfItsFiles(t *testing.T) {
	c := committed(t, func(string) {})
	got, report, err := check.Directory(t.Context(), c, "2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	want, wanted, err := check.Directory(t.Context(), os.DirFS(network), "2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(report, wanted) {
		t.Errorf("of the commit: %d co-ops, %d files, %d problems; of the files: %d co-ops, %d files, %d problems",
			len(got.Coops), report.Files, len(report.Problems), len(want.Coops), wanted.Files, len(wanted.Problems))
	}
}

// TestStrangersFilesAreProblemsAndNothingElse checks, as a commit, what a pull request could bring.
func TestStrangersFilesAreProblemsAndNothingElse(t *testing.T) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	c := committed(t, func(coops string) {
		must(os.Symlink("/etc/passwd", filepath.Join(coops, "passwd.yaml")))
		must(os.Symlink("../../../..", filepath.Join(coops, "above")))
		must(os.WriteFile(filepath.Join(coops, "huge.yaml"), []byte("name: "+strings.Repeat("x", 10<<20)), 0o644))
		must(os.WriteFile(filepath.Join(coops, "caf\xe9.yaml"), []byte("name: Café\n"), 0o644))
		must(os.MkdirAll(filepath.Join(coops, "deep", "er"), 0o755))
		must(os.WriteFile(filepath.Join(coops, "deep", "er", "x.yaml"), []byte("name: X\n"), 0o644))
		for i := range 1000 {
			must(os.WriteFile(filepath.Join(coops, fmt.Sprintf("many-%d.yaml", i)), []byte("name: [\n"), 0o644))
		}
	})
	_, report, err := check.Directory(context.Background(), fs.FS(c), "2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, p := range report.Problems {
		if p.Severity() == problem.Error {
			found[strings.TrimPrefix(p.File, "data/coops/")]++
		}
	}
	for _, name := range []string{"passwd.yaml", "above", "huge.yaml", "caf\xe9.yaml", "deep", "many-0.yaml", "many-999.yaml"} {
		if found[name] == 0 {
			t.Errorf("%q has no problem", name)
		}
	}
}
