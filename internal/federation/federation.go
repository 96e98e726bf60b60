// Package federation shows co-ops of other directories beside one's own: it fetches what hugo.yaml names as sources,
// keeps a copy of each, and puts them together. A source is a stranger: it is held against the same limits and rules
// as the directory's own files, and one that is down, broken or hostile costs nothing but its freshness.
package federation

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"coops/internal/yamldoc"
)

// Folder is where copies are kept, beside data/.
const Folder = ".coops-sources"

// Source is another directory, as hugo.yaml names it.
type Source struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Repository string `json:"repository"`       // https:// or file://, and http:// on this computer
	Folder     string `json:"folder,omitempty"` // in the repository, with data/ in it; empty: its top
	Branch     string `json:"branch,omitempty"` // to follow; empty: the one that the repository shows first
	Commit     string `json:"commit,omitempty"` // to stay at; wins over Branch
}

// ErrTwice says that two sources have one id.
var ErrTwice = errors.New("two sources have the same id")

// Sources returns the sources that the settings of a directory name, in their order.
func Sources(files fs.FS) ([]Source, error) {
	data, err := fs.ReadFile(files, "hugo.yaml")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read hugo.yaml: %w", err)
	}
	doc, _ := yamldoc.Read("hugo.yaml", data)
	if doc == nil {
		return nil, nil // what is wrong with it is a problem, and not of ours to tell
	}
	text, err := json.Marshal(doc.Value)
	if err != nil {
		return nil, fmt.Errorf("read hugo.yaml: %w", err)
	}
	var said struct {
		Params struct {
			Sources []Source `json:"sources"`
		} `json:"params"`
	}
	if err := json.Unmarshal(text, &said); err != nil {
		return nil, fmt.Errorf("read the sources in hugo.yaml: %w", err)
	}
	seen := map[string]bool{}
	for _, s := range said.Params.Sources {
		if seen[s.ID] {
			return nil, fmt.Errorf("hugo.yaml: %w: %s", ErrTwice, s.ID)
		}
		seen[s.ID] = true
	}
	return said.Params.Sources, nil
}
