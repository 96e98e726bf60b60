package history

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
)

// treeOf writes a tree of files that are named by letters, in order; a space leaves a name out. What a letter
// after it says is the content.
func treeOf(contents string) []byte {
	var b bytes.Buffer
	for i, c := range contents {
		if c != ' ' {
			b.WriteString("100644 ")
			b.WriteByte('a' + byte(i))
			b.WriteByte(0)
			b.Write(bytes.Repeat([]byte{byte(c)}, len(plumbing.ZeroHash)))
		}
	}
	return b.Bytes()
}

// FuzzTrees compares trees that anyone might make up. Whatever they are, it ends; and where both can be read and
// name nothing twice nor in disorder, each difference is told once.
func FuzzTrees(f *testing.F) {
	for _, pair := range [][2]string{{"xyz", "xyz"}, {"xyz", "xaz"}, {"xyz", " yz"}, {"xyz", "xy "}, {"", "xyz"}, {"x z", "xyz"}, {"xyzabcdefg", "yyzabcdefh"},
		{"\x00\x00 ", "\x00 \x00"}, {"aa a a", "aaaa  "}} {
		f.Add(treeOf(pair[0]), treeOf(pair[1]))
	}
	f.Add([]byte("40000 a\x00"), []byte("hello"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		left, right := plumbing.NewHash("01"), plumbing.NewHash("02")
		left[0], right[0] = 1, 2
		r := &Repository{objects: &objects{kept: map[place]object{
			{loose: left}:  {plumbing.TreeObject, a},
			{loose: right}: {plumbing.TreeObject, b},
		}}}
		got, times := map[string]change{}, 0
		c := comparison{r: r, enter: func(string) bool { return false }, emit: func(f change) { got[f.path] = f; times++ }}
		err := c.trees(left, right, "")
		before, fine := entriesOf(a)
		after, alsoFine := entriesOf(b)
		if !fine || !alsoFine {
			return
		}
		if err != nil {
			t.Fatalf("%q and %q: %v", a, b, err)
		}
		want := map[string]change{}
		for name, e := range before {
			if after[name] != e {
				want[name] = change{name, e, after[name]}
			}
		}
		for name, e := range after {
			if before[name].none() {
				want[name] = change{name, entry{}, e}
			}
		}
		if !maps.Equal(got, want) || times != len(want) {
			t.Errorf("%q and %q: got %v (%d), want %v", a, b, got, times, want)
		}
	})
}

// entriesOf reads a tree of files in order, and tells whether it is one.
func entriesOf(tree []byte) (map[string]entry, bool) {
	entries := map[string]entry{}
	last := ""
	for len(tree) > 0 {
		name, e, size, err := cutEntry(tree)
		if err != nil || string(name) <= last || e.isFolder() {
			return nil, false
		}
		last = string(name)
		entries[last] = e
		tree = tree[size:]
	}
	return entries, true
}

// FuzzCommits reads commits that anyone might make up.
func FuzzCommits(f *testing.F) {
	const id = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
	f.Add([]byte("tree " + id + "\nparent " + id + "\nauthor A <a> 1 +0000\ncommitter A > <b> 1700000000 +0200\n\nhello\n"))
	f.Add([]byte("tree " + id + "\ncommitter \n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if n, err := parseCommit(data); (n == nil) == (err == nil) {
			t.Errorf("%q: %v, %v", data, n, err)
		}
	})
}

// FuzzCache reads caches that anyone might make up, with the checksum right.
func FuzzCache(f *testing.F) {
	f.Add(cacheFormat + "\n4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\"data\"\nfile 1 2 \"data/a\"\ngone 1 2 \"b\"\n")
	f.Add(cacheFormat + "\n\n\"data\"\nfile")
	bare := f.TempDir()
	for _, name := range []string{"objects", "refs"} {
		if err := os.Mkdir(filepath.Join(bare, name), 0o755); err != nil {
			f.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(bare, "HEAD"), []byte("ref: refs/heads/main\n"), 0o644); err != nil {
		f.Fatal(err)
	}
	r, err := Open(bare)
	if err != nil {
		f.Fatal(err)
	}
	defer r.Close()
	f.Fuzz(func(t *testing.T, body string) {
		name := filepath.Join(t.TempDir(), "cache")
		if err := os.WriteFile(name, []byte(checksum(body)+"\n"+body), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, folder := range []string{"data", ""} {
			if found := r.readCache(name, folder); found != nil {
				t.Errorf("%q is taken for the cache of a commit that is not there", body)
			}
		}
	})
}
