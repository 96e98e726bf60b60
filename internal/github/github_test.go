package github_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"coops/internal/github"
	"coops/internal/github/githubtest"
)

// start returns a GitHub, a client of it, and how long the client has waited between its requests.
func start(t *testing.T) (*githubtest.Server, *github.Client, *time.Duration) {
	t.Helper()
	server := githubtest.New(t)
	waited := new(time.Duration)
	client, err := github.New(github.Options{
		API: server.URL, Token: githubtest.Token, Repository: githubtest.Repository, Login: github.Actions,
		Wait: func(_ context.Context, d time.Duration) error { *waited += d; return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return server, client, waited
}

// answers lets the next requests fail, one way each, and answers the rest as usual.
func answers(failures ...http.HandlerFunc) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		if len(failures) == 0 {
			return false
		}
		failures[0](w, r)
		failures = failures[1:]
		return true
	}
}

func failing(status int, message string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		githubtest.Fail(w, status, message)
	}
}

func TestOptionsThatAreMissingAreNamed(t *testing.T) {
	good := github.Options{API: "https://api.github.example", Token: "t", Repository: "a/b", Login: "bot"}
	if _, err := github.New(good); err != nil {
		t.Fatal(err)
	}
	for want, spoil := range map[string]func(*github.Options){
		"GITHUB_API_URL":    func(o *github.Options) { o.API = "" },
		"GITHUB_API_URL ":   func(o *github.Options) { o.API = "ftp://x" },
		"GITHUB_TOKEN":      func(o *github.Options) { o.Token = "" },
		"GITHUB_REPOSITORY": func(o *github.Options) { o.Repository = "directory" },
		"owner/name":        func(o *github.Options) { o.Repository = "a/b/../c" },
		"which account":     func(o *github.Options) { o.Login = "" },
	} {
		o := good
		spoil(&o)
		if _, err := github.New(o); err == nil || !strings.Contains(err.Error(), strings.TrimSpace(want)) {
			t.Errorf("%+v: %v, want it to say %q", o, err, want)
		}
	}
}

func TestAPullRequestIsFoundByItsHeadAmongThoseOfForks(t *testing.T) {
	server, client, _ := start(t)
	for n := range 250 {
		server.Pulls = append(server.Pulls, &githubtest.Pull{Number: n + 1, Head: fmt.Sprintf("other%d", n), Base: "main", Fork: true})
	}
	server.Pulls = append(server.Pulls,
		&githubtest.Pull{Number: 301, Head: "wanted", Base: "main", Fork: true, Draft: true, Labels: []string{"hold"}, Author: githubtest.User{Login: "fern", ID: 12}},
		&githubtest.Pull{Number: 302, Head: "wanted", Base: "main", Closed: true},
		&githubtest.Pull{Number: 303, Head: "wanted", Base: "other"},
		&githubtest.Pull{Number: 304, Head: "wanted", Base: "main"},
	)
	found, err := client.PullsAt(t.Context(), "wanted", "main")
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 2 || found[0].Number != 301 || found[1].Number != 304 {
		t.Fatalf("found %+v, want 301 and 304", found)
	}
	first := found[0]
	if first.Author != (github.Account{Login: "fern", ID: 12}) || !first.Draft || !slices.Equal(first.Labels, []string{"hold"}) || !first.Open ||
		first.Home != (github.Home{Owner: github.Account{Login: "fern", ID: 12}}) || !found[1].Home.Here {
		t.Errorf("it reads as %+v", first)
	}
	if found, err := client.PullsAt(t.Context(), "other-commit", "main"); err != nil || len(found) != 0 {
		t.Errorf("an older commit gives %+v, %v, want nothing", found, err)
	}
}

func TestOneCommentIsKept(t *testing.T) {
	server, client, _ := start(t)
	say := func(body string) {
		t.Helper()
		if err := client.Comment(t.Context(), 7, "review", body); err != nil {
			t.Fatal(err)
		}
	}
	say("")
	if len(server.Comments) != 0 {
		t.Fatal("it said something though there was nothing to say")
	}
	say("one problem")
	say("two problems")
	if len(server.Comments) != 1 || !strings.HasSuffix(server.Comments[0].Body, "\ntwo problems") {
		t.Fatalf("there is %+v, want one comment that says the newest", server.Comments)
	}
	edits := server.Count("PATCH")
	say("two problems")
	if server.Count("PATCH") != edits {
		t.Error("it wrote again what was there")
	}
	say("")
	if len(server.Comments) != 0 {
		t.Error("what was mended is still there")
	}
}

func TestACommentOfAnotherWithOurMarkIsLeftAlone(t *testing.T) {
	server, client, _ := start(t)
	forged := "<!-- coops:review -->\nAll is well. Merge it."
	server.Comments = []*githubtest.Comment{
		{ID: 1, On: 7, Author: githubtest.User{Login: "mallory", ID: 666}, Body: forged},
		{ID: 2, On: 7, Author: githubtest.User{Login: "github-actions", ID: 667}, Body: forged},
		{ID: 3, On: 7, Author: server.Bot, Body: "> <!-- coops:review -->\nquoted by another workflow"},
		{ID: 4, On: 7, Author: server.Bot, Body: "<!-- coops:reviewer -->\nanother of ours"},
	}
	for _, body := range []string{"what it means", "what it means now", ""} {
		if err := client.Comment(t.Context(), 7, "review", body); err != nil {
			t.Fatal(err)
		}
		wanted := 5
		if body == "" {
			wanted = 4
		}
		if len(server.Comments) != wanted || server.Comments[0].Body != forged || server.Comments[1].Body != forged {
			t.Fatalf("after %q there is %d comments: %+v", body, len(server.Comments), server.Comments)
		}
	}
}

func TestOurCommentIsFoundAmongTenThousand(t *testing.T) {
	server, client, _ := start(t)
	for n := range 10_000 {
		server.Comments = append(server.Comments, &githubtest.Comment{ID: int64(n + 1), On: 7, Author: githubtest.User{Login: "mallory"}, Body: "<!-- coops:review -->"})
	}
	server.Comments = append(server.Comments,
		&githubtest.Comment{ID: 20_001, On: 7, Author: server.Bot, Body: "<!-- coops:review -->\nold"},
		&githubtest.Comment{ID: 20_002, On: 7, Author: server.Bot, Body: "<!-- coops:review -->\nwritten by two runs at once"})
	if err := client.Comment(t.Context(), 7, "review", "new"); err != nil {
		t.Fatal(err)
	}
	if last := server.Comments[len(server.Comments)-1]; len(server.Comments) != 10_001 || last.ID != 20_001 || last.Body != "<!-- coops:review -->\nnew" {
		t.Errorf("of %d comments the last is %+v, want our first one, and that one alone", len(server.Comments), *last)
	}
}

func TestABodyIsCutBeforeGitHubRefusesIt(t *testing.T) {
	server, client, _ := start(t)
	if err := client.Comment(t.Context(), 7, "review", strings.Repeat("ñ", 100_000)); err != nil {
		t.Fatal(err)
	}
	if got := len([]rune(server.Comments[0].Body)); got > 65_536 || got < 60_000 {
		t.Errorf("the body has %d characters", got)
	}
}

func TestOneIssueIsKept(t *testing.T) {
	server, client, _ := start(t)
	server.Issues = []*githubtest.Issue{{Number: 3, Author: githubtest.User{Login: "mallory"}, Body: "<!-- coops:fresh -->\n"}}
	server.Pulls = []*githubtest.Pull{{Number: 4, Author: server.Bot, Body: "<!-- coops:fresh -->\n", Head: "x", Base: "main"}}
	keep := func(body string, number int) {
		t.Helper()
		got, err := client.Issue(t.Context(), "fresh", "Profiles to confirm", body)
		if err != nil {
			t.Fatal(err)
		}
		if number >= 0 && got != number {
			t.Fatalf("%q is kept in #%d, want #%d", body, got, number)
		}
	}
	keep("", 0)
	keep("- Fern", -1)
	own := server.Issues[1]
	keep("- Fern\n- Gorse", own.Number)
	if len(server.Issues) != 2 || !strings.HasSuffix(own.Body, "- Gorse") {
		t.Fatalf("there are %d issues, ours says %q", len(server.Issues), own.Body)
	}
	keep("", own.Number)
	if !own.Closed {
		t.Error("it is still open though nothing is left to do")
	}
	keep("", own.Number)
	keep("- Moss", own.Number)
	if own.Closed || len(server.Issues) != 2 || server.Issues[0].Body != "<!-- coops:fresh -->\n" {
		t.Errorf("want it opened again and nothing else touched: %+v %+v", server.Issues[0], own)
	}
}

func TestAMergeIsPinnedToWhatWasJudged(t *testing.T) {
	server, client, _ := start(t)
	p := &githubtest.Pull{Number: 7, Head: "judged", Base: "main", Fork: true}
	server.Pulls = []*githubtest.Pull{p}

	server.Do(func() { p.Head = "pushed since" })
	if _, err := client.Merge(t.Context(), 7, "judged", "a title"); !errors.Is(err, github.ErrMoved) || p.Merged != "" {
		t.Fatalf("with newer commits: %v, merged %q", err, p.Merged)
	}
	server.Do(func() { p.Head, server.Refuse = "judged", true })
	if _, err := client.Merge(t.Context(), 7, "judged", "a title"); !errors.Is(err, github.ErrRefused) || p.Merged != "" {
		t.Fatalf("with a conflict: %v, merged %q", err, p.Merged)
	}
	server.Do(func() { server.Refuse = false })
	merged, err := client.Merge(t.Context(), 7, "judged", "a title")
	if err != nil {
		t.Fatal(err)
	}
	if parent, err := client.Parent(t.Context(), merged); err != nil || parent != "base" {
		t.Errorf("it stands on %q, %v", parent, err)
	}
	if got := server.Commits[merged].Message; got != "a title" {
		t.Errorf("the commit says %q", got)
	}
}

func TestAMergeIsNotSentTwice(t *testing.T) {
	server, client, _ := start(t)
	server.Pulls = []*githubtest.Pull{{Number: 7, Head: "judged", Base: "main"}}
	server.Intercept = answers(failing(502, "Bad Gateway"))
	if _, err := client.Merge(t.Context(), 7, "judged", "a title"); err == nil || server.Count("PUT") != 1 {
		t.Errorf("%v after %d requests; nobody knows whether the first one did it", err, server.Count("PUT"))
	}
}

func TestChecksAreReadWithWhoMadeThem(t *testing.T) {
	server, client, _ := start(t)
	server.Checks["head"] = []githubtest.Check{
		{Name: "validate", App: "github-actions", Status: "completed", Conclusion: "success"},
		{Name: "validate", App: "somebody-elses", Status: "completed", Conclusion: "success"},
		{Name: "slow", App: "github-actions", Status: "in_progress"},
		{Name: "skipped", App: "github-actions", Status: "completed", Conclusion: "skipped"},
	}
	got, err := client.Checks(t.Context(), "head")
	want := []github.Check{{"validate", "github-actions", true}, {"validate", "somebody-elses", true}, {"slow", "github-actions", false}, {"skipped", "github-actions", false}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestAProposalIsOneBranchOneCommitOnePullRequest(t *testing.T) {
	server, client, _ := start(t)
	server.Trees["tree"] = map[string]string{"README.md": "hello"}
	server.Pulls = []*githubtest.Pull{{Number: 5, From: "intake/issue-12", Fork: true, Base: "main", Author: githubtest.User{Login: "mallory"}}}
	p := github.Proposal{
		Branch: "intake/issue-12", Base: "main", Files: map[string]string{"data/coops/fern.yaml": "name: Fern\n"},
		Commit: "data: add fern", Author: &github.Account{Login: "fern-member", ID: 77}, Title: "Add Fern", Body: "from #12",
	}
	first, err := client.Propose(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	commit := server.Commits[server.Branches["intake/issue-12"]]
	if got := server.Trees[commit.Tree]; got["data/coops/fern.yaml"] != "name: Fern\n" || got["README.md"] != "hello" {
		t.Errorf("the tree has %v", got)
	}
	if got := commit.Author["email"]; got != "77+fern-member@users.noreply.github.com" {
		t.Errorf("it is credited to %v", got)
	}
	if !slices.Equal(commit.Parents, []string{"base"}) {
		t.Errorf("it stands on %v", commit.Parents)
	}

	tip := server.Branches["intake/issue-12"]
	if again, err := client.Propose(t.Context(), p); err != nil || again.Number != first.Number || server.Branches["intake/issue-12"] != tip {
		t.Errorf("the same again gives #%d with the commit %s, %v", again.Number, server.Branches["intake/issue-12"], err)
	}

	p.Files = map[string]string{"data/coops/fern.yaml": "name: Fern Co-op\n"}
	p.Title = "Add Fern Co-op"
	second, err := client.Propose(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if second.Number != first.Number || len(server.Pulls) != 2 || server.Pulls[1].Title != "Add Fern Co-op" {
		t.Errorf("again gives #%d after #%d, of %d; the title is %q", second.Number, first.Number, len(server.Pulls), server.Pulls[1].Title)
	}
	if got := server.Commits[server.Branches["intake/issue-12"]].Parents; !slices.Equal(got, []string{"base"}) {
		t.Errorf("it stands on %v, want one commit on main", got)
	}
}

func TestABranchThatSomebodyWorkedOnIsLeftAlone(t *testing.T) {
	server, client, _ := start(t)
	server.Branches["intake/issue-12"] = "by hand"
	server.Commits["by hand"] = &githubtest.Commit{Tree: "tree", Committer: map[string]any{"name": "A maintainer", "email": "maintainer@commons.example"}}
	_, err := client.Propose(t.Context(), github.Proposal{Branch: "intake/issue-12", Base: "main"})
	if !errors.Is(err, github.ErrTaken) || server.Branches["intake/issue-12"] != "by hand" {
		t.Errorf("%v; the branch is at %q", err, server.Branches["intake/issue-12"])
	}
}

func TestLimitsAreWaitedForAndBounded(t *testing.T) {
	for name, c := range map[string]struct {
		failures []http.HandlerFunc
		waited   time.Duration
		fails    string // what the error says; empty: it goes well in the end
	}{
		"a secondary limit that says how long":      {[]http.HandlerFunc{failing(403, "You have exceeded a secondary rate limit", "Retry-After", "7")}, 7 * time.Second, ""},
		"one with its own status":                   {[]http.HandlerFunc{failing(429, "slow down", "Retry-After", "3")}, 3 * time.Second, ""},
		"one that does not say how long":            {[]http.HandlerFunc{failing(403, "You have exceeded a secondary rate limit. Please wait.")}, time.Minute, ""},
		"the limit of an hour, nearly over":         {[]http.HandlerFunc{failing(403, "API rate limit exceeded", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1000000020", "Date", "Sun, 09 Sep 2001 01:46:40 GMT")}, 21 * time.Second, ""},
		"the limit of an hour, just begun":          {[]http.HandlerFunc{failing(403, "API rate limit exceeded", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1000003600", "Date", "Sun, 09 Sep 2001 01:46:40 GMT")}, 0, "02:46 UTC"},
		"asked to wait for a day":                   {[]http.HandlerFunc{failing(403, "no", "Retry-After", "86400")}, 0, "permission"},
		"asked again and again":                     {slices.Repeat([]http.HandlerFunc{failing(429, "slow down", "Retry-After", "50")}, 9), 100 * time.Second, "429"},
		"a server that fails twice":                 {[]http.HandlerFunc{failing(502, "Bad Gateway"), failing(503, "unavailable", "Retry-After", "9")}, 10 * time.Second, ""},
		"a server that is down":                     {slices.Repeat([]http.HandlerFunc{failing(500, "oops")}, 9), 15 * time.Second, "githubstatus"},
		"a token that is wrong":                     {[]http.HandlerFunc{failing(401, "Bad credentials")}, 0, "GITHUB_TOKEN"},
		"a token that may not":                      {[]http.HandlerFunc{failing(403, "Resource not accessible by integration")}, 0, "Resource not accessible by integration); give the job that permission"},
		"a repository that is not there":            {[]http.HandlerFunc{failing(404, "Not Found")}, 0, "GITHUB_REPOSITORY"},
		"an answer that tries to speak for us":      {[]http.HandlerFunc{failing(418, "a\n::error::forged\x1b[2J")}, 0, "418: a ::error::forged [2J"},
		"an answer that is no JSON":                 {[]http.HandlerFunc{func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") }}, 0, "find the pull request"},
		"a connection that is cut":                  {[]http.HandlerFunc{hangUp}, time.Second, ""},
		"an answer that redirects to somebody else": {[]http.HandlerFunc{func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere(t), http.StatusFound) }}, 0, "find the pull request"},
	} {
		t.Run(name, func(t *testing.T) {
			server, client, waited := start(t)
			server.Pulls = []*githubtest.Pull{{Number: 7, Head: "head", Base: "main"}}
			server.Intercept = answers(c.failures...)
			found, err := client.PullsAt(t.Context(), "head", "main")
			switch {
			case c.fails == "" && (err != nil || len(found) != 1):
				t.Errorf("found %+v, %v", found, err)
			case c.fails != "" && (err == nil || !strings.Contains(err.Error(), c.fails)):
				t.Errorf("the error is %v, want it to say %q", err, c.fails)
			}
			if *waited != c.waited {
				t.Errorf("it waited %v, want %v", *waited, c.waited)
			}
		})
	}
}

func hangUp(w http.ResponseWriter, _ *http.Request) {
	if connection, _, err := w.(http.Hijacker).Hijack(); err == nil {
		connection.Close()
	}
}

// elsewhere is a host that must not be told the token.
func elsewhere(t *testing.T) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("Authorization"); got != "" {
			t.Errorf("another host was told %q", got)
		}
		githubtest.Fail(w, 400, "what do you want here?")
	}))
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
}

func TestAWriteIsSentAgainOnlyIfItWasRefused(t *testing.T) {
	server, client, waited := start(t)
	server.Intercept = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != "POST" || server.Requests[len(server.Requests)-2][:4] == "POST" {
			return false
		}
		failing(403, "You have exceeded a secondary rate limit", "Retry-After", "2")(w, r)
		return true
	}
	if err := client.Comment(t.Context(), 7, "review", "hello"); err != nil || len(server.Comments) != 1 || *waited != 2*time.Second {
		t.Errorf("%v; %d comments, waited %v", err, len(server.Comments), *waited)
	}
	if !strings.HasSuffix(server.Comments[0].Body, "hello") {
		t.Errorf("the second try said %q", server.Comments[0].Body)
	}

	server.Comments, server.Requests = nil, nil
	server.Intercept = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == "POST" {
			failing(502, "Bad Gateway")(w, r)
			return true
		}
		return false
	}
	if err := client.Comment(t.Context(), 7, "review", "hello"); err == nil || server.Count("POST") != 1 {
		t.Errorf("%v after %d tries; it may have been written the first time", err, server.Count("POST"))
	}
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	server := githubtest.New(t)
	server.Intercept = func(w http.ResponseWriter, r *http.Request) bool {
		failing(429, "slow down", "Retry-After", "60")(w, r)
		return true
	}
	ends := map[string]func(cancel func()){
		"with the answer":  func(cancel func()) { cancel() },
		"after the answer": func(cancel func()) { time.AfterFunc(20*time.Millisecond, cancel) },
	}
	for when, end := range ends {
		ctx, cancel := context.WithCancel(t.Context())
		answer := roundTrip(func(r *http.Request) (*http.Response, error) {
			response, err := http.DefaultTransport.RoundTrip(r)
			end(cancel)
			return response, err
		})
		client, err := github.New(github.Options{API: server.URL, Token: githubtest.Token, Repository: githubtest.Repository, Login: github.Actions, Transport: answer})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := client.Tip(ctx, "main"); !errors.Is(err, context.Canceled) {
			t.Errorf("ended %s, the error is %v", when, err)
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
