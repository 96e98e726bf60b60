package history

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// Change is a file that is not the same in two commits. Before is empty for one that came, After for one that
// went; where both are there and differ, it was renamed.
type Change struct {
	Before, After string // paths from the top of the repository
}

// Comparison is what a branch would bring.
type Comparison struct {
	Base, Head *Commit
	MergeBase  *Commit // the newest commit that both have

	// Before and After are the files of base without and with what head brings. They are in no commit, so
	// they have no Hash.
	Before, After *Commit
	Changes       []Change // in which the two differ, sorted by path

	// Clashes are the paths that both sides changed since they parted, each in its own way, sorted. Before has
	// what they were when they parted, After what head made of them, so that no change of base looks as if
	// head undid it; what comes of such a file is for whoever merges to say.
	Clashes []string
}

// Compare tells what head brings that base does not have: what merging it would change, file by file,
// renames followed. With histories that do not meet, or are cut off before they could, it fails: that
// nothing differs is said only where it is known.
func (r *Repository) Compare(ctx context.Context, base, head string) (*Comparison, error) {
	from, err := r.resolve(base)
	if err != nil {
		return nil, err
	}
	to, err := r.resolve(head)
	if err != nil {
		return nil, err
	}
	common, err := r.mergeBase(ctx, from, to)
	if err != nil {
		return nil, fmt.Errorf("compare %s with %s: %w", base, head, err)
	}
	var c Comparison
	for at, h := range map[**Commit]plumbing.Hash{&c.Base: from, &c.Head: to, &c.MergeBase: common} {
		if *at, err = r.commit(h); err != nil {
			return nil, err
		}
	}
	m := merging{r: r}
	before, after, err := m.trees(c.MergeBase.tree, c.Base.tree, c.Head.tree, "")
	if err != nil {
		return nil, fmt.Errorf("merge %s with %s: %w", base, head, err)
	}
	c.Clashes = m.clashes
	c.Before, c.After = &Commit{When: c.Base.When, r: r, tree: before}, &Commit{When: c.Head.When, r: r, tree: after}
	changes, err := r.changes(before, after)
	if err != nil {
		return nil, fmt.Errorf("compare %s with %s: %w", base, head, err)
	}
	renamed := r.renames(changes)
	gone := map[string]bool{}
	for _, before := range renamed {
		gone[before.path] = true
	}
	for _, f := range changes {
		switch {
		case !f.before.none() && !f.after.none():
			c.Changes = append(c.Changes, Change{f.path, f.path})
		case f.before.none():
			c.Changes = append(c.Changes, Change{renamed[f.path].path, f.path})
		case !gone[f.path]:
			c.Changes = append(c.Changes, Change{Before: f.path})
		}
	}
	slices.SortFunc(c.Changes, func(a, b Change) int { return strings.Compare(a.path(), b.path()) })
	return &c, nil
}

func (c Change) path() string {
	if c.After == "" {
		return c.Before
	}
	return c.After
}

// changes returns all that differs between two trees.
func (r *Repository) changes(before, after plumbing.Hash) ([]change, error) {
	var all []change
	c := comparison{r: r, emit: func(f change) { all = append(all, f) }}
	err := c.trees(before, after, "")
	return all, err
}

// mergeBase returns the commit where two histories part; of several, the newest.
func (r *Repository) mergeBase(ctx context.Context, base, head plumbing.Hash) (plumbing.Hash, error) {
	known := map[plumbing.Hash]bool{}
	cut, err := r.ancestors(ctx, base, func(h plumbing.Hash) bool {
		fresh := !known[h]
		known[h] = true
		return fresh
	})
	if err != nil {
		return plumbing.ZeroHash, err
	}
	seen := map[plumbing.Hash]bool{}
	var met []plumbing.Hash
	cutBefore, err := r.ancestors(ctx, head, func(h plumbing.Hash) bool {
		switch {
		case seen[h]:
			return false
		case known[h]:
			met = append(met, h)
		}
		seen[h] = true
		return !known[h]
	})
	switch {
	case err != nil:
		return plumbing.ZeroHash, err
	case cutBefore, cut && len(met) == 0: // perhaps they meet where we cannot look
		return plumbing.ZeroHash, ErrShallow
	case len(met) == 0:
		return plumbing.ZeroHash, ErrNoMergeBase
	}
	// One that another descends from says less.
	older := map[plumbing.Hash]bool{}
	for _, h := range met {
		if len(met) == 1 {
			break
		}
		if _, err := r.ancestors(ctx, h, func(a plumbing.Hash) bool {
			fresh := a == h || !older[a]
			older[a] = older[a] || a != h
			return fresh
		}); err != nil {
			return plumbing.ZeroHash, err
		}
	}
	met = slices.DeleteFunc(met, func(h plumbing.Hash) bool { return older[h] })
	best := met[0]
	for _, h := range met[1:] {
		if r.before(h, best) {
			best = h
		}
	}
	return best, nil
}

// ancestors walks from a commit to those before it. It goes on behind those for which visit says yes, and
// tells whether it came where the clone ends.
func (r *Repository) ancestors(ctx context.Context, from plumbing.Hash, visit func(plumbing.Hash) bool) (cut bool, err error) {
	queue := []plumbing.Hash{from}
	for len(queue) > 0 {
		if err := ctx.Err(); err != nil {
			return cut, err
		}
		h := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if !visit(h) {
			continue
		}
		n, err := r.node(h)
		if err != nil {
			return cut, err
		}
		cut = cut || r.shallow[h]
		queue = append(queue, n.parents...)
	}
	return cut, nil
}

// before orders commits that were read, the newest first, and those of one instant by their ids.
func (r *Repository) before(a, b plumbing.Hash) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if order := r.commits[a].when.Compare(r.commits[b].when); order != 0 {
		return order > 0
	}
	return a.String() < b.String()
}
