package history

import (
	"bytes"
	"cmp"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

const (
	alike      = 50       // of a hundred, from which two files are one that was renamed; git's own measure
	maxPairs   = 10_000   // of files to compare after the sure ones
	maxCompare = 64 << 10 // bytes of a file to compare; no profile is larger
)

// renames tells which of the files that came are ones that went, by their new path. First those whose content
// is the same, then those that kept their name and some of the content, then whichever are most alike.
// Where a clone leaves contents out, the first alone are found.
func (r *Repository) renames(changes []change) map[string]change {
	var came, went []change
	for _, c := range changes {
		switch {
		case c.before.none() && c.after.isFile():
			came = append(came, c)
		case c.after.none() && c.before.isFile():
			went = append(went, c)
		}
	}
	if len(came) == 0 || len(went) == 0 {
		return nil
	}
	byPath := func(a, b change) int { return strings.Compare(a.path, b.path) }
	slices.SortFunc(came, byPath)
	slices.SortFunc(went, byPath)
	m := matching{r: r, of: map[string]change{}, taken: map[string]bool{}, texts: map[plumbing.Hash]text{}}
	content := func(path string, e entry) string { return e.hash.String() }
	name := func(file string, e entry) string { return path.Base(file) }
	both := func(file string, e entry) string { return content(file, e) + name(file, e) }
	m.match(came, went, both, 0)
	m.match(came, went, content, 0)
	m.match(came, went, name, alike)
	m.alike(came, went)
	return m.of
}

// matching pairs files that came with files that went.
type matching struct {
	r     *Repository
	of    map[string]change // path of a file that came -> the one that went
	taken map[string]bool   // which of those that went
	texts map[plumbing.Hash]text
}

func (m *matching) pair(came, went change) { m.of[came.path], m.taken[went.path] = went, true }

func (m *matching) paired(came change) bool {
	_, ok := m.of[came.path]
	return ok
}

// match pairs files of the same key, in the order of their paths, that are as much alike as asked.
func (m *matching) match(came, went []change, key func(string, entry) string, least int) {
	waiting := map[string][]change{}
	for _, w := range went {
		if !m.taken[w.path] {
			k := key(w.path, w.before)
			waiting[k] = append(waiting[k], w)
		}
	}
	for _, c := range came {
		k := key(c.path, c.after)
		q := waiting[k]
		if !m.paired(c) && len(q) > 0 && (least == 0 || m.score(c, q[0]) >= least) {
			m.pair(c, q[0])
			waiting[k] = q[1:]
		}
	}
}

// alike pairs what is left, those that are most alike first.
func (m *matching) alike(came, went []change) {
	came = slices.DeleteFunc(came, func(c change) bool { return m.paired(c) })
	went = slices.DeleteFunc(went, func(w change) bool { return m.taken[w.path] })
	if len(came)*len(went) > maxPairs {
		return
	}
	type pair struct {
		came, went change
		score      int
	}
	var pairs []pair
	for _, c := range came {
		for _, w := range went {
			if score := m.score(c, w); score >= alike {
				pairs = append(pairs, pair{c, w, score})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.score, a.score) })
	for _, p := range pairs {
		if !m.paired(p.came) && !m.taken[p.went.path] {
			m.pair(p.came, p.went)
		}
	}
}

// score tells how much of two files is the same, of a hundred of the larger one.
func (m *matching) score(came, went change) int {
	a, b := m.text(went.before.hash), m.text(came.after.hash)
	common := 0
	for line, n := range a.lines {
		common += min(n, b.lines[line]) * len(line)
	}
	return common * 100 / max(a.size, b.size, 1)
}

// text is how often each line is in a file. One that cannot be read has none.
type text struct {
	lines map[string]int
	size  int
}

func (m *matching) text(h plumbing.Hash) text {
	if t, ok := m.texts[h]; ok {
		return t
	}
	t := text{lines: map[string]int{}}
	if reader, err := m.r.blob(h); err == nil {
		data, err := io.ReadAll(io.LimitReader(reader, maxCompare+1))
		reader.Close()
		if err == nil && len(data) <= maxCompare {
			t.size = len(data)
			for line := range bytes.Lines(data) {
				t.lines[string(line)]++
			}
		}
	}
	m.texts[h] = t
	return t
}
