package review

import (
	"reflect"
	"slices"

	"coops/schema"
)

// Field is a value that is not the same before and after. Maps are taken apart, lists are not.
type Field struct {
	Path   string // JSON pointer (RFC 6901)
	Before any    // as yamldoc.Document has it; nil: nothing was there
	After  any    // likewise
}

// Key returns the field of the file that it is, or is in.
func (f Field) Key() string { return schema.Steps(f.Path)[0] }

// fieldsOf returns what differs between two files of a schema, or two entries of such, in the order of the schema. What it does not know comes last.
func fieldsOf(kind string, before, after map[string]any) []Field {
	var fields []Field
	differ(nodeOf("en", kind), "", before, after, func(f Field) { fields = append(fields, f) })
	return fields
}

// nodeOf returns the schema of what is told by its name, in a language: of a file, or where that holds many entries, of one of them.
func nodeOf(language, kind string) schema.Node {
	n := schema.RootIn(language, kind)
	if entry, many := n.Sub("additionalProperties"); many {
		return entry
	}
	return n
}

func differ(n schema.Node, pointer string, before, after map[string]any, tell func(Field)) {
	keys := n.Keys()
	var others []string
	for _, m := range []map[string]any{before, after} {
		for key := range m {
			if !slices.Contains(keys, key) && !slices.Contains(others, key) {
				others = append(others, key)
			}
		}
	}
	slices.Sort(others)
	for _, key := range append(keys, others...) {
		was, is := before[key], after[key]
		if reflect.DeepEqual(was, is) {
			continue
		}
		below := schema.Join(pointer, key)
		wasMap, ok := was.(map[string]any)
		isMap, ok2 := is.(map[string]any)
		if (ok || was == nil) && (ok2 || is == nil) {
			field, _ := n.Field(key)
			differ(field, below, wasMap, isMap, tell)
			continue
		}
		tell(Field{below, was, is})
	}
}
