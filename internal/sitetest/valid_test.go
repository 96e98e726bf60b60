package sitetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/emersion/go-ical"
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

// files returns the files of a site whose names end so.
func (s *site) files(t *testing.T, ending string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(s.dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && strings.HasSuffix(name, ending) {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// notSitemaps holds an index and its maps against the protocol, by the package sitemap.
func notSitemaps(t *testing.T, files []string) error {
	t.Helper()
	out, err := exec.Command("node", append([]string{"testdata/sitemaps.mjs"}, files...)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	if read, err := strconv.Atoi(strings.TrimSpace(string(out))); err != nil || read < len(files) {
		t.Fatalf("of %d files it read %q", len(files), out)
	}
	return nil
}

func TestSitemapsAreValid(t *testing.T) {
	for _, s := range sites() {
		files := []string{s.file("/sitemap.xml")}
		for _, in := range languages {
			files = append(files, s.file("/"+in.id+"/sitemap.xml"))
		}
		if err := notSitemaps(t, files); err != nil {
			t.Errorf("%s: %v", s.name, err)
		}
	}
	wrong := filepath.Join(t.TempDir(), "sitemap.xml")
	if err := os.WriteFile(wrong, []byte(strings.Replace(string(ours.read(t, "/en/sitemap.xml")), "<loc>http", "<lok>http", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if notSitemaps(t, []string{ours.file("/sitemap.xml"), wrong}) == nil {
		t.Error("a map that is wrong on purpose is taken for valid")
	}
}

// notSchemaOrg holds JSON-LD against the types of schema.org, by the package schema-dts and TypeScript. It returns what TypeScript says.
func notSchemaOrg(t *testing.T, written map[string]string) string {
	t.Helper()
	var types struct {
		Type string `json:"@type"`
	}
	module := "import type { Event, Graph, Organization, WithContext } from \"schema-dts\";\n"
	for _, where := range slices.Sorted(maps.Keys(written)) {
		types.Type = ""
		if err := json.Unmarshal([]byte(written[where]), &types); err != nil {
			t.Fatalf("%s: %v", where, err)
		}
		kind := "WithContext<" + types.Type + ">"
		if types.Type == "" {
			kind = "Graph"
		}
		module += fmt.Sprintf("// %s\nexport const _%d: %s = %s;\n", where, len(module), kind, strings.TrimSpace(written[where]))
	}
	nodeModules, err := filepath.Abs(filepath.Join(root, "node_modules"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"all.ts": module,
		"tsconfig.json": fmt.Sprintf(`{"files": ["all.ts"], "compilerOptions": {"strict": true, "noEmit": true, "skipLibCheck": true, "types": [],
			"module": "nodenext", "target": "es2022", "paths": {"schema-dts": [%q]}}}`, filepath.Join(nodeModules, "schema-dts", "dist", "schema.d.ts")),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	said, err := exec.Command("node", filepath.Join(nodeModules, "typescript", "bin", "tsc"), "--project", dir).CombinedOutput()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatalf("tsc: %v", err)
	}
	return string(said)
}

func TestWhatMachinesReadIsOfSchemaOrg(t *testing.T) {
	written := map[string]string{"wrong on purpose": `{"@context": "https://schema.org", "@type": "Organization", "availableLanguage": ["es"]}`}
	if notSchemaOrg(t, written) == "" {
		t.Error("what is wrong on purpose is taken for valid")
	}
	delete(written, "wrong on purpose")
	for _, s := range sites() {
		for _, in := range languages {
			for _, folder := range []string{"/coops/", "/events/"} {
				for _, address := range s.few(t, 12) {
					if !strings.HasPrefix(address, in.prefix+folder) {
						continue
					}
					s.page(t, address).Find(`script[type="application/ld+json"]`).Each(func(_ int, e *goquery.Selection) { written[s.name+" "+address] = e.Text() })
				}
			}
		}
		for _, file := range s.files(t, ".jsonld") {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			written[s.name+" "+filepath.Base(file)] = string(data)
		}
	}
	if t.Logf("%d texts", len(written)); len(written) < 20 {
		t.Fatal("too few to say anything")
	}
	if said := notSchemaOrg(t, written); said != "" {
		t.Errorf("%.4000s", said)
	}
}

func TestCalendarsAreValid(t *testing.T) {
	read := func(r io.Reader) (events int, err error) {
		calendar, err := ical.NewDecoder(r).Decode()
		if err != nil {
			return 0, err
		}
		for _, e := range calendar.Events() {
			_, began := e.DateTimeStart(time.UTC)
			_, ended := e.DateTimeEnd(time.UTC)
			err = errors.Join(err, began, ended)
			events++
		}
		return events, errors.Join(err, ical.NewEncoder(io.Discard).Encode(calendar)) // which asks for what RFC 5545 demands
	}
	events, calendars := 0, 0
	for _, s := range sites() {
		for _, name := range s.files(t, ".ics") {
			f, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			found, err := read(f)
			if f.Close(); err != nil {
				t.Errorf("%s: %v", strings.TrimPrefix(name, s.dir), err)
			}
			events += found
			calendars++
		}
	}
	if t.Logf("%d events in %d calendars", events, calendars); events == 0 {
		t.Error("no calendar has an event")
	}
	if _, err := read(strings.NewReader("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")); err == nil {
		t.Error("an event without a time is taken for valid")
	}
}
