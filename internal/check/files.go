package check

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"coops/internal/directory"
	"coops/internal/problem"
	"coops/internal/yamldoc"
	"coops/schema"
)

// kind is a kind of file: where it lies, which schema holds for it, what it becomes.
type kind struct {
	place  string // folder of many files, or the one file
	schema string
	value  func(slug string) any // what the file is decoded into
}

var kinds = []kind{
	{"data/coops", "coop", func(slug string) any { return &directory.Coop{Slug: slug} }},
	{"data/events", "event", func(slug string) any { return &directory.Event{Slug: slug} }},
	{"data/requests", "request", func(slug string) any { return &directory.Request{Slug: slug} }},
	{"data/skills", "skills", func(string) any { return map[string]*directory.Skill{} }},
	{"data/networks.yaml", "networks", func(string) any { return map[string]*directory.Network{} }},
	{"data/sectors.yaml", "sectors", func(string) any { return map[string]*directory.Sector{} }},
	{"data/governance.yaml", "governance", func(string) any { return &directory.Governance{} }},
	{settings, "site", func(string) any { return &map[string]any{} }},
}

// settings is the one file beside data/ that people fill in; a directory may do without it.
const settings = "hugo.yaml"

func (k kind) single() bool { return strings.HasSuffix(k.place, ".yaml") }

// file is one YAML file on its way through the checks.
type file struct {
	kind
	path     string
	id       string // the name without its ending
	doc      *yamldoc.Document
	value    any // *directory.Coop and so on; nil where the file cannot be used at all
	marks    []Mark
	problems []problem.Problem
	compared int // words, to find what was probably meant: see nearest
}

func (f *file) report(rule *problem.Rule, at problem.Range, m problem.Message) {
	f.problems = append(f.problems, f.doc.Problem(rule, at, m))
}

// reportFix reports a problem with the text that would mend it.
func (f *file) reportFix(rule *problem.Rule, at problem.Range, fix string, m problem.Message) {
	p := f.doc.Problem(rule, at, m)
	p.Fix = &fix
	f.problems = append(f.problems, p)
}

// reportCertain reports a problem whose fix changes how the file is written and not what it means.
func (f *file) reportCertain(rule *problem.Rule, at problem.Range, fix string, m problem.Message) {
	f.reportFix(rule, at, fix, m)
	f.problems[len(f.problems)-1].Certain = true
}

var slug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// list finds the files of every kind, in the order of their paths, and reports what lies about in the
// data folders that belongs to no kind.
func list(fsys fs.FS) ([]*file, []problem.Problem, error) {
	info, err := fs.Lstat(fsys, "data")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, ErrNoData
	}
	if err == nil && !info.IsDir() {
		return nil, []problem.Problem{notFolder("data", info)}, nil
	}
	top, err := fs.ReadDir(fsys, "data")
	if err != nil {
		return nil, nil, fmt.Errorf("list data: %w", err)
	}
	var files []*file
	var problems []problem.Problem
	for _, e := range top {
		place := "data/" + e.Name()
		problems = append(problems, hiddenInName(place)...)
		i := slices.IndexFunc(kinds, func(k kind) bool { return k.place == place })
		switch {
		case e.Type()&fs.ModeSymlink != 0:
			problems = append(problems, linkProblem(place))
		case i >= 0 && kinds[i].single() == !e.IsDir():
			found, bad, err := kinds[i].list(fsys)
			if err != nil {
				return nil, nil, err
			}
			files, problems = append(files, found...), append(problems, bad...)
		case place == "data/logos" && e.IsDir(), bystander(e.Name()):
		default:
			problems = append(problems, wholeFile(problem.UnexpectedFile, place, problem.Say("unexpected-file.data")))
		}
	}
	if info, err := fs.Lstat(fsys, settings); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		problems = append(problems, linkProblem(settings))
	} else if err == nil {
		files = append(files, kinds[len(kinds)-1].file(settings))
	}
	slices.SortFunc(files, func(a, b *file) int { return strings.Compare(a.path, b.path) })
	return files, problems, nil
}

// list finds the files of one kind.
func (k kind) list(fsys fs.FS) ([]*file, []problem.Problem, error) {
	if k.single() {
		return []*file{k.file(k.place)}, nil, nil
	}
	entries, err := fs.ReadDir(fsys, k.place)
	if err != nil {
		return nil, nil, fmt.Errorf("list %s: %w", k.place, err)
	}
	var files []*file
	var problems []problem.Problem
	for _, e := range entries {
		place := k.place + "/" + e.Name()
		name, isYAML := strings.CutSuffix(e.Name(), ".yaml")
		problems = append(problems, hiddenInName(place)...)
		switch {
		case bystander(e.Name()):
		case e.Type()&fs.ModeSymlink != 0:
			problems = append(problems, linkProblem(place))
		case e.IsDir():
			problems = append(problems, wholeFile(problem.UnexpectedFile, place, problem.Say("unexpected-file.folder", "folder", k.place)))
		case !e.Type().IsRegular() || !isYAML:
			problems = append(problems, wholeFile(problem.UnexpectedFile, place, problem.Say("unexpected-file.ending",
				"folder", k.place, "right", suggestSlug(strings.TrimSuffix(e.Name(), path.Ext(e.Name()))))))
		default:
			f := k.file(place)
			if !slug.MatchString(name) {
				f.report(problem.FileName, problem.Range{}, problem.Say("file-name", "name", name, "right", suggestSlug(name)))
			}
			files = append(files, f)
		}
	}
	return files, problems, nil
}

func (k kind) file(place string) *file {
	return &file{kind: k, path: place, id: strings.TrimSuffix(path.Base(place), ".yaml"), doc: yamldoc.Nothing(place)}
}

// bystander tells whether a file may lie in a data folder without being data.
func bystander(name string) bool {
	return strings.HasPrefix(name, ".") || name == "README.md" || name == "LICENSE"
}

func wholeFile(rule *problem.Rule, place string, m problem.Message) problem.Problem {
	return yamldoc.Nothing(place).Problem(rule, problem.Range{}, m)
}

// notFolder reports what stands where a folder is looked for.
func notFolder(place string, info fs.FileInfo) problem.Problem {
	if info.Mode()&fs.ModeSymlink != 0 {
		return linkProblem(place)
	}
	return wholeFile(problem.UnexpectedFile, place, problem.Say("unexpected-file.data"))
}

func linkProblem(place string) problem.Problem {
	return wholeFile(problem.Symlink, place, problem.Say("symlink"))
}

// read reads, parses, checks against the schema and decodes the file. The buffer is only borrowed.
func (f *file) read(fsys fs.FS, b *bytes.Buffer) {
	data, err := readLimited(fsys, f.path, b)
	if err != nil {
		f.report(problem.Unreadable, problem.Range{}, problem.Say("unreadable", "reason", problem.Reason(err).Error()))
		return
	}
	doc, problems := yamldoc.Read(f.path, data)
	if doc == nil {
		// Settings that set nothing are none; every other file is there to say something.
		if f.path != settings || problems[0].Rule != problem.EmptyFile {
			f.problems = append(f.problems, problems...)
		}
		return
	}
	f.problems = append(f.problems, problems...)
	f.doc = doc
	unusable := f.checkSchema()
	f.decode(unusable)
}

// readLimited reads a file into a buffer, and one byte more than is allowed at the most.
func readLimited(fsys fs.FS, name string, b *bytes.Buffer) ([]byte, error) {
	r, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b.Reset()
	_, err = b.ReadFrom(io.LimitReader(r, yamldoc.MaxSize+1))
	return b.Bytes(), err
}

// decode turns the document's value into the domain's type. What the schema found unusable (by
// pointer) is left out, so that the rules can still look at the rest.
func (f *file) decode(unusable []string) {
	for _, pointer := range unusable {
		if pointer == "" {
			return
		}
		if parent, ok := strings.CutSuffix(pointer, "/"+lastName(pointer)); ok && strings.HasSuffix(parent, "/coordinates") {
			pointer = parent // one of the two alone is no place
		}
		blank(f.doc.Value, pointer)
	}
	value, err := f.decoded()
	if err == nil {
		f.value = value
		return
	}
	if len(f.problems) == 0 { // the schema lets nothing through that does not decode; say so if it ever does
		f.report(problem.WrongType, problem.Range{}, problem.Say("wrong-type.unusable", "reason", fmt.Sprint(err)))
	}
}

// blank replaces the value at pointer with null.
func blank(value any, pointer string) {
	steps := schema.Steps(pointer)
	for i, step := range steps {
		last := i == len(steps)-1
		switch v := value.(type) {
		case map[string]any:
			if last {
				v[step] = nil
			}
			value = v[step]
		case []any:
			n := index(step, len(v))
			if n < 0 {
				return
			}
			if last {
				v[n] = nil
			}
			value = v[n]
		default:
			return
		}
	}
}
