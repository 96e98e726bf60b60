package site

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"coops/internal/directory"
)

// The words of the co-ops' own texts, and who says them where. What is named in the columns (countries,
// networks and the like) is not among them: the page knows these words by their labels.

// Where a word can stand, as a set of bits. The page reads the same numbers (assets/js/search/postings.js).
const (
	inText    = 1 << iota // description, products and notes
	inSummary             // in the reader's language, as all texts
	inName
	inPlace
	inOther  // what it does in words that the vocabulary lacks
	isWhole  // the whole name, or a former one, written as one word
	inFormer // former names
)

const (
	levels    = 4     // how much a text around a word says besides: 0 is a word or two
	blockSize = 3_000 // bytes of a block of postings, roughly: what one word has to fetch
	toldSize  = 900   // bytes of a block of words that are told of skills, roughly
)

// posting says that a co-op has a word: key is the set of fields times levels, and the level.
type posting struct{ coop, key int }

var addresses = regexp.MustCompile(`https?://\S+|\S+@\S+`)

// textWords are the words of texts that were already looked at: those without a translation come again
// for each language.
type textWords map[string][]string

func (t textWords) of(text string) []string {
	all, ok := t[text]
	if !ok {
		all = wordsOf(text)
		t[text] = all
	}
	return all
}

// postings returns what each word leads to, in order of the co-ops' numbers.
func (v *view) postings(coops []*directory.Coop) map[string][]posting {
	all := map[string][]posting{}
	known := textWords{}
	fields, lengths := map[string]int{}, map[int]int{}
	for number, c := range coops {
		clear(fields)
		clear(lengths)
		add := func(field int, texts ...string) {
			for _, text := range texts {
				said := known.of(text)
				lengths[field] += len(said)
				for _, word := range said {
					fields[word] |= field
				}
			}
		}
		whole := func(name string) {
			if joined := cut(strings.Join(wordsOf(name), "")); joined != "" {
				fields[joined] |= isWhole
			}
		}
		add(inName, c.Name)
		whole(c.Name)
		for _, former := range c.FormerNames {
			add(inFormer, former)
			whole(former)
		}
		for _, l := range c.Locations {
			add(inPlace, l.Place)
		}
		say := func(t directory.Text) string {
			text, _ := t.In(v.in)
			return text
		}
		for _, u := range c.Skills {
			add(inOther, u.Other)
			add(inText, say(u.Note))
		}
		add(inSummary, say(c.Summary))
		add(inText, addresses.ReplaceAllString(say(c.Description), " "))
		for _, p := range c.Products {
			add(inText, p.Name, say(p.Summary))
		}
		for _, o := range c.Teaches {
			add(inText, say(o.Note))
		}
		for _, n := range c.Needs {
			add(inText, say(n.Note))
		}
		for word, where := range fields {
			all[word] = append(all[word], posting{number, where*levels + level(where, lengths)})
		}
	}
	return all
}

// level tells how many words stand around one, in the shortest of the texts it stands in.
func level(where int, lengths map[int]int) int {
	least := -1
	for field, length := range lengths {
		if where&field != 0 && (least < 0 || length < least) {
			least = length
		}
	}
	switch {
	case least <= 2:
		return 0
	case least <= 8:
		return 1
	case least <= 30:
		return 2
	}
	return 3
}

// blocks writes the words of the co-ops' texts. After tabs comes, for each set of fields, its number and how far the co-ops
// that have it are apart.
func blocks(all map[string][]posting) (files []string, starts []string) {
	return inBlocks("words", blockSize, 0, all, func(b *strings.Builder, list []posting) {
		slices.SortFunc(list, func(a, b posting) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.coop, b.coop)) })
		key, before := -1, -1
		for _, p := range list {
			if p.key != key {
				b.WriteByte('\t')
				writeNumber(b, p.key)
				key, before = p.key, -1
			}
			writeNumber(b, p.coop-before-1)
			before = p.coop
		}
	})
}

// inBlocks writes words in order, a line each, cut into blocks between two words; those that begin with the same letters, so
// many as together says, stay in one. starts says, for each block but the first, the shortest text that
// is not before its first word but after the last of the one before. A line is how many letters the word shares with the one
// above, the rest of it, and what is written about it.
func inBlocks[T any](kind string, size, together int, all map[string]T, write func(b *strings.Builder, of T)) (files []string, starts []string) {
	starts = []string{}
	f, last := newSearchFile(kind, 0), ""
	for _, word := range slices.SortedFunc(maps.Keys(all), asPagesDo) {
		if same := shared(last, word); f.Len() >= size && (together == 0 || same < together) {
			files = append(files, f.end())
			starts = append(starts, string([]rune(word)[:same+1]))
			f, last = newSearchFile(kind, 0), ""
		}
		same := min(shared(last, word), longestWord)
		var b strings.Builder
		b.WriteRune(character(same))
		b.WriteString(string([]rune(word)[same:]))
		write(&b, all[word])
		f.line(b.String())
		last = word
	}
	return append(files, f.end()), starts
}

// shared returns how many letters two words begin with together.
func shared(a, b string) int {
	x, y := []rune(a), []rune(b)
	n := 0
	for n < min(len(x), len(y)) && x[n] == y[n] {
		n++
	}
	return n
}

// asPagesDo compares as JavaScript does, by UTF-16: that is another order than UTF-8's only where there
// is something behind the surrogates.
func asPagesDo(a, b string) int {
	const surrogates = 0xED // the first byte of them in UTF-8, and of nothing before them
	isBehind := func(r byte) bool { return r > surrogates }
	if slices.ContainsFunc([]byte(a), isBehind) || slices.ContainsFunc([]byte(b), isBehind) {
		return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
	}
	return strings.Compare(a, b)
}

// writeNumber writes a number in a way that needs no parting: its last digit is one of 64 characters
// from "!" on, those before it, if any, one of 30 from "a" on.
func writeNumber(b *strings.Builder, n int) {
	const last, before = 64, 30
	var digits []byte
	for high := n / last; high > 0; high /= before {
		digits = append(digits, byte('a'+high%before))
	}
	slices.Reverse(digits)
	b.Write(digits)
	b.WriteByte(byte('!' + n%last))
}
