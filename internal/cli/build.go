package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"coops/internal/problem"
	"coops/internal/site"

	"github.com/spf13/cobra"
)

func newBuild(env Environment, dir *string) *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Check the files and build the site",
		Long:  "Checks every file, then builds the site. With a problem that blocks, or if anything fails,\nthe site that was there before stays as it was.",
		Example: "  coops build\n" +
			"  coops build --dir examples/network --output public",
		Args: cobra.NoArgs,
		RunE: verb(func(cmd *cobra.Command, _ []string) error {
			if output == "" {
				output = filepath.Join(*dir, "public")
			}
			w, err := openWorkspace(*dir, env.Program)
			if err != nil {
				return err
			}
			defer w.Close()
			report, _, summary, err := buildSite(cmd.Context(), w, env, output, newProgress(env), nil)
			if err != nil {
				return err
			}
			if report = report.Only(problem.Warning); len(report.Problems) > 0 { // notices are for whoever asks
				if err := problem.WriteText(env.Stderr, report, problem.Style{Speaker: problem.In("en"), Color: env.Color && env.Terminal, Brief: true}); err != nil {
					return fmt.Errorf("write the report: %w", err)
				}
			}
			if report.Failed() {
				fmt.Fprintf(env.Stderr, "coops: nothing was built; %s is as it was\n", output)
				return errProblems
			}
			fmt.Fprintf(env.Stdout, "%s → %s\n", summary, output)
			return nil
		}),
	}
	cmd.Flags().StringVar(&output, "output", "", "the folder to put the site in (default public in the directory)")
	return cmd
}

// buildSite checks the workspace and, where nothing blocks, builds its site, after with has had its say; with may be nil. The
// line is the summary of what was built.
func buildSite(ctx context.Context, w *workspace, env Environment, output string, p progress, with func(*site.Build)) (_ problem.Report, _ site.Build, line string, err error) {
	start := env.Now()
	defer p.done()
	report, b, err := prepareSite(ctx, w, env, output, p)
	if err != nil || report.Failed() {
		return report, b, "", err
	}
	if with != nil {
		with(&b)
	}
	summary, err := b.Run(ctx)
	if errors.Is(err, site.ErrPackages) {
		return report, b, "", fmt.Errorf("%w in %s", err, w.dir)
	}
	if err != nil {
		return report, b, "", err
	}
	return report, b, fmt.Sprintf("%s, %s in %s (%s), %.1f s", amount(summary.Coops, "co-op"),
		amount(summary.Pages, "page"), amount(len(summary.Languages), "language"), strings.Join(summary.Languages, ", "), env.Now().Sub(start).Seconds()), nil
}

// prepareSite checks the workspace and, where nothing blocks, says how its site is built.
func prepareSite(ctx context.Context, w *workspace, env Environment, output string, p progress) (problem.Report, site.Build, error) {
	p.step("checking")
	d, report, err := checkWorkspace(ctx, w, env)
	if err != nil || report.Failed() {
		return report, site.Build{}, err
	}
	p.step("dating")
	dates, note, err := datesOf(ctx, w.dir, output, env.Now())
	if err != nil {
		return report, site.Build{}, err
	}
	if note != "" {
		p.note(note)
	}
	d, notes, err := withSources(ctx, w, env, d)
	if err != nil {
		return report, site.Build{}, err
	}
	for _, note := range notes {
		p.note(note)
	}
	for _, c := range d.Coops {
		if c.From != nil {
			delete(dates, c.Slug) // they are those of a profile that another one is shown in place of
		}
	}
	return report, site.Build{
		Directory: d,
		History:   dates,
		Files:     w,
		Dir:       w.dir,
		Program:   env.Program,
		Output:    output,
		Today:     env.Now().UTC().Format(time.DateOnly),
		Cache:     env.Cache,
		Render:    env.Render,
		Keep:      env.Keep,
		Progress:  p.step,
		Note:      p.note,
	}, nil
}

// amount says how many there are of something, as in "1 page" or "2 pages".
func amount(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// progress shows on a terminal which step is under way, on one line that goes away in the end.
type progress struct {
	env  Environment
	told map[string]bool // what was noted already: of several builds it holds for all
}

func newProgress(env Environment) progress { return progress{env, map[string]bool{}} }

func (p progress) step(name string) {
	if p.env.Terminal {
		fmt.Fprintf(p.env.Stderr, "\r\x1b[K%s…", name)
	}
}

// note says once what is worth knowing, on a line of its own, which stays.
func (p progress) note(said string) {
	if p.told[said] {
		return
	}
	p.told[said] = true
	p.done()
	fmt.Fprintf(p.env.Stderr, "coops: %s\n", said)
}

func (p progress) done() {
	if p.env.Terminal {
		fmt.Fprint(p.env.Stderr, "\r\x1b[K")
	}
}
