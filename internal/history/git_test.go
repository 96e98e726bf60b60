package history

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// git runs git in a folder and returns what it printed. Nothing of whoever runs the tests has a part in it.
func git(t testing.TB, dir string, args ...string) string {
	t.Helper()
	return gitIn(t, dir, nil, args...)
}

func gitIn(t testing.TB, dir string, input io.Reader, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed; these tests make repositories with it")
	}
	cmd := exec.CommandContext(t.Context(), "git", args...)
	cmd.Dir, cmd.Stdin = dir, input
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "LC_ALL=C")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, stderr.String())
	}
	return strings.TrimSpace(string(out))
}

// repository is one that a test makes. Its n-th commit is made on the n-th day of 2020.
type repository struct {
	t   *testing.T
	dir string
	day int
}

func newRepository(t *testing.T) *repository {
	r := &repository{t: t, dir: t.TempDir()}
	r.git("init", "-q", "--initial-branch=main")
	return r
}

func (r *repository) git(args ...string) string {
	r.t.Helper()
	return git(r.t, r.dir, args...)
}

func (r *repository) put(name, text string) {
	r.t.Helper()
	name = filepath.Join(r.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

func (r *repository) move(from, to string) {
	r.t.Helper()
	if err := os.MkdirAll(filepath.Dir(filepath.Join(r.dir, to)), 0o755); err != nil {
		r.t.Fatal(err)
	}
	r.git("mv", from, to)
}

// commit commits what is in the folder and returns the id.
func (r *repository) commit() string {
	r.t.Helper()
	r.git("add", "-A")
	return r.record(strings.Fields(r.git("for-each-ref", "--format=%(objectname)", r.git("symbolic-ref", "HEAD"))))
}

// merge merges branches into the one checked out: what comes of it is what is in the folder.
func (r *repository) merge(branches ...string) string {
	r.t.Helper()
	r.git("add", "-A")
	return r.record(strings.Fields(r.git(append([]string{"rev-parse", "HEAD"}, branches...)...)))
}

// record makes the commit of the next day from what was added. The author's date is never the committer's.
func (r *repository) record(parents []string) string {
	r.t.Helper()
	r.day++
	var b strings.Builder
	fmt.Fprintf(&b, "tree %s\n", r.git("write-tree"))
	for _, p := range parents {
		fmt.Fprintf(&b, "parent %s\n", p)
	}
	fmt.Fprintf(&b, "author Someone <someone@network.example> 946641600 +0000\ncommitter Some one <someone@network.example> %d -0300\n\nchange\n", day(r.day).Unix())
	id := gitIn(r.t, r.dir, strings.NewReader(b.String()), "hash-object", "-t", "commit", "-w", "--stdin")
	r.git("update-ref", "HEAD", id)
	return id
}

func day(n int) time.Time { return time.Date(2020, 1, n, 12, 0, 0, 0, time.UTC) }

func (r *repository) open() *Repository {
	r.t.Helper()
	return open(r.t, r.dir)
}

func open(t *testing.T, dir string) *Repository {
	t.Helper()
	opened, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	return opened
}
