package intake

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"coops/internal/problem"
	"coops/internal/world"
	"coops/internal/yamldoc"
	"coops/schema"
)

// The form "Add my co-op", which people fill in on GitHub: .github/ISSUE_TEMPLATE/add*.yml is written from
// here, and what comes back is read with the same labels and options (issue.go). The order is that of the form.

// FormLabel is the label of the issues made with the form.
const FormLabel = "add-co-op"

// asked is one thing that the form asks.
type asked struct {
	field    string // that the answer is about (see fields), or texts or you
	element  string // of an issue form: input, textarea, dropdown, checkboxes
	required bool
	options  []string // of a dropdown: the answers they stand for (nil: the values that the schema names); of checkboxes: their names
}

// form is everything that is asked. From optional on nothing is needed but the last.
var form = []asked{
	{"name", input, true, nil},
	{"website", input, false, nil},
	{"summary", input, true, nil},
	{"texts", dropdown, false, append(slices.Clone(problem.Languages), "")},
	{"languages", input, true, nil},
	{"country", input, false, nil},
	{"place", input, false, nil},
	{"remote", dropdown, false, []string{"yes", "no"}},
	{"skills", textarea, true, nil},
	{"contact", input, true, nil},
	{"description", textarea, false, nil}, // optional
	{"kind", dropdown, false, nil},
	{"founded", input, false, nil},
	{"members", input, false, nil},
	{"networks", input, false, nil},
	{"sectors", input, false, nil},
	{"teaches", textarea, false, nil},
	{"needs.learn", textarea, false, nil},
	{"needs.work", textarea, false, nil},
	{"needs.partner", textarea, false, nil},
	{"declines", textarea, false, nil},
	{"links.code", input, false, nil},
	{"links.other", textarea, false, nil},
	{"slug", input, false, nil},
	{"you", checkboxes, true, []string{member, public, steward}},
}

const (
	input, textarea, dropdown, checkboxes = "input", "textarea", "dropdown", "checkboxes"

	optional = "description"

	member, public, steward = "member", "public", "steward"
)

// ids returns the options.
func (a asked) ids() []string {
	if a.element != dropdown || a.options != nil {
		return a.options
	}
	node, _ := nodeAt("en", a.field)
	return node.Texts("enum")
}

// label returns the heading of an answer in a language.
func (a asked) label(language string) string {
	return textOf("form.label."+a.field, language, a.field, "title")
}

// hint returns what helps to answer, in a language; empty where the label says it all.
func (a asked) hint(language string) string {
	return textOf("form.hint."+a.field, language, a.field, "x-hint")
}

// textOf returns the message of that id, or else what the schema says of a field. A form is read by people
// who have never seen a profile, so some texts of the schema are said in other words.
func textOf(id, language, field, keyword string) string {
	if said := problem.In(language).Say(problem.Say(id)); said != id {
		return said
	}
	place := field
	if at[field] != "" {
		place = at[field]
	}
	node, _ := nodeAt(language, place)
	return node.Text(keyword)
}

// option returns how an option is called in a language.
func (a asked) option(id, language string) string {
	switch {
	case a.field == "texts" && id == "":
		id = "form.another-language"
	case a.field == "texts":
		return world.LanguageName(id, id)
	case a.field == "you":
		id = "form.box." + id
	case a.field == "remote":
		id = "form." + id
	default:
		id = "form." + a.field + "." + id
	}
	return problem.In(language).Say(problem.Say(id))
}

// placeholder returns an example of an answer, in a language.
func (a asked) placeholder(language string) string {
	switch a.field {
	case "country":
		return world.CountryName("AR", language)
	case "languages":
		return world.LanguageName("es", language) + ", " + world.LanguageName("en", language)
	case "contact":
		return "hola@ejemplo.example"
	case "name", "website", "place", "founded", "members":
		place := a.field
		if at[a.field] != "" {
			place = at[a.field]
		}
		node, _ := nodeAt(language, place)
		return strings.Trim(node.Examples()[0], `"`)
	}
	return ""
}

// headings maps each label, in any language, to what it asks, by its index.
var headings = sync.OnceValue(func() map[string]int {
	byLabel := map[string]int{}
	for i, a := range form {
		for _, language := range problem.Languages {
			byLabel[asRead(a.label(language))] = i
		}
	}
	return byLabel
})

// WriteForm writes the form in a language, as GitHub reads it.
func WriteForm(w io.Writer, language string) error {
	say := func(id string) string { return problem.In(language).Say(problem.Say(id)) }
	var b strings.Builder
	line := func(indent int, key, text string) {
		fmt.Fprintf(&b, "%s%s: %s\n", strings.Repeat(" ", indent), key, yamldoc.Quote(text))
	}
	b.WriteString("# Written by `make docs` from internal/intake/form.go, which also reads what is sent with it.\n")
	line(0, "name", say("form.name")+" ("+world.LanguageName(language, language)+")")
	line(0, "description", say("form.description"))
	fmt.Fprintf(&b, "title: \"%s\"\nlabels: [%s]\nbody:\n", say("form.title"), FormLabel)
	markdown := func(id string) {
		b.WriteString("  - type: markdown\n    attributes:\n")
		line(6, "value", say(id))
	}
	markdown("form.intro")
	for _, a := range form {
		if a.field == optional {
			markdown("form.optional")
		}
		fmt.Fprintf(&b, "  - type: %s\n    id: %s\n    attributes:\n", a.element, strings.ReplaceAll(a.field, ".", "-"))
		line(6, "label", a.label(language))
		if hint := a.hint(language); hint != "" {
			line(6, "description", hint)
		}
		if example := a.placeholder(language); example != "" {
			line(6, "placeholder", example)
		}
		if len(a.ids()) > 0 {
			b.WriteString("      options:\n")
		}
		for _, id := range a.ids() {
			if a.element != checkboxes {
				fmt.Fprintf(&b, "        - %s\n", yamldoc.Quote(a.option(id, language)))
				continue
			}
			fmt.Fprintf(&b, "        - label: %s\n", yamldoc.Quote(a.option(id, language)))
			if id != steward {
				b.WriteString("          required: true\n")
			}
		}
		if a.field == "texts" {
			fmt.Fprintf(&b, "      default: %d\n", slices.Index(a.options, language))
		}
		if a.required && a.element != checkboxes {
			b.WriteString("    validations:\n      required: true\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// FormFile returns the name of the form's file in a language.
func FormFile(language string) string {
	if language == schema.Codes()[0] {
		return ".github/ISSUE_TEMPLATE/add.yml"
	}
	return ".github/ISSUE_TEMPLATE/add." + language + ".yml"
}
