package check

import (
	"fmt"
	"strings"
	"sync"

	"coops/internal/problem"
	"coops/schema"

	"github.com/xeipuuv/gojsonschema"
)

// compiled holds the validators by kind of schema. It panics where a schema is broken: they are part of
// the program, and its tests load them.
var compiled = sync.OnceValue(func() map[string]*gojsonschema.Schema {
	must := func(err error) {
		if err != nil {
			panic(fmt.Errorf("embedded schema: %w", err))
		}
	}
	plain := plain()
	all := map[string]*gojsonschema.Schema{}
	for _, k := range kinds {
		loader := gojsonschema.NewSchemaLoader()
		loader.Draft, loader.AutoDetect = gojsonschema.Draft7, false
		must(loader.AddSchema("common.schema.json", gojsonschema.NewGoLoader(plain["common.schema.json"])))
		var err error
		all[k.schema], err = loader.Compile(gojsonschema.NewGoLoader(plain[k.schema+".schema.json"]))
		must(err)
	}
	return all
})

// plain returns the schemas with the names that a pattern lists, ^(a|b)$, among the properties: the validator compiles a
// pattern anew for each key of a file.
func plain() map[string]map[string]any {
	all := schema.Plain("en")
	for _, one := range all {
		patterns, _ := one["patternProperties"].(map[string]any)
		properties, _ := one["properties"].(map[string]any)
		for pattern, asks := range patterns {
			for _, name := range strings.Split(strings.Trim(pattern, "^()$"), "|") {
				properties[name] = asks
			}
		}
		delete(one, "patternProperties")
	}
	return all
}

// said returns, for a message in any language, the text under a keyword of the schema that find leads
// to from the root of a kind.
func said(kind, keyword string, find func(root schema.Node) schema.Node) problem.Message {
	texts := map[string]string{}
	for _, in := range problem.Languages {
		texts[in] = find(schema.RootIn(in, kind)).Text(keyword)
	}
	return problem.Verbatim(texts)
}
