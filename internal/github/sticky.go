package github

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/google/go-github/v89/github"
)

// MostRunes is how long a body may be; GitHub takes 65,536 characters.
const MostRunes = 65_000

const (
	mostComments = 20_000
	mostIssues   = 5_000
)

var plainName = regexp.MustCompile(`^[a-z0-9-]+$`)

// mark returns the line that a body of ours begins with, so that we find it again. Readers do not see it.
func mark(name string) (string, error) {
	if !plainName.MatchString(name) {
		return "", fmt.Errorf("%q is no name for what is kept up to date: use a–z, digits and hyphens", name)
	}
	return "<!-- coops:" + name + " -->\n", nil
}

// ours tells whether something was written by us under that mark. Anyone can write the mark, and we may have written other things.
func (c *Client) ours(author *github.User, body, mark string) bool {
	return author.GetLogin() == c.login && strings.HasPrefix(strings.ReplaceAll(body, "\r\n", "\n"), mark)
}

// whole puts a mark before a body, and cuts what GitHub would not take.
func whole(mark, body string) string {
	if runes := []rune(body); len(runes) > MostRunes-len(mark) {
		body = string(runes[:MostRunes-len(mark)-1]) + "…"
	}
	return mark + body
}

// Comment keeps one comment of that name on a pull request or an issue: it writes it, changes it, and with an
// empty body takes it away. Should there be several of ours, one is left.
func (c *Client) Comment(ctx context.Context, number int, name, body string) error {
	mark, err := mark(name)
	if err != nil {
		return err
	}
	doing := fmt.Sprintf("comment on #%d", number)
	var mine []*github.IssueComment
	seen := 0
	options := &github.IssueListCommentsOptions{ListOptions: perPage}
	for comment, err := range c.api.Issues.ListCommentsIter(ctx, c.owner, c.name, number, options) {
		if err != nil {
			return explain(doing, err)
		}
		if seen++; seen > mostComments {
			return fmt.Errorf("%s: %w (more than %d comments)", doing, ErrTooMany, mostComments)
		}
		if c.ours(comment.User, comment.GetBody(), mark) {
			mine = append(mine, comment)
		}
	}
	if body != "" {
		text := whole(mark, body)
		switch {
		case len(mine) == 0:
			_, _, err := c.api.Issues.CreateComment(ctx, c.owner, c.name, number, &github.IssueComment{Body: &text})
			return explain(doing, err)
		case mine[0].GetBody() != text:
			if _, _, err := c.api.Issues.EditComment(ctx, c.owner, c.name, mine[0].GetID(), &github.IssueComment{Body: &text}); err != nil {
				return explain(doing, err)
			}
		}
		mine = mine[1:]
	}
	for _, extra := range mine {
		if _, err := c.api.Issues.DeleteComment(ctx, c.owner, c.name, extra.GetID()); err != nil && !hasStatus(err, 404) {
			return explain(doing, err)
		}
	}
	return nil
}

// Issue keeps one issue of that name: it opens it, changes it, opens it again, and with an empty body closes
// it as done. It returns the number, and 0 where there is none and none is needed.
func (c *Client) Issue(ctx context.Context, name, title, body string) (int, error) {
	mark, err := mark(name)
	if err != nil {
		return 0, err
	}
	doing := fmt.Sprintf("keep the issue %q", title)
	mine, err := c.findIssue(ctx, mark)
	if err != nil {
		return 0, explain(doing, err)
	}
	text := whole(mark, body)
	switch {
	case mine == nil && body == "":
		return 0, nil
	case mine == nil:
		made, _, err := c.api.Issues.Create(ctx, c.owner, c.name, &github.IssueRequest{Title: &title, Body: &text})
		return made.GetNumber(), explain(doing, err)
	case body == "" && mine.GetState() == "closed",
		body != "" && mine.GetState() == "open" && mine.GetBody() == text && mine.GetTitle() == title:
		return mine.GetNumber(), nil
	}
	change := &github.IssueRequest{Title: &title, Body: &text, State: github.Ptr("open")}
	if body == "" {
		change = &github.IssueRequest{State: github.Ptr("closed"), StateReason: github.Ptr("completed")}
	}
	_, _, err = c.api.Issues.Edit(ctx, c.owner, c.name, mine.GetNumber(), change)
	return mine.GetNumber(), explain(doing, err)
}

// findIssue returns our newest issue with that mark, or nil.
func (c *Client) findIssue(ctx context.Context, mark string) (*github.Issue, error) {
	seen := 0
	options := &github.IssueListByRepoOptions{State: "all", Creator: c.login, Sort: "created", Direction: "desc", ListOptions: perPage}
	for issue, err := range c.api.Issues.ListByRepoIter(ctx, c.owner, c.name, options) {
		switch {
		case err != nil:
			return nil, err
		case seen == mostIssues: // what is older than so many is not ours to keep
			return nil, nil
		case !issue.IsPullRequest() && c.ours(issue.User, issue.GetBody(), mark):
			return issue, nil
		}
		seen++
	}
	return nil, nil
}
