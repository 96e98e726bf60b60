package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"coops/internal/github"
	"coops/internal/history"
	"coops/internal/upkeep"

	"github.com/spf13/cobra"
)

// errAgain ends a verb of GitHub that has done nothing, as the branch went on while it looked.
var errAgain = errors.New("the branch has new commits since it was fetched; fetch it and run this again")

// stewardOptions are what the flags of github steward say.
type stewardOptions struct {
	judgeOptions
	checks []string
}

func newGitHubSteward(env Environment, dir *string) *cobra.Command {
	var o stewardOptions
	cmd := &cobra.Command{
		Use:   "steward --head COMMIT",
		Short: "Merge the pull request of a commit, if a steward changes a profile and nothing else",
		Long: "Reviews a commit that is proposed as `coops review` does, with the program that runs and the stewards that the branch has, and merges just\n" +
			"that commit where nobody has to look. What is not merged waits for a person, and why is said. The exit code is 4 where the\n" +
			"branch went on meanwhile: fetch it and run this again.",
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
			said, err := o.run(ctx, env, client, repository)
			if err == nil {
				fmt.Fprintln(env.Stdout, said)
			}
			return err
		}),
	}
	o.flags(cmd)
	cmd.Flags().StringSliceVar(&o.checks, "check", []string{"validate"}, "the checks that must have passed")
	return cmd
}

// run merges, or says why not. Each step is a reason less not to: who may at all, what it means, whether what ran for it agrees, and last
// whether all of that still holds.
func (o stewardOptions) run(ctx context.Context, env Environment, client *github.Client, repository *history.Repository) (said string, err error) {
	pulls, err := client.PullsAt(ctx, o.head, o.branch)
	if err != nil {
		return "", err
	}
	if why := upkeep.WhyNot(pulls); why != "" {
		return "not merged: " + why, nil
	}
	pull := pulls[0]
	not := func(why string) (string, error) { return fmt.Sprintf("#%d is not merged: %s", pull.Number, why), nil }

	made, err := o.judge(ctx, env, repository, pull)
	if err != nil {
		return "", fmt.Errorf("#%d is not merged: %w", pull.Number, err)
	}
	if made.Verdict != upkeep.StewardEdit {
		return not(fmt.Sprintf("%s (%s)", made.Verdict, strings.Join(made.json("en").Reasons, "; ")))
	}
	checks, err := client.Checks(ctx, o.head)
	if err != nil {
		return "", err
	}
	if why := upkeep.WhyNotYet(checks, o.checks); why != "" {
		return not(why)
	}

	switch tip, err := client.Tip(ctx, o.branch); {
	case err != nil:
		return "", err
	case tip != made.base:
		return "", errAgain
	}
	switch now, err := client.Pull(ctx, pull.Number); {
	case err != nil:
		return "", err
	case !upkeep.Same(pull, now):
		return not("it has changed meanwhile")
	}
	merged, err := client.Merge(ctx, pull.Number, o.head, stewardTitle(made, pull.Number))
	if errors.Is(err, github.ErrMoved) || errors.Is(err, github.ErrRefused) {
		return not(err.Error())
	}
	if err != nil {
		return "", err
	}
	switch onto, err := client.Parent(ctx, merged); {
	case err != nil:
		return "", err
	case onto != made.base:
		return "", fmt.Errorf("#%d was merged onto %s, which came while it was judged on %s; look whether both go together", pull.Number, short(onto), short(made.base))
	}
	return fmt.Sprintf("#%d is merged as %s", pull.Number, short(merged)), nil
}

// stewardTitle names the profiles by their slugs: words of a name could close issues or mention people.
func stewardTitle(made reviewed, number int) string {
	slugs := make([]string, len(made.Coops))
	for i, c := range made.Coops {
		slugs[i] = c.Slug
	}
	title := "data: update " + strings.Join(slugs, ", ")
	if len(title) > 60 {
		title = "data: update " + amount(len(slugs), "profile")
	}
	return fmt.Sprintf("%s (#%d)", title, number)
}
