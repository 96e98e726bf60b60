package cli

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"coops/internal/layout"
	"coops/internal/problem"
	"coops/internal/yamldoc"
)

// borrowed is what a directory of one's own may leave out and take from the program.
var borrowed = []string{"data/skills", "data/sectors.yaml", "data/networks.yaml"}

// workspace is the directory that a verb works on, as a file system that cannot be left through links
// and in which what it lacks comes from the program.
type workspace struct {
	fs.FS // the folder itself
	root  *os.Root
	dir   string
	lent  map[string]fs.FS // what of borrowed comes from the program

	mu    sync.Mutex
	below map[string]*os.Root // folders of it that were opened; many files lie in few
}

func openWorkspace(dir string, program fs.FS) (*workspace, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, usagef("cannot open the folder %s: %w", dir, problem.Reason(err))
	}
	w := &workspace{FS: root.FS(), root: root, dir: dir, lent: map[string]fs.FS{}, below: map[string]*os.Root{}}
	if info, err := fs.Stat(w.FS, "data"); err != nil || !info.IsDir() {
		root.Close()
		return nil, usagef("there is no folder data in %s; run this where the directory is, or name it with --dir", dir)
	}
	if _, err := w.finish(); err != nil {
		root.Close()
		return nil, err
	}
	for _, name := range borrowed {
		if _, err := fs.Lstat(w.FS, name); errors.Is(err, fs.ErrNotExist) {
			w.lent[name] = program
		}
	}
	return w, nil
}

// Close closes the folder. Afterwards nothing can be opened in it.
func (w *workspace) Close() error {
	err := w.root.Close()
	for _, folder := range w.below {
		err = errors.Join(err, folder.Close())
	}
	return err
}

// isLent tells whether a file comes from the program.
func (w *workspace) isLent(name string) bool { return w.from(name) != w.FS }

// from returns the file system that a name is read from.
func (w *workspace) from(name string) fs.FS {
	for place, program := range w.lent {
		if within(name, place) {
			return program
		}
	}
	return w.FS
}

// Open opens a file of the folder, or of the program where the folder leaves it out.
func (w *workspace) Open(name string) (fs.File, error) {
	if w.isLent(name) || !fs.ValidPath(name) {
		return w.from(name).Open(name)
	}
	folder, err := w.folder(path.Dir(name))
	if err != nil {
		return nil, err
	}
	return folder.Open(path.Base(name))
}

// folder returns a folder, opened once: the way to a file is then a step and not one for each folder above it.
func (w *workspace) folder(name string) (*os.Root, error) {
	if name == "." {
		return w.root, nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	folder := w.below[name]
	if folder == nil {
		var err error
		if folder, err = w.root.OpenRoot(name); err != nil {
			return nil, err
		}
		w.below[name] = folder
	}
	return folder, nil
}

// ReadDir lists a folder; data/ shows what is borrowed, too.
func (w *workspace) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(w.from(name), name)
	if err != nil || name != "data" {
		return entries, err
	}
	for _, place := range borrowed {
		if program, ok := w.lent[place]; ok {
			info, err := fs.Stat(program, place)
			if err != nil {
				return nil, fmt.Errorf("what the program brings along: %w", err)
			}
			entries = append(entries, fs.FileInfoToDirEntry(info))
		}
	}
	return entries, nil
}

// prefix is what paths of this workspace begin with as seen from where the program was called.
func (w *workspace) prefix() string {
	if p := filepath.ToSlash(filepath.Clean(w.dir)); p != "." {
		return p + "/"
	}
	return ""
}

func (w *workspace) seen(name string) string { return path.Join(w.prefix(), name) }

// count returns how many YAML files there are at a path of the workspace.
func (w *workspace) count(name string) int {
	n := 0
	_ = fs.WalkDir(w, path.Clean(name), func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && (strings.HasSuffix(p, ".yaml") || p == name) {
			n++
		}
		return nil // what cannot be read is a problem of its own, and not of counting
	})
	return n
}

// documents returns the names of the directory's own data files that lie at paths, as seen from here or
// from the directory; without paths all of them. What comes from the program is not among them.
func (w *workspace) documents(paths []string) ([]string, error) {
	var names []string
	err := fs.WalkDir(w.FS, "data", func(name string, e fs.DirEntry, err error) error {
		if _, known := layout.Of(name); err == nil && known && e.Type().IsRegular() {
			names = append(names, name)
		}
		return err
	})
	if err != nil || len(paths) == 0 {
		return names, err
	}
	var kept []string
	taken := map[string]bool{}
	for _, p := range paths {
		p = filepath.ToSlash(filepath.Clean(p))
		found := false
		for _, name := range names {
			if !within(w.seen(name), p) && !within(name, p) {
				continue
			}
			if found = true; !taken[name] {
				taken[name] = true
				kept = append(kept, name)
			}
		}
		if !found {
			return nil, usagef("there is no data file of this directory at %s", p)
		}
	}
	return kept, nil
}

// read reads a data file. Problems mean that it is not wholly understood; their paths are as seen from
// here.
func (w *workspace) read(name string) ([]byte, *yamldoc.Document, []problem.Problem, error) {
	f, err := w.FS.Open(name)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("read %s: %w", w.seen(name), problem.Reason(err))
	}
	defer f.Close()
	source, err := io.ReadAll(io.LimitReader(f, yamldoc.MaxSize+1))
	if err != nil {
		return nil, nil, nil, fmt.Errorf("read %s: %w", w.seen(name), problem.Reason(err))
	}
	doc, problems := yamldoc.Read(w.seen(name), source)
	return source, doc, problems, nil
}

// own returns the name in the workspace of a file as it is seen from here.
func (w *workspace) own(seen string) string { return strings.TrimPrefix(seen, w.prefix()) }

// write puts a file in the place of the one of that name, in one step, so that nobody ever sees half of
// it. It keeps the permissions of the file that was there.
func (w *workspace) write(name string, data []byte) error {
	mode := fs.FileMode(0o644)
	switch info, err := w.root.Lstat(name); {
	case err == nil && !info.Mode().IsRegular():
		return errors.New("it is not a plain file")
	case err == nil:
		mode = info.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return w.writeAs(name, data, mode)
}

func (w *workspace) writeAs(name string, data []byte, mode fs.FileMode) (err error) {
	temporary := path.Join(path.Dir(name), "."+path.Base(name)+"-"+rand.Text())
	f, err := w.root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = w.root.Remove(temporary) // the error that led here says more
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(mode) // whatever the umask took away
	}
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	return w.root.Rename(temporary, name)
}

var _ fs.ReadDirFS = (*workspace)(nil)
