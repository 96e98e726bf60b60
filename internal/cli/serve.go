package cli

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"coops/internal/directory"
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
			s := served{dir: *dir, env: env, public: filepath.Join(work.Path, "public"), progress: newProgress(env)}
			return preview.Run(cmd.Context(), preview.Options{
				Listener: listener,
				Public:   s.public,
				Watch:    watched(*dir),
				Glance:   s.glance,
				Build:    s.build,
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

// served is a site that is shown while its files are edited.
type served struct {
	dir, public string
	env         Environment
	progress    progress
	shown       *directory.Directory // what the site was made from; nil: there is none yet
}

// build is called at every change. What goes wrong is told to whoever edits; nothing ends the preview.
func (s *served) build(ctx context.Context) preview.Result {
	w, err := openWorkspace(s.dir, s.env.Program)
	if err != nil {
		return preview.Result{Text: err.Error()}
	}
	defer w.Close()
	report, of, line, err := buildSite(ctx, w, s.env, s.public, s.progress)
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
	s.shown = of
	return preview.Result{OK: true, Text: problems.String() + line}
}

// glance makes the pages of a co-op alone, where nothing else has changed, and tells whether it did. Whatever hinders it,
// the build that follows will tell.
func (s *served) glance(ctx context.Context) bool {
	if s.shown == nil {
		return false
	}
	w, err := openWorkspace(s.dir, s.env.Program)
	if err != nil {
		return false
	}
	defer w.Close()
	defer s.progress.done()
	report, b, err := prepareSite(ctx, w, s.env, s.public, s.progress)
	if err != nil || report.Failed() {
		return false
	}
	slug := onlyChange(s.shown, b.Directory)
	return slug != "" && b.RunOne(ctx, slug) == nil
}

// onlyChange returns the co-op that differs between two directories; empty where none does, or more do than one, or something else does.
func onlyChange(before, after *directory.Directory) string {
	one, other := *before, *after
	one.Coops, other.Coops = nil, nil
	if len(before.Coops) != len(after.Coops) || !reflect.DeepEqual(one, other) {
		return ""
	}
	changed := ""
	for i, c := range after.Coops {
		switch was := before.Coops[i]; {
		case was.Slug != c.Slug:
			return ""
		case reflect.DeepEqual(was, c):
		case changed != "":
			return ""
		default:
			changed = c.Slug
		}
	}
	return changed
}
