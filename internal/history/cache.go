package history

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// The cache is a text file: the hash of all that follows, the format, the commit and the folder, and a line
// for each path, with the seconds of its first and last change and whether it is still there. A path is
// quoted, as it may be any bytes.
const cacheFormat = "coops history 1"

// readCache returns what a cache holds of a folder: nil where it is missing, damaged, of another format or
// folder, or at odds with the files of its commit.
func (r *Repository) readCache(name, folder string) *ledger {
	if name == "" {
		return nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	sum, body, _ := strings.Cut(string(data), "\n")
	if sum != checksum(body) {
		return nil
	}
	lines := strings.Split(strings.TrimSuffix(body, "\n"), "\n")
	if len(lines) < 3 || lines[0] != cacheFormat || lines[2] != strconv.Quote(folder) {
		return nil
	}
	l := &ledger{commit: plumbing.NewHash(lines[1]), folder: folder, files: map[string]Dates{}, gone: map[string]Dates{}}
	for _, line := range lines[3:] {
		fields := strings.SplitN(line, " ", 4)
		if len(fields) != 4 {
			return nil
		}
		first, e1 := strconv.ParseInt(fields[1], 10, 64)
		last, e2 := strconv.ParseInt(fields[2], 10, 64)
		path, e3 := strconv.Unquote(fields[3])
		if e1 != nil || e2 != nil || e3 != nil {
			return nil
		}
		d := Dates{time.Unix(first, 0).UTC(), time.Unix(last, 0).UTC()}
		if fields[0] == "file" {
			l.files[path] = d
		} else {
			l.gone[path] = d
		}
	}
	if !r.knows(l) {
		return nil
	}
	return l
}

// knows tells whether a ledger dates the very files that are in its folder at its commit.
func (r *Repository) knows(l *ledger) bool {
	w := walk{r: r, folder: within(l.folder)}
	files, err := w.list(l.commit)
	if err != nil || len(files) != len(l.files) {
		return false
	}
	return !slices.ContainsFunc(files, func(path string) bool {
		_, ok := l.files[path]
		return !ok
	})
}

func checksum(body string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(body))) }

// writeCache keeps a ledger, in one step. Where it cannot, the next walk is longer and nothing else is lost.
func writeCache(name string, l *ledger) {
	if name == "" {
		return
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n%s\n%q\n", cacheFormat, l.commit, l.folder)
	for _, part := range []struct {
		kind  string
		paths map[string]Dates
	}{{"file", l.files}, {"gone", l.gone}} {
		for _, path := range slices.Sorted(maps.Keys(part.paths)) {
			d := part.paths[path]
			fmt.Fprintf(&b, "%s %d %d %q\n", part.kind, d.First.Unix(), d.Last.Unix(), path)
		}
	}
	temporary := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+"-"+rand.Text())
	defer os.Remove(temporary) // it is not there once renamed
	if os.WriteFile(temporary, []byte(checksum(b.String())+"\n"+b.String()), 0o644) == nil {
		_ = os.Rename(temporary, name)
	}
}
