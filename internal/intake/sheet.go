// Package intake makes new profiles: out of answers to questions (coops new) and out of a spreadsheet
// (coops import). It understands what people write in cells, in four languages, and leaves it to package
// check to say what is wrong. It touches no file: it takes bytes and an fs.FS, and hands back bytes.
package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"coops/internal/problem"
	"coops/internal/yamldoc"

	"golang.org/x/text/encoding/charmap"
	encoding "golang.org/x/text/encoding/unicode"
)

// MaxSize is the most bytes a spreadsheet may have.
const MaxSize = 10 << 20

const (
	maxRows    = 100_000
	maxColumns = 500
)

// sheet is a spreadsheet as rows of cells that know where they stand.
type sheet struct {
	file     string
	lines    []string // as decoded, without line ends
	header   []cell   // empty where there is none
	rows     [][]cell
	problems []problem.Problem
}

// cell is one value of a spreadsheet, or an answer.
type cell struct {
	text         string // without spaces around it, and with LF line ends
	line, offset int    // where it begins: 1-based line, 0-based byte; line 0 is no place in a file
	row, column  int    // 1-based, as a spreadsheet counts
	name         string // what its column or question is called
}

// readSheet reads a spreadsheet saved as text. Where nothing can be made of it, ok is false and at least
// one problem says why.
func readSheet(file string, data []byte, header bool) (s *sheet, ok bool) {
	s = &sheet{file: file}
	text, id := decode(data)
	switch id {
	case "":
	case "import-encoding":
		s.whole(problem.ImportEncoding, problem.Say(id))
	default:
		s.whole(problem.ImportFile, problem.Say(id, "most", MaxSize>>20))
		return s, false
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	s.lines = strings.Split(text, "\n")
	first := 0
	separator, told := strings.CutPrefix(strings.ToLower(s.lines[0]), "sep=") // as Excel writes it
	comma, _ := utf8.DecodeRuneInString(separator)
	if told = told && len(separator) == 1 && strings.ContainsRune(separators, comma); told {
		first = 1
	} else {
		comma = separatorOf(text)
	}
	r := csv.NewReader(strings.NewReader(strings.Join(s.lines[first:], "\n")))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = comma, -1, comma != '\t'
	return s, s.read(r, first, header)
}

// read takes in the rows. Lines before the first were read already.
func (s *sheet) read(r *csv.Reader, before int, header bool) bool {
	number, next := 0, 1 // the row that was read, and the line on which the next one is expected
	for {
		record, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			s.broken(err, before)
			return false
		}
		start, _ := r.FieldPos(0)
		number += 1 + start - next // empty lines are rows, too, for whoever counts them
		next = start + 1
		for _, text := range record {
			next += strings.Count(text, "\n")
		}
		if len(record) > maxColumns || len(s.rows) > maxRows {
			s.whole(problem.ImportFile, problem.Say("import-file.many", "rows", maxRows, "columns", maxColumns))
			return false
		}
		row := make([]cell, len(record))
		for i, text := range record {
			line, column := r.FieldPos(i)
			row[i] = cell{line: line + before, offset: column - 1, row: number, column: i + 1}
			if header && s.header != nil && i < len(s.header) {
				row[i].name = s.header[i].text
			}
			row[i].text = s.clean(row[i], text)
		}
		switch {
		case header && s.header == nil:
			s.header = row
		case slices.ContainsFunc(row, func(c cell) bool { return c.text != "" }):
			s.rows = append(s.rows, row)
		}
	}
	if len(s.header) == 0 && len(s.rows) == 0 {
		s.whole(problem.ImportFile, problem.Say("import-file.empty"))
		return false
	}
	return true
}

// broken says where quotes do not match.
func (s *sheet) broken(err error, before int) {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		s.whole(problem.ImportFile, problem.Say("import-file.binary"))
		return
	}
	c := cell{line: parse.StartLine + before, offset: 0}
	if parse.StartLine == parse.Line {
		c.offset = max(parse.Column-1, 0)
	}
	at := s.place(c)
	s.problems = append(s.problems, problem.Problem{File: s.file, Range: at, Rule: problem.ImportFile, Message: problem.Say("import-file.quote"), Line: s.line(at.Line)})
}

// clean returns the text of a cell as people mean it, and reports what cannot be text.
func (s *sheet) clean(c cell, text string) string {
	if len(text) > yamldoc.MaxSize { // no profile holds so much
		s.report(problem.FileSize, c, problem.Say("file-size", "size", len(text), "most", yamldoc.MaxSize))
		return ""
	}
	if at := strings.IndexFunc(text, control); at >= 0 {
		first, _ := utf8.DecodeRuneInString(text[at:])
		s.report(problem.Encoding, c, problem.Say("encoding.control", "code", fmt.Sprintf("U+%04X", first)))
		text = strings.Map(func(r rune) rune {
			if control(r) {
				return -1
			}
			return r
		}, text)
	}
	return strings.TrimSpace(text)
}

// control tells whether a character is none that can stand in a profile.
func control(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || r == 0xfeff || r == 0xfffe || r == 0xffff || r == utf8.RuneError
}

// report adds a problem of a cell.
func (s *sheet) report(rule *problem.Rule, c cell, m problem.Message) {
	s.problems = append(s.problems, s.problem(rule, c, m))
}

// problem makes a problem of a cell. It says which cell as a spreadsheet does, since lines and columns of
// the text are not what people see there.
func (s *sheet) problem(rule *problem.Rule, c cell, m problem.Message) problem.Problem {
	if c.line == 0 {
		return problem.Problem{File: s.file, Rule: rule, Message: m}
	}
	name := letters(c.column) + decimal(c.row)
	said := problem.Say("import.cell", "cell", name, "said", m)
	if c.name != "" && c.name != c.text {
		said = problem.Say("import.cell-of", "cell", name, "column", shorten(c.name), "said", m)
	}
	at := s.place(c)
	return problem.Problem{File: s.file, Range: at, Rule: rule, Message: said, Line: s.line(at.Line)}
}

// whole adds a problem of the spreadsheet as such.
func (s *sheet) whole(rule *problem.Rule, m problem.Message) {
	s.problems = append(s.problems, problem.Problem{File: s.file, Rule: rule, Message: m})
}

// place returns the stretch of the file on which a cell begins.
func (s *sheet) place(c cell) problem.Range {
	line := s.line(c.line)
	before, rest := line[:min(c.offset, len(line))], line[min(c.offset, len(line)):]
	start := utf8.RuneCountInString(before) + 1
	first, _, _ := strings.Cut(c.text, "\n")
	width := utf8.RuneCountInString(first)
	if strings.HasPrefix(rest, `"`) {
		width += 2
	}
	end := min(start+max(width, 1), start+max(utf8.RuneCountInString(rest), 1))
	return problem.Range{Line: c.line, Column: start, EndLine: c.line, EndColumn: end}
}

func (s *sheet) line(number int) string {
	if number < 1 || number > len(s.lines) {
		return ""
	}
	return s.lines[number-1]
}

// letters returns the name of a 1-based column as spreadsheets write it: A … Z, AA …
func letters(column int) string {
	var name string
	for ; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}

// decode returns the text of a file in the encodings that spreadsheets save in: UTF-8, UTF-16 with a
// byte-order mark, Windows-1252 (of which Latin-1 is a part). id is the message that says what is wrong with
// it, if anything is.
func decode(data []byte) (text, id string) {
	switch {
	case len(data) > MaxSize:
		return "", "import-file.size"
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return "", "import-file.workbook"
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		decoded, err := encoding.UTF16(encoding.LittleEndian, encoding.ExpectBOM).NewDecoder().Bytes(data)
		if err != nil || bytes.IndexByte(decoded, 0) >= 0 {
			return "", "import-file.binary"
		}
		return string(decoded), ""
	case bytes.IndexByte(data, 0) >= 0:
		return "", "import-file.binary"
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if utf8.Valid(data) {
		return string(data), ""
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return "", "import-file.binary"
	}
	return string(decoded), "import-encoding"
}

// separators are what may stand between two cells.
const separators = ",;\t"

// separatorOf returns the separator that stands most often in the first row, outside quotes.
func separatorOf(text string) rune {
	count := map[rune]int{}
	quoted := false
	for _, r := range strings.TrimLeft(text, "\n") {
		if r == '\n' && !quoted {
			break
		}
		if r == '"' {
			quoted = !quoted
		}
		if !quoted {
			count[r]++
		}
	}
	best := ','
	for _, r := range separators {
		if count[r] > count[best] {
			best = r
		}
	}
	return best
}
