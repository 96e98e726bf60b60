package github

import (
	"context"
	"fmt"
	"net/http"

	"github.com/google/go-github/v89/github"
)

// Account is who did something. ID decides; Login is for readers, because logins get renamed and taken by
// others.
type Account struct {
	Login string
	ID    int64
}

// Pull is a pull request.
type Pull struct {
	Number int
	URL    string // for readers
	Author Account
	Open   bool
	Draft  bool
	Labels []string
	Head   string // commit that is proposed
	Base   string // branch that it is to be merged into
	Home   Home   // where the head is kept
}

// Home is the repository that a head is kept in: whoever may write there can change what is proposed. Of one that was
// removed nothing is known.
type Home struct {
	Here  bool    // it is the one that the pull request is in
	Owner Account // who it belongs to
}

func pullOf(p *github.PullRequest) Pull {
	pull := Pull{
		Number: p.GetNumber(),
		URL:    p.GetHTMLURL(),
		Author: Account{p.GetUser().GetLogin(), p.GetUser().GetID()},
		Open:   p.GetState() == "open",
		Draft:  p.GetDraft(),
		Head:   p.GetHead().GetSHA(),
		Base:   p.GetBase().GetRef(),
	}
	if home := p.GetHead().GetRepo(); home != nil {
		pull.Home = Home{home.GetID() == p.GetBase().GetRepo().GetID(), Account{home.GetOwner().GetLogin(), home.GetOwner().GetID()}}
	}
	for _, l := range p.Labels {
		pull.Labels = append(pull.Labels, l.GetName())
	}
	return pull
}

// mostPulls is how many open pull requests are looked through.
const mostPulls = 5000

// PullsAt returns the open pull requests into a branch whose newest commit is head, by number. It asks for all
// that are open: an event does not name those of forks, and GitHub does not know their commits as its own.
// None means that there were newer commits since, or that it was closed.
func (c *Client) PullsAt(ctx context.Context, head, base string) ([]Pull, error) {
	doing := fmt.Sprintf("find the pull request of commit %s", head)
	var found []Pull
	seen := 0
	options := &github.PullRequestListOptions{State: "open", Base: base, Sort: "created", Direction: "asc", ListOptions: perPage}
	for p, err := range c.api.PullRequests.ListIter(ctx, c.owner, c.name, options) {
		if err != nil {
			return nil, explain(doing, err)
		}
		if seen++; seen > mostPulls {
			return nil, fmt.Errorf("%s: %w (more than %d are open)", doing, ErrTooMany, mostPulls)
		}
		if pull := pullOf(p); pull.Open && pull.Head == head && pull.Base == base {
			found = append(found, pull)
		}
	}
	return found, nil
}

// Pull returns a pull request as it is now.
func (c *Client) Pull(ctx context.Context, number int) (Pull, error) {
	p, _, err := c.api.PullRequests.Get(ctx, c.owner, c.name, number)
	if err != nil {
		return Pull{}, explain(fmt.Sprintf("look at pull request #%d", number), err)
	}
	return pullOf(p), nil
}

// Tip returns the newest commit of a branch.
func (c *Client) Tip(ctx context.Context, branch string) (string, error) {
	ref, _, err := c.api.Git.GetRef(ctx, c.owner, c.name, "heads/"+branch)
	if err != nil {
		return "", explain(fmt.Sprintf("look at the branch %s", branch), err)
	}
	return ref.GetObject().GetSHA(), nil
}

// Check is the newest run of a check on a commit.
type Check struct {
	Name   string
	App    string // the app that made it; github-actions for jobs of workflows
	Passed bool   // it is done and was successful
}

// Checks returns the checks of a commit.
func (c *Client) Checks(ctx context.Context, commit string) ([]Check, error) {
	var checks []Check
	options := &github.ListCheckRunsOptions{Filter: github.Ptr("latest"), ListOptions: perPage}
	for run, err := range c.api.Checks.ListCheckRunsForRefIter(ctx, c.owner, c.name, commit, options) {
		if err != nil {
			return nil, explain(fmt.Sprintf("look at the checks of commit %s", commit), err)
		}
		passed := run.GetStatus() == "completed" && run.GetConclusion() == "success"
		checks = append(checks, Check{run.GetName(), run.GetApp().GetSlug(), passed})
	}
	return checks, nil
}

// Merge squashes a pull request into its branch, if its newest commit still is head, under a title that is
// ours, and returns the new commit. The error is ErrMoved where head is no longer the newest, and ErrRefused where GitHub
// does not let us.
func (c *Client) Merge(ctx context.Context, number int, head, title string) (string, error) {
	doing := fmt.Sprintf("merge pull request #%d", number)
	done, _, err := c.api.PullRequests.Merge(ctx, c.owner, c.name, number, "", &github.PullRequestOptions{
		SHA: head, CommitTitle: title, MergeMethod: "squash", DontDefaultIfBlank: true,
	})
	switch {
	case hasStatus(err, http.StatusConflict):
		return "", fmt.Errorf("%s: %w", doing, ErrMoved)
	case hasStatus(err, http.StatusMethodNotAllowed), hasStatus(err, http.StatusUnprocessableEntity), err == nil && !done.GetMerged():
		return "", fmt.Errorf("%s: %w", doing, ErrRefused)
	}
	return done.GetSHA(), explain(doing, err)
}

// Parent returns the commit that another stands on, its first parent; empty for the first of all.
func (c *Client) Parent(ctx context.Context, commit string) (string, error) {
	found, _, err := c.api.Git.GetCommit(ctx, c.owner, c.name, commit)
	if err != nil || len(found.Parents) == 0 {
		return "", explain(fmt.Sprintf("look at commit %s", commit), err)
	}
	return found.Parents[0].GetSHA(), nil
}
