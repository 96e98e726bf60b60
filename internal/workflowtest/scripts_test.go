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

// proposed makes a repository with a branch main and a proposal that only a pull request's reference leads to, and a clone of main.
func proposed(t *testing.T) (origin, clone, head string) {
	t.Helper()
	origin, clone = t.TempDir(), filepath.Join(t.TempDir(), "clone")
	git(t, origin, "init", "-q")
	git(t, origin, "config", "uploadpack.allowAnySHA1InWant", "true") // as GitHub has it
	write(t, origin, "data/coops/fern.yaml", "name: Fern\n", "file", "ours\n")
	commit(t, origin)
	git(t, origin, "checkout", "-q", "-b", "proposal")
	write(t, origin, "data/coops/fern.yaml", "name: Fern!\n", "file", "theirs\n", ".gitattributes", "* filter=evil\n")
	head = commit(t, origin)
	git(t, origin, "update-ref", "refs/pull/12/head", head)
	git(t, origin, "checkout", "-q", "main")
	git(t, origin, "branch", "-q", "-D", "proposal")
	git(t, origin, "clone", "-q", "file://"+origin, clone)
	return origin, clone, head
}

func TestFetchBringsObjectsAndTouchesNoFile(t *testing.T) {
	origin, clone, head := proposed(t)
	write(t, origin, "file", "newer\n")
	newest := commit(t, origin)
	write(t, clone, ".git/hooks/reference-transaction", "#!/bin/sh\ntouch ran\n", ".git/hooks/post-checkout", "#!/bin/sh\ntouch ran\n")
	for _, hook := range []string{"reference-transaction", "post-checkout"} {
		if err := os.Chmod(filepath.Join(clone, ".git/hooks", hook), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if out, code := run(t, clone, nil, workflowScript(t, "fetch"), head); code != 0 {
		t.Fatalf("exit code %d: %s", code, out)
	}
	if got := git(t, clone, "cat-file", "-p", head+":file"); got != "theirs" {
		t.Errorf("the commit has %q", got)
	}
	if got := git(t, clone, "rev-parse", "refs/remotes/origin/main"); got != newest {
		t.Errorf("main is at %s, want the newest, %s", got, newest)
	}
	if data, err := os.ReadFile(filepath.Join(clone, "file")); err != nil || string(data) != "ours\n" {
		t.Errorf("the folder has %q, %v", data, err)
	}
	if out := git(t, clone, "status", "--porcelain"); out != "" {
		t.Errorf("it changed the folder: %s", out)
	}
	for name, args := range map[string][]string{
		"nothing": nil, "a branch": {"main"}, "an option": {"--upload-pack=touch ran"}, "half a commit": {head[:12]},
		"a commit and more": {head + " x"}, "no branch": {head, "-x"}, "a way out": {head, "+x:y"},
	} {
		if out, code := run(t, clone, nil, append([]string{workflowScript(t, "fetch")}, args...)...); code != 2 || !strings.Contains(out, "usage") {
			t.Errorf("%s: exit code %d, %s", name, code, out)
		}
	}
	if _, code := run(t, clone, nil, workflowScript(t, "fetch"), strings.Repeat("0", 40)); code == 0 {
		t.Error("a commit that is nowhere was fetched")
	}
	if _, err := os.Stat(filepath.Join(clone, "ran")); err == nil {
		t.Error("something ran for it")
	}
}

func TestStewardJudgesAnewWhereTheBranchWentOn(t *testing.T) {
	for name, c := range map[string]struct {
		codes []string // of coops, one run after the other
		code  int
		runs  int
	}{
		"at once":               {[]string{"0"}, 0, 1},
		"the second time":       {[]string{"4", "0"}, 0, 2},
		"a failure":             {[]string{"3"}, 3, 1},
		"it never stands still": {[]string{"4", "4", "4", "4"}, 4, 3},
	} {
		t.Run(name, func(t *testing.T) {
			_, clone, head := proposed(t)
			tools := t.TempDir()
			// A coops for this test: it notes how it was called, and ends with the next code.
			write(t, tools, "coops", "#!/usr/bin/env bash\necho \"$GITHUB_TOKEN $*\" >>\""+tools+"/log\"\nexit \"$(sed -n \"$(wc -l <\""+tools+"/log\")p\" \""+tools+"/codes\")\"\n",
				"codes", strings.Join(c.codes, "\n")+"\n")
			if err := os.Chmod(filepath.Join(tools, "coops"), 0o755); err != nil {
				t.Fatal(err)
			}
			out, code := run(t, clone, []string{"PATH=" + tools + ":" + os.Getenv("PATH"), "GITHUB_TOKEN=t"}, workflowScript(t, "steward"), head)
			log, err := os.ReadFile(filepath.Join(tools, "log"))
			if want := strings.Repeat("t github steward --head "+head+"\n", c.runs); code != c.code || err != nil || string(log) != want {
				t.Errorf("exit code %d, %s\n%q, want %q", code, out, log, want)
			}
		})
	}
}

func TestReviewTellsTheMergeThatIsCheckedOut(t *testing.T) {
	for name, c := range map[string]struct{ ends, code int }{"fine": {0, 0}, "something to mend": {1, 0}, "wrong usage": {2, 2}, "a failure": {3, 3}} {
		t.Run(name, func(t *testing.T) {
			_, clone, head := proposed(t)
			if out, code := run(t, clone, nil, workflowScript(t, "fetch"), head); code != 0 {
				t.Fatal(out)
			}
			base := git(t, clone, "rev-parse", "HEAD")
			git(t, clone, "merge", "-q", "--no-ff", "-m", "merge", head)
			tools := t.TempDir()
			write(t, tools, "coops", "#!/usr/bin/env bash\necho \"$*\"\nexit "+string(rune('0'+c.ends))+"\n")
			if err := os.Chmod(filepath.Join(tools, "coops"), 0o755); err != nil {
				t.Fatal(err)
			}
			summary := filepath.Join(tools, "summary")
			out, code := run(t, clone, []string{"PATH=" + tools + ":" + os.Getenv("PATH"), "GITHUB_STEP_SUMMARY=" + summary, "AUTHOR=a b", "AUTHOR_ID=7"}, workflowScript(t, "review"))
			if code != c.code {
				t.Fatalf("exit code %d, want %d: %s", code, c.code, out)
			}
			call := "review --base " + base + " --head " + head + " --author a b --author-id 7 --format "
			if data, err := os.ReadFile(summary); err != nil || string(data) != call+"markdown\n" {
				t.Errorf("the summary is %q, %v", data, err)
			}
			if data, err := os.ReadFile(filepath.Join(clone, "review.json")); c.code == 0 && (err != nil || string(data) != call+"json\n") {
				t.Errorf("review.json is %q, %v", data, err)
			}
		})
	}
	// A commit that is no merge has nothing to compare.
	_, clone, _ := proposed(t)
	if _, code := run(t, clone, []string{"GITHUB_STEP_SUMMARY=" + filepath.Join(clone, "s"), "AUTHOR=a", "AUTHOR_ID=7"}, workflowScript(t, "review")); code == 0 {
		t.Error("it reviewed what is no merge")
	}
}
