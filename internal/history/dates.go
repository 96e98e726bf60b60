package history

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// Dates says when a file was first and last changed: the instants, in UTC, of the commits that did it.
type Dates struct{ First, Last time.Time }

func (d *Dates) add(when time.Time) {
	if d.Last.IsZero() { // younger commits come first
		d.Last = when
	}
	if d.First.IsZero() || when.Before(d.First) {
		d.First = when
	}
}

// Dates tells of every file below a folder of a commit, by its path in that folder, when it was first and last
// changed. It follows renames, also from elsewhere in the repository. A change made on a branch is dated by
// the commit that made it, not by the merge that brought it; what the merge took from neither side is the
// merge's own. A file that was removed and came back counts from when it first was there.
//
// The cache is the name of a file in which to keep what was found, so that the next time only newer commits
// are looked at; "" keeps nothing. A cache that is missing, damaged, or of another history is written anew.
func (r *Repository) Dates(ctx context.Context, revision, folder, cache string) (map[string]Dates, error) {
	head, err := r.resolve(revision)
	if err != nil {
		return nil, err
	}
	known := r.readCache(cache, folder)
	found, err := r.walk(ctx, head, folder, known)
	if errors.Is(err, errStale) || known != nil && errors.Is(err, ErrIncomplete) {
		found, err = r.walk(ctx, head, folder, nil)
	}
	if err != nil {
		return nil, fmt.Errorf("date the files of %s: %w", folder, err)
	}
	if known == nil || known.commit != found.commit {
		writeCache(cache, found)
	}
	dates := make(map[string]Dates, len(found.files))
	for path, d := range found.files {
		dates[strings.TrimPrefix(path, within(folder))] = d
	}
	return dates, nil
}

// within is what the paths of a folder begin with.
func within(folder string) string {
	if folder == "" || folder == "." {
		return ""
	}
	return folder + "/"
}

// ledger is what is known of a folder at a commit.
type ledger struct {
	commit plumbing.Hash
	folder string
	files  map[string]Dates // that are there, by their path in the repository
	gone   map[string]Dates // that once were there
}

// errStale says that a cache does not tell what the walk asks.
var errStale = errors.New("the cache is of no use")

// walk goes from the head to the older commits, each after all that come after it. With every commit it knows
// the paths that lead to a file it dates: a path goes on to the parent in which it is the same, and where it
// is the same in none, this commit changed it. With a ledger it ends where that knows on.
type walk struct {
	r      *Repository
	folder string                  // ends in a slash, or is ""
	ids    map[string]int          // of files at the head and gone names, by path
	dates  []Dates                 // by id
	at     map[plumbing.Hash]*step // what is followed at the commits yet to come
	enter  map[string]bool         // folders in which something is followed, and those above them
}

// step is what is followed at a commit. The names that nothing is known of are followed together along one line,
// where they are not there, so that removed files are found.
type step struct {
	paths  map[string]trail
	others bool
}

// trail is whose past a path is: of one file, but for rare histories.
type trail []int

func (r *Repository) walk(ctx context.Context, head plumbing.Hash, folder string, known *ledger) (*ledger, error) {
	w := &walk{r: r, folder: within(folder), ids: map[string]int{}, at: map[plumbing.Hash]*step{}, enter: map[string]bool{}}
	var from plumbing.Hash
	if known != nil {
		from = known.commit
	}
	order, err := r.between(ctx, from, head)
	if err != nil {
		return nil, err
	}
	files, err := w.list(head)
	if err != nil {
		return nil, err
	}
	w.open(w.folder) // also where nothing is left in it
	w.at[head] = &step{map[string]trail{}, true}
	for _, path := range files {
		w.follow(head, path, trail{w.id(path)})
	}
	for _, h := range order {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if followed, ok := w.at[h]; ok {
			delete(w.at, h)
			if err := w.visit(h, followed); err != nil {
				return nil, err
			}
		}
	}
	found := &ledger{commit: head, folder: folder, files: map[string]Dates{}, gone: map[string]Dates{}}
	if known != nil {
		if err := w.settle(known, found); err != nil {
			return nil, err
		}
	}
	for path, id := range w.ids {
		if d := w.dates[id]; !d.Last.IsZero() {
			found.gone[path] = d
		}
	}
	for _, path := range files {
		found.files[path] = w.dates[w.ids[path]]
		delete(found.gone, path)
	}
	return found, nil
}

// list returns the files of the folder at a commit.
func (w *walk) list(h plumbing.Hash) ([]string, error) {
	n, err := w.r.node(h)
	if err != nil {
		return nil, err
	}
	var files []string
	top, err := w.r.lookup(n.tree, strings.TrimSuffix(w.folder, "/"))
	if err != nil || !top.isFolder() {
		return nil, err
	}
	c := comparison{r: w.r, emit: func(f change) { files = append(files, f.path) }}
	return files, c.trees(plumbing.ZeroHash, top.hash, w.folder)
}

// id returns the number of a file at the head or a name that is gone.
func (w *walk) id(path string) int {
	id, ok := w.ids[path]
	if !ok {
		id = len(w.dates)
		w.ids[path] = id
		w.dates = append(w.dates, Dates{})
	}
	return id
}

// follow has a path looked at from a commit on.
func (w *walk) follow(h plumbing.Hash, path string, t trail) {
	at := w.step(h)
	join(at.paths, path, t)
	w.open(path)
}

func (w *walk) step(h plumbing.Hash) *step {
	if w.at[h] == nil {
		w.at[h] = &step{paths: map[string]trail{}}
	}
	return w.at[h]
}

// open has the folders above a path looked into.
func (w *walk) open(path string) {
	for i := strings.LastIndexByte(path, '/'); i > 0; i = strings.LastIndexByte(path, '/') {
		if path = path[:i]; w.enter[path] {
			return
		}
		w.enter[path] = true
	}
}

func join(at map[string]trail, path string, t trail) {
	for _, id := range t {
		if !slices.Contains(at[path], id) {
			at[path] = append(at[path], id)
		}
	}
}

// followAll has what is followed at one commit followed at its parent, too.
func (w *walk) followAll(h plumbing.Hash, followed *step) {
	at := w.step(h)
	at.others = at.others || followed.others
	fewer := followed.paths
	if len(at.paths) < len(fewer) {
		at.paths, fewer = fewer, at.paths
	}
	for path, t := range fewer {
		join(at.paths, path, t)
	}
}

// visit finds what a commit changed, and passes what is followed on to its parents.
func (w *walk) visit(h plumbing.Hash, followed *step) error {
	n, err := w.r.node(h)
	if err != nil {
		return err
	}
	// Before a first commit there was nothing, as below a parent that is no commit.
	parents := make([]parent, max(len(n.parents), 1))
	for i := range parents {
		p := &parents[i]
		if i > 0 && len(parents[0].differs) == 0 {
			continue // nothing is asked of it: all is as in the first parent
		}
		if i < len(n.parents) {
			before, err := w.r.node(n.parents[i])
			if err != nil {
				return err
			}
			p.commit, p.tree = n.parents[i], before.tree
		}
		if err := w.compare(p, n.tree, followed); err != nil {
			return err
		}
	}
	changed := map[string]trail{}
	for path, c := range parents[0].differs {
		t := followed.paths[path]
		delete(followed.paths, path)
		if w.isFound(c, followed) {
			t = append(slices.Clip(t), w.id(path))
		}
		if source := slices.IndexFunc(parents, func(p parent) bool { return !p.changed(path) }); source >= 0 {
			w.follow(parents[source].commit, path, t)
		} else {
			changed[path] = t
		}
	}
	if len(n.parents) > 0 {
		w.followAll(parents[0].commit, followed)
	}
	return w.change(n, parents, changed)
}

// parent is a parent of the commit that is visited.
type parent struct {
	commit  plumbing.Hash
	tree    plumbing.Hash
	differs map[string]change // what of the followed is not the same there
	renamed map[string]change // what the files that came were there, by their new path
	former  map[string]bool   // paths of renamed
}

func (p parent) changed(path string) bool {
	_, ok := p.differs[path]
	return ok
}

// compare finds what of the followed is not the same at a parent.
func (w *walk) compare(p *parent, tree plumbing.Hash, followed *step) error {
	p.differs = map[string]change{}
	c := comparison{
		r:     w.r,
		enter: func(folder string) bool { return w.enter[folder] || strings.HasPrefix(folder+"/", w.folder) },
		emit: func(f change) {
			if _, known := followed.paths[f.path]; known || w.isFound(f, followed) {
				p.differs[f.path] = f
			}
		},
	}
	return c.trees(p.tree, tree, "")
}

// isFound tells whether a change removes a file of the folder whose name nothing is known of yet.
func (w *walk) isFound(c change, followed *step) bool {
	_, known := w.ids[c.path]
	return followed.others && !known && c.after.none() && strings.HasPrefix(c.path, w.folder)
}

// change dates what a commit changed and follows it at its parents, renamed files by their former paths. What a
// file was before it was renamed is its own past, and not that of another file which took the name.
func (w *walk) change(n *node, parents []parent, changed map[string]trail) error {
	for i := range parents {
		p := &parents[i]
		moved := false
		for path := range changed {
			moved = moved || p.differs[path].before.none() || p.differs[path].after.none()
		}
		if !moved {
			continue
		}
		all, err := w.r.changes(p.tree, n.tree)
		if err != nil {
			return err
		}
		p.renamed, p.former = w.r.renames(all), map[string]bool{}
		for _, f := range p.renamed {
			p.former[f.path] = true
		}
	}
	for path, t := range changed {
		if slices.ContainsFunc(parents, func(p parent) bool { return p.former[path] }) {
			continue
		}
		if len(parents) > 1 { // what one side renamed and the other edited is as the other had it
			if i := slices.IndexFunc(parents, func(p parent) bool {
				from, ok := p.renamed[path]
				return ok && from.before == p.differs[path].after
			}); i >= 0 {
				w.follow(parents[i].commit, parents[i].renamed[path].path, t)
				continue
			}
		}
		for _, id := range t {
			w.dates[id].add(n.when)
		}
		for _, p := range parents[:len(n.parents)] {
			if from, ok := p.renamed[path]; ok {
				w.follow(p.commit, from.path, t)
			} else {
				w.follow(p.commit, path, t)
			}
		}
	}
	return nil
}

// settle takes from a ledger what the walk has left open. A branch that parted before the ledger's commit leads
// past it, to where the ledger says nothing.
func (w *walk) settle(known, found *ledger) error {
	for h, followed := range w.at {
		if h != known.commit && (followed.others || len(followed.paths) > 0) {
			return errStale
		}
		for path, t := range followed.paths {
			d, ok := known.files[path]
			if !ok {
				d, ok = known.gone[path]
			}
			if !ok {
				if !strings.HasPrefix(path, w.folder) {
					return errStale // it came from elsewhere in the repository
				}
				continue // it began after the ledger
			}
			for _, id := range t {
				w.dates[id].add(d.Last)
				w.dates[id].add(d.First)
			}
		}
	}
	for path, d := range known.gone {
		if _, dated := w.ids[path]; !dated {
			found.gone[path] = d
		}
	}
	return nil
}

// between returns the commits that lead to head and not to known, which may be none, each after all that come
// after it. It fails with errStale where head does not come after known.
func (r *Repository) between(ctx context.Context, known, head plumbing.Hash) ([]plumbing.Hash, error) {
	fresh, err := r.fresh(ctx, known, head)
	if err != nil {
		return nil, err
	}
	children := map[plumbing.Hash]int{} // that are yet to come, by parent
	for _, h := range fresh {
		if r.shallow[h] {
			return nil, ErrShallow
		}
		for _, parent := range r.parents(h) {
			children[parent]++
		}
	}
	isFresh := map[plumbing.Hash]bool{}
	next := &queue{r: r}
	for _, h := range fresh {
		if isFresh[h] = true; children[h] == 0 {
			heap.Push(next, h)
		}
	}
	order := make([]plumbing.Hash, 0, len(fresh))
	for next.Len() > 0 {
		h := heap.Pop(next).(plumbing.Hash)
		order = append(order, h)
		for _, parent := range r.parents(h) {
			if children[parent]--; children[parent] == 0 && isFresh[parent] {
				heap.Push(next, parent)
			}
		}
	}
	return order, nil
}

// fresh returns, in no order, the commits that lead to head and not to known. It looks at the youngest first
// and ends when only those are left that lead to known; where clocks were wrong, an old one may be among them.
func (r *Repository) fresh(ctx context.Context, known, head plumbing.Hash) ([]plumbing.Hash, error) {
	const waiting, passed, old = 1, 2, 4
	state := map[plumbing.Hash]int{}
	var found []plumbing.Hash
	next, left := &queue{r: r}, 0 // left: how many of next are fresh
	push := func(h plumbing.Hash) error {
		if _, err := r.node(h); err != nil {
			return err
		}
		heap.Push(next, h)
		return nil
	}
	addFresh := func(h plumbing.Hash) error {
		if state[h] != 0 {
			return nil
		}
		state[h] = waiting
		left++
		return push(h)
	}
	addOld := func(h plumbing.Hash) error {
		was := state[h]
		if was&old != 0 {
			return nil
		}
		state[h] = was | old
		if was == waiting {
			left--
			return nil
		}
		return push(h)
	}
	reached := known == plumbing.ZeroHash || known == head
	if known != plumbing.ZeroHash {
		if addOld(known) != nil {
			return nil, errStale // of another repository
		}
	}
	if err := addFresh(head); err != nil {
		return nil, err
	}
	for left > 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		h := heap.Pop(next).(plumbing.Hash)
		add := addOld
		if state[h]&old == 0 {
			add = addFresh
			state[h] = passed
			left--
			found = append(found, h)
		}
		for _, parent := range r.parents(h) {
			reached = reached || parent == known && state[h]&old == 0
			if err := add(parent); err != nil {
				return nil, err
			}
		}
	}
	if !reached {
		return nil, errStale
	}
	return slices.DeleteFunc(found, func(h plumbing.Hash) bool { return state[h]&old != 0 }), nil
}

// parents returns the parents of a commit that was read.
func (r *Repository) parents(h plumbing.Hash) []plumbing.Hash {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.commits[h].parents
}

// queue holds commits that were read, the youngest first.
type queue struct {
	r      *Repository
	hashes []plumbing.Hash
}

func (q *queue) Len() int           { return len(q.hashes) }
func (q *queue) Less(i, j int) bool { return q.r.before(q.hashes[i], q.hashes[j]) }
func (q *queue) Swap(i, j int)      { q.hashes[i], q.hashes[j] = q.hashes[j], q.hashes[i] }
func (q *queue) Push(h any)         { q.hashes = append(q.hashes, h.(plumbing.Hash)) }

func (q *queue) Pop() any {
	last := q.hashes[len(q.hashes)-1]
	q.hashes = q.hashes[:len(q.hashes)-1]
	return last
}
