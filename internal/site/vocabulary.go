package site

import (
	"slices"
	"strings"
	"unicode"

	"coops/internal/directory"
	"coops/internal/world"
)

// vocabularyFile is vocabulary.json: the skills, in the order of the columns, with the words by which
// readers of one language find them.
type vocabularyFile struct {
	Skills []skillTerm `json:"skills"`
}

// othersFile is others.json: of each skill the words of the other languages, folded, each once.
type othersFile struct {
	Also []string `json:"also"`
}

type skillTerm struct {
	ID       string   `json:"id"`
	Label    string   `json:"label"`
	Category string   `json:"category"`
	Names    []string `json:"names"`         // synonyms in the language
	Ask      string   `json:"ask,omitempty"` // telling words of the ask in the language, folded
}

// files makes what the page fetches to understand a reader of v's language.
func (w *vocabulary) files(ids []string, v *view) (own vocabularyFile, others othersFile) {
	own.Skills, others.Also = []skillTerm{}, []string{}
	for _, id := range ids {
		s := v.Skill(id)
		ask, also := w.of(s, v.in)
		own.Skills = append(own.Skills, skillTerm{id, v.skillLabel(id), s.Category, synonyms(s, v.in), ask})
		others.Also = append(others.Also, also)
	}
	return own, others
}

// synonyms returns the other words for a skill in a language. Where there are none the English ones hold:
// technologies have the same names everywhere. It is never nil.
func synonyms(s *directory.Skill, in string) []string {
	if own := s.Synonyms[in]; len(own) > 0 {
		return own
	}
	return append([]string{}, s.Synonyms["en"]...)
}

// vocabulary is the words of labels, synonyms and asks, folded, per language and skill.
type vocabulary struct {
	languages []string
	names     map[string]map[string][]string // language -> skill -> words of label and synonyms
	asks      map[string]map[string][]string // language -> skill -> words of the ask
	spread    map[string]map[string]int      // language -> word -> how many skills ask with it
}

// In how many asks of a language a word may stand and still tell skills apart: "we need our members to"
// stands in most of them and says nothing. For readers of another language only the rarer ones are kept.
const (
	tellingIn   = 8
	tellingAway = 3
)

func newVocabulary(skills []*directory.Skill) *vocabulary {
	w := &vocabulary{names: map[string]map[string][]string{}, asks: map[string]map[string][]string{}, spread: map[string]map[string]int{}}
	for _, s := range skills {
		for _, in := range s.Label.Languages() {
			if w.names[in] == nil {
				w.languages = append(w.languages, in)
				w.names[in], w.asks[in], w.spread[in] = map[string][]string{}, map[string][]string{}, map[string]int{}
			}
			w.names[in][s.ID] = foldedWords(append([]string{s.Label[in]}, synonyms(s, in)...)...)
			w.asks[in][s.ID] = unique(append(foldedWords(s.Asks[in]), foldedWords(s.Clues[in]...)...), func(w string) string { return w })
			for _, word := range w.asks[in][s.ID] {
				w.spread[in][word]++
			}
		}
	}
	slices.Sort(w.languages)
	return w
}

// telling returns the words of an ask that stand in no more than most asks of the language.
func (w *vocabulary) telling(id, in string, most int) []string {
	return unique(w.asks[in][id], func(word string) string {
		if len(word) <= 3 || w.spread[in][word] > most {
			return ""
		}
		return word
	})
}

// of returns the telling words of a skill's ask in a language that its names there lack, and the words
// of the other languages that are not near to any of those.
func (w *vocabulary) of(s *directory.Skill, in string) (ask, also string) {
	known := slices.Clone(w.names[in][s.ID])
	asks := unknown(w.telling(s.ID, in, tellingIn), &known, false)
	var others []string
	for _, other := range w.languages {
		if other != in {
			others = append(others, unknown(w.names[other][s.ID], &known, true)...)
			others = append(others, unknown(w.telling(s.ID, other, tellingAway), &known, true)...)
		}
	}
	slices.Sort(asks)
	slices.Sort(others)
	return strings.Join(asks, " "), strings.Join(others, " ")
}

// unknown returns the words that are not known yet and makes them known. Where near is set, words of
// two letters and words that begin like a known one (prefix search finds those) are passed over.
func unknown(words []string, known *[]string, near bool) []string {
	const alike = 4 // letters
	var out []string
	for _, word := range words {
		if slices.Contains(*known, word) || near && len(word) <= 2 {
			continue
		}
		if near && len(word) >= alike && slices.ContainsFunc(*known, func(k string) bool { return strings.HasPrefix(k, word[:alike]) }) {
			continue
		}
		*known = append(*known, word)
		out = append(out, word)
	}
	return out
}

// foldedWords returns the words of texts in order, lower case and without accents.
func foldedWords(texts ...string) []string {
	var words []string
	for _, t := range texts {
		words = append(words, strings.FieldsFunc(world.Fold(t), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsNumber(r)
		})...)
	}
	return words
}
