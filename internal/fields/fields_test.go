package fields_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"coops/internal/fields"
	"coops/internal/yamldoc"
	"coops/schema"
)

var update = flag.Bool("update", false, "write docs/fields.md anew")

// eachField calls visit for every field of a language's kinds, also those inside others.
func eachField(language string, visit func(f fields.Field)) {
	var all func(list []fields.Field)
	all = func(list []fields.Field) {
		for _, f := range list {
			visit(f)
			all(f.Fields)
		}
	}
	for _, k := range fields.In(language) {
		for _, g := range k.Groups {
			all(g.Fields)
		}
	}
}

func find(t *testing.T, id string) fields.Field {
	t.Helper()
	var found fields.Field
	eachField("en", func(f fields.Field) {
		if f.ID == id {
			found = f
		}
	})
	if found.ID == "" {
		t.Fatalf("there is no field %s", id)
	}
	return found
}

func TestEveryFieldSaysWhatItIs(t *testing.T) {
	for _, language := range schema.Codes() {
		seen := map[string]bool{}
		eachField(language, func(f fields.Field) {
			if seen[f.ID] {
				t.Errorf("%s: the id %s is there twice", language, f.ID)
			}
			seen[f.ID] = true
			if f.Title == "" || f.Description == "" || f.Hint == "" || f.Type.ID == "" || len(f.Examples) == 0 {
				t.Errorf("%s: %s says too little: %+v", language, f.ID, f)
			}
			if hasMap := strings.Contains(fmt.Sprint(f.Type), fields.Map); hasMap != (len(f.Fields) > 0) {
				t.Errorf("%s: %s is %+v with %d fields inside", language, f.ID, f.Type, len(f.Fields))
			}
		})
		if len(seen) < 100 {
			t.Errorf("%s: only %d fields: are they still seen?", language, len(seen))
		}
	}
}

func TestFieldsStandInTheOrderPeopleMeetThem(t *testing.T) {
	coop := fields.In("en")[0]
	var groups []string
	for _, g := range coop.Groups {
		groups = append(groups, g.ID)
	}
	if want := []string{"identity", "story", "place", "exchange", "contact", "record"}; !slices.Equal(groups, want) {
		t.Errorf("groups: got %q, want %q", groups, want)
	}
	var keys []string
	for _, f := range coop.Groups[0].Fields {
		keys = append(keys, f.Key)
	}
	if want := []string{"name", "website", "kind", "status", "ended", "successor"}; !slices.Equal(keys, want) {
		t.Errorf("identity: got %q, want %q", keys, want)
	}
}

func TestTypesSayWhatAFieldHolds(t *testing.T) {
	least, most := 1800.0, 2200.0
	for id, want := range map[string]fields.Type{
		"coop-name":                  {ID: fields.Text, Limits: fields.Limits{Characters: 120}},
		"coop-website":               {ID: fields.WebAddress},
		"coop-successor":             {ID: fields.ID, Refers: "coops"},
		"coop-ended":                 {ID: fields.YearOrDate, Limits: fields.Limits{Past: true}},
		"coop-founded":               {ID: fields.WholeNumber, Limits: fields.Limits{Minimum: &least, Maximum: &most, Past: true}},
		"coop-summary":               {ID: fields.PerLanguage, Of: []fields.Type{{ID: fields.Text, Limits: fields.Limits{Characters: 160}}}},
		"coop-remote":                {ID: fields.YesNo},
		"coop-locations-coordinates": {ID: fields.Map},
		"coop-availability":          {ID: fields.Choice, Values: []string{"open", "limited", "full"}},
		"coop-former_slugs":          {ID: fields.List, Of: []fields.Type{{ID: fields.ID}}, Limits: fields.Limits{Entries: 20, Unique: true}},
		"coop-skills":                {ID: fields.List, Of: []fields.Type{{ID: fields.ID, Refers: "skills"}, {ID: fields.Map}}, Limits: fields.Limits{Entries: 60}},
		"event-start":                {ID: fields.DateTime},
		"governance-restored":        {ID: fields.Date, Limits: fields.Limits{Past: true}},
		"skills-label":               {ID: fields.PerLanguage, Of: []fields.Type{{ID: fields.Text, Limits: fields.Limits{Characters: 80}}}},
		"coop-locations-country":     {ID: fields.Country},
		"coop-source-retrieved":      {ID: fields.Date, Limits: fields.Limits{Past: true}},
		"coop-teaches-languages":     {ID: fields.List, Of: []fields.Type{{ID: fields.Language}}, Limits: fields.Limits{NotEmpty: true, Unique: true}},
		"request-who-sector":         {ID: fields.ID, Refers: "sectors"},
		"coop-skills-other":          {ID: fields.Text, Limits: fields.Limits{Characters: 80}},
		"networks-countries":         {ID: fields.List, Of: []fields.Type{{ID: fields.Country}}, Limits: fields.Limits{Unique: true}},
	} {
		if got := find(t, id).Type; !reflect.DeepEqual(got, want) {
			t.Errorf("%s\ngot  %+v\nwant %+v", id, got, want)
		}
	}
}

func TestNeedsSayWhenAFieldMustBeThere(t *testing.T) {
	for id, want := range map[string]*fields.Need{
		"coop-website":      nil,
		"coop-name":         {},
		"coop-summary":      {ListedBy: "coop"},
		"coop-source":       {ListedBy: "third-party"},
		"coop-locations":    {ListedBy: "coop", Or: []string{"remote"}},
		"coop-remote":       {ListedBy: "coop", Or: []string{"locations"}},
		"coop-skills-other": {Or: []string{"skill"}, Either: true},
		"coop-source-url":   {},
		"event-online":      {Or: []string{"place"}},
		"skills-label":      {},
		"skills-asks":       nil,
	} {
		if got := find(t, id).Need; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", id, got, want)
		}
	}
}

// The examples that people copy are read back as the schema's own.
func TestExamplesAreYAML(t *testing.T) {
	own := map[string][]any{}
	for name, m := range schema.Plain("en") {
		collectExamples(strings.TrimSuffix(name, ".schema.json"), m, own)
	}
	eachField("en", func(f fields.Field) {
		for i, example := range f.Examples {
			doc, problems := yamldoc.Read("example.yaml", []byte(f.Key+": "+example+"\n"))
			if doc == nil || len(problems) > 0 {
				t.Errorf("%s: %s is no YAML: %v", f.ID, example, problems)
				continue
			}
			value, err := json.Marshal(doc.Value.(map[string]any)[f.Key])
			if err != nil {
				t.Fatal(err)
			}
			examples := own[f.ID]
			if len(examples) == 0 { // inside the definition of contact
				examples = own["common-"+f.ID[strings.Index(f.ID, "-")+1:]]
			}
			want, err := json.Marshal(examples[i])
			if err != nil {
				t.Fatal(err)
			}
			if string(value) != string(want) {
				t.Errorf("%s: %s is read as %s, want %s", f.ID, example, value, want)
			}
		}
	})
}

func collectExamples(id string, m map[string]any, into map[string][]any) {
	if examples, ok := m["examples"].([]any); ok && into[id] == nil {
		into[id] = examples
	}
	for _, below := range []string{"properties", "definitions"} {
		named, _ := m[below].(map[string]any)
		for name, v := range named {
			collectExamples(id+"-"+name, v.(map[string]any), into)
		}
	}
	for _, below := range []string{"items", "additionalProperties", "then", "else"} {
		if next, ok := m[below].(map[string]any); ok {
			inside := map[string][]any{}
			collectExamples(id, next, inside)
			for at, examples := range inside {
				if at != id && into[at] == nil {
					into[at] = examples
				}
			}
		}
	}
}

func TestExamplesAreWrittenAsPeopleWould(t *testing.T) {
	for id, want := range map[string]string{
		"coop-website":   "https://ejemplo.example",
		"coop-founded":   "2012",
		"coop-confirmed": "2026-11-01",
		"coop-remote":    "true",
		"coop-summary":   `{en: "We build websites for unions.", es: "Hacemos sitios web para sindicatos."}`,
		"coop-locations": `[{country: AR, region: AR-S, place: Rosario, coordinates: {latitude: -32.95, longitude: -60.64}}]`,
		"coop-skills":    `[web-development, {skill: free-software, level: expert}, {other: "Braille embossing"}]`,
		"coop-needs":     `[{skill: kubernetes, kind: learn, until: 2027-06-30}]`,
		"coop-links":     `[{kind: code, url: "https://git.ejemplo.example"}]`,
		"event-start":    "2027-02-11T15:00-03:00",
	} {
		if got := find(t, id).Examples[0]; got != want {
			t.Errorf("%s\ngot  %s\nwant %s", id, got, want)
		}
	}
}

func TestAPointerLeadsToItsField(t *testing.T) {
	kinds := map[string]fields.Kind{}
	for _, k := range fields.In("en") {
		kinds[k.ID] = k
	}
	for _, c := range []struct{ kind, pointer, want string }{
		{"coop", "/website", "coop-website"},
		{"coop", "/locations/0/coordinates/latitude", "coop-locations-coordinates-latitude"},
		{"coop", "/locations/0", "coop-locations"},
		{"coop", "/languages/3", "coop-languages"},
		{"coop", "/summary/es", "coop-summary"},
		{"coop", "/contact/email", "coop-contact-email"},
		{"skills", "/web-development/synonyms/en/0", "skills-synonyms"},
		{"coop", "", ""},
		{"coop", "/faceboook_url", ""},
		{"coop", "/locations/0/street", ""},
		{"skills", "/web-development", ""},
	} {
		if f, ok := kinds[c.kind].At(c.pointer); f.ID != c.want || ok != (c.want != "") {
			t.Errorf("%s %s: got %q, %v, want %q", c.kind, c.pointer, f.ID, ok, c.want)
		}
	}
}

func TestTextsAreInTheLanguageAskedFor(t *testing.T) {
	for language, want := range map[string]string{"en": "Teaches", "es": "Enseña", "fr": "Transmet", "pt": "Ensina", "pt-BR": "Ensina", "tlh": "Teaches", "": "Teaches", "../es": "Teaches"} {
		field, ok := fields.In(language)[0].At("/teaches")
		if !ok || field.Title != want {
			t.Errorf("%q: got %q, want %q", language, field.Title, want)
		}
	}
	if want := []string{"en", "es", "fr", "pt"}; !slices.Equal(schema.Codes(), want) {
		t.Errorf("languages: got %q, want %q", schema.Codes(), want)
	}
}

// What is typed as it stands, and so is the same in every language.
var verbatim = regexp.MustCompile("`[^`]+`|data/[a-z<>/]+(\\.yaml)?|https?://[A-Za-z./]*|\\d{2,}")

func TestEveryTextIsTranslated(t *testing.T) {
	english := map[string]string{}
	fields.EachText("en", func(key, text string) {
		if english[key] != "" {
			t.Errorf("two texts have the key %q", key)
		}
		english[key] = text
	})
	for _, language := range schema.Codes()[1:] {
		name := "lang/" + language + ".json"
		data, err := schema.Languages.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]string
		decoder := json.NewDecoder(bytes.NewReader(data))
		if err := decoder.Decode(&texts); err != nil {
			t.Fatalf("schema/%s: %v", name, err)
		}
		if lines := bytes.Count(data, []byte("\n")) - 2; lines != len(texts) {
			t.Errorf("schema/%s has %d keys on %d lines: one is there twice, or is not on a line of its own", name, len(texts), lines)
		}
		for key, text := range english {
			switch translated := strings.TrimSpace(texts[key]); {
			case translated == "":
				t.Errorf("schema/%s lacks %q: %s", name, key, text)
			case !slices.Equal(quoted(text), quoted(translated)):
				t.Errorf("schema/%s, %q: what is to be typed differs\nen %s\n%s %s", name, key, text, language, translated)
			}
			delete(texts, key)
		}
		for key := range texts {
			t.Errorf("schema/%s has %q, which no schema has", name, key)
		}
	}
}

// quoted returns what a text quotes, in alphabetical order; thousands are separated as each language does.
func quoted(text string) []string {
	text = strings.NewReplacer("3.000", "3,000", "3\u00a0000", "3,000").Replace(text)
	found := verbatim.FindAllString(text, -1)
	slices.Sort(found)
	return found
}

func TestFieldsPageIsCurrent(t *testing.T) {
	const page = "../../docs/fields.md"
	var b bytes.Buffer
	if err := fields.WriteReference(&b); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(page, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != b.String() {
		t.Error("docs/fields.md is not what the schemas say; run `make docs`")
	}
}
