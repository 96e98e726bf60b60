// Package schema holds the JSON Schemas (draft-07) of the directory's files: the one source of truth
// for which fields there are, what they may hold and how they are explained to people.
package schema

import "embed"

// Files holds every *.schema.json of this folder by its file name.
//
//go:embed *.schema.json
var Files embed.FS

// Languages holds the texts of the schemas in other languages than their own English: one file per
// language, lang/<BCP 47>.json, a flat map from key to text.
//
// A key names the place where the text is written, once, whoever refers to it with $ref:
// <schema>/<names of the fields>.<what>, as in "coop/website.title", "common/slug.pattern-hint" or
// "coop.description" of the schema itself. An entry of a list or map is "*", as in
// "coop/locations/*/country.hint"; a definition stands by its name. What is title, description, hint
// (x-hint) or pattern-hint (x-pattern-hint). A test of internal/fields holds the files against the
// schemas, key by key.
//
//go:embed lang/*.json
var Languages embed.FS
