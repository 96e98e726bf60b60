package history

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// entry is one line of a tree: a file, a folder, a link or a submodule. The zero entry is none.
type entry struct {
	mode uint32 // as git writes it
	hash plumbing.Hash
}

// Modes of an entry.
const (
	modeFolder     = 0o040000
	modeExecutable = 0o100755
	modeLink       = 0o120000
	modeModule     = 0o160000
)

func (e entry) none() bool     { return e.mode == 0 }
func (e entry) isFolder() bool { return e.mode == modeFolder }
func (e entry) isFile() bool   { return e.mode&0o170000 == 0o100000 }

// tree reads the bytes of a tree. The zero hash is that of an empty one.
func (r *Repository) tree(h plumbing.Hash) ([]byte, error) {
	if h == plumbing.ZeroHash {
		return nil, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if made, ok := r.made[h]; ok {
		return made, nil
	}
	return r.objects.read(h, plumbing.TreeObject)
}

// cutEntry takes the first entry from the bytes of a tree: its mode, a space, its name, a zero byte and
// its hash. An empty tree has none.
func cutEntry(tree []byte) (name []byte, e entry, size int, err error) {
	if len(tree) == 0 {
		return nil, e, 0, nil
	}
	space := bytes.IndexByte(tree[:min(len(tree), 8)], ' ')
	end := bytes.IndexByte(tree, 0)
	size = end + 1 + len(e.hash)
	if space < 1 || end <= space+1 || size > len(tree) {
		return nil, e, 0, errMalformed
	}
	mode, err := strconv.ParseUint(string(tree[:space]), 8, 32)
	if err != nil || mode == 0 {
		return nil, e, 0, errMalformed
	}
	name = tree[space+1 : end]
	if bytes.IndexByte(name, '/') >= 0 || string(name) == "." || string(name) == ".." {
		return nil, e, 0, fmt.Errorf("%w: an entry is named %q", errMalformed, name)
	}
	e.mode = uint32(mode)
	copy(e.hash[:], tree[end+1:])
	return name, e, size, nil
}

// lookup finds the entry at a path below a tree, "." being the tree itself. It is none where there is
// nothing.
func (r *Repository) lookup(tree plumbing.Hash, name string) (entry, error) {
	e := entry{modeFolder, tree}
	if name == "." || name == "" {
		return e, nil
	}
	for part := range strings.SplitSeq(name, "/") {
		if !e.isFolder() {
			return entry{}, nil
		}
		entries, err := r.entries(e.hash)
		if err != nil {
			return entry{}, fmt.Errorf("read folder of %s: %w", name, err)
		}
		e = entries[part]
		if e.none() {
			return e, nil
		}
	}
	return e, nil
}

// maxListed is how many entries are kept of trees that files were looked up in.
const maxListed = 200_000

// entries returns what is in a tree by name, and keeps it: whoever opens one file of a folder often opens them all. Of two entries
// of a name, which no honest tree has, the first counts.
func (r *Repository) entries(h plumbing.Hash) (map[string]entry, error) {
	r.mu.Lock()
	entries, ok := r.listed[h]
	r.mu.Unlock()
	if ok {
		return entries, nil
	}
	data, err := r.tree(h)
	if err != nil {
		return nil, err
	}
	entries = map[string]entry{}
	for len(data) > 0 {
		name, e, size, err := cutEntry(data)
		if err != nil {
			return nil, err
		}
		if _, twice := entries[string(name)]; !twice {
			entries[string(name)] = e
		}
		data = data[size:]
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.listedSize += len(entries); r.listedSize > maxListed || r.listed == nil {
		r.listed, r.listedSize = map[plumbing.Hash]map[string]entry{}, len(entries)
	}
	r.listed[h] = entries
	return entries, nil
}

// change is a path whose entry is not the same in two trees; none is where it is in one alone. Folders
// are never among them, but what is in them.
type change struct {
	path          string
	before, after entry
}

// maxEntries is how many entries of trees one comparison looks at. A few small trees that name each other
// can stand for billions of files.
const maxEntries = 1_000_000

// comparison compares trees.
type comparison struct {
	r     *Repository
	enter func(folder string) bool // whether to look into a folder; nil: into all
	emit  func(change)             // is told each path that differs
	count int
}

// trees compares two trees that stand for a folder, which ends in a slash or is "". What is the same at the
// beginning or the end is compared as bytes: most versions of a folder differ from the one before in one
// entry.
func (c *comparison) trees(before, after plumbing.Hash, folder string) error {
	if before == after {
		return nil
	}
	a, err := c.r.tree(before)
	if err != nil {
		return err
	}
	b, err := c.r.tree(after)
	if err != nil {
		return err
	}
	for len(a) != len(b) || !bytes.Equal(a, b) {
		n, err := same(a, b)
		if err != nil {
			return fmt.Errorf("read folder %q: %w", folder, err)
		}
		a, b = a[n:], b[n:]
		left, e, i, err := cutEntry(a)
		if err != nil {
			return fmt.Errorf("read folder %q: %w", folder, err)
		}
		right, f, j, err := cutEntry(b)
		if err != nil {
			return fmt.Errorf("read folder %q: %w", folder, err)
		}
		switch order := compare(left, e, right, f); {
		case order < 0:
			err = c.entries(folder+string(left), e, entry{})
			a = a[i:]
		case order > 0:
			err = c.entries(folder+string(right), entry{}, f)
			b = b[j:]
		default:
			err = c.entries(folder+string(left), e, f)
			a, b = a[i:], b[j:]
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// entries compares what is at a path in two trees.
func (c *comparison) entries(path string, before, after entry) error {
	if c.count++; c.count > maxEntries || len(path) > 4096 {
		return errTooLarge
	}
	if before.isFolder() || after.isFolder() { // a folder is never compared with a file
		if c.enter != nil && !c.enter(path) {
			return nil
		}
		return c.trees(before.hash, after.hash, path+"/")
	}
	if before != after {
		c.emit(change{path, before, after})
	}
	return nil
}

// same returns how many bytes of whole entries two trees have in common at their beginning.
func same(a, b []byte) (int, error) {
	const block = 256
	common := 0
	for common+block <= min(len(a), len(b)) && bytes.Equal(a[common:common+block], b[common:common+block]) {
		common += block
	}
	for common < min(len(a), len(b)) && a[common] == b[common] {
		common++
	}
	n := 0
	for n < common {
		end := bytes.IndexByte(a[n:], 0)
		if end < 0 {
			return 0, errMalformed
		}
		next := n + end + 1 + len(plumbing.ZeroHash)
		if next > common {
			break
		}
		n = next
	}
	return n, nil
}

// compare orders entries as git does, a folder as if its name ended in a slash; none comes last.
func compare(a []byte, e entry, b []byte, f entry) int {
	switch {
	case e.none():
		return 1
	case f.none():
		return -1
	}
	n := min(len(a), len(b))
	if order := bytes.Compare(a[:n], b[:n]); order != 0 {
		return order
	}
	next := func(name []byte, e entry) byte {
		switch {
		case len(name) > n:
			return name[n]
		case e.isFolder():
			return '/'
		}
		return 0
	}
	return int(next(a, e)) - int(next(b, f))
}
