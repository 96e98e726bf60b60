package history

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/go-git/go-git/v5/plumbing"
)

// merging makes, in memory, the trees that a merge is between: those of base without and with what head
// brings, a file being one thing.
type merging struct {
	r       *Repository
	clashes []string
	count   int
}

// trees merges what base and head made of a folder, which ends in a slash or is "". The zero hash is that of an
// empty one.
func (m *merging) trees(common, base, head plumbing.Hash, folder string) (before, after plumbing.Hash, err error) {
	switch {
	case head == common, head == base:
		return base, base, nil
	case base == common:
		return base, head, nil
	}
	var sides [3]map[string]entry
	names := map[string]entry{} // any entry of that name
	for i, h := range []plumbing.Hash{common, base, head} {
		if sides[i], err = m.entries(h); err != nil {
			return before, after, fmt.Errorf("read folder %q: %w", folder, err)
		}
		for name, e := range sides[i] {
			names[name] = e
		}
	}
	var left, right []named
	for name := range names {
		if m.count++; m.count > maxEntries {
			return before, after, errTooLarge
		}
		b, a, err := m.entry(sides[0][name], sides[1][name], sides[2][name], folder+name)
		if err != nil {
			return before, after, err
		}
		left, right = append(left, named{name, b}), append(right, named{name, a})
	}
	slices.Sort(m.clashes)
	return m.r.make(left), m.r.make(right), nil
}

// entry merges what is at a path.
func (m *merging) entry(common, base, head entry, path string) (before, after entry, err error) {
	switch {
	case head == common, head == base:
		return base, base, nil
	case base == common:
		return base, head, nil
	case len(path) > 4096:
		return before, after, errTooLarge
	case (base.isFolder() || base.none()) && (head.isFolder() || head.none()) && (base.isFolder() || head.isFolder()):
		in := func(e entry) plumbing.Hash {
			if e.isFolder() {
				return e.hash
			}
			return plumbing.ZeroHash
		}
		b, a, err := m.trees(in(common), in(base), in(head), path+"/")
		return treeEntry(b), treeEntry(a), err
	}
	m.clashes = append(m.clashes, path)
	return common, head, nil
}

// treeEntry is an entry for a tree, and none for an empty one: git has no empty folders.
func treeEntry(h plumbing.Hash) entry {
	if h == plumbing.ZeroHash {
		return entry{}
	}
	return entry{modeFolder, h}
}

// entries returns what is in a tree by name. No honest tree names one twice.
func (m *merging) entries(h plumbing.Hash) (map[string]entry, error) {
	data, err := m.r.tree(h)
	if err != nil {
		return nil, err
	}
	entries := map[string]entry{}
	for len(data) > 0 {
		name, e, size, err := cutEntry(data)
		if err != nil {
			return nil, err
		}
		if _, twice := entries[string(name)]; twice {
			return nil, fmt.Errorf("%w: two entries are named %q", errMalformed, name)
		}
		entries[string(name)] = e
		data = data[size:]
	}
	return entries, nil
}

// named is an entry with its name.
type named struct {
	name string
	entry
}

// make keeps a tree of entries, as git would write it, and returns its hash.
func (r *Repository) make(entries []named) plumbing.Hash {
	entries = slices.DeleteFunc(entries, func(e named) bool { return e.none() })
	if len(entries) == 0 {
		return plumbing.ZeroHash
	}
	slices.SortFunc(entries, func(a, b named) int { return compare([]byte(a.name), a.entry, []byte(b.name), b.entry) })
	var data []byte
	for _, e := range entries {
		data = strconv.AppendUint(data, uint64(e.mode), 8)
		data = append(data, ' ')
		data = append(data, e.name...)
		data = append(data, 0)
		data = append(data, e.hash[:]...)
	}
	h := plumbing.ComputeHash(plumbing.TreeObject, data)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.made[h] = data
	return h
}
