package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"coops/internal/directory"
	"coops/internal/exchange"
	"coops/internal/scratch"
)

// Glances makes the pages of one co-op alone, in each language, long before a Run is through with all of them. What other pages
// say of the co-op is left to that, and so is the picture for links to it. It keeps a site of co-ops with one of them in it, and changes that one: so it must be
// made anew when what pages are made of has changed (Stamp). It is for one goroutine at a time, and may be used beside a Run.
type Glances struct {
	kept     Kept
	work     *scratch.Folder
	settings settings
	pictures map[string]picture
	wrote    map[string]string // what the data files say, by their names
}

// Stamp tells apart what the pages of a directory are made of beside its data: the same means the same. It is of names, sizes and
// times, not of what is in the files. Logos belong to it.
func (b Build) Stamp() (string, error) {
	h := sha256.New()
	for _, name := range []string{"hugo.yaml", "content", "themes", "static", "i18n", "layouts", "assets", "data/logos"} {
		err := filepath.WalkDir(filepath.Join(b.Dir, filepath.FromSlash(name)), func(name string, e fs.DirEntry, err error) error {
			if err != nil {
				if errors.Is(err, fs.ErrNotExist) {
					return nil
				}
				return err
			}
			info, err := e.Info()
			if err == nil {
				fmt.Fprintln(h, name, info.Mode(), info.Size(), info.ModTime().UnixNano())
			}
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return string(h.Sum(nil)), nil
}

// Glances prepares for glances at a site that Run has made of the same. They are worth nothing, and refused, where a page comes
// out other than Run made it: a theme of the directory's own may ask for more than the data of one co-op.
func (b Build) Glances(ctx context.Context, slug string) (_ *Glances, err error) {
	work, err := b.begin()
	if err != nil {
		return nil, err
	}
	g := &Glances{work: work, wrote: map[string]string{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, g.Close())
		}
	}()
	b.Note = nil // Run has said it
	folder := filepath.Join(work.Path, "staged")
	job, set, err := b.lay(folder, true)
	if err != nil {
		return nil, err
	}
	g.settings = set
	x := newIndex(b.Directory)
	if g.pictures, err = b.stagePictures(folder, newView(x, set.languages[0])); err != nil {
		return nil, err
	}
	if _, err := g.stage(b, slug); err != nil {
		return nil, err
	}
	job.Output = filepath.Join(work.Path, "public")
	if g.kept, err = b.Keep(ctx, job); err != nil {
		return nil, fmt.Errorf("keep a site for glances: %w", err)
	}
	for name, page := range g.pages(slug) {
		made, err := os.ReadFile(page)
		if err != nil {
			return nil, err
		}
		if was, err := os.ReadFile(filepath.Join(b.Output, name)); err != nil || !bytes.Equal(withoutPicture(made), withoutPicture(was)) {
			return nil, errors.Join(fmt.Errorf("a glance at %s differs from what was built", name), err)
		}
	}
	return g, nil
}

// withoutPicture takes from a page which picture is shown beside links to it: that is drawn with the whole, and named anew.
func withoutPicture(page []byte) []byte { return ogImage.ReplaceAll(page, nil) }

var ogImage = regexp.MustCompile(`<meta property="og:image" [^>]*>`)

// Close lets the site go.
func (g *Glances) Close() error {
	g.work.Remove()
	if g.kept == nil {
		return nil
	}
	return g.kept.Close()
}

// Look makes the pages of one co-op of a directory, and returns them by their names in the site. After an error these Glances are
// worth nothing.
func (g *Glances) Look(ctx context.Context, b Build, slug string) (map[string][]byte, error) {
	changed, err := g.stage(b, slug)
	if err != nil {
		return nil, err
	}
	if len(changed) > 0 {
		if err := g.kept.Render(ctx, changed); err != nil {
			return nil, fmt.Errorf("render the pages of %s: %w", slug, err)
		}
	}
	pages := map[string][]byte{}
	for name, page := range g.pages(slug) {
		if pages[name], err = os.ReadFile(page); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// pages returns where the pages of a co-op are, by their names in the site.
func (g *Glances) pages(slug string) map[string]string {
	pages := map[string]string{}
	for i, in := range g.settings.languages {
		name := filepath.Join("coops", slug, "index.html")
		if i > 0 {
			name = filepath.Join(in, name)
		}
		pages[name] = filepath.Join(g.work.Path, "public", name)
	}
	return pages
}

// stage writes what the page of one co-op says, and returns the files that have changed. Of what the templates get of all co-ops it
// is what these pages ask for.
func (g *Glances) stage(b Build, slug string) ([]string, error) {
	x := turn(b.Directory)
	x.history = b.History
	c := x.bySlug[slug]
	if c == nil {
		return nil, fmt.Errorf("there is no co-op %s", slug)
	}
	x.atlas = newAtlas(&directory.Directory{Coops: []*directory.Coop{c}})
	x.like = x.likenesses([]*directory.Coop{c})
	x.met = exchange.Open(b.Directory, directory.Date(b.Today))
	x.answers = x.met.AnswersTo(slug, bestShown)
	x.helps = map[string][]exchange.Help{slug: x.met.Helps(slug, bestShown)}
	x.opening.Do(func() {}) // all of it that is asked for is there

	data := map[string]any{"places.json": x.atlas.drawn}
	var first *view
	for _, in := range g.settings.languages {
		v := bareView(x, in)
		v.today = b.Today
		v.cards[slug] = v.card(c)
		pages := []coopPage{v.coop(c)}
		v.join(pages)
		data["coops/"+in+".json"] = entries(pages)
		o := v.numbers(b.Today)
		o.All = []string{slug}
		data["overview/"+in+".json"] = o
		if first == nil {
			first = v
		}
	}
	delete(g.pictures, slug)
	folder := filepath.Join(g.work.Path, "staged")
	drawn, err := b.layOut(folder, first, []*directory.Coop{c})
	if err != nil {
		return nil, err
	}
	for of, p := range drawn {
		g.pictures[of] = p
	}
	data["pictures.json"] = g.pictures

	var changed []string
	for name, content := range data {
		text, err := asJSON(content)
		if err != nil {
			return nil, err
		}
		if g.wrote[name] == text {
			continue
		}
		file := filepath.Join(folder, "data", filepath.FromSlash(name))
		if err := writeFiles(filepath.Dir(file), map[string]string{filepath.Base(file): text}); err != nil {
			return nil, err
		}
		g.wrote[name] = text
		changed = append(changed, file)
	}
	return changed, nil
}
