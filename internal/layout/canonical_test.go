package layout_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"coops/internal/fields"
	"coops/internal/layout"
	"coops/internal/yamldoc"
)

var update = flag.Bool("update", false, "write test/js/canonical.json anew")

// canonicalFile holds profiles as values and as text: the form of the site writes them in JavaScript, and test/js/yaml.test.js holds
// it to the same texts.
const canonicalFile = "../../test/js/canonical.json"

type canonical struct {
	Fields []formField     `json:"fields"`
	Cases  []canonicalCase `json:"cases"`
}

type canonicalCase struct {
	Content map[string]any `json:"content"`
	Text    string         `json:"text"`
}

type formField struct {
	Key    string      `json:"key"`
	Type   formType    `json:"type"`
	Fields []formField `json:"fields"`
}

type formType struct {
	ID string     `json:"id"`
	Of []formType `json:"of,omitempty"`
}

func formFields(list []fields.Field) []formField {
	made := []formField{}
	for _, f := range list {
		made = append(made, formField{f.Key, formTypeOf(f.Type), formFields(f.Fields)})
	}
	return made
}

func formTypeOf(t fields.Type) formType {
	made := formType{ID: t.ID}
	for _, of := range t.Of {
		made.Of = append(made.Of, formTypeOf(of))
	}
	return made
}

func TestTheFormOfTheSiteWritesAsFmtDoes(t *testing.T) {
	var want canonical
	for _, g := range fields.In("en")[0].Groups {
		want.Fields = append(want.Fields, formFields(g.Fields)...)
	}
	shape, _ := layout.Of("data/coops/fern.yaml")
	for _, content := range profilesToWrite() {
		source, err := json.Marshal(content) // which is YAML, too
		if err != nil {
			t.Fatal(err)
		}
		doc, problems := yamldoc.Read("data/coops/fern.yaml", source)
		if doc == nil || len(problems) > 0 {
			t.Fatalf("%s: %v", source, problems)
		}
		text, err := doc.Format(shape)
		if err != nil {
			t.Fatalf("%s: %v", source, err)
		}
		want.Cases = append(want.Cases, canonicalCase{content, string(text)})
	}
	file, err := json.MarshalIndent(want, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(canonicalFile, append(file, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(canonicalFile)
	if err != nil || string(got) != string(file)+"\n" {
		t.Errorf("%s is not what fmt writes now (%v); run go test ./internal/layout -update", canonicalFile, err)
	}
}

// profilesToWrite are profiles with every field, with every odd text, and with what chance makes of both.
func profilesToWrite() []map[string]any {
	texts := []string{
		"Fern", "a: b", "a:b", "ends:", "a #b", "#a", "- a", "-", "?", "? a", "!tag", "&anchor", "*alias", "|", ">", "'a'", "\"a\"", "%a", "@a", "`a`", "~", "=", "<<", "a << b", "<a>", ".5", "+1",
		"null", "Null", "TRUE", "false", "yes", "No", "on", "OFF", "y", "N", "012", "1e3", "0x1F", "1_000", "12:30", "12:30:45", "2026-01-01", "2026-01-01T10:00:00Z", "2026-1-1", "123", "1.5", "1,5",
		"a, b", "[a]", "{a}", "a]b", "http://a.example/?b=c&d=e#f", "https://a.example:8080/", "a\\b", "a\"b", "été", "日本語", "مرحبا", "👩‍👩‍👧‍👧 🎉", "a\u00a0b", "a\u200bb", "a\u2028b", "a\u0085b", "ı", strings.Repeat("long ", 40) + "end",
	}
	lines := []string{"one\ntwo", "one\n\ntwo", "# one\n- two\n  three", "one: two\nthree: [", "one\n  two\n    three", "**Bold** and\n\n1. one\n2. two", "\"one\"\n'two'", "one\n---\ntwo", "one\n...\ntwo", "a\u2028b\nc", "one\ntwo\n", "one\n"}
	all := []map[string]any{
		{"name": "Fern", "listed_by": "coop"},
		{
			"name": "Fern", "website": "https://fern.example", "kind": "worker", "status": "active", "ended": 2024, "successor": "gorse",
			"summary": map[string]any{"es": "Hacemos sitios.", "en": "We make sites."}, "description": map[string]any{"en": "One.\n\n- Two", "no": "Ja"},
			"founded": 2012, "members": 14,
			"locations": []any{map[string]any{"country": "AR", "region": "AR-S", "place": "Rosario", "coordinates": map[string]any{"latitude": -32.95, "longitude": -60.64}}, map[string]any{"country": "NO"}},
			"remote":    true, "serves": []any{"AR", "worldwide"}, "languages": []any{"es", "no"}, "timezones": []any{"America/Argentina/Cordoba"}, "networks": []any{"facttic"}, "sectors": []any{"health"},
			"skills":       []any{"web-development", map[string]any{"skill": "free-software", "level": "expert", "note": map[string]any{"es": "Desde 2009."}}, map[string]any{"other": "Braille embossing"}},
			"declines":     []any{"wordpress"},
			"teaches":      []any{map[string]any{"skill": "elixir", "formats": []any{"workshop", "course"}, "languages": []any{"es"}, "terms": "free", "note": map[string]any{"en": "In spring:\nask us"}}},
			"needs":        []any{map[string]any{"skill": "kubernetes", "kind": "learn", "formats": []any{"pairing"}, "terms": []any{"exchange", "solidarity"}, "until": "2027-06-30", "note": map[string]any{"en": "For a library."}}},
			"products":     []any{map[string]any{"name": "Cosecha", "website": "https://cosecha.example", "summary": map[string]any{"es": "Pedidos y repartos."}}},
			"availability": "open", "contact": map[string]any{"email": "hola@fern.example", "form": "https://fern.example/contacto"},
			"links": []any{map[string]any{"kind": "code", "url": "https://git.fern.example"}}, "logo": "fern.png", "former_names": []any{"Old Fern"}, "former_slugs": []any{"old-fern"},
			"listed_by": "third-party", "source": map[string]any{"name": "A list", "url": "https://list.example", "licence": "CC0-1.0", "retrieved": "2026-06-10"}, "confirmed": "2026-11-01",
			"stewards": []any{map[string]any{"login": "someone", "id": 12345}},
		},
	}
	for _, text := range append(texts, lines...) {
		all = append(all, map[string]any{
			"name": text, "summary": map[string]any{"en": text, "pt-BR": text}, "listed_by": "coop", "former_names": []any{text, "x"},
			"locations": []any{map[string]any{"place": text}}, "skills": []any{map[string]any{"other": text}, map[string]any{"skill": "web", "note": map[string]any{"en": text}}},
			"contact": map[string]any{"email": text},
		})
	}
	random := rand.New(rand.NewPCG(1, 2))
	pick := func() string { return texts[random.IntN(len(texts))] }
	for range 60 {
		long := strings.TrimSpace(strings.Repeat(pick()+" ", 1+random.IntN(6)))
		var several []any
		for i := range random.IntN(7) {
			several = append(several, map[string]any{"name": fmt.Sprintf("%s%d", pick(), i), "website": "https://p.example/" + strings.Repeat("x", random.IntN(60)), "summary": map[string]any{"en": long}})
		}
		content := map[string]any{"name": pick(), "listed_by": "coop", "contact": map[string]any{"email": pick(), "form": long}, "former_names": []any{pick(), long, pick()}}
		if several != nil {
			content["products"] = several
		}
		all = append(all, content)
	}
	return all
}
