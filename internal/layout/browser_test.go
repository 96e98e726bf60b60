package layout_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coops/internal/layout"
	"coops/internal/yamldoc"
	"coops/schema"
)

var update = flag.Bool("update", false, "write test/js/yaml.json anew")

// browserCase is a value, and the file that says it as Format writes it.
type browserCase struct {
	Value map[string]any `json:"value"`
	Text  string         `json:"text"`
}

// The page on which a profile is made writes YAML in the browser. What it is held against
// (test/js/yaml.test.js) is what Format writes, and stays so.
func TestBrowserWriterIsHeldAgainstWhatFormatWrites(t *testing.T) {
	shape, _ := layout.Of("data/coops/fern.yaml")
	file := struct {
		Shape *yamldoc.Shape `json:"shape"`
		Cases []browserCase  `json:"cases"`
	}{Shape: shape}
	for _, value := range browserValues(t) {
		if text, ok := formatted(t, value, shape); ok {
			file.Cases = append(file.Cases, browserCase{value, text})
		}
	}
	if len(file.Cases) < 300 {
		t.Fatalf("only %d cases", len(file.Cases))
	}
	var want bytes.Buffer
	encoder := json.NewEncoder(&want)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(file); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join("..", "..", "test", "js", "yaml.json")
	if *update {
		if err := os.WriteFile(name, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil || !bytes.Equal(got, want.Bytes()) {
		t.Errorf("test/js/yaml.json is not what Format writes (%v); run: go test ./internal/layout -update", err)
	}
}

// formatted returns a value as Format writes it; not ok where no file may say it.
func formatted(t *testing.T, value map[string]any, shape *yamldoc.Shape) (string, bool) {
	t.Helper()
	plain, err := json.Marshal(value) // JSON is YAML
	if err != nil {
		t.Fatal(err)
	}
	doc, problems := yamldoc.Read("data/coops/fern.yaml", plain)
	if doc == nil || len(problems) > 0 {
		return "", false
	}
	text, err := doc.Format(shape)
	if err != nil {
		t.Errorf("%s: %v", plain, err)
		return "", false
	}
	again, _ := yamldoc.Read("data/coops/fern.yaml", text)
	if twice, err := again.Format(shape); err != nil || !bytes.Equal(twice, text) {
		t.Errorf("%s is formatted once as\n%s\nand twice as\n%s(%v)", plain, text, twice, err)
	}
	return string(text), true
}

// hostile are texts that YAML could take for something else.
var hostile = strings.Split("a: b|a #b|#a|'a'|\"a\"|a\"b|a\\b| a|a |a:|:a|- a|-a|-|?|? a|a?|!a|&a|*a|%a|@a|`a`|~|null|NULL|yes|No|ON|off|y|N|true|False|012|0x1F|1e3|1_000|12:30|12:30:45|"+
	"2026-11-01|2026-11-01T10:00:00Z|2026-13-45|.5|+1|-1|1.5|1,5|=|<<|a<<b|a,b|[a]|{a}|a]|a}|🌱|🌱 seeds|ñandú|日本|\u00a0a|a\u00a0b|\u3000|a\u2028b|\ufeffa|a\tb|\ta|a\u0085b|a\u0000b|a\u001bb|a\u007fb|"+
	"...|---|--- a|a --- b|https://fern.example/a#b|https://fern.example/?a=b&c=d|mailto:a@b.example|C#|C++|F# and more|{{ a }}|${a}|<a>|>a|>|a>b|24ème|0|00|1st|=a|<a|é|İ|a: |a :b|\\n|\\u0041|%YAML 1.2|x: {y: z}", "|")

// longer are texts of several lines.
var longer = []string{"a\nb", "a\nb\n", "a\n\nb\n", "a\n\nb\n\n", "\na", "\n\na\nb", "\n", "\n\n", "a\n", " a\nb", "a\n b", "a\n  b\n c\n", "\ta\nb", "a\n\tb", "a  \nb", "a\n  \nb", "a\n \n", "# a\nb", "a\n# b\n", "- a\n- b\n",
	"a: b\nc: d", "---\na\n", "...\na", "a\n---\nb", "**a**\n\n* b\n* c\n", "```\na\n```\n", "🌱\n日本\n", "a\u2028\nb", "a\u0000\nb", "a\r\nb", "'a\nb'", "\"a\nb\"", "| a\nb", "> a\nb", "%a\nb", "a\n\n\n\nb", "a\\\nb"}

// browserValues are profiles of every field with its example, every hostile text wherever a text can stand,
// and some drawn by lot, always the same.
func browserValues(t *testing.T) []map[string]any {
	var values []map[string]any
	everything := map[string]any{}
	root := schema.Root("coop")
	for _, key := range root.Keys() {
		field, _ := root.Field(key)
		examples, _ := field.M["examples"].([]any)
		if len(examples) == 0 {
			t.Fatalf("%s has no example", key)
		}
		for _, example := range examples {
			values = append(values, map[string]any{key: example})
		}
		everything[key] = examples[0]
	}
	values = append(values, everything)
	for _, text := range append(append([]string{}, hostile...), longer...) {
		values = append(values,
			map[string]any{"name": text, "former_names": []any{text, "b"}, "languages": []any{text}},
			map[string]any{"summary": map[string]any{"en": text, "es": text}, "contact": map[string]any{"email": text}},
			map[string]any{"skills": []any{map[string]any{"other": text, "note": map[string]any{"en": text}}, text}, text: text},
			map[string]any{"locations": []any{map[string]any{"place": text}}, "source": map[string]any{"name": text}},
		)
	}
	lot := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		if lot.IntN(6) == 0 {
			return longer[lot.IntN(len(longer))]
		}
		words := make([]string, 1+lot.IntN(12))
		for i := range words {
			words[i] = hostile[lot.IntN(len(hostile))]
			if lot.IntN(3) > 0 {
				words[i] = []string{"web", "cooperativa", "más", "and", "of", "2012"}[lot.IntN(6)]
			}
		}
		return strings.Join(words, " ")
	}
	note := func() map[string]any {
		all := map[string]any{}
		for _, in := range []string{"en", "es", "no", "pt-BR"}[:1+lot.IntN(4)] {
			all[in] = text()
		}
		return all
	}
	for range 60 {
		v := map[string]any{"name": text(), "summary": note(), "founded": 2012}
		var skills, places, needs []any
		for i := range 1 + lot.IntN(4) {
			skills = append(skills, fmt.Sprint("skill-", i), map[string]any{"skill": "x", "note": note()})
			places = append(places, map[string]any{"place": text(), "country": "NO", "coordinates": map[string]any{"longitude": -60.64, "latitude": float64(lot.IntN(90))}})
			needs = append(needs, map[string]any{"kind": "learn", "skill": text(), "formats": []any{"a", text()}, "note": note()})
		}
		v["skills"], v["locations"], v["needs"], v["remote"] = skills, places, needs, true
		v["products"] = []any{map[string]any{"name": text(), "summary": note(), "website": "https://fern.example"}}
		v["description"], v["declines"] = map[string]any{"en": longer[lot.IntN(len(longer))]}, []any{}
		values = append(values, v)
	}
	return values
}
