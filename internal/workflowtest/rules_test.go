package workflowtest

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"coops/internal/upkeep"

	"github.com/goccy/go-yaml"
)

const top = "../.."

// workflow is as much of a workflow, or of an action of our own, as the rules are about.
type workflow struct {
	name string // of the file
	text string

	Name        string
	Labels      []string // of an issue form
	On          map[string]any
	Permissions *map[string]string
	Concurrency map[string]any
	Jobs        map[string]job
	Runs        struct{ Steps []step }
}

type job struct {
	Name        string
	If          string
	Permissions *map[string]string
	Timeout     int `yaml:"timeout-minutes"`
	Env         map[string]string
	Steps       []step
}

type step struct {
	Name, If, Uses, Run, Shell string
	Env                        map[string]string
	With                       map[string]string
}

func read(t *testing.T, pattern string) []workflow {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(top, pattern))
	if err != nil || len(names) == 0 {
		t.Fatalf("there is nothing at %s (%v)", pattern, err)
	}
	var all []workflow
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		w := workflow{name: filepath.ToSlash(strings.TrimPrefix(name, top+string(filepath.Separator))), text: string(data)}
		if err := yaml.Unmarshal(data, &w); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, w)
	}
	return all
}

func workflows(t *testing.T) []workflow { return read(t, ".github/workflows/*.yml") }
func actions(t *testing.T) []workflow   { return read(t, ".github/actions/*/action.yml") }

// steps returns the steps of all jobs of a workflow, or those of an action.
func (w workflow) steps() []step {
	all := slices.Clone(w.Runs.Steps)
	for _, j := range w.Jobs {
		all = append(all, j.Steps...)
	}
	return all
}

var (
	usesLine = regexp.MustCompile(`^\s*(?:- )?uses: (.*)$`)
	own      = regexp.MustCompile(`^\./\.github/actions/[a-z-]+$`)
	pinned   = regexp.MustCompile(`^([a-z-]+/[a-z-]+)(?:/[a-z-]+)?@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$`)
)

func TestActionsArePinnedByCommitWithTheVersionBeside(t *testing.T) {
	pins := map[string]string{}
	for _, w := range append(workflows(t), actions(t)...) {
		used := 0
		for line := range strings.Lines(w.text) {
			m := usesLine.FindStringSubmatch(strings.TrimRight(line, "\n"))
			if m == nil {
				continue
			}
			used++
			pin := pinned.FindStringSubmatch(m[1])
			switch {
			case own.MatchString(m[1]):
			case pin == nil:
				t.Errorf("%s: %q is not pinned as in owner/action@<40 digits> # v1.2.3", w.name, m[1])
			case pins[pin[1]] != "" && pins[pin[1]] != pin[2]+pin[3]:
				t.Errorf("%s: %s is pinned in two ways", w.name, pin[1])
			default:
				pins[pin[1]] = pin[2] + pin[3]
			}
		}
		if want := len(w.steps()) - len(commands(w)); used != want {
			t.Errorf("%s: %d lines with uses, but %d such steps", w.name, used, want)
		}
	}
}

// commands returns the steps that run commands.
func commands(w workflow) []step {
	return slices.DeleteFunc(w.steps(), func(s step) bool { return s.Run == "" })
}

// writes are the only permissions to write that there are, by workflow.
var writes = map[string][]string{
	".github/workflows/comment.yml": {"pull-requests"},
	".github/workflows/steward.yml": {"contents", "pull-requests"},
	".github/workflows/fresh.yml":   {"issues"},
	".github/workflows/intake.yml":  {"contents", "issues", "pull-requests"},
	".github/workflows/links.yml":   {"issues"},
	".github/workflows/release.yml": {"contents"},
}

func TestPermissionsAreGivenPerJobAndNoMoreThanNeeded(t *testing.T) {
	for _, w := range workflows(t) {
		if w.Permissions == nil || len(*w.Permissions) != 0 {
			t.Errorf("%s: want `permissions: {}` at the top", w.name)
		}
		for name, j := range w.Jobs {
			if j.Permissions == nil {
				t.Errorf("%s: job %s does not say what it may do", w.name, name)
				continue
			}
			for permission, how := range *j.Permissions {
				if how != "read" && how != "none" && !slices.Contains(writes[w.name], permission) {
					t.Errorf("%s: job %s may %s %s", w.name, name, how, permission)
				}
			}
		}
	}
}

func TestWhatAPullRequestBringsRunsWithoutSecretsAndWithoutWriting(t *testing.T) {
	found := 0
	for _, w := range workflows(t) {
		if _, ok := w.On["pull_request_target"]; ok {
			t.Errorf("%s: pull_request_target gives a stranger's pull request our token", w.name)
		}
		if _, ok := w.On["pull_request"]; !ok {
			continue
		}
		found++
		for _, secret := range []string{"secrets", "github.token", "GITHUB_TOKEN", "write"} {
			for line := range strings.Lines(w.text) {
				if code, _, _ := strings.Cut(line, "#"); strings.Contains(code, secret) {
					t.Errorf("%s: %q in %q", w.name, secret, strings.TrimSpace(line))
				}
			}
		}
	}
	if found == 0 {
		t.Error("no workflow runs for pull requests")
	}
}

// privileged tells whether a workflow may write, or runs for what strangers do with the rights of the repository.
func privileged(w workflow) bool {
	_, afterwards := w.On["workflow_run"]
	_, issues := w.On["issues"]
	return afterwards || issues || len(writes[w.name]) > 0
}

func TestWhatMayWriteTakesCodeFromTheDefaultBranchAlone(t *testing.T) {
	for _, w := range workflows(t) {
		if !privileged(w) {
			continue
		}
		for _, s := range w.steps() {
			for _, key := range []string{"ref", "repository"} {
				if s.With[key] != "" && strings.HasPrefix(s.Uses, "actions/checkout@") {
					t.Errorf("%s: it checks out %s: %s", w.name, key, s.With[key])
				}
			}
			if strings.Contains(s.Uses, "download-artifact") {
				t.Errorf("%s: what a stranger's run left behind is no evidence", w.name)
			}
		}
	}
}

func TestCheckoutsKeepNoToken(t *testing.T) {
	for _, w := range workflows(t) {
		for _, s := range w.steps() {
			if strings.HasPrefix(s.Uses, "actions/checkout@") && s.With["persist-credentials"] != "false" {
				t.Errorf("%s: a checkout without persist-credentials: false", w.name)
			}
		}
	}
}

// trusted are the commands that get a token: they keep to what package github does, or publish a release.
var trusted = []string{"coops github ", "scripts/workflows/steward ", "go run github.com/goreleaser/goreleaser/"}

func TestTheTokenIsForTheStepThatNeedsIt(t *testing.T) {
	for _, w := range append(workflows(t), actions(t)...) {
		for name, j := range w.Jobs {
			for key := range j.Env {
				t.Errorf("%s: job %s gives %s to all its steps", w.name, name, key)
			}
		}
		for _, s := range w.steps() {
			if s.Env["GITHUB_TOKEN"] == "" {
				continue
			}
			for line := range strings.Lines(strings.TrimSpace(s.Run)) {
				if !slices.ContainsFunc(trusted, func(begin string) bool { return strings.HasPrefix(line, begin) }) {
					t.Errorf("%s: the token goes to %q", w.name, line)
				}
			}
		}
	}
}

func TestNoExpressionStandsInACommand(t *testing.T) {
	for _, w := range append(workflows(t), actions(t)...) {
		for _, s := range commands(w) {
			if strings.Contains(s.Run, "${{") {
				t.Errorf("%s: %q; pass it through env", w.name, s.Run)
			}
		}
	}
}

func TestNothingRunsForeverOrTwice(t *testing.T) {
	for _, w := range workflows(t) {
		if w.Concurrency["group"] == nil {
			t.Errorf("%s: no concurrency group", w.name)
		}
		for name, j := range w.Jobs {
			if j.Timeout < 1 || j.Timeout > 60 {
				t.Errorf("%s: job %s has %d minutes", w.name, name, j.Timeout)
			}
		}
	}
}

var (
	script = regexp.MustCompile(`scripts/[a-z/-]+`)
	beside = regexp.MustCompile(`"\$here/([a-z-]+)"`) // how a script calls another
)

func TestScriptsAreThereAndCalled(t *testing.T) {
	there, err := filepath.Glob(filepath.Join(top, "scripts/workflows/*"))
	if err != nil {
		t.Fatal(err)
	}
	var calls []string
	for _, w := range append(workflows(t), actions(t)...) {
		for _, s := range commands(w) {
			calls = append(calls, script.FindAllString(s.Run, -1)...)
		}
	}
	for _, name := range there {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range beside.FindAllStringSubmatch(string(data), -1) {
			calls = append(calls, "scripts/workflows/"+m[1])
		}
		if !strings.HasPrefix(string(data), "#!/usr/bin/env bash\n") || !strings.Contains(string(data), "\nset -euo pipefail\n") {
			t.Errorf("%s does not stop at its first failure", name)
		}
	}
	for _, name := range calls {
		if info, err := os.Stat(filepath.Join(top, name)); err != nil || info.Mode()&0o100 == 0 {
			t.Errorf("%s is called, but cannot be run (%v)", name, err)
		}
	}
	for _, name := range there {
		if !slices.Contains(calls, strings.TrimPrefix(filepath.ToSlash(name), top+"/")) {
			t.Errorf("nothing calls %s", name)
		}
	}
}

func TestWorkflowsThatFollowOthersNameThoseThatThereAre(t *testing.T) {
	names, checks := map[string]bool{}, map[string]bool{}
	for _, w := range workflows(t) {
		if names[w.Name] {
			t.Errorf("%s: another workflow is called %q, too", w.name, w.Name)
		}
		names[w.Name] = true
		if _, ok := w.On["pull_request"]; ok {
			for _, j := range w.Jobs {
				checks[j.Name] = true
			}
		}
	}
	followers := 0
	for _, w := range workflows(t) {
		run, ok := w.On["workflow_run"].(map[string]any)
		if !ok {
			continue
		}
		followers++
		after, _ := run["workflows"].([]any)
		if len(after) == 0 {
			t.Errorf("%s: it follows nothing", w.name)
		}
		for _, name := range after {
			if text, _ := name.(string); !names[text] {
				t.Errorf("%s: there is no workflow %q", w.name, text)
			}
		}
		for name, j := range w.Jobs { // a push to a fork's branch has the same name, and no pull request
			if !strings.Contains(j.If, "workflow_run.event == 'pull_request'") {
				t.Errorf("%s: job %s runs for whatever ended", w.name, name)
			}
		}
	}
	if followers == 0 {
		t.Error("no workflow follows another")
	}
	for _, check := range []string{"validate", "test"} { // `coops github steward` asks for the first, docs/maintaining.md for both
		if !checks[check] {
			t.Errorf("no job of a pull request is called %s", check)
		}
	}
}

// fromEvents are the only values of an event that a privileged workflow takes: GitHub makes them, and nobody writes them.
var fromEvents = regexp.MustCompile(`^github\.event\.(issue\.number|workflow_run\.head_sha)$`)

func TestNoTextOfAStrangerIsGivenToWhatMayWrite(t *testing.T) {
	expression := regexp.MustCompile(`\$\{\{\s*(.*?)\s*\}\}`)
	for _, w := range workflows(t) {
		if !privileged(w) {
			continue
		}
		for _, m := range expression.FindAllStringSubmatch(w.text, -1) {
			if strings.Contains(m[1], "github.event.") && !fromEvents.MatchString(m[1]) {
				t.Errorf("%s: it takes %s", w.name, m[1])
			}
		}
	}
}

func TestTheGuideForMaintainersTellsOfAllThatRuns(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(top, "docs/maintaining.md"))
	if err != nil {
		t.Fatal(err)
	}
	guide := string(data)
	for _, w := range workflows(t) {
		if want := "*" + w.Name + "* (`" + filepath.Base(w.name) + "`)"; !strings.Contains(guide, want) {
			t.Errorf("it lacks %s", want)
		}
	}
	for _, form := range read(t, ".github/ISSUE_TEMPLATE/*.yml") {
		for _, label := range form.Labels {
			if !strings.Contains(guide, "`"+label+"`") {
				t.Errorf("%s gives the label %s, which it does not explain", form.name, label)
			}
		}
	}
	if !strings.Contains(guide, "`"+upkeep.HoldLabel+"`") {
		t.Error("it does not tell how a pull request is held back")
	}
}

// dependabot is as much of its settings as the rules are about.
type dependabot struct {
	Updates []struct {
		Ecosystem   string `yaml:"package-ecosystem"`
		Directory   string
		Directories []string
		Cooldown    map[string]int
		Groups      map[string]any
	}
}

func TestNewerVersionsComeTogetherAndNotAtOnce(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(top, ".github/dependabot.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var d dependabot
	if err := yaml.Unmarshal(data, &d); err != nil {
		t.Fatal(err)
	}
	var seen []string
	for _, u := range d.Updates {
		seen = append(seen, u.Ecosystem)
		if len(u.Groups) == 0 || u.Cooldown["default-days"] < 7 {
			t.Errorf("%s: groups %v, cool-down %v", u.Ecosystem, u.Groups, u.Cooldown)
		}
		for _, dir := range append(u.Directories, u.Directory) {
			if found, _ := filepath.Glob(filepath.Join(top, dir)); len(found) == 0 {
				t.Errorf("%s: there is no folder %s", u.Ecosystem, dir)
			}
		}
	}
	if slices.Sort(seen); !slices.Equal(seen, []string{"github-actions", "gomod", "npm"}) {
		t.Errorf("it looks after %v", seen)
	}
}
