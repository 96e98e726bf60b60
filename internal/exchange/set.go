package exchange

import "slices"

// names gives each text a number, from zero in the order they come.
type names struct {
	number map[string]int
	texts  []string
}

func newNames() *names { return &names{number: map[string]int{}} }

func (n *names) of(text string) int {
	i, ok := n.number[text]
	if !ok {
		i = len(n.texts)
		n.number[text] = i
		n.texts = append(n.texts, text)
	}
	return i
}

func (n *names) set(texts []string) set {
	var s set
	for _, text := range texts {
		s = s.add(n.of(text))
	}
	return s
}

// in returns the texts of a set, sorted.
func (n *names) in(s set) []string {
	var texts []string
	for _, number := range s.members() {
		texts = append(texts, n.texts[number])
	}
	slices.Sort(texts)
	return texts
}

// set holds small numbers, a bit each. The zero value is empty.
type set struct {
	low  uint64   // below 64, which nearly all are
	more []uint64 // those above
}

// add returns the set with a number more; the one it was may be changed by it.
func (s set) add(i int) set {
	if i < 64 {
		s.low |= 1 << i
		return s
	}
	for len(s.more) < i/64 {
		s.more = append(s.more, 0)
	}
	s.more[i/64-1] |= 1 << (i % 64)
	return s
}

// has tells whether a number is in the set.
func (s set) has(i int) bool {
	if i < 64 {
		return s.low&(1<<i) != 0
	}
	return i/64 <= len(s.more) && s.more[i/64-1]&(1<<(i%64)) != 0
}

// with returns a new set of what is in either.
func (s set) with(t set) set {
	if len(s.more) < len(t.more) {
		s, t = t, s
	}
	either := set{s.low | t.low, slices.Clone(s.more)}
	for i, word := range t.more {
		either.more[i] |= word
	}
	return either
}

// only returns a new set of what is in both.
func (s set) only(t set) set {
	both := set{s.low & t.low, slices.Clone(s.more[:min(len(s.more), len(t.more))])}
	for i := range both.more {
		both.more[i] &= t.more[i]
	}
	return both
}

// meets tells whether something is in both.
func (s set) meets(t set) bool {
	if s.low&t.low != 0 {
		return true
	}
	for i := range min(len(s.more), len(t.more)) {
		if s.more[i]&t.more[i] != 0 {
			return true
		}
	}
	return false
}

// members returns what is in the set, in order.
func (s set) members() []int {
	var all []int
	for i := range 64 * (1 + len(s.more)) {
		if s.has(i) {
			all = append(all, i)
		}
	}
	return all
}

// bit is a number's place in a mask. Numbers share places, so masks that do not meet rule out, and
// others say nothing.
func bit(i int) uint64 { return 1 << (i % 64) }
