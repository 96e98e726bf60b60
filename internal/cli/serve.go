package cli

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"coops/internal/preview"
	"coops/internal/problem"
	"coops/internal/scratch"

	"github.com/spf13/cobra"
)

func newServe(env Environment, dir *string) *cobra.Command {
	var port int
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Build the site, show it in the browser, and build it again at every change",
		Long:  "Builds the site and serves it on this machine only. When a file changes it is built again and\nopen pages reload. An edit with problems shows them here and on the page, and the last good site stays.",
		Args:  cobra.NoArgs,
		RunE: verb(func(cmd *cobra.Command, _ []string) error {
			w, err := openWorkspace(*dir, env.Program)
			if err != nil {
				return err
			}
			w.Close() // it is opened anew for each build
			work, err := scratch.Make(os.TempDir(), "coops-serve-*")
			if err != nil {
				return fmt.Errorf("cannot make a folder for the site: %w", err)
			}
			defer work.Remove()
			listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
			if err != nil {
				return fmt.Errorf("cannot listen on port %d (another one with --port): %w", port, err)
			}
			defer listener.Close()
			public := filepath.Join(work.Path, "public")
			return preview.Run(cmd.Context(), preview.Options{
				Listener: listener,
				Public:   public,
				Watch:    watched(*dir),
				Build:    rebuild(*dir, env, public),
				Log:      env.Stderr,
			})
		}),
	}
	cmd.Flags().IntVar(&port, "port", 8080, "the port to serve on; 0 picks a free one")
	return cmd
}

// watched returns what a site is made from.
func watched(dir string) []string {
	var paths []string
	for _, name := range []string{"data", "content", "themes", "static", "i18n", "layouts", "assets", "hugo.yaml"} {
		if p := filepath.Join(dir, name); exists(p) {
			paths = append(paths, p)
		}
	}
	return paths
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// rebuild returns what the preview calls at every change. What goes wrong is told to whoever edits;
// nothing ends the preview.
func rebuild(dir string, env Environment, public string) func(context.Context) preview.Result {
	p := newProgress(env)
	return func(ctx context.Context) preview.Result {
		w, err := openWorkspace(dir, env.Program)
		if err != nil {
			return preview.Result{Text: err.Error()}
		}
		defer w.Close()
		report, line, err := buildSite(ctx, w, env, public, p)
		if err != nil {
			return preview.Result{Text: err.Error()}
		}
		var problems strings.Builder
		if report = report.Only(problem.Warning); len(report.Problems) > 0 {
			if err := problem.WriteText(&problems, report, problem.Style{Speaker: problem.In("en"), Brief: true}); err != nil {
				return preview.Result{Text: err.Error()}
			}
		}
		if report.Failed() {
			return preview.Result{Text: problems.String()}
		}
		return preview.Result{OK: true, Text: problems.String() + line}
	}
}
