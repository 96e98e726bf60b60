package site

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"coops"
	"coops/internal/archive"
	"coops/internal/check"
)

// TestARestoredDirectoryMakesTheSameSite goes once round: data, archive, restored data, and what is staged of both.
func TestARestoredDirectoryMakesTheSameSite(t *testing.T) {
	original := t.TempDir()
	for _, from := range []fs.FS{os.DirFS("../../examples/network"), coops.Program} {
		for _, part := range []string{"data", "hugo.yaml"} {
			if err := lay(original, from, part); err != nil {
				t.Fatal(err)
			}
		}
	}
	staged := func(dir string) (folder string, packed []byte) {
		t.Helper()
		files := os.DirFS(dir)
		d, report, err := check.Directory(t.Context(), files, "2026-11-23")
		if err != nil || report.Failed() {
			t.Fatalf("%s: %v, %d problems", dir, err, len(report.Problems))
		}
		folder = t.TempDir()
		if _, _, err := (Build{Directory: d, Files: files, Dir: dir, Program: coops.Program, Today: "2026-11-23"}).stage(folder); err != nil {
			t.Fatal(err)
		}
		packed, err = os.ReadFile(filepath.Join(folder, "export", archiveName))
		if err != nil {
			t.Fatal(err)
		}
		return folder, packed
	}
	first, packed := staged(original)
	copied := filepath.Join(t.TempDir(), "copy")
	if _, err := archive.Restore(bytes.NewReader(packed), int64(len(packed)), copied); err != nil {
		t.Fatal(err)
	}
	same(t, filepath.Join(original, "data"), filepath.Join(copied, "data"))
	second, again := staged(copied)
	if !bytes.Equal(packed, again) {
		t.Error("the archive of the restored directory is another one")
	}
	for _, part := range []string{"data", "search", "api", "export", "assets"} {
		same(t, filepath.Join(first, part), filepath.Join(second, part))
	}
}

// lay copies a file or folder, and leaves what is already there.
func lay(dir string, from fs.FS, part string) error {
	return fs.WalkDir(from, part, func(name string, e fs.DirEntry, err error) error {
		target := filepath.Join(dir, filepath.FromSlash(name))
		if err != nil || e.IsDir() {
			return errors.Join(err, os.MkdirAll(target, 0o755))
		}
		data, err := fs.ReadFile(from, name)
		if _, there := os.Stat(target); err != nil || there == nil {
			return err
		}
		return os.WriteFile(target, data, 0o644)
	})
}

// same holds that every file of a folder is in the other, byte for byte.
func same(t *testing.T, a, b string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(a, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		relative, err := filepath.Rel(a, name)
		if err != nil {
			return err
		}
		want, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if got, err := os.ReadFile(filepath.Join(b, relative)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s differs: %v", relative, err)
		}
		return nil
	})
	if err != nil || files == 0 {
		t.Errorf("%s: %d files, %v", a, files, err)
	}
}

func TestTheArchiveIsPublished(t *testing.T) {
	b := newBuild(t)
	if err := os.MkdirAll(filepath.Join(b.Dir, "data", "coops"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b.Dir, "data", "coops", "fern.yaml"), []byte("name: Fern\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	b.Files = os.DirFS(b.Dir)
	size := 0
	render := b.Render
	b.Render = func(ctx context.Context, job Job) error {
		data, err := os.ReadFile(filepath.Join(filepath.Dir(job.Configs[len(job.Configs)-1]), "data", "exports.json"))
		if err != nil || !bytes.Contains(data, []byte(`"directory.zip":`)) {
			t.Errorf("the templates do not get its size: %s, %v", data, err)
		}
		size = len(data)
		return render(ctx, job)
	}
	if _, err := b.Run(t.Context()); err != nil || size == 0 {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(b.Output, "export", "directory.zip")); err != nil || info.Size() == 0 {
		t.Error(err)
	}
}
