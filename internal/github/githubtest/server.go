// Package githubtest is a GitHub for tests: as much of its API as package github uses, over HTTP, with one
// repository that remembers what was done to it.
package githubtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// What a client must say to be let in.
const (
	Token      = "token-of-a-test"
	Repository = "commons/directory"
)

// Server is a GitHub. Change its fields before requests come, or within Do.
type Server struct {
	URL string

	Pulls    []*Pull
	Issues   []*Issue
	Comments []*Comment
	Branches map[string]string // name -> commit
	Commits  map[string]*Commit
	Trees    map[string]map[string]string // id -> path -> content
	Checks   map[string][]Check           // commit -> its checks
	Bot      User                         // who the token is of
	Refuse   bool                         // refuses to merge, as with a conflict
	// Intercept, if set, sees each request before it is answered, and may answer it itself.
	Intercept func(w http.ResponseWriter, r *http.Request) (answered bool)
	Requests  []string // "METHOD path?query" of all that came

	mu   sync.Mutex
	made int
}

// User is an account.
type User struct {
	Login string `json:"login"`
	ID    int64  `json:"id"`
}

// Pull is a pull request.
type Pull struct {
	Number int
	Author User
	Title  string
	Body   string
	Closed bool
	Merged string // commit that merged it
	Draft  bool
	Labels []string
	Head   string // commit
	From   string // branch of the head
	Fork   bool   // whether that is another repository's: its author's, or Owner's
	Owner  User
	Base   string // branch
}

// Issue is an issue.
type Issue struct {
	Number      int
	Author      User
	Title, Body string
	Closed      bool
}

// Comment is a comment on an issue or a pull request.
type Comment struct {
	ID     int64
	On     int // number
	Author User
	Body   string
}

// Commit is a commit of the repository.
type Commit struct {
	Message   string
	Tree      string
	Parents   []string
	Author    map[string]any
	Committer map[string]any
}

// Check is a check run.
type Check struct {
	Name, App, Status, Conclusion string
}

// New starts a GitHub that ends with the test. Its repository has a branch main with one commit.
func New(t testing.TB) *Server {
	s := &Server{
		Branches: map[string]string{"main": "base"},
		Commits:  map[string]*Commit{"base": {Message: "begin", Tree: "tree"}},
		Trees:    map[string]map[string]string{"tree": {}},
		Checks:   map[string][]Check{},
		Bot:      User{"github-actions[bot]", 41898282},
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// Do lets a test look at the server, or change it, while requests may come.
func (s *Server) Do(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

// Count returns how many requests began with that method and path.
func (s *Server) Count(begin string) int {
	n := 0
	s.Do(func() {
		for _, r := range s.Requests {
			if strings.HasPrefix(r, begin) {
				n++
			}
		}
	})
	return n
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Requests = append(s.Requests, r.Method+" "+r.URL.RequestURI())
	if s.Intercept != nil && s.Intercept(w, r) {
		return
	}
	if r.Header.Get("Authorization") != "Bearer "+Token {
		Fail(w, http.StatusUnauthorized, "Bad credentials")
		return
	}
	rest, ok := strings.CutPrefix(r.URL.Path, "/repos/"+Repository+"/")
	if !ok {
		Fail(w, http.StatusNotFound, "Not Found")
		return
	}
	body := map[string]any{}
	if r.ContentLength != 0 && json.NewDecoder(r.Body).Decode(&body) != nil {
		Fail(w, http.StatusBadRequest, "Problems parsing JSON")
		return
	}
	s.route(w, r, strings.Split(rest, "/"), body)
}

// Fail answers as GitHub does when something is wrong.
func Fail(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"message": message}) // the client hears of it
}

func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // the client hears of it
}

// page answers with the part of a list that was asked for, and links to the next.
func page[V any](s *Server, w http.ResponseWriter, r *http.Request, all []V, wrap func([]V) any) {
	query := r.URL.Query()
	number, _ := strconv.Atoi(cmp.Or(query.Get("page"), "1"))
	size, _ := strconv.Atoi(cmp.Or(query.Get("per_page"), "30"))
	size = min(size, 100)
	from := min((number-1)*size, len(all))
	to := min(from+size, len(all))
	if to < len(all) {
		query.Set("page", strconv.Itoa(number+1))
		w.Header().Set("Link", fmt.Sprintf(`<%s%s?%s>; rel="next"`, s.URL, r.URL.Path, query.Encode()))
	}
	answer(w, http.StatusOK, wrap(all[from:to]))
}

func (s *Server) route(w http.ResponseWriter, r *http.Request, path []string, body map[string]any) {
	number := 0
	if len(path) > 1 {
		number, _ = strconv.Atoi(path[1])
	}
	switch is := func(method, pattern string) bool { return r.Method == method && matches(path, pattern) }; {
	case is("GET", "pulls"):
		s.listPulls(w, r)
	case is("POST", "pulls"):
		s.openPull(w, body)
	case is("GET", "pulls/*"), is("PATCH", "pulls/*"):
		i := slices.IndexFunc(s.Pulls, func(p *Pull) bool { return p.Number == number })
		if i < 0 {
			Fail(w, http.StatusNotFound, "Not Found")
			return
		}
		set(body, "title", &s.Pulls[i].Title)
		set(body, "body", &s.Pulls[i].Body)
		answer(w, http.StatusOK, pullJSON(s.Pulls[i]))
	case is("PUT", "pulls/*/merge"):
		s.merge(w, number, body)
	case is("GET", "commits/*/check-runs"):
		page(s, w, r, s.Checks[path[1]], func(checks []Check) any {
			runs := []any{}
			for _, c := range checks {
				runs = append(runs, map[string]any{"name": c.Name, "status": c.Status, "conclusion": c.Conclusion, "app": map[string]any{"slug": c.App}})
			}
			return map[string]any{"total_count": len(s.Checks[path[1]]), "check_runs": runs}
		})
	case is("GET", "issues"):
		s.listIssues(w, r)
	case is("POST", "issues"):
		issue := &Issue{Number: s.next(), Author: s.Bot}
		set(body, "title", &issue.Title)
		set(body, "body", &issue.Body)
		s.Issues = append(s.Issues, issue)
		answer(w, http.StatusCreated, issueJSON(issue))
	case is("PATCH", "issues/*"):
		s.editIssue(w, number, body)
	case is("GET", "issues/*/comments"):
		var on []*Comment
		for _, c := range s.Comments {
			if c.On == number {
				on = append(on, c)
			}
		}
		page(s, w, r, on, func(part []*Comment) any { return each(part, commentJSON) })
	case is("POST", "issues/*/comments"):
		c := &Comment{ID: int64(s.next()), On: number, Author: s.Bot}
		set(body, "body", &c.Body)
		s.Comments = append(s.Comments, c)
		answer(w, http.StatusCreated, commentJSON(c))
	case is("PATCH", "issues/comments/*"), is("DELETE", "issues/comments/*"):
		s.changeComment(w, r, path[2], body)
	default:
		s.routeGit(w, r, path, body)
	}
}

// matches holds a path against a pattern in which * stands for one part of it.
func matches(path []string, pattern string) bool {
	parts := strings.Split(pattern, "/")
	if len(parts) != len(path) {
		return false
	}
	for i, part := range parts {
		if part != "*" && part != path[i] {
			return false
		}
	}
	return true
}

func set(body map[string]any, key string, target *string) {
	if text, ok := body[key].(string); ok {
		*target = text
	}
}

func each[V any](values []V, f func(V) any) any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = f(v)
	}
	return out
}

// next returns a number that nothing has yet.
func (s *Server) next() int {
	s.made++
	return 1000 + s.made
}
