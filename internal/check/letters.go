package check

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"coops/internal/problem"
)

// The rules for the characters of a value, whatever it is: a text, an address, an id, a key, the name of a file.

// invisible reports a value that holds a character that is Hidden.
func (p spot) invisible() {
	if c, found := hidden(p.text()); found {
		p.wrong(problem.Invisible, problem.Say("invisible", "code", codePoint(c)))
	}
}

// hiddenInName reports a file whose name holds such a character.
func hiddenInName(place string) []problem.Problem {
	if c, found := hidden(place); found {
		return []problem.Problem{wholeFile(problem.Invisible, place, problem.Say("invisible.name", "code", codePoint(c)))}
	}
	return nil
}

// hidden finds a character that is Hidden.
func hidden(text string) (rune, bool) {
	for _, c := range text {
		if Hidden(c) {
			return c, true
		}
	}
	return 0, false
}

// Hidden tells whether a character cannot be seen and changes how a text reads: bidirectional controls,
// zero-width spaces, soft hyphens, letters that stand for none. The joiners that scripts and emoji need are none.
func Hidden(c rune) bool {
	return c >= 0x202a && c <= 0x202e || c >= 0x2060 && c <= 0x206f || c == 0x200e || c == 0x200f || c == 0x061c ||
		c == 0x200b || c == 0xfeff || c == 0x00ad || c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c >= 0xe0000 && c <= 0xe007f
}

func codePoint(c rune) string { return fmt.Sprintf("U+%04X", c) }

// lookAlike reports a web or e-mail address with a letter in its host that may pass for one of another alphabet.
func (p spot) lookAlike() {
	text := p.text()
	if !strings.ContainsFunc(text, func(c rune) bool { return c > unicode.MaxASCII }) {
		return
	}
	host := hostOf(text)
	labels := strings.Split(host, ".")
	latin := alphabet([]rune(labels[len(labels)-1] + "-")[0]) == "Latin"
	for _, label := range labels {
		if c, found := foreign(label, latin); found {
			p.wrong(problem.LookAlike, problem.Say("look-alike", "found", short(host), "letter", string(c), "code", codePoint(c)))
			return
		}
	}
}

// hostOf returns the host of an address, or "".
func hostOf(address string) string {
	if _, host, isMail := strings.Cut(address, "@"); isMail && !strings.Contains(address, "/") {
		return host
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// likeLatin are the small letters of other alphabets that are taken for Latin ones.
const likeLatin = "асԁеһіјӏорԛѕԝхуѵ" + "αγικνορτυχω" + "աոսցհօզյ"

// foreign finds a letter in a part of a host that stands among those of another alphabet, or, in a host that ends in
// Latin letters, one of a word in which every letter looks Latin and none is. Chinese, Japanese and Korean are written
// with several alphabets, and beside Latin letters.
func foreign(label string, latin bool) (rune, bool) {
	var other rune // the first letter that is not Latin
	alphabets := map[string]bool{}
	alike := true
	for _, c := range strings.ToLower(label) {
		name := alphabet(c)
		if name == "" {
			continue
		}
		alphabets[name] = true
		if name != "Latin" && other == 0 {
			other = c
		}
		alike = alike && strings.ContainsRune(likeLatin, c)
	}
	switch {
	case other == 0:
		return 0, false
	case len(alphabets) == 1:
		return other, alike && latin
	}
	return other, len(alphabets) > 2 || !alphabets["Latin"] || !alphabets["Han"]
}

// alphabet returns the alphabet of a letter, or "" of what is none. Those of Chinese, Japanese and Korean are one.
func alphabet(c rune) string {
	switch {
	case !unicode.IsLetter(c):
		return ""
	case c <= unicode.MaxASCII:
		return "Latin"
	case unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Hangul):
		return "Han"
	}
	for name, table := range unicode.Scripts {
		if name != "Common" && unicode.Is(table, c) {
			return name
		}
	}
	return ""
}
