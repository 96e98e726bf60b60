package site

import (
	"slices"
	"strings"
	"unicode"

	"coops/internal/directory"
	"coops/internal/world"
)

// searchData is search.<language>.json: slim records that the search in the browser works on. Ids are
// named by their index in the lists above the records; what is empty is left out, to keep it small.
type searchData struct {
	Version   int          `json:"version"`
	Language  string       `json:"language"`
	Skills    []skillTerm  `json:"skills"`
	Countries []term       `json:"countries"`
	Languages []term       `json:"languages"`
	Networks  []term       `json:"networks"`
	Sectors   []term       `json:"sectors"`
	Coops     []searchCoop `json:"coops"`
}

// skillTerm is a skill with the words by which it is found.
type skillTerm struct {
	ID       string   `json:"id"`
	Label    string   `json:"label"`
	Category string   `json:"category"`
	Names    []string `json:"names"`          // synonyms in the language
	Ask      string   `json:"ask,omitempty"`  // telling words of the ask in the language, folded
	Also     string   `json:"also,omitempty"` // words of the other languages, folded, each once
}

type searchCoop struct {
	Slug         string   `json:"slug"`
	Name         string   `json:"name"`
	Mark         [3]any   `json:"mark"` // initials, tint, shape
	Logo         string   `json:"logo,omitempty"`
	Place        string   `json:"place,omitempty"` // the main one, without its country
	Summary      string   `json:"summary,omitempty"`
	SummaryIn    string   `json:"lang,omitempty"` // the summary's language, where it is not the reader's
	Former       []string `json:"former,omitempty"`
	Does         []int    `json:"does,omitempty"`
	Other        []string `json:"other,omitempty"`
	Teaches      []int    `json:"teaches,omitempty"`
	Needs        []int    `json:"needs,omitempty"`
	Countries    []int    `json:"countries,omitempty"`
	Languages    []int    `json:"languages,omitempty"`
	Networks     []int    `json:"networks,omitempty"`
	Sectors      []int    `json:"sectors,omitempty"`
	Availability string   `json:"availability,omitempty"`
	Status       string   `json:"status,omitempty"` // empty: active
	Coop         int      `json:"coop,omitempty"`   // 1: listed by the co-op itself
	Remote       int      `json:"remote,omitempty"` // 1: works at a distance
}

// numbered hands out the indexes of ids, in the order in which they are first asked for.
type numbered struct {
	index map[string]int
	terms []term
	label func(string) string
}

func newNumbered(label func(string) string) *numbered {
	return &numbered{map[string]int{}, []term{}, label}
}

func (n *numbered) of(ids []string) []int {
	var out []int
	for _, id := range ids {
		i, ok := n.index[id]
		if !ok {
			i = len(n.terms)
			n.index[id] = i
			n.terms = append(n.terms, term{id, n.label(id)})
		}
		out = append(out, i)
	}
	return out
}

// search makes the records of one language. words holds the vocabulary's words in all of them.
func (v *view) search(words *vocabulary) searchData {
	data := searchData{Version: 1, Language: v.in, Skills: []skillTerm{}, Coops: []searchCoop{}}
	number := map[string]int{}
	for _, s := range v.Skills {
		if s.AliasOf != "" {
			continue
		}
		number[s.ID] = len(data.Skills)
		ask, also := words.of(s, v.in)
		data.Skills = append(data.Skills, skillTerm{s.ID, v.skillLabel(s.ID), s.Category, synonyms(s, v.in), ask, also})
	}
	numbers := func(ids []string) []int {
		var out []int
		for _, id := range ids {
			out = append(out, number[id])
		}
		return out
	}
	countries := newNumbered(func(code string) string { return world.CountryName(code, v.in) })
	languages := newNumbered(func(code string) string { return world.LanguageName(code, v.in) })
	networks := newNumbered(func(id string) string { return v.networkTerm(id).Label })
	sectors := newNumbered(func(id string) string { return v.sectorTerm(id).Label })
	for _, slug := range v.names(v.Coops) {
		c, k := v.bySlug[slug], v.cards[slug]
		r := searchCoop{
			Slug: slug, Name: c.Name, Mark: [3]any{k.Mark.Initials, k.Mark.Tint, k.Mark.Shape}, Logo: k.Logo, Place: mainPlace(c),
			Former: c.FormerNames, Availability: c.Availability,
			Does:      numbers(v.skillsOf(c)),
			Teaches:   numbers(unique(c.Teaches, func(o directory.Offer) string { return v.current(o.Skill) })),
			Needs:     numbers(unique(c.Needs, func(n directory.Need) string { return v.current(n.Skill) })),
			Other:     unique(c.Skills, func(u directory.SkillUse) string { return u.Other }),
			Countries: countries.of(c.Countries()), Languages: languages.of(c.Languages),
			Networks: networks.of(c.Networks), Sectors: sectors.of(c.Sectors),
		}
		if k.Summary != nil {
			r.Summary = k.Summary.Text
			if k.Summary.Language != v.in {
				r.SummaryIn = k.Summary.Language
			}
		}
		if c.Status != "active" {
			r.Status = c.Status
		}
		if !c.Unconfirmed() {
			r.Coop = 1
		}
		if k.Remote {
			r.Remote = 1
		}
		data.Coops = append(data.Coops, r)
	}
	data.Countries, data.Languages, data.Networks, data.Sectors = countries.terms, languages.terms, networks.terms, sectors.terms
	return data
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
	spread    map[string]map[string]int      // language -> word -> how many asks it stands in
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
			w.asks[in][s.ID] = unique(foldedWords(s.Asks[in]), func(w string) string { return w })
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
