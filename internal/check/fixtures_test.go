package check_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"coops/internal/check"
	"coops/internal/problem"
	"coops/schema"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the .out files and the generated docs anew")

// today is the day on which every test takes place.
const today = "2026-11-23"

// base is what every fixture starts from: a small vocabulary and one sound profile.
var base = fstest.MapFS{
	"data/skills/web.yaml": file(`web-development:
  label: {en: Web development, es: Desarrollo web, fr: Développement web, pt: Desenvolvimento web}
  synonyms: {en: [website building]}
wordpress:
  label: {en: WordPress, es: WordPress, fr: WordPress, pt: WordPress}
elixir:
  label: {en: Elixir, es: Elixir, fr: Elixir, pt: Elixir}
`),
	"data/logos/sound.png": file("\x89PNG\r\n\x1a\n and so on"),
	"data/networks.yaml":   file("facttic:\n  name: FACTTIC\n  website: https://facttic.example\n"),
	"data/sectors.yaml":    file("health:\n  label: {en: Health}\n"),
	"data/coops/sound.yaml": file(`name: Sound
website: https://sound.example
logo: sound.png
listed_by: third-party
source: {name: A list, url: "https://list.example", licence: CC0-1.0, retrieved: 2026-06-10}
`),
}

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// with returns the base with the files of an archive laid over it.
func with(a *txtar.Archive) fstest.MapFS {
	fsys := maps.Clone(base)
	for _, f := range a.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return fsys
}

func run(t *testing.T, fsys fs.FS) problem.Report {
	t.Helper()
	_, report, err := check.Directory(context.Background(), fsys, today)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func text(t *testing.T, r problem.Report) string { return textIn(t, r, "en") }

func textIn(t *testing.T, r problem.Report, in string) string {
	t.Helper()
	var b strings.Builder
	if err := problem.WriteText(&b, r, problem.Style{Speaker: problem.In(in)}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// inCode are the rules whose files no archive can hold; the tests below this one break them.
var inCode = []*problem.Rule{problem.Symlink, problem.Unreadable, problem.FileSize, problem.LogoKind, problem.LogoSize, problem.LogoOrphan}

func TestEveryRuleHasFixtures(t *testing.T) {
	for _, rule := range problem.Rules {
		if slices.Contains(inCode, rule) || ofIntake(rule.Name) {
			continue
		}
		broken, err := txtar.ParseFile(filepath.Join("testdata", "err", rule.Name+".txtar"))
		if err != nil {
			t.Errorf("%s: %v", rule.Name, err)
			continue
		}
		report := run(t, with(broken))
		if !breaks(report, rule) {
			t.Errorf("err/%s.txtar does not break its rule:\n%s", rule.Name, text(t, report))
		}
		sound, err := txtar.ParseFile(filepath.Join("testdata", "ok", rule.Name+".txtar"))
		if err != nil {
			t.Errorf("%s: %v", rule.Name, err)
			continue
		}
		if report := run(t, with(sound)); breaks(report, rule) || report.Failed() {
			t.Errorf("ok/%s.txtar has problems:\n%s", rule.Name, text(t, report))
		}
	}
}

// ofIntake tells whether a rule, or the message of one, is of a spreadsheet or a form; the tests of
// internal/intake break those.
func ofIntake(name string) bool {
	return strings.HasPrefix(name, "import-") || strings.HasPrefix(name, "form-")
}

// namedIn returns whether a message of another room is named in the sources: whole, or by how it begins
// ("reason." and what follows).
func namedIn(sources, id string) bool {
	for name := id; ; {
		if strings.Contains(sources, strconv.Quote(name)) {
			return true
		}
		dot := strings.LastIndexByte(strings.TrimSuffix(name, "."), '.')
		if dot < 0 {
			return false
		}
		name = name[:dot+1]
	}
}

// otherRooms returns the Go sources, tests left out, of the rooms that say messages beside this one.
func otherRooms(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, room := range []string{"archive", "cli", "federation", "intake", "review", "upkeep"} {
		names, err := filepath.Glob("../" + room + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(data)
		}
	}
	return all.String()
}

func breaks(r problem.Report, rule *problem.Rule) bool {
	return slices.ContainsFunc(r.Problems, func(p problem.Problem) bool { return p.Rule == rule })
}

func TestMessagesAreAsRecordedInEveryLanguage(t *testing.T) {
	names, err := filepath.Glob("testdata/err/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		report := run(t, with(a))
		for _, in := range problem.Languages {
			ending := ".out"
			if in != "en" {
				ending = "." + in + ".out"
			}
			recorded(t, strings.TrimSuffix(name, ".txtar")+ending, textIn(t, report, in))
		}
	}
}

// recorded holds a text against the one in a file, or writes the file with -update.
func recorded(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\n--- got\n%s--- want\n%s", name, got, want)
	}
}

// TestEveryMessageIsSaidSomewhere holds that the catalog has no message that nothing says, and that
// what is said is in the catalog.
func TestEveryMessageIsSaidSomewhere(t *testing.T) {
	said := idsSaid(t)
	sources := otherRooms(t)
	data, err := os.ReadFile("../problem/messages/en.json")
	if err != nil {
		t.Fatal(err)
	}
	var catalog map[string]any
	if err := json.Unmarshal(data, &catalog); err != nil {
		t.Fatal(err)
	}
	for id := range catalog {
		fragment, _, _ := strings.Cut(id, ".")
		if !said[id] && !ofIntake(id) && !namedIn(sources, id) && !slices.Contains([]string{"severity", "count", "or", "found", "want", "name"}, fragment) &&
			!slices.Contains([]string{"wrong-type.unusable", "yaml-syntax.file", "yaml-syntax.unknown", "yaml-syntax.key"}, id) { // when all else fails
			t.Errorf("nothing says %q", id)
		}
	}
}

// idsSaid returns the ids of the messages that the fixtures and oddities bring forth, and holds that
// each can be said.
func idsSaid(t *testing.T) map[string]bool {
	t.Helper()
	said := map[string]bool{}
	hear := func(r problem.Report) {
		for _, p := range r.Problems {
			said[p.Message.ID] = true
			if text := problem.In("en").Say(p.Message); text == p.Message.ID || strings.Contains(text, "<no value>") {
				t.Errorf("%s: the message %q cannot be said: %s", p.Rule.Name, p.Message.ID, text)
			}
		}
	}
	names, err := filepath.Glob("testdata/err/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		hear(run(t, with(a)))
	}
	for _, fsys := range oddities() {
		hear(run(t, fsys))
	}
	return said
}

// keywords maps each keyword of the schemas that can be broken to the message that says so. "" is for
// those that decide something for others and are never broken themselves.
var keywords = map[string]string{
	"type": "wrong-type", "required": "missing-key", "additionalProperties": "unknown-key", "enum": "unknown-value", "pattern": "pattern",
	"minLength": "length.empty", "maxLength": "length.long", "minItems": "length.empty", "maxItems": "length.many", "minProperties": "length.empty",
	"uniqueItems": "duplicate-item", "minimum": "out-of-range", "maximum": "out-of-range", "propertyNames": "pattern.id",
	"oneOf": "one-of", "anyOf": "missing-key.choice", "x-sorted": "unsorted", "x-past": "date-future", "x-refers": "unknown-skill", "x-rule": "country-code",
	"$schema": "", "$id": "", "$ref": "", "if": "", "then": "", "else": "", "const": "", "default": "", "definitions": "", "properties": "", "patternProperties": "", "items": "",
	"title": "", "description": "", "examples": "", "x-group": "", "x-order": "", "x-hint": "", "x-pattern-hint": "",
}

func TestEveryKeywordOfTheSchemasIsExplained(t *testing.T) {
	said := idsSaid(t)
	var look func(m map[string]any)
	look = func(m map[string]any) {
		for keyword, v := range m {
			id, known := keywords[keyword]
			if !known {
				t.Errorf("no message is known for the keyword %q", keyword)
			}
			if id != "" && !said[id] {
				t.Errorf("no fixture says %q, which explains the keyword %q", id, keyword)
			}
			below, _ := v.(map[string]any)
			switch keyword {
			case "properties", "definitions":
				for _, named := range below {
					if field, ok := named.(map[string]any); ok {
						look(field)
					}
				}
			case "items", "additionalProperties", "propertyNames", "if", "then", "else":
				look(below)
			}
		}
	}
	for _, plain := range schema.Plain("en") {
		look(plain)
	}
}

// oddities are directories that no archive can hold, by what is odd.
func oddities() map[string]fs.FS {
	odd := map[string]fs.FS{
		"locked":         locked{base},
		"data is a file": fstest.MapFS{"data": file("name: Fern\n")},
		"data is a link": fstest.MapFS{"data": link("elsewhere"), "elsewhere/coops/fern.yaml": file("name: Fern\n")},
	}
	for name, files := range map[string]fstest.MapFS{
		"link":         {"data/coops/link.yaml": link("../../../etc/passwd")},
		"settings":     {"hugo.yaml": link("README.md"), "README.md": file("title: Fern\n")},
		"logos":        {"data/logos": file("no folder")},
		"linked logos": {"data/logos": link("../pictures"), "pictures/fern.png": file("GIF89a")},
		"large":        {"data/coops/large.yaml": file("name: " + strings.Repeat("x", 70_000))},
		"values":       {"data/coops/values.yaml": file("former_names: [" + strings.Repeat("a, ", 6000) + "b]\n")},
		"utf16":        {"data/coops/utf16.yaml": file("\xff\xfen\x00")},
		"bytes":        {"data/coops/bytes.yaml": file("name: \xc3\x28\n")},
		"logo kind":    {"data/logos/sound.png": file("GIF89a, whatever the name says")},
		"logo size":    {"data/logos/sound.png": file("\x89PNG\r\n\x1a\n" + strings.Repeat("x", 65<<10))},
		"logo orphan":  {"data/logos/fern.png": file("\x89PNG\r\n\x1a\n and so on")},
		"many":         {"data/coops/many.yaml": file("name: Many\nlisted_by: coop\nformer_names: [" + strings.Repeat("a, ", 25) + "b]\n")},
	} {
		fsys := maps.Clone(base)
		maps.Copy(fsys, files)
		odd[name] = fsys
	}
	return odd
}

func link(target string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(target), Mode: fs.ModeSymlink}
}

func TestOddFilesBreakTheirRule(t *testing.T) {
	for name, rule := range map[string]*problem.Rule{
		"locked": problem.Unreadable, "link": problem.Symlink, "settings": problem.Symlink, "data is a file": problem.UnexpectedFile,
		"data is a link": problem.Symlink, "logos": problem.UnexpectedFile, "linked logos": problem.Symlink, "large": problem.FileSize, "values": problem.FileSize, "utf16": problem.Encoding, "bytes": problem.Encoding,
		"logo kind": problem.LogoKind, "logo size": problem.LogoSize, "logo orphan": problem.LogoOrphan, "many": problem.Length,
	} {
		if r := run(t, oddities()[name]); !breaks(r, rule) {
			t.Errorf("%s: got:\n%s", name, text(t, r))
		}
	}
}

// locked is a file system in which one file cannot be opened.
type locked struct{ fstest.MapFS }

func (l locked) Open(name string) (fs.File, error) {
	if name == "data/coops/sound.yaml" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.Open(name)
}

func TestWithoutDataThereIsAnError(t *testing.T) {
	_, _, err := check.Directory(context.Background(), fstest.MapFS{}, today)
	if !errors.Is(err, check.ErrNoData) {
		t.Errorf("got %v, want ErrNoData", err)
	}
}

func TestAnInterruptedCheckSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := check.Directory(ctx, base, today); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want Canceled", err)
	}
}

func TestTheReportIsTheSameEveryTime(t *testing.T) {
	names, err := filepath.Glob("testdata/err/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys := maps.Clone(base)
	for i, name := range names { // all mistakes in one directory
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			if dir, file := filepath.Split(f.Name); dir == "data/coops/" {
				fsys[dir+string(rune('a'+i%26))+"-"+file] = &fstest.MapFile{Data: f.Data}
			}
		}
	}
	first := text(t, run(t, fsys))
	for range 5 {
		if again := text(t, run(t, fsys)); again != first {
			t.Fatalf("two runs differ:\n%s\n---\n%s", first, again)
		}
	}
}

// FuzzDirectory looks for input that makes the check panic or hang, or report a place that is not in
// the file.
func FuzzDirectory(f *testing.F) {
	for _, pattern := range []string{"testdata/err/*.txtar", "testdata/ok/*.txtar"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			a, err := txtar.ParseFile(name)
			if err != nil {
				f.Fatal(err)
			}
			for _, file := range a.Files {
				f.Add(file.Data)
			}
		}
	}
	f.Add([]byte(strings.Repeat("[", 65_000)))
	f.Add([]byte(strings.Repeat("- ", 32_000)))
	f.Add([]byte(strings.Repeat("? ", 32_000)))
	f.Add([]byte(strings.Repeat("a: {", 16_000)))
	f.Add([]byte("name: \xff\xfe"))
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := maps.Clone(base)
		fsys["data/coops/fuzzed.yaml"] = &fstest.MapFile{Data: data}
		lines := strings.Split(string(data), "\n")
		for _, p := range run(t, fsys).Problems {
			if p.File != "data/coops/fuzzed.yaml" && p.File != "data/coops/sound.yaml" {
				t.Errorf("a problem in %s", p.File)
			}
			if p.File == "data/coops/fuzzed.yaml" && p.Range.Line > len(lines) {
				t.Errorf("line %d of %d: %s", p.Range.Line, len(lines), p.Message)
			}
		}
	})
}
