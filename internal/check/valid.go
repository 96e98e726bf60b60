package check

import (
	"encoding/json"
	"math/big"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"coops/schema"
)

// Most files are as their schema says. Whether one is, is decided here, for the keywords that our schemas use; what is wrong
// with one that is not says the validator, which takes ten times as long. Tests hold the two together.

// holds tells whether a value is as a schema says.
type holds func(value any) bool

// valid are the schemas by kind. One with a keyword that is not known here holds for nothing, so that the validator is asked.
var valid = sync.OnceValue(func() map[string]holds {
	all, plain := map[string]holds{}, plain()
	for _, k := range kinds {
		s := schemas{plain, k.schema + ".schema.json"}
		all[k.schema] = s.holds(s.plain[s.in])
	}
	return all
})

// schemas are all schemas as they are written, and in which of them we are.
type schemas struct {
	plain map[string]map[string]any
	in    string
}

func never(any) bool { return false }

// holds returns what a schema asks of a value.
func (s schemas) holds(v any) holds {
	m, ok := v.(map[string]any)
	if !ok {
		return func(any) bool { return v == true }
	}
	if ref, ok := m["$ref"].(string); ok { // beside which nothing else counts
		file, pointer, _ := strings.Cut(ref, "#")
		if file != "" {
			s.in = file
		}
		var target any = s.plain[s.in]
		for _, step := range schema.Steps(pointer) {
			below, _ := target.(map[string]any)
			target = below[step]
		}
		return s.holds(target)
	}
	var all []holds
	for keyword, asks := range m {
		one := s.keyword(keyword, asks, m)
		if one != nil {
			all = append(all, one)
		}
	}
	return func(value any) bool {
		for _, one := range all {
			if !one(value) {
				return false
			}
		}
		return true
	}
}

// keyword returns what a keyword of m asks of a value; nil: nothing by itself.
func (s schemas) keyword(keyword string, asks any, m map[string]any) holds {
	number, _ := asks.(float64)
	switch keyword {
	case "$schema", "$id", "title", "description", "default", "examples", "definitions", "then", "else":
		return nil
	case "type":
		return typed(schema.Node{M: m}.Types())
	case "enum", "const":
		texts := schema.Texts(asks)
		if one, ok := asks.(string); ok {
			texts = []string{one}
		} else if list, _ := asks.([]any); len(list) != len(texts) {
			return never
		}
		return func(value any) bool { text, ok := value.(string); return ok && slices.Contains(texts, text) }
	case "pattern":
		pattern := regexp.MustCompile(asks.(string))
		return ofText(pattern.MatchString)
	case "minLength":
		return ofText(func(text string) bool { return utf8.RuneCountInString(text) >= int(number) })
	case "maxLength":
		return ofText(func(text string) bool { return utf8.RuneCountInString(text) <= int(number) })
	case "minimum":
		return ofNumber(func(n float64) bool { return n >= number })
	case "maximum":
		return ofNumber(func(n float64) bool { return n <= number })
	case "minItems":
		return ofList(func(list []any) bool { return len(list) >= int(number) })
	case "maxItems":
		return ofList(func(list []any) bool { return len(list) <= int(number) })
	case "uniqueItems":
		return ofList(unique)
	case "items":
		item := s.holds(asks)
		return ofList(func(list []any) bool { return !slices.ContainsFunc(list, func(v any) bool { return !item(v) }) })
	case "required":
		keys := schema.Texts(asks)
		return ofMap(func(value map[string]any) bool {
			return !slices.ContainsFunc(keys, func(key string) bool { _, ok := value[key]; return !ok })
		})
	case "minProperties":
		return ofMap(func(value map[string]any) bool { return len(value) >= int(number) })
	case "propertyNames":
		name := s.holds(asks)
		return ofMap(func(value map[string]any) bool {
			for key := range value {
				if !name(key) {
					return false
				}
			}
			return true
		})
	case "properties":
		return s.properties(asks, m["additionalProperties"])
	case "additionalProperties":
		if m["properties"] != nil {
			return nil
		}
		return s.properties(nil, asks)
	case "anyOf", "oneOf":
		var choices []holds
		for _, choice := range asks.([]any) {
			choices = append(choices, s.holds(choice))
		}
		return func(value any) bool {
			n := 0
			for _, choice := range choices {
				if choice(value) {
					n++
				}
			}
			return n == 1 || n > 1 && keyword == "anyOf"
		}
	case "if":
		condition, then, other := s.holds(asks), s.branch(m["then"]), s.branch(m["else"])
		return func(value any) bool {
			if condition(value) {
				return then(value)
			}
			return other(value)
		}
	}
	if strings.HasPrefix(keyword, "x-") {
		return nil
	}
	return never
}

// branch returns what a branch of a condition asks; one that is not there asks nothing.
func (s schemas) branch(v any) holds {
	if v == nil {
		return func(any) bool { return true }
	}
	return s.holds(v)
}

// properties returns what is asked of a map's values: of named ones, and of others.
func (s schemas) properties(named, others any) holds {
	known := map[string]holds{}
	m, _ := named.(map[string]any)
	for key, v := range m {
		known[key] = s.holds(v)
	}
	other := s.branch(others) // of false: never
	return ofMap(func(value map[string]any) bool {
		for key, v := range value {
			one := known[key]
			if one == nil {
				one = other
			}
			if !one(v) {
				return false
			}
		}
		return true
	})
}

func ofText(asks func(string) bool) holds {
	return func(value any) bool { text, ok := value.(string); return !ok || asks(text) }
}

func ofList(asks func([]any) bool) holds {
	return func(value any) bool { list, ok := value.([]any); return !ok || asks(list) }
}

func ofMap(asks func(map[string]any) bool) holds {
	return func(value any) bool { m, ok := value.(map[string]any); return !ok || asks(m) }
}

func ofNumber(asks func(float64) bool) holds {
	return func(value any) bool {
		number, ok := value.(json.Number)
		n, err := number.Float64()
		return !ok || err == nil && asks(n)
	}
}

// typed returns whether a value is of one of the types.
func typed(types []string) holds {
	return func(value any) bool {
		switch value := value.(type) {
		case nil:
			return slices.Contains(types, "null")
		case bool:
			return slices.Contains(types, "boolean")
		case string:
			return slices.Contains(types, "string")
		case []any:
			return slices.Contains(types, "array")
		case map[string]any:
			return slices.Contains(types, "object")
		case json.Number:
			return slices.Contains(types, "number") || slices.Contains(types, "integer") && whole(value)
		}
		return false
	}
}

func whole(number json.Number) bool {
	n, ok := new(big.Rat).SetString(number.String())
	return ok && n.IsInt()
}

// unique tells whether no two items are the same; of very many that are no texts it does not know, and says no.
func unique(list []any) bool {
	const many = 64
	texts := make(map[string]bool, len(list))
	for i, v := range list {
		text, isText := v.(string)
		if isText && texts[text] || !isText && (len(list) > many || slices.ContainsFunc(list[:i], func(other any) bool { return reflect.DeepEqual(v, other) })) {
			return false
		}
		if isText {
			texts[text] = true
		}
	}
	return true
}
