package history

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/storer"
)

// node is what the walks need of a commit.
type node struct {
	tree    plumbing.Hash
	parents []plumbing.Hash // none where the clone leaves them out
	when    time.Time
}

var errMalformed = errors.New("it is malformed")

// node reads a commit. Its instant is the committer's: it is set anew when a change is rebased or squashed
// into the main branch, mostly by the forge's clock, while the author's comes from any machine and stays as
// it was, so that a co-op could be "listed" before its profile was seen.
func (r *Repository) node(h plumbing.Hash) (*node, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n, ok := r.commits[h]; ok {
		return n, nil
	}
	data, err := r.objects.read(h, plumbing.CommitObject)
	if err != nil {
		return nil, err
	}
	n, err := parseCommit(data)
	if err != nil {
		return nil, fmt.Errorf("read commit %s: %w", h, err)
	}
	if r.shallow[h] {
		n.parents = nil
	}
	r.commits[h] = n
	return n, nil
}

// parseCommit reads the head of a commit: one tree, its parents, the author, the committer.
func parseCommit(data []byte) (*node, error) {
	n := &node{}
	var ok bool
	if n.tree, data, ok = cutHash(data, "tree "); !ok {
		return nil, errMalformed
	}
	for {
		parent, rest, ok := cutHash(data, "parent ")
		if !ok {
			break
		}
		n.parents, data = append(n.parents, parent), rest
	}
	for len(data) > 0 && data[0] != '\n' {
		var line []byte
		line, data, _ = bytes.Cut(data, []byte("\n"))
		if person, ok := bytes.CutPrefix(line, []byte("committer ")); ok {
			fields := strings.Fields(string(person[bytes.LastIndexByte(person, '>')+1:]))
			if len(fields) == 0 {
				return nil, errMalformed
			}
			seconds, err := strconv.ParseInt(fields[0], 10, 64)
			if err != nil {
				return nil, errMalformed
			}
			n.when = time.Unix(seconds, 0).UTC()
			return n, nil
		}
	}
	return nil, errMalformed
}

// cutHash takes a line such as "tree 4b825dc…" from the beginning of data.
func cutHash(data []byte, begin string) (plumbing.Hash, []byte, bool) {
	line, rest, ok := bytes.Cut(data, []byte("\n"))
	id, named := strings.CutPrefix(string(line), begin)
	return plumbing.NewHash(id), rest, ok && named && plumbing.IsHash(id)
}

// resolve returns the commit that a revision names: HEAD, a branch, a tag, a remote's branch, the id of a
// commit or its beginning, and from there ^, ^2, ~3.
func (r *Repository) resolve(revision string) (plumbing.Hash, error) {
	name, steps := revision, ""
	if i := strings.IndexAny(revision, "^~"); i >= 0 {
		name, steps = revision[:i], revision[i:]
	}
	h, err := r.named(name)
	for err == nil && steps != "" {
		digits := len(steps[1:]) - len(strings.TrimLeft(steps[1:], "0123456789"))
		count := 1
		if digits > 0 {
			count, err = strconv.Atoi(steps[1 : 1+digits])
		}
		if err == nil {
			h, err = r.step(h, steps[0], count)
		}
		if steps = steps[1+digits:]; steps != "" && !strings.ContainsAny(steps[:1], "^~") {
			err = ErrUnknownRevision
		}
	}
	if err != nil {
		return plumbing.ZeroHash, fmt.Errorf("find %q: %w", revision, err)
	}
	return h, nil
}

// step goes from a commit to its count-th parent (^) or to its first parent count times (~).
func (r *Repository) step(h plumbing.Hash, how byte, count int) (plumbing.Hash, error) {
	which := count - 1
	if how == '~' {
		which = 0
	} else {
		count = min(count, 1)
	}
	for range count {
		n, err := r.node(h)
		switch {
		case err != nil:
			return h, err
		case r.shallow[h]:
			return h, ErrShallow
		case which >= len(n.parents):
			return h, ErrUnknownRevision
		}
		h = n.parents[which]
	}
	return h, nil
}

// named returns the commit of a name, looked for in the order that git looks.
func (r *Repository) named(name string) (plumbing.Hash, error) {
	for _, place := range []string{"%s", "refs/%s", "refs/tags/%s", "refs/heads/%s", "refs/remotes/%s", "refs/remotes/%s/HEAD"} {
		full := plumbing.ReferenceName(fmt.Sprintf(place, name))
		if full != plumbing.HEAD && (full.Validate() != nil || !strings.HasPrefix(full.String(), "refs/")) {
			continue // a file of git that is no reference
		}
		r.mu.Lock()
		reference, err := storer.ResolveReference(r.store, full)
		r.mu.Unlock()
		if err == nil {
			return r.peel(reference.Hash())
		}
		if !errors.Is(err, plumbing.ErrReferenceNotFound) {
			return plumbing.ZeroHash, err
		}
	}
	return r.byID(strings.ToLower(name))
}

// byID finds a commit by its id or the beginning of it.
func (r *Repository) byID(id string) (plumbing.Hash, error) {
	if plumbing.IsHash(id) {
		h := plumbing.NewHash(id)
		if _, err := r.node(h); errors.Is(err, ErrIncomplete) {
			return h, ErrUnknownRevision
		}
		return r.peel(h)
	}
	if len(id) < 4 || len(id) > len(plumbing.ZeroHash.String()) || strings.Trim(id, "0123456789abcdef") != "" {
		return plumbing.ZeroHash, ErrUnknownRevision
	}
	prefix := make([]byte, 0, len(id)/2)
	for i := 0; i+1 < len(id); i += 2 {
		b, err := strconv.ParseUint(id[i:i+2], 16, 8)
		if err != nil {
			return plumbing.ZeroHash, ErrUnknownRevision
		}
		prefix = append(prefix, byte(b))
	}
	r.mu.Lock()
	candidates, err := r.store.HashesWithPrefix(prefix)
	r.mu.Unlock()
	if err != nil {
		return plumbing.ZeroHash, err
	}
	var found []plumbing.Hash
	for _, h := range candidates {
		if strings.HasPrefix(h.String(), id) {
			if _, err := r.node(h); err == nil {
				found = append(found, h)
			}
		}
	}
	switch len(found) {
	case 0:
		return plumbing.ZeroHash, ErrUnknownRevision
	case 1:
		return found[0], nil
	}
	return plumbing.ZeroHash, fmt.Errorf("%d commits begin so; write more of the one meant", len(found))
}

// peel follows tags to the commit they stand for.
func (r *Repository) peel(h plumbing.Hash) (plumbing.Hash, error) {
	for range 10 {
		if _, err := r.node(h); err == nil {
			return h, nil
		}
		r.mu.Lock()
		data, err := r.objects.read(h, plumbing.TagObject)
		r.mu.Unlock()
		if err != nil {
			return h, err
		}
		var ok bool
		if h, _, ok = cutHash(data, "object "); !ok {
			return h, errMalformed
		}
	}
	return h, errMalformed
}
