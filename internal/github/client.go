// Package github is what the workflows ask of GitHub: which pull request has a commit, one comment of our
// own in it, a merge of exactly what was judged, one issue that is kept up to date, a pull request with a
// proposal. It trusts nothing that somebody else could have written: a pull request is found by its head,
// a comment by its marker and its author.
package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/google/go-github/v89/github"
)

// Actions is the account that GITHUB_TOKEN speaks as in a workflow. No person can have a name with brackets.
const Actions = "github-actions[bot]"

// Options say where and as whom to ask.
type Options struct {
	API        string // base address, such as https://api.github.com
	Token      string
	Repository string // owner/name
	Login      string // the account that the token is of; what others wrote is never changed

	Transport http.RoundTripper                          // nil: the usual one
	Wait      func(context.Context, time.Duration) error // nil: really waits
}

// Client asks GitHub about one repository. It may be used from many goroutines.
type Client struct {
	api         *github.Client
	owner, name string
	login       string
}

// New returns a client. The error says which option is missing or wrong.
func New(o Options) (*Client, error) {
	owner, name, ok := strings.Cut(o.Repository, "/")
	switch {
	case !ok || owner == "" || name == "" || strings.ContainsAny(name, "/?#%"):
		return nil, fmt.Errorf("the repository %q is not of the form owner/name; set GITHUB_REPOSITORY", o.Repository)
	case o.Token == "":
		return nil, errors.New("there is no token; give the step GITHUB_TOKEN in its env")
	case o.Login == "":
		return nil, errors.New("it is not said which account the token is of")
	}
	patient, err := newPatient(o)
	if err != nil {
		return nil, err
	}
	base := strings.TrimSuffix(o.API, "/") + "/"
	api, err := github.NewClient(
		github.WithURLs(&base, nil),
		github.WithTransport(patient),
		github.WithUserAgent("coops"),
		github.WithDisableRateLimitCheck(), // patient knows better when to ask again
	)
	if err != nil {
		return nil, fmt.Errorf("the address of the API %q: %w", o.API, err)
	}
	return &Client{api, owner, name, o.Login}, nil
}

// perPage is the most that GitHub gives at once.
var perPage = github.ListOptions{PerPage: 100}
