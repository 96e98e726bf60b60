// Package scratch makes folders to write in before something takes its place in one step. A program that is killed
// leaves such a folder behind; the next one removes it, and leaves alone where another program is at work.
package scratch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Folder is a folder of one's own, until Remove.
type Folder struct {
	Path string
	lock *os.File // the folder itself; nil where the system has no locks
}

// Make makes a folder in another one, with a name as of os.MkdirTemp, and first removes those of the same pattern
// that belong to nobody any more.
func Make(in, pattern string) (*Folder, error) {
	entries, err := os.ReadDir(in)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if match, err := filepath.Match(pattern, e.Name()); err != nil || !match || !e.IsDir() {
			continue
		}
		path := filepath.Join(in, e.Name())
		if lock, err := take(path, false); err == nil {
			_ = os.RemoveAll(path) // it is in nobody's way
			lock.Close()
		}
	}
	for {
		path, err := os.MkdirTemp(in, pattern)
		if err != nil {
			return nil, err
		}
		lock, err := take(path, true)
		if errors.Is(err, fs.ErrNotExist) {
			continue // somebody found it before it was locked
		}
		return &Folder{path, lock}, nil // without a lock it is as good, and stays if this program is killed
	}
}

// take locks a folder, and opens it for that. The error is fs.ErrNotExist where it went meanwhile.
func take(path string, wait bool) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err := lock(f, wait); err != nil {
		f.Close()
		return nil, err
	}
	if _, err := os.Lstat(path); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Remove removes the folder with all that is in it.
func (f *Folder) Remove() error {
	err := os.RemoveAll(f.Path)
	if f.lock != nil {
		err = errors.Join(err, f.lock.Close())
	}
	return err
}
