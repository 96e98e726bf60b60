// Package problem is what a contributor got wrong: a value, never an error. Whoever checks collects
// problems; whoever prints chooses a writer.
package problem

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity is how much a problem weighs.
type Severity string

const (
	Error   Severity = "error"   // blocks: the site is not built
	Warning Severity = "warning" // a person decides
	Notice  Severity = "notice"  // advice
)

// Range is a stretch of a file. Lines and columns are 1-based, columns count runes as editors do,
// and the end is just past the last rune. The zero Range means the file as a whole.
type Range struct {
	Line, Column       int
	EndLine, EndColumn int
}

// Problem is one thing that a contributor can mend.
type Problem struct {
	File string // slash-separated, relative to the directory that was checked
	Range
	Rule     *Rule
	Message  Message // one sentence in plain words: what is wrong, what was found, what to do
	Fix      *string // the text to write in place of the range; nil where no one text is right
	Certain  bool    // Fix (or Edit) changes the writing and not the meaning, so that a program may write it
	Edit     *Edit   // what mends it where that is not to write Fix in place of the range
	Line     string  // the line of the file that Range begins on, to show; empty where there is none
	Language string  // the language of whoever wrote the file (BCP 47); empty: not known
}

// Severity is that of the problem's rule.
func (p Problem) Severity() Severity { return p.Rule.Severity }

// Edit is a text to write in place of a range.
type Edit struct {
	Range
	Text string
}

// Sort orders problems by file, place, rule and message, so that the same files give the same report.
func Sort(problems []Problem) {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		if order := cmp.Or(
			strings.Compare(a.File, b.File),
			cmp.Compare(a.Range.Line, b.Range.Line),
			cmp.Compare(a.Column, b.Column),
			strings.Compare(a.Rule.Name, b.Rule.Name),
			strings.Compare(a.Message.ID, b.Message.ID),
		); order != 0 {
			return order
		}
		return strings.Compare(fmt.Sprint(a.Message.Args), fmt.Sprint(b.Message.Args)) // seldom asked, and it takes long
	})
}

// Count returns how many problems have that severity.
func Count(problems []Problem, severity Severity) int {
	n := 0
	for _, p := range problems {
		if p.Severity() == severity {
			n++
		}
	}
	return n
}

// Report is what a check of a directory found.
type Report struct {
	Files    int // how many files were looked at
	Problems []Problem
}

// Only returns the report with the problems that are at least as severe.
func (r Report) Only(least Severity) Report {
	kept := Report{Files: r.Files}
	for _, p := range r.Problems {
		if p.Severity().weight() >= least.weight() {
			kept.Problems = append(kept.Problems, p)
		}
	}
	return kept
}

func (s Severity) weight() int { return slices.Index([]Severity{Notice, Warning, Error}, s) }

// Failed tells whether any problem blocks.
func (r Report) Failed() bool { return Count(r.Problems, Error) > 0 }
