package cli

import (
	"context"
	"fmt"
	"time"

	"coops/internal/directory"
	"coops/internal/github"
	"coops/internal/upkeep"

	"github.com/spf13/cobra"
)

func newGitHubFresh(env Environment, dir *string) *cobra.Command {
	var branch string
	cmd := &cobra.Command{
		Use:   "fresh",
		Short: "Keep one issue that lists the profiles nobody has confirmed for a year",
		Args:  cobra.NoArgs,
		RunE: onGitHub(env, func(ctx context.Context, client *github.Client) error {
			w, err := openWorkspace(*dir, env.Program)
			if err != nil {
				return err
			}
			defer w.Close()
			d, err := sound(ctx, w, env)
			if err != nil {
				return err
			}
			due := upkeep.Due(d.Coops, directory.Date(env.Now().UTC().Format(time.DateOnly)))
			number, err := client.Issue(ctx, "fresh", "Profiles to confirm", upkeep.DueIssue(due, onBranch(env.GitHub, branch)+"/data/coops"))
			if err != nil {
				return err
			}
			fmt.Fprintf(env.Stdout, "%s to confirm%s\n", amount(len(due), "profile"), where(number))
			return nil
		}),
	}
	cmd.Flags().StringVar(&branch, "branch", "main", "the branch that the profiles are on")
	return cmd
}

// where names an issue, if there is one.
func where(number int) string {
	if number == 0 {
		return ""
	}
	return fmt.Sprintf(", in issue #%d", number)
}
