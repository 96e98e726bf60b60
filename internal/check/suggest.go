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

// SkillsCalled returns a function that finds the skill that people call so in any of the vocabulary's
// languages, or whose id it is, whatever the case and accents: its id, or that of the one in its place,
// or "". It may be called from many goroutines.
func SkillsCalled(skills []*directory.Skill) func(written string) string {
	byID := make(map[string]*directory.Skill, len(skills))
	for _, s := range skills {
		byID[s.ID] = s
	}
	return calledSo(skillWords(byID))
}

func calledSo(words []skillWord) func(written string) string {
	ids := make(map[string]string, len(words))
	for _, w := range words {
		if ids[w.word] == "" {
			ids[w.word] = w.id
		}
	}
	return func(written string) string {
		folded := world.Fold(written)
		return cmp.Or(ids[folded], ids[strings.ReplaceAll(folded, "-", " ")])
	}
}

// suggestSkill returns the id of the skill that was probably meant: one that people call so in any of
// the vocabulary's languages, or one that is written almost so.
func (s *set) suggestSkill(written string) string {
	if id := s.calledSo()(written); id != "" {
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

// letters are those that folding leaves as they are, as they are written without them.
var letters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i", "'", "", "’", "")

// Slug returns the id nearest to a name, or "" where the name has no letters for one: those of other
// scripts are nobody's to spell but the co-op's.
func Slug(name string) string {
	const most = 80
	s := strings.Trim(notSlug.ReplaceAllString(letters.Replace(world.Fold(name)), "-"), "-")
	return strings.Trim(s[:min(len(s), most)], "-")
}

func suggestSlug(name string) string { return cmp.Or(Slug(name), "my-coop") }
