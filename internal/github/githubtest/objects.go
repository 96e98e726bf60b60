package githubtest

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func state(closed bool) string {
	if closed {
		return "closed"
	}
	return "open"
}

func pullJSON(p *Pull) any {
	labels := []any{}
	for _, l := range p.Labels {
		labels = append(labels, map[string]any{"name": l})
	}
	home := map[string]any{"id": 1, "owner": User{"commons", 1}}
	if p.Fork {
		home = map[string]any{"id": 2, "owner": cmp.Or(p.Owner, p.Author)}
	}
	return map[string]any{
		"number": p.Number, "title": p.Title, "body": p.Body, "state": state(p.Closed), "draft": p.Draft, "user": p.Author, "labels": labels,
		"merged":   p.Merged != "",
		"html_url": fmt.Sprintf("https://github.example/%s/pull/%d", Repository, p.Number),
		"head":     map[string]any{"sha": p.Head, "ref": p.From, "repo": home},
		"base":     map[string]any{"sha": "old", "ref": p.Base, "repo": map[string]any{"id": 1}},
	}
}

func (s *Server) listPulls(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	var found []*Pull
	for _, p := range s.Pulls {
		if query.Get("state") == "open" && p.Closed || query.Has("base") && query.Get("base") != p.Base {
			continue
		}
		if owner, branch, ok := strings.Cut(query.Get("head"), ":"); ok && (branch != p.From || p.Fork == (owner == "commons")) {
			continue
		}
		found = append(found, p)
	}
	page(s, w, r, found, func(part []*Pull) any { return each(part, pullJSON) })
}

func (s *Server) openPull(w http.ResponseWriter, body map[string]any) {
	p := &Pull{Number: s.next(), Author: s.Bot}
	set(body, "title", &p.Title)
	set(body, "body", &p.Body)
	set(body, "head", &p.From)
	set(body, "base", &p.Base)
	if p.Head = s.Branches[p.From]; p.Head == "" || s.Branches[p.Base] == "" {
		Fail(w, http.StatusUnprocessableEntity, "Validation Failed")
		return
	}
	s.Pulls = append(s.Pulls, p)
	answer(w, http.StatusCreated, pullJSON(p))
}

func (s *Server) merge(w http.ResponseWriter, number int, body map[string]any) {
	i := slices.IndexFunc(s.Pulls, func(p *Pull) bool { return p.Number == number })
	switch {
	case i < 0:
		Fail(w, http.StatusNotFound, "Not Found")
	case s.Pulls[i].Closed || s.Refuse:
		Fail(w, http.StatusMethodNotAllowed, "Pull Request is not mergeable")
	case body["sha"] != s.Pulls[i].Head:
		Fail(w, http.StatusConflict, "Head branch was modified. Review and try the merge again.")
	default:
		p := s.Pulls[i]
		p.Closed, p.Merged = true, fmt.Sprintf("merged%d", s.next())
		c := &Commit{Parents: []string{s.Branches[p.Base]}}
		set(body, "commit_title", &c.Message)
		s.Commits[p.Merged], s.Branches[p.Base] = c, p.Merged
		answer(w, http.StatusOK, map[string]any{"sha": p.Merged, "merged": true})
	}
}

func issueJSON(i *Issue) any {
	return map[string]any{"number": i.Number, "title": i.Title, "body": i.Body, "state": state(i.Closed), "user": i.Author}
}

// listIssues lists pull requests, too, as GitHub does.
func (s *Server) listIssues(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	var found []any
	for _, i := range slices.Backward(s.Issues) {
		if (query.Get("creator") == "" || query.Get("creator") == i.Author.Login) && (query.Get("state") == "all" || !i.Closed) {
			found = append(found, issueJSON(i))
		}
	}
	for _, p := range slices.Backward(s.Pulls) {
		if query.Get("creator") == p.Author.Login {
			found = append(found, map[string]any{"number": p.Number, "body": p.Body, "user": p.Author, "pull_request": map[string]any{"url": "x"}})
		}
	}
	page(s, w, r, found, func(part []any) any { return part })
}

func (s *Server) editIssue(w http.ResponseWriter, number int, body map[string]any) {
	for _, i := range s.Issues {
		if i.Number == number {
			set(body, "title", &i.Title)
			set(body, "body", &i.Body)
			if to, ok := body["state"]; ok {
				i.Closed = to == "closed"
			}
			answer(w, http.StatusOK, issueJSON(i))
			return
		}
	}
	Fail(w, http.StatusNotFound, "Not Found")
}

func commentJSON(c *Comment) any {
	return map[string]any{"id": c.ID, "body": c.Body, "user": c.Author}
}

// changeComment lets a token change what any account wrote, as that of a maintainer may.
func (s *Server) changeComment(w http.ResponseWriter, r *http.Request, id string, body map[string]any) {
	i := slices.IndexFunc(s.Comments, func(c *Comment) bool { return strconv.FormatInt(c.ID, 10) == id })
	switch {
	case i < 0:
		Fail(w, http.StatusNotFound, "Not Found")
	case r.Method == http.MethodDelete:
		s.Comments = slices.Delete(s.Comments, i, i+1)
		w.WriteHeader(http.StatusNoContent)
	default:
		set(body, "body", &s.Comments[i].Body)
		answer(w, http.StatusOK, commentJSON(s.Comments[i]))
	}
}
