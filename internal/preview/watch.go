package preview

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long files must be still before a build: editors write in several steps.
const settle = 80 * time.Millisecond

// watch sends after each change under the paths, once it has settled. Changes while nobody receives are
// told as one. It stops when ctx ends.
func watch(ctx context.Context, paths []string) (<-chan struct{}, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	for _, p := range paths {
		if err := addTree(w, p); err != nil {
			w.Close()
			return nil, err
		}
	}
	changes := make(chan struct{}, 1)
	go func() {
		defer w.Close()
		still := time.NewTimer(time.Hour)
		still.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-w.Events:
				if passing(e) {
					continue
				}
				if e.Has(fsnotify.Create) {
					_ = addTree(w, e.Name) // gone again already: nothing to watch
				}
				still.Reset(settle)
			case <-w.Errors: // an overflow: something has changed
				still.Reset(settle)
			case <-still.C:
				select {
				case changes <- struct{}{}:
				default:
				}
			}
		}
	}()
	return changes, nil
}

// passing tells whether an event means nothing for the site: permissions, and the files that editors
// make for themselves.
func passing(e fsnotify.Event) bool {
	name := filepath.Base(e.Name)
	return e.Op == fsnotify.Chmod || strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasSuffix(name, ".swp") || name == "4913"
}

// addTree watches a file, or a folder and all folders in it.
func addTree(w *fsnotify.Watcher, root string) error {
	info, err := os.Stat(root)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return w.Add(filepath.Dir(root)) // a file may be replaced by another; its folder tells of that
	}
	return filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		return w.Add(p)
	})
}
