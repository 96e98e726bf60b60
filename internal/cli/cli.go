// Package cli is the command line: one file per verb. It is the only place that prints, reads the
// clock or the environment; what is right or wrong is decided elsewhere.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"time"

	"coops/internal/site"

	"github.com/spf13/cobra"
)

// Exit codes of every verb.
const (
	exitFine     = 0
	exitProblems = 1 // a contributor has something to mend
	exitUsage    = 2 // the command was not understood
	exitFailed   = 3 // we could not do it
	exitAgain    = 4 // nothing was done, and trying anew may do it; of verbs that workflows run, alone
)

// Environment is what the program meets of the world outside.
type Environment struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Terminal       bool // whether Stderr is a terminal, where progress can be shown
	Interactive    bool // whether Stdin and Stderr are terminals, so that questions can be asked
	Accessible     bool // whether to ask line by line, as screen readers want it
	Color          bool // whether Stdout is a terminal that may be written to in color
	Now            func() time.Time
	Program        fs.FS         // the files the program brings along
	Render         site.Renderer // makes the pages; nil in the light program
	Keep           site.Keeper   // makes a few of them again and again; nil in the light program
	Version        string
	GitHub         GitHub                                                               // where a workflow runs
	Dial           func(ctx context.Context, network, address string) (net.Conn, error) // reaches what profiles link to; nil: public addresses alone
	Cache          string                                                               // a folder for what can be made again; empty: none
}

// errProblems ends a verb that has shown the contributor's problems.
var errProblems = errors.New("problems were found")

// usageError is a command that was not understood.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// failure marks an error of a verb that had been understood.
type failure struct{ error }

func (f failure) Unwrap() error { return f.error }

// Main runs the verb that args name and returns the exit code.
func Main(ctx context.Context, args []string, env Environment) int {
	root := newRoot(env)
	root.SetArgs(args)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	err := root.ExecuteContext(ctx)

	var usage usageError
	var failed failure
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errProblems):
		return exitProblems
	case errors.As(err, &usage), !errors.As(err, &failed):
		fmt.Fprintf(env.Stderr, "coops: %v\nRun `coops help` to see what there is.\n", err)
		return exitUsage
	case errors.Is(err, errAgain):
		fmt.Fprintf(env.Stderr, "coops: %v\n", err)
		return exitAgain
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(env.Stderr, "coops: stopped; nothing was changed")
		return exitFailed
	default:
		fmt.Fprintf(env.Stderr, "coops: %v\n", err)
		return exitFailed
	}
}

func newRoot(env Environment) *cobra.Command {
	root := &cobra.Command{
		Use:           "coops",
		Short:         "Keep a directory of tech co-ops: check its files, build its site",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(*cobra.Command, []string) error {
			// The program is of 2026, so an earlier clock is wrong, and every date would look to be in the future.
			if now := env.Now(); now.Year() < 2026 {
				return failure{fmt.Errorf("the clock of this machine says %s; set it, for without it no date can be checked", now.Format(time.DateOnly))}
			}
			return nil
		},
	}
	var dir string
	root.PersistentFlags().StringVar(&dir, "dir", ".", "the directory to work on: a folder with data/ in it")
	root.AddCommand(newValidate(env, &dir), newFmt(env, &dir), newConfirm(env, &dir), newRename(env, &dir), newNew(env, &dir), newImport(env, &dir), newIntake(env, &dir), newMatch(env, &dir), newStats(env, &dir), newCheckLinks(env, &dir), newReview(env, &dir), makesPages(env, newBuild(env, &dir)), makesPages(env, newServe(env, &dir)), newGitHub(env, &dir), newVersion(env))
	root.AddCommand(newRestore(env), newSync(env, &dir))
	return root
}

// makesPages lets a verb that makes pages say so where the program cannot.
func makesPages(env Environment, cmd *cobra.Command) *cobra.Command {
	if env.Render == nil {
		cmd.RunE = verb(func(*cobra.Command, []string) error {
			return errors.New("this is the light program, which makes no pages; use the whole one: make bin/coops")
		})
	}
	return cmd
}

// verb wraps what a verb does, so that Main can tell its errors from those of the command line.
func verb(run func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := run(cmd, args); err != nil {
			return failure{err}
		}
		return nil
	}
}

func newVersion(env Environment) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which version this is",
		Args:  cobra.NoArgs,
		RunE: verb(func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(env.Stdout, "coops "+env.Version)
			return err
		}),
	}
}
