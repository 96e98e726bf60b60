package yamldoc

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"coops/internal/problem"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
)

// MaxSize is the most bytes a file may have.
const MaxSize = 64 << 10

// maxValues is the most keys and entries of lists that a file may have; the vocabulary as it is would have as many in 64 KiB.
const maxValues = 4000

const maxDepth = 32

// normalize takes off a byte-order mark and turns CRLF into LF: both are harmless, and positions by
// line and column stay the same.
func normalize(data []byte) string {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	return strings.ReplaceAll(string(data), "\r\n", "\n")
}

// withinLimits checks size and encoding, which need no YAML.
func (r *reader) withinLimits(data []byte) bool {
	if len(data) > MaxSize {
		r.source = "" // not worth keeping
		r.report(problem.FileSize, problem.Range{}, problem.Say("file-size", "size", len(data), "most", MaxSize))
		return false
	}
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		r.source = ""
		r.report(problem.Encoding, problem.Range{}, problem.Say("encoding.utf16"))
		return false
	}
	for i, line := range strings.Split(r.source, "\n") {
		column := 1
		for at := 0; at < len(line); column++ {
			c, size := utf8.DecodeRuneInString(line[at:])
			switch {
			case c == utf8.RuneError && size == 1:
				r.report(problem.Encoding, r.on(i+1, column, 1), problem.Say("encoding.bytes"))
				return false
			case c < ' ' && c != '\t', c == 0x7f, c >= 0x80 && c < 0xa0 && c != 0x85, c == 0xfeff, c == 0xfffe, c == 0xffff:
				r.report(problem.Encoding, r.on(i+1, column, 1), problem.Say("encoding.control", "code", fmt.Sprintf("U+%04X", c)))
				return false
			}
			at += size
		}
	}
	return true
}

// plainYAML checks on lines and tokens, before any tree is made, that the file is of the plain kind
// that we read: no conflict markers, no tabs in the indentation, not too deep, one document.
func (r *reader) plainYAML() bool {
	r.checkLines()
	if len(r.problems) > 0 {
		return false
	}
	r.checkTokens()
	return len(r.problems) == 0
}

func (r *reader) checkLines() {
	for i, line := range strings.Split(r.source, "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		switch tab := strings.IndexByte(indent, '\t'); {
		case strings.HasPrefix(line, "<<<<<<< "), strings.HasPrefix(line, ">>>>>>> "), line == "=======":
			r.report(problem.MergeConflict, r.on(i+1, 1, len([]rune(line))), problem.Say("merge-conflict"))
		case tab >= 0 && strings.TrimSpace(line) != "" && !strings.HasPrefix(strings.TrimSpace(line), "#"):
			r.report(problem.Tab, r.on(i+1, tab+1, 1), problem.Say("tab", "right", shorten(strings.ReplaceAll(indent, "\t", "  ")+strings.TrimSpace(line))))
		}
	}
}

// checkTokens walks the lexer's tokens, whose cost is linear in the file. (The parser's is quadratic in
// nesting and in the keys of a map: 64 KiB of `[` cost it seconds.)
func (r *reader) checkTokens() {
	var indents []int // columns of the block keys and entries we are inside of
	flow, documents, values, content, ended := 0, 0, 0, false, false
	r.tokens = lexer.Tokenize(r.source)
	for i, t := range r.tokens {
		at := func() problem.Range { return r.on(t.Position.Line, t.Position.Column, 1) }
		switch t.Type {
		case token.DocumentHeaderType:
			if documents++; documents > 1 || content {
				r.report(problem.OneDocument, r.on(t.Position.Line, 1, 3), problem.Say("one-document"))
				return
			}
		case token.DocumentEndType:
			ended = true
		case token.AnchorType, token.AliasType, token.TagType, token.DirectiveType, token.MergeKeyType:
			r.report(problem.YAMLFeature, at(), r.feature(t))
			return
		case token.MappingValueType, token.SequenceEntryType, token.CollectEntryType:
			if values++; values > maxValues {
				r.report(problem.FileSize, at(), problem.Say("file-size.values", "most", maxValues))
				return
			}
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow--
		}
		if ended && t.Type != token.DocumentEndType && t.Type != token.CommentType {
			r.report(problem.OneDocument, at(), problem.Say("one-document"))
			return
		}
		content = content || t.Type != token.CommentType && t.Type != token.DocumentHeaderType
		if flow == 0 && opensBlock(r.tokens, i) {
			for len(indents) > 0 && indents[len(indents)-1] >= t.Position.Column {
				indents = indents[:len(indents)-1]
			}
			indents = append(indents, t.Position.Column)
		}
		if flow+len(indents) > maxDepth {
			r.report(problem.YAMLDepth, at(), problem.Say("yaml-depth", "most", maxDepth))
			return
		}
	}
}

// feature explains an anchor, alias, tag or directive, with the line as it would be in quotes.
func (r *reader) feature(t *token.Token) problem.Message {
	line := r.line(t.Position.Line)
	before, value, ok := split(line)
	if !ok || !strings.HasPrefix(value, t.Value) {
		return problem.Say("yaml-feature.bare")
	}
	return problem.Say("yaml-feature", "sign", shorten(strings.TrimSpace(t.Value)), "right", shorten(strings.TrimSpace(before+Quote(value))))
}

// opensBlock tells whether the token begins a block entry or is a block key.
func opensBlock(tokens token.Tokens, i int) bool {
	switch tokens[i].Type {
	case token.SequenceEntryType, token.MappingKeyType:
		return true
	}
	return i+1 < len(tokens) && tokens[i+1].Type == token.MappingValueType
}
