package check

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"coops/internal/directory"
	"coops/internal/problem"
	"coops/internal/world"
)

// checkAlone holds the file against what no schema can say of it.
func (f *file) checkAlone(s *set) {
	f.checkValues(s)
	switch v := f.value.(type) {
	case *directory.Coop:
		f.checkProfile(v, s)
		f.marks = Marks(v)
	case *directory.Event:
		f.checkTimes(v)
	case *directory.Request:
		f.checkEmail(v.Contact)
	case *map[string]any:
		f.checkSettings(*v)
	}
}

// checkSettings reports a first language that the site does not have. Where it names no languages, it has
// those of the program.
func (f *file) checkSettings(said map[string]any) {
	first, _ := said["defaultContentLanguage"].(string)
	languages, _ := said["languages"].(map[string]any)
	if _, ok := languages[first]; ok || first == "" || len(languages) == 0 || !world.IsLanguage(first) {
		return
	}
	known := slices.Sorted(maps.Keys(languages))
	f.report(problem.FirstLanguage, f.doc.Position("/defaultContentLanguage"), problem.Say("first-language", "found", first, "known", strings.Join(known, ", ")))
}

// checkSet holds the files against each other. It goes through them in their order, so that of two that
// clash the second is told.
func (s *set) checkSet() {
	seen := newSeen(s)
	for _, f := range s.files {
		if c, isCoop := f.value.(*directory.Coop); isCoop {
			seen.check(f, c)
		}
	}
	s.checkSuccessors()
	s.checkVocabulary()
	s.checkTwice()
	s.checkOtherSkills()
}

// seen is what the co-ops before this one have, and no two should.
type seen struct {
	slugs map[string]*file // ids in use and former ones
	marks map[Mark]*file
}

// Mark is something that no two co-ops should share.
type Mark struct {
	Rule    *problem.Rule // that it breaks if they do
	Pointer string        // where it stands in a profile
	Value   string        // as it is compared
}

// Marks returns what a co-op can be known by: the host of its website, its name, the host of its
// addresses. What says most comes first; what it does not say, or shares with many, is left out.
func Marks(c *directory.Coop) []Mark {
	marks := []Mark{{problem.DuplicateWebsite, "/website", websiteHost(c.Website)}, {problem.DuplicateName, "/name", bareName(c.Name)}}
	if c.Contact != nil {
		marks = append(marks, Mark{problem.DuplicateEmail, "/contact/email", ownMailHost(c.Contact.Email)})
	}
	return slices.DeleteFunc(marks, func(m Mark) bool { return m.Value == "" })
}

func newSeen(s *set) seen {
	n := seen{map[string]*file{}, map[Mark]*file{}}
	for _, f := range s.files {
		if _, isCoop := f.value.(*directory.Coop); isCoop {
			n.slugs[f.id] = f
		}
	}
	return n
}

// check reports what a co-op shares with one before it. A pair is told once, for what says most.
func (n seen) check(f *file, c *directory.Coop) {
	n.formerSlugs(f, c)
	told := map[*file]bool{f: true}
	for _, mark := range f.marks {
		first, twice := n.marks[mark]
		if !twice {
			n.marks[mark] = f
		} else if !told[first] {
			told[first] = true
			f.report(mark.Rule, f.doc.Position(mark.Pointer), problem.Say(mark.Rule.Name, "file", first.path))
		}
	}
}

// formerSlugs reports a former id that another co-op has or had.
func (n seen) formerSlugs(f *file, c *directory.Coop) {
	for i, former := range c.FormerSlugs {
		other, taken := n.slugs[former]
		at := func() problem.Range { return f.doc.Position(item("/former_slugs", i)) }
		switch {
		case !taken || former == "":
			n.slugs[former] = f
		case other == f:
			f.report(problem.FormerSlug, at(), problem.Say("former-slug.own", "found", former))
		default:
			f.report(problem.FormerSlug, at(), problem.Say("former-slug.taken", "found", former, "file", other.path))
		}
	}
}

// websiteHost returns the host of an address as it is compared: in lower case and without www. Hosts
// that many share are left out.
func websiteHost(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if below(host, socialHosts) {
		return ""
	}
	return host
}

// checkTimes reports an event that ends before it starts.
func (f *file) checkTimes(e *directory.Event) {
	start, ok := directory.Instant(e.Start)
	end, ok2 := directory.Instant(e.End)
	if ok && ok2 && !end.After(start) {
		f.report(problem.DateOrder, f.doc.Position("/end"), problem.Say("date-order.event", "end", e.End, "start", e.Start))
	}
}

// checkSuccessors reports successors that lead in a circle, once for each circle.
func (s *set) checkSuccessors() {
	files := map[string]*file{}
	next := map[string]string{}
	for _, f := range s.files {
		if c, ok := f.value.(*directory.Coop); ok && c.Successor != "" {
			files[f.id], next[f.id] = f, c.Successor
		}
	}
	reported := map[string]bool{}
	for _, f := range s.files {
		path := []string{f.id}
		for at := next[f.id]; at != "" && len(path) <= len(next); at = next[at] {
			path = append(path, at)
			if at != f.id {
				continue
			}
			if !reported[f.id] {
				files[f.id].report(problem.SuccessorCircle, files[f.id].doc.Position("/successor"), problem.Say("successor-circle", "path", strings.Join(path, " → ")))
			}
			for _, id := range path {
				reported[id] = true
			}
			break
		}
	}
}
