package history

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// smallBlob is how large a file may be to be read into memory as it is opened; a larger one is read as its
// reader asks.
const smallBlob = 1 << 20

// Commit is a commit, and the files in it as a file system. A link is a file of its own kind which holds its
// target: it is shown and never followed. A submodule can be seen but not opened. It may be used from many
// goroutines, until the repository is closed.
type Commit struct {
	Hash string    // 40 hexadecimal digits; empty for files that are in no commit
	When time.Time // it was committed, in UTC

	r    *Repository
	tree plumbing.Hash
}

var (
	_ fs.ReadDirFS  = (*Commit)(nil)
	_ fs.ReadFileFS = (*Commit)(nil)
	_ fs.StatFS     = (*Commit)(nil)
	_ fs.ReadLinkFS = (*Commit)(nil)
)

// Commit returns the commit that a revision names: HEAD, a branch, a tag, a remote's branch, the id of a
// commit or its beginning, and from there ^, ^2 and ~3.
func (r *Repository) Commit(revision string) (*Commit, error) {
	h, err := r.resolve(revision)
	if err != nil {
		return nil, err
	}
	return r.commit(h)
}

func (r *Repository) commit(h plumbing.Hash) (*Commit, error) {
	n, err := r.node(h)
	if err != nil {
		return nil, err
	}
	return &Commit{Hash: h.String(), When: n.when, r: r, tree: n.tree}, nil
}

// Open opens a file, a folder, or a link itself.
func (c *Commit) Open(name string) (fs.File, error) {
	info, err := c.info("open", name)
	if err != nil {
		return nil, err
	}
	fail := func(err error) (fs.File, error) { return nil, &fs.PathError{Op: "open", Path: name, Err: err} }
	switch {
	case info.IsDir():
		entries, err := c.list(info.entry.hash)
		if err != nil {
			return fail(err)
		}
		return &folder{info: info, entries: entries}, nil
	case info.entry.mode == modeModule:
		return fail(errors.New("it is a submodule"))
	}
	reader, err := c.r.blob(info.entry.hash)
	if err != nil {
		return fail(err)
	}
	return &file{info, reader}, nil
}

// ReadDir lists a folder, sorted by name.
func (c *Commit) ReadDir(name string) ([]fs.DirEntry, error) {
	info, err := c.info("readdir", name)
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "readdir", Path: name, Err: errors.New("it is not a folder")}
	}
	if err != nil {
		return nil, err
	}
	entries, err := c.list(info.entry.hash)
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	return entries, nil
}

// ReadFile reads a file whole. Of a stranger's file better read a limited part, through Open.
func (c *Commit) ReadFile(name string) ([]byte, error) {
	f, err := c.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return data, nil
}

// Stat describes a file, a folder, or a link itself.
func (c *Commit) Stat(name string) (fs.FileInfo, error) {
	info, err := c.info("stat", name)
	if err != nil {
		return nil, err
	}
	return info.Info()
}

// Lstat is Stat, as no link is followed.
func (c *Commit) Lstat(name string) (fs.FileInfo, error) { return c.Stat(name) }

// ReadLink returns the target of a link, as it was written.
func (c *Commit) ReadLink(name string) (string, error) {
	info, err := c.info("readlink", name)
	if err == nil && info.entry.mode != modeLink {
		err = &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	if err != nil {
		return "", err
	}
	target, err := c.ReadFile(name)
	return string(target), err
}

// info finds what is at a name.
func (c *Commit) info(op, name string) (*info, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	e, err := c.r.lookup(c.tree, name)
	if err == nil && e.none() {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, &fs.PathError{Op: op, Path: name, Err: err}
	}
	return &info{c: c, name: path.Base(name), entry: e}, nil
}

// list returns the entries of a tree, sorted by name. No honest tree names one twice.
func (c *Commit) list(tree plumbing.Hash) ([]fs.DirEntry, error) {
	data, err := c.r.tree(tree)
	if err != nil {
		return nil, err
	}
	var entries []fs.DirEntry
	for len(data) > 0 {
		name, e, size, err := cutEntry(data)
		if err != nil {
			return nil, err
		}
		entries = append(entries, &info{c: c, name: string(name), entry: e})
		data = data[size:]
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	for i, e := range entries {
		if i > 0 && entries[i-1].Name() == e.Name() {
			return nil, fmt.Errorf("%w: two entries are named %q", errMalformed, e.Name())
		}
	}
	return entries, nil
}

// info describes an entry, and is what a folder lists.
type info struct {
	c     *Commit
	name  string
	entry entry
	size  int64 // known once Info was called
}

// Info finds out the size, which is no part of a tree.
func (i *info) Info() (fs.FileInfo, error) {
	if i.IsDir() || i.entry.mode == modeModule {
		return i, nil
	}
	size, err := i.c.r.size(i.entry.hash)
	if err != nil {
		return nil, fmt.Errorf("find the size of %s: %w", i.name, err)
	}
	measured := *i
	measured.size = size
	return &measured, nil
}

func (i *info) Name() string       { return i.name }
func (i *info) IsDir() bool        { return i.entry.isFolder() }
func (i *info) Type() fs.FileMode  { return i.Mode().Type() }
func (i *info) Size() int64        { return i.size }
func (i *info) ModTime() time.Time { return i.c.When }
func (i *info) Sys() any           { return nil }
func (i *info) String() string     { return fs.FormatDirEntry(i) }

// Mode says what kind of thing it is. Of permissions git knows but whether a file can be run.
func (i *info) Mode() fs.FileMode {
	switch {
	case i.IsDir():
		return fs.ModeDir | 0o755
	case i.entry.mode == modeLink:
		return fs.ModeSymlink | 0o777
	case i.entry.mode == modeExecutable:
		return 0o755
	case i.entry.isFile():
		return 0o644
	}
	return fs.ModeIrregular
}

// file is an open file.
type file struct {
	info   *info
	reader io.ReadCloser
}

func (f *file) Stat() (fs.FileInfo, error)       { return f.info.Info() }
func (f *file) Read(p []byte) (n int, err error) { return f.reader.Read(p) }
func (f *file) Close() error                     { return f.reader.Close() }

// folder is an open folder.
type folder struct {
	info    *info
	entries []fs.DirEntry // that were not yet listed
}

func (f *folder) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *folder) Close() error               { return nil }

func (f *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.info.name, Err: errors.New("it is a folder")}
}

func (f *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(f.entries)
	} else if len(f.entries) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(f.entries))
	listed := f.entries[:n:n]
	f.entries = f.entries[n:]
	return listed, nil
}

// blob opens the content of a file.
func (r *Repository) blob(h plumbing.Hash) (io.ReadCloser, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	stored, err := r.store.EncodedObject(plumbing.BlobObject, h)
	if err != nil {
		return nil, missing(h, err)
	}
	if stored.Size() <= smallBlob {
		data, err := contents(stored)
		if err != nil {
			return nil, err
		}
		return io.NopCloser(bytes.NewReader(data)), nil
	}
	reader, err := stored.Reader()
	if err != nil {
		return nil, err
	}
	return &shared{r, reader}, nil
}

// size returns how many bytes a file has.
func (r *Repository) size(h plumbing.Hash) (int64, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	size, err := r.store.EncodedObjectSize(h)
	return size, missing(h, err)
}

// missing says what it means that a file's content is not there.
func missing(h plumbing.Hash, err error) error {
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		return fmt.Errorf("%w (blob %s)", ErrIncomplete, h)
	}
	return err
}

// shared reads while nobody else uses the repository.
type shared struct {
	r      *Repository
	reader io.ReadCloser
}

func (s *shared) Read(p []byte) (int, error) {
	s.r.mu.Lock()
	defer s.r.mu.Unlock()
	return s.reader.Read(p)
}

func (s *shared) Close() error {
	s.r.mu.Lock()
	defer s.r.mu.Unlock()
	return s.reader.Close()
}
