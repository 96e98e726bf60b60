package yamldoc

import (
	"errors"
	"regexp"
	"strings"

	"coops/internal/problem"

	"github.com/goccy/go-yaml"
)

// finding is what a person did that the parser stumbled over.
type finding struct {
	at      problem.Range
	message problem.Message
	mended  string // the line as it should be; empty where that is not known
}

// mend makes a finding of a line that is right as it stands in mended.
func mend(at problem.Range, id, mended string, blanks ...any) (finding, bool) {
	blanks = append(blanks, "right", shorten(strings.TrimSpace(mended)))
	return finding{at, problem.Say(id, blanks...), mended}, true
}

// keyLine is a line of block YAML: indentation, an entry's dash, a key, and what stands after the colon.
var keyLine = regexp.MustCompile(`^( *)(- +)?([\pL][\pL\pN_-]*):( +(.*))?$`)

// gluedLine is a key whose colon has no space after it; an address (https://…) is none.
var gluedLine = regexp.MustCompile(`^( *(?:- +)?[a-z_]+):([^ /].*)$`)

// diagnose says what a person did, in our words and with the corrected line, and never what the parser
// calls it. Where the parser points is often after the slip, so the lines around it are looked at.
func (r *reader) diagnose(err error) finding {
	var syntax *yaml.SyntaxError
	if !errors.As(err, &syntax) || syntax.Token == nil {
		return finding{message: problem.Say("yaml-syntax.file")}
	}
	line, column := syntax.Token.Position.Line, syntax.Token.Position.Column
	for _, look := range []func(line, column int, says string) (finding, bool){
		r.smartQuote, r.markdownLink, r.unclosed, r.glued, r.badSign, r.innerQuote, r.indentation, r.secondColon, r.missingColon,
	} {
		if f, ok := look(line, column, syntax.Message); ok {
			return f
		}
	}
	return finding{at: r.on(line, column, 1), message: problem.Say("yaml-syntax.unknown")}
}

// whole returns the range of a line's text, without its indentation.
func (r *reader) whole(line int) problem.Range {
	text := r.line(line)
	indent := len(text) - len(strings.TrimLeft(text, " "))
	return r.on(line, indent+1, len([]rune(strings.TrimSpace(text))))
}

// rest returns the range from a column to the end of the line.
func (r *reader) rest(line, column int) problem.Range {
	return r.on(line, column, len([]rune(r.line(line)))-column+1)
}

// Quote writes a text of one line in double quotes, in which a backslash and a double quote are escaped.
func Quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(strings.TrimSpace(text)) + `"`
}

// split parts a block line into what stands before its value and the value, without a comment.
func split(line string) (before, value string, ok bool) {
	m := keyLine.FindStringSubmatch(line)
	if m == nil || m[5] == "" {
		return "", "", false
	}
	value, _, _ = strings.Cut(m[5], " #")
	value = strings.TrimSpace(value)
	return line[:strings.LastIndex(line, m[5])], value, value != ""
}

// smartQuote finds a value in the curly quotes of a word processor.
func (r *reader) smartQuote(line, _ int, _ string) (finding, bool) {
	before, value, ok := split(r.line(line))
	if !ok || !strings.ContainsRune("“”„«‘’", []rune(value)[0]) {
		return finding{}, false
	}
	right := before + Quote(strings.Trim(value, "“”„«»‘’"))
	return mend(r.rest(line, len([]rune(before))+1), "yaml-syntax.smart", right, "sign", string([]rune(value)[0]))
}

var markdownLink = regexp.MustCompile(`^\[[^\]]*\]\(([^()\s]+)\)$`)

// markdownLink finds a link written as in Markdown where an address is asked for.
func (r *reader) markdownLink(line, _ int, _ string) (finding, bool) {
	before, value, ok := split(r.line(line))
	m := markdownLink.FindStringSubmatch(value)
	if !ok || m == nil {
		return finding{}, false
	}
	return mend(r.rest(line, len([]rune(before))+1), "yaml-syntax.link", before+m[1])
}

// unclosed finds a quote or a bracket that is never closed.
func (r *reader) unclosed(line, column int, says string) (finding, bool) {
	text := []rune(r.line(line))
	switch {
	case strings.Contains(says, "end character") && column <= len(text):
		sign := string(text[column-1])
		closed := strings.TrimRight(string(text), " ")
		if at := strings.IndexAny(string(text[column:]), "}]"); at >= 0 && strings.ContainsAny(string(text[:column]), "{[") {
			inner := strings.TrimRight(string(text[column:]), " ")
			closed = string(text[:column]) + inner[:at] + sign + inner[at:]
		} else {
			closed += sign
		}
		return mend(r.rest(line, column), "yaml-syntax.quote", closed)
	case strings.Contains(says, "must be specified"), strings.Contains(says, "end token"):
		sign := "}"
		if strings.Contains(says, "]") {
			sign = "]"
		}
		open := map[string]string{"}": "{", "]": "["}[sign]
		for number := line; number > 0; number-- { // the parser points to the next line
			if at := strings.LastIndex(r.line(number), open); at >= 0 {
				place := r.on(number, len([]rune(r.line(number)[:at]))+1, 1)
				return finding{place, problem.Say("yaml-syntax.bracket", "sign", sign), strings.TrimRight(r.line(number), " ") + sign}, true
			}
		}
	}
	return finding{}, false
}

// glued finds a key without a space after its colon, on the line or the one before.
func (r *reader) glued(line, _ int, says string) (finding, bool) {
	if strings.Contains(says, "mapping value") {
		return finding{}, false
	}
	for number := line; number >= max(1, line-1); number-- {
		if m := gluedLine.FindStringSubmatch(r.line(number)); m != nil {
			return mend(r.whole(number), "yaml-syntax.space", m[1]+": "+m[2])
		}
	}
	return finding{}, false
}

// badSign finds a text that begins with a sign that YAML keeps for itself.
func (r *reader) badSign(line, column int, says string) (finding, bool) {
	for _, theirs := range []string{"reserved character", "directive", "header option", "sequence entries", "anchor", "character corresponding"} {
		if !strings.Contains(says, theirs) {
			continue
		}
		before, value, ok := split(r.line(line))
		if !ok {
			return finding{}, false
		}
		return mend(r.on(line, column, len([]rune(value))), "yaml-syntax.sign", before+Quote(value), "sign", string([]rune(value)[0]))
	}
	return finding{}, false
}

// innerQuote finds a quoted text that holds its own quote.
func (r *reader) innerQuote(line, _ int, says string) (finding, bool) {
	before, value, ok := split(r.line(line))
	if !ok || !strings.Contains(says, "value is not allowed") || len(value) < 2 || value[0] != '"' && value[0] != '\'' {
		return finding{}, false
	}
	inner := strings.Trim(value, value[:1])
	return mend(r.rest(line, len([]rune(before))+1), "yaml-syntax.inner", before+Quote(inner))
}

// indentation finds a key that is indented by a little more or less than the keys it belongs with.
func (r *reader) indentation(line, _ int, says string) (finding, bool) {
	if strings.Contains(says, "mapping value") { // the parser points to the line before
		line = r.nextLine(line)
	} else if !strings.Contains(says, "value is not allowed") {
		return finding{}, false
	}
	m := keyLine.FindStringSubmatch(r.line(line))
	if m == nil {
		return finding{}, false
	}
	spaces := len(m[1])
	with, want := r.neighbor(line, spaces)
	if with == 0 || want == spaces {
		return finding{}, false
	}
	right := strings.Repeat(" ", want) + strings.TrimSpace(r.line(line))
	message := problem.Say("yaml-syntax.indent", "spaces", spaces, "line", with, "want", want, "right", shorten(right))
	return finding{r.whole(line), message, right}, true
}

// nextLine returns the number of the next line that says something, or 0.
func (r *reader) nextLine(line int) int {
	for number := line + 1; number <= len(r.lines); number++ {
		if text := strings.TrimSpace(r.line(number)); text != "" && text[0] != '#' {
			return number
		}
	}
	return 0
}

// neighbor returns the line above whose key the key of a line most probably stands beside, and how far
// that is indented: the nearest in indentation among those it could continue. 0 means there is none.
func (r *reader) neighbor(line, spaces int) (with, want int) {
	nearest := 1 << 10
	for number := line - 1; number > 0; number-- {
		m := keyLine.FindStringSubmatch(r.line(number))
		if m == nil {
			continue
		}
		column := len(m[1]) + len(m[2])
		if distance := max(column-spaces, spaces-column); distance < nearest {
			nearest, with, want = distance, number, column
		}
		if column == 0 {
			break
		}
	}
	return with, want
}

// secondColon finds a text with `: ` in it that is not in quotes.
func (r *reader) secondColon(line, _ int, says string) (finding, bool) {
	before, value, ok := split(r.line(line))
	if !ok || !strings.Contains(says, "mapping value") || !strings.Contains(value+" ", ": ") {
		return finding{}, false
	}
	return mend(r.on(line, len([]rune(before))+1, len([]rune(value))), "yaml-syntax.colon", before+Quote(value))
}

// missingColon finds a line that begins with a word and has no colon.
func (r *reader) missingColon(line, _ int, says string) (finding, bool) {
	text := r.line(line)
	indent := text[:len(text)-len(strings.TrimLeft(text, " "))]
	word, rest, found := strings.Cut(strings.TrimSpace(text), " ")
	if !found || !strings.Contains(says, "unexpected key") && !strings.Contains(says, "non-map value") {
		return finding{}, false
	}
	return mend(r.whole(line), "yaml-syntax.missing", indent+strings.TrimRight(word, "=:")+": "+strings.TrimLeft(rest, "= "))
}
