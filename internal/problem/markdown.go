package problem

import (
	"fmt"
	"strings"
)

// Markdown says a message as Markdown in which what fills its blanks can be nothing but text: it stands in a
// code span, where no reader of Markdown sees a link, a mention, a heading or a tag.
func (s *Speaker) Markdown(m Message) string {
	var filled []string
	said := s.Say(marked(m, &filled))
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
		case inCode: // the message has its own
			b.WriteString(strings.ReplaceAll(strings.Join(strings.Fields(filled[n]), " "), "`", "'"))
		default:
			b.WriteString(Code(filled[n]))
		}
	}
	return b.String()
}

// firstMark is the first of the characters that stand for what fills a blank. Nobody's text has them: it is put
// in for them afterwards.
const firstMark = '\ue000'

// marked returns the message with a mark in place of every text that fills a blank of it, and puts the texts
// into filled.
func marked(m Message, filled *[]string) Message {
	if m.ID == verbatim { // our own
		return m
	}
	args := make(map[string]any, len(m.Args))
	for name, value := range m.Args {
		switch value := value.(type) {
		case int:
			args[name] = value // it may choose between singular and plural
		case Message:
			args[name] = marked(value, filled)
		case []Message:
			options := make([]Message, len(value))
			for i, option := range value {
				options[i] = marked(option, filled)
			}
			args[name] = options
		default:
			args[name] = string(firstMark + rune(len(*filled)))
			*filled = append(*filled, fmt.Sprint(value))
		}
	}
	return Message{ID: m.ID, Args: args}
}

// Code returns a text as a code span of Markdown, on one line. An empty text stays empty.
func Code(text string) string {
	text = strings.Join(strings.Fields(text), " ")
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
