package problem

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Apply writes the fixes (or edits) of problems into the bytes of the file they were found in, and returns which of
// them it wrote, in the order of their places. All problems are of that one file. Of two whose ranges
// touch the same text the earlier is written, and of two at the same place the first in the list; the
// other can be found anew in what comes out. A problem without a fix, or at no place of the file, is
// left out. Line ends and a byte-order mark stay as they are.
func Apply(source []byte, problems []Problem) (fixed []byte, applied []Problem) {
	in := index(source)
	var cuts []cut
	for _, p := range problems {
		edit := p.Edit
		if edit == nil && p.Fix != nil {
			edit = &Edit{p.Range, *p.Fix}
		}
		if edit == nil {
			continue
		}
		if start, end, ok := in.offsets(edit.Range); ok {
			cuts = append(cuts, cut{start, end, in.native(edit.Text), p})
		}
	}
	slices.SortStableFunc(cuts, func(a, b cut) int { return cmp.Compare(a.start, b.start) })
	at := 0
	for _, c := range cuts {
		putIn := c.start == c.end
		if c.start < at || putIn && c.start == at && len(applied) > 0 {
			continue
		}
		fixed = append(append(fixed, source[at:c.start]...), c.text...)
		at = c.end
		applied = append(applied, c.problem)
	}
	return append(fixed, source[at:]...), applied
}

// Replace returns source with text in place of the range, which is counted as everywhere else: in the
// text with LF line ends and without a byte-order mark. ok is false where the file has no such place.
func Replace(source []byte, at Range, text string) (changed []byte, ok bool) {
	in := index(source)
	start, end, ok := in.offsets(at)
	if !ok {
		return nil, false
	}
	return slices.Concat(source[:start], []byte(in.native(text)), source[end:]), true
}

// cut is what is taken out of a file, by bytes, and what comes in its place.
type cut struct {
	start, end int
	text       string
	problem    Problem
}

// lineIndex knows where in a file's bytes its lines stand.
type lineIndex struct {
	source []byte
	lines  [][2]int // start and end of each line, without mark and line end
	crlf   bool
}

func index(source []byte) lineIndex {
	in := lineIndex{source: source, crlf: bytes.Contains(source, []byte("\r\n"))}
	start := 0
	if bytes.HasPrefix(source, []byte("\ufeff")) {
		start = len("\ufeff")
	}
	for {
		length := bytes.IndexByte(source[start:], '\n')
		if length < 0 {
			in.lines = append(in.lines, [2]int{start, len(source)})
			return in
		}
		end := start + length
		if end > start && source[end-1] == '\r' {
			in.lines = append(in.lines, [2]int{start, end - 1})
		} else {
			in.lines = append(in.lines, [2]int{start, end})
		}
		start = end + 1
	}
}

// native gives text the line ends of the file.
func (in lineIndex) native(text string) string {
	if in.crlf {
		return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
	}
	return text
}

// offsets returns the bytes that a range covers.
func (in lineIndex) offsets(r Range) (start, end int, ok bool) {
	start, ok = in.offset(r.Line, r.Column)
	if !ok {
		return 0, 0, false
	}
	end, ok = in.offset(r.EndLine, r.EndColumn)
	return start, end, ok && start <= end
}

func (in lineIndex) offset(line, column int) (int, bool) {
	if line < 1 || line > len(in.lines) || column < 1 {
		return 0, false
	}
	at, end := in.lines[line-1][0], in.lines[line-1][1]
	for ; column > 1; column-- {
		if at >= end {
			return 0, false
		}
		_, size := utf8.DecodeRune(in.source[at:end])
		at += size
	}
	return at, true
}
