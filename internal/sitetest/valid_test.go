package sitetest

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// notHTML is what html-validate found.
type notHTML struct {
	FilePath string
	Messages []struct {
		RuleID, Message, Selector string
		Line                      int
	}
}

// validate holds files against the standard, by html-validate.
func validate(t *testing.T, files []string) []notHTML {
	t.Helper()
	config, err := filepath.Abs("testdata/html-validate.json")
	if err != nil {
		t.Fatal(err)
	}
	validator := filepath.Join(root, "node_modules", "html-validate", "bin", "html-validate.mjs")
	report := filepath.Join(t.TempDir(), "report.json") // to a pipe it does not write all of a long one
	said, err := exec.Command("node", append([]string{validator, "--config", config, "--formatter", "json=" + report}, files...)...).CombinedOutput()
	var ended *exec.ExitError
	if err != nil && !(errors.As(err, &ended) && ended.ExitCode() == 1) { // 1: it found something
		t.Fatalf("html-validate: %v: %s", err, said)
	}
	out, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	var found []notHTML
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatalf("html-validate said %.200q: %v", out, err)
	}
	return found
}

// few returns the first pages of each folder, and all that lie at the top of a language: some of every kind.
func (s *site) few(t *testing.T, each int) []string {
	t.Helper()
	taken := map[string]int{}
	var few []string
	for _, address := range s.pages(t) {
		kind := strings.TrimSuffix(address, "/")
		kind = kind[:strings.LastIndex(kind, "/")+1]
		if taken[kind]++; taken[kind] <= each || len(kind) <= len("/es/") {
			few = append(few, address)
		}
	}
	return few
}

func TestPagesAreValidHTML(t *testing.T) {
	for _, s := range sites() {
		t.Run(s.name, func(t *testing.T) {
			var files []string
			for _, address := range s.few(t, 4) {
				files = append(files, s.file(address))
			}
			t.Logf("%d pages", len(files))
			for _, page := range validate(t, files) {
				for _, m := range page.Messages {
					// What stands in a template has its source when the script has filled it.
					if m.RuleID == "element-required-attributes" && strings.HasPrefix(m.Selector, "#card-template > ") {
						continue
					}
					t.Errorf("%s:%d: %s (%s, %s)", strings.TrimPrefix(page.FilePath, s.dir), m.Line, m.Message, m.RuleID, m.Selector)
				}
			}
		})
	}
}

func TestWhatIsNoHTMLIsSeen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte("<!DOCTYPE html>\n<html lang=\"en\"><head><title>x</title></head><body><p><div>a block in a paragraph</div></p></body></html>\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if found := validate(t, []string{file}); len(found) == 0 {
		t.Error("html-validate finds nothing in a page that is wrong on purpose")
	}
}
