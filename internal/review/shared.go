package review

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"coops/internal/directory"
	"coops/internal/history"
	"coops/internal/problem"
)

// Shared is what a proposal does to one entry of the data that all co-ops share: a network, a sector, a skill, or the answers about the place.
type Shared struct {
	Type     string // networks, sectors, skills or governance, as its schema is called
	ID       string // empty of governance
	Kind     Kind   // Added, Changed or Removed: ids are permanent
	Name     directory.Text
	Category string // of a skill: as it would be, or of one that is removed, as it was
	From     string // the category that a skill leaves
	Fields   []Field
}

// shares are where shared data lies, by its schema: in a file, or in those of a folder.
var shares = []struct{ schema, place string }{
	{"networks", "data/networks.yaml"}, {"sectors", "data/sectors.yaml"}, {"skills", "data/skills"}, {"governance", "data/governance.yaml"},
}

// share tells what a proposal does to shared data, and notes which files are told thereby: those in which nothing but entries differs. Where
// a file cannot be read, none of its kind is told.
func (p Proposal) share(r *Review) error {
	r.told = map[string]bool{}
	for _, of := range shares {
		lies := func(name string) bool { return name == of.place || path.Dir(name) == of.place }
		if !slices.ContainsFunc(p.Changes, func(c history.Change) bool { return lies(p.own(c.Before)) || lies(p.own(c.After)) }) {
			continue
		}
		was, err := filesOf(p.Before, of.place)
		if err != nil {
			return err
		}
		is, err := filesOf(p.After, of.place)
		if err != nil {
			return err
		}
		before, ok := entriesOf(of.schema, was)
		after, ok2 := entriesOf(of.schema, is)
		if !ok || !ok2 {
			continue
		}
		differs := map[string]bool{}
		for _, id := range keysOf(before, after) {
			old, now := before[id], after[id]
			if reflect.DeepEqual(old, now) {
				continue
			}
			differs[old.file], differs[now.file] = true, true
			r.Shared = append(r.Shared, shared(of.schema, id, old, now))
		}
		for _, name := range keysOf(was, is) {
			old, there := was[name]
			now, stays := is[name]
			if differs[name] && (!there || !stays || old.remarks == now.remarks && old.mode == now.mode) {
				r.told[path.Join(p.Folder, name)] = true
			}
		}
	}
	return nil
}

// filesOf returns the files of shared data, by their paths.
func filesOf(fsys fs.FS, place string) (map[string]file, error) {
	names := []string{place}
	if path.Ext(place) == "" {
		var err error
		if names, err = fs.Glob(fsys, place+"/*.yaml"); err != nil {
			return nil, fmt.Errorf("read %s: %w", place, err)
		}
	}
	files := map[string]file{}
	for _, name := range names {
		f, err := open(fsys, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		files[name] = f
	}
	return files, nil
}

// entry is one of shared data as it is written, and the file that it is in; empty: it is in none.
type entry struct {
	file  string
	value map[string]any
}

// entriesOf returns the entries of files by their ids, and whether all could be read. The answers about the place are one, without an id.
func entriesOf(kind string, files map[string]file) (map[string]entry, bool) {
	all := map[string]entry{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f := files[name]
		if f.value == nil {
			return nil, false
		}
		if kind == "governance" {
			all[""] = entry{name, f.value}
			continue
		}
		for id, value := range f.value {
			m, ok := value.(map[string]any)
			if !ok {
				return nil, false
			}
			all[id] = entry{name, m}
		}
	}
	return all, true
}

func shared(kind, id string, before, after entry) Shared {
	s := Shared{Type: kind, ID: id, Kind: Changed, Fields: fieldsOf(kind, before.value, after.value)}
	says := after
	switch {
	case before.file == "":
		s.Kind = Added
	case after.file == "":
		s.Kind, says = Removed, before
	}
	s.Name = nameOf(says.value)
	if kind == "skills" {
		if s.Category = slugOf(says.file); s.Kind == Changed && before.file != after.file {
			s.From = slugOf(before.file)
		}
	}
	return s
}

// nameOf returns what an entry is called: a network has a name, the others have a label in each language.
func nameOf(value map[string]any) directory.Text {
	if name := textOf(value, "name"); name != "" {
		return directory.Text{"en": name}
	}
	label, _ := value["label"].(map[string]any)
	name := directory.Text{}
	for language := range label {
		if text := textOf(label, language); text != "" {
			name[language] = text
		}
	}
	return name
}

func keysOf[T any](one, other map[string]T) []string {
	all := maps.Clone(one)
	maps.Copy(all, other)
	return slices.Sorted(maps.Keys(all))
}

// called returns the name of an entry, or its id.
func (w words) called(s Shared) string {
	if name, _ := s.Name.In(w.Language); name != "" {
		return strings.TrimSuffix(name, ".")
	}
	return s.ID
}

// shared says what happens to an entry of shared data, with as many of its fields as there is room for.
func (p page) shared(s Shared, room int) string {
	said := strings.TrimSuffix(p.heading("review-kind."+s.Type+"."+string(s.Kind), "name", p.called(s), "id", s.ID), "\n") // what comes next begins with a line of its own
	if s.From != "" {
		said += p.paragraph("review-category.moved", "before", s.From, "after", s.Category)
	} else if s.Category != "" {
		said += p.paragraph("review-category", "category", s.Category)
	}
	return said + p.fields(s.Kind, s.Fields, room-utf8.RuneCountInString(said))
}

// judgeShared returns what of an entry only a person can judge.
func (w words) judgeShared(s Shared) problem.Message {
	how := "entry"
	if s.Kind == Removed {
		how = "removed"
	}
	return problem.Say("review-judge."+s.Type+"."+how, "name", w.called(s))
}
