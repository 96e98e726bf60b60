package cli

import (
	"context"
	"fmt"
	"time"

	"coops/internal/github"
	"coops/internal/upkeep"

	"github.com/spf13/cobra"
)

// linksWithin is how long it may take to ask for all addresses; the job has an hour.
const linksWithin = 50 * time.Minute

func newGitHubLinks(env Environment, dir *string) *cobra.Command {
	var o linkOptions
	var branch string
	cmd := &cobra.Command{
		Use:   "links",
		Short: "Keep one issue that lists the addresses which do not answer",
		Args:  cobra.NoArgs,
		RunE: onGitHubWithin(env, linksWithin, func(ctx context.Context, client *github.Client) error {
			if err := o.check(); err != nil {
				return err
			}
			w, err := openWorkspace(*dir, env.Program)
			if err != nil {
				return err
			}
			defer w.Close()
			d, err := sound(ctx, w, env)
			if err != nil {
				return err
			}
			results, err := o.ask(ctx, env, w, d)
			if err != nil {
				return err
			}
			listed, body := upkeep.LinksIssue(results, onBranch(env.GitHub, branch))
			number, err := client.Issue(ctx, "links", "Links to look at", body)
			if err != nil {
				return err
			}
			fmt.Fprintf(env.Stdout, "%s asked, %d to look at%s\n", amount(len(results), "link"), listed, where(number))
			return nil
		}),
	}
	o.flags(cmd)
	cmd.Flags().StringVar(&branch, "branch", "main", "the branch that the profiles are on")
	return cmd
}
