package yamldoc

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// oneLine writes a string on one line: plain where it means the same to every reader of YAML, 1.1 and
// 1.2, and otherwise in double quotes. always asks for quotes anyhow.
func oneLine(s string, always, inside bool) string {
	if !always && plain(s) && !(inside && strings.Contains(s, ":")) {
		return s
	}
	return doubleQuoted(s)
}

// words of YAML 1.1 or 1.2 that mean something else than they say.
var words = []string{"null", "true", "false", "yes", "no", "on", "off", "y", "n"}

var (
	// numeric is what some reader might take for a number or a time of day: 012, 1e3, 0x1F, 1_000, 12:30.
	numeric = regexp.MustCompile(`^[0-9][0-9A-Fa-f_.,:eExo+-]*$`)
	// day begins a date or time, which means no more than the text it is.
	day = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}($|T)`)
)

// plain tells whether a string needs no quotes, wherever it stands but in brackets.
func plain(s string) bool {
	switch {
	case s == "", !utf8.ValidString(s), strings.ContainsFunc(s, special):
		return false
	case strings.TrimFunc(s, unicode.IsSpace) != s, strings.ContainsAny(s[:1], "-?:&*!|>'\"%@`#~=<.+"):
		return false
	case strings.ContainsAny(s, ",[]{}"), strings.Contains(s, ": "), strings.HasSuffix(s, ":"), strings.Contains(s, " #"), strings.Contains(s, "<<"):
		return false
	case numeric.MatchString(s) && !day.MatchString(s):
		return false
	}
	return !slices.Contains(words, strings.ToLower(s))
}

// special tells whether a character needs an escape: it breaks the line or cannot be seen.
func special(c rune) bool {
	return c < ' ' || c >= 0x7f && c < 0xa0 || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffe || c == 0xffff
}

func doubleQuoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\t':
			b.WriteString(`\t`)
		case special(c):
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// literal returns a text as a | block: the header, and the lines below it. The header is empty where a
// block would not mean the same.
func literal(text string) (header string, lines []string) {
	chomp, ok := chomping(text)
	lines = strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if !ok || !saysBlock("|"+chomp, lines, text) {
		return "", nil
	}
	return "|" + chomp, lines
}

// folded does the same for a text that is folded into these lines.
func folded(text string, lines []string) (string, []string) {
	chomp, ok := chomping(text)
	for chomp != "+" && len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	if !ok || !saysBlock(">"+chomp, lines, text) {
		return "", nil
	}
	return ">" + chomp, lines
}

// chomping returns how a block says what line ends its text has at the end; not ok is a text that a block
// cannot hold.
func chomping(text string) (sign string, ok bool) {
	body := strings.TrimRight(text, "\n")
	if body == "" || strings.ContainsFunc(text, func(c rune) bool { return special(c) && c != '\n' && c != '\t' }) {
		return "", false
	}
	switch len(text) - len(body) {
	case 0:
		return "-", true
	case 1:
		return "", true
	}
	return "+", true
}

// saysBlock tells whether a block is read as that text.
func saysBlock(header string, lines []string, want string) bool {
	var b strings.Builder
	b.WriteString("- " + header + "\n")
	for _, l := range lines {
		if l != "" {
			b.WriteString("  " + l)
		}
		b.WriteByte('\n')
	}
	for _, after := range []string{"", "- x\n"} {
		doc, problems := Read("", []byte(b.String()+after))
		if doc == nil || len(problems) > 0 {
			return false
		}
		if items, _ := doc.Value.([]any); len(items) != 1+len(after)/4 || items[0] != want {
			return false
		}
	}
	return true
}
