package review_test

import (
	"flag"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"coops/internal/problem"
)

var update = flag.Bool("update", false, "write the examples anew")

// The example is what docs/review.md shows: a pull request by somebody who is steward of nothing, with one of each.
func TestTheExampleIsAsRecordedInEveryLanguage(t *testing.T) {
	p := change{
		write: map[string]*fstest.MapFile{
			"data/coops/fern.yaml": file(strings.NewReplacer(
				"Hacemos sitios web para sindicatos.", "Hacemos páginas web para sindicatos y cooperativas.",
				"skills: [wordpress]", "skills: [wordpress]\nteaches:\n  - {skill: elixir, formats: [workshop], languages: [es]}",
				"2026-05-01", "2026-11-20").Replace(fern)),
			"data/coops/fern-coop.yaml": file(`name: Fern Coop
website: https://fern-coop.example
locations:
  - {country: AR, place: Rosario}
skills: [translation]
listed_by: third-party
source: {name: "A list [of co-ops](https://evil.example)", url: "https://list.example", licence: CC0-1.0, retrieved: 2026-06-10}
`),
			"data/events/elixir.yaml": file(strings.NewReplacer(
				"2027-02-11T15", "2027-02-18T17", "2027-02-11T16", "2027-02-18T18", "meet.fern.example", "join.evil.example").Replace(elixir)),
			"data/requests/shop.yaml": file(shop),
			"data/networks.yaml":      file(strings.Replace(string(there["data/networks.yaml"].Data), "https://trama.example", "https://trama.example\n  countries: [AR]", 1)),
		},
		moves: map[string]string{"data/coops/wide.yaml": ""},
		id:    8,
	}.on(exchanging("data/events/elixir.yaml", elixir))
	r := of(t, p)
	if r.Unlooked {
		t.Error("nobody looked for matches")
	}
	for _, language := range problem.Languages {
		name := "testdata/example." + language + ".md"
		got := r.Markdown(language, func(slug string) string { return "https://forge.example/o/r/blob/main/data/coops/" + slug + ".yaml" })
		if *update {
			if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s (write it anew with -update):\n--- got\n%s--- want\n%s", name, got, want)
		}
	}
}
