package review

import (
	"strings"

	"coops/internal/problem"
)

// diff is what two texts differ in, word by word, in their order.
type diff []run

// run is a stretch of words that are in both texts, were in the first, or are in the second.
type run struct {
	kind  byte // ' ', '-' or '+'
	words []string
}

// mostCells is how large a table may be that finds what two texts have in common. It is that of two texts of the length that a
// profile may hold, as people write.
const mostCells = 1 << 21

// wordDiff compares two texts. Texts too long for it count as wholly different.
func wordDiff(before, after string) diff {
	a, b := strings.Fields(before), strings.Fields(after)
	begin := 0
	for begin < len(a) && begin < len(b) && a[begin] == b[begin] {
		begin++
	}
	end := 0
	for end < len(a)-begin && end < len(b)-begin && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	var d diff
	d.add(' ', a[:begin]...)
	d.between(a[begin:len(a)-end], b[begin:len(b)-end])
	d.add(' ', a[len(a)-end:]...)
	return d
}

// between adds what differs between two lists of words, by their longest common subsequence.
func (d *diff) between(a, b []string) {
	if (len(a)+1)*(len(b)+1) > mostCells {
		d.add('-', a...)
		d.add('+', b...)
		return
	}
	common := make([][]uint16, len(a)+1) // words that the rests from here have in common
	for i := range common {
		common[i] = make([]uint16, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			d.add(' ', a[i])
			i, j = i+1, j+1
		case common[i+1][j] >= common[i][j+1]:
			d.add('-', a[i])
			i++
		default:
			d.add('+', b[j])
			j++
		}
	}
	d.add('-', a[i:]...)
	d.add('+', b[j:]...)
}

// add adds words to the last run if it is of that kind, and else begins one.
func (d *diff) add(kind byte, words ...string) {
	switch last := len(*d) - 1; {
	case len(words) == 0:
	case last >= 0 && (*d)[last].kind == kind:
		(*d)[last].words = append((*d)[last].words, words...)
	default:
		*d = append(*d, run{kind, append([]string(nil), words...)})
	}
}

func (d diff) differs() bool { return len(d) > 1 || len(d) == 1 && d[0].kind != ' ' }

// around is how many words are shown on each side of what differs.
const around = 6

// markdown shows what differs, with some words around, and no more than so many characters of text.
func (d diff) markdown(most int) string {
	var b strings.Builder
	for i, r := range d {
		if i > 0 {
			b.WriteByte(' ')
		}
		words := r.words
		if r.kind == ' ' && len(words) > 2*around+1 {
			words = []string{"…"}
			if i > 0 {
				words = append(append([]string(nil), r.words[:around]...), words...)
			}
			if i < len(d)-1 {
				words = append(words, r.words[len(r.words)-around:]...)
			}
		}
		text := strings.Join(words, " ")
		cut := clip(text, most)
		most -= len(cut)
		switch r.kind {
		case '-':
			b.WriteString("<del>" + problem.Text(cut) + "</del>")
		case '+':
			b.WriteString("<ins>" + problem.Text(cut) + "</ins>")
		default:
			b.WriteString(problem.Text(cut))
		}
		if cut != text {
			break
		}
	}
	return b.String()
}

// clip returns the beginning of a text, of so many characters.
func clip(text string, most int) string {
	count := 0
	for i := range text {
		if count++; count > max(most, 0) {
			return text[:i] + "…"
		}
	}
	return text
}
