// Package layout knows how each kind of file is laid out: the order of its keys, what stands on one
// line, and where it refers to other files. It reads that from the schemas and touches no file.
package layout

import (
	"path"
	"slices"
	"strings"
	"sync"

	"coops/internal/yamldoc"
	"coops/schema"
)

// kinds is where the files of each schema lie: a folder, or the one file.
var kinds = map[string]string{
	"data/coops":           "coop",
	"data/events":          "event",
	"data/requests":        "request",
	"data/skills":          "skills",
	"data/networks.yaml":   "networks",
	"data/sectors.yaml":    "sectors",
	"data/governance.yaml": "governance",
}

// Of returns the shape of the file at that slash-separated path of a directory (data/coops/fern.yaml).
// known is false for a path at which nothing is read.
func Of(file string) (shape *yamldoc.Shape, known bool) {
	kind, known := kindOf(file)
	return shapes()[kind], known
}

// Refers returns the JSON Pointers of all values in a file's value that name one of kind: "coops",
// "skills", "networks" or "sectors". They are in the order of keys, then of items.
func Refers(file string, value any, kind string) []string {
	of, known := kindOf(file)
	if !known {
		return nil
	}
	var found []string
	schema.Root(of).Walk(value, func(n schema.Node, value any, pointer string, isKey bool) {
		if name, ok := value.(string); ok && !isKey && name != "" && n.Text("x-refers") == kind {
			found = append(found, pointer)
		}
	})
	return found
}

func kindOf(file string) (string, bool) {
	if kind, ok := kinds[file]; ok && strings.HasSuffix(file, ".yaml") {
		return kind, true
	}
	kind, ok := kinds[path.Dir(file)]
	return kind, ok && strings.HasSuffix(file, ".yaml") && !strings.HasPrefix(path.Base(file), ".")
}

// shapes holds the shape of each kind of file.
var shapes = sync.OnceValue(func() map[string]*yamldoc.Shape {
	all := map[string]*yamldoc.Shape{}
	for _, kind := range kinds {
		all[kind] = shapeOf(schema.Root(kind), "")
	}
	return all
})

// shapeOf returns how what stands under key is laid out.
func shapeOf(n schema.Node, key string) *yamldoc.Shape {
	shape := &yamldoc.Shape{Keys: n.Keys(), Block: slices.Contains(alwaysBlock, key), Wide: slices.Contains(alwaysWide, key), Quoted: slices.Contains(alwaysQuoted, key)}
	if len(shape.Keys) > 0 {
		shape.Of = make(map[string]*yamldoc.Shape, len(shape.Keys))
		for _, name := range shape.Keys {
			field, _ := n.Field(name)
			shape.Of[name] = shapeOf(field, name)
		}
	}
	if values, ok := n.Sub("additionalProperties"); ok {
		shape.Others = shapeOf(values, "")
		switch names, _ := n.Sub("propertyNames"); {
		case names.Definition() == "language": // texts for people
			shape.Others = quotedText(shape.Others)
		case len(values.Keys()) > 0: // a vocabulary: entries are read one below the other
			shape.Others.Block = true
		}
	}
	if entry, ok := n.Entry(map[string]any{}); ok { // of a text or a map, only the map has a layout
		shape.Items = shapeOf(entry, "")
		if len(shape.Items.Keys) > 0 {
			shape.Block = true
		}
	}
	return shape
}

// What reads best in a way of its own, by its key: what a co-op does is a list to look down, a source is
// a record, the names of a vocabulary are a table, and other skills are words of people.
var (
	alwaysBlock  = []string{"skills", "source"}
	alwaysWide   = []string{"label"}
	alwaysQuoted = []string{"other"}
)

// quotedText is the shape of a text for people, or of a list of such texts.
func quotedText(of *yamldoc.Shape) *yamldoc.Shape {
	shape := &yamldoc.Shape{Quoted: true}
	if of.Items != nil {
		shape.Wide, shape.Items = true, &yamldoc.Shape{Quoted: true}
	}
	return shape
}
