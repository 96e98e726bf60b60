package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"coops/internal/archive"
	"coops/internal/problem"

	"github.com/spf13/cobra"
)

func newRestore(env Environment) *cobra.Command {
	var into, language string
	cmd := &cobra.Command{
		Use:   "restore ARCHIVE",
		Short: "Make a directory again from its archive",
		Long: "Checks an archive that a site publishes (export/directory.zip) against its sums, and makes the folder again.\n" +
			"Nothing is overwritten, and the folder is made whole or not at all.",
		Example: "  coops restore directory.zip\n" +
			"  coops restore directory.zip --into our-copy --lang es",
		Args: cobra.ExactArgs(1),
		RunE: verb(func(_ *cobra.Command, args []string) error {
			if language != "" && problem.In(language).Language != language {
				return usagef("there are no messages in %q; choose one of %s", language, strings.Join(problem.Languages, ", "))
			}
			name := args[0]
			if into == "" {
				into = strings.TrimSuffix(filepath.Base(name), ".zip")
				if into == filepath.Base(name) {
					into += "-restored"
				}
			}
			return restore(env, name, into, problem.In(language))
		}),
	}
	cmd.Flags().StringVar(&into, "into", "", "the folder to make (default: the name of the archive without .zip)")
	cmd.Flags().StringVar(&language, "lang", "", "the language of the messages: "+strings.Join(problem.Languages, ", ")+" (default en)")
	return cmd
}

func restore(env Environment, name, into string, speaker *problem.Speaker) error {
	f, err := os.Open(name)
	if err != nil {
		return usagef("cannot open %s: %w", name, problem.Reason(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("read %s: %w", name, problem.Reason(err))
	}
	if !info.Mode().IsRegular() {
		return usagef("%s is not a file", name)
	}
	count, err := archive.Restore(f, info.Size(), into)
	var refused archive.Refused
	switch {
	case errors.As(err, &refused):
		for _, m := range refused {
			fmt.Fprintf(env.Stderr, "coops: %s: %s\n", name, speaker.Say(m))
		}
		fmt.Fprintf(env.Stderr, "coops: %s\n", speaker.Say(problem.Say("archive.nothing")))
		return errProblems
	case errors.Is(err, archive.ErrExists):
		fmt.Fprintf(env.Stderr, "coops: %s\n", speaker.Say(problem.Say("archive.exists", "folder", into)))
		return errProblems
	case err != nil:
		return fmt.Errorf("restore %s: %w", name, err)
	}
	fmt.Fprintln(env.Stdout, speaker.Say(problem.Say("archive.restored", "count", count, "folder", into)))
	return nil
}
