package cli

import (
	"context"
	"fmt"
	"io"
	"os"

	"coops/internal/github"
	"coops/internal/problem"

	"github.com/spf13/cobra"
)

func newGitHubIssue(env Environment) *cobra.Command {
	var name, title, body string
	cmd := &cobra.Command{
		Use:   "issue --name NAME --title TITLE --body FILE",
		Short: "Keep one issue of a name, with what a file says; an empty file closes it",
		Args:  cobra.NoArgs,
		RunE: onGitHub(env, func(ctx context.Context, client *github.Client) error {
			if name == "" || title == "" || body == "" {
				return usagef("say --name, --title and --body")
			}
			text, err := readText(body, 4*github.MostRunes)
			if err != nil {
				return err
			}
			number, err := client.Issue(ctx, name, title, text)
			if err != nil {
				return err
			}
			if text == "" {
				fmt.Fprintf(env.Stdout, "there is nothing to do%s\n", where(number))
			} else {
				fmt.Fprintf(env.Stdout, "it is up to date%s\n", where(number))
			}
			return nil
		}),
	}
	cmd.Flags().StringVar(&name, "name", "", "what the issue is known by: a–z, digits and hyphens")
	cmd.Flags().StringVar(&title, "title", "", "its title")
	cmd.Flags().StringVar(&body, "body", "", "the file with its text, in Markdown")
	return cmd
}

// readText reads a file, or so many bytes of it.
func readText(name string, most int64) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", usagef("read %s: %w", name, problem.Reason(err))
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil {
		return "", fmt.Errorf("read %s: %w", name, problem.Reason(err))
	}
	return string(text), nil
}
