package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"coops/internal/github"
	"coops/internal/history"
	"coops/internal/problem"
	"coops/internal/review"

	"github.com/spf13/cobra"
)

// commentOptions are what the flags of github comment say.
type commentOptions struct {
	judgeOptions
	language string
}

func newGitHubComment(env Environment, dir *string) *cobra.Command {
	var o commentOptions
	cmd := &cobra.Command{
		Use:   "comment --head COMMIT",
		Short: "Keep one comment in the pull request of a commit that tells what it means",
		Long: "Finds the open pull requests that propose a commit, reviews it as `coops review` does, and keeps one comment in each. Where code alone\n" +
			"is changed there is none. What has to be mended is said in a language of the co-op, all else in that of --lang.",
		Args: cobra.NoArgs,
		RunE: onGitHub(env, func(ctx context.Context, client *github.Client) error {
			if err := o.check(); err != nil {
				return err
			}
			repository, err := history.Open(*dir)
			if err != nil {
				return err
			}
			defer repository.Close()
			pulls, err := client.PullsAt(ctx, o.head, o.branch)
			if err != nil {
				return err
			}
			if len(pulls) == 0 {
				fmt.Fprintln(env.Stdout, "no open pull request proposes this commit any longer; there is nothing to do")
			}
			for _, p := range pulls {
				if err := o.comment(ctx, env, client, repository, p); err != nil {
					return err
				}
			}
			return nil
		}),
	}
	o.flags(cmd)
	cmd.Flags().StringVar(&o.language, "lang", "en", "the language of maintainers")
	return cmd
}

func (o commentOptions) check() error {
	if err := o.judgeOptions.check(); err != nil {
		return err
	}
	return (validateOptions{format: "text", severity: string(problem.Notice), language: o.language}).check()
}

// meaning is the name under which the comment that tells what a pull request means is kept.
const meaning = "review"

func (o commentOptions) comment(ctx context.Context, env Environment, client *github.Client, repository *history.Repository, pull github.Pull) error {
	made, failed := o.judge(ctx, env, repository, pull)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	said := "it could not be read"
	body := problem.In(o.language).Markdown(problem.Say("comment.failed", "commit", short(o.head), "why", failed)) + "\n"
	if failed == nil {
		said, body = string(made.Verdict), o.body(env, repository, made)
	}
	now, err := client.Pull(ctx, pull.Number)
	if err != nil {
		return errors.Join(failed, err)
	}
	if !now.Open || now.Head != o.head { // what is newer has a run of its own
		fmt.Fprintf(env.Stdout, "#%d has changed meanwhile; there is nothing to say of this commit\n", pull.Number)
		return failed
	}
	if err := client.Comment(ctx, pull.Number, meaning, body); err != nil {
		return errors.Join(failed, err)
	}
	fmt.Fprintf(env.Stdout, "#%d: %s\n", pull.Number, said)
	return failed
}

// body says what a change means; nothing where it is about code alone, whose reviewers read it themselves.
func (o commentOptions) body(env Environment, repository *history.Repository, made reviewed) string {
	if made.Verdict == review.TouchesCode && len(made.Coops)+len(made.DataFiles)+len(made.Problems) == 0 {
		return ""
	}
	language := o.languageOf(made)
	said := made.Markdown(language, made.address(env.GitHub, repository.Prefix()))
	return said + "\n" + problem.In(language).Markdown(problem.Say("comment.commit", "commit", short(made.head))) + "\n"
}

// languageOf returns the language of whoever has to do something next: who proposes a change, where something has to be mended, and else
// a maintainer.
func (o commentOptions) languageOf(made reviewed) string {
	if made.Verdict != review.NeedsChanges {
		return o.language
	}
	var spoken []string
	for _, c := range made.Coops {
		if c.After != nil {
			spoken = append(spoken, c.After.Languages...)
		}
	}
	for _, p := range made.Postings {
		spoken = append(spoken, p.Languages...)
	}
	for _, l := range spoken {
		if slices.Contains(problem.Languages, l) {
			return l
		}
	}
	return o.language
}
