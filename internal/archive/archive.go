// Package archive packs what a directory is made of into one file that anybody can keep, and unpacks it again. An
// archive is a zip with data/, schema/, hugo.yaml, and a manifest of what each file must be. The same files make the
// same bytes. Whoever hands one over is a stranger: nothing of it is written before all of it is found to be sound.
package archive

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"coops/internal/problem"
)

// Limits hold for what is written as for what is read, so that every archive of ours can be restored.
const (
	MostFiles = 200_000
	MostBytes = 1 << 30 // of all files, unpacked
	MostPer   = 1 << 20 // of one file, unpacked
	MostZip   = 512 << 20
)

// ManifestName is the file that says what the others must be.
const ManifestName = "manifest.json"

// format is what a manifest calls itself; another number means that an older program cannot read it.
const format = "coops-directory/1"

// manifest lists the files of an archive, sorted by path.
type manifest struct {
	Format string `json:"format"`
	Files  []sum  `json:"files"`
}

type sum struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // hexadecimal
}

// Refused says why an archive is not restored. Nothing was written.
type Refused []problem.Message

func (r Refused) Error() string {
	var lines []string
	for _, m := range r {
		lines = append(lines, problem.In("en").Say(m))
	}
	return strings.Join(lines, "; ")
}

// mostTold is how many reasons are told; a wholly strange archive has one for each of its files.
const mostTold = 20

// segment is a part of a path that means the same on every system: nothing hidden, nothing that leads elsewhere.
var segment = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]*$`)

// reserved are names that stand for devices on some systems, whatever their ending.
var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)

// belongs tells whether a file of that path may be in an archive.
func belongs(name string) bool {
	top, rest, below := strings.Cut(name, "/")
	if !below {
		return name == "hugo.yaml"
	}
	if top != "data" && top != "schema" || len(name) > 200 {
		return false
	}
	for _, part := range strings.Split(rest, "/") {
		if !segment.MatchString(part) || strings.HasSuffix(part, ".") || reserved.MatchString(part) {
			return false
		}
	}
	return true
}

// shown makes a stranger's name safe to print.
func shown(name string) string {
	const most = 80
	if utf8.RuneCountInString(name) > most {
		name = string([]rune(name)[:most]) + "…"
	}
	quoted := strconv.QuoteToGraphic(name)
	return quoted[1 : len(quoted)-1]
}

func tooLarge(name string, size int64) error {
	return fmt.Errorf("%s has %d bytes; a file of an archive has at most %d", name, size, MostPer)
}
