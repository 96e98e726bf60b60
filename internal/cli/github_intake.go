package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"coops/internal/github"
	"coops/internal/intake"
	"coops/internal/problem"

	"github.com/spf13/cobra"
)

// intakeOptions are what the flags of github intake say.
type intakeOptions struct {
	event, output, branch string
}

func newGitHubIntake(env Environment, dir *string) *cobra.Command {
	var o intakeOptions
	cmd := &cobra.Command{
		Use:   "intake --event FILE",
		Short: "Propose the profile that an issue asks for, or answer in the issue what is missing",
		Long: "Reads the event of an issue (GITHUB_EVENT_PATH), makes a profile of it as `coops intake issue` does, and keeps one pull request\n" +
			"with it and one answer in the issue. Text of the issue goes nowhere but through that file.",
		Args: cobra.NoArgs,
		RunE: onGitHub(env, func(ctx context.Context, client *github.Client) error {
			issue, err := o.issue()
			if err != nil {
				return err
			}
			w, err := openWorkspace(*dir, env.Program)
			if err != nil {
				return err
			}
			defer w.Close()
			return o.run(ctx, client, w, env, issue)
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&o.event, "event", "", "the file with the event")
	flags.StringVar(&o.output, "output", "", "a file to which head=COMMIT is added where something is proposed (GITHUB_OUTPUT)")
	flags.StringVar(&o.branch, "branch", "main", "the branch to propose it to")
	return cmd
}

// sentIssue is as much of the event of an issue as matters here.
type sentIssue struct {
	Number int
	State  string
	Body   string
	User   struct {
		Login string
		ID    int64
	}
	Labels      []struct{ Name string }
	PullRequest *struct{} `json:"pull_request"`
}

// isLabeled tells whether it has the label of the form. A repository that has no such label yet gives it to none.
func (i sentIssue) isLabeled() bool {
	return slices.ContainsFunc(i.Labels, func(l struct{ Name string }) bool { return l.Name == intake.FormLabel })
}

// maxEvent is the most bytes that an event may have; GitHub sends less.
const maxEvent = 25 << 20

func (o intakeOptions) issue() (sentIssue, error) {
	var event struct{ Issue sentIssue }
	if o.event == "" {
		return event.Issue, usagef("--event is missing; it names the file with the event, as GITHUB_EVENT_PATH does")
	}
	text, err := readText(o.event, maxEvent)
	if err != nil {
		return event.Issue, err
	}
	if err := json.Unmarshal([]byte(text), &event); err != nil {
		return event.Issue, usagef("read %s: %w", o.event, err)
	}
	if event.Issue.Number <= 0 {
		return event.Issue, usagef("read %s: it is no event of an issue", o.event)
	}
	return event.Issue, nil
}

func (o intakeOptions) run(ctx context.Context, client *github.Client, w *workspace, env Environment, issue sentIssue) error {
	sender := intake.Sender{Login: issue.User.Login, ID: issue.User.ID}
	if issue.State != "open" || issue.PullRequest != nil || !intake.IsLogin(sender.Login) || sender.ID <= 0 {
		fmt.Fprintf(env.Stdout, "#%d is closed, a pull request, or not by a person; there is nothing to do\n", issue.Number)
		return nil
	}
	r, err := issueOptions{sender: sender}.reading(ctx, w, env, issue.Body)
	if err != nil {
		return err
	}
	if !issue.isLabeled() && slices.ContainsFunc(r.Report.Problems, func(p problem.Problem) bool { return p.Rule == problem.FormUnknown }) {
		fmt.Fprintf(env.Stdout, "#%d was made with another form; there is nothing to do\n", issue.Number)
		return nil
	}
	if r.Report.Failed() {
		fmt.Fprintf(env.Stdout, "#%d: the sender is asked to mend something\n", issue.Number)
		return client.Comment(ctx, issue.Number, answer, r.Answer(""))
	}
	pull, err := client.Propose(ctx, o.proposal(w, r, issue.Number, sender))
	switch {
	case errors.Is(err, github.ErrTaken):
		fmt.Fprintf(env.Stdout, "#%d: %v\n", issue.Number, err)
		return client.Comment(ctx, issue.Number, answer, r.AnswerByHand())
	case err != nil: // the sender has done all there is to do
		return errors.Join(err, client.Comment(ctx, issue.Number, answer, r.AnswerLater()))
	}
	fmt.Fprintf(env.Stdout, "#%d is proposed in #%d\n", issue.Number, pull.Number)
	if err := o.tell(pull.Head); err != nil {
		return err
	}
	return client.Comment(ctx, issue.Number, answer, r.Answer(fmt.Sprintf("#%d", pull.Number)))
}

// answer is the name under which the answer in an issue is kept.
const answer = "intake"

func (o intakeOptions) proposal(w *workspace, r intake.Reading, number int, sender intake.Sender) github.Proposal {
	return github.Proposal{
		Branch: fmt.Sprintf("intake/issue-%d", number),
		Base:   o.branch,
		Files:  map[string]string{w.seen(r.File.Name): string(r.File.Data)},
		Commit: fmt.Sprintf("data: %s\n\nSent with the form in #%d.\n", strings.ToLower(r.Title()), number),
		Author: &github.Account{Login: sender.Login, ID: sender.ID},
		Title:  r.Title(),
		Body:   r.Pull(number, sender),
	}
}

// tell adds the commit that is proposed to what the next steps read.
func (o intakeOptions) tell(head string) error {
	if o.output == "" {
		return nil
	}
	f, err := os.OpenFile(o.output, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return fmt.Errorf("write %s: %w", o.output, problem.Reason(err))
	}
	_, err = fmt.Fprintf(f, "head=%s\n", head)
	return errors.Join(err, f.Close())
}
