// Package upkeep decides what keeps a directory going without much work: which profiles are due for a look, and which change may go
// in without anybody's. It is pure; whoever asks GitHub and writes there is cli.
package upkeep

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"coops/internal/directory"
)

// Due returns the co-ops at work whose profile nobody has confirmed for a year, or, where others wrote it, whose source nobody
// has looked at for a year; what waits longest comes first.
func Due(coops []*directory.Coop, today directory.Date) []*directory.Coop {
	now, _ := today.Time()
	var due []*directory.Coop
	for _, c := range coops {
		if seen, ok := lastSeen(c).Time(); ok && !c.Ended() && seen.Before(now.AddDate(-1, 0, 0)) {
			due = append(due, c)
		}
	}
	slices.SortStableFunc(due, func(a, b *directory.Coop) int {
		return cmp.Or(strings.Compare(string(lastSeen(a)), string(lastSeen(b))), strings.Compare(a.Slug, b.Slug))
	})
	return due
}

// lastSeen returns the day when somebody last said that a profile is right, or took it from its source.
func lastSeen(c *directory.Coop) directory.Date {
	if c.Unconfirmed() && c.Source != nil {
		return c.Source.Retrieved
	}
	return c.Confirmed
}

// mostDue is how many profiles an issue lists; GitHub takes 65,536 characters, and nobody writes to so many co-ops in a month.
const mostDue = 150

// DueIssue returns what the issue about co-ops that are due says, as Markdown, and nothing where none are. Folder is the address of the
// profiles. Of the profiles it shows but slugs and days, so that nothing in one can forge anything here.
func DueIssue(due []*directory.Coop, folder string) string {
	if len(due) == 0 {
		return ""
	}
	var own, listed strings.Builder
	for _, c := range due[:min(len(due), mostDue)] {
		to := &own
		if c.Unconfirmed() {
			to = &listed
		}
		fmt.Fprintf(to, "| [%s](%s/%s.yaml) | %s |\n", c.Slug, folder, c.Slug, lastSeen(c))
	}
	var b strings.Builder
	b.WriteString("Nobody has looked at these profiles for a year. This list is renewed every month; what was confirmed leaves it.\n")
	if own.Len() > 0 {
		b.WriteString("\n### Written by the co-op\n\n" +
			"Write to it and ask whether all is still right: the address is in its profile. A member confirms it on the co-op's page with \"Confirm this is right\", " +
			"or with `coops confirm`. If the co-op has ended, set `status: closed` and `ended`.\n\n" +
			"| profile | last confirmed |\n| --- | --- |\n" + own.String())
	}
	if listed.Len() > 0 {
		b.WriteString("\n### Written by others\n\n" +
			"Look at the co-op's website and at the source. If they still say the same, set `retrieved` to today. Better still, invite the co-op to take over its profile.\n\n" +
			"| profile | last taken from its source |\n| --- | --- |\n" + listed.String())
	}
	if more := len(due) - mostDue; more > 0 {
		fmt.Fprintf(&b, "\nand %d more, which waited less long.\n", more)
	}
	return b.String()
}
