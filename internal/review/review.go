// Package review tells what a proposed change of a directory means: which co-ops, events and requests it adds, changes, renames, closes
// or removes, what is wrong in it, what it does for others, and who may let it in. Everything that is proposed is data of a stranger.
// It reads two file systems and touches no working tree.
package review

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"coops/internal/check"
	"coops/internal/directory"
	"coops/internal/exchange"
	"coops/internal/history"
	"coops/internal/problem"
	"coops/internal/yamldoc"
)

// Proposal is a change that somebody proposes.
type Proposal struct {
	Before, After fs.FS            // the directory without and with it
	Changes       []history.Change // the files that it changes, by paths from the top of the repository
	Clashes       []string         // those that the other side changed meanwhile, likewise
	Folder        string           // of the directory in the repository; empty: its top
	Author        Author
	Today         directory.Date
}

// Author is whose proposal it is. ID decides; Login is for readers. The zero Author is not known.
type Author struct {
	Login string
	ID    int64
}

// Review is what a proposal means.
type Review struct {
	Author  Author
	Verdict Verdict
	Reasons []Reason // why; never empty

	Coops      []Coop    // that it touches, by slug
	Postings   []Posting // the events that it touches, by slug, then the requests
	Shared     []Shared  // what it changes of networks, of sectors, of skills and of the answers about the place, by id
	DataFiles  []string  // what it touches of data that is no profile: events, requests, pictures, the vocabulary; paths from the top of the repository
	OtherFiles []string  // what is no data: it needs a maintainer of the code
	Clashes    []string

	Problems []problem.Problem // that it brings, there or elsewhere, and errors that it leaves in what it touches
	Mended   int               // how many problems it mends
	Cut      bool              // there are more problems than are kept, or fields than are told

	Matches  []exchange.Match // that it creates, the most workable first
	Unlooked bool             // nobody looked for matches and likenesses: it touches too much, or is not sound

	Directory *directory.Directory // as it would be

	folder string          // of the directory in the repository
	told   map[string]bool // those of DataFiles that Shared says all of
}

// profile returns the path of a co-op's profile from the top of the repository.
func (r *Review) profile(c Coop) string { return path.Join(r.folder, profiles, c.Slug+".yaml") }

// Coop is what a proposal does to one co-op.
type Coop struct {
	Slug   string // as it would be; of one that is removed, as it was
	From   string // what a renamed one was called
	Kind   Kind
	Before *directory.Coop // nil where there was none, or none that could be read
	After  *directory.Coop // likewise
	Fields []Field         // that differ
	Form   bool            // more than fields differs: what stands above them, or whether the file can be run

	Mine  bool                // the author is one of its stewards, as the base has them
	Likes []check.Resemblance // other co-ops that may be the same, and were not before

	size int // of the profile before and after
}

// Kind is what happens to a co-op.
type Kind string

// What may happen.
const (
	Added   Kind = "added"
	Changed Kind = "changed"
	Renamed Kind = "renamed"
	Closed  Kind = "closed" // it ended, whether renamed or not
	Removed Kind = "removed"
)

// Name returns the co-op's name, as it would be where there is one.
func (c Coop) Name() string {
	for _, one := range []*directory.Coop{c.After, c.Before} {
		if one != nil && one.Name != "" {
			return one.Name
		}
	}
	return c.Slug
}

// Stewards returns the accounts that may change the profile, as the base has them: nobody makes themselves one.
func (c Coop) Stewards() []directory.Steward {
	if c.Before == nil {
		return nil
	}
	return c.Before.Stewards
}

// mostMatched is how many co-ops a change may touch for what it does for others to be looked for: what a stranger makes up for
// hundreds is no news, and would be much work.
const mostMatched = 20

// Of reviews a proposal. The error is for what stopped us; a proposal that is wrong gets a verdict.
func Of(ctx context.Context, p Proposal) (*Review, error) {
	before, err := checked(ctx, p.Before, p.Today)
	if err != nil {
		return nil, fmt.Errorf("check what there is: %w", err)
	}
	if much, err := p.isTooMuch(); much || err != nil {
		return p.unread(before), err
	}
	after, err := checked(ctx, p.After, p.Today)
	if err != nil {
		return nil, fmt.Errorf("check what would be: %w", err)
	}
	r := &Review{Author: p.Author, Clashes: p.Clashes, Directory: after.Directory, folder: p.Folder}
	touched := p.sort(r)
	for _, t := range touched {
		if t.schema == "coop" {
			c, err := p.coop(t, before, after)
			if err != nil {
				return nil, err
			}
			r.Coops = append(r.Coops, c)
			continue
		}
		made, err := p.posting(t, before, after)
		if err != nil {
			return nil, err
		}
		r.Postings = append(r.Postings, made)
	}
	if err := p.share(r); err != nil {
		return nil, err
	}
	r.Problems, r.Mended = difference(before.Problems, after.Problems, p.touches(), formerly(touched))
	for i := range r.Problems {
		r.Problems[i].File = path.Join(p.Folder, r.Problems[i].File)
	}
	if r.Unlooked = len(touched) > mostMatched || after.Failed(); !r.Unlooked {
		r.liken(before, after)
		r.Matches = exchange.New(before.Directory, after.Directory, p.Today)
	}
	if after.empty {
		r.decide(noData)
	} else {
		r.decide()
	}
	r.cut()
	return r, nil
}

// Unrelated is the review of a change that has no commit in common with what it is to be merged into.
func Unrelated(author Author) *Review {
	return &Review{Author: author, Verdict: NeedsChanges, Reasons: []Reason{{Code: unrelated, Verdict: NeedsChanges}}, Directory: &directory.Directory{}}
}

// mostWritten is how many bytes of data a change may write to be looked at: as much as five hundred co-ops say of themselves. Files made for it
// have twenty thousand problems each, and every one takes time and room.
const mostWritten = 1 << 20

// isTooMuch tells whether a proposal writes more data than is looked at. What a file has beyond the limit of one is not read by anybody.
func (p Proposal) isTooMuch() (bool, error) {
	written := int64(0)
	for _, c := range p.Changes {
		name := p.own(c.After)
		if name == "" || !strings.HasSuffix(name, ".yaml") {
			continue
		}
		info, err := fs.Lstat(p.After, name)
		if err != nil {
			return false, fmt.Errorf("read %s: %w", name, err)
		}
		written += min(info.Size(), yamldoc.MaxSize)
	}
	return written > mostWritten, nil
}

// unread is the review of a proposal that writes too much: which co-ops it touches, and no more.
func (p Proposal) unread(before side) *Review {
	r := &Review{Author: p.Author, Clashes: p.Clashes, Directory: before.Directory, folder: p.Folder, Unlooked: true, Cut: true}
	for _, t := range p.sort(r) {
		if t.schema == "coop" {
			r.Coops = append(r.Coops, p.about(t, before, side{}))
		} else {
			r.Postings = append(r.Postings, p.aboutPosting(t, before, side{}))
		}
	}
	r.decide(tooMuch)
	return r
}

// side is one of the two directories.
type side struct {
	*directory.Directory
	problem.Report
	empty  bool // it has no data
	bySlug map[string]*directory.Coop

	events   map[string]*directory.Event // likewise
	requests map[string]*directory.Request
}

// checked checks a directory. One without data is empty, as before the first commit of any. That a file cannot be read is no
// problem of whoever wrote it, where files come out of a repository.
func checked(ctx context.Context, fsys fs.FS, today directory.Date) (side, error) {
	d, report, err := check.Directory(ctx, fsys, today)
	if errors.Is(err, check.ErrNoData) {
		return side{Directory: &directory.Directory{}, empty: true}, nil
	}
	if err != nil {
		return side{}, err
	}
	for _, p := range report.Problems {
		if p.Rule != problem.Unreadable {
			continue
		}
		if _, err := head(fsys, p.File, 1); err != nil {
			return side{}, fmt.Errorf("read %s: %w", p.File, err)
		}
	}
	s := side{Directory: d, Report: report, bySlug: map[string]*directory.Coop{}, events: map[string]*directory.Event{}, requests: map[string]*directory.Request{}}
	for _, c := range d.Coops {
		s.bySlug[c.Slug] = c
	}
	for _, e := range d.Events {
		s.events[e.Slug] = e
	}
	for _, q := range d.Requests {
		s.requests[q.Slug] = q
	}
	return s, nil
}

// liken finds the other co-ops that those which are new, or say of themselves something new, may be.
func (r *Review) liken(before, after side) {
	were, are := check.Resembling(before.Coops), check.Resembling(after.Coops)
	for i := range r.Coops {
		c := &r.Coops[i]
		if c.After == nil {
			continue
		}
		var known []check.Resemblance
		if c.Before != nil {
			known = were(c.Before)
		}
		c.Likes = slices.DeleteFunc(are(c.After), func(now check.Resemblance) bool {
			return now.Other.Slug == c.From || slices.ContainsFunc(known, func(old check.Resemblance) bool { return old.Other.Slug == now.Other.Slug })
		})
	}
}

// schemaOf returns the schema of a path of the directory: that of a profile, event or request, or nothing.
func schemaOf(name string) string {
	if !strings.HasSuffix(name, ".yaml") {
		return ""
	}
	switch path.Dir(name) {
	case profiles:
		return "coop"
	case folders["event"]:
		return "event"
	case folders["request"]:
		return "request"
	}
	return ""
}

const profiles = "data/coops"

func slugOf(name string) string { return strings.TrimSuffix(path.Base(name), ".yaml") }
