package site

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"coops/schema"
)

func fieldNamed(t *testing.T, in, id string) field {
	t.Helper()
	var found field
	var look func(list []field)
	look = func(list []field) {
		for _, f := range list {
			if f.ID == id {
				found = f
			}
			look(f.Fields)
		}
	}
	for _, k := range fieldsIn(in).Kinds {
		for _, g := range k.Groups {
			look(g.Fields)
		}
	}
	if found.ID == "" {
		t.Fatalf("%s: there is no field %s", in, id)
	}
	return found
}

func TestTheFieldReferenceIsStagedInWordsThatTheSiteHas(t *testing.T) {
	got := fieldNamed(t, "es", "coop-skills-other")
	want := field{
		ID: "coop-skills-other", Key: "other", Title: "Otro saber",
		Description: "Un saber que todavía no está en el vocabulario, en pocas palabras.",
		Hint:        "Cuando lo nombran tres cooperativas, se propone para el vocabulario.",
		Type:        fieldType{ID: "text"}, Limits: []fieldLimit{{ID: "characters", Most: "80"}},
		Need: &fieldNeed{When: "always", Or: []string{"skill"}, Either: true}, Examples: []string{`other: "Braille embossing"`},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\ngot  %+v\nwant %+v", got, want)
	}
	formats := fieldNamed(t, "en", "coop-teaches-formats")
	if formats.Words != "format" || !slices.Contains(formats.Values, "show-and-tell") {
		t.Errorf("formats: got values %q in the words %q", formats.Values, formats.Words)
	}
	for id := range valueWords {
		if values := fieldNamed(t, "en", id).Values; len(values) == 0 {
			t.Errorf("%s has words for its values, and no values", id)
		}
	}
}

// Every key that the templates make out of the reference is in the site's languages.
func TestTheSiteHasWordsForEveryField(t *testing.T) {
	keys := map[string]bool{}
	key := func(parts ...string) { keys[strings.ReplaceAll(strings.Join(parts, "_"), "-", "_")] = true }
	var typed func(f fieldType)
	typed = func(f fieldType) {
		if f.Refers != "" {
			key("type_id", f.Refers)
		} else {
			key("type", f.ID)
		}
		for _, of := range f.Of {
			typed(of)
		}
	}
	var look func(list []field)
	look = func(list []field) {
		for _, f := range list {
			typed(f.Type)
			if f.Need != nil {
				key("needed", f.Need.When)
			}
			for _, l := range f.Limits {
				key("limit", l.ID)
			}
			for _, value := range f.Values {
				if f.Words != "" {
					key(f.Words, value)
				}
			}
			look(f.Fields)
		}
	}
	for _, k := range fieldsIn("en").Kinds {
		for _, g := range k.Groups {
			if len(k.Groups) > 1 {
				key("group", k.ID, g.ID)
			}
			look(g.Fields)
		}
	}
	for _, in := range []string{"en", "es", "fr", "pt"} {
		data, err := os.ReadFile("../../themes/commons/i18n/" + in + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		for key := range keys {
			if !strings.Contains(string(data), "\n"+key+": ") {
				t.Errorf("i18n/%s.yaml has no %s", in, key)
			}
		}
	}
}

func TestAReferenceThatIsNotTranslatedSaysSo(t *testing.T) {
	for in, want := range map[string]fieldsPage{"en": {Language: "en"}, "pt-BR": {Language: "pt"}, "de": {Language: "en", Fallback: "Englisch"}} {
		got := fieldsIn(in)
		if got.Language != want.Language || got.Fallback != want.Fallback {
			t.Errorf("%s: got %q, %q, want %q, %q", in, got.Language, got.Fallback, want.Language, want.Fallback)
		}
	}
}

func TestTextsOfFieldsAreHarmlessHTML(t *testing.T) {
	if got, want := codeHTML("in data/<slug>.yaml, as `a<b`"), "in data/&lt;slug&gt;.yaml, as <code>a&lt;b</code>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSchemasArePublishedAndFindEachOther(t *testing.T) {
	b := newBuild(t)
	if _, err := b.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(b.Output, "schema", "v1")
	names, err := fs.Glob(schema.Files, "*.schema.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d schemas: %v", len(names), err)
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		var plain map[string]any
		if err := json.Unmarshal(data, &plain); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, part := range strings.Split(string(data), `"$ref": "`)[1:] {
			file, _, _ := strings.Cut(part, "#")
			if file == "" {
				continue
			}
			if _, err := os.Stat(filepath.Join(folder, file)); err != nil {
				t.Errorf("%s refers to %s: %v", name, file, err)
			}
		}
	}
}
