// Package history reads a git repository: a commit as a file system, what two commits differ in, and
// when each file was first and last changed. It reads objects alone. It checks nothing out, runs no
// hook, writes nothing into the repository, and follows no link in it, so what a stranger proposes stays
// data.
package history

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/go-git/go-billy/v5"
	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"
)

// What can be wrong with a repository. Each says what to do about it.
var (
	ErrNotRepository   = errors.New("it is not in a git repository; run `git init`, or name another folder")
	ErrUnsupported     = errors.New("it uses a format of git that this program cannot read; clone it anew with the defaults of git")
	ErrUnknownRevision = errors.New("there is no such commit, branch or tag here; run `git fetch` for it, or set fetch-depth: 0 where the workflow checks out")
	ErrShallow         = errors.New("the clone leaves out older commits; run `git fetch --unshallow`, or set fetch-depth: 0 where the workflow checks out")
	ErrNoMergeBase     = errors.New("they have no commit in common; rebase the branch on the one that it is to be merged into")
	ErrIncomplete      = errors.New("the clone leaves out some files or folders; clone it without --filter, or run `git fetch --refetch --no-filter`")
)

// Repository is a git repository, open for reading. Its methods may be called from many goroutines.
type Repository struct {
	prefix  string
	shallow map[plumbing.Hash]bool // commits whose parents the clone leaves out

	mu      sync.Mutex // guards what follows: neither go-git nor objects can be shared
	store   *filesystem.Storage
	objects *objects
	commits map[plumbing.Hash]*node
	made    map[plumbing.Hash][]byte // trees that the repository does not have: those of a merge that nobody has made

	listed     map[plumbing.Hash]map[string]entry // entries of trees that files were looked up in
	listedSize int
}

// Open opens the repository that holds a folder: the folder itself or the nearest above it. A linked
// worktree and a bare repository will do.
func Open(dir string) (*Repository, error) {
	fail := func(err error) (*Repository, error) { return nil, fmt.Errorf("open the history of %s: %w", dir, err) }
	whole, err := filepath.Abs(dir)
	if err == nil {
		whole, err = filepath.EvalSymlinks(whole)
	}
	if err != nil {
		return fail(err)
	}
	top, dot, err := locate(whole)
	if err != nil {
		return fail(err)
	}
	r := &Repository{shallow: map[plumbing.Hash]bool{}, commits: map[plumbing.Hash]*node{}, made: map[plumbing.Hash][]byte{}}
	if dot != top { // a bare repository has no folders but its own
		if below, err := filepath.Rel(top, whole); err == nil && below != "." {
			r.prefix = filepath.ToSlash(below)
		}
	}
	files, err := filesOf(dot)
	if err != nil {
		return fail(err)
	}
	r.store = filesystem.NewStorageWithOptions(files, cache.NewObjectLRU(keptBytes), filesystem.Options{
		KeepDescriptors:      true,
		LargeObjectThreshold: smallBlob,
		AlternatesFS:         osfs.New(string(filepath.Separator), osfs.WithBoundOS()),
	})
	if err := r.prepare(files); err != nil {
		r.Close()
		return fail(err)
	}
	return r, nil
}

// prepare reads what holds for the repository as a whole.
func (r *Repository) prepare(files billy.Filesystem) error {
	config, err := r.store.Config()
	if err != nil {
		return fmt.Errorf("read its configuration: %w", err)
	}
	for _, option := range config.Raw.Section("extensions").Options {
		switch strings.ToLower(option.Key) {
		case "noop", "partialclone", "worktreeconfig", "relativeworktrees", "preciousobjects":
		default: // objectFormat, refStorage and what git has yet to think of
			return fmt.Errorf("%w (%s = %s)", ErrUnsupported, option.Key, option.Value)
		}
	}
	cut, err := r.store.Shallow()
	if err != nil {
		return fmt.Errorf("read which commits are left out: %w", err)
	}
	for _, h := range cut {
		r.shallow[h] = true
	}
	r.objects, err = openObjects(r.store, dotgit.New(files))
	return err
}

// Close closes the files of the repository.
func (r *Repository) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.objects != nil {
		r.objects.close()
	}
	return r.store.Close()
}

// Prefix returns the path in the repository of the folder it was opened by, and "" for its top.
func (r *Repository) Prefix() string { return r.prefix }

// locate finds the top folder of the repository that holds a folder, and where git keeps its own files;
// for a bare repository they are the same.
func locate(dir string) (top, dot string, err error) {
	for {
		dot := filepath.Join(dir, ".git")
		switch info, err := os.Stat(dot); {
		case err == nil && info.IsDir():
			return dir, dot, nil
		case err == nil:
			dot, err := pointer(dot, "gitdir: ")
			return dir, dot, err
		case !errors.Is(err, fs.ErrNotExist):
			return "", "", err
		case isBare(dir):
			return dir, dir, nil
		}
		above := filepath.Dir(dir)
		if above == dir {
			return "", "", ErrNotRepository
		}
		dir = above
	}
}

func isBare(dir string) bool {
	for _, name := range []string{"HEAD", "objects", "refs"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.IsDir() == (name == "HEAD") {
			return false
		}
	}
	return true
}

// filesOf opens the folder of git's own files; a linked worktree shares most of them with the others.
func filesOf(dot string) (billy.Filesystem, error) {
	if info, err := os.Stat(dot); err != nil || !info.IsDir() {
		return nil, ErrNotRepository // a worktree whose repository has gone
	}
	common, err := pointer(filepath.Join(dot, "commondir"), "")
	if errors.Is(err, fs.ErrNotExist) {
		return osfs.New(dot), nil
	}
	if err != nil {
		return nil, err
	}
	return dotgit.NewRepositoryFilesystem(osfs.New(dot), osfs.New(common)), nil
}

// pointer reads a file that names a folder, which is relative to the file's own.
func pointer(name, begin string) (string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	target, ok := strings.CutPrefix(strings.TrimRight(string(data), "\r\n"), begin)
	if !ok || target == "" {
		return "", ErrNotRepository
	}
	if !filepath.IsAbs(target) {
		target = filepath.Join(filepath.Dir(name), target)
	}
	return target, nil
}
