package check

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xeipuuv/gojsonschema"
)

// TestValidIsWhatTheValidatorFindsNothingWrongWith changes each file of the repository at random places, and asks both.
func TestValidIsWhatTheValidatorFindsNothingWrongWith(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	right, wrong := 0, 0
	eachFile(t, func(t *testing.T, f *file) {
		for i := range 40 {
			value := f.doc.Value
			for range i % 4 { // at first none
				value = changed(r, value)
			}
			result, err := compiled()[f.schema].Validate(gojsonschema.NewRawLoader(value))
			if err != nil {
				t.Fatal(err)
			}
			want := len(result.Errors()) == 0
			if got := valid()[f.schema](value); got != want {
				text, _ := json.Marshal(value)
				t.Fatalf("%s: valid is %v, the validator says %v of\n%s", f.path, got, result.Errors(), text)
			}
			if want {
				right++
			} else {
				wrong++
			}
		}
	})
	if right < 1000 || wrong < 1000 {
		t.Errorf("%d values were right and %d wrong", right, wrong)
	}
}

// changed returns a copy of a value that differs at a random place below it, or there.
func changed(r *rand.Rand, value any) any {
	switch v := value.(type) {
	case map[string]any:
		if len(v) > 0 && r.IntN(8) > 0 {
			v = maps.Clone(v)
			keys := slices.Sorted(maps.Keys(v))
			key := keys[r.IntN(len(keys))]
			switch r.IntN(8) {
			case 0:
				delete(v, key)
			case 1:
				v[key+"x"] = v[key]
			case 2:
				v[key] = v[keys[r.IntN(len(keys))]]
			default:
				v[key] = changed(r, v[key])
			}
			return v
		}
	case []any:
		if len(v) > 0 && r.IntN(8) > 0 {
			v = slices.Clone(v)
			i := r.IntN(len(v))
			switch r.IntN(4) {
			case 0:
				return slices.Delete(v, i, i+1)
			case 1:
				return append(v, v[i])
			default:
				v[i] = changed(r, v[i])
			}
			return v
		}
	case string:
		switch r.IntN(4) {
		case 0:
			return v + "é"
		case 1:
			return strings.Repeat(v, 1+r.IntN(200))
		}
	}
	return others[r.IntN(len(others))]
}

var others = []any{
	nil, true, "", "a", "A b", "coop", "third-party", "open", "https://a.example/", "2014-01-01", "en", "DE", json.Number("0"), json.Number("7"), json.Number("-2.5"), json.Number("1995"),
	json.Number("1e+21"), []any{}, []any{"a", "a"}, []any{"a", json.Number("1")}, []any{map[string]any{}, map[string]any{}}, map[string]any{}, map[string]any{"en": "a"},
	map[string]any{"skill": "a"}, map[string]any{"skill": "a", "other": "b"}, []any{map[string]any{"skill": "a"}, map[string]any{"skill": "a"}}, map[string]any{"email": "a@b.example"},
}

func TestValidKnowsTheEdges(t *testing.T) {
	for _, c := range []struct {
		keyword  string
		asks     any
		yes, not any
	}{
		{"maxLength", 3.0, "ééé", "éééé"},
		{"minLength", 3.0, "ééé", "éé"},
		{"minimum", -1.5, json.Number("-1.5"), json.Number("-1.6")},
		{"maximum", 90.0, json.Number("90"), json.Number("90.1")},
		{"minItems", 1.0, []any{nil}, []any{}},
		{"maxItems", 1.0, []any{nil}, []any{nil, nil}},
		{"minProperties", 1.0, map[string]any{"a": nil}, map[string]any{}},
		{"uniqueItems", true, []any{"a", "b", json.Number("1"), nil}, []any{"a", nil, nil}},
		{"type", "integer", json.Number("1e+21"), json.Number("1.5")},
		{"type", []any{"null", "number"}, nil, true},
		{"required", []any{"a", "b"}, map[string]any{"a": nil, "b": nil}, map[string]any{"a": nil}},
		{"propertyNames", map[string]any{"maxLength": 1.0}, map[string]any{"a": nil}, map[string]any{"ab": nil}},
		{"additionalProperties", false, map[string]any{}, map[string]any{"a": nil}},
		{"oneOf", []any{map[string]any{"required": []any{"a"}}, map[string]any{"required": []any{"b"}}}, map[string]any{"a": nil}, map[string]any{"a": nil, "b": nil}},
	} {
		one := schemas{}.holds(map[string]any{c.keyword: c.asks})
		if !one(c.yes) || one(c.not) {
			t.Errorf("%s %v: %v holds: %v; %v holds: %v", c.keyword, c.asks, c.yes, one(c.yes), c.not, one(c.not))
		}
	}
	if (schemas{}).holds(map[string]any{"contains": map[string]any{}})([]any{}) {
		t.Error("a schema with a keyword that is not known holds")
	}
}
