package cli_test

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"coops/internal/github/githubtest"

	"github.com/rogpeppe/go-internal/testscript"
)

// onGitHub gives a script a GitHub of its own, and the environment of a workflow there.
func onGitHub(t *testing.T) func(*testscript.Env) error {
	return func(env *testscript.Env) error {
		server := githubtest.New(t)
		env.Values[onGitHubKey{}] = server
		env.Setenv("GITHUB_API_URL", server.URL)
		env.Setenv("GITHUB_SERVER_URL", "https://github.example")
		env.Setenv("GITHUB_REPOSITORY", githubtest.Repository)
		env.Setenv("GITHUB_TOKEN", githubtest.Token)
		return nil
	}
}

type onGitHubKey struct{}

// gitHub is the script command that prepares GitHub, or shows what is there:
//
//	github pull N ID REF [draft] [fork] [closed] [label=L] [base=B] [owner=ID]   a pull request by the account ID
//	github push N REF        new commits come into a pull request
//	github tip BRANCH REF    the branch is at a commit
//	github check REF NAME STATUS CONCLUSION [APP]
//	github uncheck
//	github comment N LOGIN TEXT
//	github close|draft|ready N
//	github commit BRANCH EMAIL   somebody commits to a branch
//	github label|unlabel N LABEL
//	github when REQUEST COMMAND…   does the command before the first request is answered that begins so
//	github fail REQUEST STATUS TEXT   refuses every request that begins so
//	github show
func gitHub(ts *testscript.TestScript, neg bool, args []string) {
	server := ts.Value(onGitHubKey{}).(*githubtest.Server)
	if neg || len(args) == 0 {
		ts.Fatalf("usage: github COMMAND…")
	}
	if args[0] == "show" {
		server.Do(func() { show(ts, server) })
		return
	}
	do := change(ts, server, args)
	server.Do(do)
}

// change returns what a command does to the server.
func change(ts *testscript.TestScript, server *githubtest.Server, args []string) func() {
	switch args[0] {
	case "when":
		then := change(ts, server, args[2:])
		return func() {
			done := false
			server.Intercept = func(_ http.ResponseWriter, r *http.Request) bool {
				if !done && strings.HasPrefix(r.Method+" "+r.URL.Path, args[1]) {
					done = true
					then()
				}
				return false
			}
		}
	case "fail":
		status := number(ts, args[2])
		return func() {
			server.Intercept = func(w http.ResponseWriter, r *http.Request) bool {
				if !strings.HasPrefix(r.Method+" "+r.URL.Path, args[1]) {
					return false
				}
				if status != http.StatusForbidden {
					w.Header().Set("Retry-After", "0") // so that the test need not wait
				}
				githubtest.Fail(w, status, args[3])
				return true
			}
		}
	case "pull":
		p := pull(ts, args[1:])
		return func() { server.Pulls = append(server.Pulls, p) }
	case "tip":
		commit := revision(ts, args[2])
		return func() {
			server.Branches[args[1]] = commit
			server.Commits[commit] = &githubtest.Commit{}
		}
	case "check":
		commit := revision(ts, args[1])
		c := githubtest.Check{Name: args[2], Status: args[3], Conclusion: args[4], App: "github-actions"}
		if len(args) > 5 {
			c.App = args[5]
		}
		return func() { server.Checks[commit] = append(server.Checks[commit], c) }
	case "uncheck":
		return func() { clear(server.Checks) }
	case "comment":
		c := &githubtest.Comment{ID: int64(len(server.Comments) + 1), On: number(ts, args[1]), Author: githubtest.User{Login: args[2]}, Body: args[3]}
		return func() { server.Comments = append(server.Comments, c) }
	case "commit":
		return func() {
			id := fmt.Sprint("by-hand-", len(server.Commits))
			before := server.Branches[args[1]]
			server.Commits[id] = &githubtest.Commit{Parents: []string{before}, Tree: server.Commits[before].Tree, Committer: map[string]any{"email": args[2]}}
			server.Branches[args[1]] = id
		}
	case "push", "close", "draft", "ready", "label", "unlabel":
		n := number(ts, args[1])
		head := ""
		if args[0] == "push" {
			head = revision(ts, args[2])
		}
		return func() {
			p := server.Pulls[slices.IndexFunc(server.Pulls, func(p *githubtest.Pull) bool { return p.Number == n })]
			switch args[0] {
			case "push":
				p.Head = head
			case "close":
				p.Closed = true
			case "draft", "ready":
				p.Draft = args[0] == "draft"
			case "label":
				p.Labels = append(p.Labels, args[2])
			case "unlabel":
				p.Labels = slices.DeleteFunc(p.Labels, func(l string) bool { return l == args[2] })
			}
		}
	}
	ts.Fatalf("there is no command github %s", args[0])
	return nil
}

func pull(ts *testscript.TestScript, args []string) *githubtest.Pull {
	id := number(ts, args[1])
	p := &githubtest.Pull{Number: number(ts, args[0]), Author: githubtest.User{Login: "account" + args[1], ID: int64(id)}, Head: revision(ts, args[2]), Base: "main"}
	for _, option := range args[3:] {
		key, value, _ := strings.Cut(option, "=")
		switch key {
		case "draft":
			p.Draft = true
		case "fork":
			p.Fork = true
		case "closed":
			p.Closed = true
		case "label":
			p.Labels = append(p.Labels, value)
		case "base":
			p.Base = value
		case "owner":
			p.Owner = githubtest.User{Login: "owner", ID: int64(number(ts, value))}
		default:
			ts.Fatalf("there is no option %s", option)
		}
	}
	return p
}

// judged runs github steward for a branch whose checks have passed, and holds that its pull request is not merged, and why:
//
//	judged BRANCH WHY
func judged(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: judged BRANCH WHY")
	}
	gitHub(ts, false, []string{"check", args[0], "validate", "completed", "success"})
	if err := ts.Exec("coops", "github", "steward", "--head", revision(ts, args[0])); err != nil {
		ts.Fatalf("%v", err)
	}
	if said := ts.ReadFile("stdout"); !regexp.MustCompile(`^#\d+ is not merged: ` + args[1]).MatchString(said) {
		ts.Fatalf("it says %q, want that it is not merged: %s", said, args[1])
	}
}

// thousand writes a thousand files into a folder, all as another one is: `thousand FOLDER FILE`.
func thousand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: thousand FOLDER FILE")
	}
	data := []byte(ts.ReadFile(args[1]))
	for n := range 1000 {
		ts.Check(os.WriteFile(ts.MkAbs(fmt.Sprintf("%s/made-%d.yaml", args[0], n)), data, 0o644))
	}
}

func number(ts *testscript.TestScript, text string) int {
	n, err := strconv.Atoi(text)
	ts.Check(err)
	return n
}

// revision returns the commit that a name stands for in the repository that the script is in.
func revision(ts *testscript.TestScript, name string) string {
	ts.Check(ts.Exec("git", "rev-parse", "--verify", name+"^{commit}"))
	return strings.TrimSpace(ts.ReadFile("stdout"))
}

// show prints what is on the server.
func show(ts *testscript.TestScript, server *githubtest.Server) {
	w := ts.Stdout()
	for _, p := range server.Pulls {
		state := "open"
		switch {
		case p.Merged != "":
			state = "merged as " + server.Commits[p.Merged].Message
		case p.Closed:
			state = "closed"
		}
		fmt.Fprintf(w, "pull #%d: %s\n", p.Number, state)
		if c := server.Commits[server.Branches[p.From]]; p.From != "" && c != nil {
			fmt.Fprintf(w, "from %s: %s\n%s\ncommit by %v: %s\n", p.From, p.Title, p.Body, c.Author["email"], c.Message)
			for _, name := range slices.Sorted(maps.Keys(server.Trees[c.Tree])) {
				fmt.Fprintf(w, "file %s:\n%s\n", name, server.Trees[c.Tree][name])
			}
		}
	}
	for _, i := range server.Issues {
		fmt.Fprintf(w, "issue by %s, closed %v: %s\n%s\n", i.Author.Login, i.Closed, i.Title, i.Body)
	}
	for _, c := range server.Comments {
		fmt.Fprintf(w, "comment on #%d by %s:\n%s\n", c.On, c.Author.Login, c.Body)
	}
}
