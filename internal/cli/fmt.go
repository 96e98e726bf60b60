package cli

import (
	"context"
	"errors"
	"fmt"

	"coops/internal/layout"
	"coops/internal/problem"

	"github.com/spf13/cobra"
)

func newFmt(env Environment, dir *string) *cobra.Command {
	var checkOnly bool
	cmd := &cobra.Command{
		Use:   "fmt [path…]",
		Short: "Write files in canonical order and style",
		Long: "Puts keys in their order and writes every file under data/ in one style. Comments and meaning stay.\n" +
			"Names the files it changed. A file that is no YAML is left as it is, and its problems are shown.",
		Example: "  coops fmt\n" +
			"  coops fmt data/coops/fern.yaml\n" +
			"  coops fmt --check",
		RunE: verb(func(cmd *cobra.Command, paths []string) error {
			w, err := openWorkspace(*dir, env.Program)
			if err != nil {
				return err
			}
			defer w.Close()
			names, err := w.documents(paths)
			if err != nil {
				return err
			}
			return formatAll(cmd.Context(), w, env, names, checkOnly)
		}),
	}
	cmd.Flags().BoolVar(&checkOnly, "check", false, "change nothing; name what would change, and exit with 1 if anything would")
	return cmd
}

// formatAll formats the named files and says which changed. One that fails does not keep the others.
func formatAll(ctx context.Context, w *workspace, env Environment, names []string, checkOnly bool) error {
	var failed []error
	problems := problem.Report{Files: len(names)}
	changed := 0
	for _, name := range names {
		if ctx.Err() != nil {
			return errors.New("stopped; the files named above are done, and the rest are as they were")
		}
		source, doc, found, err := w.read(name)
		problems.Problems = append(problems.Problems, found...)
		if err != nil || len(found) > 0 {
			failed = append(failed, err)
			continue
		}
		shape, _ := layout.Of(name)
		out, err := doc.Format(shape)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		if string(out) == string(source) {
			continue
		}
		if !checkOnly {
			if err := w.write(name, out); err != nil {
				failed = append(failed, fmt.Errorf("write %s: %w", w.seen(name), problem.Reason(err)))
				continue
			}
		}
		changed++
		fmt.Fprintln(env.Stdout, w.seen(name))
	}
	if err := showProblems(env, problems); err != nil {
		return err
	}
	if err := errors.Join(failed...); err != nil {
		return err
	}
	if len(problems.Problems) > 0 || checkOnly && changed > 0 {
		return errProblems
	}
	return nil
}

// showProblems writes a report to standard error, if there is anything in it.
func showProblems(env Environment, r problem.Report) error {
	if len(r.Problems) == 0 {
		return nil
	}
	problem.Sort(r.Problems)
	if err := problem.WriteText(env.Stderr, r, problem.Style{Speaker: problem.In("en"), Color: env.Color && env.Terminal}); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}
