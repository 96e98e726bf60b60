package check

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"coops/internal/problem"
	"coops/internal/world"
	"coops/internal/yamldoc"
	"coops/schema"
)

// The rules for texts that people read, whichever field they stand in.

// isProse tells whether a schema asks for free text: a string without a form of its own.
func isProse(n schema.Node) bool {
	return n.M["type"] == "string" && n.M["pattern"] == nil && n.M["enum"] == nil && n.M["x-rule"] == nil && n.M["x-refers"] == nil
}

var (
	htmlTag     = regexp.MustCompile(`(?i)</?(a|b|i|u|p|br|hr|em|strong|div|span|img|h[1-6]|ul|ol|li|table|script|style|iframe|font|center|svg)(\s[^<>]*)?/?>`)
	emailInText = regexp.MustCompile(`[\pL\pN._%+-]+@[\pL\pN-]+(\.[\pL\pN-]+)*\.\pL{2,}`)
	phoneNumber = regexp.MustCompile(`(\+|\b00)\d[\d ().-]{6,}\d|\(\d{2,5}\)[ -]?\d[\d -]{5,}\d|\b\d{3}[ .-]\d{3}[ .-]\d{4}\b`)
	fillIn      = regexp.MustCompile(`(?i)\b(your co-?op here|your (co-?op|cooperative|company)('s)? name|lorem ipsum|nombre de (tu|su) cooperativa|nom de (ta|votre) coopérative|nome da sua cooperativa)\b`)
	fillInFirst = []string{"your c", "lorem ipsum", "nombre de ", "nom de ", "nome da sua "}   // one of which stands in each, in small letters
	unfinished  = regexp.MustCompile(`(?i)^((TODO|FIXME|TBD|xxx+)\b|<[^<>]+>$|\[[^\[\]]+\]$)`) // one ^, or it is looked for everywhere
	opening     = `“„«‘`
	closing     = `”“»’`
)

func (p spot) prose() {
	text, ok := p.value.(string)
	if !ok || text == "" {
		return
	}
	if trimmed := strings.Trim(text, " \u00a0"); trimmed != text && !strings.Contains(text, "\n") && trimmed != "" {
		p.mended(problem.Space, yamldoc.Quote(trimmed), true, problem.Say("space", "right", yamldoc.Quote(short(trimmed))))
	}
	if inner, ok := smartlyQuoted(text); ok {
		p.mended(problem.SmartQuotes, yamldoc.Quote(inner), true, problem.Say("smart-quotes", "right", yamldoc.Quote(short(inner))))
	}
	if m := match(htmlTag, text, "<"); m != "" {
		p.wrong(problem.HTML, problem.Say("html", "found", short(m)))
	} else if m := placeholder(strings.TrimSpace(text)); m != "" {
		p.wrong(problem.Placeholder, problem.Say("placeholder", "found", short(m)))
	}
	if m := match(emailInText, text, "@"); m != "" {
		p.wrong(problem.EmailInText, problem.Say("email-in-text", "found", short(m)))
	}
	if m := phone(text); m != "" {
		p.wrong(problem.Phone, problem.Say("phone", "found", short(strings.TrimSpace(m))))
	}
	if shouted(text) {
		p.wrong(problem.AllCapitals, problem.Say("all-capitals", "right", short(sentenceCase(text))))
	}
	p.script(text)
}

// placeholder returns what stands in a text to be replaced by its writer, or "".
func placeholder(text string) string {
	if strings.ContainsAny(text[:min(1, len(text))], "TtFfXx<[") {
		if m := unfinished.FindString(text); m != "" {
			return m
		}
	}
	small := strings.ToLower(text)
	if slices.ContainsFunc(fillInFirst, func(words string) bool { return strings.Contains(small, words) }) {
		return fillIn.FindString(text)
	}
	return ""
}

// phone returns the first telephone number in a text, or "". The pattern is slow, and the shortest number has
// seven digits.
func phone(text string) string {
	digits := 0
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			digits++
		}
	}
	if digits < 7 {
		return ""
	}
	return phoneNumber.FindString(text)
}

// match returns the first match in a text; only a text with one of the signs is looked through.
func match(pattern *regexp.Regexp, text, signs string) string {
	if !strings.ContainsAny(text, signs) {
		return ""
	}
	return pattern.FindString(text)
}

// smartlyQuoted returns a text without the curly quotes around the whole of it.
func smartlyQuoted(text string) (inner string, ok bool) {
	first, begin := utf8.DecodeRuneInString(text)
	last, end := utf8.DecodeLastRuneInString(text)
	if len(text) <= begin+end || !strings.ContainsRune(opening, first) || !strings.ContainsRune(closing, last) {
		return "", false
	}
	inner = text[begin : len(text)-end]
	return inner, !strings.ContainsAny(inner, opening+closing)
}

// shouted tells whether a text of several words is in capitals only; a name of a word or two may be.
func shouted(text string) bool {
	upper := 0
	for _, c := range text {
		switch {
		case unicode.IsLower(c):
			return false
		case unicode.IsUpper(c):
			upper++
		}
	}
	return upper >= 12 && len(strings.Fields(text)) >= 3
}

func sentenceCase(text string) string {
	runes := []rune(strings.ToLower(text))
	for i, c := range runes {
		if unicode.IsLetter(c) {
			runes[i] = unicode.ToUpper(c)
			break
		}
	}
	return string(runes)
}

// latin are languages written in Latin letters that directories of co-ops meet; of a language that is
// in neither list nothing is said.
var (
	latin    = strings.Fields("en es fr pt de it nl ca eu gl sv da nb nn no fi pl cs sk sl hr hu ro tr id ms vi sw qu gn ay eo cy ga lt lv et is")
	cyrillic = strings.Fields("ru uk bg be mk")
)

// script reports a text most of whose letters are not those of the language it is said to be in. The
// language is the text's key.
func (p spot) script(text string) {
	in := lastName(p.pointer)
	base, _, _ := strings.Cut(in, "-")
	var table *unicode.RangeTable
	switch {
	case slices.Contains(latin, base):
		table = unicode.Latin
	case slices.Contains(cyrillic, base):
		table = unicode.Cyrillic
	}
	if table == nil || in != base && !world.IsLanguage(in) {
		return
	}
	letters, own := 0, 0
	for _, c := range text {
		if unicode.IsLetter(c) {
			letters++
			if c < utf8.RuneSelf && table == unicode.Latin || unicode.Is(table, c) {
				own++
			}
		}
	}
	if letters >= 8 && own*2 < letters {
		p.wrong(problem.TextScript, problem.Say("text-script", "language", languageName(in)))
	}
}

// languageName is a language's name, in each language that messages are said in.
func languageName(code string) problem.Message {
	return named(func(in string) string { return world.LanguageName(code, in) })
}

// countryName is a country's name, in each language that messages are said in.
func countryName(code string) problem.Message {
	return named(func(in string) string { return world.CountryName(code, in) })
}

func named(name func(in string) string) problem.Message {
	texts := map[string]string{}
	for _, in := range problem.Languages {
		texts[in] = name(in)
	}
	return problem.Verbatim(texts)
}
