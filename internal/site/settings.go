package site

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"coops/internal/yamldoc"
)

// settings is what hugo.yaml says that must be known before Hugo reads it.
type settings struct {
	files     []string // configuration files, absolute; what stands in a later one wins
	languages []string // the default one first, which stands at the root, then by name
	colors    colors
}

// settings reads the program's hugo.yaml and that of the directory, and writes beside them what holds
// for the two together. Whose name, repository, address, logo and colors these are is a matter of the
// directory alone: nothing of the program's own site is left to it.
func (b Build) settings(folder string) (settings, error) {
	base, err := fs.ReadFile(b.Program, "hugo.yaml")
	if err != nil {
		return settings{}, err
	}
	programs := read(base)
	s := settings{files: []string{filepath.Join(folder, "hugo.yaml")}}
	if err := os.WriteFile(s.files[0], base, 0o644); err != nil {
		return settings{}, err
	}
	var owns values
	own := filepath.Join(b.Dir, "hugo.yaml")
	switch data, err := os.ReadFile(own); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return settings{}, err
	default:
		owns = read(data)
		s.files = append(s.files, own)
	}

	named := owns.at("languages")
	if len(named) == 0 {
		named = programs.at("languages")
	}
	first := cmp.Or(owns.text("defaultContentLanguage"), programs.text("defaultContentLanguage"))
	if named[first] == nil {
		if owns.text("defaultContentLanguage") != "" {
			return settings{}, fmt.Errorf("hugo.yaml: defaultContentLanguage is %s, and it is not among the languages: %s", first, strings.Join(named.keys(), ", "))
		}
		first = named.keys()[0]
	}
	s.languages = append([]string{first}, slices.DeleteFunc(named.keys(), func(in string) bool { return in == first })...)
	params := owns.at("params")
	if s.colors, err = readColors(params.at("colors")); err != nil {
		return settings{}, fmt.Errorf("hugo.yaml: %w", err)
	}

	left := slices.DeleteFunc(programs.at("languages").keys(), func(in string) bool { return named[in] != nil })
	languages := map[string]any{}
	for _, in := range s.languages {
		its := owns.at("languages").at(in)
		says := values{}
		if title := cmp.Or(its.text("title"), owns.text("title")); title != "" {
			says["title"] = title
		}
		if tagline := cmp.Or(its.at("params").text("tagline"), params.text("tagline")); tagline != "" {
			says["params"] = values{"tagline": tagline}
		}
		languages[in] = says
	}
	together := filepath.Join(folder, "settings.json")
	s.files = append(s.files, together)
	return s, writeJSON(together, map[string]any{
		"defaultContentLanguage": first,
		"disableLanguages":       left,
		"languages":              languages,
		"params":                 values{"repository": params.text("repository"), "contact": params.text("contact"), "logo": params.text("logo"), "branch": params.text("branch")},
	})
}

// values is a map of a configuration.
type values map[string]any

// read takes a configuration apart. Where it is no YAML, Hugo says so.
func read(config []byte) values {
	doc, _ := yamldoc.Read("hugo.yaml", config)
	if doc == nil {
		return nil
	}
	root, _ := doc.Value.(map[string]any)
	return root
}

func (v values) at(key string) values {
	m, _ := v[key].(map[string]any)
	return m
}

func (v values) text(key string) string {
	s, _ := v[key].(string)
	return s
}

func (v values) keys() []string {
	keys := make([]string, 0, len(v))
	for key := range v {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
