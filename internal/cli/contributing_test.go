//go:build unix

package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// guides are CONTRIBUTING.md and its translations.
var guides = []string{"CONTRIBUTING.md", "CONTRIBUTING.es.md", "CONTRIBUTING.fr.md", "CONTRIBUTING.pt.md"}

var shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")

// blocks returns the commands of a guide, block by block.
func blocks(t *testing.T, guide string) []string {
	t.Helper()
	text, err := os.ReadFile("../../" + guide)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range shellBlock.FindAllStringSubmatch(string(text), -1) {
		all = append(all, m[1])
	}
	if len(all) < 2 {
		t.Fatalf("%s has %d blocks of commands", guide, len(all))
	}
	return all
}

// TestAContributorCanDoWhatTheGuideSays types the commands of each guide in a clone of a fork, in which make
// puts this program where it would compile one.
func TestAContributorCanDoWhatTheGuideSays(t *testing.T) {
	for _, guide := range guides {
		t.Run(guide, func(t *testing.T) {
			t.Parallel()
			dir, env := clone(t)
			all := blocks(t, guide)
			for _, block := range all[:2] { // the third is about the program itself
				cmd := exec.Command("bash", "-euc", block)
				cmd.Dir, cmd.Env = dir, env
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("%v\n%s\n%s", err, block, out)
				}
			}
			for _, made := range []string{"ejemplo", "helecho"} {
				if _, err := os.Stat(filepath.Join(dir, "data/coops", made+".yaml")); err != nil {
					t.Error(err)
				}
			}
			cmd := exec.Command("git", "log", "--name-only", "--format=%s", "-1", "origin/add-ejemplo")
			cmd.Dir, cmd.Env = dir, env
			if out, err := cmd.Output(); err != nil || string(out) != "data: add ejemplo\n\ndata/coops/ejemplo.yaml\n" {
				t.Errorf("what was pushed is %q (%v)", out, err)
			}
		})
	}
}

// clone makes a repository with the data of this one and an origin, and the environment to work in it.
func clone(t *testing.T) (dir string, env []string) {
	t.Helper()
	program, err := exec.LookPath("coops")
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	dir = filepath.Join(home, "directory")
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS("../../data")); err != nil {
		t.Fatal(err)
	}
	stand := filepath.Join(home, "bin", "make")
	for name, text := range map[string]string{
		stand: "#!/bin/sh\nmkdir -p bin/light && ln -s '" + program + "' \"$1\"\n",
		filepath.Join(dir, "list.csv"): "name,website,languages,summary,country,skills,contact\n" +
			"Helecho,helecho.example,es,Hacemos programas.,Chile,elixir,hola@helecho.example\n",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	env = append(os.Environ(), "HOME="+home, "PATH="+filepath.Dir(stand)+":"+os.Getenv("PATH"), "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@commons.example", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@commons.example")
	for _, command := range []string{
		"git init -q -b main", "git add data", "git commit -q -m begin", "git init -q --bare ../origin", "git remote add origin ../origin", "git push -q origin main",
	} {
		cmd := exec.Command("bash", "-euc", command)
		cmd.Dir, cmd.Env = dir, env
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
	}
	return dir, env
}

var (
	target  = regexp.MustCompile(`(?m)^make +([a-z/-]+)`)
	tested  = regexp.MustCompile(`\./internal/[a-z/]+`)
	linkTo  = regexp.MustCompile(`\]\(([^)]+)\)`)
	formURL = regexp.MustCompile(`^(?:\.\./)+issues/new\?template=([a-z.]+\.yml)$`)
)

func TestWhatTheGuidesNameIsThere(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for _, guide := range append(slices.Clone(guides), "GOVERNANCE.md", "SECURITY.md", "CODE_OF_CONDUCT.md", "README.md", "docs/removal.md") {
		text, err := os.ReadFile("../../" + guide)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range shellBlock.FindAllStringSubmatch(string(text), -1) {
			for _, m := range target.FindAllStringSubmatch(block[1], -1) {
				if !strings.Contains(string(makefile), "\n"+m[1]+":") {
					t.Errorf("%s: make knows no %s", guide, m[1])
				}
			}
			for _, folder := range tested.FindAllString(block[1], -1) {
				if _, err := os.Stat("../../" + folder); err != nil {
					t.Errorf("%s: %v", guide, err)
				}
			}
		}
		for _, m := range linkTo.FindAllStringSubmatch(string(text), -1) {
			link, anchor, _ := strings.Cut(m[1], "#")
			if form := formURL.FindStringSubmatch(link); form != nil {
				link = "../../.github/ISSUE_TEMPLATE/" + form[1]
			} else if strings.Contains(link, "://") {
				continue
			} else {
				link = filepath.Join("../..", filepath.Dir(guide), link)
			}
			page, err := os.ReadFile(link)
			if info, failed := os.Stat(link); failed == nil && info.IsDir() {
				err = nil
			}
			if err != nil && m[1][0] != '#' {
				t.Errorf("%s links to %s, which is not there", guide, m[1])
			}
			if anchor != "" && m[1][0] != '#' && !strings.Contains(anchors(string(page)), " "+anchor+" ") {
				t.Errorf("%s links to %s, and there is no such heading", guide, m[1])
			}
		}
	}
}

// anchors returns the headings of a page as GitHub names them in addresses, with spaces around each.
func anchors(page string) string {
	all := " "
	for line := range strings.Lines(page) {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			all += strings.ReplaceAll(strings.ToLower(strings.TrimSpace(title)), " ", "-") + " "
		}
	}
	return all
}
