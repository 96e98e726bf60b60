package intake_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"coops/internal/check"
	"coops/internal/intake"
	"coops/internal/layout"
	"coops/internal/problem"
	"coops/internal/yamldoc"
	"coops/schema"
)

func asking(language string) *intake.New {
	return &intake.New{Directory: base, Today: today, Language: language}
}

// fern answers every question that a co-op is asked.
func fern() intake.Answers {
	return intake.Answers{"listed_by": "coop", "name": "Fern", "website": "fern.example", "languages": "English", "summary": "We write software.",
		"country": "Uruguay", "skills": "website building, weaving", "contact": "hello@fern.example", "confirmed": today}
}

func TestAnswersMakeAProfileThatPasses(t *testing.T) {
	for _, language := range schema.Codes() {
		file, report, err := asking(language).Profile(context.Background(), fern())
		if err != nil || report.Failed() {
			t.Fatalf("%v\n%s", err, text(report))
		}
		doc, _ := yamldoc.Read(file.Name, file.Data)
		shape, _ := layout.Of(file.Name)
		if out, err := doc.Format(shape); err != nil || string(out) != string(file.Data) {
			t.Errorf("%s: fmt writes it otherwise (%v):\n%s", language, err, out)
		}
	}
}

// TestWhatElseCanBeSaidIsYAML takes away the "# " in front of every example of the comments.
func TestWhatElseCanBeSaidIsYAML(t *testing.T) {
	made, _, err := asking("fr").Profile(context.Background(), fern())
	if err != nil {
		t.Fatal(err)
	}
	keys := schema.Root("coop").Keys()
	lines := strings.Split(string(made.Data), "\n")
	uncommented := 0
	for i, line := range lines {
		key, _, _ := strings.Cut(strings.TrimPrefix(line, "# "), ":")
		if strings.HasPrefix(line, "# ") && slices.Contains(keys, key) && key != "logo" { // no picture lies there
			lines[i] = strings.TrimPrefix(line, "# ")
			uncommented++
		}
	}
	if uncommented < 12 {
		t.Errorf("only %d fields are shown:\n%s", uncommented, made.Data)
	}
	withAll := maps.Clone(base)
	withAll["data/coops/fern.yaml"] = file(strings.Join(lines, "\n"))
	_, report, err := check.Directory(context.Background(), withAll, today)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		unknownHere := p.Rule == problem.UnknownSkill || p.Rule == problem.UnknownNetwork || p.Rule == problem.UnknownSector // the base is small
		if p.File == "data/coops/fern.yaml" && p.Severity() == problem.Error && !unknownHere {
			t.Errorf("%d: %s", p.Range.Line, problem.In("en").Say(p.Message))
		}
	}
}

func TestAWrongAnswerIsToldWithItsRule(t *testing.T) {
	for _, c := range []struct{ field, answer, rule string }{
		{"name", "", "missing-key"}, {"slug", "sound", "former-slug"}, {"slug", "Not A Slug", "file-name"}, {"website", "nowhere", "web-address"},
		{"languages", "", "missing-key"}, {"languages", "klingonish", "language-code"}, {"summary", strings.Repeat("long ", 40), "length"},
		{"country", "Atlantis", "country-code"}, {"remote", "perhaps", "wrong-type"}, {"skills", "", "missing-key"}, {"contact", "", "missing-key"},
		{"listed_by", "nobody", "unknown-value"},
	} {
		answers := fern()
		answers[c.field] = c.answer
		found, err := asking("es").Check(context.Background(), answers, c.field)
		if err != nil || len(found) == 0 || found[0].Rule.Name != c.rule || found[0].File != c.field {
			t.Errorf("%s %q: got %v %v, want %s", c.field, c.answer, found, err, c.rule)
		}
	}
	for field := range fern() {
		if found, err := asking("es").Check(context.Background(), fern(), field); err != nil || slices.ContainsFunc(found, func(p problem.Problem) bool { return p.Severity() == problem.Error }) {
			t.Errorf("%s: got %v %v", field, found, err)
		}
	}
	answers := fern()
	delete(answers, "country")
	if found, _ := asking("en").Check(context.Background(), answers, "remote"); len(found) != 1 {
		t.Errorf("neither a place nor remote: got %v", found)
	}
}

func TestWithoutANameThereIsNoFile(t *testing.T) {
	answers := fern()
	delete(answers, "name")
	_, report, err := asking("en").Profile(context.Background(), answers)
	if err != nil || !report.Failed() || !strings.Contains(text(report), "name: error: `name` is missing") {
		t.Errorf("got %v\n%s", err, text(report))
	}
}

func TestAWrongAnswerSaysNothingOfOtherFiles(t *testing.T) {
	n := asking("en")
	with := maps.Clone(base)
	with["data/events/tell.yaml"] = file("title: {en: Elixir for all}\nkind: show-and-tell\nstart: 2027-02-11T15:00-03:00\nlanguages: [en]\nhosts: [sound]\n")
	n.Directory = with
	answers := fern()
	answers["slug"], answers["skills"] = "sound", "elixir"
	_, report, err := n.Profile(context.Background(), answers)
	if err != nil || len(report.Problems) != 1 || report.Problems[0].Rule != problem.FormerSlug {
		t.Errorf("got %v\n%s", err, text(report))
	}
}

func TestQuestionsDependOnWhoLists(t *testing.T) {
	n := asking("pt")
	fields := func(a intake.Answers) string {
		var fields []string
		for _, q := range n.Questions(a) {
			if q.Title == "" || q.Hint == "" {
				t.Errorf("%s is not explained", q.Field)
			}
			fields = append(fields, q.Field)
		}
		return strings.Join(fields, " ")
	}
	if own := fields(nil); !strings.Contains(own, "contact") || strings.Contains(own, "source") {
		t.Errorf("a member is asked %s", own)
	}
	if third := fields(intake.Answers{"listed_by": "third-party"}); strings.Contains(third, "contact") || !strings.Contains(third, "source.licence") {
		t.Errorf("a third party is asked %s", third)
	}
}

func TestWordsForSkillsAreUnderstoodAndCompleted(t *testing.T) {
	n := asking("fr")
	known, err := n.Known(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	labels, others := n.SkillsMeant(known, "Website building; tissage")
	if strings.Join(labels, "|") != "Développement web" || strings.Join(others, "|") != "tissage" {
		t.Errorf("got %v and %v", labels, others)
	}
	if got := n.Completions(known, "elixir, CREA"); !slices.Equal(got, []string{"elixir, création de sites"}) {
		t.Errorf("got %v", got)
	}
}
