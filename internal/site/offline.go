package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// mostForOffline is how many bytes of search data of one language a visitor is asked to keep unasked.
const mostForOffline = 512 << 10

// finishWorker tells the service worker (assets/worker/sw.js) what only a finished site knows: which build it
// is, and the search data of each language where that is small. A site without a worker needs none.
func finishWorker(public string, languages []string) error {
	name := filepath.Join(public, "sw.js")
	code, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the service worker: %w", err)
	}
	build := sha256.New()
	build.Write(code)
	search := map[string][]string{}
	for i, in := range languages {
		prefix := ""
		if i > 0 {
			prefix = in + "/"
		}
		files, err := searchFiles(os.DirFS(public), in)
		if err != nil {
			return fmt.Errorf("list the search data: %w", err)
		}
		search[prefix] = files
		// The home page names the styles and scripts of all pages and the day; the list, every co-op.
		for _, file := range append([]string{prefix + "index.html", prefix + "coops/index.html", "api/v1/coops.json"}, files...) {
			data, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(file)))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("read %s: %w", file, err)
			}
			build.Write(data)
		}
	}
	site, err := json.Marshal(map[string]any{"build": hex.EncodeToString(build.Sum(nil)[:8]), "search": search})
	if err != nil {
		return err
	}
	if err := os.WriteFile(name, bytes.Replace(code, []byte(`"@site@"`), site, 1), 0o644); err != nil {
		return fmt.Errorf("write the service worker: %w", err)
	}
	return nil
}

// searchFiles returns the search data of a language and what all of them share; none where it is too much.
func searchFiles(public fs.FS, in string) ([]string, error) {
	files := []string{}
	var size int64
	err := fs.WalkDir(public, "search", func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case e.IsDir() && path.Dir(name) == "search" && path.Base(name) != in:
			return fs.SkipDir
		case e.IsDir():
			return nil
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		size += info.Size()
		files = append(files, name)
		return nil
	})
	if size > mostForOffline {
		return []string{}, err
	}
	return files, err
}
