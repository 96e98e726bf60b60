package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"coops/internal/directory"
	"coops/internal/intake"
	"coops/internal/problem"

	"github.com/spf13/cobra"
)

// newFlags are the answers that have a flag of their own, and for what. The others go through --set.
var newFlags = []struct{ field, flag, help string }{
	{"name", "name", "what the co-op is called"},
	{"slug", "slug", "the name of the file (default: made of the name)"},
	{"website", "website", "its web address"},
	{"languages", "languages", "the languages it works in: es, en"},
	{"summary", "summary", "what it does, in one sentence, in the first of its languages"},
	{"country", "country", "where it is: a code, or a name in English, Spanish, French or Portuguese"},
	{"place", "place", "its town"},
	{"remote", "remote", "whether it works at a distance: yes or no"},
	{"skills", "skills", "what it does, in words with commas between"},
	{"contact", "contact", "a shared mailbox, or the address of a form"},
	{"listed_by", "listed-by", "coop if you are a member (the default), or third-party"},
	{"source.name", "source-name", "of a third party: what its source is called"},
	{"source.url", "source-url", "where the source can be read"},
	{"source.licence", "licence", "the license of the source, by its SPDX id"},
	{"source.retrieved", "retrieved", "the day the source was read"},
}

// newOptions are what the flags of new say.
type newOptions struct {
	language   string
	accessible bool
	set        []string
	flags      map[string]*string // by field
}

func newNew(env Environment, dir *string) *cobra.Command {
	o := newOptions{flags: map[string]*string{}}
	cmd := &cobra.Command{
		Use:   "new",
		Short: "Write the profile of a co-op that is not there yet",
		Long: "Asks what a profile needs, and writes data/coops/SLUG.yaml with what else can be said as comments.\n" +
			"With answers as flags it does not ask. It never overwrites, and writes nothing that does not pass.\n\n" +
			"--set takes every other field: " + strings.Join(intake.Fields(), ", ") + ".",
		Example: "  coops new --lang es\n" +
			"  coops new --name Fern --website fern.example --languages \"en, cy\" --summary \"We write software for unions.\" \\\n" +
			"    --country Wales --skills \"web development, elixir\" --contact hello@fern.example --set founded=2012",
		Args: cobra.NoArgs,
		RunE: verb(func(cmd *cobra.Command, _ []string) error {
			answers, err := o.answers()
			if err != nil {
				return err
			}
			if len(answers) == 0 && !env.Interactive && !o.accessible {
				return usagef("there is no terminal to ask at; give the answers as flags: --name, --skills and so on (`coops new --help`)")
			}
			w, err := openWorkspace(*dir, env.Program)
			if err != nil {
				return err
			}
			defer w.Close()
			n := &intake.New{Directory: w, Today: directory.Date(env.Now().UTC().Format(time.DateOnly)), Head: w.modeline(), Language: problem.In(o.language).Language}
			return o.run(cmd.Context(), w, env, n, answers)
		}),
	}
	flags := cmd.Flags()
	for _, f := range newFlags {
		o.flags[f.field] = flags.String(f.flag, "", f.help)
	}
	flags.StringArrayVar(&o.set, "set", nil, "FIELD=TEXT: another answer; may be given several times")
	flags.StringVar(&o.language, "lang", "", "the language to ask and explain in: "+strings.Join(problem.Languages, ", ")+" (default en)")
	flags.BoolVar(&o.accessible, "accessible", env.Accessible, "ask line by line, as screen readers want it")
	return cmd
}

// answers returns what the flags answer.
func (o newOptions) answers() (intake.Answers, error) {
	if err := (validateOptions{format: "text", severity: string(problem.Notice), language: o.language}).check(); err != nil {
		return nil, err
	}
	answers := intake.Answers{}
	for field, text := range o.flags {
		if *text != "" {
			answers[field] = *text
		}
	}
	for _, pair := range o.set {
		field, text, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, usagef("--set %q: write it as FIELD=TEXT, as in --set founded=2012", pair)
		}
		field = strings.TrimSpace(field)
		if near, known := intake.Field(field); !known {
			return nil, unknownField("--set "+pair, field, near)
		}
		answers[field] = text
	}
	return answers, nil
}

// run asks, unless flags have answered, and writes the profile if it passes.
func (o newOptions) run(ctx context.Context, w *workspace, env Environment, n *intake.New, answers intake.Answers) error {
	speaker := problem.In(o.language)
	asked := o.accessible || len(answers) == 0
	form := form{env: env, new: n, speaker: speaker, accessible: o.accessible}
	if asked {
		if err := form.ask(ctx, answers); err != nil {
			return err
		}
	}
	if answers["listed_by"] == "" {
		answers["listed_by"] = "coop"
	}
	if answers["listed_by"] == "coop" && answers["confirmed"] == "" {
		answers["confirmed"] = string(n.Today) // whoever writes it has just said so
	}
	file, report, err := n.Profile(ctx, answers)
	if err != nil {
		return err
	}
	for i, p := range report.Problems {
		report.Problems[i].File = o.place(w, p.File, asked)
	}
	if len(report.Problems) > 0 {
		if err := problem.WriteText(env.Stderr, report, problem.Style{Speaker: speaker, Color: env.Color && env.Terminal}); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
	}
	if report.Failed() {
		fmt.Fprintln(env.Stderr, "coops: "+speaker.Say(problem.Say("new.nothing")))
		return errProblems
	}
	if asked && slices.ContainsFunc(report.Problems, func(p problem.Problem) bool { return p.Rule.IsDuplicate() }) {
		if another, err := form.another(ctx); err != nil {
			return err
		} else if !another {
			fmt.Fprintln(env.Stderr, "coops: "+speaker.Say(problem.Say("new.nothing")))
			return errProblems
		}
	}
	if err := w.addAll(ctx, []intake.File{file}); err != nil {
		return err
	}
	_, err = fmt.Fprintln(env.Stdout, speaker.Say(problem.Say("new.written", "file", w.seen(file.Name))))
	return err
}

// place says where a problem of an answer is: at its flag, or where questions were asked at its field.
func (o newOptions) place(w *workspace, field string, asked bool) string {
	for _, f := range newFlags {
		if f.field == field && !asked {
			return "--" + f.flag
		}
	}
	switch _, known := intake.Field(field); {
	case !known: // the file
		return w.seen(field)
	case asked:
		return field
	}
	return "--set " + field
}
