package history

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

func TestCommitIsAFileSystem(t *testing.T) {
	made := newRepository(t)
	made.put(folder0+"/fern.yaml", profile("fern", 1))
	made.put("a/b/c/d.txt", "deep")
	made.put("a.b", "sorts before a/ for git")
	made.put("empty", "")
	made.put("large", strings.Repeat("large ", smallBlob))
	made.put("run", "#!/bin/sh\n")
	if err := os.Symlink("../../../etc/passwd", filepath.Join(made.dir, "link")); err != nil {
		t.Fatal(err)
	}
	made.git("add", "-A")
	made.git("update-index", "--chmod=+x", "run")
	made.record(nil)
	for _, packed := range []bool{false, true} {
		if packed {
			made.git("gc", "-q")
		}
		c, err := made.open().Commit("HEAD")
		if err != nil {
			t.Fatal(err)
		}
		if err := fstest.TestFS(c, folder0+"/fern.yaml", "a/b/c/d.txt", "a.b", "empty", "large", "run", "link"); err != nil {
			t.Errorf("packed %t: %v", packed, err)
		}
		for name, want := range map[string]string{"link": "L---------", "run": "-rwxr-xr-x", "empty": "-rw-r--r--", "data": "d---------"} {
			info, err := c.Stat(name)
			if got := fmt.Sprint(info.Mode()); err != nil || got[:1] != want[:1] || want[1] != '-' && got != want {
				t.Errorf("%s is %s, %v; want %s", name, got, err, want)
			}
		}
		if target, err := c.ReadLink("link"); target != "../../../etc/passwd" || err != nil {
			t.Errorf("the link leads to %q, %v", target, err)
		}
		if _, err := c.Open("link/x"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("behind the link: %v", err)
		}
		if info, err := c.Stat("large"); err != nil || info.Size() != 6*smallBlob || info.ModTime() != day(made.day) {
			t.Errorf("large: %v, %v", info, err)
		}
		if data, err := fs.ReadFile(c, "large"); err != nil || len(data) != 6*smallBlob {
			t.Errorf("large: %d bytes, %v", len(data), err)
		}
		if sub, err := fs.Sub(c, "a/b"); err != nil {
			t.Error(err)
		} else if err := fstest.TestFS(sub, "c/d.txt"); err != nil {
			t.Error(err)
		}
	}
}

func TestCommitIsReadFromManyGoroutines(t *testing.T) {
	made := newRepository(t)
	for i := range 20 {
		made.put(fmt.Sprintf("%s/%d.yaml", folder0, i), profile(fmt.Sprint(i), 1))
	}
	made.put("large", strings.Repeat("large ", smallBlob))
	made.commit()
	made.git("gc", "-q")
	c, err := made.open().Commit("HEAD")
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for i := range 20 {
				name := fmt.Sprintf("%s/%d.yaml", folder0, i)
				if data, err := c.ReadFile(name); err != nil || string(data) != profile(fmt.Sprint(i), 1) {
					t.Errorf("%s: %q, %v", name, data, err)
				}
			}
			if data, err := c.ReadFile("large"); err != nil || len(data) != 6*smallBlob {
				t.Errorf("large: %d bytes, %v", len(data), err)
			}
		})
	}
	wait.Wait()
}

func TestHugeFileIsReadOnlyAsFarAsAsked(t *testing.T) {
	made := newRepository(t)
	made.put("huge", strings.Repeat("0123456789abcdef", 4<<20))
	made.commit()
	made.git("gc", "-q")
	c, err := made.open().Commit("HEAD")
	if err != nil {
		t.Fatal(err)
	}
	data := make([]byte, 100)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f, err := c.Open("huge")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := io.ReadFull(f, data); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if taken := after.TotalAlloc - before.TotalAlloc; taken > 8<<20 || !bytes.HasPrefix(data, []byte("0123456789abcdef")) {
		t.Errorf("took %d bytes to read %q of a file of 64 MiB", taken, data)
	}
}

func TestNamesThatAreNoneAreRefused(t *testing.T) {
	c, err := small(t).open().Commit("HEAD")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "/data", "data/", "../data", "data/../data", "./data", "data//coops", "caf\xe9"} {
		if _, err := c.Open(name); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("Open(%q): %v, want %v", name, err, fs.ErrInvalid)
		}
	}
	if _, err := c.Open("data/coops/fern.yaml/x"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("below a file: %v", err)
	}
}

// TestTreesNoGitWouldMake reads trees that were made to mislead.
func TestTreesNoGitWouldMake(t *testing.T) {
	made := newRepository(t)
	made.put("x", "1")
	made.commit()
	blob := raw(made.git("rev-parse", "HEAD:x"))
	line := func(mode, name, hash string) string { return mode + " " + name + "\x00" + hash }
	for name, tree := range map[string]string{
		"twice the same name": line("100644", "a", blob) + line("100644", "a", blob),
		"a way out":           line("100644", "..", blob),
		"this folder":         line("40000", ".", raw(made.git("rev-parse", "HEAD^{tree}"))),
		"a path for a name":   line("100644", "a/b", blob),
		"no name":             line("100644", "", blob),
		"cut off":             line("100644", "a", blob)[:20],
		"no mode":             line("", "a", blob),
		"a mode of nothing":   line("0", "a", blob),
		"a mode of letters":   line("abc", "a", blob),
		"a very long mode":    line(strings.Repeat("0", 50)+"100644", "a", blob),
		"noise":               "hello",
	} {
		t.Run(name, func(t *testing.T) {
			id := gitIn(t, made.dir, strings.NewReader(tree), "hash-object", "--literally", "-t", "tree", "-w", "--stdin")
			commit := fmt.Sprintf("tree %s\nparent %s\nauthor a <a> 1 +0000\ncommitter a <a> 1 +0000\n\nx", id, made.git("rev-parse", "main"))
			head := gitIn(t, made.dir, strings.NewReader(commit), "hash-object", "-t", "commit", "-w", "--stdin")
			r := made.open()
			c, err := r.Commit(head)
			if err != nil {
				t.Fatal(err)
			}
			if entries, err := c.ReadDir("."); !errors.Is(err, errMalformed) {
				t.Errorf("ReadDir: %v, %v", entries, err)
			}
			if name == "twice the same name" {
				return // that they differ is told
			}
			if got, err := r.Compare(t.Context(), "main", head); !errors.Is(err, errMalformed) {
				t.Errorf("Compare: %v, %v", got, err)
			}
		})
	}
}

func TestFewTreesForBillionsOfFilesAreTooMany(t *testing.T) {
	made := newRepository(t)
	made.put("x", "1")
	made.commit()
	id, mode := made.git("rev-parse", "HEAD:x"), "100644"
	for range 12 {
		var tree strings.Builder
		for i := range 10 {
			fmt.Fprintf(&tree, "%s %d\x00%s", mode, i, raw(id))
		}
		id, mode = gitIn(t, made.dir, strings.NewReader(tree.String()), "hash-object", "-t", "tree", "-w", "--stdin"), "40000"
	}
	commit := fmt.Sprintf("tree %s\nparent %s\nauthor a <a> 1 +0000\ncommitter a <a> 1 +0000\n\nx", id, made.git("rev-parse", "main"))
	head := gitIn(t, made.dir, strings.NewReader(commit), "hash-object", "-t", "commit", "-w", "--stdin")
	r := made.open()
	if _, err := r.Compare(t.Context(), "main", head); !errors.Is(err, errTooLarge) {
		t.Errorf("Compare: %v", err)
	}
	if _, err := r.Dates(t.Context(), head, "1", ""); !errors.Is(err, errTooLarge) {
		t.Errorf("Dates: %v", err)
	}
}

func TestCommitsNoGitWouldMake(t *testing.T) {
	made := newRepository(t)
	made.put("x", "1")
	made.commit()
	tree := made.git("rev-parse", "HEAD^{tree}")
	for name, text := range map[string]string{
		"nothing":             "",
		"no tree":             "author a <a> 1 +0000\ncommitter a <a> 1 +0000\n\nx",
		"no committer":        "tree " + tree + "\nauthor a <a> 1 +0000\n\ncommitter a <a> 1 +0000\n",
		"no time":             "tree " + tree + "\nauthor a <a> 1 +0000\ncommitter a <a>\n\nx",
		"a time of letters":   "tree " + tree + "\nauthor a <a> 1 +0000\ncommitter a <a> soon +0000\n\nx",
		"a tree that is none": "tree 12\nauthor a <a> 1 +0000\ncommitter a <a> 1 +0000\n\nx",
	} {
		t.Run(name, func(t *testing.T) {
			head := gitIn(t, made.dir, strings.NewReader(text), "hash-object", "--literally", "-t", "commit", "-w", "--stdin")
			if c, err := made.open().Commit(head); err == nil {
				t.Errorf("read as %v", c)
			}
		})
	}
}

func TestSubmoduleIsSeenAndNotOpened(t *testing.T) {
	made := newRepository(t)
	made.put("x", "1")
	head := made.commit()
	made.git("update-index", "--add", "--cacheinfo", "160000,"+head+",module")
	made.record([]string{head})
	r := made.open()
	c, err := r.Commit("HEAD")
	if err != nil {
		t.Fatal(err)
	}
	if info, err := c.Stat("module"); err != nil || info.Mode().IsRegular() || info.IsDir() {
		t.Errorf("Stat: %v, %v", info, err)
	}
	if _, err := c.Open("module"); err == nil {
		t.Error("it can be opened")
	}
	if got, err := r.Compare(t.Context(), "HEAD~1", "HEAD"); err != nil || len(got.Changes) != 1 {
		t.Errorf("Compare: %v, %v", got, err)
	}
}

// raw returns the bytes of an id.
func raw(id string) string {
	var b []byte
	fmt.Sscanf(id, "%x", &b)
	return string(b)
}
