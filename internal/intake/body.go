package intake

import (
	"regexp"
	"slices"
	"strings"

	"coops/internal/check"
	"coops/internal/problem"
)

// What an issue made with the form says: the text of its first message, which anybody can have written or
// changed by hand.

// body is the text of an issue taken apart.
type body struct {
	language string            // of the form, as its headings tell
	answers  map[string]string // field -> what was written, cleaned
	found    int               // how many headings of the form there are
	problems []problem.Problem
}

// heading is a line that looks like one of the form's.
type heading struct {
	line, asked int
	hidden      bool // it stands in a code block or a comment
}

// readBody takes the text of an issue apart. Answers are whatever stands between the headings of the form in
// the form's order; other lines that look like headings are text. language is that of a form whose headings
// do not tell.
func readBody(text, language string) body {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	lines := strings.Split(text, "\n")
	all := headingsIn(lines)
	chosen, twice := inOrder(all)
	if seen, _ := inOrder(slices.DeleteFunc(slices.Clone(all), func(h heading) bool { return h.hidden })); len(seen) == len(chosen) {
		all = slices.DeleteFunc(all, func(h heading) bool { return h.hidden })
		chosen, twice = inOrder(all)
	}
	b := body{language: formLanguage(lines, chosen, language), answers: map[string]string{}, found: len(chosen)}
	there := map[int]bool{}
	for i, h := range chosen {
		end := len(lines)
		if i+1 < len(chosen) {
			end = chosen[i+1].line
		}
		there[h.asked] = true
		b.answers[form[h.asked].field] = clean(form[h.asked], strings.Join(lines[h.line+1:end], "\n"))
	}
	report := func(id string, h heading) {
		b.problems = append(b.problems, problem.Problem{File: form[h.asked].field, Rule: problem.FormField, Message: problem.Say(id, "heading", strings.TrimSpace(lines[h.line]))})
	}
	for _, h := range twice {
		report("form-field.twice", h)
	}
	for _, h := range all {
		if !there[h.asked] {
			there[h.asked] = true
			report("form-field.order", h)
		}
	}
	return b
}

var (
	fenceLine = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})")
	comment   = regexp.MustCompile(`(?s)<!--.*?-->`)
)

// headingsIn returns the lines that are headings of the form, in any language.
func headingsIn(lines []string) []heading {
	var all []heading
	fence, inComment := "", false
	for n, line := range lines {
		if i, ok := headings()[headingText(line)]; ok {
			all = append(all, heading{n, i, fence != "" || inComment})
		}
		switch m := fenceLine.FindStringSubmatch(line); {
		case inComment:
			inComment = !strings.Contains(line, "-->")
		case fence != "":
			if m != nil && strings.HasPrefix(m[1], fence) && strings.TrimSpace(line) == m[1] {
				fence = ""
			}
		case m != nil:
			fence = m[1]
		default:
			opened := strings.LastIndex(line, "<!--")
			inComment = opened >= 0 && !strings.Contains(line[opened:], "-->")
		}
	}
	return all
}

// headingText returns what a heading of the form's kind says; empty for other lines.
func headingText(line string) string {
	text, ok := strings.CutPrefix(line, "### ")
	if !ok {
		return ""
	}
	return asRead(text)
}

// asRead returns a text as it is compared: without what cannot be seen.
func asRead(text string) string { return strings.TrimSpace(visible(text)) }

// inOrder returns the most headings that follow each other as in the form, and those of them that another
// line could as well be, so that nobody can tell which is meant. After an answer of one line it is the first.
func inOrder(all []heading) (chosen, twice []heading) {
	before, after := make([]int, len(all)), make([]int, len(all))
	most := chains(all, before, func(i int) int { return i }, func(h heading) int { return h.asked })
	last := len(all) - 1
	chains(all, after, func(i int) int { return last - i }, func(h heading) int { return len(form) - 1 - h.asked })
	for i, h := range all {
		if before[i]+after[i]-1 != most {
			continue
		}
		switch step := before[i]; {
		case step > len(chosen):
			chosen = append(chosen, h)
		case step > 1 && form[chosen[step-2].asked].element == textarea && !slices.Contains(twice, chosen[step-1]):
			twice = append(twice, chosen[step-1])
		}
	}
	return chosen, twice
}

// chains fills in, for each heading, how long the longest chain is that ends with it, going through them in
// the order of at, and returns the length of the longest of all.
func chains(all []heading, length []int, at func(int) int, rank func(heading) int) int {
	longest := make([]int, len(form)+1) // that ends with a rank, one further on
	for n := range all {
		i := at(n)
		r := rank(all[i])
		length[i] = slices.Max(longest[:r+1]) + 1
		longest[r+1] = max(longest[r+1], length[i])
	}
	return slices.Max(longest)
}

// formLanguage returns the language that most of the chosen headings are in.
func formLanguage(lines []string, chosen []heading, language string) string {
	best, most := problem.In(language).Language, 0
	for _, candidate := range append([]string{best}, problem.Languages...) {
		n := 0
		for _, h := range chosen {
			if headingText(lines[h.line]) == asRead(form[h.asked].label(candidate)) {
				n++
			}
		}
		if n > most {
			best, most = candidate, n
		}
	}
	return best
}

// visible returns a text without the characters that nobody sees, and with spaces for those that only look
// like one.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == 0xa0 || r == 0x2028 || r == 0x2029:
			return ' '
		case control(r), check.Hidden(r):
			return -1
		}
		return r
	}, text)
}

// nothing is what stands for no answer: what GitHub puts there, and what people do.
var nothing = []string{"_no response_", "no response", "none", "n/a", "-", "--", "–", "—", ".", "ninguno", "ninguna", "aucun", "aucune", "nenhum", "nenhuma"}

// clean returns an answer without what surrounds it: comments, a code block, invisible characters.
func clean(a asked, text string) string {
	text = asRead(comment.ReplaceAllString(text, ""))
	if a.field != "description" {
		text = unfenced(text)
	}
	if slices.Contains(nothing, strings.ToLower(text)) {
		return ""
	}
	return text
}

// unfenced returns a text without the fences around the whole of it.
func unfenced(text string) string {
	lines := strings.Split(text, "\n")
	last := len(lines) - 1
	m := fenceLine.FindStringSubmatch(lines[0])
	if m == nil || last == 0 || strings.TrimSpace(lines[last]) != m[1] {
		return text
	}
	return strings.TrimSpace(strings.Join(lines[1:last], "\n"))
}

// link is an address as Markdown writes one.
var link = regexp.MustCompile(`^(?:<(\S+)>|\[[^\]]*\]\(<?([^\s()<>]+)>?\))$`)

// unlinked returns the address of a link, or the text.
func unlinked(text string) string {
	if m := link.FindStringSubmatch(text); m != nil {
		return m[1] + m[2]
	}
	return text
}

// ticked returns which boxes have a tick, by what they are called in any language.
func ticked(a asked, text string) map[string]bool {
	boxes := map[string]bool{}
	for _, line := range strings.Split(text, "\n") {
		line, ok := strings.CutPrefix(strings.TrimLeft(strings.TrimSpace(line), "-*+ "), "[")
		mark, called, closed := strings.Cut(line, "]")
		if !ok || !closed || strings.ToLower(strings.TrimSpace(mark)) != "x" {
			continue
		}
		for _, id := range a.ids() {
			for _, language := range problem.Languages {
				if asRead(called) == asRead(a.option(id, language)) {
					boxes[id] = true
				}
			}
		}
	}
	return boxes
}
