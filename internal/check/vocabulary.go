package check

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"coops/internal/directory"
	"coops/internal/problem"
	"coops/internal/world"
)

// promoteAt is how many co-ops name the same other skill before it is proposed for the vocabulary.
const promoteAt = 3

// checkVocabulary holds the skills against each other. Technologies keep their English names
// everywhere, so nothing of theirs is missing in other languages.
func (s *set) checkVocabulary() {
	s.checkSkillCircles("part_of", func(skill *directory.Skill) string { return skill.PartOf })
	s.checkSkillCircles("alias_of", func(skill *directory.Skill) string { return skill.AliasOf })
	meaning := map[string]string{} // language and folded word -> skill
	for _, id := range s.ids["skills"] {
		skill, f := s.skills[id], s.bySkill[id]
		if skill.AliasOf != "" {
			continue
		}
		s.checkTranslations(f, skill)
		for _, in := range sortedLanguages(skill) {
			for i, word := range append([]string{skill.Label[in]}, skill.Synonyms[in]...) {
				key := in + " " + world.Fold(word)
				other, twice := meaning[key]
				if !twice || word == "" {
					meaning[key] = id
				} else if other != id {
					pointer := "/" + id + "/label/" + in
					if i > 0 {
						pointer = item("/"+id+"/synonyms/"+in, i-1)
					}
					f.report(problem.SynonymTwice, f.doc.Position(pointer), problem.Say("synonym-twice", "found", short(word), "other", other, "language", languageName(in)))
				}
			}
		}
	}
}

// checkTwice reports two networks with one name or website, and two sectors with one label in a language: nobody can tell which to choose.
func (s *set) checkTwice() {
	for _, f := range s.files {
		seen := map[string]string{} // what stands where in an entry, as it is compared -> the entry
		check := func(id, pointer, found, compared string) {
			key := pointer + " " + compared
			if other, twice := seen[key]; twice {
				f.report(problem.EntryTwice, f.doc.Position("/"+id+pointer), problem.Say("entry-twice", "found", short(found), "other", other))
			} else if compared != "" {
				seen[key] = id
			}
		}
		switch v := f.value.(type) {
		case map[string]*directory.Network:
			for _, id := range slices.Sorted(maps.Keys(v)) {
				if v[id] != nil {
					check(id, "/name", v[id].Name, world.Fold(v[id].Name))
					check(id, "/website", v[id].Website, page(v[id].Website))
				}
			}
		case map[string]*directory.Sector:
			for _, id := range slices.Sorted(maps.Keys(v)) {
				if v[id] == nil {
					continue
				}
				for _, in := range v[id].Label.Languages() {
					check(id, "/label/"+in, v[id].Label[in], world.Fold(v[id].Label[in]))
				}
			}
		}
	}
}

// page returns a web address as it is compared: several networks may have a page at one host.
func page(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.Path, "/")
}

// checkSkillCircles reports skills that lead to themselves by a key, once for each circle.
func (s *set) checkSkillCircles(key string, next func(*directory.Skill) string) {
	seen := map[string]string{} // skill -> the one from which the way led past it
	for _, id := range s.ids["skills"] {
		var path []string
		at := id
		for s.skills[at] != nil && seen[at] == "" {
			seen[at] = id
			path = append(path, at)
			at = next(s.skills[at])
		}
		if seen[at] == id {
			circle := append(path[slices.Index(path, at):], at)
			s.bySkill[at].report(problem.SkillCircle, s.bySkill[at].doc.Position("/"+at+"/"+key), problem.Say("skill-circle", "key", key, "path", short(strings.Join(circle, " → "))))
		}
	}
}

func sortedLanguages(skill *directory.Skill) []string {
	languages := skill.Label.Languages()
	for in := range skill.Synonyms {
		if !slices.Contains(languages, in) {
			languages = append(languages, in)
		}
	}
	slices.Sort(languages)
	return languages
}

// checkTranslations reports a label or an ask that is missing in a language of the messages, which are
// those of the site.
func (s *set) checkTranslations(f *file, skill *directory.Skill) {
	report := func(key string, texts directory.Text) {
		var missing []string
		for _, in := range problem.Languages {
			if texts[in] == "" {
				missing = append(missing, in)
			}
		}
		if len(missing) > 0 {
			f.report(problem.MissingTranslation, f.doc.KeyPosition("/"+skill.ID+"/"+key),
				problem.Say("missing-translation", "key", key, "skill", skill.ID, "languages", strings.Join(missing, ", ")))
		}
	}
	report("label", skill.Label)
	if len(skill.Asks) > 0 {
		report("asks", skill.Asks)
	}
}

// checkOtherSkills looks at the skills that profiles name in words of their own: one that the
// vocabulary has, and one that so many name that it could have it.
func (s *set) checkOtherSkills() {
	type use struct {
		f       *file
		pointer string
		text    string
	}
	uses := map[string][]use{}
	var order []string
	for _, f := range s.files {
		c, ok := f.value.(*directory.Coop)
		if !ok {
			continue
		}
		for i, u := range c.Skills {
			if u.Other == "" {
				continue
			}
			pointer := item("/skills", i) + "/other"
			if id := s.calledSo()(u.Other); id != "" {
				f.report(problem.KnownSkill, f.doc.Position(pointer), problem.Say("known-skill", "found", short(u.Other), "right", id))
				continue
			}
			key := world.Fold(u.Other)
			if uses[key] == nil {
				order = append(order, key)
			}
			uses[key] = append(uses[key], use{f, pointer, u.Other})
		}
	}
	for _, key := range order {
		all := uses[key]
		if len(all) < promoteAt {
			continue
		}
		var files []string
		for _, u := range all {
			files = append(files, u.f.id)
		}
		first := all[0]
		first.f.report(problem.NewSkill, first.f.doc.Position(first.pointer),
			problem.Say("new-skill", "count", fmt.Sprint(len(all)), "found", short(first.text), "files", strings.Join(files, ", ")))
	}
}
