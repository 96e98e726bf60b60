package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"coops/internal/directory"
	"coops/internal/federation"
	"coops/internal/problem"

	"github.com/spf13/cobra"
)

// patience is how long one source may take.
const patience = 5 * time.Minute

func newSync(env Environment, dir *string) *cobra.Command {
	var language string
	cmd := &cobra.Command{
		Use:   "sync",
		Short: "Fetch the co-ops of other directories",
		Long: "Fetches each directory that hugo.yaml names under `sources`, checks it like your own, and keeps a copy beside data/.\n" +
			"The next build shows its co-ops. Where a source is down or broken the last good copy stays.",
		Example: "  coops sync\n" +
			"  coops sync --lang pt",
		Args: cobra.NoArgs,
		RunE: verb(func(cmd *cobra.Command, _ []string) error {
			if language != "" && problem.In(language).Language != language {
				return usagef("there are no messages in %q; choose one of %s", language, strings.Join(problem.Languages, ", "))
			}
			w, err := openWorkspace(*dir, env.Program)
			if err != nil {
				return err
			}
			defer w.Close()
			return syncSources(cmd.Context(), w, env, problem.In(language))
		}),
	}
	cmd.Flags().StringVar(&language, "lang", "", "the language of the messages: "+strings.Join(problem.Languages, ", ")+" (default en)")
	return cmd
}

// syncSources fetches one source after the other, and says of each what came of it.
func syncSources(ctx context.Context, w *workspace, env Environment, speaker *problem.Speaker) error {
	sources, err := federation.Sources(w)
	if err != nil {
		return err
	}
	if len(sources) == 0 {
		fmt.Fprintln(env.Stdout, speaker.Say(problem.Say("sources.none")))
		return nil
	}
	complete := func(files fs.FS) (fs.FS, error) { return completed(files, "", env.Program) }
	var result error
	for _, s := range sources {
		within, stop := context.WithTimeout(ctx, patience)
		o, err := federation.Sync(within, s, filepath.Join(w.dir, federation.Folder), complete, today(env))
		stop()
		if err != nil {
			return err
		}
		if o.Failure == nil {
			fmt.Fprintln(env.Stdout, speaker.Say(problem.Say("sources.fetched", "name", s.Name, "count", o.Coops, "commit", o.Copy.Commit[:12])))
			continue
		}
		result = errProblems
		stays := problem.Say("sources.nocopy")
		if o.Copy != nil {
			stays = problem.Say("sources.kept", "day", string(o.Copy.Fetched))
		}
		for i := range o.Problems {
			o.Problems[i].File = s.ID + ":" + o.Problems[i].File
		}
		if len(o.Problems) > 0 {
			if err := problem.WriteText(env.Stderr, problem.Report{Problems: o.Problems}, problem.Style{Speaker: speaker, Color: env.Color && env.Terminal, Brief: true}); err != nil {
				return fmt.Errorf("write the report: %w", err)
			}
		}
		fmt.Fprintf(env.Stderr, "coops: %s: %s; %s\n", s.Name, speaker.Say(*o.Failure), speaker.Say(stays))
	}
	return result
}

func today(env Environment) directory.Date {
	return directory.Date(env.Now().UTC().Format(time.DateOnly))
}

// withSources puts the co-ops of other directories beside those of the workspace, as far as they were fetched.
func withSources(ctx context.Context, w *workspace, env Environment, own *directory.Directory) (*directory.Directory, []string, error) {
	sources, err := federation.Sources(w)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(sources) == 0 {
		return own, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	d, said, err := federation.Load(ctx, own, sources, filepath.Join(w.dir, federation.Folder), today(env))
	if err != nil {
		return nil, nil, err
	}
	var notes []string
	for _, m := range said {
		notes = append(notes, problem.In("en").Say(m))
	}
	return d, notes, nil
}
