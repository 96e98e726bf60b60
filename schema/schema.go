package schema

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
)

const suffix = ".schema.json"

// words are the keywords of a schema that hold text for people, by what a translation's key calls
// them.
var words = []struct{ what, keyword string }{
	{"title", "title"},
	{"description", "description"},
	{"hint", "x-hint"},
	{"pattern-hint", "x-pattern-hint"},
}

// Codes returns the languages (BCP 47) that the texts of the schemas exist in, English first, then by
// code.
func Codes() []string {
	codes := []string{"en"}
	names, err := fs.Glob(Languages, "lang/*.json")
	must(err)
	for _, name := range names {
		codes = append(codes, strings.TrimSuffix(strings.TrimPrefix(name, "lang/"), ".json"))
	}
	return codes
}

// Match returns which of Codes a reader of a language (BCP 47) gets: it, or the same without its
// region, or English.
func Match(language string) string {
	base, _, _ := strings.Cut(language, "-")
	for _, known := range []string{language, base} {
		if slices.Contains(Codes(), known) {
			return known
		}
	}
	return "en"
}

// Plain returns every schema by its file name, as plain JSON values (numbers are float64), with its
// titles, descriptions and hints in the language that Match finds; a text that is not translated is in
// English. $ref stands as it is written. Each call makes new values, which the caller may change.
func Plain(language string) map[string]map[string]any {
	all := map[string]map[string]any{}
	names, err := fs.Glob(Files, "*"+suffix)
	must(err)
	translated := translations(language)
	for _, name := range names {
		data, err := Files.ReadFile(name)
		must(err)
		var plain map[string]any
		must(json.Unmarshal(data, &plain))
		EachText(strings.TrimSuffix(name, suffix), plain, func(key string, m map[string]any, keyword string) {
			if text := translated[key]; text != "" {
				m[keyword] = text
			}
		})
		all[name] = plain
	}
	return all
}

// translations returns the texts of a language by their key; none for English, which the schemas are
// written in.
func translations(language string) map[string]string {
	if language = Match(language); language == "en" {
		return nil
	}
	data, err := Languages.ReadFile("lang/" + language + ".json")
	must(err)
	var texts map[string]string
	must(json.Unmarshal(data, &texts))
	return texts
}

// EachText calls visit for every text for people below m, with its key (see Languages; path is the key
// of m), the object that holds it and the keyword it stands under. The order is always the same.
func EachText(path string, m map[string]any, visit func(key string, m map[string]any, keyword string)) {
	for _, w := range words {
		if _, isText := m[w.keyword].(string); isText {
			visit(path+"."+w.what, m, w.keyword)
		}
	}
	down := func(path string, v any) {
		if next, ok := v.(map[string]any); ok {
			EachText(path, next, visit)
		}
	}
	for _, below := range []string{"definitions", "properties"} {
		named, _ := m[below].(map[string]any)
		for _, name := range sorted(named) {
			down(path+"/"+name, named[name])
		}
	}
	down(path+"/*", m["items"])
	down(path+"/*", m["additionalProperties"])
	for _, branch := range []string{"if", "then", "else"} {
		down(path, m[branch])
	}
}

// Root returns the schema of a kind of file (coop, event …) with its texts in English.
func Root(kind string) Node { return RootIn("en", kind) }

// RootIn returns the schema of a kind of file with its texts in the language that Match finds.
func RootIn(language, kind string) Node {
	return Node{read(Match(language))[kind+suffix]}
}

// Each language's schemas are read once, when they are first asked for, and not changed.
var (
	reading sync.Mutex
	known   = map[string]map[string]map[string]any{}
)

func read(language string) map[string]map[string]any {
	reading.Lock()
	defer reading.Unlock()
	if known[language] == nil {
		plain := Plain(language)
		all := make(map[string]map[string]any, len(plain))
		for name, m := range plain {
			all[name], _ = follow(plain, name, m).(map[string]any)
		}
		known[language] = all
	}
	return known[language]
}

// follow returns a value of the schema in that file with every $ref in it followed, once and for all:
// a walk along a schema asks for the same places thousands of times. No definition of ours refers to
// itself.
func follow(plain map[string]map[string]any, in string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		merged := map[string]any{}
		if ref, ok := v["$ref"].(string); ok {
			file, pointer, _ := strings.Cut(ref, "#")
			if file == "" {
				file = in
			}
			target := any(plain[file])
			name := ""
			for _, step := range Steps(pointer) {
				m, _ := target.(map[string]any)
				target, name = m[step], step
			}
			if m, ok := follow(plain, file, target).(map[string]any); ok {
				maps.Copy(merged, m)
			}
			merged[definition] = name
		}
		for key, value := range v {
			if key != "$ref" {
				merged[key] = follow(plain, in, value)
			}
		}
		return merged
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = follow(plain, in, v[i])
		}
		return list
	}
	return v
}

func sorted(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

// must panics where what is embedded is broken: it is part of the program, and the tests read it.
func must(err error) {
	if err != nil {
		panic(fmt.Errorf("embedded schema: %w", err))
	}
}
