package yamldoc_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"coops/internal/problem"
	"coops/internal/yamldoc"
)

const profile = `# a comment with ñ
name: "Señal ñ"   # another
locations:
  - {country: DE, place: Mün chen}
  - country: AR
    coordinates:
      latitude: -32.95
summary:
  en: |
    Two lines
    of wörds.
  es: Después
founded: 2012
remote: yes
ended: 2014-01-01
empty:
`

func TestReadGivesPlainValues(t *testing.T) {
	doc, problems := yamldoc.Read("p.yaml", []byte(profile))
	if len(problems) > 0 {
		t.Fatalf("problems: %v", problems)
	}
	want := map[string]any{
		"name": "Señal ñ",
		"locations": []any{
			map[string]any{"country": "DE", "place": "Mün chen"},
			map[string]any{"country": "AR", "coordinates": map[string]any{"latitude": json.Number("-32.95")}},
		},
		"summary": map[string]any{"en": "Two lines\nof wörds.\n", "es": "Después"},
		"founded": json.Number("2012"), "remote": "yes", "ended": "2014-01-01", "empty": nil,
	}
	if !reflect.DeepEqual(doc.Value, want) {
		t.Errorf("got  %#v\nwant %#v", doc.Value, want)
	}
}

func TestPositionsAreWhereAPersonWouldPoint(t *testing.T) {
	doc, _ := yamldoc.Read("p.yaml", []byte(profile))
	for pointer, want := range map[string]string{
		"/name":                              "2:7-16",
		"/locations":                         "3:1-10", // a list: its key
		"/locations/0":                       "4:5-6",
		"/locations/0/place":                 "4:26-34",
		"/locations/1/country":               "5:14-16",
		"/locations/1/coordinates/latitude":  "7:17-23",
		"/locations/1/coordinates/longitude": "6:5-16", // absent: its parent
		"/locations/7":                       "3:1-10",
		"/summary/en":                        "9:7-8",
		"/summary/es":                        "12:7-14",
		"/summary/fr":                        "8:1-8",
		"/founded":                           "13:10-14",
		"/nowhere/at/all":                    "2:1-5",
		"":                                   "2:1-5",
	} {
		r := doc.Position(pointer)
		if got := fmt.Sprintf("%d:%d-%d", r.Line, r.Column, r.EndColumn); got != want || r.EndLine != r.Line {
			t.Errorf("Position(%q) = %s, want %s", pointer, got, want)
		}
	}
	if r := doc.KeyPosition("/summary/es"); r.Line != 12 || r.Column != 3 {
		t.Errorf("KeyPosition = %+v", r)
	}
}

func TestKeysWithSlashesAndTildesAreFound(t *testing.T) {
	doc, _ := yamldoc.Read("p.yaml", []byte("a: 1\n\"b/c~d\": 2\n"))
	if r := doc.Position("/b~1c~0d"); r.Line != 2 || r.Column != 10 {
		t.Errorf("Position = %+v", r)
	}
}

func TestWindowsLineEndsAndAByteOrderMarkAreAccepted(t *testing.T) {
	doc, problems := yamldoc.Read("p.yaml", []byte("\ufeffname: A\r\nfounded: 2012\r\n"))
	if len(problems) > 0 || doc == nil {
		t.Fatalf("problems: %v", problems)
	}
	if r := doc.Position("/founded"); r.Line != 2 || r.Column != 10 || r.EndColumn != 14 {
		t.Errorf("Position = %+v", r)
	}
}

func TestHostileInputIsRefusedByItsRule(t *testing.T) {
	for name, c := range map[string]struct {
		input string
		rule  *problem.Rule
	}{
		"brackets":        {strings.Repeat("[", 65_000), problem.YAMLDepth},
		"entries":         {strings.Repeat("- ", 32_000), problem.YAMLDepth},
		"explicit keys":   {strings.Repeat("? ", 32_000), problem.YAMLDepth},
		"braces":          {strings.Repeat("{a: ", 16_000), problem.YAMLDepth},
		"indented keys":   {nestedKeys(100), problem.YAMLDepth},
		"many keys":       {numbered(6000, "a%d: b\n"), problem.FileSize},
		"many entries":    {numbered(6000, "- a%d\n"), problem.FileSize},
		"many in a line":  {"a: [" + numbered(6000, "b%d, ") + "c]\n", problem.FileSize},
		"laughs":          {"a: &a [x]\nb: [*a, *a]\n", problem.YAMLFeature},
		"tag":             {"a: !!binary aGk=\n", problem.YAMLFeature},
		"merge key":       {"a: {<<: {b: c}}\n", problem.YAMLFeature},
		"directive":       {"%YAML 1.2\n---\na: b\n", problem.YAMLFeature},
		"not a number":    {"a: .nan\n", problem.Number},
		"bad bytes":       {"a: \xc3\x28\n", problem.Encoding},
		"UTF-16":          {"\xff\xfea\x00:\x00", problem.Encoding},
		"escape sequence": {"a: \x1b[31mred\n", problem.Encoding},
		"map as key":      {"? {a: b}\n: c\n", problem.YAMLSyntax},
	} {
		t.Run(name, func(t *testing.T) {
			doc, problems := yamldoc.Read("p.yaml", []byte(c.input))
			if doc != nil || len(problems) == 0 {
				t.Fatalf("it was read: %v", problems)
			}
			for _, p := range problems {
				if p.Rule != c.rule {
					t.Errorf("got rule %s (%s), want %s", p.Rule.Name, p.Message, c.rule.Name)
				}
			}
		})
	}
}

func numbered(count int, format string) string {
	var b strings.Builder
	for i := range count {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func nestedKeys(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func TestOfTwoEqualKeysTheFirstCounts(t *testing.T) {
	doc, problems := yamldoc.Read("p.yaml", []byte("name: A\nname: B\n"))
	if len(problems) != 1 || problems[0].Rule != problem.DuplicateKey || problems[0].Range.Line != 2 {
		t.Fatalf("problems: %v", problems)
	}
	if got := doc.Value.(map[string]any)["name"]; got != "A" {
		t.Errorf("name = %v", got)
	}
}

// FuzzRead looks for input that makes reading panic or hang, or a position that is not in the file.
func FuzzRead(f *testing.F) {
	f.Add([]byte(profile), "/summary/en")
	f.Add([]byte("a: [1, {b: c}]\n"), "/a/1/b")
	f.Add([]byte("- - a\n  - b\n- ? c\n"), "/0/1")
	f.Add([]byte("\"a\\u0000\": |+\n\n x\n"), "/a")
	f.Fuzz(func(t *testing.T, data []byte, pointer string) {
		doc, problems := yamldoc.Read("p.yaml", data)
		if doc == nil && len(problems) == 0 {
			t.Fatal("neither a document nor a problem")
		}
		if doc == nil || pointer != "" && pointer[0] != '/' {
			return
		}
		lines := strings.Split(string(data), "\n")
		for _, r := range []problem.Range{doc.Position(pointer), doc.KeyPosition(pointer)} {
			if r.Line < 1 || r.Line > len(lines) || r.Column < 1 || r.EndColumn <= r.Column {
				t.Errorf("Position(%q) = %+v in %d lines", pointer, r, len(lines))
			}
		}
	})
}
