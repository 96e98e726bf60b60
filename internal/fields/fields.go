// Package fields explains the fields of the directory's files: what the schemas say of them, in the
// order and groups that people meet them in, and in their language. The site's field reference and
// docs/fields.md are made from it.
package fields

import (
	"slices"
	"strings"

	"coops/schema"
)

// kinds are the schemas of files, in the order people meet them.
var kinds = []string{"coop", "event", "request", "skills", "networks", "sectors", "governance"}

// Kind is one kind of file.
type Kind struct {
	ID          string // name of its schema, such as coop
	Title       string
	Description string  // names the file or files, as in data/coops/<slug>.yaml
	Keyed       bool    // the file is a map from an id to an entry that has these fields
	Groups      []Group // in order; never empty
}

// Group is fields that belong together (x-group).
type Group struct {
	ID     string // such as identity
	Fields []Field
}

// Field is one key that people fill in. Titles, descriptions and hints are plain text in which
// backticks mark what is to be typed as it stands.
type Field struct {
	ID          string // stable and unique over all kinds, such as coop-locations-country: an anchor
	Key         string // as it is written in the file
	Title       string
	Description string
	Hint        string // one friendly sentence
	Type        Type
	Need        *Need    // nil: may be left out
	Examples    []string // values, each as one line of YAML that can stand after "key: "; never empty
	Fields      []Field  // of the map, or of the maps in the list, that is its value
}

// What a field may hold: the ID of a Type.
const (
	Text        = "text"
	Number      = "number"
	WholeNumber = "whole-number"
	YesNo       = "yes-no"
	Choice      = "choice" // one of Values
	ID          = "id"     // the name of a file or entry of the directory, see Refers
	Country     = "country"
	Region      = "region"
	Language    = "language"
	TimeZone    = "time-zone"
	Date        = "date"
	YearOrDate  = "year-or-date"
	DateTime    = "date-time"
	WebAddress  = "web-address"
	List        = "list"         // each entry one of Of
	PerLanguage = "per-language" // a map from language code to what Of says
	Map         = "map"          // with the Fields of its field
)

// Type is what a field, or an entry of a list, may hold.
type Type struct {
	ID     string
	Values []string // of a choice, in the order of the schema
	Refers string   // of an id: coops, skills, networks or sectors; empty: of no file in particular
	Of     []Type   // of a list, or per language; more than one: any of them
	Limits Limits
}

// Limits are the bounds of a value. A zero, nil or false one does not bind.
type Limits struct {
	Characters       int      // at most, of a text
	Entries          int      // at most, of a list
	NotEmpty         bool     // a list has at least one entry
	Unique           bool     // a list has no entry twice
	Minimum, Maximum *float64 // of a number, both inclusive; Maximum is nil too where only exactness bounds it
	Past             bool     // a day or year that is not in the future
}

// Need says when a field must be there.
type Need struct {
	ListedBy string   // only in a profile with this listed_by; empty: in every file of the kind, or map of the list
	Or       []string // keys that can stand in its place
	Either   bool     // it and Or may not stand together
}

// In returns every kind of file with its texts in the language that Match finds.
func In(language string) []Kind {
	all := make([]Kind, len(kinds))
	for i, id := range kinds {
		all[i] = kindOf(schema.RootIn(language, id), id)
	}
	return all
}

// At returns the field that a value in a file of this kind belongs to, by its JSON pointer (RFC 6901),
// as in "/locations/0/country". A value inside a plain list or a text belongs to the field that holds
// it. False: the pointer leads to no field.
func (k Kind) At(pointer string) (Field, bool) {
	steps := strings.Split(pointer, "/")[1:]
	if k.Keyed && len(steps) > 0 {
		steps = steps[1:]
	}
	var top []Field
	for _, g := range k.Groups {
		top = append(top, g.Fields...)
	}
	return at(top, steps)
}

func at(fields []Field, steps []string) (Field, bool) {
	if len(steps) == 0 {
		return Field{}, false
	}
	i := slices.IndexFunc(fields, func(f Field) bool { return f.Key == steps[0] })
	if i < 0 {
		return Field{}, false
	}
	f, rest := fields[i], steps[1:]
	if f.Type.ID == List && len(rest) > 0 {
		rest = rest[1:] // the index
	}
	if len(f.Fields) == 0 || len(rest) == 0 {
		return f, true
	}
	return at(f.Fields, rest)
}

func kindOf(root schema.Node, id string) Kind {
	k := Kind{ID: id, Title: root.Text("title"), Description: root.Text("description")}
	if entry, keyed := root.Sub("additionalProperties"); keyed {
		root, k.Keyed = entry, true
	}
	for _, f := range fieldsOf(root, id) {
		group := f.node.Text("x-group")
		i := slices.IndexFunc(k.Groups, func(g Group) bool { return g.ID == group })
		if i < 0 {
			i = len(k.Groups)
			k.Groups = append(k.Groups, Group{ID: group})
		}
		k.Groups[i].Fields = append(k.Groups[i].Fields, f.Field)
	}
	return k
}

// placed is a field with the place in the schema that it was read from.
type placed struct {
	Field
	node schema.Node
}

// fieldsOf reads the keys of a map, in their order.
func fieldsOf(n schema.Node, id string) []placed {
	needs := needsOf(n.M)
	var all []placed
	for _, key := range n.Keys() {
		child, _ := n.Field(key)
		f := Field{
			ID: id + "-" + key, Key: key,
			Title: child.Text("title"), Description: child.Text("description"), Hint: child.Text("x-hint"),
			Type: typeOf(child), Need: needs[key], Examples: child.Examples(),
		}
		for _, inside := range fieldsOf(mapIn(child), f.ID) {
			f.Fields = append(f.Fields, inside.Field)
		}
		all = append(all, placed{f, child})
	}
	return all
}
