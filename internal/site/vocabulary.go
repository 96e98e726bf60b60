package site

import (
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"coops/internal/directory"
)

// vocabularyFile is vocabulary.json: the skills, in the order of the columns, with the names by which
// readers of one language find them. Their labels are in terms.txt. Of each: 1 where it is a technology and
// 0 else, how many words of that language are told of it, and its synonyms as written says them, for the page to
// look up and not to show.
type vocabularyFile struct {
	Skills [][]any `json:"skills"`
}

// toldOf is of which skills a word is told, by their numbers: in the reader's language, and in others.
type toldOf struct{ own, others []int }

// files makes what the page fetches to understand a reader of v's language, who says some words without a meaning: names,
// and the words that are told of a need or stand in another language, each with its skills.
func (w *vocabulary) files(ids []string, v *view, filler map[string]bool) (names vocabularyFile, told map[string]toldOf) {
	names.Skills, told = [][]any{}, map[string]toldOf{}
	for number, id := range ids {
		isTechnology, ask, also, synonyms := w.row(id, v)
		asks := slices.DeleteFunc(strings.Fields(ask), func(word string) bool { return filler[word] })
		names.Skills = append(names.Skills, append([]any{isTechnology, len(asks)}, synonyms...))
		for _, word := range asks {
			of := told[word]
			of.own = append(of.own, number)
			told[word] = of
		}
		for _, word := range strings.Fields(also) {
			of := told[word]
			of.others = append(of.others, number)
			told[word] = of
		}
	}
	return names, told
}

// row returns what readers of v's language find a skill by, besides its label: whether it is a technology, 1 or 0, the telling
// words of its ask, the words of the other languages, and its synonyms as written says them.
func (w *vocabulary) row(id string, v *view) (isTechnology int, ask, also string, names []any) {
	s := v.Skill(id)
	if s.Category == technologies {
		isTechnology = 1
	}
	ask, also = w.of(s, v.in)
	for _, name := range synonyms(s, v.in) {
		if words := written(name); words != "" {
			names = append(names, words)
		}
	}
	return isTechnology, ask, also, names
}

// toldBlocks writes words with the characters of the skills that they are told of: those in the reader's language, and
// after another tab those in others.
func toldBlocks(told map[string]toldOf) (files []string, starts []string) {
	return inBlocks("told", toldSize, 2, told, func(b *strings.Builder, of toldOf) {
		list := func(skills []int) {
			b.WriteByte('\t')
			for _, number := range skills {
				b.WriteRune(character(number))
			}
		}
		list(of.own)
		if len(of.others) > 0 {
			list(of.others)
		}
	})
}

// fillerOf returns the words, folded, that say nothing in a language, as the first of the folders has them that knows the
// language; none where nobody does. The page's script has them from the same file.
func fillerOf(in string, assets ...fs.FS) (map[string]bool, error) {
	filler := map[string]bool{}
	for _, folder := range assets {
		data, err := fs.ReadFile(folder, "js/understand/filler/"+in+".json")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		var lines []string
		if err == nil {
			err = json.Unmarshal(data, &lines)
		}
		for _, word := range strings.Fields(strings.Join(lines, " ")) {
			filler[word] = true
		}
		return filler, err
	}
	return filler, nil
}

// technologies is the category of skills whose short names must be typed as they are.
const technologies = "technology"

// written returns a name as its words, folded, with those in capitals that are written so beside others: the IT of
// "IT support" is no "it". To fold is most of the work, and the page has a slower processor than the build.
func written(name string) string {
	all := wordsOf(name)
	if name != strings.ToUpper(name) {
		for _, part := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			for i, word := range all {
				if isAcronym(part) && word == strings.ToLower(part) {
					all[i] = part
				}
			}
		}
	}
	return strings.Join(all, " ")
}

// isAcronym tells whether a word is two or three capitals.
func isAcronym(word string) bool {
	letters := utf8.RuneCountInString(word)
	return letters >= 2 && letters <= 3 && !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsUpper(r) })
}

// synonyms returns the other words for a skill in a language. Where there are none the English ones hold:
// technologies have the same names everywhere. It is never nil.
func synonyms(s *directory.Skill, in string) []string {
	if own := s.Synonyms[in]; len(own) > 0 {
		return own
	}
	return append([]string{}, s.Synonyms["en"]...)
}

// vocabulary is the words of labels, synonyms, asks and clues, folded, per language and skill.
type vocabulary struct {
	languages []string
	names     map[string]map[string][]string // language -> skill -> words of label and synonyms
	asks      map[string]map[string][]string // language -> skill -> words of the ask
	clues     map[string]map[string][]string // language -> skill -> words of the clues
	spread    map[string]map[string]int      // language -> word -> how many asks and clues it stands in
}

// In how many asks and clues of a language a word may stand and still tell skills apart: "we need our
// members to" stands in most of them and says nothing. For readers of another language only the rarer ones
// are kept.
const (
	tellingIn   = 8
	tellingAway = 3
)

func newVocabulary(skills []*directory.Skill) *vocabulary {
	w := &vocabulary{names: map[string]map[string][]string{}, asks: map[string]map[string][]string{}, clues: map[string]map[string][]string{}, spread: map[string]map[string]int{}}
	for _, s := range skills {
		for _, in := range s.Label.Languages() {
			if w.names[in] == nil {
				w.languages = append(w.languages, in)
				w.names[in], w.asks[in], w.clues[in] = map[string][]string{}, map[string][]string{}, map[string][]string{}
				w.spread[in] = map[string]int{}
			}
			w.names[in][s.ID] = allWords(append([]string{s.Label[in]}, synonyms(s, in)...)...)
			w.asks[in][s.ID] = allWords(s.Asks[in])
			w.clues[in][s.ID] = allWords(s.Clues[in]...)
			for _, word := range distinct(append(slices.Clone(w.asks[in][s.ID]), w.clues[in][s.ID]...)) {
				w.spread[in][word]++
			}
		}
	}
	slices.Sort(w.languages)
	return w
}

// telling returns those of the words that have at least so many letters and stand in no more than most
// asks and clues of the language.
func (w *vocabulary) telling(words []string, in string, letters, most int) []string {
	return slices.DeleteFunc(distinct(words), func(word string) bool {
		return len(word) < letters || w.spread[in][word] > most
	})
}

// of returns the telling words of a skill's ask and clues in a language that its names there lack, and the
// words of the other languages that are not near to any of those.
func (w *vocabulary) of(s *directory.Skill, in string) (ask, also string) {
	known := slices.Clone(w.names[in][s.ID])
	asks := unknown(w.telling(w.asks[in][s.ID], in, 4, tellingIn), &known, 0)
	asks = append(asks, unknown(w.telling(w.clues[in][s.ID], in, 2, tellingIn), &known, 0)...)
	var others []string
	for _, other := range w.languages {
		if other != in {
			others = append(others, unknown(w.telling(w.names[other][s.ID], other, 3, len(w.names[other])), &known, 4)...)
			others = append(others, unknown(w.telling(w.asks[other][s.ID], other, 4, tellingAway), &known, 4)...)
		}
	}
	slices.Sort(asks)
	slices.Sort(others)
	return strings.Join(asks, " "), strings.Join(others, " ")
}

// unknown returns the words that are not known yet and makes them known. Where alike is more than 0, words
// that begin with as many letters as a known one does are passed over.
func unknown(words []string, known *[]string, alike int) []string {
	var out []string
	for _, word := range words {
		if slices.Contains(*known, word) {
			continue
		}
		if alike > 0 && len(word) >= alike && slices.ContainsFunc(*known, func(k string) bool { return strings.HasPrefix(k, word[:alike]) }) {
			continue
		}
		*known = append(*known, word)
		out = append(out, word)
	}
	return out
}

// distinct returns the words in order, each once.
func distinct(words []string) []string {
	return unique(words, func(word string) string { return word })
}

// allWords returns the words of texts in order, as the page sees what is typed.
func allWords(texts ...string) []string {
	var words []string
	for _, t := range texts {
		words = append(words, wordsOf(t)...)
	}
	return words
}
