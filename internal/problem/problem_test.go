package problem_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"coops/internal/problem"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

var update = flag.Bool("update", false, "write docs/rules.md anew")

var english = problem.Style{Speaker: problem.In("en")}

func sample() problem.Report {
	fix := "DE"
	return problem.Report{Files: 2, Problems: []problem.Problem{
		{File: "data/coops/b.yaml", Range: problem.Range{Line: 3, Column: 12, EndLine: 3, EndColumn: 19}, Rule: problem.CountryCode,
			Message: problem.Say("country-code.known", "found", "Germany", "right", "DE"), Fix: &fix, Line: "  country: Germany", Language: "es-AR"},
		{File: "data/coops/a.yaml", Rule: problem.PersonalEmail, Message: problem.Say("personal-email", "found", "100% sure:\nno")},
	}}
}

func TestProblemsAreSortedByFileAndPlace(t *testing.T) {
	r := sample()
	problem.Sort(r.Problems)
	if r.Problems[0].File != "data/coops/a.yaml" {
		t.Errorf("first is %s", r.Problems[0].File)
	}
}

func TestTextShowsTheLineWithACaret(t *testing.T) {
	var b bytes.Buffer
	if err := problem.WriteText(&b, problem.Report{Files: 1, Problems: sample().Problems[:1]}, english); err != nil {
		t.Fatal(err)
	}
	want := `data/coops/b.yaml:3:12: error: country "Germany" is not an ISO 3166-1 code; write DE [country-code]
  3 |   country: Germany
    |            ^^^^^^^

1 file: 1 error
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// Of a file with hundreds of problems people are shown the gravest, and of a directory full of them as many as they read.
func TestTextIsAsLongAsPeopleRead(t *testing.T) {
	var r problem.Report
	for line := range 40 {
		rule := problem.Stale // a notice
		if line%20 == 19 {
			rule = problem.CountryCode
		}
		r.Problems = append(r.Problems, problem.Problem{File: "a.yaml", Range: problem.Range{Line: line + 1, Column: 1}, Rule: rule, Message: problem.Say("country-code", "found", "X")})
	}
	written := func() string {
		var b bytes.Buffer
		if err := problem.WriteText(&b, r, problem.Style{Speaker: problem.In("en"), Brief: true}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	got := written()
	if strings.Count(got, " error: ") != 2 || strings.Count(got, " notice: ") != 23 || !strings.Contains(got, "a.yaml: … and 15 more in this file\n\n") || !strings.HasSuffix(got, "2 errors, 38 notices\n") {
		t.Errorf("of one file it shows:\n%s", got)
	}
	for file := range 999 {
		r.Problems = append(r.Problems, problem.Problem{File: fmt.Sprintf("b%03d.yaml", file), Rule: problem.CountryCode, Message: problem.Say("country-code", "found", "X")})
	}
	got = written()
	if strings.Count(got, "[country-code]") != 2+475 || !strings.Contains(got, "\n… and 524 more in 524 files; `coops validate --format json` tells all\n\n") {
		t.Errorf("of many files it shows:\n%s", got)
	}
}

func TestTextKeepsTheTerminalSafe(t *testing.T) {
	p := sample().Problems[0]
	p.Line = "name: \x1b[31mred\u202e"
	var b bytes.Buffer
	if err := problem.WriteText(&b, problem.Report{Files: 1, Problems: []problem.Problem{p}}, english); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\x1b\u202e") {
		t.Errorf("control characters reach the terminal: %q", b.String())
	}
}

func TestJSONIsTheDocumentedShape(t *testing.T) {
	var b bytes.Buffer
	if err := problem.WriteJSON(&b, sample(), problem.In("en")); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got["files"] != 2.0 || got["errors"] != 1.0 || got["warnings"] != 1.0 || got["notices"] != 0.0 {
		t.Errorf("counts: %v", got)
	}
	first := got["problems"].([]any)[0].(map[string]any)
	for key, want := range map[string]any{"file": "data/coops/b.yaml", "line": 3.0, "column": 12.0, "end_line": 3.0, "end_column": 19.0,
		"severity": "error", "rule": "country-code", "message": `country "Germany" is not an ISO 3166-1 code; write DE`, "fix": "DE"} {
		if first[key] != want {
			t.Errorf("%s = %v, want %v", key, first[key], want)
		}
	}
	if second := got["problems"].([]any)[1].(map[string]any); second["fix"] != nil {
		t.Errorf("fix = %v, want null", second["fix"])
	}
}

func TestGitHubCommandsEscapeWhatAProfileSays(t *testing.T) {
	want := "::error file=data/coops/b.yaml,line=3,endLine=3,col=12,endColumn=18,title=country-code::país «Germany»: no es un código ISO 3166-1; escribe DE%0Acountry \"Germany\" is not an ISO 3166-1 code; write DE\n" +
		"::warning file=data/coops/a.yaml,title=personal-email::\"100%25 sure:%0Ano\" looks like one person's address; use a shared mailbox, such as info@ or hola@\n"
	if got := github(t, sample(), ""); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func github(t *testing.T, r problem.Report, forced string) string {
	t.Helper()
	var b bytes.Buffer
	if err := problem.WriteGitHub(&b, r, forced); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGitHubIsToldHowManyItWouldDrop(t *testing.T) {
	var r problem.Report
	for range 25 {
		r.Problems = append(r.Problems, sample().Problems[0])
	}
	for range 10 {
		r.Problems = append(r.Problems, sample().Problems[1])
	}
	got := github(t, r, "en")
	if n := strings.Count(got, "::error "); n != 10 {
		t.Errorf("%d errors, and GitHub shows 10", n)
	}
	if !strings.Contains(got, "::error title=coops::16 more of this kind are not shown here") {
		t.Errorf("the rest is not counted:\n%s", got)
	}
	if n := strings.Count(got, "::warning file="); n != 10 {
		t.Errorf("%d of 10 warnings", n)
	}
}

func TestSARIFIsAsItsSchemaAsks(t *testing.T) {
	var b bytes.Buffer
	if err := problem.WriteSARIF(&b, sample(), problem.In("fr")); err != nil {
		t.Fatal(err)
	}
	var report sarif.Report
	if err := json.Unmarshal(b.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	if err := report.Validate(); err != nil {
		t.Error(err)
	}
	first := report.Runs[0].Results[0]
	region := first.Locations[0].PhysicalLocation.Region
	if *first.RuleID != "country-code" || first.Level != "error" || *region.StartLine != 3 || *region.StartColumn != 12 || *region.EndColumn != 19 {
		t.Errorf("got %s", b.String())
	}
	if got := *first.Fixes[0].ArtifactChanges[0].Replacements[0].InsertedContent.Text; got != "DE" {
		t.Errorf("the fix is %q", got)
	}
}

func TestOnlyKeepsWhatWeighsEnough(t *testing.T) {
	if got := sample().Only(problem.Error); len(got.Problems) != 1 || got.Files != 2 {
		t.Errorf("got %+v", got)
	}
	if got := sample().Only(problem.Notice); len(got.Problems) != 2 {
		t.Errorf("got %+v", got)
	}
}

// blank is a place in a message that is filled.
var blank = regexp.MustCompile(`\{\{\.[a-z]+\}\}`)

func TestMessagesExistInEveryLanguage(t *testing.T) {
	english := catalog(t, "en")
	for _, in := range problem.Languages[1:] {
		theirs := catalog(t, in)
		for id, text := range english {
			translated, ok := theirs[id]
			if !ok {
				t.Errorf("%s has no %q", in, id)
				continue
			}
			if got, want := blanks(translated), blanks(text); got != want {
				t.Errorf("%s: %q has the blanks %s, and English %s", in, id, got, want)
			}
			if translated == text && len(strings.Fields(blank.ReplaceAllString(text, ""))) > 3 {
				t.Errorf("%s: %q is left in English", in, id)
			}
		}
		for id := range theirs {
			if _, ok := english[id]; !ok {
				t.Errorf("%s has %q, and English has not", in, id)
			}
		}
	}
}

func blanks(text string) string {
	found := blank.FindAllString(text, -1)
	slices.Sort(found)
	return strings.Join(slices.Compact(found), " ")
}

// catalog returns the messages of a language; the forms of a plural are joined.
func catalog(t *testing.T, in string) map[string]string {
	t.Helper()
	data, err := os.ReadFile("messages/" + in + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for id, m := range raw {
		if forms, plural := m.(map[string]any); plural {
			for _, form := range []string{"one", "other"} {
				if forms[form] == nil {
					t.Errorf("%s: %q lacks the form %q", in, id, form)
				}
			}
			m = forms["other"]
		}
		texts[id] = m.(string)
	}
	return texts
}

func TestNumbersChooseTheirForm(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"en", "1 file: 1 error"}, {"es", "1 archivo: 1 error"}, {"fr", "1 fichier\u00a0: 1 erreur"}, {"pt", "1 arquivo: 1 erro"}, {"de", "1 file: 1 error"},
	} {
		if got := problem.In(c.in).Summary(problem.Report{Files: 1, Problems: sample().Problems[:1]}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestRuleNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range problem.Rules {
		if seen[r.Name] || r.Summary == "" || r.Why == "" {
			t.Errorf("rule %q stands twice or says too little", r.Name)
		}
		seen[r.Name] = true
	}
}

func TestRulesPageIsCurrent(t *testing.T) {
	const page = "../../docs/rules.md"
	var b bytes.Buffer
	if err := problem.WriteRules(&b); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(page, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != b.String() {
		t.Error("docs/rules.md is not what the rules say; run `make docs`")
	}
}
