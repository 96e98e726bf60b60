package yamldoc

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"coops/internal/problem"
)

// Shape says how a kind of document is laid out: what the writer cannot see from the values alone. The
// zero Shape, and nil, know nothing; what they say is then decided by length.
type Shape struct {
	Keys   []string          // the order of a map's keys; others follow as they are written
	Of     map[string]*Shape // the values of a map by key
	Others *Shape            // the values of all other keys
	Items  *Shape            // the items of a list
	Quoted bool              // texts for people: in double quotes, with what is inside
	Block  bool              // one line per key or item, however short
	Wide   bool              // in one line, however long
}

// errRepeat says that a key stands twice: which of the two is meant is not ours to say.
var errRepeat = errors.New("a key stands twice")

// Format returns the document in canonical style: two spaces a step, keys in the order of shape, short
// maps and lists on one line, no quotes where none are needed, LF line ends. Every comment stays beside
// what it stood beside, and the value stays the same: Format reads what it wrote, and returns an error
// rather than a text that means something else. Formatting what was formatted changes nothing.
// It fails too where a key stands twice, or a second document follows.
func (d *Document) Format(shape *Shape) ([]byte, error) {
	t, err := d.tree()
	if err != nil {
		return nil, err
	}
	out := d.source
	if len(t.root.value.entries) > 0 { // a lone scalar has no keys, so no style of ours
		t.root.arrange(shape)
		out = t.write(shape)
	}
	if err := t.sameAs(out, nil); err != nil {
		return nil, fmt.Errorf("format %s: %w", d.file, err)
	}
	return []byte(out), nil
}

// sameAs holds text, which was written from the tree, against the source it was made of: the values are
// equal but for those of changed, by top-level key, and no comment is lost or made up.
func (t *tree) sameAs(text string, changed map[string]any) error {
	doc, problems := Read(t.file, []byte(text))
	if doc == nil || len(problems) > 0 {
		return errors.New("what was written cannot be read again; this is a mistake of the program, and the file is left as it is")
	}
	want := t.meaning
	if m, ok := want.(map[string]any); ok && len(changed) > 0 {
		m = maps.Clone(m)
		maps.Copy(m, changed)
		want = m
	}
	if !reflect.DeepEqual(doc.Value, want) {
		return errors.New("what was written means something else; this is a mistake of the program, and the file is left as it is")
	}
	other, err := doc.tree()
	if err != nil {
		return err
	}
	if !maps.Equal(t.remarks, other.remarks) {
		return errors.New("a comment would be lost; this is a mistake of the program, and the file is left as it is")
	}
	return nil
}

// again reads the source anew: callers may have changed the value that Read gave them.
func (d *Document) again() *reader {
	return &reader{Document: Document{file: d.file, source: d.source}}
}

func repeated(problems []problem.Problem) error {
	switch {
	case len(problems) == 0:
		return nil
	case !slices.ContainsFunc(problems, func(p problem.Problem) bool { return p.Rule != problem.DuplicateKey }):
		return errRepeat
	}
	return errors.New("the file cannot be read as YAML")
}
