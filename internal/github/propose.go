package github

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/google/go-github/v89/github"
)

// Proposal is a pull request to open: files written anew on a branch of their own.
type Proposal struct {
	Branch string            // of this repository, such as intake/issue-12
	Base   string            // branch to propose it to
	Files  map[string]string // path in the repository -> content
	Commit string            // message of the commit
	Author *Account          // whom the commit is credited to; nil: us
	Title  string
	Body   string
}

// Propose opens the pull request, or brings the one that is open from this branch up to date. The branch is made
// anew from the tip of its base, so that it holds one commit, unless it holds just that already; where somebody else has
// committed to it, nothing is changed and the error is ErrTaken. A branch that was left behind by a closed pull request
// is taken again.
func (c *Client) Propose(ctx context.Context, p Proposal) (Pull, error) {
	doing := fmt.Sprintf("propose the branch %s", p.Branch)
	if err := c.bring(ctx, p); err != nil {
		return Pull{}, explain(doing, err)
	}
	open, err := c.pullFrom(ctx, p)
	if err != nil {
		return Pull{}, explain(doing, err)
	}
	var made *github.PullRequest
	if open != nil {
		made, _, err = c.api.PullRequests.Edit(ctx, c.owner, c.name, open.GetNumber(), &github.PullRequest{Title: &p.Title, Body: &p.Body})
	} else {
		made, _, err = c.api.PullRequests.Create(ctx, c.owner, c.name, &github.NewPullRequest{
			Title: &p.Title, Body: &p.Body, Head: &p.Branch, Base: &p.Base, MaintainerCanModify: github.Ptr(true),
		})
	}
	if err != nil {
		return Pull{}, explain(doing, err)
	}
	return pullOf(made), nil
}

// bring brings the branch to where it holds the proposal and no more.
func (c *Client) bring(ctx context.Context, p Proposal) error {
	before, err := c.branchOfOurs(ctx, p.Branch)
	if err != nil {
		return err
	}
	if held, err := c.holds(ctx, before, p); held || err != nil {
		return err
	}
	commit, err := c.commit(ctx, p)
	if err != nil {
		return err
	}
	if before == nil {
		_, _, err = c.api.Git.CreateRef(ctx, c.owner, c.name, github.CreateRef{Ref: "refs/heads/" + p.Branch, SHA: commit})
	} else {
		_, _, err = c.api.Git.UpdateRef(ctx, c.owner, c.name, "heads/"+p.Branch, github.UpdateRef{SHA: commit, Force: github.Ptr(true)})
	}
	return err
}

// branchOfOurs returns the tip of a branch, nil where there is no such branch, and ErrTaken where another than
// us has made it.
func (c *Client) branchOfOurs(ctx context.Context, branch string) (*github.Commit, error) {
	ref, _, err := c.api.Git.GetRef(ctx, c.owner, c.name, "heads/"+branch)
	if hasStatus(err, http.StatusNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	tip, _, err := c.api.Git.GetCommit(ctx, c.owner, c.name, ref.GetObject().GetSHA())
	if err != nil {
		return nil, err
	}
	if tip.GetCommitter().GetEmail() != c.committer().GetEmail() {
		return nil, ErrTaken
	}
	return tip, nil
}

// holds tells whether the tip of the branch is the proposal already: new commits would take back what people
// said of the ones that are there.
func (c *Client) holds(ctx context.Context, tip *github.Commit, p Proposal) (bool, error) {
	if tip == nil || tip.GetMessage() != p.Commit || len(tip.Parents) != 1 {
		return false, nil
	}
	onto, _, err := c.api.Git.GetCommit(ctx, c.owner, c.name, tip.Parents[0].GetSHA())
	if err != nil {
		return false, err
	}
	tree, err := c.tree(ctx, onto, p)
	return tree.GetSHA() == tip.GetTree().GetSHA(), err
}

// tree makes the tree of a commit with the proposal's files in it.
func (c *Client) tree(ctx context.Context, onto *github.Commit, p Proposal) (*github.Tree, error) {
	var entries []*github.TreeEntry
	for _, path := range slices.Sorted(maps.Keys(p.Files)) {
		entries = append(entries, &github.TreeEntry{
			Path: &path, Mode: github.Ptr("100644"), Type: github.Ptr("blob"), Content: github.Ptr(p.Files[path]),
		})
	}
	tree, _, err := c.api.Git.CreateTree(ctx, c.owner, c.name, onto.GetTree().GetSHA(), entries)
	return tree, err
}

// commit makes the commit, which no branch has yet.
func (c *Client) commit(ctx context.Context, p Proposal) (string, error) {
	base, _, err := c.api.Git.GetRef(ctx, c.owner, c.name, "heads/"+p.Base)
	if err != nil {
		return "", err
	}
	onto, _, err := c.api.Git.GetCommit(ctx, c.owner, c.name, base.GetObject().GetSHA())
	if err != nil {
		return "", err
	}
	tree, err := c.tree(ctx, onto, p)
	if err != nil {
		return "", err
	}
	author := c.committer()
	if p.Author != nil {
		author = signature(*p.Author)
	}
	made, _, err := c.api.Git.CreateCommit(ctx, c.owner, c.name, github.Commit{
		Message: &p.Commit, Tree: tree, Parents: []*github.Commit{{SHA: onto.SHA}}, Author: author, Committer: c.committer(),
	}, nil)
	return made.GetSHA(), err
}

// actionsID is the number of the account Actions on github.com, which its commits are shown as.
const actionsID = 41898282

func (c *Client) committer() *github.CommitAuthor {
	if c.login == Actions {
		return signature(Account{c.login, actionsID})
	}
	return signature(Account{Login: c.login})
}

// signature names an account in a commit by the address that GitHub keeps for it, so that no mailbox is published.
func signature(a Account) *github.CommitAuthor {
	address := a.Login + "@users.noreply.github.com"
	if a.ID != 0 {
		address = fmt.Sprintf("%d+%s", a.ID, address)
	}
	return &github.CommitAuthor{Name: &a.Login, Email: &address}
}

// pullFrom returns the open pull request from the proposal's branch, or nil. A fork's branch of the same name is not it.
func (c *Client) pullFrom(ctx context.Context, p Proposal) (*github.PullRequest, error) {
	options := &github.PullRequestListOptions{State: "open", Head: c.owner + ":" + p.Branch, Base: p.Base, ListOptions: perPage}
	for pull, err := range c.api.PullRequests.ListIter(ctx, c.owner, c.name, options) {
		if err != nil {
			return nil, err
		}
		if pull.GetHead().GetRef() == p.Branch && pullOf(pull).Home.Here {
			return pull, nil
		}
	}
	return nil, nil
}
