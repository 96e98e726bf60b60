package upkeep

import (
	"fmt"
	"slices"

	"coops/internal/github"
)

// HoldLabel is the label by which a maintainer keeps a pull request from being merged without them.
const HoldLabel = "hold"

// StewardEdit is the verdict of a review that lets a change in without a person: a steward of a co-op changed its profile, and nothing else.
const StewardEdit = "steward-edit"

// WhyNot tells why none of the pull requests that propose one commit may be merged without a person, whatever is in it; empty: the one that there
// is may.
func WhyNot(pulls []github.Pull) string {
	if len(pulls) == 0 {
		return "no open pull request proposes this commit"
	}
	if len(pulls) > 1 {
		return fmt.Sprintf("%d pull requests propose this commit, and which one is meant is for a person to say", len(pulls))
	}
	switch p := pulls[0]; {
	case p.Draft:
		return "it is a draft"
	case slices.Contains(p.Labels, HoldLabel):
		return fmt.Sprintf("a maintainer holds it back (label %q)", HoldLabel)
	case !p.Home.Here && (p.Home.Owner.ID == 0 || p.Home.Owner.ID != p.Author.ID):
		return "it comes from a repository that is not its author's, so that others could change it"
	}
	return ""
}

// WhyNotYet tells which of the checks that must have passed did not; empty: all passed. A check counts only if a workflow made it, and every one of
// that name must have passed.
func WhyNotYet(checks []github.Check, required []string) string {
	for _, name := range required {
		made := 0
		for _, c := range checks {
			if c.Name != name || c.App != "github-actions" {
				continue
			}
			if made++; !c.Passed {
				return fmt.Sprintf("the check %s has not passed", name)
			}
		}
		if made == 0 {
			return fmt.Sprintf("there is no check %s", name)
		}
	}
	return ""
}

// Same tells whether a pull request still is what was judged.
func Same(judged, now github.Pull) bool {
	return now.Open && !now.Draft && !slices.Contains(now.Labels, HoldLabel) &&
		now.Head == judged.Head && now.Base == judged.Base && now.Author == judged.Author && now.Home == judged.Home
}
