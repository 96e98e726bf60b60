package review

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"coops/internal/directory"
	"coops/internal/problem"
	"coops/internal/world"
	"coops/schema"
)

// words says values of a file of a schema in a language, as plain text. Where a value is not what its field holds, it is said as
// it is written.
type words struct {
	*problem.Speaker
	directory *directory.Directory
	schema    string // of the file or, where that holds many, of its entries
}

func (w words) say(id string, pairs ...any) string { return w.Say(problem.Say(id, pairs...)) }

// skill returns what people call a skill.
func (w words) skill(id string) string {
	if s := w.directory.Skill(id); s != nil {
		id, _ = s.Label.In(w.Language)
	}
	return id
}

// title returns what the field at a pointer is called, and what it is in.
func (w words) title(pointer string) string {
	n := nodeOf(w.Language, w.schema)
	var titles []string
	for _, step := range schema.Steps(pointer) {
		field, ok := n.Field(step)
		switch {
		case ok && field.Text("title") != "":
			titles = append(titles, field.Text("title"))
		case world.LanguageName(step, w.Language) != "" && len(titles) > 0: // a text in a language
			titles = append(titles, world.LanguageName(step, w.Language))
		default:
			titles = append(titles, step)
		}
		n = field
	}
	return strings.Join(titles, " · ")
}

// value says the value of a field, or an entry of its list.
func (w words) value(pointer string, value any) string {
	key := schema.Steps(pointer)[0]
	m, isMap := value.(map[string]any)
	text, isText := value.(string)
	switch {
	case value == nil:
		return ""
	case isText && pointer == "/"+key:
		return w.text(key, text)
	case isText && pointer == "/who/sector":
		return w.text("sectors", text)
	case isText: // of a map, such as a text in a language
		return text
	case isMap && w.entry(key, m) != "":
		return w.entry(key, m)
	}
	switch value := value.(type) {
	case bool:
		return w.say(fmt.Sprintf("review-value.%t", value))
	case json.Number:
		return value.String()
	case []any:
		return w.list(pointer, value)
	}
	written, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(written)
}

// list says the entries of a list, one after the other.
func (w words) list(pointer string, entries []any) string {
	if len(entries) == 0 {
		return "[]"
	}
	said := make([]string, len(entries))
	for i, entry := range entries {
		said[i] = w.value(pointer, entry)
	}
	return strings.Join(said, ", ")
}

// text says a text of a field, or of its list.
func (w words) text(key, text string) string {
	switch key {
	case "kind", "status", "availability", "listed_by":
		field, _ := schema.Root(w.schema).Field(key)
		if slices.Contains(field.Texts("enum"), text) {
			return w.say("review-value." + key + "." + text)
		}
	case "terms":
		return w.term(key, text)
	case "start", "end":
		return moment(text)
	case "serves", "countries":
		if text == "worldwide" {
			return w.say("review-value.worldwide")
		}
		return world.CountryName(text, w.Language)
	case "languages":
		return world.LanguageName(text, w.Language)
	case "skills", "declines", "topics", "part_of", "alias_of":
		return w.skill(text)
	case "hosts":
		return w.host(text)
	case "networks":
		for _, n := range w.directory.Networks {
			if n.ID == text {
				return n.Name
			}
		}
	case "sectors":
		for _, s := range w.directory.Sectors {
			if s.ID == text {
				label, _ := s.Label.In(w.Language)
				return label
			}
		}
	}
	return text
}

// host says which co-op an id is of.
func (w words) host(slug string) string {
	for _, c := range w.directory.Coops {
		if c.Slug == slug && c.Name != "" {
			return with(c.Name, slug)
		}
	}
	return slug
}

func (w words) hosts(slugs []string) string {
	said := make([]string, len(slugs))
	for i, slug := range slugs {
		said[i] = w.host(slug)
	}
	return strings.Join(said, ", ")
}

// moment says a time with its offset as people read it, and what is none as it is written.
func moment(written string) string {
	t, ok := directory.Instant(written)
	if !ok {
		return written
	}
	offset := strings.TrimSuffix(t.Format("-07:00"), "+00:00")
	return t.Format("2006-01-02 15:04 (UTC") + strings.Replace(offset, "-", "−", 1) + ")"
}

// entry says an entry of a list that is a map; nothing where it is none that is known.
func (w words) entry(key string, m map[string]any) string {
	switch key {
	case "skills":
		name := w.skill(textOf(m, "skill"))
		if other := textOf(m, "other"); other != "" {
			name = "“" + other + "”"
		}
		return with(name, w.term("level", textOf(m, "level")), w.note(m))
	case "teaches", "needs":
		details := w.terms("format", m["formats"])
		for _, language := range schema.Texts(m["languages"]) {
			details = append(details, world.LanguageName(language, w.Language))
		}
		details = append(details, w.term("terms", textOf(m, "terms")))
		details = append(details, w.terms("terms", m["terms"])...)
		if until := textOf(m, "until"); until != "" {
			details = append(details, w.say("review-value.until", "day", until))
		}
		return with(w.skill(textOf(m, "skill")), append(details, w.note(m))...)
	case "locations":
		var parts []string
		for _, part := range []string{textOf(m, "place"), textOf(m, "region")} {
			if part != "" {
				parts = append(parts, part)
			}
		}
		if country := textOf(m, "country"); country != "" {
			parts = append(parts, world.CountryName(country, w.Language))
		}
		where := ""
		if at, ok := m["coordinates"].(map[string]any); ok {
			where = fmt.Sprintf("%v, %v", at["latitude"], at["longitude"])
		}
		return with(strings.Join(parts, ", "), where)
	case "products":
		return with(textOf(m, "name"), textOf(m, "website"), w.texts(m["summary"]))
	case "links":
		return with(textOf(m, "url"), textOf(m, "kind"))
	case "stewards":
		return with(textOf(m, "login"), fmt.Sprint(m["id"]))
	}
	return ""
}

// with puts what there is of details behind a name.
func with(name string, details ...string) string {
	details = slices.DeleteFunc(details, func(d string) bool { return d == "" })
	if len(details) == 0 || name == "" {
		return name
	}
	return name + " (" + strings.Join(details, ", ") + ")"
}

// term says a format, a term or a level.
func (w words) term(kind, text string) string {
	if text == "" {
		return ""
	}
	if said := w.say("reason." + kind + "." + text); !strings.HasPrefix(said, "reason.") {
		return said
	}
	return text
}

func (w words) terms(kind string, list any) []string {
	var said []string
	for _, text := range schema.Texts(list) {
		said = append(said, w.term(kind, text))
	}
	return said
}

// note says what a remark says, in whatever languages.
func (w words) note(m map[string]any) string {
	if note := w.texts(m["note"]); note != "" {
		return "“" + note + "”"
	}
	return ""
}

func (w words) texts(value any) string {
	m, _ := value.(map[string]any)
	var said []string
	for _, language := range slices.Sorted(maps.Keys(m)) {
		if text, ok := m[language].(string); ok {
			said = append(said, text)
		}
	}
	return strings.Join(said, " / ")
}

func textOf(m map[string]any, key string) string {
	text, _ := m[key].(string)
	return text
}
