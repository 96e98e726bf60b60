package check

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"coops/internal/directory"
	"coops/internal/world"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the candidate that is so like what was written that it was probably meant: at most
// one slip in three letters. Candidates in order decide between equals. "" means none is near.
func Nearest(written string, candidates []string) string {
	written = world.Fold(written)
	length := utf8.RuneCountInString(written)
	best, least := "", max(1, length/3)+1
	for _, c := range candidates {
		folded := world.Fold(c)
		if apart := utf8.RuneCountInString(folded) - length; max(apart, -apart) >= least {
			continue // so many letters are to be added or taken away at least
		}
		if d := levenshtein.ComputeDistance(written, folded); d < least {
			best, least = c, d
		}
	}
	return best
}

// nearest is Nearest for as much of a file as somebody would mend by hand: a hostile one has thousands of values that
// are near to nothing.
func (f *file) nearest(written string, candidates []string) string {
	const most = 500_000 // about 100 unknown skills, or 10,000 unknown keys
	if f.compared += len(candidates); f.compared > most {
		return ""
	}
	return Nearest(written, candidates)
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
func (p spot) suggestSkill(written string) string {
	called := p.set.calledSo()
	if id := called(written); id != "" {
		return id
	}
	return called(p.nearest(written, p.set.words()))
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
