package yamldoc

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// tree is a document as it is written: its values with the comments beside them.
type tree struct {
	file      string
	source    []string // lines
	head      []remark // the file's head, which stays first whatever key follows
	headBlank bool     // a blank line ends the head
	root      *entry   // without a key; its foot ends the file
	meaning   any      // what the document says
	remarks   map[string]int
}

// remark is one comment.
type remark struct {
	text   string // from # to the end of the line
	line   int
	column int
	blank  bool // a blank line stands before it
	apart  bool // at a line's end, more than one space parts it from the rest
}

// entry is a key with its value, or an item of a list, with the comments that belong to it.
type entry struct {
	parent       *entry
	key          string // "" for an item
	isKey        bool
	value        *value
	at           int // number of its first token
	line, column int
	blank        bool // a blank line stands before it

	lead []remark // on lines of their own above it
	tail *remark  // at the end of its first line
	more []remark // what goes on below the tail, in its column
	foot []remark // inside it, after all else
}

// value is what an entry holds.
type value struct {
	kind
	text    string   // of a scalar: what it says, or for a plain word how it is written
	header  string   // of a text that stands as a block below its key: | or > and what follows
	below   []string // and the lines of that block
	entries []*entry // of a map or a list
	flow    bool     // written in brackets
	end     int      // number of the closing bracket
}

type kind int

const (
	mapping kind = iota
	list
	text    // a string
	word    // a number, true, false
	null    // written out
	nothing // null by leaving it out
)

func (v *value) scalar() bool { return v.kind != mapping && v.kind != list }

// lines tells whether the value is a text that stands on several lines below its key.
func (v *value) lines() bool { return v.header != "" }

// tree parses the document, this time with its comments.
func (d *Document) tree() (t *tree, err error) {
	defer func() {
		if recover() != nil { // as in parse
			t, err = nil, errors.New("the file cannot be read as YAML")
		}
	}()
	r := d.again()
	tokens := lexer.Tokenize(r.source)
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil || len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil, errors.New("the file cannot be read as YAML")
	}
	for _, more := range file.Docs[1:] {
		if more.Body != nil {
			return nil, errors.New("a second document follows the first")
		}
	}
	t = &tree{file: d.file, source: strings.Split(d.source, "\n"), remarks: map[string]int{}}
	t.meaning = r.value(file.Docs[0].Body, new(place), 0)
	if err := repeated(r.problems); err != nil {
		return nil, err
	}
	g := grower{tree: t, number: make(map[*token.Token]int, len(tokens))}
	for i, token := range tokens {
		g.number[token] = i
	}
	t.root = &entry{at: -1}
	t.root.value = g.value(file.Docs[0].Body, t.root)
	if g.lost {
		return nil, errors.New("the file is written in a way that cannot be followed")
	}
	if err := g.attachAll(tokens); err != nil {
		return nil, err
	}
	t.splitHead()
	return t, nil
}

// grower turns the parser's nodes into a tree.
type grower struct {
	*tree
	number  map[*token.Token]int
	entries []*entry // all of them, as they follow each other in the file
	lost    bool     // a node has no token of the file
}

func (g *grower) numberOf(t *token.Token) int {
	n, ok := g.number[t]
	if !ok {
		g.lost = true
	}
	return n
}

// first returns the first token of a node, or nil where nothing is written.
func first(n ast.Node) *token.Token {
	switch n := n.(type) {
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return first(n.Values[0])
		}
	case *ast.MappingValueNode:
		return first(n.Key)
	case *ast.NullNode:
		if n.Token.Type == token.ImplicitNullType {
			return nil
		}
	}
	return n.GetToken()
}

func (g *grower) value(n ast.Node, in *entry) *value {
	switch n := n.(type) {
	case *ast.MappingNode:
		v := &value{kind: mapping, flow: n.IsFlowStyle}
		if v.flow {
			v.end = g.numberOf(n.End)
		}
		for _, pair := range n.Values {
			v.entries = append(v.entries, g.pair(pair, in))
		}
		return v
	case *ast.MappingValueNode:
		return &value{kind: mapping, entries: []*entry{g.pair(n, in)}}
	case *ast.SequenceNode:
		v := &value{kind: list, flow: n.IsFlowStyle}
		if v.flow {
			v.end = g.numberOf(n.End)
		}
		for i, item := range n.Values {
			start := first(item)
			if !v.flow && i < len(n.Entries) && n.Entries[i].Start != nil {
				start = n.Entries[i].Start
			}
			v.entries = append(v.entries, g.entry(&entry{parent: in}, start, item))
		}
		return v
	case *ast.StringNode:
		v := &value{kind: text, text: n.Value}
		if strings.Contains(v.text, "\n") {
			v.header, v.below = literal(v.text)
		}
		return v
	case *ast.LiteralNode:
		v := &value{kind: text, text: n.Value.Value}
		if n.Start.Type == token.FoldedType {
			v.header, v.below = folded(v.text, g.linesBelow(n.Start.Position.Line))
		}
		if v.header == "" {
			v.header, v.below = literal(v.text)
		}
		return v
	case *ast.BoolNode:
		return &value{kind: word, text: strings.ToLower(n.Token.Value)}
	case *ast.NullNode:
		if n.Token.Type == token.ImplicitNullType {
			return &value{kind: nothing}
		}
		return &value{kind: null}
	}
	return &value{kind: word, text: n.GetToken().Value}
}

func (g *grower) pair(n *ast.MappingValueNode, in *entry) *entry {
	name, ok := keyName(n.Key)
	g.lost = g.lost || !ok
	return g.entry(&entry{parent: in, key: name, isKey: true}, first(n.Key), n.Value)
}

func (g *grower) entry(e *entry, start *token.Token, n ast.Node) *entry {
	if start != nil {
		e.at = g.numberOf(start)
		e.line, e.column = start.Position.Line, start.Position.Column
	} else if len(g.entries) > 0 { // an item of which nothing is written
		last := g.entries[len(g.entries)-1]
		e.at, e.line, e.column = last.at, last.line, last.column
	}
	e.blank = g.blankAbove(e.line)
	g.entries = append(g.entries, e)
	e.value = g.value(n, e)
	return e
}

func (t *tree) blankAbove(line int) bool {
	return line >= 2 && line-2 < len(t.source) && strings.TrimSpace(t.source[line-2]) == ""
}

// linesBelow returns the lines of the block that begins below a line, without their indentation.
func (t *tree) linesBelow(line int) []string {
	var lines []string
	indent := -1
	for _, l := range t.source[min(line, len(t.source)):] {
		spaces := len(l) - len(strings.TrimLeft(l, " "))
		switch {
		case spaces == len(l):
			if indent < 0 {
				l = ""
			}
			lines = append(lines, l[min(max(indent, 0), len(l)):])
			continue
		case indent < 0:
			indent = spaces
		case spaces < indent:
			return lines
		}
		lines = append(lines, l[indent:])
	}
	return lines
}

// attachAll gives every comment of the file to an entry.
func (g *grower) attachAll(tokens token.Tokens) error {
	next := 0
	for i, t := range tokens {
		if t.Type != token.CommentType {
			continue
		}
		for next < len(g.entries) && g.entries[next].at < i {
			next++
		}
		c, alone, err := g.remark(t)
		if err != nil {
			return err
		}
		g.remarks[c.text]++
		prev, after := g.root, (*entry)(nil)
		if next > 0 {
			prev = g.entries[next-1]
		}
		if next < len(g.entries) {
			after = g.entries[next]
		}
		g.attach(c, i, alone, g.open(prev, i), after)
	}
	return nil
}

// remark returns a comment and whether it has its line to itself.
func (g *grower) remark(t *token.Token) (remark, bool, error) {
	line, at := t.Position.Line, -1
	head := t.Prev
	if head != nil && head.Type != token.LiteralType && head.Type != token.FoldedType {
		head = nil
	}
	for ; head == nil && line <= len(g.source) && !strings.HasSuffix(g.source[line-1], "#"+t.Value); line++ {
		// An escape that runs over a line end makes the lexer lose count of lines.
	}
	if line > len(g.source) {
		return remark{}, false, errAstray
	}
	whole := g.source[line-1]
	if head == nil {
		at = len(whole) - len("#"+t.Value)
	} else { // behind | and > the lexer can lose the comment's last letter
		start := len(string([]rune(whole)[:min(head.Position.Column-1, utf8.RuneCountInString(whole))]))
		at = start + strings.IndexByte(whole[start:], '#')
	}
	if whole[max(at, 0):] == "" || whole[max(at, 0)] != '#' {
		return remark{}, false, errAstray
	}
	before := whole[:at]
	return remark{
		text:   strings.TrimRight(whole[at:], " \t"),
		line:   line,
		column: utf8.RuneCountInString(before) + 1,
		blank:  g.blankAbove(line),
		apart:  strings.HasSuffix(before, "  ") || strings.HasSuffix(before, "\t"),
	}, strings.TrimSpace(before) == "", nil
}

var errAstray = errors.New("a comment stands where it cannot be followed")

// open returns the entry that token i stands in, given the last one that began before: brackets that
// are closed by then are left.
func (g *grower) open(e *entry, i int) *entry {
	in := e
	for p := e.parent; p != nil; p = p.parent {
		if p.value.flow && p.value.end < i {
			in = p
		}
	}
	if in == g.root { // what was left is the root's own brackets
		return g.root
	}
	return in
}

// attach gives a comment, which is token i, to the entry it belongs to: the one whose line it ends, the
// one it stands above, or the one it is indented under.
func (g *grower) attach(c remark, i int, alone bool, prev, next *entry) {
	if !alone && prev != g.root {
		prev.endWith(c)
		return
	}
	if t := prev.tail; t != nil && c.column == t.column && c.line == t.line+len(prev.more)+1 && !prev.value.lines() {
		prev.more = append(prev.more, c)
		return
	}
	in := prev.inBrackets(i)
	for in == nil {
		if prev == g.root || c.column > prev.column && !prev.value.lines() {
			in = prev
		}
		prev = prev.parent
	}
	if next != nil && next.within(in) {
		next.lead = append(next.lead, c)
		return
	}
	in.foot = append(in.foot, c)
}

// inBrackets returns the innermost entry between whose brackets token i stands, if any.
func (e *entry) inBrackets(i int) *entry {
	for ; e != nil; e = e.parent {
		if e.value.flow && i < e.value.end {
			return e
		}
	}
	return nil
}

// endWith puts a comment at the end of the entry's line; one that stood there goes above.
func (e *entry) endWith(c remark) {
	if e.tail != nil {
		e.lead = append(append(e.lead, *e.tail), e.more...)
		e.more = nil
	}
	c.blank = false
	e.tail = &c
}

func (e *entry) within(other *entry) bool {
	for ; e != nil; e = e.parent {
		if e == other {
			return true
		}
	}
	return false
}

// splitHead takes the head of the file off the comments of the first entry: all up to the last blank
// line, and up to the line for editors that names the schema.
func (t *tree) splitHead() {
	if len(t.root.value.entries) == 0 {
		return
	}
	e := t.root.value.entries[0]
	n := 0
	for i, c := range e.lead {
		if i > 0 && c.blank {
			n = i
		}
		if strings.Contains(c.text, "yaml-language-server:") {
			n = i + 1
		}
	}
	if e.blank {
		n = len(e.lead)
	}
	t.head, e.lead = e.lead[:n:n], e.lead[n:]
	t.headBlank = *e.gap()
	*e.gap() = false
}

// gap is whether a blank line stands above the entry and its comments.
func (e *entry) gap() *bool {
	if len(e.lead) > 0 {
		return &e.lead[0].blank
	}
	return &e.blank
}
