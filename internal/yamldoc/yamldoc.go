// Package yamldoc turns the bytes of a YAML file into a plain value that knows where in the file each
// of its parts stands. Files come from strangers: limits hold before the parser's work grows.
package yamldoc

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"coops/internal/problem"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Document is one YAML file that could be read.
type Document struct {
	// Value is made of map[string]any, []any, string, json.Number, bool and nil.
	Value any

	file   string
	source string   // with LF line ends and without a byte-order mark
	root   *place   // made when a position is first asked for
	lines  []string // likewise

	measured struct { // the line that was measured last
		text  string
		runes int
	}
}

// Read reads the file of that name. Where the bytes are no YAML that we accept it returns a nil
// document and at least one problem. A document may come with problems, too: of a key that stands twice the
// first counts, and a line whose slip is plain is read as it should be, so that the rest can be checked.
// It never panics and never fails otherwise, and keeps nothing of data.
func Read(file string, data []byte) (*Document, []problem.Problem) {
	r := &reader{Document: Document{file: file, source: normalize(data)}}
	if len(data) <= MaxSize {
		if value, ok := r.quick(nil); ok {
			r.Value = value
			return &r.Document, nil
		}
	}
	if !r.withinLimits(data) || !r.plainYAML() {
		return nil, r.problems
	}
	body := r.parse()
	if body == nil {
		return nil, r.problems
	}
	r.root = new(place) // whoever writes such a file is told places, and the library is slow
	r.Value = r.value(body, r.root, 0)
	for _, p := range r.problems {
		if p.Rule != problem.DuplicateKey && p.Rule != problem.YAMLSyntax { // those are mended; of the others part is lost
			return nil, r.problems
		}
	}
	doc := r.Document
	doc.source, doc.lines = normalize(data), nil // as it was written, also where a line was read as it should be
	return &doc, r.problems
}

// maxMended is how many lines that are no YAML are read as they should be, before it is too much guessing.
const maxMended = 8

type reader struct {
	Document
	tokens   token.Tokens // of the source, until they are parsed
	problems []problem.Problem
}

func (r *reader) report(rule *problem.Rule, at problem.Range, m problem.Message) {
	r.problems = append(r.problems, r.Problem(rule, at, m))
}

// parse returns the body of the file's one document, or nil after reporting why there is none.
func (r *reader) parse() (body ast.Node) {
	defer func() {
		if recover() != nil { // the parser is another's; whatever trips it, the file cannot be used
			r.report(problem.YAMLSyntax, problem.Range{}, problem.Say("yaml-syntax.file"))
			body = nil
		}
	}()
	tokens := r.tokens
	if r.tokens = nil; tokens == nil {
		tokens = lexer.Tokenize(r.source)
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		found := r.diagnose(err)
		r.report(problem.YAMLSyntax, found.at, found.message)
		if found.mended == "" || found.mended == r.line(found.at.Line) || len(r.problems) > maxMended {
			return nil
		}
		// Go on with the line as it should be: whoever wrote it wants to hear of the rest, too.
		r.lines[found.at.Line-1] = found.mended
		r.source = strings.Join(r.lines, "\n")
		return r.parse()
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		r.report(problem.EmptyFile, problem.Range{}, problem.Say("empty-file"))
		return nil
	}
	return file.Docs[0].Body
}

// value converts a node and notes in at where it stands. Most files have no problems, and nobody asks for their
// places: then at is nil.
func (r *reader) value(n ast.Node, at *place, depth int) any {
	if at != nil {
		at.value = r.rangeOf(n)
	}
	if depth > maxDepth {
		r.report(problem.YAMLDepth, r.rangeOf(n), problem.Say("yaml-depth", "most", maxDepth))
		return nil
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		return r.mapping(n.Values, at, depth)
	case *ast.MappingValueNode:
		return r.mapping([]*ast.MappingValueNode{n}, at, depth)
	case *ast.SequenceNode:
		list := make([]any, len(n.Values))
		items := make([]*place, len(n.Values))
		for i, v := range n.Values {
			if at != nil {
				items[i] = new(place)
			}
			list[i] = r.value(v, items[i], depth+1)
		}
		if at != nil {
			at.items = items
		}
		return list
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.BoolNode:
		return n.Value
	case *ast.NullNode:
		return nil
	case *ast.IntegerNode:
		if written := strings.TrimSpace(n.Token.Value); n.Token.Type == token.OctetIntegerType && !strings.HasPrefix(written, "0o") {
			right := strings.TrimLeft(written, "0")
			p := r.Problem(problem.Number, r.rangeOf(n), problem.Say("number.octal", "read", fmt.Sprint(n.Value), "right", right))
			p.Fix = &right
			r.problems = append(r.problems, p)
			return nil
		}
		switch v := n.Value.(type) {
		case int64:
			return json.Number(strconv.FormatInt(v, 10))
		case uint64:
			return json.Number(strconv.FormatUint(v, 10))
		}
	case *ast.FloatNode:
		if !math.IsInf(n.Value, 0) && !math.IsNaN(n.Value) {
			return json.Number(strconv.FormatFloat(n.Value, 'g', -1, 64))
		}
	case *ast.InfinityNode, *ast.NanNode: // reported below
	default:
		r.report(problem.YAMLFeature, r.rangeOf(n), problem.Say("yaml-feature.bare"))
		return nil
	}
	r.report(problem.Number, r.rangeOf(n), problem.Say("number"))
	return nil
}

func (r *reader) mapping(pairs []*ast.MappingValueNode, at *place, depth int) any {
	m := make(map[string]any, len(pairs))
	if at != nil {
		at.keys = make(map[string]*place, len(pairs))
	}
	for i, pair := range pairs {
		name, ok := keyName(pair.Key)
		if !ok {
			r.report(problem.YAMLSyntax, r.rangeOf(pair.Key), problem.Say("yaml-syntax.key"))
			continue
		}
		if _, twice := m[name]; twice {
			r.report(problem.DuplicateKey, r.rangeOf(pair.Key), problem.Say("duplicate-key", "key", shorten(name), "line", r.rangeOf(firstKey(pairs[:i], name)).Line))
			continue
		}
		var here *place
		if at != nil {
			here = &place{key: r.rangeOf(pair.Key)}
			at.keys[name] = here
		}
		m[name] = r.value(pair.Value, here, depth+1)
	}
	return m
}

// firstKey returns the first key of that name, which is there.
func firstKey(pairs []*ast.MappingValueNode, name string) ast.Node {
	i := slices.IndexFunc(pairs, func(pair *ast.MappingValueNode) bool {
		found, ok := keyName(pair.Key)
		return ok && found == name
	})
	return pairs[i].Key
}

// keyName returns a key as it is written: numbers and words such as `no` are names here too.
func keyName(key ast.MapKeyNode) (string, bool) {
	switch key := key.(type) {
	case *ast.StringNode:
		return key.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode, *ast.InfinityNode, *ast.NanNode:
		return key.GetToken().Value, true
	}
	return "", false
}

// Problem makes a problem of this file at a place in it.
func (d *Document) Problem(rule *problem.Rule, at problem.Range, m problem.Message) problem.Problem {
	return problem.Problem{
		File:    d.file,
		Range:   at,
		Rule:    rule,
		Message: m,
		Line:    d.line(at.Line),
	}
}

// shorten cuts what is quoted in a message to a length that can be read.
func shorten(s string) string {
	const most = 90
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// Nothing returns a document without content, for problems of a file as a whole.
func Nothing(file string) *Document { return &Document{file: file} }
