// Package site makes the site: it stages the Directory as data for the templates, has them rendered,
// adds the exports, and puts the whole in place at once.
package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"coops/internal/archive"
	"coops/internal/directory"
	"coops/internal/export"
	"coops/internal/problem"
	"coops/internal/scratch"
	"coops/schema"
)

// Build is what a site is made from and where it goes.
type Build struct {
	Directory *directory.Directory
	History   map[string]directory.Dates // slug -> when its profile was listed and last changed; nil: not known
	Files     fs.FS                      // what the Directory was read from, to be published as an archive; nil: none is
	Dir       string                     // the folder with data/, and perhaps hugo.yaml, content/, themes/ and static/ of its own
	Program   fs.FS                      // what the program brings along, for what Dir lacks
	Output    string                     // the folder to put the site in; whole, or not at all
	Today     string                     // date of the build
	Cache     string                     // a folder for drawn pictures, which may go at any time; empty: all are drawn anew
	Render    Renderer
	Keep      Keeper                                    // for Glances; nil: there are none
	Publish   func(made string, put func() error) error // puts the site that was made, a folder, in place by calling put; nil: nothing else is to be done
	Progress  func(step string)                         // called as the steps begin; may be nil
	Note      func(said string)                         // called with what is worth knowing and stops nothing; may be nil
}

// Summary is what was built.
type Summary struct {
	Coops     int
	Pages     int // HTML pages, of all languages
	Languages []string
}

// ErrForeign says that the output folder holds files that no build of ours made.
var ErrForeign = errors.New("it holds files that this program did not make; name another folder, or empty it")

// ErrPackages says that the npm packages that the pages need are not there.
var ErrPackages = errors.New("the JavaScript packages are missing; run `npm ci` first")

// marker is the file by which a folder is known as built by us, and may be replaced.
const marker = ".coops-site"

// Run builds the site. Until the last step nothing is changed but a folder beside the output, which is
// removed in the end; so a build that fails or is killed leaves the last site as it was.
func (b Build) Run(ctx context.Context) (Summary, error) {
	work, err := b.begin()
	if err != nil {
		return Summary{}, err
	}
	defer work.Remove()

	b.step("staging")
	job, languages, err := b.stage(filepath.Join(work.Path, "staged"))
	if err != nil {
		return Summary{}, err
	}
	job.Output = filepath.Join(work.Path, "public")
	b.step("rendering")
	drawn := filepath.Join(work.Path, "staged", "resources", "_gen", "images")
	b.takeKept(drawn)
	if err := b.Render(ctx, job); err != nil {
		return Summary{}, fmt.Errorf("render the pages: %w", err)
	}
	b.keep(drawn)
	b.step("exporting")
	for _, part := range []string{"search", "api", "export"} {
		if part == "export" && b.Files == nil {
			continue
		}
		if err := os.Rename(filepath.Join(work.Path, "staged", part), filepath.Join(job.Output, part)); err != nil {
			return Summary{}, fmt.Errorf("add %s: %w", part, err)
		}
	}
	if err := os.CopyFS(job.Output, os.DirFS(filepath.Join(work.Path, "staged", "calendars"))); err != nil {
		return Summary{}, fmt.Errorf("add the calendars: %w", err)
	}
	if err := b.addFiles(job.Output, languages); err != nil {
		return Summary{}, err
	}
	pages, err := countPages(job.Output)
	if err != nil {
		return Summary{}, err
	}
	if err := ctx.Err(); err != nil {
		return Summary{}, err
	}
	b.step("publishing")
	if err := os.Chmod(job.Output, 0o755); err != nil {
		return Summary{}, fmt.Errorf("publish: %w", err)
	}
	put := func() error { return swap(job.Output, b.Output) }
	if b.Publish != nil {
		put = func() error { return b.Publish(job.Output, func() error { return swap(job.Output, b.Output) }) }
	}
	if err := put(); err != nil {
		return Summary{}, fmt.Errorf("put the site in place: %w", err)
	}
	return Summary{Coops: len(b.Directory.Coops), Pages: pages, Languages: languages}, nil
}

// begin looks whether the site can be built, and makes a folder to build it in.
func (b *Build) begin() (*scratch.Folder, error) {
	var err error
	if b.Output, err = filepath.Abs(b.Output); err != nil {
		return nil, fmt.Errorf("find %s: %w", b.Output, err)
	}
	if b.Dir, err = filepath.Abs(b.Dir); err != nil {
		return nil, fmt.Errorf("find %s: %w", b.Dir, err)
	}
	if err := replaceable(b.Output); err != nil {
		return nil, fmt.Errorf("cannot build into %s: %w", b.Output, err)
	}
	if !hasPackages(b.Dir) {
		return nil, ErrPackages
	}
	work, err := scratch.Make(filepath.Dir(b.Output), ".coops-build-*")
	if err != nil {
		return nil, fmt.Errorf("cannot write beside %s: %w", b.Output, problem.Reason(err))
	}
	return work, nil
}

func (b Build) step(name string) {
	if b.Progress != nil {
		b.Progress(name)
	}
}

func (b Build) note(said string) {
	if b.Note != nil {
		b.Note(said)
	}
}

// replaceable tells why the output folder must not be replaced: nil where it is absent, empty or ours.
func replaceable(output string) error {
	entries, err := os.ReadDir(output)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return os.MkdirAll(filepath.Dir(output), 0o755)
	case err != nil:
		return problem.Reason(err)
	case len(entries) == 0 || slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == marker }):
		return nil
	}
	return ErrForeign
}

// hasPackages looks for the packages in dir and the folders above it, as bundlers do.
func hasPackages(dir string) bool {
	for {
		if _, err := os.Stat(filepath.Join(dir, "node_modules", "@orama", "stemmers")); err == nil {
			return true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return false
		}
		dir = parent
	}
}

// stage writes what the renderer needs into a folder of its own and returns the job and the languages of the site, in the
// order of the configuration. What it worked with is let go: the renderer needs the memory.
func (b Build) stage(folder string) (Job, []string, error) {
	fail := func(err error) (Job, []string, error) { return Job{}, nil, fmt.Errorf("stage the data: %w", err) }
	job, set, err := b.lay(folder, false)
	if err != nil {
		return fail(err)
	}
	x := newIndex(b.Directory)
	x.history = b.History
	views := make([]*view, len(set.languages))
	err = each(set.languages, func(i int, in string) error {
		views[i] = newView(x, in)
		for name, content := range views[i].stage(b.Today) {
			if err := writeJSON(filepath.Join(folder, "data", name, in+".json"), content); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fail(err)
	}
	names := map[string]string{}
	for _, c := range b.Directory.Coops {
		names[c.Slug] = c.Name
	}
	for name, content := range map[string]any{"names.json": names, "places.json": x.atlas.drawn} {
		if err := writeJSON(filepath.Join(folder, "data", name), content); err != nil {
			return fail(err)
		}
	}
	if err := x.atlas.write(filepath.Join(folder, "assets", "atlas"), views); err != nil {
		return fail(err)
	}
	if _, err := b.stagePictures(folder, views[0]); err != nil {
		return fail(err)
	}
	if err := b.stageFiles(folder, set.themes, views, set); err != nil {
		return fail(err)
	}
	return job, set.languages, nil
}

// lay writes what the pages are made of beside the data: theme, settings, words, colors, and the content; of that, if coops, all but
// the pages of co-ops is left out.
func (b Build) lay(folder string, coops bool) (Job, settings, error) {
	fail := func(err error) (Job, settings, error) { return Job{}, settings{}, err }
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fail(err)
	}
	themes := filepath.Join(b.Dir, "themes")
	if _, err := os.Stat(filepath.Join(themes, "commons")); err != nil {
		themes = filepath.Join(folder, "themes")
		if err := copyFrom(b.Program, "themes", themes); err != nil {
			return fail(err)
		}
	}
	set, err := b.settings(folder)
	if err != nil {
		return fail(err)
	}
	set.themes = themes
	brought, err := fs.Sub(b.Program, "content")
	if err != nil {
		return fail(err)
	}
	pages := filepath.Join(folder, "content")
	if err := stageContent(brought, os.DirFS(filepath.Join(b.Dir, "content")), set.languages, pages); err != nil {
		return fail(err)
	}
	if coops {
		if err := keepCoops(pages); err != nil {
			return fail(err)
		}
	}
	notes, err := stageWords(os.DirFS(filepath.Join(themes, "commons", "i18n")), os.DirFS(filepath.Join(b.Dir, "i18n")), set.languages, filepath.Join(folder, "i18n"))
	if err != nil {
		return fail(err)
	}
	for _, note := range append(notes, set.colors.notes()...) {
		b.note(note)
	}
	palette := filepath.Join(folder, "assets", "css", "palette.css")
	if err := os.MkdirAll(filepath.Dir(palette), 0o755); err != nil {
		return fail(err)
	}
	if err := os.WriteFile(palette, []byte(set.colors.palette()), 0o644); err != nil {
		return fail(err)
	}
	mount := func(source, target string) string {
		return fmt.Sprintf("    - {source: %q, target: %q}\n", source, target)
	}
	own := fmt.Sprintf("themesDir: %q\ntheme: commons\nresourceDir: %q\ncacheDir: %q\nmodule:\n  mounts:\n", themes, filepath.Join(folder, "resources"), filepath.Join(folder, "cache")) +
		mount(pages, "content") + mount(filepath.Join(folder, "data"), "data") + mount(filepath.Join(folder, "assets"), "assets") + mount(filepath.Join(folder, "i18n"), "i18n")
	for _, extra := range []struct{ source, target string }{{"static", "static"}, {"data/logos", "static/logos"}, {"i18n", "i18n"}, {"layouts", "layouts"}, {"assets", "assets"}} {
		if _, err := os.Stat(filepath.Join(b.Dir, filepath.FromSlash(extra.source))); err == nil {
			own += mount(filepath.Join(b.Dir, filepath.FromSlash(extra.source)), extra.target)
		}
	}
	if coops {
		own += "segments:\n  coops: {includes: [{path: /coops/**, kind: page}]}\nrenderSegments: [coops]\n"
	}
	config := filepath.Join(folder, "staged.yaml")
	if err := os.WriteFile(config, []byte(own), 0o644); err != nil {
		return fail(err)
	}
	return Job{Source: b.Dir, Configs: append(set.files, config)}, set, nil
}

// keepCoops removes, of staged content, all but what the pages of co-ops need.
func keepCoops(pages string) error {
	entries, err := os.ReadDir(pages)
	for _, e := range entries {
		if e.Name() != "coops" && !strings.HasPrefix(e.Name(), "_index.") {
			err = errors.Join(err, os.RemoveAll(filepath.Join(pages, e.Name())))
		}
	}
	return err
}

// stageFiles writes what is no page: calendars, the search, exports and the archive; and for the pages, where the search is
// and how large the exports are.
func (b Build) stageFiles(folder, themes string, views []*view, set settings) error {
	if err := writeCalendars(filepath.Join(folder, "calendars"), views, set); err != nil {
		return err
	}
	assets := []fs.FS{os.DirFS(filepath.Join(b.Dir, "assets")), os.DirFS(filepath.Join(themes, "commons", "assets"))}
	manifests, err := stageSearch(filepath.Join(folder, "search"), views, assets...)
	if err != nil {
		return err
	}
	for in, m := range manifests {
		if err := writeJSON(filepath.Join(folder, "data", "search", in+".json"), m); err != nil {
			return err
		}
	}
	if err := export.Write(filepath.Join(folder, "api", "v1"), b.Directory); err != nil {
		return err
	}
	if err := writeJSON(filepath.Join(folder, "api", "v1", "teams.json"), teamsOf(views[0].exchange())); err != nil {
		return err
	}
	sizes, err := sizesOf(filepath.Join(folder, "api", "v1"))
	if err != nil {
		return err
	}
	if b.Files != nil {
		if sizes[archiveName], err = b.stageArchive(filepath.Join(folder, "export")); err != nil {
			return err
		}
	}
	return writeJSON(filepath.Join(folder, "data", "exports.json"), sizes)
}

// sizesOf returns the size of each file of a folder by its name, in kilobytes (1,000 bytes), at least one; for a
// folder in it, that of its largest file.
func sizesOf(folder string) (map[string]int, error) {
	sizes := map[string]int{}
	err := filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(folder, name)
		if err != nil {
			return err
		}
		top, _, _ := strings.Cut(filepath.ToSlash(relative), "/")
		sizes[top] = max(sizes[top], int((info.Size()+999)/1000))
		return nil
	})
	return sizes, err
}

// archiveName is the file of the folder export in which all of the directory is.
const archiveName = "directory.zip"

// stageArchive writes the archive of the directory into a folder, which it makes, and returns its size in kilobytes.
func (b Build) stageArchive(folder string) (kilobytes int, err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return 0, err
	}
	f, err := os.Create(filepath.Join(folder, archiveName))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := archive.Write(f, b.Files, schema.Files, ""); err != nil {
		return 0, fmt.Errorf("archive: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return int((info.Size() + 999) / 1000), nil
}

// copyFrom copies a folder of the program to disk.
func copyFrom(program fs.FS, name, target string) error {
	sub, err := fs.Sub(program, name)
	if err != nil {
		return err
	}
	return os.CopyFS(target, sub)
}

// addFiles writes what is no page: exports, schemas, redirects, and the marker.
func (b Build) addFiles(public string, languages []string) error {
	if err := addIcon(public); err != nil {
		return err
	}
	if err := os.CopyFS(filepath.Join(public, "schema", "v1"), schema.Files); err != nil {
		return fmt.Errorf("write the schemas: %w", err)
	}
	if err := finishWorker(public, languages); err != nil {
		return err
	}
	if err := b.copyProfiles(filepath.Join(public, "api", "v1", "coops")); err != nil {
		return err
	}
	for name, content := range map[string]string{"_redirects": redirects(b.Directory, languages), marker: b.Today + "\n"} {
		if err := os.WriteFile(filepath.Join(public, name), []byte(content), 0o644); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	return nil
}

// copyProfiles puts each profile as it is written beside the one for programs: the form changes it without losing a byte of the rest.
func (b Build) copyProfiles(folder string) error {
	root, err := os.OpenRoot(b.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, c := range b.Directory.Coops {
		name := c.Slug + ".yaml"
		data, err := root.ReadFile("data/coops/" + name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // it is kept elsewhere
		}
		if err != nil {
			return fmt.Errorf("read data/coops/%s: %w", name, problem.Reason(err))
		}
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			return fmt.Errorf("write %s: %w", name, problem.Reason(err))
		}
	}
	return nil
}

// redirects writes the rules by which the host sends former addresses on, and misses to the 404 page of
// their language. The first language stands at the root.
func redirects(d *directory.Directory, languages []string) string {
	var b strings.Builder
	for i, in := range languages {
		prefix := ""
		if i > 0 {
			prefix = "/" + in
		}
		for _, c := range d.Coops {
			for _, former := range c.FormerSlugs {
				fmt.Fprintf(&b, "%s/coops/%s/ %s/coops/%s/ 301\n", prefix, former, prefix, c.Slug)
			}
		}
	}
	for _, in := range languages[min(1, len(languages)):] {
		fmt.Fprintf(&b, "/%s/* /%s/404.html 404\n", in, in)
	}
	return b.String()
}

func writeJSON(name string, content any) error {
	text, err := asJSON(content)
	if err != nil {
		return err
	}
	return writeFiles(filepath.Dir(name), map[string]string{filepath.Base(name): text})
}

func asJSON(content any) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(content); err != nil {
		return "", err
	}
	text := strings.TrimRight(b.String(), "\n")
	for _, c := range turning {
		text = strings.ReplaceAll(text, string(c), "")
	}
	return text, nil
}

// turning are the characters that turn the reading order from where they stand. Pages leave them out: one that
// is not ended would turn what stands after its text, too. Texts run their own way by the HTML around them.
const turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

func countPages(public string) (int, error) {
	pages := 0
	err := filepath.WalkDir(public, func(name string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".html") {
			pages++
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("count the pages: %w", err)
	}
	return pages, nil
}
