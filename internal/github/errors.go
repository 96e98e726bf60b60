package github

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/google/go-github/v89/github"
)

// What can keep a change from being made. Each says what to do about it.
var (
	ErrMoved    = errors.New("new commits came after what was judged; they are judged by themselves")
	ErrRefused  = errors.New("GitHub refuses to merge it: it has a conflict, or a rule of the branch is not met; a person must look at it")
	ErrTaken    = errors.New("somebody else has worked on that branch; go on there, or remove it and run this again")
	ErrTooMany  = errors.New("there are too many to look through")
	errNoAnswer = errors.New("GitHub did not answer; see https://www.githubstatus.com and run this again")
)

// explain wraps an error of the API with what we were doing and what to do about it.
func explain(doing string, err error) error {
	if err == nil {
		return nil
	}
	var limited *github.RateLimitError
	var slowed *github.AbuseRateLimitError
	var answer *github.ErrorResponse
	switch {
	case errors.As(err, &limited):
		return fmt.Errorf("%s: the limit of requests is reached until %s; run this again then", doing, limited.Rate.Reset.UTC().Format("15:04 UTC"))
	case errors.As(err, &slowed):
		return fmt.Errorf("%s: GitHub asks us to be slower and goes on asking; run this again in an hour", doing)
	case errors.As(err, &answer):
		return fmt.Errorf("%s: %w", doing, adviceOn(answer))
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func adviceOn(answer *github.ErrorResponse) error {
	said := plain(answer.Message)
	switch status := answer.Response.StatusCode; {
	case status == http.StatusUnauthorized:
		return errors.New("the token is not accepted; pass a valid one in GITHUB_TOKEN")
	case status == http.StatusForbidden:
		return fmt.Errorf("the token may not do this (%s); give the job that permission in the workflow", said)
	case status == http.StatusNotFound, status == http.StatusGone:
		return errors.New("it is not there, or the token may not see it; check GITHUB_REPOSITORY and the job's permissions")
	case status >= 500:
		return fmt.Errorf("%w (%d)", errNoAnswer, status)
	default:
		return fmt.Errorf("GitHub answers %d: %s", status, said)
	}
}

// plain makes one short line of what a server said, so that it can forge no line of ours.
func plain(text string) string {
	text = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, text)), " ")
	if line := []rune(text); len(line) > 200 {
		return string(line[:200]) + "…"
	}
	return text
}

// hasStatus tells whether an error is the API's answer of that status.
func hasStatus(err error, status int) bool {
	var answer *github.ErrorResponse
	return errors.As(err, &answer) && answer.Response.StatusCode == status
}
