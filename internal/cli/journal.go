package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"

	"coops/internal/intake"
	"coops/internal/layout"
	"coops/internal/problem"
	"coops/internal/scratch"
)

// change is one file as it was and as it shall be; nil is a file that is not there.
type change struct {
	name          string
	before, after []byte
	mode          fs.FileMode // of a file that changes or is new; 0: as it is, or 0644
}

// A change of several files is one: it is written whole into a folder of its own, and holds from the moment in which
// that folder is called journal. Whoever opens the directory after that finishes what was interrupted.
const (
	journal     = "data/.coops-changes"
	journalPlan = journal + "/plan.json"
)

// move is what remains to be done with one file: it takes the place of the one in the journal, or goes.
type move struct {
	Name string `json:"name"`
	From string `json:"from,omitempty"` // its name in the journal; empty: the file goes
}

// writeAll makes all changes, or none if anything fails. A file that is new never takes the place of one that is there.
func (w *workspace) writeAll(ctx context.Context, changes []change) (err error) {
	folder, err := scratch.Make(filepath.Join(w.dir, path.Dir(journal)), path.Base(journal)+"-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", w.seen("data"), problem.Reason(err))
	}
	defer folder.Remove() // the error that left it there says more
	written := path.Join(path.Dir(journal), filepath.Base(folder.Path))
	moves := make([]move, len(changes))
	for i, c := range changes {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		moves[i] = move{Name: c.name}
		if err := w.stage(c, path.Join(written, strconv.Itoa(i))); err != nil {
			return fmt.Errorf("change %s: %w", w.seen(c.name), problem.Reason(err))
		}
		if c.after != nil {
			moves[i].From = strconv.Itoa(i)
		}
	}
	plan, err := json.Marshal(moves)
	if err != nil {
		return err
	}
	if err := w.writeAs(path.Join(written, path.Base(journalPlan)), plan, 0o644); err != nil {
		return fmt.Errorf("write %s: %w", w.seen(journalPlan), problem.Reason(err))
	}
	if err := w.root.Rename(written, journal); err != nil {
		return fmt.Errorf("write %s: %w", w.seen(journal), problem.Reason(err))
	}
	done, err := w.finish()
	if err == nil {
		return nil
	}
	for _, c := range slices.Backward(changes[:done]) {
		if undo := w.undo(c); undo != nil {
			err = errors.Join(err, fmt.Errorf("and %s cannot be put back; look at `git diff`: %w", w.seen(c.name), problem.Reason(undo)))
		}
	}
	return errors.Join(err, w.forget())
}

// stage writes what a file shall be to a name in the journal.
func (w *workspace) stage(c change, name string) error {
	mode := c.mode
	switch info, err := w.root.Lstat(c.name); {
	case err == nil && !info.Mode().IsRegular():
		return errors.New("it is not a plain file")
	case err == nil && c.before == nil && c.after != nil:
		return errors.New("it is there already")
	case err == nil && mode == 0:
		mode = info.Mode().Perm()
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if c.after == nil {
		return nil
	}
	if mode == 0 {
		mode = 0o644
	}
	return w.writeAs(name, c.after, mode)
}

func (w *workspace) undo(c change) error {
	if c.before == nil {
		return w.root.Remove(c.name)
	}
	return w.write(c.name, c.before)
}

// finish does what a journal says, if there is one, and removes it. It may be called again, or by two at once: what is
// done already is passed over. It returns how many files it is through with.
func (w *workspace) finish() (done int, err error) {
	plan, err := w.root.ReadFile(journalPlan)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read %s: %w", w.seen(journalPlan), problem.Reason(err))
	}
	var moves []move
	if err := json.Unmarshal(plan, &moves); err != nil {
		return 0, fmt.Errorf("%s is not what an interrupted change leaves behind; remove the folder %s: %w", w.seen(journalPlan), w.seen(journal), err)
	}
	for i, m := range moves {
		if _, known := layout.Of(m.Name); !known || m.From != "" && m.From != strconv.Itoa(i) {
			return i, fmt.Errorf("%s is not what an interrupted change leaves behind: it names %q; remove the folder %s", w.seen(journalPlan), m.Name, w.seen(journal))
		}
		if err := w.do(m); err != nil {
			return i, fmt.Errorf("change %s: %w", w.seen(m.Name), problem.Reason(err))
		}
	}
	return len(moves), w.forget()
}

func (w *workspace) do(m move) error {
	if m.From == "" {
		if err := w.root.Remove(m.Name); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	from := path.Join(journal, m.From)
	err := w.root.Rename(from, m.Name)
	if _, missing := w.root.Lstat(from); err != nil && errors.Is(missing, fs.ErrNotExist) {
		return nil // it is in its place
	}
	return err
}

// forget removes the journal, its plan first: what is left of it then says nothing.
func (w *workspace) forget() error {
	if err := w.root.Remove(journalPlan); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove %s: %w", w.seen(journalPlan), problem.Reason(err))
	}
	if err := w.root.RemoveAll(journal); err != nil {
		return fmt.Errorf("remove %s: %w", w.seen(journal), problem.Reason(err))
	}
	return nil
}

// addAll puts new profiles into the directory: all of them, or none if anything fails.
func (w *workspace) addAll(ctx context.Context, files []intake.File) error {
	const folder = "data/coops"
	if info, err := w.root.Lstat(folder); err == nil && !info.IsDir() {
		return fmt.Errorf("write %s: it is not a folder", w.seen(folder))
	}
	if err := w.root.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("write %s: %w", w.seen(folder), problem.Reason(err))
	}
	changes := make([]change, len(files))
	for i, f := range files {
		changes[i] = change{name: f.Name, after: f.Data}
	}
	return w.writeAll(ctx, changes)
}
