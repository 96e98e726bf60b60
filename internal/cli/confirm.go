package cli

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"coops/internal/check"
	"coops/internal/layout"
	"coops/internal/problem"
	"coops/internal/yamldoc"

	"github.com/spf13/cobra"
)

func newConfirm(env Environment, dir *string) *cobra.Command {
	return &cobra.Command{
		Use:   "confirm SLUG…",
		Short: "Say that a profile is right as of today",
		Long:  "Sets `confirmed` to today in data/coops/SLUG.yaml and changes nothing else there.\nIt is for members of the co-op: read the profile through first.",
		Example: "  coops confirm fern\n" +
			"  coops confirm fern gorse",
		Args: cobra.MinimumNArgs(1),
		RunE: verb(func(cmd *cobra.Command, slugs []string) error {
			w, err := openWorkspace(*dir, env.Program)
			if err != nil {
				return err
			}
			defer w.Close()
			coops, err := w.documents(nil)
			if err != nil {
				return err
			}
			for _, slug := range slugs {
				if err := w.knows(coops, slug); err != nil {
					return err
				}
			}
			var refused error
			for _, slug := range slugs {
				switch err := confirm(w, env, profile(slug)); err {
				case nil:
				case errProblems:
					refused = err
				default:
					return err
				}
			}
			return refused
		}),
	}
}

// profile returns the name of a co-op's file.
func profile(slug string) string { return "data/coops/" + slug + ".yaml" }

// confirm sets the day of confirmation in one file and says so.
func confirm(w *workspace, env Environment, name string) error {
	source, doc, problems, err := w.read(name)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return refuse(env, problems)
	}
	fields, _ := doc.Value.(map[string]any)
	if fields["listed_by"] == "third-party" {
		fmt.Fprintf(env.Stderr, "coops: %s is listed by a third party, and only the co-op can confirm it. To claim it as its member, write `listed_by: coop`%s; CONTRIBUTING.md says how.\n",
			w.seen(name), lacks(fields))
		return errProblems
	}
	today := env.Now().UTC().Format(time.DateOnly)
	if fields["confirmed"] == today {
		fmt.Fprintf(env.Stdout, "%s: it is already confirmed as of today, %s\n", w.seen(name), today)
		return nil
	}
	shape, _ := layout.Of(name)
	out, err := yamldoc.Put(source, "confirmed", today, shape)
	if err != nil {
		return byHand(env, w.seen(name), err)
	}
	if err := w.write(name, out); err != nil {
		return fmt.Errorf("write %s: %w", w.seen(name), problem.Reason(err))
	}
	before := ""
	if day, ok := fields["confirmed"].(string); ok {
		before = " (before: " + day + ")"
	}
	fmt.Fprintf(env.Stdout, "%s: confirmed as of %s%s\n", w.seen(name), today, before)
	return nil
}

// lacks says what a profile that its co-op takes over must have besides.
func lacks(fields map[string]any) string {
	var missing []string
	for _, key := range []string{"summary", "languages", "skills", "contact"} {
		if fields[key] == nil {
			missing = append(missing, "`"+key+"`")
		}
	}
	if fields["locations"] == nil && fields["remote"] == nil {
		missing = append(missing, "`locations` or `remote`")
	}
	if len(missing) == 0 {
		return " and confirm it then"
	}
	return ", add " + strings.Join(missing, ", ") + ", and confirm it then"
}

// refuse shows what keeps a file from being changed.
func refuse(env Environment, problems []problem.Problem) error {
	if err := showProblems(env, problem.Report{Files: 1, Problems: problems}); err != nil {
		return err
	}
	fmt.Fprintln(env.Stderr, "coops: mend this first; nothing was changed")
	return errProblems
}

// byHand says that a file is sound, but not written so that a program can change one thing in it.
func byHand(env Environment, seen string, err error) error {
	fmt.Fprintf(env.Stderr, "coops: %s: %v\n", seen, err)
	return errProblems
}

// knows returns a usage error unless the directory has a co-op of that slug, with the nearest one.
func (w *workspace) knows(documents []string, slug string) error {
	var known []string
	for _, name := range documents {
		if path.Dir(name) == "data/coops" {
			known = append(known, strings.TrimSuffix(path.Base(name), ".yaml"))
		}
	}
	if slices.Contains(known, slug) {
		return nil
	}
	if near := check.Nearest(slug, known); near != "" {
		return usagef("there is no co-op %q in %s; did you mean %s?", slug, w.seen("data/coops"), near)
	}
	return usagef("there is no co-op %q in %s; its slug is the name of its file without .yaml", slug, w.seen("data/coops"))
}
