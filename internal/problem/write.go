package problem

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Style is how a report is written for people.
type Style struct {
	*Speaker
	Color bool // for a terminal
	Brief bool // no more problems than people read, of each file and in all; else every one
}

// paint wraps text in a color, or in nothing.
func (s Style) paint(color, text string) string {
	if !s.Color || text == "" {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

var colors = map[Severity]string{Error: "1;31", Warning: "1;33", Notice: "1;36"}

const (
	bold  = "1"
	faint = "2"
)

// How many problems people read: those of one file, the gravest if there are more, and of all files.
const (
	mostOfFile = 25
	mostOfAll  = 500
)

// readable returns what people read of problems, in their order, and how many more there are of each file.
func readable(problems []Problem) (shown []Problem, more map[string]int) {
	type heap struct {
		file     string
		severity Severity
	}
	count, taken, more := map[heap]int{}, map[heap]int{}, map[string]int{}
	for _, p := range problems {
		count[heap{p.File, p.Severity()}]++
	}
	for _, p := range problems {
		room := mostOfFile
		for _, graver := range []Severity{Error, Warning, Notice} {
			if graver.weight() > p.Severity().weight() {
				room -= count[heap{p.File, graver}]
			}
		}
		if at := (heap{p.File, p.Severity()}); taken[at] < room && len(shown) < mostOfAll {
			taken[at]++
			shown = append(shown, p)
		} else {
			more[p.File]++
		}
	}
	return shown, more
}

// WriteText writes a report for people: each problem with its line and a caret under the place, then one line that
// counts them all.
func WriteText(w io.Writer, r Report, style Style) error {
	var b strings.Builder
	shown, more := r.Problems, map[string]int{}
	if style.Brief {
		shown, more = readable(r.Problems)
	}
	for i, p := range shown {
		place := p.File
		if p.Range.Line > 0 {
			place = fmt.Sprintf("%s:%d:%d", p.File, p.Range.Line, p.Column)
		}
		place = printable(place)
		severity := style.Say(Say("severity." + string(p.Severity())))
		fmt.Fprintf(&b, "%s: %s: %s %s\n", style.paint(bold, place), style.paint(colors[p.Severity()], severity),
			printable(style.Say(p.Message)), style.paint(faint, "["+p.Rule.Name+"]"))
		writeCaret(&b, p, style)
		if n := more[p.File]; n > 0 && (i+1 == len(shown) || shown[i+1].File != p.File) {
			fmt.Fprintf(&b, "%s: %s\n", style.paint(bold, printable(p.File)), style.Say(Say("count.here", "count", n)))
			delete(more, p.File)
		}
	}
	if len(more) > 0 {
		elsewhere := 0
		for _, n := range more {
			elsewhere += n
		}
		fmt.Fprintln(&b, style.Say(Say("count.elsewhere", "count", elsewhere, "files", Say("count.files", "count", len(more)))))
	}
	if len(r.Problems) > 0 {
		b.WriteByte('\n')
	}
	fmt.Fprintln(&b, style.Summary(r))
	_, err := io.WriteString(w, b.String())
	return err
}

// writeCaret shows the line of a problem with carets under its range. Runes wider or narrower than
// one cell may shift the carets on a terminal; the column in the heading stays right.
func writeCaret(b *strings.Builder, p Problem, style Style) {
	if p.Line == "" || p.Range.Line == 0 {
		return
	}
	const widest = 160 // runes of a line that are worth showing
	line := []rune(strings.TrimRight(p.Line, " \t\r"))
	start := min(p.Column-1, len(line))
	end := len(line)
	if p.EndLine == p.Range.Line {
		end = min(max(p.EndColumn-1, start+1), max(len(line), start+1))
	}
	from := 0
	if start > widest/2 {
		from = start - widest/2
	}
	shown := line[from:min(len(line), from+widest)]
	number := fmt.Sprint(p.Range.Line)
	fmt.Fprintf(b, "  %s %s\n", style.paint(faint, number+" |"), printable(string(shown)))
	width := max(1, min(end, from+widest)-start)
	carets := strings.Repeat("^", width)
	fmt.Fprintf(b, "  %s %s%s\n", style.paint(faint, strings.Repeat(" ", len(number))+" |"), strings.Repeat(" ", start-from), style.paint(colors[p.Severity()], carets))
}

// printable replaces what would move the cursor, color the terminal, turn the reading order or not be seen,
// sign by sign, so that columns stay: files come from strangers.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || hidden(r) {
			return '�'
		}
		return r
	}, text)
}

// Summary counts, in one line, what a report found.
func (s *Speaker) Summary(r Report) string {
	var parts []string
	for _, severity := range []Severity{Error, Warning, Notice} {
		if n := Count(r.Problems, severity); n > 0 {
			parts = append(parts, s.Say(Say("count."+string(severity), "count", n)))
		}
	}
	found := strings.Join(parts, ", ")
	if found == "" {
		found = s.Say(Say("count.none"))
	}
	return s.Say(Say("count.all", "files", Say("count.files", "count", r.Files), "found", found))
}

// WriteJSON writes a report for programs, in the shape that docs/architecture.md promises, with the
// messages in the speaker's language.
func WriteJSON(w io.Writer, r Report, speaker *Speaker) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		Files    int    `json:"files"`
		Errors   int    `json:"errors"`
		Warnings int    `json:"warnings"`
		Notices  int    `json:"notices"`
		Problems []Item `json:"problems"`
	}{r.Files, Count(r.Problems, Error), Count(r.Problems, Warning), Count(r.Problems, Notice), Items(r.Problems, speaker)})
}

// Item is a problem as programs get it: an entry of `problems` in what docs/architecture.md promises.
type Item struct {
	File      string   `json:"file"`
	Line      int      `json:"line"`
	Column    int      `json:"column"`
	EndLine   int      `json:"end_line"`
	EndColumn int      `json:"end_column"`
	Severity  Severity `json:"severity"`
	Rule      string   `json:"rule"`
	Message   string   `json:"message"`
	Fix       *string  `json:"fix"`
}

// Items returns problems as programs get them, with the messages in the speaker's language; never nil.
func Items(problems []Problem, speaker *Speaker) []Item {
	items := make([]Item, len(problems))
	for i, p := range problems {
		items[i] = Item{p.File, p.Range.Line, p.Column, p.EndLine, p.EndColumn, p.Severity(), p.Rule.Name, speaker.Say(p.Message), p.Fix}
	}
	return items
}

// annotations is how many of each severity GitHub shows for one step of a job; more are dropped there
// without a word.
const annotations = 10

// WriteGitHub writes a report as workflow commands, which GitHub shows beside the lines of a pull
// request: the gravest first, at most ten of each severity, and the last of them says how many more
// there are. A message is said in the language of the file and in English; forced, if not empty, is
// the one language to say it in instead.
func WriteGitHub(w io.Writer, r Report, forced string) error {
	var b strings.Builder
	for _, severity := range []Severity{Error, Warning, Notice} {
		count, written := Count(r.Problems, severity), 0
		for _, p := range r.Problems {
			if p.Severity() != severity {
				continue
			}
			if written == annotations-1 && count > annotations {
				more := Say("count.more", "count", count-written)
				fmt.Fprintf(&b, "::%s title=%s::%s\n", severity, "coops", data(In(forced).Say(more)))
				break
			}
			writeAnnotation(&b, p, forced)
			written++
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeAnnotation(b *strings.Builder, p Problem, forced string) {
	fmt.Fprintf(b, "::%s file=%s", p.Severity(), property(p.File))
	if p.Range.Line > 0 {
		fmt.Fprintf(b, ",line=%d,endLine=%d,col=%d", p.Range.Line, p.EndLine, p.Column)
		if p.EndLine == p.Range.Line { // endColumn is allowed on one line only, and names the last column
			fmt.Fprintf(b, ",endColumn=%d", max(p.EndColumn-1, p.Column))
		}
	}
	message := In(forced).Say(p.Message)
	if own := In(p.Language); forced == "" && own.Language != "en" {
		message = own.Say(p.Message) + "\n" + message
	}
	fmt.Fprintf(b, ",title=%s::%s\n", property(p.Rule.Name), data(message))
}

// data escapes the message of a workflow command, property one of its values.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
