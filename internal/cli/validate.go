package cli

import (
	"context"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"coops/internal/check"
	"coops/internal/directory"
	"coops/internal/problem"

	"github.com/spf13/cobra"
)

// formats are the ways to write a report.
var formats = map[string]func(w io.Writer, r problem.Report, o validateOptions) error{
	"text": func(w io.Writer, r problem.Report, o validateOptions) error {
		return problem.WriteText(w, r, problem.Style{Speaker: problem.In(o.language), Color: o.color, Brief: o.brief})
	},
	"json": func(w io.Writer, r problem.Report, o validateOptions) error {
		return problem.WriteJSON(w, r, problem.In(o.language))
	},
	"github": func(w io.Writer, r problem.Report, o validateOptions) error {
		return problem.WriteGitHub(w, r, o.language)
	},
	"sarif": func(w io.Writer, r problem.Report, o validateOptions) error {
		return problem.WriteSARIF(w, r, problem.In(o.language))
	},
}

// validateOptions are what the flags of validate say.
type validateOptions struct {
	format   string
	language string // empty: English; for github also that of each file
	severity string
	strict   bool
	fix      bool
	color    bool
	brief    bool // as text, no more than people read
}

// check tells what is wrong with the flags.
func (o validateOptions) check() error {
	if formats[o.format] == nil {
		return usagef("there is no format %q; choose text, json, github or sarif", o.format)
	}
	if o.language != "" && problem.In(o.language).Language != o.language {
		return usagef("there are no messages in %q; choose one of %s", o.language, strings.Join(problem.Languages, ", "))
	}
	switch problem.Severity(o.severity) {
	case problem.Error, problem.Warning, problem.Notice:
		return nil
	}
	return usagef("there is no severity %q; choose error, warning or notice", o.severity)
}

// failed tells whether a report blocks: by its errors, and with --strict by its warnings too.
func (o validateOptions) failed(r problem.Report) bool {
	return r.Failed() || o.strict && problem.Count(r.Problems, problem.Warning) > 0
}

func newValidate(env Environment, dir *string) *cobra.Command {
	o := validateOptions{color: env.Color, brief: true}
	cmd := &cobra.Command{
		Use:   "validate [path…]",
		Short: "Show every problem of every file",
		Long:  "Checks every file under data/ and shows all problems, sorted; as text, up to 25 of a file and 500 in all, the gravest.\nWith paths, only the problems of those files and folders are shown.",
		Example: "  coops validate\n" +
			"  coops validate data/coops/fern.yaml --lang es\n" +
			"  coops validate --fix\n" +
			"  coops validate --format json --severity error",
		RunE: verb(func(cmd *cobra.Command, paths []string) error {
			if err := o.check(); err != nil {
				return err
			}
			w, err := openWorkspace(*dir, env.Program)
			if err != nil {
				return err
			}
			defer w.Close()
			report, err := validate(cmd.Context(), w, env, paths)
			if err != nil {
				return err
			}
			for o.fix { // what is mended may show what else there is
				fixed, err := fixFiles(w, env, report)
				if err != nil {
					return err
				}
				if report, err = validate(cmd.Context(), w, env, paths); err != nil {
					return err
				}
				o.fix = fixed > 0
			}
			if err := formats[o.format](env.Stdout, report.Only(problem.Severity(o.severity)), o); err != nil {
				return fmt.Errorf("write the report: %w", err)
			}
			if o.failed(report) {
				return errProblems
			}
			return nil
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&o.format, "format", "text", "text, json, github (annotations) or sarif")
	flags.StringVar(&o.language, "lang", "", "the language of the messages: "+strings.Join(problem.Languages, ", ")+" (default en)")
	flags.StringVar(&o.severity, "severity", string(problem.Notice), "show only what is at least this: error, warning or notice")
	flags.BoolVar(&o.strict, "strict", false, "let warnings block, too")
	flags.BoolVar(&o.fix, "fix", false, "mend what is only a matter of writing, and show the rest")
	return cmd
}

// validate checks the workspace and keeps what the paths name; without paths, everything.
func validate(ctx context.Context, w *workspace, env Environment, paths []string) (problem.Report, error) {
	_, report, err := checkWorkspace(ctx, w, env)
	if err != nil || len(paths) == 0 {
		return report, err
	}
	return only(w, report, paths)
}

// checkWorkspace checks the workspace against today's date; paths in the report are as seen from here.
func checkWorkspace(ctx context.Context, w *workspace, env Environment) (*directory.Directory, problem.Report, error) {
	d, report, err := check.Directory(ctx, w, directory.Date(env.Now().UTC().Format(time.DateOnly)))
	if err != nil {
		return nil, report, err
	}
	for i := range report.Problems {
		report.Problems[i].File = w.seen(report.Problems[i].File)
	}
	return d, report, nil
}

// only keeps the problems of the files and folders that paths name. Paths are as seen from here, or
// from the directory that is worked on.
func only(w *workspace, r problem.Report, paths []string) (problem.Report, error) {
	kept := problem.Report{}
	for _, p := range paths {
		p = filepath.ToSlash(filepath.Clean(p))
		count := w.count(strings.TrimPrefix(p, w.prefix()))
		if count == 0 {
			return r, usagef("there is nothing to check at %s", p)
		}
		kept.Files += count
		for _, found := range r.Problems {
			if within(found.File, p) || within(found.File, path.Join(w.prefix(), p)) {
				kept.Problems = append(kept.Problems, found)
			}
		}
	}
	problem.Sort(kept.Problems)
	kept.Problems = slices.CompactFunc(kept.Problems, func(a, b problem.Problem) bool { // two paths may name a file
		return a.File == b.File && a.Range == b.Range && a.Rule == b.Rule && a.Message.ID == b.Message.ID
	})
	return kept, nil
}

// within tells whether a file is the path, or lies in the folder of that name.
func within(file, folder string) bool {
	return file == folder || folder == "." || strings.HasPrefix(file, folder+"/")
}
