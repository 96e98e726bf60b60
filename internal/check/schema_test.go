package check

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"coops/internal/directory"
	"coops/internal/problem"
	"coops/schema"

	"github.com/xeipuuv/gojsonschema"
)

// The schemas are the source of truth for fields; the structs are written by hand. These tests hold
// the two together.

func TestSchemasAreDraft07(t *testing.T) {
	names, err := fs.Glob(schema.Files, "*.schema.json")
	if err != nil || len(names) != len(kinds)+1 {
		t.Fatalf("%d schemas for %d kinds of file (and the common one): %v", len(names), len(kinds), err)
	}
	meta := gojsonschema.NewReferenceLoader("http://json-schema.org/draft-07/schema#")
	for _, name := range names {
		data, err := schema.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		result, err := gojsonschema.Validate(meta, gojsonschema.NewBytesLoader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, e := range result.Errors() {
			t.Errorf("%s: %s", name, e)
		}
	}
}

// eachField calls visit for every field of a schema that people fill in.
func eachField(n schema.Node, path string, visit func(path string, n schema.Node)) {
	for _, key := range n.Keys() {
		field, _ := n.Field(key)
		visit(path+"/"+key, field)
		eachField(field, path+"/"+key, visit)
	}
	for _, entry := range n.Entries() {
		eachField(entry, path+"/*", visit)
	}
	if next, ok := n.Sub("additionalProperties"); ok {
		eachField(next, path+"/*", visit)
	}
}

func TestEveryFieldIsExplained(t *testing.T) {
	for _, k := range kinds {
		orders := map[string]string{}
		eachField(schema.Root(k.schema), "", func(path string, n schema.Node) {
			where := k.schema + path
			for _, key := range []string{"title", "description", "x-hint"} {
				if n.Text(key) == "" {
					t.Errorf("%s has no %s", where, key)
				}
			}
			if examples, _ := n.M["examples"].([]any); len(examples) == 0 {
				t.Errorf("%s has no examples", where)
			}
			parent := where[:strings.LastIndex(where, "/")]
			order := fmt.Sprint(parent, " ", n.M["x-order"])
			if n.M["x-order"] == nil || orders[order] != "" {
				t.Errorf("%s has the x-order of %s, or none", where, orders[order])
			}
			orders[order] = where
			if top := strings.Count(strings.TrimPrefix(path, "/*"), "/") == 1; top && n.Text("x-group") == "" {
				t.Errorf("%s has no x-group", where)
			}
			if rule := n.Text("x-rule"); rule != "" && valueRules[rule] == nil {
				t.Errorf("%s names a rule %q that there is not", where, rule)
			}
			if n.Text("x-pattern-hint") == "" && n.M["pattern"] != nil && n.Text("x-rule") == "" && n.Text("x-refers") == "" {
				t.Errorf("%s has a pattern, and nothing explains it (x-pattern-hint, x-rule or x-refers)", where)
			}
		})
	}
}

func TestExamplesAreAsTheirFieldsAsk(t *testing.T) {
	plain := schema.Plain("en")
	for _, k := range kinds {
		eachField(schema.Root(k.schema), "", func(path string, n schema.Node) {
			loader := gojsonschema.NewSchemaLoader()
			loader.Draft, loader.AutoDetect = gojsonschema.Draft7, false
			if err := loader.AddSchema("common.schema.json", gojsonschema.NewGoLoader(plain["common.schema.json"])); err != nil {
				t.Fatal(err)
			}
			field := map[string]any{}
			for k, v := range n.M {
				field[k] = v
			}
			definitions := map[string]any{} // of the schema itself, and of the one it refers to
			for _, name := range []string{"common.schema.json", k.schema + ".schema.json"} {
				own, _ := plain[name]["definitions"].(map[string]any)
				maps.Copy(definitions, own)
			}
			field["definitions"] = definitions
			compiled, err := loader.Compile(gojsonschema.NewGoLoader(field))
			if err != nil {
				t.Fatalf("%s%s: %v", k.schema, path, err)
			}
			examples, _ := n.M["examples"].([]any)
			for _, example := range examples {
				result, err := compiled.Validate(gojsonschema.NewGoLoader(example))
				if err != nil {
					t.Fatalf("%s%s: %v", k.schema, path, err)
				}
				for _, e := range result.Errors() {
					t.Errorf("%s%s: example %v: %s", k.schema, path, example, e)
				}
			}
		})
	}
}

func TestStructsHaveTheFieldsOfTheSchemas(t *testing.T) {
	for kind, value := range map[string]any{
		"coop":       directory.Coop{},
		"event":      directory.Event{},
		"request":    directory.Request{},
		"governance": directory.Governance{},
	} {
		compare(t, kind, schema.Root(kind), reflect.TypeOf(value))
	}
	for kind, value := range map[string]any{
		"skills":   directory.Skill{},
		"networks": directory.Network{},
		"sectors":  directory.Sector{},
	} {
		entry, _ := schema.Root(kind).Sub("additionalProperties")
		compare(t, kind, entry, reflect.TypeOf(value))
	}
}

// compare holds the keys and types of a schema's object against a struct, both ways.
func compare(t *testing.T, where string, n schema.Node, structure reflect.Type) {
	t.Helper()
	fields := map[string]reflect.Type{}
	for i := range structure.NumField() {
		if name, _, _ := strings.Cut(structure.Field(i).Tag.Get("json"), ","); name != "-" {
			fields[name] = structure.Field(i).Type
		}
	}
	for _, key := range n.Keys() {
		field, _ := n.Field(key)
		kind, ok := fields[key]
		if !ok {
			t.Errorf("%s: %s has no field %q", where, structure, key)
			continue
		}
		delete(fields, key)
		compareType(t, where+"/"+key, field, kind)
	}
	for name := range fields {
		t.Errorf("%s: the schema has no key %q of %s", where, name, structure)
	}
}

func compareType(t *testing.T, where string, n schema.Node, kind reflect.Type) {
	t.Helper()
	if kind.Kind() == reflect.Pointer {
		kind = kind.Elem()
	}
	want := map[reflect.Kind]string{
		reflect.String: "string", reflect.Int: "integer", reflect.Int64: "integer", reflect.Float64: "number",
		reflect.Bool: "boolean", reflect.Slice: "array", reflect.Map: "object", reflect.Struct: "object",
	}[kind.Kind()]
	if !slices.Contains(n.Types(), want) {
		t.Errorf("%s: %s in Go, %v in the schema", where, kind, n.M["type"])
		return
	}
	switch kind.Kind() {
	case reflect.Struct:
		compare(t, where, n, kind)
	case reflect.Slice:
		if items, ok := n.Entry(map[string]any{}); ok {
			compareType(t, where+"/*", items, kind.Elem())
		}
	case reflect.Map:
		if values, ok := n.Sub("additionalProperties"); ok {
			compareType(t, where+"/*", values, kind.Elem())
		}
	}
}

func TestNumbersInTheDocumentStayExact(t *testing.T) {
	var c directory.Coop
	if err := json.Unmarshal([]byte(`{"name":"A","ended":2024,"skills":["a",{"skill":"b"}],"stewards":[{"login":"x","id":9007199254740991}]}`), &c); err != nil {
		t.Fatal(err)
	}
	if c.EndedOn != "2024" || c.Skills[0].Skill != "a" || c.Skills[1].Skill != "b" || c.Stewards[0].ID != 9007199254740991 {
		t.Errorf("got %+v", c)
	}
}

func TestHintsAreSaidInEveryLanguage(t *testing.T) {
	m := said("coop", "x-hint", func(root schema.Node) schema.Node {
		field, _ := root.Field("website")
		return field
	})
	heard := map[string]bool{}
	for _, in := range problem.Languages {
		heard[problem.In(in).Say(m)] = true
	}
	if len(heard) != len(problem.Languages) || heard[""] {
		t.Errorf("the hint is said in %d ways: %v", len(heard), heard)
	}
}
