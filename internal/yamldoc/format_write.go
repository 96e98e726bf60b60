package yamldoc

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// width is how many columns a map or list may take to stand on one line.
const width = 110

// arrange puts what is below e in the order of shape.
func (e *entry) arrange(s *Shape) {
	for _, child := range e.value.entries {
		child.arrange(s.of(child))
	}
	if s != nil && e.value.kind == mapping && len(s.Keys) > 0 {
		e.sort(s.Keys)
	}
}

// sort puts known keys in their order. A blank line that parted the first from the second parts
// whatever is first now from what follows.
func (e *entry) sort(keys []string) {
	rank := func(e *entry) int {
		if i := slices.Index(keys, e.key); i >= 0 {
			return i
		}
		return len(keys)
	}
	before := e.value.entries[0:min(1, len(e.value.entries))]
	was := slices.Clone(before)
	slices.SortStableFunc(e.value.entries, func(a, b *entry) int { return rank(a) - rank(b) })
	if len(was) > 0 && was[0] != e.value.entries[0] {
		*was[0].gap(), *e.value.entries[0].gap() = *e.value.entries[0].gap(), false
	}
}

// hoist moves what stands above the first line of an item's block above the item itself: there is no
// room for it behind the dash.
func (e *entry) hoist(indent int, s *Shape) {
	if e.isKey || len(e.value.entries) == 0 || e.fits(indent, "- ", s) {
		return
	}
	if e.tail != nil {
		e.lead = append(append(e.lead, *e.tail), e.more...)
		e.tail, e.more = nil, nil
	}
	first := e.value.entries[0]
	first.hoist(indent+2, s.of(first))
	*first.gap() = false
	if len(first.lead) > 0 && len(e.lead) == 0 {
		first.lead[0].blank, e.blank = e.blank, first.blank
		first.blank = false
	}
	e.lead = append(e.lead, first.lead...)
	first.lead = nil
}

// remarked tells whether there are comments below e, so that these need lines of their own.
func (e *entry) remarked() bool {
	return slices.ContainsFunc(e.value.entries, func(c *entry) bool {
		return len(c.lead) > 0 || c.tail != nil || len(c.foot) > 0 || c.remarked()
	})
}

// of returns the shape of an entry's value.
func (s *Shape) of(e *entry) *Shape {
	switch {
	case s == nil:
		return nil
	case !e.isKey:
		return s.Items
	case s.Of[e.key] != nil:
		return s.Of[e.key]
	}
	return s.Others
}

// writer collects the lines of a document.
type writer struct {
	lines []string
	open  bool // the text above keeps the blank lines at its end, so none may be added
}

func (t *tree) write(s *Shape) string {
	w := new(writer)
	for i, c := range t.head {
		w.blank(c.blank && i > 0)
		w.line(0, c.text)
	}
	w.blank(t.headBlank && len(t.head) > 0)
	w.entries(t.root, 0, s)
	w.remarks(t.root.foot, 0)
	return strings.Join(w.lines, "\n") + "\n"
}

func (w *writer) line(indent int, text string) {
	w.lines = append(w.lines, strings.Repeat(" ", indent)+text)
	w.open = false
}

func (w *writer) blank(wanted bool) {
	if wanted && !w.open && len(w.lines) > 0 && strings.TrimSpace(w.lines[len(w.lines)-1]) != "" {
		w.lines = append(w.lines, "")
	}
}

func (w *writer) remarks(list []remark, indent int) {
	for _, c := range list {
		w.blank(c.blank)
		w.line(indent, c.text)
	}
}

// entries writes what is below e, one block entry after the other.
func (w *writer) entries(e *entry, indent int, s *Shape) {
	for i, child := range e.value.entries {
		child.hoist(indent, s.of(child))
		if i == 0 {
			*child.gap() = false
		}
		w.remarks(child.lead, indent)
		w.blank(child.blank)
		w.entry(child, indent, s.of(child))
	}
}

// entry writes a key or item with its value.
func (w *writer) entry(e *entry, indent int, s *Shape) {
	start := "- "
	if e.isKey {
		start = oneLine(e.key, false, false) + ": "
	}
	v := e.value
	switch {
	case v.lines():
		w.headed(e, indent, start+v.header)
		for _, l := range v.below {
			if l == "" {
				w.lines = append(w.lines, "")
			} else {
				w.line(indent+2, l)
			}
		}
		w.open = v.below[len(v.below)-1] == ""
		return
	case v.kind == nothing && e.isKey:
		w.headed(e, indent, e.name(start))
	case v.scalar() || len(v.entries) == 0:
		w.headed(e, indent, start+e.inline(s, false))
	case e.fits(indent, start, s):
		w.headed(e, indent, start+e.inline(s, false))
	case e.isKey:
		w.headed(e, indent, e.name(start))
		w.entries(e, indent+2, s)
	default:
		at := len(w.lines)
		w.entries(e, indent+2, s)
		w.lines[at] = strings.Repeat(" ", indent) + "- " + w.lines[at][indent+2:]
	}
	w.remarks(e.foot, indent+2)
}

// name is the start of a line without a value on it.
func (e *entry) name(start string) string { return strings.TrimSuffix(start, " ") }

// headed writes the first line of an entry with the comment at its end. One that was lined up with
// others keeps its column where there is room.
func (w *writer) headed(e *entry, indent int, text string) {
	if e.tail == nil {
		w.line(indent, text)
		return
	}
	end := indent + utf8.RuneCountInString(text)
	column := end + 1
	if e.tail.apart {
		column = max(column, e.tail.column-1)
	}
	w.line(indent, text+strings.Repeat(" ", column-end)+e.tail.text)
	for _, c := range e.more {
		w.line(column, c.text)
	}
}

// fits tells whether a map or list stands on one line.
func (e *entry) fits(indent int, start string, s *Shape) bool {
	if e.remarked() || !e.value.canFlow(s, e.isKey) {
		return false
	}
	return s != nil && s.Wide || indent+utf8.RuneCountInString(start+e.inline(s, false)) <= width
}

// canFlow tells whether a map or list is of the kind that may stand on one line: of scalars, and for an
// item of a list also of such maps and lists.
func (v *value) canFlow(s *Shape, isKey bool) bool {
	if s != nil && s.Block && len(v.entries) > 0 {
		return false
	}
	for _, e := range v.entries {
		switch c := e.value; {
		case c.lines():
			return false
		case c.scalar() || len(c.entries) == 0:
		case v.kind == list, c.kind == mapping && isKey, !c.canFlow(s.of(e), true):
			return false
		}
	}
	return true
}

// inline writes the value on one line; inside tells whether it stands in brackets.
func (e *entry) inline(s *Shape, inside bool) string {
	v := e.value
	switch v.kind {
	case text:
		return oneLine(v.text, s != nil && s.Quoted, inside)
	case word:
		return v.text
	case null, nothing:
		return "null"
	}
	parts := make([]string, len(v.entries))
	for i, child := range v.entries {
		parts[i] = child.inline(s.of(child), true)
		if child.isKey {
			parts[i] = oneLine(child.key, false, true) + ": " + parts[i]
		}
	}
	if v.kind == list {
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
