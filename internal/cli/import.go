package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"coops/internal/directory"
	"coops/internal/intake"
	"coops/internal/problem"

	"github.com/spf13/cobra"
)

// importOptions are what the flags of import say.
type importOptions struct {
	validateOptions
	columns    []string
	noHeader   bool
	texts      string
	dates      string
	duplicates bool
	write      bool
	listedBy   string
	confirmed  string
	source     map[string]*string // name, url, licence, retrieved
}

func newImport(env Environment, dir *string) *cobra.Command {
	o := importOptions{validateOptions: validateOptions{color: env.Color, severity: string(problem.Notice)}, source: map[string]*string{}}
	cmd := &cobra.Command{
		Use:   "import FILE.csv",
		Short: "Make profiles of the rows of a spreadsheet",
		Long: "Reads a spreadsheet saved as CSV (- for standard input), makes a profile of every row that is not there yet,\n" +
			"and shows what is wrong with it, by row and column. It writes only with --write, and only if all rows pass.\n\n" +
			"Columns are known by their names in English, Spanish, French and Portuguese; --map says what another one is\n" +
			"about: " + strings.Join(intake.Fields(), ", ") + ".\n" +
			"A text can name its language, as in summary.es; - leaves a column out. A column is named, or given by its letter.",
		Example: "  coops import co-ops.csv --listed-by coop\n" +
			"  coops import list.csv --listed-by third-party --source-name \"A list\" --source-url https://list.example \\\n" +
			"    --licence CC0-1.0 --retrieved 2026-06-10 --write\n" +
			"  coops import list.csv --map \"What they do=skills\" --map G=- --lang es",
		Args: cobra.ExactArgs(1),
		RunE: verb(func(cmd *cobra.Command, args []string) error {
			task, err := o.task()
			if err != nil {
				return err
			}
			w, err := openWorkspace(*dir, env.Program)
			if err != nil {
				return err
			}
			defer w.Close()
			if task.File, task.Data, err = readInput(cmd.Context(), env, args[0]); err != nil {
				return err
			}
			task.Directory, task.Head = w, w.modeline()
			task.Today = directory.Date(env.Now().UTC().Format(time.DateOnly))
			return o.run(cmd.Context(), w, env, task)
		}),
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.write, "write", false, "write the profiles, and do not only show what would come of it")
	flags.StringArrayVar(&o.columns, "map", nil, "COLUMN=FIELD: what a column is about; may be given several times")
	flags.BoolVar(&o.noHeader, "no-header", false, "the first row is a co-op, not the names of columns")
	flags.StringVar(&o.texts, "texts", "", "the language of texts whose column names none (default: the first of each co-op)")
	flags.StringVar(&o.dates, "dates", "", "day-first or month-first: how to read 3/4/2026")
	flags.BoolVar(&o.duplicates, "duplicates", false, "take rows, too, that have the website or name of another co-op")
	flags.StringVar(&o.listedBy, "listed-by", "", "who lists the co-ops: coop (they themselves) or third-party (then name the source)")
	flags.StringVar(&o.confirmed, "confirmed", "", "the day on which all co-ops said that this is right, if no column says it")
	for flag, help := range map[string]string{"source-name": "what the list is called", "source-url": "where the list can be read", "licence": "the license of the list, by its SPDX id", "retrieved": "the day the list was read"} {
		o.source[strings.TrimPrefix(flag, "source-")] = flags.String(flag, "", help)
	}
	flags.StringVar(&o.format, "format", "text", "text, json, github (annotations) or sarif")
	flags.StringVar(&o.language, "lang", "", "the language of the messages: "+strings.Join(problem.Languages, ", ")+" (default en)")
	return cmd
}

// task returns what the flags ask for.
func (o importOptions) task() (intake.Import, error) {
	task := intake.Import{Columns: map[string]string{}, NoHeader: o.noHeader, Language: o.texts, Duplicates: o.duplicates, Same: map[string]string{}}
	if err := o.check(); err != nil {
		return task, err
	}
	for _, pair := range o.columns {
		at := strings.LastIndex(pair, "=")
		if at <= 0 {
			return task, usagef("--map %q: write it as COLUMN=FIELD, as in --map \"What they do=skills\"", pair)
		}
		column, field := strings.TrimSpace(pair[:at]), strings.TrimSpace(pair[at+1:])
		if near, known := intake.Field(field); !known && field != "-" {
			return task, unknownField("--map "+pair, field, near)
		}
		task.Columns[column] = field
	}
	if o.texts != "" {
		if _, known := intake.Field("summary." + o.texts); !known {
			return task, usagef("--texts: %q is not the code of a language; write it as in es, en or pt-BR", o.texts)
		}
	}
	if o.dates != "" {
		dayFirst := o.dates == "day-first"
		if !dayFirst && o.dates != "month-first" {
			return task, usagef("--dates can be day-first or month-first")
		}
		task.DayFirst = &dayFirst
	}
	return task, o.origin(task.Same)
}

// origin puts what the flags say of the source into what all rows share.
func (o importOptions) origin(same map[string]string) error {
	if o.listedBy != "" {
		if o.listedBy != "coop" && o.listedBy != "third-party" {
			return usagef("--listed-by can be coop or third-party")
		}
		same["listed_by"] = o.listedBy
	}
	if o.confirmed != "" {
		same["confirmed"] = o.confirmed
	}
	for name, text := range o.source {
		if *text != "" {
			same["source."+name] = *text
		}
	}
	return nil
}

func unknownField(where, field, near string) error {
	if near != "" {
		return usagef("%s: there is no field %q; did you mean %s?", where, field, near)
	}
	return usagef("%s: there is no field %q; `coops import --help` lists them", where, field)
}

// readInput reads the file of that name, or standard input for -, and returns what it is called. It stops
// one byte past what is allowed.
func readInput(ctx context.Context, env Environment, name string) (string, []byte, error) {
	var from io.Reader = env.Stdin
	called := "stdin.csv"
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", nil, usagef("cannot read %s: %w", name, problem.Reason(err))
		}
		defer f.Close()
		from, called = f, filepath.ToSlash(filepath.Clean(name))
	}
	type input struct {
		data []byte
		err  error
	}
	read := make(chan input, 1) // reading may wait for ever
	go func() {
		data, err := io.ReadAll(io.LimitReader(from, intake.MaxSize+1))
		read <- input{data, err}
	}()
	select {
	case in := <-read:
		if in.err != nil {
			return "", nil, usagef("cannot read %s: %w", name, problem.Reason(in.err))
		}
		return called, in.data, nil
	case <-ctx.Done():
		return "", nil, ctx.Err()
	}
}

// run plans the import, shows its problems, and writes it if that is asked for and all is well.
func (o importOptions) run(ctx context.Context, w *workspace, env Environment, task intake.Import) error {
	p := newProgress(env)
	p.step("checking")
	plan, err := task.Plan(ctx)
	p.done()
	var unknown intake.UnknownColumn
	if errors.As(err, &unknown) {
		return usagef("--map: %w", err)
	}
	if err != nil {
		return err
	}
	for i, p := range plan.Report.Problems {
		if p.File != task.File {
			plan.Report.Problems[i].File = w.seen(p.File)
		}
	}
	if err := formats[o.format](env.Stdout, plan.Report, o.validateOptions); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	told := env.Stdout
	if o.format != "text" { // what a program reads stays whole
		told = env.Stderr
	}
	say := func(id string, pairs ...any) string { return problem.In(o.language).Say(problem.Say(id, pairs...)) }
	rows := say("done.rows", "count", plan.Rows, "left", plan.Skipped)
	switch {
	case plan.Report.Failed():
		fmt.Fprintln(env.Stderr, "coops: "+say("done.mend"))
		return errProblems
	case len(plan.Files) == 0:
		fmt.Fprintln(told, rows+": "+say("done.none"))
		return nil
	case !o.write:
		for _, f := range plan.Files {
			fmt.Fprintln(told, "  "+w.seen(f.Name))
		}
		fmt.Fprintln(told, rows+": "+say("done.would", "count", len(plan.Files)))
		return nil
	}
	if err := w.addAll(ctx, plan.Files); err != nil {
		return err
	}
	fmt.Fprintln(told, rows+": "+say("done.wrote", "count", len(plan.Files), "folder", w.seen("data/coops")))
	return nil
}

// modeline returns the comment that tells editors the schema, as the directory's other profiles have it;
// where there are none, as this repository has it, if the schema is there.
func (w *workspace) modeline() string {
	names, err := fs.Glob(w.FS, "data/coops/*.yaml")
	if err == nil && len(names) > 0 {
		if data, err := fs.ReadFile(w.FS, names[0]); err == nil {
			line, _, _ := strings.Cut(string(data), "\n")
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "# yaml-language-server: ") {
				return line
			}
		}
		return ""
	}
	if _, err := fs.Stat(w.FS, "schema/coop.schema.json"); err != nil {
		return ""
	}
	return "# yaml-language-server: $schema=../../schema/coop.schema.json"
}
