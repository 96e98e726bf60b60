package review

import (
	"net/url"
	"slices"
	"strings"

	"coops/internal/problem"
)

// Verdict is what should become of a proposal.
type Verdict string

// The verdicts, those that ask for most first. Where code is touched, problems may well be none with that code.
const (
	TouchesCode  Verdict = "touches-code"  // a maintainer of the code has to look
	NeedsChanges Verdict = "needs-changes" // whoever proposes it has to mend something
	NeedsReview  Verdict = "needs-review"  // a person has to look
	StewardEdit  Verdict = "steward-edit"  // nobody has to look
)

// Reason is one that a verdict has. Nothing that a stranger wrote is in it.
type Reason struct {
	Code    string // stable: it is written to JSON
	Count   int    // of what it is about
	Verdict Verdict
}

// The codes of reasons.
const (
	code      = "code"      // it changes files that are no data
	unrelated = "unrelated" // it has no commit in common with what it is to be merged into
	noData    = "no-data"   // nothing is left
	tooMuch   = "too-much"  // it writes more data than is looked at
	errs      = "errors"    // it brings errors, or leaves them in what it touches
	warnings  = "warnings"  // it brings what a person has to decide on
	added     = "added"
	renamed   = "renamed"
	closed    = "closed"
	removed   = "removed"
	identity  = "identity" // it changes who a co-op is, or who may speak for it
	form      = "form"     // it changes a file in more than its fields, or in nothing that means anything
	stranger  = "stranger" // the author is no steward
	data      = "data"     // it changes data that is no profile
	clash     = "clash"    // what it changes was changed meanwhile
	nothing   = "nothing"  // it changes nothing
	hosts     = "hosts"    // the author speaks for none of the co-ops that host an event
	lead      = "lead"     // it changes who holds an event or asks for help, or where whoever answers is led
	gone      = "gone"     // it removes an event or request
	steward   = "steward"  // a steward changes a profile
)

// Message says the reason.
func (r Reason) Message() problem.Message {
	return problem.Say("review-reason."+r.Code, "count", r.Count)
}

// ofIdentity are the fields that say who a co-op is, whom it belongs to, and who may speak for it: nobody changes them without a person who looks, so
// that an account which fell into wrong hands cannot make another co-op of one, nor lock its people out.
var ofIdentity = []string{"name", "kind", "status", "ended", "successor", "logo", "former_names", "former_slugs", "networks", "listed_by", "source", "stewards"}

// changesIdentity tells whether a field is of identity. Of a website that is the host, and that nobody listens in.
func changesIdentity(f Field) bool {
	if f.Key() != "website" {
		return slices.Contains(ofIdentity, f.Key())
	}
	was, is := addressOf(f.Before), addressOf(f.After)
	return was.Host == "" || !strings.EqualFold(was.Host, is.Host) || was.Scheme == "https" && is.Scheme != "https"
}

// addressOf returns an address, and nothing where a part of it is there to deceive.
func addressOf(value any) *url.URL {
	text, _ := value.(string)
	u, err := url.Parse(text)
	if err != nil || u.User != nil {
		return &url.URL{}
	}
	return u
}

// decide gives the reasons, with those that are known already, and of them the verdict: that which asks for most. Only where nothing
// stands against it, a steward's edit needs nobody.
func (r *Review) decide(known ...string) {
	counts := map[string]int{
		code: len(r.OtherFiles), errs: problem.Count(r.Problems, problem.Error), warnings: problem.Count(r.Problems, problem.Warning),
		data: len(r.DataFiles), clash: len(r.Clashes),
	}
	for _, code := range known {
		counts[code] = 1
	}
	if len(r.Coops)+len(r.DataFiles)+len(r.OtherFiles) == 0 {
		counts[nothing] = 1
	}
	for _, c := range r.Coops {
		switch c.Kind {
		case Changed:
			counts[steward]++
			if slices.ContainsFunc(c.Fields, changesIdentity) {
				counts[identity]++
			}
			if c.Form || len(c.Fields) == 0 && counts[tooMuch] == 0 {
				counts[form]++
			}
			if !c.Mine || c.Before.Unconfirmed() {
				counts[stranger]++
			}
		default:
			counts[string(c.Kind)]++
		}
	}
	for _, p := range r.Postings {
		p.count(counts)
	}
	for _, of := range []struct {
		verdict Verdict
		codes   []string
	}{
		{TouchesCode, []string{code}},
		{NeedsChanges, []string{tooMuch, noData, errs}},
		{NeedsReview, []string{added, renamed, closed, removed, identity, form, stranger, data, hosts, lead, gone, clash, warnings, nothing}},
	} {
		for _, code := range of.codes {
			if counts[code] > 0 {
				r.Reasons = append(r.Reasons, Reason{code, counts[code], of.verdict})
			}
		}
	}
	if len(r.Reasons) == 0 {
		r.Reasons = []Reason{{steward, counts[steward], StewardEdit}}
	}
	r.Verdict = r.Reasons[0].Verdict // they are in the order of the verdicts
}

// What is kept of a review.
const (
	mostProblems = 1000    // the gravest of them
	mostBytes    = 1 << 20 // of files whose fields are told: some five hundred, as people write them
)

// cut leaves out what is too much, once it is decided on.
func (r *Review) cut() {
	size := 0
	for i := range r.Coops {
		if size += r.Coops[i].size; size > mostBytes {
			r.Coops[i].Fields, r.Cut = nil, true
		}
	}
	for i := range r.Postings {
		if size += r.Postings[i].size; size > mostBytes {
			r.Postings[i].Fields, r.Cut = nil, true
		}
	}
	if len(r.Problems) <= mostProblems {
		return
	}
	var kept []problem.Problem
	for _, severity := range []problem.Severity{problem.Error, problem.Warning, problem.Notice} {
		for _, p := range r.Problems {
			if p.Severity() == severity && len(kept) < mostProblems {
				kept = append(kept, p)
			}
		}
	}
	problem.Sort(kept)
	r.Problems, r.Cut = kept, true
}
