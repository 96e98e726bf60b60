package check

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"coops/internal/directory"
	"coops/internal/world"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the candidate that is so like what was written that it was probably meant: at most
// one slip in three letters. Candidates in order decide between equals. "" means none is near.
func Nearest(written string, candidates []string) string {
	written = world.Fold(written)
	best, least := "", max(1, len([]rune(written))/3)+1
	for _, c := range candidates {
		if d := levenshtein.ComputeDistance(written, world.Fold(c)); d < least {
			best, least = c, d
		}
	}
	return best
}

// skillWord is a word or phrase that people use for a skill, folded.
type skillWord struct{ word, id string }

// skillWords returns the words for all skills, in alphabetical order.
func skillWords(skills map[string]*directory.Skill) []skillWord {
	var words []skillWord
	for _, s := range skills {
		id := s.ID
		if s.AliasOf != "" {
			id = s.AliasOf
		}
		words = append(words, skillWord{s.ID, id})
		for _, label := range s.Label {
			words = append(words, skillWord{world.Fold(label), id})
		}
		for _, synonyms := range s.Synonyms {
			for _, synonym := range synonyms {
				words = append(words, skillWord{world.Fold(synonym), id})
			}
		}
	}
	slices.SortFunc(words, func(a, b skillWord) int {
		return cmp.Or(strings.Compare(a.word, b.word), strings.Compare(a.id, b.id))
	})
	return words
}

// calledSo returns the id of the skill that people call so, whatever the case and accents, or "".
func (s *set) calledSo(written string) string {
	folded := world.Fold(written)
	spaced := strings.ReplaceAll(folded, "-", " ")
	for _, w := range s.wordsFor() {
		if w.word == folded || w.word == spaced {
			return w.id
		}
	}
	return ""
}

// suggestSkill returns the id of the skill that was probably meant: one that people call so in any of
// the vocabulary's languages, or one that is written almost so.
func (s *set) suggestSkill(written string) string {
	if id := s.calledSo(written); id != "" {
		return id
	}
	words := make([]string, len(s.wordsFor()))
	for i, w := range s.wordsFor() {
		words[i] = w.word
	}
	if near := Nearest(written, words); near != "" {
		for _, w := range s.wordsFor() {
			if w.word == near {
				return w.id
			}
		}
	}
	return ""
}

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// suggestSlug returns the id nearest to a name.
func suggestSlug(name string) string {
	s := strings.Trim(notSlug.ReplaceAllString(world.Fold(name), "-"), "-")
	if s == "" {
		return "my-coop"
	}
	return s
}
