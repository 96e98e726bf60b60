package yamldoc

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"coops/internal/problem"
)

// errByHand says that a file is written in a way in which one thing cannot be changed alone.
var errByHand = errors.New("it is written in a way that cannot be changed safely; run `coops fmt`, or change it by hand")

// Replace returns the bytes of a document with text in place of the text, number or day at pointer
// (RFC 6901). No other byte changes. It fails where nothing of the kind stands there, and where it cannot
// be sure of the result, which it reads back.
func Replace(data []byte, pointer, text string) ([]byte, error) {
	doc, problems := Read("", data)
	if doc == nil || len(problems) > 0 {
		return nil, repeated(problems)
	}
	p, whole := doc.find(pointer)
	if !whole || p.keys != nil || p.items != nil || p.value.Line == 0 {
		return nil, fmt.Errorf("there is no text at %s", pointer)
	}
	at := p.value
	always := strings.HasPrefix(string([]rune(doc.line(at.Line))[at.Column-1:]), `"`)
	out, ok := problem.Replace(data, at, oneLine(text, always, true))
	if !ok {
		return nil, errByHand
	}
	after, problems := Read("", out)
	if after == nil || len(problems) > 0 {
		return nil, errByHand
	}
	t, err := doc.tree()
	if err != nil {
		return nil, err
	}
	t.meaning = replaced(t.meaning, steps(pointer), text)
	if t.sameAs(string(out), nil) != nil {
		return nil, errByHand
	}
	return out, nil
}

func steps(pointer string) []string {
	if pointer == "" {
		return nil
	}
	list := strings.Split(pointer[1:], "/")
	for i := range list {
		list[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(list[i])
	}
	return list
}

// replaced returns value with text at the end of steps, which lead somewhere. It changes value.
func replaced(value any, steps []string, text string) any {
	if len(steps) == 0 {
		return text
	}
	switch v := value.(type) {
	case map[string]any:
		v[steps[0]] = replaced(v[steps[0]], steps[1:], text)
	case []any:
		if i, err := strconv.Atoi(steps[0]); err == nil && i < len(v) {
			v[i] = replaced(v[i], steps[1:], text)
		}
	}
	return value
}

// Put returns the bytes of a document with value, a string or []string, under a key of its outermost
// map. Where the key is missing it comes to its place in the order of shape. Lines that do not belong to
// the key stay as they are, byte for byte, and its comments are kept; a list keeps the items that it has
// already. It fails where it cannot be sure of the result, which it reads back.
func Put(data []byte, key string, value any, shape *Shape) ([]byte, error) {
	doc, problems := Read("", data)
	if doc == nil || len(problems) > 0 {
		return nil, repeated(problems)
	}
	if _, ok := doc.Value.(map[string]any); !ok {
		return nil, errByHand
	}
	if text, ok := value.(string); ok {
		if out, err := Replace(data, "/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(key), text); err == nil {
			return out, nil
		}
	}
	t, err := doc.tree()
	if err != nil {
		return nil, err
	}
	if root := t.root.value; root.kind != mapping || root.flow || len(root.entries) == 0 || root.entries[0].column != 1 {
		return nil, errByHand
	}
	at, text := t.put(key, value, shape)
	out, ok := problem.Replace(data, at, text)
	if !ok || t.sameAs(string(out), map[string]any{key: plainValue(value)}) != nil {
		return nil, errByHand
	}
	return out, nil
}

// plainValue is a value as Read returns it.
func plainValue(value any) any {
	texts, ok := value.([]string)
	if !ok {
		return value
	}
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = text
	}
	return list
}

// put returns what to write where, so that value stands under key.
func (t *tree) put(key string, v any, shape *Shape) (problem.Range, string) {
	entries := t.root.value.entries
	for _, e := range entries {
		if e.key == key {
			e.hold(v)
			end := t.lastLine(e)
			return problem.Range{Line: e.line, Column: 1, EndLine: end, EndColumn: utf8.RuneCountInString(t.source[end-1]) + 1},
				t.written(e, shape)
		}
	}
	e := &entry{parent: t.root, key: key, isKey: true, value: new(value)}
	e.hold(v)
	text := t.written(e, shape)
	before := -1 // the nearest of the keys that stand before this one
	place := func(key string) int {
		if shape == nil || !slices.Contains(shape.Keys, key) {
			return len(entries) + 1<<10
		}
		return slices.Index(shape.Keys, key)
	}
	for i, other := range entries {
		if place(other.key) < place(key) && (before < 0 || place(other.key) >= place(entries[before].key)) {
			before = i
		}
	}
	if before < 0 {
		line := entries[0].top()
		return problem.Range{Line: line, Column: 1, EndLine: line, EndColumn: 1}, text + "\n"
	}
	end := t.lastLine(entries[before])
	column := utf8.RuneCountInString(t.source[end-1]) + 1
	return problem.Range{Line: end, Column: column, EndLine: end, EndColumn: column}, "\n" + text
}

// top returns the first line of an entry with its comments.
func (e *entry) top() int {
	if len(e.lead) > 0 {
		return min(e.line, e.lead[0].line)
	}
	return e.line
}

// lastLine returns the last line that belongs to an entry of the outermost map.
func (t *tree) lastLine(e *entry) int {
	end := len(t.source)
	if len(t.root.foot) > 0 {
		end = t.root.foot[0].line - 1
	}
	entries := t.root.value.entries
	if i := slices.Index(entries, e); i+1 < len(entries) {
		end = entries[i+1].top() - 1
	}
	for end > e.line && (strings.TrimSpace(t.source[end-1]) == "" || strings.TrimSpace(t.source[end-1]) == "...") {
		end--
	}
	return end
}

// written returns an entry of the outermost map without the comments above it.
func (t *tree) written(e *entry, shape *Shape) string {
	e.arrange(shape.of(e))
	w := new(writer)
	w.entry(e, 0, shape.of(e))
	return strings.Join(w.lines, "\n")
}

// hold gives an entry another value: a string or []string. Items that stay keep their comments.
func (e *entry) hold(v any) {
	texts, ok := v.([]string)
	if !ok {
		e.value = &value{kind: text, text: fmt.Sprint(v)}
		return
	}
	had := e.value.entries
	e.value = &value{kind: list}
	for _, s := range texts {
		item := &entry{parent: e, value: &value{kind: text, text: s}}
		if i := slices.IndexFunc(had, func(old *entry) bool { return !old.isKey && old.value.kind == text && old.value.text == s }); i >= 0 {
			item = had[i]
			had = slices.Delete(slices.Clone(had), i, i+1)
		}
		e.value.entries = append(e.value.entries, item)
	}
	for _, gone := range had {
		e.foot = append(e.foot, gone.lead...)
		if gone.tail != nil {
			e.foot = append(append(e.foot, *gone.tail), gone.more...)
		}
		e.foot = append(e.foot, gone.foot...)
	}
}

// Text returns the text at pointer (RFC 6901), or "" where there is none.
func (d *Document) Text(pointer string) string {
	value := d.Value
	for _, step := range steps(pointer) {
		switch v := value.(type) {
		case map[string]any:
			value = v[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(v) {
				return ""
			}
			value = v[i]
		default:
			return ""
		}
	}
	text, _ := value.(string)
	return text
}
