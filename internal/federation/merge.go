package federation

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"coops/internal/check"
	"coops/internal/directory"
	"coops/internal/problem"
)

// Other is the directory of a source.
type Other struct {
	Copy
	*directory.Directory
}

// Merge returns a directory with one's own co-ops and those of others, each once. Two profiles are of one co-op where
// their websites have the same host. The one that the co-op itself confirmed wins; between two such, or two others, one's own,
// then the one confirmed last, then the source named first. A co-op that was here keeps its address, whoever's words are shown.
//
// Of another directory only co-ops come along, with the names of skills, networks and sectors that are not known here. None
// of the directories is changed.
func Merge(own *directory.Directory, others []Other) *directory.Directory {
	if len(others) == 0 {
		return own
	}
	m := newMerger(own)
	for _, o := range others {
		m.add(o)
	}
	return m.finish()
}

// merger puts directories together.
type merger struct {
	merged     directory.Directory
	byHost     map[string]int  // host of a website -> index in merged.Coops
	taken      map[string]bool // slugs that are or were somebody's
	categories map[string]bool
	skills     map[string]*directory.Skill
	network    map[string]*directory.Network
	sectors    map[string]bool
}

func newMerger(own *directory.Directory) *merger {
	m := &merger{merged: *own, byHost: map[string]int{}, taken: map[string]bool{}, categories: map[string]bool{},
		skills: map[string]*directory.Skill{}, network: map[string]*directory.Network{}, sectors: map[string]bool{}}
	m.merged.Coops, m.merged.Skills = slices.Clone(own.Coops), slices.Clone(own.Skills)
	m.merged.Networks, m.merged.Sectors = slices.Clone(own.Networks), slices.Clone(own.Sectors)
	for i, c := range own.Coops {
		m.taken[c.Slug] = true
		for _, former := range c.FormerSlugs {
			m.taken[former] = true
		}
		if host := hostOf(c); host != "" {
			m.byHost[host] = i
		}
	}
	for _, s := range own.Skills {
		m.skills[s.ID], m.categories[s.Category] = s, true
	}
	for _, n := range own.Networks {
		m.network[n.ID] = n
	}
	for _, s := range own.Sectors {
		m.sectors[s.ID] = true
	}
	return m
}

// hostOf returns the host by which a co-op is known; empty where it has none of its own.
func hostOf(c *directory.Coop) string {
	for _, mark := range check.Marks(c) {
		if mark.Rule == problem.DuplicateWebsite {
			return mark.Value
		}
	}
	return ""
}

// wins tells whether a profile of another directory is shown in place of the one that is there.
func wins(other, there *directory.Coop) bool {
	if other.Unconfirmed() != there.Unconfirmed() {
		return !other.Unconfirmed()
	}
	return there.From != nil && other.Confirmed > there.Confirmed
}

// add takes in the co-ops of a source.
func (m *merger) add(o Other) {
	slugs := map[string]string{} // there -> here
	var added []*directory.Coop
	for _, there := range o.Coops {
		host := hostOf(there)
		at, known := m.byHost[host]
		if known && host != "" {
			before := m.merged.Coops[at]
			slugs[there.Slug] = before.Slug
			if !wins(there, before) {
				continue
			}
			c := m.translated(o, there)
			c.Slug, c.FormerSlugs = before.Slug, before.FormerSlugs
			m.merged.Coops[at] = c
			added = append(added, c)
			continue
		}
		c := m.translated(o, there)
		c.Slug = m.free(there.Slug, o.Source.ID)
		slugs[there.Slug] = c.Slug
		if host != "" {
			m.byHost[host] = len(m.merged.Coops)
		}
		m.merged.Coops = append(m.merged.Coops, c)
		added = append(added, c)
	}
	for _, c := range added { // all of them are known only now
		c.Successor = slugs[c.Successor]
		if c.Successor == c.Slug {
			c.Successor = ""
		}
	}
}

// free returns a slug that nobody has or had here.
func (m *merger) free(slug, source string) string {
	for n, wish := 1, slug; ; n++ {
		if !m.taken[wish] {
			m.taken[wish] = true
			return wish
		}
		if wish = slug + "-" + source; n > 1 {
			wish = fmt.Sprintf("%s-%s-%d", slug, source, n)
		}
	}
}

// translated returns a profile of another directory in terms of this one.
func (m *merger) translated(o Other, there *directory.Coop) *directory.Coop {
	c := *there
	c.From = &directory.Origin{ID: o.Source.ID, Name: o.Source.Name, Repository: o.Source.Repository, Commit: o.Commit,
		File: path.Join(o.Source.Folder, "data", "coops", there.Slug+".yaml")}
	c.FormerSlugs, c.Stewards, c.Logo = nil, nil, "" // addresses, accounts and pictures of the other place
	c.Skills = slices.Clone(there.Skills)
	for i, u := range c.Skills {
		if u.Skill != "" {
			c.Skills[i].Skill = m.skill(o, u.Skill)
		}
	}
	c.Teaches = slices.Clone(there.Teaches)
	for i := range c.Teaches {
		c.Teaches[i].Skill = m.skill(o, c.Teaches[i].Skill)
	}
	c.Needs = slices.Clone(there.Needs)
	for i := range c.Needs {
		c.Needs[i].Skill = m.skill(o, c.Needs[i].Skill)
	}
	c.Declines = each(there.Declines, func(id string) string { return m.skill(o, id) })
	c.Networks = each(there.Networks, func(id string) string { return m.networkHere(o, id) })
	c.Sectors = each(there.Sectors, func(id string) string { return m.sector(o, id) })
	return &c
}

// each maps ids and keeps each once.
func each(ids []string, of func(string) string) []string {
	var out []string
	for _, id := range ids {
		if here := of(id); here != "" && !slices.Contains(out, here) {
			out = append(out, here)
		}
	}
	return out
}

// skill returns the id here of a skill of another directory. One that is not known here is taken along by its name
// alone: words by which a skill is found are for those who keep a directory to choose.
func (m *merger) skill(o Other, id string) string {
	s := o.Skill(id)
	if s == nil {
		return id // no sound directory lacks one
	}
	if m.skills[id] != nil { // though it may have been replaced over there
		return id
	}
	if m.skills[s.ID] == nil {
		category := s.Category
		if !m.categories[category] && m.categories["technology"] {
			category = "technology"
		}
		taken := &directory.Skill{ID: s.ID, Category: category, Label: s.Label}
		m.skills[s.ID] = taken
		m.merged.Skills = append(m.merged.Skills, taken)
	}
	return s.ID
}

// networkHere returns the id here of a network. Two are the same where their websites are.
func (m *merger) networkHere(o Other, id string) string {
	i := slices.IndexFunc(o.Networks, func(n *directory.Network) bool { return n.ID == id })
	if i < 0 {
		return ""
	}
	there := o.Networks[i]
	for _, here := range []string{id, id + "-" + o.Source.ID} {
		known := m.network[here]
		if known == nil {
			taken := *there
			taken.ID = here
			m.network[here] = &taken
			m.merged.Networks = append(m.merged.Networks, &taken)
			return here
		}
		if sameHost(known.Website, there.Website) {
			return here
		}
	}
	return ""
}

func sameHost(a, b string) bool {
	hosts := [2]string{}
	for i, address := range []string{a, b} {
		u, err := url.Parse(address)
		if err != nil {
			return a == b
		}
		hosts[i] = strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	}
	return hosts[0] == hosts[1]
}

func (m *merger) sector(o Other, id string) string {
	if m.sectors[id] {
		return id
	}
	i := slices.IndexFunc(o.Sectors, func(s *directory.Sector) bool { return s.ID == id })
	if i < 0 {
		return ""
	}
	m.sectors[id] = true
	m.merged.Sectors = append(m.merged.Sectors, o.Sectors[i])
	return id
}

// finish puts everything in its order.
func (m *merger) finish() *directory.Directory {
	slices.SortFunc(m.merged.Coops, func(a, b *directory.Coop) int { return cmp.Compare(a.Slug, b.Slug) })
	slices.SortFunc(m.merged.Skills, func(a, b *directory.Skill) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(m.merged.Networks, func(a, b *directory.Network) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(m.merged.Sectors, func(a, b *directory.Sector) int { return cmp.Compare(a.ID, b.ID) })
	return &m.merged
}
