package site

import (
	"cmp"
	_ "embed"
	"encoding/json"
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
	themes    string            // the folder that the theme is in
	address   string            // of the site, with a slash at its end
	titles    map[string]string // language -> what the site is called
}

//go:embed base.yaml
var base []byte

// settings reads the directory's hugo.yaml, or where it has none the program's, and writes beside it how
// pages are made at all and what follows from the two. Whose repository and address the program's
// own site has is left out for a directory that does not say what its own are.
func (b Build) settings(folder string) (settings, error) {
	own, err := os.ReadFile(filepath.Join(b.Dir, "hugo.yaml"))
	isOwn := err == nil
	if errors.Is(err, fs.ErrNotExist) {
		own, err = fs.ReadFile(b.Program, "hugo.yaml")
	}
	if err != nil {
		return settings{}, err
	}
	said, general := read(own), read(base)
	named := said.at("languages")
	if len(named) == 0 {
		named = general.at("languages")
	}
	first := cmp.Or(said.text("defaultContentLanguage"), general.text("defaultContentLanguage"))
	if _, ok := named[first]; !ok {
		if said.text("defaultContentLanguage") != "" {
			return settings{}, fmt.Errorf("hugo.yaml: defaultContentLanguage is %s, and it is not among the languages: %s", first, strings.Join(named.keys(), ", "))
		}
		first = named.keys()[0]
	}
	s := settings{languages: append([]string{first}, slices.DeleteFunc(named.keys(), func(in string) bool { return in == first })...)}
	s.address = strings.TrimSuffix(cmp.Or(said.text("baseURL"), general.text("baseURL")), "/") + "/"
	s.titles = map[string]string{}
	for _, in := range s.languages {
		s.titles[in] = cmp.Or(said.at("languages").at(in).text("title"), said.text("title"), general.text("title"))
	}
	if s.colors, err = readColors(said.at("params").at("colors")); err != nil {
		return settings{}, fmt.Errorf("hugo.yaml: %w", err)
	}
	follows := values{
		"defaultContentLanguage": first,
		"disableLanguages":       slices.DeleteFunc(general.at("languages").keys(), func(in string) bool { return slices.Contains(s.languages, in) }),
	}
	if !isOwn {
		follows["params"] = values{"repository": "", "contact": ""}
	}
	together, err := json.Marshal(follows)
	if err != nil {
		return settings{}, err
	}
	for _, file := range []struct {
		name    string
		content []byte
	}{{"base.yaml", base}, {"hugo.yaml", own}, {"settings.json", together}} {
		name := filepath.Join(folder, file.name)
		if err := os.WriteFile(name, file.content, 0o644); err != nil {
			return settings{}, err
		}
		s.files = append(s.files, name)
	}
	return s, nil
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
