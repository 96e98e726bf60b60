// Package check turns a folder of files into a Directory and the problems that its contributors can
// mend: first each file by itself (bytes, YAML, schema, values), then all of them against each other.
// It reads from an fs.FS, so a folder, a commit or a test is the same to it, and it never prints.
package check

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"coops/internal/directory"
	"coops/internal/problem"
)

// ErrNoData says that the folder has no data/ in it, so there was nothing to check.
var ErrNoData = errors.New("there is no data folder here")

// Directory checks everything under data/ of fsys and returns what it says, with every problem found,
// sorted. today is the day against which dates are held. The Directory is consistent only if the
// report has not Failed. The error is for what stopped us: no data folder (ErrNoData), a folder that
// cannot be listed, or ctx.
func Directory(ctx context.Context, fsys fs.FS, today directory.Date) (*directory.Directory, problem.Report, error) {
	files, problems, err := list(fsys)
	if err != nil {
		return nil, problem.Report{}, err
	}
	readAll(ctx, fsys, files)
	if err := ctx.Err(); err != nil {
		return nil, problem.Report{}, err
	}

	s := collect(files)
	s.today = today
	eachInParallel(files, func(f *file) { f.checkAlone(s) })
	s.checkSet()
	pictures, err := s.checkLogos(fsys)
	if err != nil {
		return nil, problem.Report{}, err
	}
	problems = append(problems, pictures...)

	for _, f := range files {
		language := f.language()
		mended := slices.ContainsFunc(f.problems, func(p problem.Problem) bool { return p.Rule == problem.YAMLSyntax })
		for _, p := range f.problems {
			p.Language = language
			p.Certain = p.Certain && !mended // columns are those of the lines as they should be
			problems = append(problems, p)
		}
	}
	problem.Sort(problems)
	return s.directory(), problem.Report{Files: len(files), Problems: problems}, nil
}

// language returns the language that a file's people work in first, as far as it says.
func (f *file) language() string {
	var languages []string
	var text directory.Text
	switch v := f.value.(type) {
	case *directory.Coop:
		languages, text = v.Languages, v.Summary
	case *directory.Event:
		languages, text = v.Languages, v.Title
	case *directory.Request:
		languages, text = v.Languages, v.Title
	}
	if len(languages) > 0 {
		return languages[0]
	}
	if written := text.Languages(); len(written) == 1 {
		return written[0]
	}
	return ""
}

// readAll reads and decodes the files on all cores; each keeps its own problems.
func readAll(ctx context.Context, fsys fs.FS, files []*file) {
	buffers := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	eachInParallel(files, func(f *file) {
		if ctx.Err() == nil {
			b := buffers.Get().(*bytes.Buffer)
			f.read(fsys, b)
			buffers.Put(b)
		}
	})
}

func eachInParallel(files []*file, do func(*file)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		wait.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(files)); i = next.Add(1) - 1 {
				do(files[i])
			}
		})
	}
	wait.Wait()
}

// set is all files together, with what the rules look things up in.
type set struct {
	today    directory.Date
	files    []*file
	skills   map[string]*directory.Skill
	ids      map[string][]string // what x-refers names -> the ids there are, sorted
	bySkill  map[string]*file    // skill id -> the vocabulary file it stands in
	words    func() []string     // what people call the skills, for suggestions; made when first asked for
	calledSo func() func(string) string
}

func collect(files []*file) *set {
	s := &set{files: files, skills: map[string]*directory.Skill{}, ids: map[string][]string{}, bySkill: map[string]*file{}}
	for _, f := range files {
		switch v := f.value.(type) {
		case *directory.Coop:
			s.ids["coops"] = append(s.ids["coops"], f.id)
		case map[string]*directory.Skill:
			s.addSkills(f, v)
		case map[string]*directory.Network:
			s.ids["networks"] = keys(v)
		case map[string]*directory.Sector:
			s.ids["sectors"] = keys(v)
		}
	}
	for kind := range s.ids {
		slices.Sort(s.ids[kind])
	}
	words := sync.OnceValue(func() []skillWord { return skillWords(s.skills) })
	s.calledSo = sync.OnceValue(func() func(string) string { return calledSo(words()) })
	s.words = sync.OnceValue(func() []string {
		texts := make([]string, len(words()))
		for i, w := range words() {
			texts[i] = w.word
		}
		return texts
	})
	return s
}

func (s *set) addSkills(f *file, skills map[string]*directory.Skill) {
	for _, id := range keys(skills) {
		if first, twice := s.bySkill[id]; twice {
			f.report(problem.DuplicateSkill, f.doc.KeyPosition("/"+id), problem.Say("duplicate-skill", "found", id, "file", first.path))
			continue
		}
		skill := skills[id]
		skill.ID, skill.Category = id, f.id
		s.skills[id], s.bySkill[id] = skill, f
		s.ids["skills"] = append(s.ids["skills"], id)
	}
}

// directory gathers what the files say, sorted by id.
func (s *set) directory() *directory.Directory {
	d := &directory.Directory{}
	for _, f := range s.files {
		switch v := f.value.(type) {
		case *directory.Coop:
			d.Coops = append(d.Coops, v)
		case *directory.Event:
			d.Events = append(d.Events, v)
		case *directory.Request:
			d.Requests = append(d.Requests, v)
		case *directory.Governance:
			d.Governance = *v
		case map[string]*directory.Network:
			for _, id := range keys(v) {
				v[id].ID = id
				d.Networks = append(d.Networks, v[id])
			}
		case map[string]*directory.Sector:
			for _, id := range keys(v) {
				v[id].ID = id
				d.Sectors = append(d.Sectors, v[id])
			}
		}
	}
	for _, id := range s.ids["skills"] {
		d.Skills = append(d.Skills, s.skills[id])
	}
	return d
}

// keys returns the keys of m, sorted; entries that could not be read are left out.
func keys[V any](m map[string]*V) []string {
	ids := make([]string, 0, len(m))
	for id, v := range m {
		if v != nil {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}
