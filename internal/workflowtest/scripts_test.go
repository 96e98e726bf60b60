package workflowtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// run runs a command in a folder, with the environment it gets on GitHub and some more, and returns what it said and its exit code.
func run(t *testing.T, dir string, env []string, command ...string) (string, int) {
	t.Helper()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = dir
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@commons.example", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@commons.example",
	}, env...)
	out, err := cmd.CombinedOutput()
	if _, ended := err.(*exec.ExitError); err != nil && !ended {
		t.Fatalf("%v: %v", command, err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// git runs git and returns what it said.
func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	out, code := run(t, dir, nil, append([]string{"git", "-c", "init.defaultBranch=main"}, args...)...)
	if code != 0 {
		t.Fatalf("git %s: %s", strings.Join(args, " "), out)
	}
	return strings.TrimSpace(out)
}

// write writes files below a folder, by name and content in turn.
func write(t *testing.T, dir string, files ...string) {
	t.Helper()
	for i := 0; i+1 < len(files); i += 2 {
		name := filepath.Join(dir, files[i])
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(files[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func commit(t *testing.T, dir string) string {
	t.Helper()
	git(t, dir, "add", "-A")
	git(t, dir, "commit", "-q", "--allow-empty", "-m", "x")
	return git(t, dir, "rev-parse", "HEAD")
}

// workflowScript returns the path of a script, as seen from anywhere.
func workflowScript(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(top, "scripts/workflows", name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTouchesCode(t *testing.T) {
	dir := t.TempDir()
	git(t, dir, "init", "-q")
	write(t, dir, "main.go", "package main", "data/coops/fern.yaml", "name: Fern")
	commit(t, dir)
	for _, c := range []struct {
		files []string
		want  string
	}{
		{nil, "true"}, // the first commit: nobody knows
		{[]string{"data/coops/gorse.yaml", "name: Gorse", "data/logos/gorse.png", "x", "data/events/a.yaml", "x"}, "false"},
		{[]string{"data/coops/gorse.yaml", "name: Gorse!", "main.go", "package other"}, "true"},
		{[]string{"data/skills/web.yaml", "x"}, "true"},
		{[]string{"data/coops.yaml", "x"}, "true"},
		{[]string{".github/workflows/validate.yml", "x"}, "true"},
	} {
		if c.files != nil {
			write(t, dir, c.files...)
			commit(t, dir)
		}
		if out, code := run(t, dir, nil, workflowScript(t, "touches-code")); code != 0 || out != c.want+"\n" {
			t.Errorf("%v: exit code %d, %q, want %s", c.files, code, out, c.want)
		}
	}
}

func TestReproducible(t *testing.T) {
	for _, c := range []struct {
		name, writes string
		code         int
	}{
		{"the same bytes", `echo program`, 0},
		{"other bytes each time", `echo "$PWD"`, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, tools := t.TempDir(), t.TempDir()
			git(t, dir, "init", "-q")
			write(t, dir, "cmd/coops/main.go", "package main")
			commit(t, dir)
			// A compiler for this test: it writes what the case says to the file after -o.
			write(t, tools, "go", "#!/usr/bin/env bash\nwhile [ \"$1\" != -o ]; do shift; done\ntest -f cmd/coops/main.go && "+c.writes+" >\"$2\"\n")
			if err := os.Chmod(filepath.Join(tools, "go"), 0o755); err != nil {
				t.Fatal(err)
			}
			out, code := run(t, dir, []string{"PATH=" + tools + ":" + os.Getenv("PATH"), "TMPDIR=" + t.TempDir()}, workflowScript(t, "reproducible"), "light")
			if code != c.code {
				t.Errorf("exit code %d, want %d: %s", code, c.code, out)
			}
		})
	}
}
