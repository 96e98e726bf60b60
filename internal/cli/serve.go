package cli

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"

	"coops/internal/directory"
	"coops/internal/preview"
	"coops/internal/problem"
	"coops/internal/scratch"
	"coops/internal/site"

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
			s := &served{dir: *dir, env: env, public: filepath.Join(work.Path, "public"), progress: newProgress(env)}
			defer s.close()
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

	looking sync.Mutex    // held while glances are prepared or used
	glances *site.Glances // nil: there are none, or they failed
	of      string        // the stamp of what they are made of

	mu    sync.Mutex           // a build and a glance may be at work at once
	shown *directory.Directory // what is seen: of the last build or glance; nil: there is none yet
	stamp string               // what the last build was made of beside the data; see site.Build.Stamp
	ahead map[string][]byte    // pages of glances since the last build began, by their names: it may know nothing of them
}

// build is called at every change. What goes wrong is told to whoever edits; nothing ends the preview.
func (s *served) build(ctx context.Context) preview.Result {
	s.mu.Lock()
	s.ahead = map[string][]byte{}
	s.mu.Unlock()
	w, err := openWorkspace(s.dir, s.env.Program)
	if err != nil {
		return preview.Result{Text: err.Error()}
	}
	defer w.Close()
	stamp, err := site.Build{Dir: s.dir}.Stamp()
	if err != nil {
		return preview.Result{Text: err.Error()}
	}
	report, b, line, err := buildSite(ctx, w, s.env, s.public, s.progress, func(b *site.Build) {
		b.Publish = func(made string, put func() error) error { return s.publish(made, put, stamp, b.Directory) }
	})
	if err != nil {
		return preview.Result{Text: err.Error()}
	}
	text, err := said(report)
	if err != nil {
		return preview.Result{Text: err.Error()}
	}
	if report.Failed() {
		return preview.Result{Text: text}
	}
	s.warm(ctx, b, stamp)
	return preview.Result{OK: true, Text: text + line}
}

// said returns what is told of a report.
func said(report problem.Report) (string, error) {
	if report = report.Only(problem.Warning); len(report.Problems) == 0 {
		return "", nil
	}
	var problems strings.Builder
	err := problem.WriteText(&problems, report, problem.Style{Speaker: problem.In("en"), Brief: true})
	return problems.String(), err
}

// publish puts a site in place, with the pages that glances have made since its build began.
func (s *served) publish(made string, put func() error, stamp string, of *directory.Directory) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := writePages(made, s.ahead); err != nil {
		return err
	}
	if err := put(); err != nil {
		return err
	}
	if s.stamp = stamp; len(s.ahead) == 0 {
		s.shown = of
	}
	return nil
}

// warm prepares for glances at what was built, beside whatever else goes on; those that there are stay where they are of the same.
func (s *served) warm(ctx context.Context, b site.Build, stamp string) {
	if b.Keep == nil || len(b.Directory.Coops) == 0 {
		return
	}
	s.looking.Lock()
	go func() {
		defer s.looking.Unlock()
		if s.glances != nil && s.of == stamp {
			return
		}
		s.drop()
		if g, err := b.Glances(ctx, b.Directory.Coops[0].Slug); err == nil { // else the whole is built at each change
			s.glances, s.of = g, stamp
		}
	}()
}

// drop lets go of the glances. Who calls it holds looking.
func (s *served) drop() {
	if s.glances != nil {
		_ = s.glances.Close()
	}
	s.glances = nil
}

func (s *served) close() {
	s.looking.Lock()
	defer s.looking.Unlock()
	s.drop()
}

// glance shows an edit of one co-op on its pages alone, where nothing else has changed, and problems where there are any. What hinders
// it otherwise the build will tell. A page that was shown stays when the next edit has problems: it was right.
func (s *served) glance(ctx context.Context) (preview.Result, bool) {
	none := preview.Result{}
	s.looking.Lock()
	defer s.looking.Unlock()
	w, err := openWorkspace(s.dir, s.env.Program)
	if err != nil {
		return none, false
	}
	defer w.Close()
	report, b, err := prepareSite(ctx, w, s.env, s.public, newProgress(Environment{Stderr: io.Discard}))
	if err != nil {
		return none, false
	}
	text, err := said(report)
	if err != nil {
		return none, false
	}
	if report.Failed() {
		return preview.Result{Text: text}, true
	}
	s.mu.Lock()
	shown, stamp := s.shown, s.stamp
	s.mu.Unlock()
	if now, err := b.Stamp(); err != nil || shown == nil || s.glances == nil || now != stamp || now != s.of {
		return none, false
	}
	slug, few := onlyChange(shown, b.Directory)
	if !few {
		return none, false
	}
	pages := map[string][]byte{}
	if slug != "" {
		if pages, err = s.glances.Look(ctx, b, slug); err != nil {
			s.drop()
			return none, false
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stamp != stamp || writePages(s.public, pages) != nil {
		return none, false
	}
	maps.Copy(s.ahead, pages)
	s.shown = b.Directory
	return preview.Result{OK: true}, true
}

// writePages writes pages into a site, each in one step. A site may lack the folder of a page: it was built while its co-op was away.
func writePages(public string, pages map[string][]byte) error {
	for name, page := range pages {
		name = filepath.Join(public, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		half := name + ".half"
		if err := os.WriteFile(half, page, 0o644); err != nil {
			return err
		}
		if err := os.Rename(half, name); err != nil {
			return err
		}
	}
	return nil
}

// onlyChange tells whether two directories are the same but for one co-op at most, and returns which; empty where nothing differs.
func onlyChange(before, after *directory.Directory) (slug string, only bool) {
	one, other := *before, *after
	one.Coops, other.Coops = nil, nil
	if len(before.Coops) != len(after.Coops) || !reflect.DeepEqual(one, other) {
		return "", false
	}
	for i, c := range after.Coops {
		switch was := before.Coops[i]; {
		case was.Slug != c.Slug:
			return "", false
		case reflect.DeepEqual(was, c):
		case slug != "":
			return "", false
		default:
			slug = c.Slug
		}
	}
	return slug, true
}
