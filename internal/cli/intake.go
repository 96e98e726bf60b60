package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"coops/internal/directory"
	"coops/internal/intake"
	"coops/internal/problem"

	"github.com/spf13/cobra"
)

func newIntake(env Environment, dir *string) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "intake",
		Short: "Make profiles of what people send",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newIntakeIssue(env, dir))
	return cmd
}

// issueOptions are what the flags of intake issue say.
type issueOptions struct {
	sender   intake.Sender
	language string
	write    bool
}

func newIntakeIssue(env Environment, dir *string) *cobra.Command {
	var o issueOptions
	cmd := &cobra.Command{
		Use:   "issue FILE",
		Short: "Make a profile of an issue made with the form “Add my co-op”",
		Long: "Reads the text of an issue (- for standard input) that somebody made with the form “Add my co-op”, in any of its languages,\n" +
			"and prints the profile it makes. Where something has to be mended first, it prints an answer to the sender instead, as\n" +
			"Markdown and in the language of the form.\n\n" +
			"The sender is proposed as a steward where the form asks for it and --author-id is given.",
		Example: "  coops intake issue body.md\n  coops intake issue --write --author fern-member --author-id 1234 body.md",
		Args:    cobra.ExactArgs(1),
		RunE: verb(func(cmd *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return err
			}
			w, err := openWorkspace(*dir, env.Program)
			if err != nil {
				return err
			}
			defer w.Close()
			_, body, err := readInput(cmd.Context(), env, args[0])
			if err != nil {
				return err
			}
			return o.run(cmd.Context(), w, env, string(body))
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&o.sender.Login, "author", "", "the account that sent the issue")
	flags.Int64Var(&o.sender.ID, "author-id", 0, "its number")
	flags.StringVar(&o.language, "lang", "", "the language to answer in where the text does not tell: "+strings.Join(problem.Languages, ", ")+" (default en)")
	flags.BoolVar(&o.write, "write", false, "write the profile into the directory, and do not only print it")
	return cmd
}

// check tells what is wrong with the flags.
func (o issueOptions) check() error {
	if (o.sender.ID != 0) != (o.sender.Login != "") {
		return usagef("--author and --author-id belong together")
	}
	if o.sender.ID < 0 || o.sender.Login != "" && !intake.IsLogin(o.sender.Login) {
		return usagef("--author %q --author-id %d is no account of a person", o.sender.Login, o.sender.ID)
	}
	return (validateOptions{format: "text", severity: string(problem.Notice), language: o.language}).check()
}

// reading makes a profile of the text of an issue.
func (o issueOptions) reading(ctx context.Context, w *workspace, env Environment, body string) (intake.Reading, error) {
	return intake.Issue{
		Directory: w, Today: directory.Date(env.Now().UTC().Format(time.DateOnly)), Head: w.modeline(), Body: body, Language: o.language, Sender: o.sender,
	}.Read(ctx)
}

func (o issueOptions) run(ctx context.Context, w *workspace, env Environment, body string) error {
	r, err := o.reading(ctx, w, env, body)
	if err != nil {
		return err
	}
	if r.Report.Failed() {
		fmt.Fprint(env.Stdout, r.Answer(""))
		return errProblems
	}
	for i, p := range r.Report.Problems {
		r.Report.Problems[i].File = intake.Label(p.File, r.Language)
	}
	if len(r.Report.Problems) > 0 {
		if err := problem.WriteText(env.Stderr, r.Report, problem.Style{Speaker: problem.In(r.Language), Color: env.Color && env.Terminal}); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
	}
	if !o.write {
		_, err := env.Stdout.Write(r.File.Data)
		return err
	}
	if r.Claims {
		if err := w.write(r.File.Name, r.File.Data); err != nil {
			return fmt.Errorf("write %s: %w", w.seen(r.File.Name), problem.Reason(err))
		}
	} else if err := w.addAll(ctx, []intake.File{r.File}); err != nil {
		return err
	}
	_, err = fmt.Fprintln(env.Stdout, w.seen(r.File.Name))
	return err
}
