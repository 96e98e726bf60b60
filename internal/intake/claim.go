package intake

import (
	"fmt"
	"io/fs"
	"slices"

	"coops/internal/check"
	"coops/internal/directory"
	"coops/internal/problem"
	"coops/internal/yamldoc"
)

// A co-op that others have listed, from public facts, takes its listing over when it sends the form: what it
// says takes the place of what was said of it, and what it leaves open stays.

// claimed returns the listing by a third party that a profile takes over, or nil: one with the same website, or
// with the same name and no website to tell them apart.
func claimed(known *directory.Directory, p *profile) *directory.Coop {
	own := check.Marks(p.coop())
	shares := func(other *directory.Coop, rule *problem.Rule) bool {
		return slices.ContainsFunc(check.Marks(other), func(m check.Mark) bool { return m.Rule == rule && slices.Contains(own, m) })
	}
	for _, rule := range []*problem.Rule{problem.DuplicateWebsite, problem.DuplicateName} {
		for _, other := range known.Coops {
			open := rule == problem.DuplicateWebsite || other.Website == "" || p.value["website"] == nil
			if other.ListedBy == "third-party" && open && shares(other, rule) {
				return other
			}
		}
	}
	return nil
}

// notTaken are the keys of a listing by others that do not pass to the co-op: who said it and when, and that
// it is no more.
var notTaken = []string{"listed_by", "source", "confirmed", "stewards", "status", "ended", "successor"}

// claim lets a profile take over a listing: its slug, and what the profile leaves open.
func (p *profile) claim(fsys fs.FS, listing *directory.Coop) error {
	p.slug = listing.Slug
	data, err := fs.ReadFile(fsys, p.file())
	if err != nil {
		return fmt.Errorf("read %s: %w", p.file(), err)
	}
	doc, problems := yamldoc.Read(p.file(), data)
	if doc == nil || len(problems) > 0 {
		return nil // what cannot be read is told by the check, and takes nothing from the co-op
	}
	before, _ := doc.Value.(map[string]any)
	if samePlaces(before["locations"], p.value["locations"]) { // the co-op says no coordinates
		delete(p.value, "locations")
	}
	for key, value := range before {
		if p.value[key] == nil && !slices.Contains(notTaken, key) {
			p.set(key, value, cell{name: "slug"})
		}
	}
	return nil
}

// samePlaces tells whether two lists name the same countries and places.
func samePlaces(a, b any) bool {
	names := func(v any) (names []string) {
		list, _ := v.([]any)
		for _, l := range list {
			l, _ := l.(map[string]any)
			names = append(names, fmt.Sprint(l["country"], " ", l["place"]))
		}
		return names
	}
	return slices.Equal(names(a), names(b))
}
