package scratch_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"coops/internal/scratch"
)

func TestWhatNobodyWorksInGoes(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{".work-1/deep", ".work-2", "other", ".works"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, ".work-file"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "other"), filepath.Join(dir, ".work-link")); err != nil {
		t.Fatal(err)
	}
	first, err := scratch.Make(dir, ".work-*")
	if err != nil {
		t.Fatal(err)
	}
	second, err := scratch.Make(dir, ".work-*")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{".work-1": false, ".work-2": false, "other": true, ".works": true, ".work-file": true, ".work-link": true, filepath.Base(first.Path): true, filepath.Base(second.Path): true} {
		if _, err := os.Lstat(filepath.Join(dir, name)); (err == nil) != want {
			t.Errorf("%s is there: %t, want %t", name, err == nil, want)
		}
	}
	for _, f := range []*scratch.Folder{first, second} {
		if err := f.Remove(); err != nil {
			t.Error(err)
		}
		if _, err := os.Lstat(f.Path); err == nil {
			t.Errorf("%s is still there", f.Path)
		}
	}
}

// Many at once leave each other alone.
func TestManyWorkBesideEachOther(t *testing.T) {
	dir := t.TempDir()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				f, err := scratch.Make(dir, ".work-*")
				if err != nil {
					t.Error(err)
					return
				}
				if err := os.WriteFile(filepath.Join(f.Path, "file"), []byte("x"), 0o644); err != nil {
					t.Error(err)
				}
				if err := f.Remove(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
