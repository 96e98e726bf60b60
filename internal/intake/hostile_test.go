package intake_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"coops/internal/intake"
)

// again holds, by what they are full of, texts of that many bytes that hold one thing again and again.
func again(size int) map[string]string {
	texts := map[string]string{}
	for what, text := range map[string]string{
		"brackets": "[", "dashes": "- ", "items": "- x\n", "anchors": "&a ", "quotes": `"`, "single quotes": "'", "commas": ",", "semicolons": ";", "lines": "\n", "returns": "\r",
		"fences": "```\n", "headings": "### Website\n", "lines of one heading": "### \n", "comments": "<!--\n", "boxes": "- [x] \n", "addresses": "https://a.example ", "mails": "a@b.example ",
		"words": "web elixir ", "colons": ": ", "pictures": "![](", "accents": "e\u0301", "stars": "**a_ ", "letters": "a", "quoted cells": `"a",`, "quotes twice": `""`,
	} {
		texts[what] = strings.Repeat(text, size/len(text))
	}
	return texts
}

// answered returns the body of an issue in which one answer is another text.
func answered(t testing.TB, field, text string) string {
	answers := nandu()
	answers[field] = text
	return sent(t, "en", answers)
}

// An issue that is full of anything is read to its end, and makes no profile that has not been said to be sound.
func TestHostileIssuesAreAnswered(t *testing.T) {
	for what, text := range again(4 << 10) {
		if r := read(t, text); !r.Report.Failed() {
			t.Errorf("an issue full of %s makes a profile", what)
		}
		for _, field := range []string{"name", "website", "summary", "languages", "country", "skills", "contact", "networks"} {
			r := read(t, answered(t, field, text))
			if answer := r.Answer("#1"); len(answer) > 60_000 { // GitHub takes 65,536
				t.Errorf("%s full of %s: the answer has %d bytes", field, what, len(answer))
			}
			if !r.Report.Failed() && len(strings.TrimSpace(text)) > 3000 && strings.Contains(string(r.File.Data), strings.TrimSpace(text)) {
				t.Errorf("%s full of %s is taken as it is", field, what)
			}
		}
	}
}

func TestHostileSpreadsheetsAreAnswered(t *testing.T) {
	for what, text := range again(4 << 10) {
		for where, data := range map[string]string{"all": text, "the head": text + "\nFern,https://fern.example\n", "a cell": "name,website\nFern," + text + "\n", "a quoted cell": "name,website\n\"" + text} {
			if where == "a cell" && strings.TrimSpace(text) == "" {
				continue // empty rows are no mistake
			}
			if p := plan(t, importing(data)); len(p.Report.Problems) == 0 || len(p.Report.Problems) > 1010 {
				t.Errorf("a spreadsheet with %s in %s has %d problems", what, where, len(p.Report.Problems))
			}
		}
	}
}

// go test -run '^$' -bench Hostile ./internal/intake says how much longer than a usual issue or spreadsheet each takes.
func BenchmarkHostile(b *testing.B) {
	issue := func(body string) func() error {
		return func() error {
			_, err := intake.Issue{Directory: there, Today: today, Body: body, Sender: sender}.Read(context.Background())
			return err
		}
	}
	sheet := func(data string) func() error {
		return func() error {
			_, err := importing(data).Plan(context.Background())
			return err
		}
	}
	var usual float64
	measure := func(name string, do func() error) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := do(); err != nil {
					b.Fatal(err)
				}
			}
			each := float64(b.Elapsed()) / float64(b.N)
			if usual == 0 {
				usual = each
			}
			b.ReportMetric(each/usual, "times")
		})
	}
	measure("a usual issue", issue(sent(b, "en", nandu())))
	texts := again(64 << 10)
	for _, what := range slices.Sorted(maps.Keys(texts)) {
		measure("issue/"+what, issue(texts[what]))
		measure("skills/"+what, issue(answered(b, "skills", texts[what])))
		measure("name/"+what, issue(answered(b, "name", texts[what])))
		measure("languages/"+what, issue(answered(b, "languages", texts[what])))
		measure("sheet/"+what, sheet(texts[what]))
		measure("cell/"+what, sheet("name,website,skills\nFern,https://fern.example,"+texts[what]))
	}
}
