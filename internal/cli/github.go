package cli

import (
	"context"
	"strings"
	"time"

	"coops/internal/github"

	"github.com/spf13/cobra"
)

// GitHub is what a workflow's environment says of where it runs.
type GitHub struct {
	API        string // base address of the API
	Server     string // base address of the pages
	Repository string // owner/name
	Token      string
}

// githubWithin is how long a verb may take that asks GitHub.
const githubWithin = 8 * time.Minute

func newGitHub(env Environment, dir *string) *cobra.Command {
	cmd := &cobra.Command{
		Use:    "github",
		Short:  "What the workflows do on GitHub",
		Long:   "What the workflows do on GitHub. They pass GITHUB_API_URL, GITHUB_SERVER_URL, GITHUB_REPOSITORY and GITHUB_TOKEN in\nthe environment; docs/maintaining.md tells what each workflow is for.",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newGitHubFresh(env, dir), newGitHubLinks(env, dir), newGitHubIssue(env), newGitHubIntake(env, dir), newGitHubComment(env, dir), newGitHubSteward(env, dir))
	return cmd
}

// onGitHub wraps what a verb does with GitHub, within the time it may take.
func onGitHub(env Environment, run func(ctx context.Context, client *github.Client) error) func(*cobra.Command, []string) error {
	return onGitHubWithin(env, githubWithin, run)
}

func onGitHubWithin(env Environment, most time.Duration, run func(ctx context.Context, client *github.Client) error) func(*cobra.Command, []string) error {
	return verb(func(cmd *cobra.Command, _ []string) error {
		client, err := github.New(github.Options{
			API: env.GitHub.API, Token: env.GitHub.Token, Repository: env.GitHub.Repository, Login: github.Actions,
		})
		if err != nil {
			return usageError{err}
		}
		ctx, cancel := context.WithTimeout(cmd.Context(), most)
		defer cancel()
		return run(ctx, client)
	})
}

// onBranch returns the address that the files of a branch are below.
func onBranch(at GitHub, branch string) string {
	return strings.TrimSuffix(at.Server, "/") + "/" + at.Repository + "/blob/" + branch
}
