package yamldoc

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"coops/internal/problem"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// place is where a value and the key in front of it stand.
type place struct {
	key, value problem.Range
	keys       map[string]*place
	items      []*place
}

// Position returns where the value at pointer (RFC 6901) stands; for a map or a list that stands
// under a key, that key. Where the value is absent it returns its nearest ancestor, so the answer is
// always a real place in the file. It never fails. It must not be called from several goroutines.
func (d *Document) Position(pointer string) problem.Range {
	p, whole := d.find(pointer)
	if whole && p.keys == nil && p.items == nil && p.value.Line > 0 {
		return p.value
	}
	if p.key.Line > 0 {
		return p.key
	}
	if p.value.Line > 0 {
		return p.value
	}
	return d.on(1, 1, 1)
}

// KeyPosition returns where the key at pointer stands, and otherwise what Position does.
func (d *Document) KeyPosition(pointer string) problem.Range {
	if p, whole := d.find(pointer); whole && p.key.Line > 0 {
		return p.key
	}
	return d.Position(pointer)
}

var unescape = strings.NewReplacer("~1", "/", "~0", "~")

// find walks down as far as pointer leads and tells whether that was the whole way. On the way back
// from an absent value the nearest ancestor with a place of its own is the answer.
func (d *Document) find(pointer string) (*place, bool) {
	if d.root == nil {
		r := &reader{Document: Document{file: d.file, source: d.source}}
		d.root = new(place)
		if _, done := r.quick(d.root); !done {
			d.root = new(place)
			if body := r.parse(); body != nil {
				r.value(body, d.root, 0)
			}
		}
	}
	p := d.root
	if pointer == "" {
		return p, true
	}
	for _, step := range strings.Split(pointer[1:], "/") {
		step = unescape.Replace(step)
		next := p.keys[step]
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(p.items) {
			next = p.items[i]
		}
		if next == nil {
			return p, false
		}
		p = next
	}
	return p, true
}

// rangeOf returns where a node stands: a scalar as it is written, quotes included; a map or a list by
// its first token.
func (r *reader) rangeOf(n ast.Node) problem.Range {
	switch n := n.(type) {
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return r.rangeOf(n.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return r.rangeOf(n.Key)
	}
	t := n.GetToken()
	if t == nil {
		return problem.Range{}
	}
	return r.token(t)
}

func (r *reader) token(t *token.Token) problem.Range {
	written := strings.TrimSpace(t.Origin)
	if first, _, several := strings.Cut(written, "\n"); several {
		written = strings.TrimRight(first, " ")
	}
	return r.on(t.Position.Line, t.Position.Column, len([]rune(written)))
}

// on returns a range of that many runes on one line, kept inside the line.
func (d *Document) on(line, column, width int) problem.Range {
	longest := d.length(line) + 1
	column = min(max(column, 1), longest)
	return problem.Range{Line: line, Column: column, EndLine: line, EndColumn: min(column+max(width, 1), max(longest, column+1))}
}

// length returns how many runes are on a line. Thousands of values may stand on one, and are asked for in turn.
func (d *Document) length(line int) int {
	if text := d.line(line); text != d.measured.text {
		d.measured.text, d.measured.runes = text, utf8.RuneCountInString(text)
	}
	return d.measured.runes
}

// line returns the text of a 1-based line, or "" where there is none.
func (d *Document) line(number int) string {
	if d.lines == nil {
		d.lines = strings.Split(d.source, "\n")
	}
	if number < 1 || number > len(d.lines) {
		return ""
	}
	return d.lines[number-1]
}
