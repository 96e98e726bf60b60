package site

import (
	"cmp"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"coops/internal/fields"
	"coops/internal/world"
	"coops/schema"
)

// valueWords are the fields whose values the site has words for: the start of their i18n keys.
var valueWords = map[string]string{
	"coop-kind":            "kind",
	"coop-status":          "status",
	"coop-skills-level":    "level",
	"coop-teaches-formats": "format",
	"coop-teaches-terms":   "terms",
	"coop-needs-kind":      "need",
	"coop-availability":    "availability",
	"coop-links-kind":      "link",
	"coop-listed_by":       "search_listed",
	"request-terms":        "terms",
	"request-status":       "request",
	"event-kind":           "event",
}

// fieldsIn is the reference of all fields for readers of a language.
func fieldsIn(in string) fieldsPage {
	page := fieldsPage{Language: schema.Match(in)}
	if base, _, _ := strings.Cut(in, "-"); base != page.Language {
		page.Fallback = world.LanguageName(page.Language, in)
	}
	for _, k := range fields.In(in) {
		kind := fieldKind{ID: k.ID, Title: k.Title, Description: codeHTML(k.Description)}
		for _, g := range k.Groups {
			kind.Groups = append(kind.Groups, fieldGroup{g.ID, fieldViews(g.Fields)})
		}
		page.Kinds = append(page.Kinds, kind)
	}
	return page
}

func fieldViews(list []fields.Field) []field {
	var views []field
	for _, f := range list {
		view := field{
			ID: f.ID, Key: f.Key, Title: f.Title, Description: codeHTML(f.Description), Hint: codeHTML(f.Hint),
			Type: fieldTypeOf(f.Type), Values: valuesOf(f.Type), Words: valueWords[f.ID], Limits: fieldLimits(f.Type),
			Fields: fieldViews(f.Fields),
		}
		if f.Need != nil {
			view.Need = &fieldNeed{cmp.Or(f.Need.ListedBy, "always"), f.Need.Or, f.Need.Either}
		}
		for _, example := range f.Examples {
			view.Examples = append(view.Examples, f.Key+": "+example)
		}
		views = append(views, view)
	}
	return views
}

func fieldTypeOf(t fields.Type) fieldType {
	view := fieldType{ID: t.ID, Refers: t.Refers}
	for _, of := range t.Of {
		view.Of = append(view.Of, fieldTypeOf(of))
	}
	return view
}

// valuesOf returns the values that a choice, or an entry of a list of choices, can have.
func valuesOf(t fields.Type) []string {
	values := slices.Clone(t.Values)
	for _, of := range t.Of {
		values = append(values, valuesOf(of)...)
	}
	return values
}

// fieldLimits returns the bounds of a value, then of what it holds.
func fieldLimits(t fields.Type) []fieldLimit {
	var limits []fieldLimit
	add := func(is bool, limit fieldLimit) {
		if is {
			limits = append(limits, limit)
		}
	}
	number := func(n *float64) string { return strconv.FormatFloat(*n, 'f', -1, 64) }
	l := t.Limits
	add(l.Characters > 0, fieldLimit{ID: "characters", Most: strconv.Itoa(l.Characters)})
	add(l.NotEmpty, fieldLimit{ID: "not_empty"})
	add(l.Entries > 0, fieldLimit{ID: "entries", Most: strconv.Itoa(l.Entries)})
	add(l.Unique, fieldLimit{ID: "unique"})
	if l.Minimum != nil && l.Maximum != nil {
		add(true, fieldLimit{ID: "range", Least: number(l.Minimum), Most: number(l.Maximum)})
	} else if l.Minimum != nil {
		add(true, fieldLimit{ID: "least", Least: number(l.Minimum)})
	}
	add(l.Past, fieldLimit{ID: "past"})
	for _, of := range t.Of {
		limits = append(limits, fieldLimits(of)...)
	}
	return limits
}

var inBackticks = regexp.MustCompile("`([^`]+)`")

// codeHTML makes HTML of a text in which backticks mark what is to be typed as it stands.
func codeHTML(text string) string {
	return inBackticks.ReplaceAllString(html.EscapeString(text), "<code>$1</code>")
}
