package problem

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// Markdown says a message as Markdown in which what fills its blanks can be nothing but text: it stands in a
// code span, where no reader of Markdown sees a link, a mention, a heading or a tag.
func (s *Speaker) Markdown(m Message) string {
	return s.MarkUp(m, func(value any, inCode bool) string {
		text := fmt.Sprint(value)
		if inCode { // the message has its own
			return strings.ReplaceAll(onOneLine(text), "`", "'")
		}
		return Code(text)
	})
}

// MarkUp says a message with what fills its blanks written by write, which is told whether the message has
// the blank in a code span of its own. Numbers and texts of the program's own are as Say says them.
func (s *Speaker) MarkUp(m Message, write func(value any, inCode bool) string) string {
	var filled []any
	said := s.Say(s.marked(m, &filled))
	var b strings.Builder
	inCode := false
	for _, r := range said {
		n := int(r - firstMark)
		switch {
		case r == '`':
			inCode = !inCode
			b.WriteRune(r)
		case n < 0 || n >= len(filled):
			b.WriteRune(r)
		default:
			b.WriteString(write(filled[n], inCode))
		}
	}
	return b.String()
}

// firstMark is the first of the characters that stand for what fills a blank. Nobody's text has them: it is put
// in for them afterwards.
const firstMark = '\ue000'

// marked returns the message with a mark in place of everything that fills a blank of it, and puts that
// into filled.
func (s *Speaker) marked(m Message, filled *[]any) Message {
	mark := func(value any) string {
		*filled = append(*filled, value)
		return string(firstMark + rune(len(*filled)-1))
	}
	if m.ID == verbatim {
		if m.Args[theirs] == true {
			return Verbatim(map[string]string{"en": mark(s.Say(m))})
		}
		return m // our own
	}
	each := func(messages []Message) []Message {
		all := make([]Message, len(messages))
		for i, m := range messages {
			all[i] = s.marked(m, filled)
		}
		return all
	}
	args := make(map[string]any, len(m.Args))
	for name, value := range m.Args {
		switch value := value.(type) {
		case int:
			args[name] = value // it may choose between singular and plural
		case Message:
			args[name] = s.marked(value, filled)
		case []Message:
			args[name] = each(value)
		case List:
			args[name] = List(each(value))
		default:
			args[name] = mark(value)
		}
	}
	return Message{ID: m.ID, Args: args}
}

// Code returns a text as a code span of Markdown, on one line. An empty text stays empty.
func Code(text string) string {
	text = onOneLine(text)
	if text == "" {
		return ""
	}
	fence := strings.Repeat("`", longestRun(text, '`')+1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return fence + text + fence
}

// CodeBlock returns lines of text as a fenced block of Markdown that nothing in them can end.
func CodeBlock(language, text string) string {
	fence := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	return fence + language + "\n" + strings.TrimRight(text, "\n") + "\n" + fence + "\n"
}

func longestRun(text string, of rune) int {
	longest, run := 0, 0
	for _, r := range text {
		if run++; r != of {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

func onOneLine(text string) string { return strings.Join(strings.Fields(Visible(text)), " ") }

// Text returns a text as Markdown, or HTML between tags, that shows it on one line and does nothing else. Readers
// of Markdown see no mark in it, and what a forge looks for in the text that comes of it (mentions, numbers of
// issues, addresses, commits, emoji, formulas) is broken by zero-width spaces; the text has none of its own,
// as Visible took care.
func Text(text string) string {
	text = onOneLine(strings.ReplaceAll(strings.TrimSpace(text), "\n", " ⏎ "))
	var b strings.Builder
	breaks := breaksOf(text)
	for i, r := range text {
		if breaks[i] {
			b.WriteString(zeroWidth)
		}
		switch {
		case strings.ContainsRune("&<>\"\\`*_~[]|", r),
			i == 0 && strings.ContainsRune("-+=:", r),                 // a list, a rule, a table
			strings.ContainsRune(".)", r) && isNumber(text[:i]),       // a numbered list
			r == ':' && strings.HasPrefix(text[i:], "://"),            // an address
			r == '.' && strings.EqualFold(text[max(0, i-3):i], "www"): // another
			fmt.Fprintf(&b, "&#%d;", r)
		case r == '@', r == '#': // a mention, an e-mail address, the number of an issue, whatever comes next
			fmt.Fprintf(&b, "&#%d;%s", r, zeroWidth)
		case r == '$': // as GitHub says to write one that begins no formula
			b.WriteString("<span>$</span>")
		default:
			b.WriteRune(r)
		}
	}
	if strings.ContainsFunc(text, rightToLeft) { // so that it does not turn round what stands beside it
		return "&#8296;" + b.String() + "&#8297;"
	}
	return b.String()
}

const zeroWidth = "&#8203;"

// What forges find in a text. The break comes before the second group.
var found = []*regexp.Regexp{
	regexp.MustCompile(`(:)(//)`),                        // an address
	regexp.MustCompile(`(?i)(www)(\.)`),                  // another
	regexp.MustCompile(`(:)([A-Za-z0-9_+-]+(?::|$))`),    // an emoji, or one with the colon that comes next
	regexp.MustCompile(`(?i)([a-z]-)([0-9])`),            // GH-1, and what a repository has made links of
	regexp.MustCompile(`(?i)\b(ghsa)(-)`),                // an advisory
	regexp.MustCompile(`(?i)([0-9a-f]{4})([0-9a-f]{3})`), // a commit
	regexp.MustCompile(`(?i)(mailto|xmpp)(:)`),           // addresses of other kinds
}

// breaksOf returns where, by bytes, a text is broken.
func breaksOf(text string) map[int]bool {
	breaks := map[int]bool{}
	for _, pattern := range found {
		for from := 0; ; {
			m := pattern.FindStringSubmatchIndex(text[from:])
			if m == nil {
				break
			}
			breaks[from+m[4]] = true
			from += m[4] // what begins in the rest may be one, too
		}
	}
	return breaks
}

func isNumber(text string) bool {
	return text != "" && len(text) < 10 && strings.Trim(text, "0123456789") == ""
}

// Visible returns a text with what cannot be seen, or turns the order of reading, shown by its code: ⟨U+202E⟩.
// What is no UTF-8 becomes �. Line ends stay, and so do joiners between letters of scripts that
// are written with them, and in emoji.
func Visible(text string) string {
	if !strings.ContainsFunc(text, suspect) {
		return text
	}
	var b strings.Builder
	marks, before := 0, rune(0)
	for _, r := range text { // bytes that are no UTF-8 come as U+FFFD
		if marks++; !unicode.Is(unicode.Mn, r) {
			marks = 0
		}
		switch {
		case r == '\u200c' || r == '\u200d':
			if before < 0x0590 { // Latin, Greek, Cyrillic, signs
				fmt.Fprintf(&b, "⟨U+%04X⟩", r)
			} else {
				b.WriteRune(r)
			}
		case hidden(r), marks > mostMarks:
			fmt.Fprintf(&b, "⟨U+%04X⟩", r)
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

// mostMarks is how many signs may stand above and below one letter: no script needs more.
const mostMarks = 4

func suspect(r rune) bool {
	return r == unicode.ReplacementChar || hidden(r) || unicode.Is(unicode.Mn, r) || r == '\u200c' || r == '\u200d'
}

// hidden tells whether a character cannot be seen or moves others. Line ends, tabs and joiners are no such ones.
func hidden(r rune) bool {
	switch {
	case r == '\n', r == '\r', r == '\t', r == '\u200c', r == '\u200d':
		return false
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs):
		return true
	case unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) && r != '\ufe0f': // the one that makes emoji
		return true
	}
	return r == '\u2800' // a blank of Braille
}

func rightToLeft(r rune) bool {
	return r >= 0x0590 && r <= 0x08ff || r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfeff || r >= 0x10800 && r <= 0x10fff || r >= 0x1e800 && r <= 0x1efff
}
