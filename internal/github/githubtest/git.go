package githubtest

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
)

// routeGit answers what is asked of the repository's own objects.
func (s *Server) routeGit(w http.ResponseWriter, r *http.Request, path []string, body map[string]any) {
	if path[0] != "git" || len(path) < 2 {
		Fail(w, http.StatusNotFound, "Not Found")
		return
	}
	branch := strings.TrimPrefix(strings.Join(path[2:], "/"), "heads/")
	switch r.Method + " " + path[1] {
	case "GET ref":
		if s.Branches[branch] == "" {
			Fail(w, http.StatusNotFound, "Not Found")
			return
		}
		answer(w, http.StatusOK, s.refJSON(branch))
	case "POST refs":
		var ref string
		set(body, "ref", &ref)
		branch = strings.TrimPrefix(ref, "refs/heads/")
		if s.Branches[branch] != "" {
			Fail(w, http.StatusUnprocessableEntity, "Reference already exists")
			return
		}
		s.setBranch(w, branch, body)
	case "PATCH refs":
		s.setBranch(w, branch, body)
	case "POST trees":
		s.makeTree(w, body)
	case "POST commits":
		s.makeCommit(w, body)
	case "GET commits":
		if c := s.Commits[path[2]]; c != nil {
			answer(w, http.StatusOK, commitJSON(path[2], c))
			return
		}
		Fail(w, http.StatusNotFound, "Not Found")
	default:
		Fail(w, http.StatusNotFound, "Not Found")
	}
}

func (s *Server) refJSON(branch string) any {
	return map[string]any{"ref": "refs/heads/" + branch, "object": map[string]any{"type": "commit", "sha": s.Branches[branch]}}
}

func (s *Server) setBranch(w http.ResponseWriter, branch string, body map[string]any) {
	var commit string
	if set(body, "sha", &commit); s.Commits[commit] == nil {
		Fail(w, http.StatusUnprocessableEntity, "Object does not exist")
		return
	}
	s.Branches[branch] = commit
	for _, p := range s.Pulls {
		if p.From == branch && !p.Fork && !p.Closed {
			p.Head = commit
		}
	}
	answer(w, http.StatusOK, s.refJSON(branch))
}

func (s *Server) makeTree(w http.ResponseWriter, body map[string]any) {
	var base string
	set(body, "base_tree", &base)
	files := maps.Clone(s.Trees[base])
	if files == nil {
		Fail(w, http.StatusUnprocessableEntity, "base_tree does not exist")
		return
	}
	entries, _ := body["tree"].([]any)
	for _, e := range entries {
		entry, _ := e.(map[string]any)
		var name, content string
		set(entry, "path", &name)
		set(entry, "content", &content)
		files[name] = content
	}
	id := fmt.Sprintf("tree%d", s.next())
	for other, there := range s.Trees { // the same files are the same tree
		if maps.Equal(files, there) {
			id = other
		}
	}
	s.Trees[id] = files
	answer(w, http.StatusCreated, map[string]any{"sha": id})
}

func (s *Server) makeCommit(w http.ResponseWriter, body map[string]any) {
	c := &Commit{}
	set(body, "message", &c.Message)
	set(body, "tree", &c.Tree)
	c.Author, _ = body["author"].(map[string]any)
	c.Committer, _ = body["committer"].(map[string]any)
	parents, _ := body["parents"].([]any)
	for _, p := range parents {
		c.Parents = append(c.Parents, fmt.Sprint(p))
	}
	id := fmt.Sprintf("commit%d", s.next())
	s.Commits[id] = c
	answer(w, http.StatusCreated, commitJSON(id, c))
}

func commitJSON(id string, c *Commit) any {
	parents := []any{}
	for _, p := range c.Parents {
		parents = append(parents, map[string]any{"sha": p})
	}
	return map[string]any{
		"sha": id, "message": c.Message, "tree": map[string]any{"sha": c.Tree}, "parents": parents, "author": c.Author, "committer": c.Committer,
	}
}
