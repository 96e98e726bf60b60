package problem_test

import (
	"slices"
	"testing"

	"coops/internal/problem"
)

// fix is a problem at a stretch of one line that carries a fix.
func fix(line, from, to int, text string) problem.Problem {
	return problem.Problem{Range: problem.Range{Line: line, Column: from, EndLine: line, EndColumn: to}, Fix: &text}
}

func TestFixesAreWrittenInPlaceOfTheirRanges(t *testing.T) {
	for name, c := range map[string]struct {
		source   string
		problems []problem.Problem
		want     string
		applied  []string // the fixes that were written, in order
	}{
		"nothing to do":         {"a: 1\n", nil, "a: 1\n", nil},
		"out of order":          {"uk, Germany\nx: fr\n", []problem.Problem{fix(2, 4, 6, "FR"), fix(1, 5, 12, "DE"), fix(1, 1, 3, "GB")}, "GB, DE\nx: FR\n", []string{"GB", "DE", "FR"}},
		"columns count runes":   {"é: 日本, x\n", []problem.Problem{fix(1, 4, 6, "JP"), fix(1, 8, 9, "y")}, "é: JP, y\n", []string{"JP", "y"}},
		"the earlier wins":      {"abcdef\n", []problem.Problem{fix(1, 3, 6, "2"), fix(1, 1, 4, "1")}, "1def\n", []string{"1"}},
		"the first of two wins": {"abc\n", []problem.Problem{fix(1, 1, 4, "1"), fix(1, 1, 4, "2")}, "1\n", []string{"1"}},
		"side by side":          {"abcd\n", []problem.Problem{fix(1, 1, 3, "1"), fix(1, 3, 5, "2")}, "12\n", []string{"1", "2"}},
		"one after an overlap":  {"abcdef\n", []problem.Problem{fix(1, 1, 4, "1"), fix(1, 2, 5, "2"), fix(1, 5, 6, "3")}, "1d3f\n", []string{"1", "3"}},
		"something put in":      {"ac\n", []problem.Problem{fix(1, 2, 2, "b")}, "abc\n", []string{"b"}},
		"put in once":           {"ac\n", []problem.Problem{fix(1, 2, 2, "b"), fix(1, 2, 2, "b")}, "abc\n", []string{"b"}},
		"put in at the start":   {"b\n", []problem.Problem{fix(1, 1, 1, "a"), fix(1, 1, 1, "z")}, "ab\n", []string{"a"}},
		"taken out":             {"abc\n", []problem.Problem{fix(1, 2, 3, "")}, "ac\n", []string{""}},
		"over lines": {"a\nbc\nd\n", []problem.Problem{{Range: problem.Range{Line: 1, Column: 2, EndLine: 3, EndColumn: 1}, Fix: new(string)}},
			"ad\n", []string{""}},
		"a mark and Windows line ends":  {"\ufeffuk\r\nfr\r\n", []problem.Problem{fix(1, 1, 3, "GB"), fix(2, 1, 3, "FR\nDE")}, "\ufeffGB\r\nFR\r\nDE\r\n", []string{"GB", "FR\nDE"}},
		"the last line, without an end": {"a\nuk", []problem.Problem{fix(2, 1, 3, "GB")}, "a\nGB", []string{"GB"}},
		"no such place": {"ab\n", []problem.Problem{fix(0, 0, 0, "x"), fix(9, 1, 2, "x"), fix(1, 2, 9, "x"), fix(1, 3, 2, "x"), {Range: problem.Range{Line: 1, Column: 1, EndLine: 1, EndColumn: 2}}},
			"ab\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, applied := problem.Apply([]byte(c.source), c.problems)
			if string(got) != c.want {
				t.Errorf("%q became %q, want %q", c.source, got, c.want)
			}
			var texts []string
			for _, p := range applied {
				texts = append(texts, *p.Fix)
			}
			if !slices.Equal(texts, c.applied) {
				t.Errorf("applied %q, want %q", texts, c.applied)
			}
		})
	}
}

func TestApplyLeavesWhatItWasGivenAlone(t *testing.T) {
	source := []byte("uk\n")
	problem.Apply(source, []problem.Problem{fix(1, 1, 3, "GB")})
	problem.Replace(source, problem.Range{Line: 1, Column: 1, EndLine: 1, EndColumn: 3}, "x")
	if string(source) != "uk\n" {
		t.Errorf("the source is now %q", source)
	}
}

// FuzzApply looks for ranges that make applying panic or touch what lies outside of them.
func FuzzApply(f *testing.F) {
	f.Add("\ufeffa: b\r\nc: d", 1, 4, 1, 5, 2, 1, 2, 2, "x\n")
	f.Add("aé\n", 1, 1, 1, 3, 1, 2, 1, 3, "")
	f.Fuzz(func(t *testing.T, source string, l1, c1, m1, d1, l2, c2, m2, d2 int, text string) {
		problems := []problem.Problem{
			{Range: problem.Range{Line: l1, Column: c1, EndLine: m1, EndColumn: d1}, Fix: &text},
			{Range: problem.Range{Line: l2, Column: c2, EndLine: m2, EndColumn: d2}, Fix: &text},
		}
		got, applied := problem.Apply([]byte(source), problems)
		if len(applied) == 0 && string(got) != source {
			t.Fatalf("nothing was applied, and %q became %q", source, got)
		}
		if len(applied) == 1 {
			one, ok := problem.Replace([]byte(source), applied[0].Range, text)
			if !ok || string(one) != string(got) {
				t.Fatalf("Replace gives %q, Apply %q", one, got)
			}
		}
	})
}
