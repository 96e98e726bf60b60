package workflowtest

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	testName = regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9]+)`")
	testFunc = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Za-z0-9]+)\(`)
)

// Every threat in docs/threats.md names tests, and they are there.
func TestEveryThreatNamesTestsThatExist(t *testing.T) {
	there := map[string]bool{}
	err := filepath.WalkDir(filepath.Join(top, "internal"), func(name string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		source, err := os.ReadFile(name)
		for _, m := range testFunc.FindAllStringSubmatch(string(source), -1) {
			there[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	document, err := os.ReadFile(filepath.Join(top, "docs/threats.md"))
	if err != nil {
		t.Fatal(err)
	}
	threats := 0
	for line := range strings.Lines(string(document)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		if !strings.HasPrefix(line, "| ") || len(cells) != 3 || cells[0] == " threat" {
			continue
		}
		threats++
		named := testName.FindAllStringSubmatch(cells[2], -1)
		if len(named) == 0 {
			t.Errorf("no test holds %q", strings.TrimSpace(cells[0]))
		}
		for _, m := range named {
			if !there[m[1]] {
				t.Errorf("%s: there is no such test", m[1])
			}
		}
	}
	if threats < 10 {
		t.Errorf("%d threats were found; is the table still read?", threats)
	}
}
