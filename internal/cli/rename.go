package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"coops/internal/layout"
	"coops/internal/problem"
	"coops/internal/yamldoc"

	"github.com/spf13/cobra"
)

func newRename(env Environment, dir *string) *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:   "rename OLD NEW",
		Short: "Give a co-op another slug, and keep its old addresses",
		Long: "Moves data/coops/OLD.yaml to NEW.yaml, notes OLD in `former_slugs`, so that its address leads to\n" +
			"the new one, and mends what refers to it. With --name, the name changes too, and search still finds\n" +
			"the old one. If anything fails, everything is as it was.",
		Example: "  coops rename fern ferns\n" +
			"  coops rename fern bracken --name \"Bracken Software\"",
		Args: cobra.ExactArgs(2),
		RunE: verb(func(cmd *cobra.Command, slugs []string) error {
			w, err := openWorkspace(*dir, env.Program)
			if err != nil {
				return err
			}
			defer w.Close()
			r := renaming{w: w, env: env, old: slugs[0], new: slugs[1], name: strings.TrimSpace(name)}
			if err := r.prepare(); err != nil {
				return err
			}
			if err := w.writeAll(cmd.Context(), r.changes); err != nil {
				return err
			}
			_, err = fmt.Fprint(env.Stdout, strings.Join(r.said, ""))
			return err
		}),
	}
	cmd.Flags().StringVar(&name, "name", "", "the co-op's new name, if that changes too")
	return cmd
}

// renaming is one co-op on its way to another slug.
type renaming struct {
	w        *workspace
	env      Environment
	old, new string
	name     string // the new name; empty: as before

	changes []change
	said    []string
}

// source is a data file that was read.
type source struct {
	name string
	data []byte
	doc  *yamldoc.Document
}

var slugPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// prepare makes all changes, in the order in which they are to be written, and writes none.
func (r *renaming) prepare() error {
	if !slugPattern.MatchString(r.new) || len(r.new) > 80 {
		return usagef("%q cannot be a slug: use up to 80 lower-case letters a–z, digits and single hyphens", r.new)
	}
	if r.old == r.new {
		return usagef("%s is its slug already; to change only the name, edit `name` and `former_names` in %s", r.new, r.w.seen(profile(r.new)))
	}
	files, err := r.sources()
	if err != nil {
		return err
	}
	if err := r.free(files); err != nil {
		return err
	}
	var references []change
	var gone change
	for _, f := range files {
		c := change{name: f.name, before: f.data, after: f.data}
		if err := r.mendReferences(&c, f); err != nil {
			return byHand(r.env, r.w.seen(f.name), err)
		}
		switch {
		case f.name == profile(r.old):
			if err := r.mendProfile(&c, f); err != nil {
				return byHand(r.env, r.w.seen(f.name), err)
			}
			info, err := fs.Stat(r.w.FS, f.name)
			if err != nil {
				return fmt.Errorf("read %s: %w", r.w.seen(f.name), problem.Reason(err))
			}
			gone = change{name: f.name, before: f.data}
			r.changes = []change{{name: profile(r.new), after: c.after, mode: info.Mode().Perm()}}
			r.say("%s → %s", r.w.seen(f.name), r.w.seen(profile(r.new)))
		case string(c.after) != string(c.before):
			references = append(references, c)
		}
	}
	for _, c := range references {
		r.say("%s: refers to %s now", r.w.seen(c.name), r.new)
	}
	r.changes = append(append(r.changes, references...), gone)
	return nil
}

func (r *renaming) say(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...)+"\n")
}

// sources reads every file that can refer to a co-op. One that is no YAML might, so it stops us.
func (r *renaming) sources() ([]source, error) {
	names, err := r.w.documents(nil)
	if err != nil {
		return nil, err
	}
	if err := r.w.knows(names, r.old); err != nil {
		return nil, err
	}
	var files []source
	var problems []problem.Problem
	for _, name := range names {
		if !slices.Contains([]string{"data/coops", "data/events", "data/requests"}, path.Dir(name)) {
			continue
		}
		data, doc, found, err := r.w.read(name)
		if err != nil {
			return nil, err
		}
		problems = append(problems, found...)
		files = append(files, source{name, data, doc})
	}
	if len(problems) > 0 {
		return nil, refuse(r.env, problems)
	}
	return files, nil
}

// free tells whether nobody else has the new slug, or had it.
func (r *renaming) free(files []source) error {
	taken := r.w.seen(profile(r.new))
	switch _, err := r.w.root.Lstat(profile(r.new)); {
	case err == nil:
		return usagef("the slug %s is taken: %s is there already", r.new, taken)
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("look for %s: %w", taken, problem.Reason(err))
	}
	for _, f := range files {
		if f.name != profile(r.old) && slices.Contains(texts(f, "former_slugs"), r.new) {
			return usagef("the slug %s is taken: %s had it before, and its old address leads there", r.new, r.w.seen(f.name))
		}
	}
	return nil
}

// texts returns the texts of a list in a co-op's profile.
func texts(f source, key string) []string {
	fields, _ := f.doc.Value.(map[string]any)
	list, _ := fields[key].([]any)
	var texts []string
	for _, item := range list {
		if text, ok := item.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// mendReferences writes the new slug wherever the file names the old one as a co-op.
func (r *renaming) mendReferences(c *change, f source) error {
	for _, pointer := range layout.Refers(f.name, f.doc.Value, "coops") {
		if f.doc.Text(pointer) != r.old {
			continue
		}
		after, err := yamldoc.Replace(c.after, pointer, r.new)
		if err != nil {
			return err
		}
		c.after = after
	}
	return nil
}

// mendProfile notes in the co-op's own file what it was called.
func (r *renaming) mendProfile(c *change, f source) error {
	shape, _ := layout.Of(f.name)
	put := func(key string, value any) (err error) {
		c.after, err = yamldoc.Put(c.after, key, value, shape)
		return err
	}
	if name := f.doc.Text("/name"); r.name != "" && r.name != name {
		if err := put("name", r.name); err != nil {
			return err
		}
		if name != "" {
			if err := put("former_names", former(texts(f, "former_names"), name, r.name)); err != nil {
				return err
			}
		}
		r.say("%s is called %s now", r.new, r.name)
	}
	return put("former_slugs", former(texts(f, "former_slugs"), r.old, r.new))
}

// former returns a list of former names or slugs with the one that is left and without the one that is
// taken on.
func former(list []string, left, taken string) []string {
	var kept []string
	for _, s := range append(list, left) {
		if s != taken && !slices.Contains(kept, s) {
			kept = append(kept, s)
		}
	}
	return kept
}
