package review

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"coops/internal/yamldoc"
)

// touched is a profile, event or request that a proposal touches: its path before and after, empty where there is none.
type touched struct{ schema, before, after string }

// sort tells the files that a proposal changes apart: it returns the profiles, events and requests, and notes those that are no profiles.
func (p Proposal) sort(r *Review) []touched {
	var all []touched
	for _, c := range p.Changes {
		before, after := p.own(c.Before), p.own(c.After)
		was, is := schemaOf(before), schemaOf(after)
		if was != "" && was == is {
			all = append(all, touched{was, before, after})
		} else {
			if was != "" {
				all = append(all, touched{was, before, ""})
			}
			if is != "" {
				all = append(all, touched{is, "", after})
			}
		}
		if c.Before != "" && was != "coop" {
			r.note(before, c.Before)
		}
		if c.After != "" && is != "coop" && c.After != c.Before {
			r.note(after, c.After)
		}
	}
	slices.SortFunc(all, func(a, b touched) int {
		return cmp.Or(strings.Compare(a.schema, b.schema), strings.Compare(a.slug(), b.slug()))
	})
	slices.Sort(r.DataFiles)
	slices.Sort(r.OtherFiles)
	return all
}

func (t touched) slug() string {
	if t.after == "" {
		return slugOf(t.before)
	}
	return slugOf(t.after)
}

// own returns the path in the directory of one in the repository, empty for what is outside of it.
func (p Proposal) own(name string) string {
	if p.Folder == "" || name == "" {
		return name
	}
	own, inside := strings.CutPrefix(name, p.Folder+"/")
	if !inside {
		return ""
	}
	return own
}

// note notes a file that is no profile, by its path in the directory and in the repository.
func (r *Review) note(own, whole string) {
	if isData(own) {
		r.DataFiles = append(r.DataFiles, whole)
	} else {
		r.OtherFiles = append(r.OtherFiles, whole)
	}
}

// isData tells whether a file is data that is read, and no profile. What merely lies in a folder of data is none.
func isData(name string) bool {
	switch path.Dir(name) {
	case "data/events", "data/requests", "data/skills":
		return strings.HasSuffix(name, ".yaml")
	case "data/logos":
		return strings.HasSuffix(name, ".png") || strings.HasSuffix(name, ".webp")
	}
	return name == "data/networks.yaml" || name == "data/sectors.yaml" || name == "data/governance.yaml"
}

// touches returns the paths in the directory of the files that the proposal writes.
func (p Proposal) touches() map[string]bool {
	names := map[string]bool{}
	for _, c := range p.Changes {
		names[p.own(c.After)] = true
	}
	return names
}

// formerly returns, by the path of a file that was renamed, what it was.
func formerly(all []touched) map[string]string {
	names := map[string]string{}
	for _, t := range all {
		if t.before != t.after && t.before != "" && t.after != "" {
			names[t.before] = t.after
		}
	}
	return names
}

// about tells what happens to a co-op, as far as its path says, and whether it is the author's.
func (p Proposal) about(t touched, before, after side) Coop {
	c := Coop{Slug: t.slug(), Before: before.bySlug[slugOf(t.before)], After: after.bySlug[slugOf(t.after)]}
	c.Kind, c.From = t.kind()
	c.Mine = p.speaksFor(c.Before)
	return c
}

// coop tells what happens to a co-op.
func (p Proposal) coop(t touched, before, after side) (Coop, error) {
	c := p.about(t, before, after)
	if c.Before != nil && c.After != nil && !c.Before.Ended() && c.After.Ended() {
		c.Kind = Closed
	}
	d, err := p.compare(t)
	c.Fields, c.size = d.fields, d.size
	c.Form = c.Kind == Changed && d.form
	return c, err
}

// kind tells what happens to a file, as far as its path says, and what a renamed one was called.
func (t touched) kind() (kind Kind, from string) {
	switch {
	case t.before == "":
		return Added, ""
	case t.after == "":
		return Removed, ""
	case t.before != t.after:
		return Renamed, slugOf(t.before)
	}
	return Changed, ""
}

// compared is what differs between a file before and after.
type compared struct {
	fields []Field
	form   bool // more than fields differs
	size   int
}

func (p Proposal) compare(t touched) (compared, error) {
	was, err := open(p.Before, t.before)
	if err != nil {
		return compared{}, err
	}
	is, err := open(p.After, t.after)
	if err != nil {
		return compared{}, err
	}
	return compared{fieldsOf(t.schema, was.value, is.value), was.remarks != is.remarks || was.mode != is.mode, was.size + is.size}, nil
}

// file is a profile, event or request as it is written.
type file struct {
	value   map[string]any // nil where it cannot be read as one
	remarks string         // what stands above its keys, and what editors look for anywhere
	mode    fs.FileMode
	size    int
}

// open reads a file. Of a link, or what is none at all, nothing is read: check tells it.
func open(fsys fs.FS, name string) (file, error) {
	if name == "" {
		return file{}, nil
	}
	info, err := fs.Lstat(fsys, name)
	if err != nil {
		return file{}, fmt.Errorf("read %s: %w", name, err)
	}
	f := file{mode: info.Mode()}
	if !f.mode.IsRegular() {
		return f, nil
	}
	data, err := head(fsys, name, yamldoc.MaxSize+1)
	if err != nil {
		return f, fmt.Errorf("read %s: %w", name, err)
	}
	if doc, _ := yamldoc.Read(name, data); doc != nil {
		f.value, _ = doc.Value.(map[string]any)
	}
	f.size = len(data)
	above := true
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		above = above && (line == "" || strings.HasPrefix(line, "#"))
		if above || strings.Contains(line, "yaml-language-server") {
			f.remarks += line + "\n"
		}
	}
	return f, nil
}

// head reads the beginning of a file.
func head(fsys fs.FS, name string, most int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var b bytes.Buffer
	_, err = b.ReadFrom(io.LimitReader(f, most))
	return b.Bytes(), err
}
