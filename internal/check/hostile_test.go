package check_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"coops/internal/check"
	"coops/internal/problem"
)

// kinds are a file of each kind.
var kinds = []string{"data/coops/moss.yaml", "data/events/talk.yaml", "data/requests/site.yaml", "data/skills/more.yaml", "data/networks.yaml", "data/sectors.yaml", "data/governance.yaml", "hugo.yaml"}

// hostile are files of at most so many bytes that hold nothing but one thing again and again.
func hostile(size int) map[string]string {
	again := func(text string) string { return strings.Repeat(text, (size-100)/len(text)) }
	each := func(format string) string {
		var b strings.Builder
		for i := 0; b.Len() < size-100; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	nested := ""
	for depth := 0; len(nested)+depth+10 < size; depth++ {
		nested += strings.Repeat(" ", depth) + "a:\n"
	}
	return map[string]string{
		"brackets":         again("["),
		"brackets, nested": "name: " + again("["),
		"braces":           again("{a: "),
		"nested keys":      nested,
		"dashes":           again("- "),
		"dashes, in lines": again("-\n"),
		"anchors":          again("&a "),
		"aliases":          "a: &a [x]\nb: [" + again("*a, ") + "]\n",
		"one key":          again("name: x\n"),
		"single quotes":    again("'"),
		"double quotes":    again(`"`),
		"quotes, escaped":  `name: "` + again(`\"`),
		"colons":           again(": "),
		"question marks":   again("? "),
		"tags":             again("!a "),
		"documents":        again("---\n"),
		"unknown keys":     each("key%d: 1\n"),
		"one value":        "languages: [" + again("es, ") + "es]\n",
		"unknown values":   "languages: [" + each("x%d, ") + "es]\n",
		"unknown skills":   "skills: [" + each("x%d, ") + "x]\n",
		"unknown hosts":    "hosts: [" + each("x%d, ") + "x]\n",
		"maps in a list":   "locations:\n" + each("  - {country: Q%d}\n"),
		"languages":        "summary: {" + each("x%d: a, ") + "en: a}\n",
		"a long text":      "name: " + again("a") + "\n",
		"a long key":       again("a") + ": 1\n",
		"markdown":         "description:\n  en: |\n    " + again("**a_ ![") + "\n",
	}
}

// beside lays one file over the base.
func beside(name, text string) fstest.MapFS {
	files := maps.Clone(base)
	files[name] = file(text)
	return files
}

// Whatever a file is full of, it is told what is wrong with it.
func TestHostileFilesAreRefused(t *testing.T) {
	for _, name := range kinds {
		for what, text := range hostile(4 << 10) {
			if report := run(t, beside(name, text)); !slices.ContainsFunc(report.Problems, func(p problem.Problem) bool { return p.File == name && p.Severity() == problem.Error }) {
				t.Errorf("%s full of %s has no error", name, what)
			}
		}
	}
}

// What was probably meant is not looked for thousands of times; that it is unknown is said each time.
func TestThousandsOfUnknownSkillsAreToldOneByOne(t *testing.T) {
	var b strings.Builder
	const count = 2000
	b.WriteString("bulk:\n  label: {en: Bulk}\n  synonyms:\n    en: [")
	for i := range count {
		fmt.Fprintf(&b, "word %d, ", i)
	}
	files := beside("data/skills/more.yaml", b.String()+"word]\n")
	b.Reset()
	b.WriteString("name: Moss\nwebsite: https://moss.example\nlisted_by: third-party\nsource: {name: A list, url: \"https://list.example\", licence: CC0-1.0, retrieved: 2026-06-10}\nskills:\n")
	for i := range count {
		fmt.Fprintf(&b, "  - wordpres%s\n", strings.Repeat("s", i%2*2))
	}
	files["data/coops/moss.yaml"] = file(b.String())
	unknown, near := 0, 0
	for _, p := range run(t, files).Problems {
		if p.Rule == problem.UnknownSkill {
			unknown++
			if p.Fix != nil {
				near++
			}
		}
	}
	if unknown != count || near < 100 || near == count {
		t.Errorf("%d unknown skills, of which %d are near to another; want %d, and some", unknown, near, count)
	}
}

// go test -run '^$' -bench Hostile ./internal/check says how much longer than with a sound file it takes with each.
func BenchmarkHostile(b *testing.B) {
	measure := func(b *testing.B, files fstest.MapFS) {
		for b.Loop() {
			if _, _, err := check.Directory(b.Context(), files, today); err != nil {
				b.Fatal(err)
			}
		}
	}
	var usual float64
	b.Run("sound", func(b *testing.B) {
		measure(b, base)
		usual = float64(b.Elapsed()) / float64(b.N)
	})
	for _, size := range []int{64, 30} { // beyond the values that a file may have, and just within
		texts := hostile(size << 10)
		for _, name := range kinds {
			for _, what := range slices.Sorted(maps.Keys(texts)) {
				b.Run(fmt.Sprintf("%d KiB/%s/%s", size, name, what), func(b *testing.B) {
					measure(b, beside(name, texts[what]))
					b.ReportMetric(float64(b.Elapsed())/float64(b.N)/usual, "times")
				})
			}
		}
	}
}
