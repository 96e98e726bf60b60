package site

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestWord is how many letters of a word are looked at, typed or written.
const longestWord = 40

// What the words of a text are is said twice: here for what is looked through, and in
// assets/js/search/fold.js for what is typed. testdata/words.json holds both to the same.
var (
	letters    = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss", "ø", "o", "ł", "l", "đ", "d", "ı", "i", "’", "'", "ʼ", "'", "`", "'")
	iHave      = regexp.MustCompile(`j'ai\b`)
	dotNet     = regexp.MustCompile(`\.net\b`)
	dotJS      = regexp.MustCompile(`\.js\b`)
	elision    = regexp.MustCompile(`(^|[^\p{L}\p{N}])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(\p{L})`)
	possessive = regexp.MustCompile(`'(?:s|t|d|m|re|ve|ll)([^\p{L}\p{N}]|$)`)
	hyphened   = regexp.MustCompile(`(^|[^\p{L}\p{N}])(e|co|re|wi)-(\p{L})`)
)

// fold returns a text in lower case and without accents.
func fold(text string) string {
	text = strings.ToLower(text)
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			text = norm.NFKD.String(text)
			text = strings.Map(func(r rune) rune {
				if r >= utf8.RuneSelf && unicode.Is(unicode.M, r) {
					return -1
				}
				return r
			}, text)
			break
		}
	}
	return letters.Replace(text)
}

// wordsOf returns the words of a text, folded, in order: elisions and possessives lose their small part,
// e-mail and email are one word, and C++, C#, .NET and Node.js stay what they are.
func wordsOf(text string) []string {
	plain := fold(text)
	if strings.Contains(plain, ".") {
		plain = dotJS.ReplaceAllString(dotNet.ReplaceAllString(plain, " dotnet "), "js ")
	}
	if strings.Contains(plain, "'") {
		plain = iHave.ReplaceAllString(plain, " ")
		plain = elision.ReplaceAllString(plain, "$1$2")
		plain = possessive.ReplaceAllString(plain, "$1")
	}
	if strings.Contains(plain, "-") {
		plain = hyphened.ReplaceAllString(plain, "$1$2$3")
	}
	var all []string
	for start := 0; start < len(plain); {
		r, size := utf8.DecodeRuneInString(plain[start:])
		if !isLetter(r) {
			start += size
			continue
		}
		end := start
		for end < len(plain) {
			r, size := utf8.DecodeRuneInString(plain[end:])
			if !isLetter(r) {
				break
			}
			end += size
		}
		switch {
		case strings.HasPrefix(plain[end:], "++"):
			end += 2
		case strings.HasPrefix(plain[end:], "#"):
			end++
		}
		all = append(all, cut(plain[start:end]))
		start = end
	}
	return all
}

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// cut returns the beginning of a word that is looked at.
func cut(word string) string {
	if len(word) <= longestWord {
		return word
	}
	if all := []rune(word); len(all) > longestWord {
		return string(all[:longestWord])
	}
	return word
}
