package site

import (
	"reflect"
	"strings"
	"testing"

	"coops/internal/directory"
)

func TestWhatNobodyAnsweredStaysOpen(t *testing.T) {
	d := small()
	d.Governance = directory.Governance{Host: directory.Text{"es": "**Alder** <script>"}, Restored: "2026-09-12"}
	g := newView(newIndex(d), "en").governance()
	if g.Answered != 2 || g.Open != 7 || g.Restored != "2026-09-12" || len(g.Answers) != 1 {
		t.Errorf("got %+v", g)
	}
	if host := g.Answers["host"]; host.Fallback != "Spanish" || !strings.Contains(host.HTML, "<strong>Alder</strong> &lt;script&gt;") {
		t.Errorf("got %+v", host)
	}
}

// The page asks what the schema asks: no question is left without a place for its answer.
func TestEveryQuestionOfTheSchemaHasItsAnswer(t *testing.T) {
	all := directory.Text{"en": "x"}
	d := small()
	d.Governance = directory.Governance{Host: all, Domain: all, Backups: all, Restored: "2026-01-01", Maintainers: all, Upgrades: all, Features: all, Decisions: all, Leaving: all}
	g := newView(newIndex(d), "en").governance()
	questions := 0
	for _, kind := range fieldsIn("en").Kinds {
		if kind.ID != "governance" {
			continue
		}
		for _, group := range kind.Groups {
			for _, f := range group.Fields {
				questions++
				if f.Key != "restored" && g.Answers[f.Key] == nil {
					t.Errorf("%s has no answer", f.Key)
				}
			}
		}
	}
	if want := reflect.TypeOf(d.Governance).NumField(); questions != want || g.Answered != want || g.Open != 0 {
		t.Errorf("%d questions, %d answered, %d open; want %d", questions, g.Answered, g.Open, want)
	}
}
