package schema

import (
	"slices"
	"strconv"
	"strings"
)

// Node is a place in a schema, with what stands beside a $ref laid over what it refers to. It is read,
// never changed, and may be used from many goroutines.
type Node struct {
	M map[string]any // the keywords; nil where there is no such place
}

// definition is the keyword under which a place keeps the name of the definition that it referred to.
const definition = "$definition"

// Definition returns the name of the definition that the place refers to, or "".
func (n Node) Definition() string { return n.Text(definition) }

// Text returns the text under a keyword, or "".
func (n Node) Text(keyword string) string {
	text, _ := n.M[keyword].(string)
	return text
}

// Texts returns the list of texts under a keyword.
func (n Node) Texts(keyword string) []string { return Texts(n.M[keyword]) }

// Texts returns the texts of a list, or none.
func Texts(v any) []string {
	list, _ := v.([]any)
	texts := make([]string, 0, len(list))
	for _, e := range list {
		if text, ok := e.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// Number returns the number under a keyword, and whether there is one.
func (n Node) Number(keyword string) (float64, bool) {
	number, ok := n.M[keyword].(float64)
	return number, ok
}

// Order returns where the field stands among those beside it (x-order).
func (n Node) Order() float64 {
	order, _ := n.Number("x-order")
	return order
}

// Types returns the JSON types that a value may be of.
func (n Node) Types() []string {
	if one, ok := n.M["type"].(string); ok {
		return []string{one}
	}
	return n.Texts("type")
}

// Is tells whether a value may be of a JSON type.
func (n Node) Is(kind string) bool { return slices.Contains(n.Types(), kind) }

// Keys returns the keys of a map that the schema names, in their order.
func (n Node) Keys() []string {
	properties, _ := n.M["properties"].(map[string]any)
	keys := sorted(properties)
	order := map[string]float64{}
	for _, key := range keys {
		field, _ := n.Field(key)
		order[key] = field.Order()
	}
	slices.SortStableFunc(keys, func(a, b string) int { return int(order[a] - order[b]) })
	return keys
}

// Field returns the schema of the value under a key that the schema names.
func (n Node) Field(key string) (Node, bool) {
	properties, _ := n.M["properties"].(map[string]any)
	return Node{properties}.Sub(key)
}

// Sub returns the schema under a keyword, and whether there is one.
func (n Node) Sub(keyword string) (Node, bool) {
	m, ok := n.M[keyword].(map[string]any)
	return Node{m}, ok
}

// Entries returns what the entries of a list may be: several where the schema tells texts from maps by
// if, then and else (the text first).
func (n Node) Entries() []Node {
	items, ok := n.Sub("items")
	if !ok {
		return nil
	}
	text, isText := items.Sub("then")
	other, isOther := items.Sub("else")
	if isText && isOther {
		return []Node{text, other}
	}
	return []Node{items}
}

// Entry returns the schema of an entry of a list.
func (n Node) Entry(entry any) (Node, bool) {
	all := n.Entries()
	if len(all) == 0 {
		return Node{}, false
	}
	if _, isText := entry.(string); isText {
		return all[0], true
	}
	return all[len(all)-1], true
}

// Child returns the schema of the value under a key or index of value.
func (n Node) Child(value any, step string) (Node, bool) {
	switch value := value.(type) {
	case map[string]any:
		if field, ok := n.Field(step); ok {
			return field, true
		}
		return n.Sub("additionalProperties")
	case []any:
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(value) {
			return n.Entry(value[i])
		}
	}
	return Node{}, false
}

// At returns the schema of the value at a JSON pointer (RFC 6901) below value, and that value.
func (n Node) At(value any, pointer string) (Node, any, bool) {
	for _, step := range Steps(pointer) {
		child, ok := n.Child(value, step)
		if !ok {
			return Node{}, nil, false
		}
		switch v := value.(type) {
		case map[string]any:
			value = v[step]
		case []any:
			i, _ := strconv.Atoi(step) // Child has looked
			value = v[i]
		}
		n = child
	}
	return n, value, true
}

// Visit is called by Walk. Where isKey is set, value is the key at pointer and n says what keys may be.
type Visit func(n Node, value any, pointer string, isKey bool)

// Walk calls visit for a value and every one below it that has a schema, with keys in alphabetical
// order, and for every key whose name has one.
func (n Node) Walk(value any, visit Visit) { n.walk(value, "", visit) }

func (n Node) walk(value any, pointer string, visit Visit) {
	visit(n, value, pointer, false)
	switch v := value.(type) {
	case map[string]any:
		names, named := n.Sub("propertyNames")
		for _, key := range sorted(v) {
			if named {
				visit(names, key, Join(pointer, key), true)
			}
			if child, ok := n.Child(v, key); ok {
				child.walk(v[key], Join(pointer, key), visit)
			}
		}
	case []any:
		for i := range v {
			if entry, ok := n.Entry(v[i]); ok {
				entry.walk(v[i], Join(pointer, strconv.Itoa(i)), visit)
			}
		}
	}
}

var (
	escape   = strings.NewReplacer("~", "~0", "/", "~1")
	unescape = strings.NewReplacer("~1", "/", "~0", "~")
)

// Join returns the JSON pointer of a key or index below another.
func Join(pointer, step string) string { return pointer + "/" + escape.Replace(step) }

// Steps returns the keys and indexes of a JSON pointer.
func Steps(pointer string) []string {
	if pointer == "" {
		return nil
	}
	steps := strings.Split(pointer[1:], "/")
	for i := range steps {
		steps[i] = unescape.Replace(steps[i])
	}
	return steps
}
