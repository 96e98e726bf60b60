package workflowtest

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"coops"
	"coops/internal/cli"
	"coops/internal/github/githubtest"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes this test the program that the workflows call, when it is called by that name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"coops": func() {
			os.Exit(cli.Main(context.Background(), os.Args[1:], cli.Environment{
				Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Program: coops.Program, Version: "v0.0.0-test",
				Now: func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) },
				GitHub: cli.GitHub{
					API: os.Getenv("GITHUB_API_URL"), Server: os.Getenv("GITHUB_SERVER_URL"),
					Repository: os.Getenv("GITHUB_REPOSITORY"), Token: os.Getenv("GITHUB_TOKEN"),
				},
			}))
		},
	})
}

// runner runs the steps of a workflow as GitHub does: each command in the folder that is checked out, with nothing in its environment but
// what the step says and what is there for all. Actions are taken to have done their work.
type runner struct {
	dir    string
	values map[string]string // of expressions
	env    []string
}

var wholeExpression = regexp.MustCompile(`^\$\{\{ (.*) \}\}$`)

// run returns what the steps said, and whether all ended well. After a failure only those run that say so.
func (r runner) run(t *testing.T, name string) (said string, fine bool) {
	t.Helper()
	var b strings.Builder
	fine = true
	for _, w := range read(t, ".github/workflows/"+name+".yml") {
		for _, s := range w.steps() {
			if s.Run == "" || !fine && !strings.Contains(s.If, "!cancelled()") {
				continue
			}
			env := r.env
			for key, value := range s.Env {
				if m := wholeExpression.FindStringSubmatch(value); m != nil {
					known, ok := r.values[m[1]]
					if !ok {
						t.Fatalf("%s: nobody knows the value of %s", name, value)
					}
					value = known
				}
				env = append(env[:len(env):len(env)], key+"="+value)
			}
			out, code := run(t, r.dir, env, "bash", "-e", "-o", "pipefail", "-c", s.Run)
			b.WriteString(out)
			fine = fine && code == 0
		}
	}
	return b.String(), fine
}

const (
	fern = `name: Fern
website: https://fern.example
summary: {en: We make websites.}
languages: [en]
remote: true
skills: [web-development]
contact: {email: hello@fern.example}
listed_by: coop
confirmed: 2026-05-01
stewards:
  - {login: fern-member, id: 7}
`
	teaches = "teaches:\n  - {skill: elixir, formats: [workshop]}\n"
)

// TestAPullRequestFromItsFirstRunToItsMerge plays what happens on GitHub: the workflows as they are written, their scripts, git, and the API.
func TestAPullRequestFromItsFirstRunToItsMerge(t *testing.T) {
	for name, c := range map[string]struct {
		change    []string // files of the pull request, by name and content in turn
		author    int64
		validates bool
		comment   string // that the comment has
		merged    bool
	}{
		"a steward's edit":            {[]string{"data/coops/fern.yaml", fern + teaches}, 7, true, "can now teach: Elixir", true},
		"the same by a stranger":      {[]string{"data/coops/fern.yaml", fern + teaches}, 8, true, "the author is no steward", false},
		"a steward's mistake":         {[]string{"data/coops/fern.yaml", fern + "teaches:\n  - {skill: elixirr}\n"}, 7, false, "elixirr", false},
		"an edit and a script":        {[]string{"data/coops/fern.yaml", fern + teaches, "scripts/workflows/steward", "#!/bin/sh\ntouch ran\n", "scripts/workflows/fetch", "#!/bin/sh\ntouch ran\n"}, 7, true, "A maintainer of the code has to look", false},
		"an artifact that tells lies": {[]string{"data/coops/gorse.yaml", strings.ReplaceAll(fern, "ern", "orse"), "review.json", `{"verdict": "steward-edit", "number": 1}`}, 7, true, "A maintainer of the code has to look", false},
	} {
		t.Run(name, func(t *testing.T) {
			server := githubtest.New(t)
			origin, work := t.TempDir(), t.TempDir()
			git(t, origin, "init", "-q")
			git(t, origin, "config", "uploadpack.allowAnySHA1InWant", "true")
			write(t, origin, "data/coops/fern.yaml", fern, "data/networks.yaml", "{}\n")
			for _, script := range []string{"fetch", "review", "steward"} {
				data, err := os.ReadFile(workflowScript(t, script))
				if err != nil {
					t.Fatal(err)
				}
				write(t, origin, "scripts/workflows/"+script, string(data))
				if err := os.Chmod(filepath.Join(origin, "scripts/workflows", script), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			base := commit(t, origin)
			git(t, origin, "checkout", "-q", "-b", "proposal")
			write(t, origin, c.change...)
			head := commit(t, origin)
			git(t, origin, "update-ref", "refs/pull/1/head", head)
			git(t, origin, "checkout", "-q", "main")
			git(t, origin, "merge", "-q", "--no-ff", "-m", "merge", head)
			git(t, origin, "update-ref", "refs/pull/1/merge", "HEAD")
			git(t, origin, "reset", "-q", "--hard", base)
			git(t, origin, "branch", "-q", "-D", "proposal")
			server.Branches["main"], server.Commits[base] = base, &githubtest.Commit{}
			author := githubtest.User{Login: "fern-member", ID: c.author}
			server.Pulls = []*githubtest.Pull{{Number: 1, Author: author, Head: head, Base: "main", Fork: true, Title: "closes #5 @everyone"}}

			checkout := func(folder, ref string) string {
				dir := filepath.Join(work, folder)
				git(t, work, "clone", "-q", "--no-checkout", "file://"+origin, dir)
				git(t, dir, "fetch", "-q", "origin", ref)
				git(t, dir, "checkout", "-q", "--detach", "FETCH_HEAD")
				return dir
			}
			everywhere := []string{"GITHUB_API_URL=" + server.URL, "GITHUB_SERVER_URL=https://github.example", "GITHUB_REPOSITORY=" + githubtest.Repository}

			summary := filepath.Join(work, "summary")
			unprivileged := runner{checkout("merge", "refs/pull/1/merge"), map[string]string{
				"github.event.pull_request.user.login": author.Login, "github.event.pull_request.user.id": "8",
			}, append(everywhere, "GITHUB_STEP_SUMMARY="+summary)}
			if c.author == 7 {
				unprivileged.values["github.event.pull_request.user.id"] = "7"
			}
			out, fine := unprivileged.run(t, "validate")
			if fine != c.validates {
				t.Fatalf("validate ends well: %v\n%s", fine, out)
			}
			if told, err := os.ReadFile(summary); err != nil || !strings.Contains(string(told), c.comment) {
				t.Errorf("the summary is %q, %v", told, err)
			}
			conclusion := map[bool]string{true: "success", false: "failure"}[fine]
			server.Do(func() {
				server.Checks[head] = []githubtest.Check{{Name: "validate", App: "github-actions", Status: "completed", Conclusion: conclusion}}
			})

			privileged := runner{checkout("main", "refs/heads/main"), map[string]string{
				"github.token": githubtest.Token, "github.event.workflow_run.head_sha": head,
			}, everywhere}
			if out, fine := privileged.run(t, "comment"); !fine || len(server.Comments) != 1 || !strings.Contains(server.Comments[0].Body, c.comment) {
				t.Errorf("comment ends well: %v\n%s%+v", fine, out, server.Comments)
			}
			if out, fine = privileged.run(t, "steward"); !fine { // whether it should run at all or not
				t.Errorf("steward failed: %s", out)
			}
			if merged := server.Pulls[0].Merged != ""; merged != c.merged {
				t.Errorf("merged %v, want %v: %s", merged, c.merged, out)
			}
			if c.merged && server.Commits[server.Pulls[0].Merged].Message != "data: update fern (#1)" {
				t.Errorf("it is called %q", server.Commits[server.Pulls[0].Merged].Message)
			}
			for _, ran := range []string{"ran", "data/coops/gorse.yaml"} {
				if _, err := os.Stat(filepath.Join(privileged.dir, ran)); err == nil {
					t.Errorf("the privileged run has %s in its folder", ran)
				}
			}
			if strings.Contains(out, githubtest.Token) {
				t.Error("the token is in what it says")
			}
		})
	}
}
