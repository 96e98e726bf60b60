package review

import (
	"fmt"

	"coops/internal/problem"
)

// difference returns the problems that a change brings, in the order of the report, and how many it mends. A problem is the same
// wherever in its file it stands. Errors in what the change touches are told in any case: it leaves them there. formerly names
// the files that were renamed.
func difference(before, after []problem.Problem, touches map[string]bool, formerly map[string]string) (brings []problem.Problem, mends int) {
	had := map[string]int{}
	for _, p := range before {
		if now, renamed := formerly[p.File]; renamed {
			p.File = now
		}
		had[keyOf(p)]++
	}
	kept := 0
	for _, p := range after {
		known := had[keyOf(p)] > 0
		if known {
			had[keyOf(p)]--
			kept++
		}
		if !known || touches[p.File] && p.Severity() == problem.Error {
			brings = append(brings, p)
		}
	}
	return brings, len(before) - kept
}

func keyOf(p problem.Problem) string {
	return fmt.Sprintf("%q %s %s %q", p.File, p.Rule.Name, p.Message.ID, fmt.Sprint(p.Message.Args))
}
