package check

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"coops/internal/problem"
	"coops/internal/world"
	"coops/internal/yamldoc"
	"coops/schema"

	"github.com/xeipuuv/gojsonschema"
)

// checkSchema reports where the document is not as its schema says, and returns the pointers of the
// values that cannot be used any further.
func (f *file) checkSchema() (unusable []string) {
	if valid()[f.schema](f.doc.Value) {
		return nil
	}
	result, err := compiled()[f.schema].Validate(gojsonschema.NewRawLoader(f.doc.Value))
	if err != nil {
		f.report(problem.WrongType, problem.Range{}, problem.Say("wrong-type.unusable", "reason", err.Error()))
		return []string{""}
	}
	keys := map[string][]string{} // a hostile file has thousands of unknown keys in one map
	for _, e := range result.Errors() {
		pointer := pointerOf(e.Context())
		n, value, known := schema.Root(f.schema).At(f.doc.Value, pointer)
		if !known {
			continue // inside something that is reported as a whole
		}
		if keys[pointer] == nil {
			keys[pointer] = n.Keys()
		}
		t := translator{f, n, keys[pointer], pointer, value}
		if t.translate(e) {
			unusable = append(unusable, pointer)
		}
	}
	return unusable
}

// pointerOf turns the validator's path into a JSON pointer. A NUL cannot stand in a document.
func pointerOf(c *gojsonschema.JsonContext) string {
	var pointer string
	for _, step := range strings.Split(c.String("\x00"), "\x00")[1:] {
		pointer = schema.Join(pointer, step)
	}
	return pointer
}

// translator says in our words what the validator found at one place.
type translator struct {
	*file
	n       schema.Node
	keys    []string // that the schema names here, in their order
	pointer string
	value   any
}

// said returns the text under a keyword of this place's schema, or of what below leads to from there.
func (t translator) said(keyword string, below func(schema.Node) schema.Node) problem.Message {
	return said(t.schema, keyword, func(root schema.Node) schema.Node {
		n, _, _ := root.At(t.doc.Value, t.pointer)
		return below(n)
	})
}

func itself(n schema.Node) schema.Node { return n }

// translate reports one finding and tells whether the value is unusable. What a rule of its own
// explains (x-rule, x-refers) is left to it, and so are the findings that only wrap others.
func (t translator) translate(e gojsonschema.ResultError) (unusable bool) {
	here := t.doc.Position(t.pointer)
	name, details := t.name(), e.Details()
	explained := t.n.M["x-rule"] != nil || t.n.M["x-refers"] != nil
	switch e.Type() {
	case "invalid_type":
		t.wrongType(here)
		return true
	case "required":
		if key := fmt.Sprint(details["property"]); !slices.Contains(t.choice(), key) { // a choice is reported as such
			t.missing(key)
		}
	case "additional_property_not_allowed":
		t.unknownKey(fmt.Sprint(details["property"]))
	case "invalid_property_name":
		t.badName(fmt.Sprint(details["property"]))
	case "enum", "const":
		t.unknownValue(here)
	case "pattern":
		if _, isText := t.value.(string); isText && !explained { // else it is a key's: see badName
			t.report(problem.Pattern, here, problem.Say("pattern", "name", name, "found", found(t.value), "hint", t.said("x-pattern-hint", itself)))
		}
	case "string_gte", "array_min_items", "array_min_properties":
		t.report(problem.Length, here, problem.Say("length.empty", "name", name))
	case "string_lte":
		length := len([]rune(fmt.Sprint(t.value)))
		most := toInt(details["max"])
		t.report(problem.Length, here, problem.Say("length.long", "name", name, "length", length, "most", most, "over", length-most))
	case "array_max_items", "array_max_properties":
		t.report(problem.Length, here, problem.Say("length.many", "name", name, "most", toInt(details["max"])))
	case "unique":
		i, j := details["i"].(int), details["j"].(int)
		t.duplicate(min(i, j), max(i, j))
	case "number_gte", "number_lte":
		if !explained {
			t.report(problem.RangeLimit, here, problem.Say("out-of-range", "name", name, "value", short(fmt.Sprint(t.value)), "least", number(t.n.M["minimum"]), "most", number(t.n.M["maximum"])))
			return true
		}
	case "number_one_of", "number_any_of":
		t.oneOf(here)
	}
	return false
}

// name returns what a message calls the value.
func (t translator) name() problem.Message {
	key := lastName(t.pointer)
	_, isList := t.value.([]any)
	switch {
	case key == "":
		return problem.Say("name.file")
	case isList || strings.HasSuffix(t.pointer, "/"+strings.TrimPrefix(schema.Join("", key), "/")):
		return problem.Say("name.key", "key", key)
	}
	return problem.Say("name.entry", "key", key)
}

func (t translator) wrongType(here problem.Range) {
	if t.value == nil {
		t.report(problem.WrongType, here, problem.Say("wrong-type.empty", "name", t.name()))
		return
	}
	blanks := []any{"name", t.name(), "want", wanted(t.n), "found", found(t.value)}
	if right := t.retyped(); right != "" {
		t.reportFix(problem.WrongType, here, right, problem.Say("wrong-type.fix", append(blanks, "right", right)...))
	} else if example := exampleOf(t.n); example != "" {
		t.report(problem.WrongType, here, problem.Say("wrong-type.example", append(blanks, "example", example)...))
	} else {
		t.report(problem.WrongType, here, problem.Say("wrong-type", blanks...))
	}
}

// language returns the first language that the document lists, if it is one.
func (t translator) language() string {
	document, _ := t.doc.Value.(map[string]any)
	languages, _ := document["languages"].([]any)
	if len(languages) == 0 {
		return ""
	}
	first, _ := languages[0].(string)
	code, _ := world.FindLanguage(first)
	return code
}

// retyped returns the value as its field asks for it, where that is only a matter of writing, else "".
func (t translator) retyped() (written string) {
	switch v := t.value.(type) {
	case json.Number:
		switch {
		case t.n.Is("string"):
			written = `"` + v.String() + `"`
		case t.n.Is("array"):
			written = "[" + v.String() + "]"
		}
	case string:
		dotted := strings.Replace(v, ",", ".", 1)
		_, notNumber := strconv.ParseFloat(dotted, 64)
		switch {
		case t.n.Is("integer") && wholeNumber.MatchString(v):
			written = v
		case t.n.Is("integer") && len(year.FindAllString(v, 2)) == 1:
			written = year.FindString(v)
		case t.n.Is("object") && t.n.M["propertyNames"] != nil && t.language() != "" && !strings.Contains(v, "\n"):
			written = "{" + t.language() + ": " + yamldoc.Quote(v) + "}"
		case t.n.Is("number") && notNumber == nil:
			written = dotted
		case t.n.Is("boolean") && slices.Contains([]string{"yes", "no", "si", "sí", "oui", "non", "sim", "não"}, strings.ToLower(v)):
			written = strconv.FormatBool(!strings.HasPrefix(strings.ToLower(v), "n"))
		case t.n.Is("array") && plainList.MatchString(v):
			written = "[" + v + "]"
		}
	}
	return written
}

var (
	wholeNumber = regexp.MustCompile(`^-?[0-9]{1,15}$`)
	year        = regexp.MustCompile(`\b(18|19|20)[0-9]{2}\b`)
	plainList   = regexp.MustCompile(`^[\pL\pN]+(-[\pL\pN]+)*( *, *[\pL\pN]+(-[\pL\pN]+)*)*$`)
)

// missing reports a key that is not there, at its parent.
func (t translator) missing(key string) {
	if t.misspelled(key) {
		return // it is there, under another name, and that is reported
	}
	child := func(n schema.Node) schema.Node {
		field, _ := n.Field(key)
		return field
	}
	blanks := []any{"key", key, "example", key + ": " + exampleOf(child(t.n)), "hint", t.said("x-hint", child)}
	m := problem.Say("missing-key", blanks...)
	if t.pointer == "" && !slices.Contains(t.n.Texts("required"), key) {
		listed, _ := t.value.(map[string]any)["listed_by"].(string)
		m = problem.Say("missing-key.listed", append(blanks, "listed", listed)...)
	}
	t.report(problem.MissingKey, t.doc.Position(t.pointer), m)
}

// usualKeys are what people call our keys elsewhere.
var usualKeys = map[string]string{
	"url": "website", "site": "website", "web": "website", "homepage": "website", "link": "website", "sitio": "website", "siteweb": "website",
	"city": "place", "town": "place", "ciudad": "place", "ville": "place", "cidade": "place", "state": "region", "pais": "country", "pays": "country",
	"email": "contact", "e-mail": "contact", "mail": "contact", "correo": "contact", "phone": "contact",
	"lang": "languages", "idiomas": "languages", "langues": "languages", "services": "skills", "tags": "skills", "technologies": "skills",
	"habilidades": "skills", "year": "founded", "since": "founded", "established": "founded", "fundada": "founded", "size": "members",
	"country": "locations", "location": "locations", "address": "locations", "about": "description", "bio": "description", "tagline": "summary",
	"nombre": "name", "nom": "name", "nome": "name", "title": "name", "twitter": "links", "mastodon": "links", "github": "links", "facebook": "links",
	"lat": "latitude", "lon": "longitude", "lng": "longitude", "long": "longitude", "license": "licence", "date": "retrieved",
	"start_date": "start", "end_date": "end", "location_url": "online", "organizers": "hosts", "organisers": "hosts", "deadline": "until",
}

var usualNames = slices.Sorted(maps.Keys(usualKeys))

func (t translator) unknownKey(key string) {
	here := t.doc.KeyPosition(schema.Join(t.pointer, key))
	near := t.meant(key)
	m, _ := t.value.(map[string]any)
	if _, there := m[near]; strings.EqualFold(near, key) && !there { // a matter of capitals
		t.reportCertain(problem.UnknownKey, here, near, problem.Say("unknown-key.near", "key", short(key), "near", near))
		return
	}
	if near != "" {
		t.reportFix(problem.UnknownKey, here, near, problem.Say("unknown-key.near", "key", short(key), "near", near))
		return
	}
	t.report(problem.UnknownKey, here, problem.Say("unknown-key", "key", short(key), "known", strings.Join(t.keys, ", ")))
}

// meant returns the known key that was probably meant by another one, or "".
func (t translator) meant(key string) string {
	if near := t.nearest(key, t.keys); near != "" {
		return near
	}
	usual := usualKeys[t.nearest(strings.TrimSuffix(strings.TrimSuffix(key, "_url"), "_link"), usualNames)]
	if slices.Contains(t.keys, usual) {
		return usual
	}
	return ""
}

// misspelled tells whether an unknown key of the map was probably meant to be this one.
func (t translator) misspelled(key string) bool {
	m, _ := t.value.(map[string]any)
	return slices.ContainsFunc(slices.Collect(maps.Keys(m)), func(other string) bool {
		return !slices.Contains(t.keys, other) && t.meant(other) == key
	})
}

// badName reports a key whose name is not what the map's keys should be: an id, where no rule of its
// own explains it.
func (t translator) badName(key string) {
	names := func(n schema.Node) schema.Node {
		names, _ := n.Sub("propertyNames")
		return names
	}
	if names(t.n).M["x-rule"] != nil {
		return
	}
	right := suggestSlug(key)
	t.reportFix(problem.Pattern, t.doc.KeyPosition(schema.Join(t.pointer, key)), right,
		problem.Say("pattern.id", "key", short(key), "hint", t.said("x-pattern-hint", names), "right", right))
}

func (t translator) unknownValue(here problem.Range) {
	allowed := t.n.Texts("enum")
	written, _ := t.value.(string)
	blanks := []any{"name", t.name(), "found", found(t.value), "known", strings.Join(allowed, ", ")}
	near := t.nearest(written, allowed)
	if i := slices.IndexFunc(allowed, func(value string) bool {
		return slices.Contains(strings.FieldsFunc(world.Fold(written), notWord), value) || len(value) >= 4 && strings.HasPrefix(world.Fold(written), value)
	}); near == "" && i >= 0 { // "worker cooperative", "cooperativa"
		near = allowed[i]
	}
	switch {
	case near == "":
		t.report(problem.UnknownValue, here, problem.Say("unknown-value", blanks...))
	case strings.EqualFold(near, written): // a matter of capitals
		t.reportCertain(problem.UnknownValue, here, near, problem.Say("unknown-value.near", append(blanks, "near", near)...))
	default:
		t.reportFix(problem.UnknownValue, here, near, problem.Say("unknown-value.near", append(blanks, "near", near)...))
	}
}

func notWord(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsNumber(c) && c != '-' }

// choice returns the keys one of which must be there, or none: every alternative of ours only requires
// one key. They stand beside the keys, or in a branch that listed_by decides.
func (t translator) choice() []string {
	alternatives, _ := t.n.M["oneOf"].([]any)
	for _, keyword := range []string{"anyOf", "then", "else"} {
		alternatives = append(alternatives, choices(t.n.M[keyword])...)
	}
	var keys []string
	for _, a := range alternatives {
		alternative, _ := a.(map[string]any)
		keys = append(keys, schema.Texts(alternative["required"])...)
	}
	return keys
}

// oneOf reports that of a choice between keys none is there, or more than one.
func (t translator) oneOf(here problem.Range) {
	var keys []problem.Message
	var together []string
	for _, key := range t.choice() {
		keys = append(keys, problem.Say("name.key", "key", key))
		if m, _ := t.value.(map[string]any); m[key] != nil {
			together = append(together, "`"+key+"`")
		}
	}
	if len(together) > 1 {
		t.report(problem.OneOf, here, problem.Say("one-of", "keys", strings.Join(together, " + ")))
		return
	}
	t.report(problem.MissingKey, here, problem.Say("missing-key.choice", "keys", keys))
}

// choices finds the alternatives of an anyOf, also inside the branches of if/then/else.
func choices(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case map[string]any:
		var found []any
		for _, key := range []string{"anyOf", "then", "else"} {
			found = append(found, choices(v[key])...)
		}
		return found
	}
	return nil
}

// wanted says in words what types a schema asks for.
func wanted(n schema.Node) []problem.Message {
	if n.M["type"] == "object" && n.M["propertyNames"] != nil && n.M["properties"] == nil {
		return []problem.Message{problem.Say("want.languages")}
	}
	var wants []problem.Message
	for _, t := range n.Types() {
		if t != "null" {
			wants = append(wants, problem.Say("want."+t))
		}
	}
	return wants
}

// found describes a value as it was written.
func found(v any) problem.Message {
	switch v := v.(type) {
	case string:
		return problem.Say("found.text", "text", short(v))
	case json.Number:
		return problem.Say("found.number", "number", short(v.String()))
	case bool:
		return problem.Say(fmt.Sprintf("found.%v", v))
	case []any:
		return problem.Say("found.list")
	case map[string]any:
		return problem.Say("found.map")
	}
	return problem.Say("found.nothing")
}

// exampleOf returns the first example of a schema as one line of YAML, or the empty string.
func exampleOf(n schema.Node) string {
	if examples := n.Examples(); len(examples) > 0 {
		return examples[0]
	}
	return ""
}

func number(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(data)
}

func toInt(v any) int {
	n, _ := v.(int)
	return n
}

// short cuts what a message quotes.
func short(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
