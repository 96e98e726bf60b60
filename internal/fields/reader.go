package fields

import (
	"coops/schema"
)

// mapIn returns the map that is a field's value, or an entry of its list; an empty node if there is none.
func mapIn(n schema.Node) schema.Node {
	for _, candidate := range append(n.Entries(), n) {
		if candidate.M["properties"] != nil {
			return candidate
		}
	}
	return schema.Node{}
}

// byRule is the type that a value rule (x-rule) speaks of.
var byRule = map[string]string{
	"country-code":  Country,
	"region-code":   Region,
	"language-code": Language,
	"time-zone":     TimeZone,
	"date":          Date,
	"date-time":     DateTime,
	"web-address":   WebAddress,
}

// largestExact is the largest number that every program reads exactly; as a maximum it says nothing to
// people.
const largestExact = 1<<53 - 1

func typeOf(n schema.Node) Type {
	t := Type{ID: typeID(n), Refers: n.Text("x-refers")}
	t.Limits.Past, _ = n.M["x-past"].(bool)
	switch t.ID {
	case Choice:
		t.Values = n.Texts("enum")
	case Text:
		t.Limits.Characters = count(n, "maxLength")
	case Number, WholeNumber:
		if least, ok := n.Number("minimum"); ok {
			t.Limits.Minimum = &least
		}
		if most, ok := n.Number("maximum"); ok && most < largestExact {
			t.Limits.Maximum = &most
		}
	case List:
		for _, entry := range n.Entries() {
			t.Of = append(t.Of, typeOf(entry))
		}
		t.Limits.Entries, t.Limits.NotEmpty = count(n, "maxItems"), count(n, "minItems") > 0
		t.Limits.Unique, _ = n.M["uniqueItems"].(bool)
	case PerLanguage:
		each, _ := n.Sub("additionalProperties")
		t.Of = []Type{typeOf(each)}
	}
	return t
}

func typeID(n schema.Node) string {
	switch id := byRule[n.Text("x-rule")]; {
	case n.M["enum"] != nil:
		return Choice
	case id == Date && n.Is("integer"):
		return YearOrDate
	case id != "":
		return id
	case n.M["x-refers"] != nil || n.Definition() == "slug":
		return ID
	case n.Is("array"):
		return List
	case n.M["properties"] != nil:
		return Map
	case n.Is("object"):
		return PerLanguage
	case n.Is("boolean"):
		return YesNo
	case n.Is("integer"):
		return WholeNumber
	case n.Is("number"):
		return Number
	}
	return Text
}

func count(n schema.Node, key string) int {
	number, _ := n.Number(key)
	return int(number)
}

// needsOf returns, by key, when the keys of a map must be there.
func needsOf(m map[string]any) map[string]*Need {
	needs := map[string]*Need{}
	addNeeds(needs, m, "")
	return needs
}

// addNeeds reads `required`, choices between keys, and both in the branches that listed_by decides.
func addNeeds(needs map[string]*Need, m map[string]any, listedBy string) {
	add := func(key string, need Need) {
		if needs[key] == nil {
			need.ListedBy = listedBy
			needs[key] = &need
		}
	}
	for _, key := range schema.Texts(m["required"]) {
		add(key, Need{})
	}
	for _, choice := range []string{"anyOf", "oneOf"} {
		var keys []string
		alternatives, _ := m[choice].([]any)
		for _, a := range alternatives {
			alternative, _ := a.(map[string]any)
			keys = append(keys, schema.Texts(alternative["required"])...)
		}
		for _, key := range keys {
			add(key, Need{Or: without(keys, key), Either: choice == "oneOf"})
		}
	}
	condition, _ := m["if"].(map[string]any)
	properties, _ := condition["properties"].(map[string]any)
	decides, _ := properties["listed_by"].(map[string]any)
	value, _ := decides["const"].(string)
	if then, ok := m["then"].(map[string]any); ok && value != "" {
		addNeeds(needs, then, value)
	}
	if other, ok := m["else"].(map[string]any); ok && value != "" {
		addNeeds(needs, other, listedBy)
	}
}

func without(keys []string, key string) []string {
	var others []string
	for _, k := range keys {
		if k != key {
			others = append(others, k)
		}
	}
	return others
}
