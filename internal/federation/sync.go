package federation

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"coops/internal/archive"
	"coops/internal/check"
	"coops/internal/directory"
	"coops/internal/history"
	"coops/internal/problem"
	"coops/internal/scratch"
	"coops/schema"
)

// MostCoops is how many profiles one source may have.
const MostCoops = 20_000

// Copy is what was fetched of a source.
type Copy struct {
	Source  Source         `json:"source"`
	Commit  string         `json:"commit"`
	Fetched directory.Date `json:"fetched"`
}

// Complete adds to the files of a directory what it may leave out, because every program brings it along.
type Complete func(fs.FS) (fs.FS, error)

// Outcome is what came of fetching a source.
type Outcome struct {
	Source   Source
	Copy     *Copy             // that is there now; nil: none
	Coops    int               // in it, where it was fetched
	Failure  *problem.Message  // why the source could not be taken; nil: it was
	Problems []problem.Problem // of its files that keep it from being taken
}

// Sync fetches a source and puts its copy into a folder, in one step; where it cannot be had, or is not sound, the
// copy from before stays. The error is for what is wrong on our side.
func Sync(ctx context.Context, s Source, folder string, complete Complete, today directory.Date) (Outcome, error) {
	o := Outcome{Source: s}
	if before, _, err := open(folder, s); err == nil {
		o.Copy = &before
		if s.Commit != "" && before.Commit == s.Commit { // it can be no other
			d, report, err := read(ctx, folder, s, today)
			if err == nil && !report.Failed() {
				o.Coops = len(d.Coops)
				return o, nil
			}
		}
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return o, fmt.Errorf("make %s: %w", folder, err)
	}
	work, err := scratch.Make(folder, ".coops-fetch-*")
	if err != nil {
		return o, fmt.Errorf("write into %s: %w", folder, err)
	}
	defer work.Remove()
	fail := func(m problem.Message) (Outcome, error) {
		if ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled) {
			return o, ctx.Err()
		}
		o.Failure = &m
		return o, nil
	}
	revision := s.Branch
	if s.Commit != "" {
		revision = s.Commit
	}
	repository, commit, err := history.Fetch(ctx, s.Repository, revision, work.Path)
	if err != nil {
		return fail(problem.Say("sources.down", "reason", plain(err)))
	}
	defer repository.Close()
	files, err := filesOf(commit, s, complete)
	if err != nil {
		return fail(problem.Say("sources.down", "reason", plain(err)))
	}
	if entries, err := fs.ReadDir(files, "data/coops"); err == nil && len(entries) > MostCoops {
		return fail(problem.Say("sources.many", "most", MostCoops))
	}
	d, report, err := check.Directory(ctx, files, today)
	if err != nil {
		return fail(problem.Say("sources.down", "reason", plain(err)))
	}
	if report.Failed() {
		o.Problems = report.Only(problem.Error).Problems
		return fail(problem.Say("sources.broken", "count", len(o.Problems)))
	}
	fresh := Copy{s, commit.Hash, today}
	if err := keep(folder, work.Path, fresh, files); err != nil {
		return o, fmt.Errorf("keep a copy of %s: %w", s.ID, err)
	}
	o.Copy, o.Coops = &fresh, len(d.Coops)
	return o, nil
}

// filesOf returns the files of a source's data. Its settings are its own affair.
func filesOf(commit fs.FS, s Source, complete Complete) (fs.FS, error) {
	files := commit
	if s.Folder != "" && s.Folder != "." {
		var err error
		if files, err = fs.Sub(commit, s.Folder); err != nil {
			return nil, err
		}
	}
	return complete(dataOnly{files})
}

// dataOnly shows nothing but data/.
type dataOnly struct{ fs.FS }

func (d dataOnly) Open(name string) (fs.File, error) {
	if name == "hugo.yaml" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return d.FS.Open(name)
}

func (d dataOnly) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(d.FS, name) }

// nameOf returns the file of a source's copy.
func nameOf(folder string, s Source) string { return filepath.Join(folder, s.ID+".zip") }

// keep writes the copy of a source beside the one from before, and puts it in its place in one step.
func keep(folder, work string, c Copy, files fs.FS) (err error) {
	note, err := json.Marshal(c)
	if err != nil {
		return err
	}
	fresh := filepath.Join(work, "fresh.zip")
	f, err := os.Create(fresh)
	if err != nil {
		return err
	}
	err = archive.Write(f, files, schema.Files, string(note))
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(fresh, nameOf(folder, c.Source))
}

// errOther says that a copy is of another place than the source is at.
var errOther = errors.New("the copy is of another repository or folder")

// open opens the copy of a source.
func open(folder string, s Source) (Copy, fs.FS, error) {
	data, err := os.ReadFile(nameOf(folder, s)) // in memory, so that nobody changes it while it is read
	if err != nil {
		return Copy{}, nil, err
	}
	files, note, err := archive.Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return Copy{}, nil, err
	}
	var c Copy
	if err := json.Unmarshal([]byte(note), &c); err != nil {
		return Copy{}, nil, err
	}
	if c.Source.Repository != s.Repository || c.Source.Folder != s.Folder || s.Commit != "" && c.Commit != s.Commit {
		return Copy{}, nil, errOther
	}
	return c, files, nil
}

// read reads the copy of a source, and checks it as of today.
func read(ctx context.Context, folder string, s Source, today directory.Date) (*directory.Directory, problem.Report, error) {
	_, files, err := open(folder, s)
	if err != nil {
		return nil, problem.Report{}, err
	}
	return check.Directory(ctx, files, today)
}

// Load reads the copies of sources and puts them beside the directory's own co-ops. What a source lacks is said, and
// stops nothing.
func Load(ctx context.Context, own *directory.Directory, sources []Source, folder string, today directory.Date) (*directory.Directory, []problem.Message, error) {
	var others []Other
	var said []problem.Message
	for _, s := range sources {
		c, files, err := open(folder, s)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			said = append(said, problem.Say("sources.never", "name", s.Name))
			continue
		case err != nil:
			said = append(said, problem.Say("sources.unusable", "name", s.Name))
			continue
		}
		d, report, err := check.Directory(ctx, files, today)
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if err != nil || report.Failed() {
			said = append(said, problem.Say("sources.unusable", "name", s.Name))
			continue
		}
		others = append(others, Other{c, d})
	}
	return Merge(own, others), said, nil
}

// plain says an error of a stranger's making without characters that a terminal would obey, and not at length.
func plain(err error) string {
	text := strconv.QuoteToGraphic(err.Error())
	text = text[1 : len(text)-1]
	const most = 300
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return text
}
