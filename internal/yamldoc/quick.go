package yamldoc

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"coops/internal/problem"

	"github.com/goccy/go-yaml/token"
)

// Files of data are written in a small part of YAML: maps and lists by indentation, texts of one line, short maps and lists in
// brackets, and blocks below a |. That part is read here, without a token for each sign. A file is read as the library reads
// it or not at all: whatever is not surely the same (a slip, a text that goes on below, a key twice or without a value) is left
// to the library, for the whole file. FuzzQuick holds the two together.

// quick reads a text of that part of YAML.
type quick struct {
	*reader
	text   string // ends with a line end
	at     int    // the byte that is read next
	start  int    // where its line begins
	line   int    // and the number of that
	indent int    // of that line; -1 at the end of the text
	maps   int    // in the brackets of how many maps it is
	values int    // how many keys and entries there were
}

// maxQuickDepth is far within maxDepth, however its levels are counted.
const maxQuickDepth = 12

// quick returns the value of the source, and notes in at, unless it is nil, where its parts stand. False: ask the library.
func (r *reader) quick(at *place) (any, bool) {
	p := &quick{reader: r, text: r.source, line: 1}
	if !plainCharacters(p.text) {
		return nil, false
	}
	p.nextLine()
	if p.indent != 0 {
		return nil, false
	}
	return p.mapping(0, at, 0)
}

// plainCharacters tells whether a text is of whole lines, none of which ends in a space, and has no tab nor what
// withinLimits refuses.
func plainCharacters(text string) bool {
	if !strings.HasSuffix(text, "\n") || !utf8.ValidString(text) {
		return false
	}
	for i := range len(text) {
		switch c := text[i]; {
		case c == '\n':
			if i > 0 && text[i-1] == ' ' {
				return false
			}
		case c < ' ', c == 0x7f,
			c == 0xc2 && text[i+1] < 0xa0,                         // up to U+009F
			c == 0xef && (text[i+1] == 0xbb || text[i+1] == 0xbf): // U+FEFF, U+FFFE, U+FFFF and their neighbors
			return false
		}
	}
	return true
}

// nextLine goes, from the beginning of a line, to the first that says something, past blank ones and comments.
func (p *quick) nextLine() {
	for p.start = p.at; p.at < len(p.text); p.start = p.at {
		p.skipSpaces()
		if c := p.text[p.at]; c != '\n' && c != '#' {
			p.indent = p.at - p.start
			return
		}
		p.skipLine()
	}
	p.indent = -1
}

func (p *quick) skipSpaces() {
	for p.text[p.at] == ' ' {
		p.at++
	}
}

func (p *quick) skipLine() {
	p.at += strings.IndexByte(p.text[p.at:], '\n') + 1
	p.line++
}

// endLine goes on to the next line that says something. False: something but a comment follows on this one.
func (p *quick) endLine() bool {
	before := p.at
	p.skipSpaces()
	if c := p.text[p.at]; c != '\n' && (c != '#' || p.at == before) {
		return false
	}
	p.skipLine()
	p.nextLine()
	return true
}

// mapping reads a map whose keys have that indentation; it stands at the first of them.
func (p *quick) mapping(indent int, at *place, depth int) (any, bool) {
	m := make(map[string]any, 16>>min(depth, 3))
	if at != nil {
		at.value = p.from(p.at, p.at+p.keyLength())
		at.keys = make(map[string]*place)
	}
	for p.indent == indent || len(m) == 0 { // a map in a list begins behind the dash
		name, here, ok := p.key(m, at)
		if !ok {
			return nil, false
		}
		var value any
		if p.text[p.at] == ' ' && p.text[p.at+1] != '#' && p.text[p.at+1] != ' ' {
			p.at++
			value, ok = p.beside(indent, here, depth)
		} else {
			value, ok = p.below(indent, here, depth)
		}
		if !ok {
			return nil, false
		}
		m[name] = value
	}
	return m, p.indent < indent
}

// key reads a key and its colon.
func (p *quick) key(m map[string]any, at *place) (name string, here *place, ok bool) {
	end := p.at + p.keyLength()
	name = p.text[p.at:end]
	if _, twice := m[name]; twice || name == "" || !p.another() {
		return "", nil, false
	}
	if at != nil {
		here = &place{key: p.from(p.at, end)}
		at.keys[name] = here
	}
	p.at = end + 1
	return name, here, true
}

// another counts a key or an entry, and tells whether there may be so many.
func (p *quick) another() bool {
	p.values++
	return p.values <= maxValues
}

// keyLength returns how long the key is that stands here; 0 if it is none, or not a word.
func (p *quick) keyLength() int {
	for i := p.at; ; i++ {
		switch c := p.text[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', i > p.at && (c == '_' || c == '-' || '0' <= c && c <= '9'):
		case c == ':' && (p.text[i+1] == ' ' || p.text[i+1] == '\n'):
			return i - p.at
		default:
			return 0
		}
	}
}

// below reads the map or the list that stands below its key.
func (p *quick) below(indent int, at *place, depth int) (any, bool) {
	if !p.endLine() || p.indent <= indent || depth == maxQuickDepth {
		return nil, false
	}
	if p.text[p.at] == '-' {
		return p.list(p.indent, at, depth+1)
	}
	return p.mapping(p.indent, at, depth+1)
}

// list reads a list whose dashes have that indentation; it stands at the first of them.
func (p *quick) list(indent int, at *place, depth int) (any, bool) {
	if at != nil {
		at.value = p.from(p.at, p.at+1)
		at.items = []*place{}
	}
	list := []any{}
	for p.indent == indent {
		if p.text[p.at] != '-' || p.text[p.at+1] != ' ' || depth == maxQuickDepth || !p.another() {
			return nil, false
		}
		p.at += 2
		var value any
		var ok bool
		if here := at.item(); p.keyLength() > 0 {
			value, ok = p.mapping(indent+2, here, depth+1)
		} else if p.text[p.at] != '|' {
			value, ok = p.beside(indent, here, depth)
		}
		if !ok {
			return nil, false
		}
		list = append(list, value)
	}
	return list, p.indent < indent
}

// item adds the place of a list's next item; nil stays nil.
func (at *place) item() *place {
	if at == nil {
		return nil
	}
	here := new(place)
	at.items = append(at.items, here)
	return here
}

// beside reads what stands behind a key or a dash of that indentation, and goes on to the next line.
func (p *quick) beside(indent int, at *place, depth int) (any, bool) {
	if p.text[p.at] == '|' {
		return p.block(indent, at)
	}
	value, ok := p.inline(at, depth, 0)
	return value, ok && p.endLine()
}

// block reads a text that stands as lines below its key.
func (p *quick) block(indent int, at *place) (any, bool) {
	begin := p.at
	p.at++
	keep := p.text[p.at] != '-'
	if !keep {
		p.at++
	}
	if at != nil {
		at.value = p.from(begin, p.at)
	}
	if p.text[p.at] != '\n' {
		return nil, false
	}
	p.skipLine()
	p.start = p.at
	for p.at < len(p.text) && p.text[p.at] == ' ' {
		p.at++
	}
	inner := p.at - p.start
	if inner <= indent || p.text[p.at] == '\n' {
		return nil, false
	}
	var b strings.Builder
	for p.at = p.start; p.at < len(p.text); {
		line := p.text[p.at : p.at+strings.IndexByte(p.text[p.at:], '\n')]
		spaces := len(line) - len(strings.TrimLeft(line, " "))
		if line != "" && spaces < inner {
			break
		}
		b.WriteString(line[min(inner, len(line)):])
		b.WriteByte('\n')
		p.skipLine()
	}
	p.nextLine()
	text := strings.TrimRight(b.String(), "\n")
	if keep {
		text += "\n"
	}
	return text, true
}

// inline reads a text, a word, a number, or a list or map in brackets, and stops right behind it. In brackets, in is the sign
// that closes them.
func (p *quick) inline(at *place, depth int, in byte) (any, bool) {
	begin := p.at
	var value any
	ok := true
	switch c := p.text[p.at]; {
	case c == '"', c == '\'':
		value, ok = p.quoted(c)
	case c == '[', c == '{':
		if depth >= maxQuickDepth {
			return nil, false
		}
		if at != nil {
			at.value = p.from(begin, begin+1)
		}
		if c == '[' {
			return p.bracketedList(at, depth+1)
		}
		return p.bracketedMapping(at, depth+1)
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '/', c == '(', c >= utf8.RuneSelf:
		if ok = p.unquoted(in); ok {
			value, ok = meaning(p.text[begin:p.at])
		}
	default:
		return nil, false
	}
	if ok && at != nil {
		at.value = p.from(begin, p.at)
	}
	return value, ok
}

// quoted reads a text in quotes that ends on its line.
func (p *quick) quoted(quote byte) (string, bool) {
	p.at++
	begin := p.at
	var parts []byte // of what was written with a backslash, or a quote twice; nil while there is none
	for {
		switch c := p.text[p.at]; {
		case c == '\n':
			return "", false
		case c == '\\' && quote == '"':
			next := p.text[p.at+1]
			if next != '"' && next != '\\' {
				return "", false
			}
			parts = append(append(parts, p.text[begin:p.at]...), next)
			p.at += 2
			begin = p.at
		case c == quote && quote == '\'' && p.text[p.at+1] == quote:
			parts = append(parts, p.text[begin:p.at+1]...)
			p.at += 2
			begin = p.at
		case c == quote:
			text := p.text[begin:p.at]
			if parts != nil {
				text = string(append(parts, text...))
			}
			p.at++
			return text, true
		default:
			p.at++
		}
	}
}

// unquoted goes to the end of a text without quotes: that of its line, a comment, or in brackets a comma or what closes them.
func (p *quick) unquoted(in byte) bool {
	for begin := p.at; ; p.at++ {
		switch c := p.text[p.at]; {
		case c == '\n', c == ' ' && p.text[p.at+1] == '#', in != 0 && (c == ',' || c == in):
			for p.text[p.at-1] == ' ' {
				p.at--
			}
			return p.at > begin && (in == 0 || c == ',' || c == in)
		case c == ':' && !p.colonInText(p.text[p.at+1], in), in != 0 && strings.IndexByte("[]{}", c) >= 0:
			return false
		}
	}
}

// colonInText tells whether a colon is one of a text, by what follows it. Within the brackets of a map the library takes most
// others for the end of a key.
func (p *quick) colonInText(next, in byte) bool {
	switch {
	case in == 0:
		return next != ' ' && next != '\n'
	case in == '}' || p.maps == 0:
		return next == '/' || isLetterOrDigit(next)
	}
	return next == '/'
}

func isLetterOrDigit(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// bracketedList reads a list in brackets that are closed on its line.
func (p *quick) bracketedList(at *place, depth int) (any, bool) {
	list := []any{}
	if at != nil {
		at.items = []*place{}
	}
	ok := p.bracketed(']', func() bool {
		value, ok := p.inline(at.item(), depth, ']')
		list = append(list, value)
		return ok
	})
	return list, ok
}

// bracketedMapping reads a map in brackets that are closed on its line.
func (p *quick) bracketedMapping(at *place, depth int) (any, bool) {
	m := make(map[string]any, 4)
	if at != nil {
		at.keys = map[string]*place{}
	}
	p.maps++
	ok := p.bracketed('}', func() bool {
		name, here, ok := p.key(m, at)
		if !ok || p.text[p.at] != ' ' {
			return false
		}
		p.skipSpaces()
		m[name], ok = p.inline(here, depth, '}')
		return ok
	})
	p.maps--
	return m, ok
}

// bracketed reads what stands between brackets, one entry after the other.
func (p *quick) bracketed(end byte, entry func() bool) bool {
	p.at++
	p.skipSpaces()
	for p.text[p.at] != end {
		if !p.another() || !entry() {
			return false
		}
		p.skipSpaces()
		if p.text[p.at] == ',' {
			p.at++
			p.skipSpaces()
			if p.text[p.at] == end {
				return false
			}
		} else if p.text[p.at] != end {
			return false
		}
	}
	p.at++
	return true
}

// meaning returns what a text without quotes is: a word, a number, or the text.
func meaning(written string) (any, bool) {
	switch written {
	case "null", "Null", "NULL":
		return nil, true
	case "true", "True", "TRUE":
		return true, true
	case "false", "False", "FALSE":
		return false, true
	}
	first := written[0]
	if first != '-' && (first < '0' || first > '9') {
		return written, true
	}
	if first == '-' && (len(written) == 1 || written[1] < '0' || written[1] > '9') {
		return nil, false
	}
	n := token.ToNumber(written)
	if n == nil {
		return written, true
	}
	switch v := n.Value.(type) {
	case uint64:
		return json.Number(written), strconv.FormatUint(v, 10) == written
	case int64:
		return json.Number(written), strconv.FormatInt(v, 10) == written
	case float64:
		return json.Number(strconv.FormatFloat(v, 'g', -1, 64)), true
	}
	return nil, false
}

// from returns the range of what stands on this line from one byte to another.
func (p *quick) from(begin, end int) problem.Range {
	return p.on(p.line, utf8.RuneCountInString(p.text[p.start:begin])+1, utf8.RuneCountInString(strings.TrimSpace(p.text[begin:end])))
}
