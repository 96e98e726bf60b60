package cli

import (
	"context"
	"fmt"
	"regexp"

	"coops/internal/github"
	"coops/internal/history"
	"coops/internal/review"

	"github.com/spf13/cobra"
)

// judgeOptions are what the flags of verbs say that judge a commit which was proposed: by the program that runs, from git objects alone, and
// by what GitHub says of it. Nothing that the run of a stranger left behind is looked at.
type judgeOptions struct {
	head, branch string
}

func (o *judgeOptions) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.head, "head", "", "the commit that is proposed, by its full id; scripts/workflows/fetch brings it here")
	cmd.Flags().StringVar(&o.branch, "branch", "main", "the branch that it is proposed to")
}

var (
	commitID   = regexp.MustCompile(`^[0-9a-f]{40}([0-9a-f]{24})?$`)
	branchName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._/-]*$`)
)

func (o judgeOptions) check() error {
	switch {
	case !commitID.MatchString(o.head):
		return usagef("--head %q is not the full id of a commit", o.head)
	case !branchName.MatchString(o.branch):
		return usagef("--branch %q is not the name of a branch", o.branch)
	}
	return nil
}

// judge reviews what a pull request proposes, against the newest of the branch that is here.
func (o judgeOptions) judge(ctx context.Context, env Environment, repository *history.Repository, pull github.Pull) (reviewed, error) {
	made, err := reviewOptions{
		base: "refs/remotes/origin/" + o.branch, head: o.head, author: review.Author{Login: pull.Author.Login, ID: pull.Author.ID},
	}.review(ctx, env, repository)
	if err == nil && made.head != o.head {
		err = fmt.Errorf("commit %s was looked for, and %s was found", o.head, made.head)
	}
	return made, err
}

// short returns the beginning of a commit's id, as people read it.
func short(commit string) string { return commit[:min(len(commit), 7)] }
