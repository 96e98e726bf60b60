package check

import (
	"slices"
	"strings"

	"coops/internal/problem"
	"coops/schema"
)

// duplicate reports an entry of a list that stands there already.
func (t translator) duplicate(first, second int) {
	list, _ := t.value.([]any)
	there, here := t.doc.Position(item(t.pointer, first)), t.doc.Position(item(t.pointer, second))
	p := t.doc.Problem(problem.DuplicateItem, here, problem.Say("duplicate-item", "name", t.name(), "found", found(list[second]), "line", there.Line))
	before := t.doc.Position(item(t.pointer, second-1))
	switch written := strings.TrimSpace(p.Line); {
	case before.EndLine == here.Line: // [a, b, a]
		p.Edit = &problem.Edit{Range: problem.Range{Line: here.Line, Column: before.EndColumn, EndLine: here.Line, EndColumn: here.EndColumn}}
	case strings.HasPrefix(written, "- ") && len([]rune(written)) == here.EndColumn-here.Column+2: // nothing else on its line
		p.Edit = &problem.Edit{Range: problem.Range{Line: here.Line, Column: 1, EndLine: here.Line + 1, EndColumn: 1}}
	}
	p.Certain = p.Edit != nil
	t.problems = append(t.problems, p)
}

// sorted reports a list whose order says nothing and that is in none. One with a duplicate is left
// until that is mended.
func (p spot) sorted() {
	list, _ := p.value.([]any)
	texts := schema.Texts(list)
	if len(texts) != len(list) || len(texts) < 2 || slices.IsSorted(texts) {
		return
	}
	slices.Sort(texts)
	if len(slices.Compact(slices.Clone(texts))) != len(texts) {
		return
	}
	right := strings.Join(texts, ", ")
	found := p.doc.Problem(problem.Unsorted, p.place(), problem.Say("unsorted", "key", lastName(p.pointer), "right", short(right)))
	from, to := p.doc.Position(item(p.pointer, 0)), p.doc.Position(item(p.pointer, len(list)-1))
	if from.Line == to.EndLine && !strings.ContainsAny(right, `"'#:{}[]`) {
		found.Edit = &problem.Edit{Range: problem.Range{Line: from.Line, Column: from.Column, EndLine: to.EndLine, EndColumn: to.EndColumn}, Text: right}
		found.Certain = true
	}
	p.problems = append(p.problems, found)
}
