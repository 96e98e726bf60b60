package sitetest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// languages are those of both sites; the first stands at the root.
var languages = []struct{ id, prefix, locale string }{
	{"en", "", "en-US"}, {"es", "/es", "es"}, {"fr", "/fr", "fr"}, {"pt", "/pt", "pt-BR"},
}

// site is a built site and the server that shows it the way its host will.
type site struct {
	name   string
	dir    string
	server *httptest.Server
	base   string // the address it is built for, without the slash at the end
	coops  []coop // every co-op, from its own export
}

// coop is what the tests read of /api/v1/coops.json.
type coop struct {
	Slug     string
	Name     string
	Status   string
	ListedBy string `json:"listed_by"`
	Source   struct{ Name, URL, Licence string }
	Skills   []struct{ Skill string }
}

func (c coop) ended() bool {
	return c.Status == "closed" || c.Status == "merged" || c.Status == "no-longer-coop"
}

// first returns the first co-op of which is holds. A directory without one has nothing to test.
func (s *site) first(t *testing.T, what string, is func(coop) bool) coop {
	t.Helper()
	for _, c := range s.coops {
		if is(c) {
			return c
		}
	}
	t.Skipf("this directory has no co-op that is %s", what)
	return coop{}
}

func (s *site) url(address string) string { return s.server.URL + address }

// file returns the file that an address, without query and fragment, is answered with.
func (s *site) file(address string) string {
	if strings.HasSuffix(address, "/") {
		address += "index.html"
	}
	return filepath.Join(s.dir, filepath.FromSlash(address))
}

func (s *site) read(t *testing.T, address string) []byte {
	t.Helper()
	data, err := os.ReadFile(s.file(address))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (s *site) page(t *testing.T, address string) *goquery.Document {
	t.Helper()
	page, err := goquery.NewDocumentFromReader(bytes.NewReader(s.read(t, address)))
	if err != nil {
		t.Fatalf("read the page %s: %v", address, err)
	}
	return page
}

// pages returns the addresses of every page.
func (s *site) pages(t *testing.T) []string {
	t.Helper()
	var addresses []string
	err := fs.WalkDir(os.DirFS(s.dir), ".", func(name string, _ fs.DirEntry, err error) error {
		if path.Ext(name) == ".html" {
			addresses = append(addresses, "/"+strings.TrimSuffix(name, "index.html"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return addresses
}

// serve shows a folder under a free port: with the host's headers, its redirects and its 404 pages.
func serve(name, dir string, headers []headerRule) (*site, error) {
	s := &site{name: name, dir: dir}
	rules, err := os.ReadFile(filepath.Join(dir, "_redirects"))
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(filepath.Join(dir, "api", "v1", "coops.json"))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &s.coops); err != nil {
		return nil, fmt.Errorf("read api/v1/coops.json: %w", err)
	}
	home, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		return nil, err
	}
	canonical := regexp.MustCompile(`rel="canonical" href="([^"]+)/"`).FindSubmatch(home)
	if canonical == nil {
		return nil, errors.New("the home page has no canonical address")
	}
	s.base = string(canonical[1])
	s.server = httptest.NewServer(handler(dir, headers, string(rules)))
	return s, nil
}

func handler(dir string, headers []headerRule, redirects string) http.Handler {
	files := http.FileServer(http.Dir(dir))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, rule := range headers {
			if rule.applies(r.URL.Path) {
				for name, value := range rule.values {
					w.Header().Set(name, value)
				}
			}
		}
		if info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(path.Clean(r.URL.Path)))); err == nil {
			if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(r.URL.Path), "index.html")); err == nil || !info.IsDir() {
				files.ServeHTTP(w, r)
				return
			}
		}
		target, status := "/404.html", "404"
		for rule := range strings.Lines(redirects) {
			fields := strings.Fields(rule)
			if len(fields) == 3 && matches(fields[0], r.URL.Path) {
				target, status = fields[1], fields[2]
				break
			}
		}
		if status == "301" {
			http.Redirect(w, r, target, http.StatusMovedPermanently)
			return
		}
		page, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(target)))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write(page)
	})
}

func matches(rule, address string) bool {
	if folder, isFolder := strings.CutSuffix(rule, "*"); isFolder {
		return strings.HasPrefix(address, folder)
	}
	return strings.TrimSuffix(rule, "/") == strings.TrimSuffix(address, "/")
}

// headerRule are headers that the host is told to send with some addresses. Of two rules with the same
// header the later one, which is the narrower, counts.
type headerRule struct {
	addresses string // with :names for single parts, and a * at the end for whatever follows
	values    map[string]string
}

func (r headerRule) applies(address string) bool {
	parts, asked := strings.Split(r.addresses, "/"), strings.Split(address, "/")
	for i, part := range parts {
		switch {
		case part == "*":
			return i < len(asked)
		case i >= len(asked) || !strings.HasPrefix(part, ":") && part != asked[i]:
			return false
		}
	}
	return len(parts) == len(asked)
}

// readHeaders returns the rules for headers that the host is told, in their order.
func readHeaders(name string) ([]headerRule, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var rules []headerRule
	for _, block := range strings.Split(string(data), "[[headers]]")[1:] {
		addresses := regexp.MustCompile(`(?m)^\s*for = "([^"]+)"`).FindStringSubmatch(block)
		if addresses == nil {
			return nil, fmt.Errorf("%s: headers for no address:\n%s", name, block)
		}
		rule := headerRule{addresses[1], map[string]string{}}
		for _, found := range regexp.MustCompile(`(?m)^\s*([A-Z][A-Za-z-]+)\s*=\s*"([^"]*)"`).FindAllStringSubmatch(block, -1) {
			rule.values[found[1]] = found[2]
		}
		rules = append(rules, rule)
	}
	for _, wanted := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"} {
		if len(rules) == 0 || rules[0].addresses != "/*" || rules[0].values[wanted] == "" {
			return nil, fmt.Errorf("%s sends no %s with everything", name, wanted)
		}
	}
	return rules, nil
}
