package intake_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"coops/internal/check"
	"coops/internal/intake"
	"coops/internal/layout"
	"coops/internal/problem"
	"coops/internal/yamldoc"
)

var update = flag.Bool("update", false, "write the issue forms anew")

// element is one of an issue form, as GitHub reads it.
type element struct {
	kind, id, label string
	options         []string
	required        bool
}

// readForm reads the form of a language from the repository.
func readForm(t testing.TB, language string) (labels []string, elements []element) {
	t.Helper()
	name := intake.FormFile(language)
	data, err := os.ReadFile("../../" + name)
	if err != nil {
		t.Fatal(err)
	}
	doc, problems := yamldoc.Read(name, data)
	if doc == nil || len(problems) > 0 {
		t.Fatalf("%s: %v", name, problems)
	}
	text := func(v any) string { s, _ := v.(string); return s }
	form := doc.Value.(map[string]any)
	for _, l := range form["labels"].([]any) {
		labels = append(labels, text(l))
	}
	for _, e := range form["body"].([]any) {
		e := e.(map[string]any)
		attributes := e["attributes"].(map[string]any)
		if e["type"] == "markdown" {
			continue
		}
		made := element{kind: text(e["type"]), id: text(e["id"]), label: text(attributes["label"])}
		options, _ := attributes["options"].([]any)
		for _, o := range options {
			if box, ok := o.(map[string]any); ok {
				made.options = append(made.options, text(box["label"]))
			} else {
				made.options = append(made.options, text(o))
			}
		}
		validations, _ := e["validations"].(map[string]any)
		made.required = validations["required"] == true
		elements = append(elements, made)
	}
	return labels, elements
}

// sent is the text of an issue as GitHub makes it of a form: answers by id; of boxes the numbers of those
// that are ticked; of a choice the number of the option.
func sent(t testing.TB, language string, answers map[string]string) string {
	t.Helper()
	_, form := readForm(t, language)
	var b strings.Builder
	for _, e := range form {
		answer := answers[e.id]
		switch {
		case e.kind == "checkboxes":
			var boxes []string
			for n, option := range e.options {
				mark := " "
				if strings.Contains(answer, fmt.Sprint(n)) {
					mark = "x"
				}
				boxes = append(boxes, "- ["+mark+"] "+option)
			}
			answer = strings.Join(boxes, "\n")
		case e.kind == "dropdown" && len(answer) == 1:
			answer = e.options[answer[0]-'0']
		case answer == "":
			answer = "_No response_"
		}
		b.WriteString("### " + e.label + "\n\n" + answer + "\n\n")
	}
	return strings.TrimSuffix(b.String(), "\n\n")
}

// nandu answers the form, in Spanish.
func nandu() map[string]string {
	return map[string]string{
		"name": "Ñandú Software", "website": "nandu.example", "summary": "Hacemos programas para sindicatos.", "texts": "1", "languages": "español, inglés", "country": "Argentina",
		"place": "Rosario", "remote": "0", "skills": "- Desarrollo web\n- elixir\n- encaje a mano", "contact": "hola@nandu.example",
		"description": "Empezamos en **2012**.\n\n## Cómo\n\nEntre cuatro.", "kind": "0", "founded": "2012", "members": "14", "networks": "Federación Técnica", "sectors": "salud",
		"teaches": "Elixir", "needs-learn": "UX/UI", "needs-partner": "desarrollo web", "declines": "ux-ui", "links-code": "github.com/nandu", "links-other": "https://nandu.example/blog\nhttps://foro.example/nandu",
		"you": "012",
	}
}

var sender = intake.Sender{Login: "nandu-ana", ID: 4242}

// there is the base with a co-op that has listed itself.
var there = func() fstest.MapFS {
	all := maps.Clone(base)
	all["data/coops/moss.yaml"] = file("name: Moss\nwebsite: https://moss.example\nsummary: {en: We code.}\nremote: true\nlanguages: [en]\nskills: [elixir]\n" +
		"contact: {email: hello@moss.example}\nlisted_by: coop\nconfirmed: 2026-11-01\n")
	return all
}()

func read(t testing.TB, body string) intake.Reading {
	t.Helper()
	r, err := intake.Issue{Directory: there, Today: today, Body: body, Sender: sender}.Read(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// told returns the problems of a reading: severity, field and message, one on a line.
func told(r intake.Reading) string {
	var b strings.Builder
	for _, p := range r.Report.Problems {
		fmt.Fprintf(&b, "%s %s: %s [%s]\n", p.Severity(), p.File, problem.In("en").Say(p.Message), p.Rule.Name)
	}
	return b.String()
}

// made returns the profile of a reading, which must not have failed.
func made(t testing.TB, r intake.Reading) string {
	t.Helper()
	if r.Report.Failed() {
		t.Fatalf("no profile is made:\n%s", told(r))
	}
	return string(r.File.Data)
}

const wantNandu = `name: Ñandú Software
website: https://nandu.example
kind: worker
summary: {es: "Hacemos programas para sindicatos."}
description:
  es: |-
    Empezamos en **2012**.

    ## Cómo

    Entre cuatro.
founded: 2012
members: 14
locations:
  - {country: AR, place: Rosario}
remote: true
languages: [es, en]
networks: [facttic]
sectors: [health]
skills:
  - web-development
  - elixir
  - {other: "encaje a mano"}
declines: [ux-ui]
teaches:
  - {skill: elixir}
needs:
  - {skill: ux-ui, kind: learn}
  - {skill: web-development, kind: partner}
contact: {email: hola@nandu.example}
links:
  - {kind: code, url: "https://github.com/nandu"}
  - {kind: other, url: "https://nandu.example/blog"}
  - {kind: other, url: "https://foro.example/nandu"}
listed_by: coop
confirmed: 2026-11-23
stewards:
  - {login: nandu-ana, id: 4242}
`

func TestAFormBecomesAProfileInEveryLanguage(t *testing.T) {
	for _, language := range problem.Languages {
		r := read(t, sent(t, language, nandu()))
		if got := made(t, r); got != wantNandu || r.File.Name != "data/coops/nandu-software.yaml" || r.Language != language || !r.Steward {
			t.Errorf("%s: %s in %s, steward %v\n%s", language, r.File.Name, r.Language, r.Steward, got)
		}
		if got := told(r); got != "notice skills: \"encaje a mano\" is not in our vocabulary yet, so it is kept in your own words [import-skill]\n" {
			t.Errorf("%s: told is\n%s", language, got)
		}
	}
}

// TestTheFormsAreThoseThatAreRead holds the files against what the reader expects.
func TestTheFormsAreThoseThatAreRead(t *testing.T) {
	all := map[string]string{}
	for _, language := range problem.Languages {
		var b bytes.Buffer
		if err := intake.WriteForm(&b, language); err != nil {
			t.Fatal(err)
		}
		name := "../../" + intake.FormFile(language)
		if *update {
			if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(name); err != nil || string(got) != b.String() {
			t.Errorf("%s is not what is read; run `make docs` (%v)", name, err)
		}
		labels, form := readForm(t, language)
		if !slices.Equal(labels, []string{intake.FormLabel}) {
			t.Errorf("%s: the labels are %v", language, labels)
		}
		ids := map[string]bool{}
		for _, e := range form {
			if ids[e.id] || e.label == "" || all[e.label] != "" && all[e.label] != e.id {
				t.Errorf("%s: %q (%s) stands twice, or for two things", language, e.label, e.id)
			}
			ids[e.id], all[e.label] = true, e.id
			if slices.Contains(e.options, "") || slices.ContainsFunc(e.options, func(o string) bool { return strings.EqualFold(o, "none") }) {
				t.Errorf("%s: %s has the option %q, which GitHub does not take", language, e.id, e.options)
			}
			if unique := slices.Compact(slices.Sorted(slices.Values(e.options))); len(unique) != len(e.options) {
				t.Errorf("%s: two options of %s are called the same: %q", language, e.id, e.options)
			}
		}
	}
}

// TestOnlyWhatAProfileNeedsIsNeeded holds the stars of the form against the schema.
func TestOnlyWhatAProfileNeedsIsNeeded(t *testing.T) {
	_, form := readForm(t, "en")
	least := map[string]string{"country": "UY", "you": "01"}
	for _, e := range form {
		if e.required {
			least[e.id] = nandu()[e.id]
		}
	}
	r := read(t, sent(t, "en", least))
	made(t, r)
	if r.Steward || strings.Contains(string(r.File.Data), "stewards") {
		t.Errorf("nobody asked to be a steward:\n%s", r.File.Data)
	}
	for _, e := range form {
		if !e.required {
			continue
		}
		without := maps.Clone(least)
		delete(without, e.id)
		r := read(t, sent(t, "en", without))
		if !strings.Contains(told(r), "error "+e.id+": an answer is needed here. ") {
			t.Errorf("without %s:\n%s", e.id, told(r))
		}
	}
	delete(least, "country")
	if got := told(read(t, sent(t, "en", least))); got != "error country: an answer is needed here. A country, or work at a distance: one of the two is needed. [missing-key]\nnotice skills: \"encaje a mano\" is not in our vocabulary yet, so it is kept in your own words [import-skill]\n" {
		t.Errorf("neither a country nor at a distance:\n%s", got)
	}
	least["remote"] = "0"
	made(t, read(t, sent(t, "en", least)))
}

func TestOnlyAMemberWhoAgreesIsTaken(t *testing.T) {
	for boxes, want := range map[string]string{
		"":    "error you: “I am a member of this co-op, and it wants to be listed here.” is not ticked",
		"1":   "ask the co-op to send the form itself [form-box]\n",
		"2":   "without it nothing can be published [form-box]\n",
		"02":  "without it nothing can be published [form-box]\n",
		"01":  "",
		"012": "",
	} {
		answers := nandu()
		answers["skills"], answers["you"] = "elixir", boxes
		r := read(t, sent(t, "fr", answers))
		if got := told(r); r.Report.Failed() != (want != "") || !strings.Contains(got, want) || r.Steward != (boxes == "012" || boxes == "02") {
			t.Errorf("with boxes %q: steward %v\n%s", boxes, r.Steward, got)
		}
	}
}

// TestATextCannotImitateTheForm puts lines that look like headings of the form into answers.
func TestATextCannotImitateTheForm(t *testing.T) {
	_, form := readForm(t, "en")
	label := func(id string) string {
		return form[slices.IndexFunc(form, func(e element) bool { return e.id == id })].label
	}
	with := func(id, text string) intake.Reading {
		answers := nandu()
		answers[id], answers["skills"] = text, cmpOr(id == "skills", text, "elixir")
		return read(t, sent(t, "en", answers))
	}
	fake := func(id, answer string) string { return "### " + label(id) + "\n\n" + answer }

	for name, text := range map[string]string{
		"an answer from before":        "We.\n\n" + fake("website", "https://evil.example"),
		"two answers from before":      fake("name", "Evil") + "\n\n" + fake("website", "https://evil.example"),
		"its own heading":              fake("description", "Evil"),
		"the next one in a code block": "```\n" + fake("kind", "Platform co-op") + "\n```",
		"the next one in a comment":    "<!--\n" + fake("kind", "Platform co-op") + "\n-->We.",
		"another level":                "#" + fake("kind", "Platform co-op") + "\n\n##" + fake("kind", ""),
		"more words":                   "### " + label("kind") + ": platform",
		"an indented one":              " " + fake("kind", "Platform co-op"),
		"in another language":          "### Sitio web\n\nhttps://evil.example",
		"a code block that is left":    "```\nopen",
		"a comment that is left":       "<!-- open",
	} {
		r := with("description", text)
		got := made(t, r)
		if !strings.Contains(got, "website: https://nandu.example\nkind: worker\n") || strings.Contains(got, "stewards: []") {
			t.Errorf("%s changes the profile:\n%s", name, got)
		}
	}
	for name, text := range map[string]string{
		"the next answer":       "We.\n\n" + fake("kind", "Platform co-op"),
		"an answer further on":  fake("kind", "x") + "\n\n" + fake("slug", "evil"),
		"all that follows":      fake("kind", "Platform co-op") + "\n\n" + strings.Join(rest(form, "kind"), "\n\n"),
		"in Spanish":            "### Tipo de cooperativa\n\nRed de cooperativas",
		"with a zero width":     "### Kind\u200b of co-op\n\nNetwork of co-ops",
		"beside a lonely fence": "```\n" + fake("kind", "Network of co-ops"),
	} {
		r := with("description", text)
		if !strings.Contains(told(r), "error kind: the line \"### ") {
			t.Errorf("%s is not told to be ambiguous:\n%s\n%s", name, told(r), r.File.Data)
		}
	}
}

func cmpOr(is bool, a, b string) string {
	if is {
		return a
	}
	return b
}

// rest is all of the form after an element, answered otherwise.
func rest(form []element, id string) []string {
	var parts []string
	for _, e := range form[slices.IndexFunc(form, func(e element) bool { return e.id == id })+1:] {
		parts = append(parts, "### "+e.label+"\n\n_No response_")
	}
	return parts
}

func TestABodyChangedByHandIsStillRead(t *testing.T) {
	whole := sent(t, "es", nandu())
	for name, body := range map[string]string{
		"CRLF":                    strings.ReplaceAll(whole, "\n", "\r\n"),
		"no empty lines":          strings.ReplaceAll(strings.ReplaceAll(whole, "\n\n### ", "\n### "), "_No response_\n", ""),
		"a line before":           "Hola, @maintainers:\n\n" + whole,
		"capital ticks":           strings.ReplaceAll(whole, "- [x]", "* [X]"),
		"spaces at line ends":     strings.NewReplacer("Sitio web\n", "Sitio web  \n", "Rosario\n", "Rosario  \n").Replace(whole),
		"invisible characters":    strings.NewReplacer("Ñandú", "Ñan\u200bdú\u202e", "### Sitio", "### \u2060Sitio", "nandu.example\n", "nandu\u00ad.example\ufeff\n").Replace(whole),
		"control characters":      strings.ReplaceAll(whole, "Hacemos programas", "Hacemos\x00\x1b programas"),
		"answers in code blocks":  strings.NewReplacer("Ñandú Software", "```\nÑandú Software\n```", "español, inglés", "~~~text\nespañol, inglés\n~~~").Replace(whole),
		"links":                   strings.NewReplacer("\nnandu.example\n", "\n[nosotras](https://nandu.example)\n", "\ngithub.com/nandu\n", "\n<https://github.com/nandu>\n").Replace(whole),
		"comments":                strings.ReplaceAll(whole, "Rosario", "<!-- un\nlugar -->Rosario<!-- -->"),
		"other names":             strings.NewReplacer("Argentina", "ARGENTINE", "español, inglés", "Espagnol and english").Replace(whole),
		"a dash for nothing":      strings.ReplaceAll(whole, "_No response_", "-"),
		"answers of another form": strings.NewReplacer("Cooperativa de trabajo", "Worker co-op", "\nSí\n", "\nOui\n").Replace(whole),
		"two languages":           strings.NewReplacer("### País", "### Country", "### Qué no hacen", "### What you do not do").Replace(whole),
		"an empty part missing":   strings.Replace(whole, "### Un nombre corto para la dirección de la página\n\n_No response_\n\n", "", 1),
	} {
		if body == whole {
			t.Fatalf("%s changes nothing", name)
		}
		r := read(t, body)
		if got := made(t, r); got != wantNandu || r.Language != "es" {
			t.Errorf("%s: in %s\n%s\n%s", name, r.Language, got, told(r))
		}
	}
}

func TestWhatCannotBeReadIsToldAtItsField(t *testing.T) {
	for _, c := range []struct{ field, answer, want string }{
		{"country", "Atlantis", "error country: no country is known as \"Atlantis\""},
		{"languages", "klingonish, español", "error languages: no language is known as \"klingonish\""},
		{"website", "not an address", "error website: `website` \"not an address\" is not a web address"},
		{"contact", "call us", "error contact: `form` \"call us\" is not a web address"},
		{"founded", "long ago", "error founded: "},
		{"members", "12, más o menos", "error members: "},
		{"summary", strings.Repeat("largo ", 40), "error summary: "},
		{"description", strings.Repeat("largo ", 700), "error description: "},
		{"remote", "a veces", "error remote: "},
		{"kind", "una empresa", "error kind: "},
		{"name", "🦤🦤🦤", "error slug: no address can be made of the name \"🦤🦤🦤\"; write a short one in “A short name for the address of the page”"},
		{"slug", "../../etc", "error slug: no address can be made of the name \"../../etc\""},
		{"slug", "sound", "error slug: there is a profile with this address already (data/coops/sound.yaml)"},
		{"slug", "noise", "error slug: there is a profile with this address already (data/coops/sound.yaml)"},
		{"website", "https://www.moss.example/es", "error website: a co-op with this website is here already (data/coops/moss.yaml)"},
		{"name", "Sound", "error name: a co-op with this name is here already (data/coops/sound.yaml)"},
		{"networks", "Federación Técnica, Otra Red", "warning networks: \"Otra Red\" is not in our list yet and is left out"},
		{"sectors", "salut", "warning sectors: \"salut\" is not in our list and is left out; if you meant \"salud\", write that"},
		{"teaches", "elixier and weaving", "warning teaches: \"elixier and weaving\" is not in our list yet and is left out"},
		{"needs-learn", "elixier", "warning needs.learn: \"elixier\" is not in our list and is left out; if you meant"},
		{"contact", "ana.perez@nandu.example", "warning contact: "},
		{"summary", "<script>alert(1)</script> @everyone", "warning summary: "},
	} {
		answers := nandu()
		answers["skills"], answers[c.field] = "elixir", c.answer
		r := read(t, sent(t, "pt", answers))
		if got := told(r); !strings.Contains(got, c.want) {
			t.Errorf("%s %q: got\n%swant %s", c.field, c.answer, got, c.want)
		}
		if !strings.HasPrefix(c.want, "error") {
			made(t, r)
		}
	}
	answers := nandu()
	answers["name"], answers["slug"] = "Sound", "sound-norte"
	if r := read(t, sent(t, "en", answers)); !strings.Contains(told(r), "warning name: ") || r.File.Name != "data/coops/sound-norte.yaml" {
		t.Errorf("another co-op of that name says so by its short name:\n%s%s", told(r), made(t, r))
	}
}

func TestACoopTakesOverWhatOthersListed(t *testing.T) {
	listed := maps.Clone(there)
	listed["data/coops/sound.yaml"] = file(`# a remark
name: Sound Ltd
website: https://sound.example
status: dormant
founded: 1999
locations:
  - {country: AR, place: Rosario, coordinates: {latitude: -32.95, longitude: -60.64}}
skills: [ux-ui]
former_slugs: [noise]
listed_by: third-party
source: {name: A list, url: "https://list.example", licence: CC0-1.0, retrieved: 2026-06-10}
`)
	take := func(answers map[string]string) intake.Reading {
		r, err := intake.Issue{Directory: listed, Today: today, Body: sent(t, "en", answers), Sender: sender}.Read(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	answers := map[string]string{"name": "Sonido", "website": "www.sound.example/es", "summary": "Hacemos programas.", "texts": "1", "languages": "es", "country": "Argentina", "place": "Rosario",
		"skills": "elixir", "contact": "hola@sound.example", "you": "012"}
	want := `name: Sonido
website: https://www.sound.example/es
summary: {es: "Hacemos programas."}
founded: 1999
locations:
  - {country: AR, place: Rosario, coordinates: {latitude: -32.95, longitude: -60.64}}
languages: [es]
skills:
  - elixir
contact: {email: hola@sound.example}
former_slugs: [noise]
listed_by: coop
confirmed: 2026-11-23
stewards:
  - {login: nandu-ana, id: 4242}
`
	r := take(answers)
	if got := made(t, r); got != want || !r.Claims || r.File.Name != "data/coops/sound.yaml" || r.Title() != "Claim sound" {
		t.Errorf("%s, claims %v:\n%s", r.File.Name, r.Claims, got)
	}
	if got := told(r); !strings.HasPrefix(got, "notice slug: your co-op was listed here already, from public facts (data/coops/sound.yaml)") {
		t.Errorf("told is\n%s", got)
	}
	answers["place"] = "Córdoba"
	if got := made(t, take(answers)); !strings.Contains(got, "  - {country: AR, place: Córdoba}\n") {
		t.Errorf("the co-op knows where it is:\n%s", got)
	}
	answers["slug"] = "sonido"
	if r := take(answers); r.Claims || r.File.Name != "data/coops/sonido.yaml" {
		t.Errorf("another co-op says so by its short name; got %s, claims %v", r.File.Name, r.Claims)
	}
	delete(answers, "slug")
	answers["name"], answers["website"] = "Sound", "other.example"
	if r := take(answers); r.Claims || !strings.Contains(told(r), "error name: a co-op with this name is here already") {
		t.Errorf("a name with another website is not enough; claims %v\n%s", r.Claims, told(r))
	}
	delete(answers, "website")
	if r := take(answers); !r.Claims || made(t, r) == "" {
		t.Errorf("a name alone is enough where no website says otherwise\n%s", told(r))
	}
}

func TestWhatIsNoFormIsSaidToBeNone(t *testing.T) {
	long := sent(t, "en", nandu()) + strings.Repeat("x", intake.MaxIssue)
	for body, rule := range map[string]*problem.Rule{
		"": problem.FormUnknown, "Please add us: https://fern.example": problem.FormUnknown, "### Website\n\nhttps://fern.example": problem.FormUnknown, long: problem.FileSize,
	} {
		r := read(t, body)
		if len(r.Report.Problems) != 1 || r.Report.Problems[0].Rule != rule || r.File.Data != nil {
			t.Errorf("%.40q: got\n%s", body, told(r))
		}
	}
	moved := strings.Replace(sent(t, "en", nandu()), "### Website\n\nnandu.example\n\n", "", 1) + "\n\n### Website\n\nnandu.example\n"
	if got := told(read(t, moved)); !strings.Contains(got, "error website: the line \"### Website\" is not where the form has it") {
		t.Errorf("got\n%s", got)
	}
}

func TestManyHeadingsAreReadInTime(t *testing.T) {
	body := strings.Repeat("### What you do for others\n### How to write to you\n", 5_000)
	if got := told(read(t, body)); !strings.Contains(got, "[form-field]") {
		t.Errorf("got\n%.500s", got)
	}
}

func TestTheAnswerIsInTheLanguageOfTheFormAndSaysNothingOfItsOwn(t *testing.T) {
	answers := nandu()
	answers["name"], answers["country"], answers["networks"] = "Ñandú ``` @everyone #1", "<b>@admin</b> `[x](https://evil.example)", "@org/team"
	delete(answers, "summary")
	for language, want := range map[string]string{"en": "Thank you! 2 things still keep", "es": "¡Gracias! Faltan 2 cosas", "fr": "Merci\u00a0! 2 choses", "pt": "Agradecemos! Faltam 2 coisas"} {
		r := read(t, sent(t, language, answers))
		got := r.Answer("#9")
		if !strings.HasPrefix(got, want) || strings.Contains(got, "no value") {
			t.Errorf("%s: got\n%s", language, got)
		}
		if outside := withoutCode(got); strings.ContainsAny(outside, "@<>#[") {
			t.Errorf("%s: what was sent is more than text:\n%s", language, outside)
		}
	}
	answers = nandu()
	answers["name"], answers["description"] = "Ñandú ``` @everyone #1", "```\n@everyone\n````\n</details> <!-- ### x"
	r := read(t, sent(t, "es", answers))
	for _, got := range []string{r.Answer("#9"), r.AnswerLater(), r.AnswerByHand(), r.Pull(12, sender)} {
		outside := withoutCode(got)
		if strings.Contains(outside, "everyone") || strings.Contains(outside, "<") || strings.Count(outside, "@") != strings.Count(outside, "@nandu-ana") {
			t.Errorf("what was sent is more than text:\n%s", outside)
		}
	}
	if got := r.Pull(12, sender); !strings.Contains(got, "Closes #12.") || !strings.Contains(got, "It makes @nandu-ana (account 4242) a steward") || strings.Contains(got, "no value") {
		t.Errorf("the pull request says\n%s", got)
	}
	if got := r.Answer("#9"); !strings.Contains(got, ": #9. Dice así:\n\n`````yaml\nname: ") {
		t.Errorf("the answer says\n%s", got)
	}
	answers["name"] = "Ñandú, which closes #1"
	if got := read(t, sent(t, "es", answers)).Title(); got != "Add nandu-which-closes-1" {
		t.Errorf("the title is %s", got)
	}
}

// withoutCode returns Markdown without its code blocks and spans, which show what they hold as it is.
func withoutCode(markdown string) string {
	var b strings.Builder
	for len(markdown) > 0 {
		at := strings.Index(markdown, "`")
		if at < 0 {
			break
		}
		b.WriteString(markdown[:at])
		rest := strings.TrimLeft(markdown[at:], "`")
		fence := markdown[at : len(markdown)-len(rest)]
		for {
			end := strings.Index(rest, fence)
			if end < 0 {
				return b.String() + markdown[at:] // it is not closed
			}
			after := strings.TrimLeft(rest[end:], "`")
			closed := len(rest)-end-len(after) == len(fence)
			rest = after
			if closed {
				break
			}
		}
		markdown = rest
	}
	return b.String() + markdown
}

func TestEveryMessageOfTheFormIsSaid(t *testing.T) {
	heard := map[string]bool{}
	hear := func(r intake.Reading) {
		for _, p := range r.Report.Problems {
			heard[p.Message.ID] = true
		}
	}
	hear(read(t, ""))
	hear(read(t, sent(t, "en", map[string]string{"name": "🦤"})))
	hear(read(t, strings.Repeat("x", intake.MaxIssue+1)))
	hear(read(t, strings.Repeat("### What you do for others\n### How to write to you\n", 2)))
	hear(read(t, strings.Replace(sent(t, "en", nandu()), "### Website", "### Place", 1)+"\n### Website\n"))
	for _, c := range []map[string]string{{"country": "Atlantis", "languages": "klingonish", "slug": "sound"}, {"name": "Sound", "networks": "x y z", "sectors": "salut"}, {"website": "moss.example"}, {"website": "sound.example"}} {
		answers := nandu()
		maps.Copy(answers, c)
		hear(read(t, sent(t, "en", answers)))
	}
	data, err := os.ReadFile("../problem/messages/en.json")
	if err != nil {
		t.Fatal(err)
	}
	var catalog map[string]any
	if err := json.Unmarshal(data, &catalog); err != nil {
		t.Fatal(err)
	}
	var forms strings.Builder
	if err := intake.WriteForm(&forms, "en"); err != nil {
		t.Fatal(err)
	}
	for id, said := range catalog {
		if strings.HasPrefix(id, "form-") && !heard[id] {
			t.Errorf("nothing says %q", id)
		}
		if text, ok := said.(string); ok && strings.HasPrefix(id, "form.") && !strings.Contains(forms.String(), strings.TrimSpace(text)) {
			t.Errorf("the form does not say %q", id)
		}
	}
}

// notText is what none of our own words have: a mention, a tag, a blank that was not filled. (They say name@host.)
var notText = regexp.MustCompile(`(^|[^\pL\pN])@|[<>]|no value`)

// FuzzIssue looks for texts that make the reader panic, make a profile that is not written as `coops fmt`
// would or does not pass, or say something of their own in an answer.
func FuzzIssue(f *testing.F) {
	for _, language := range problem.Languages {
		f.Add(sent(f, language, nandu()))
	}
	f.Add(strings.ReplaceAll(sent(f, "en", nandu()), "\n", "\r\n"))
	f.Add(sent(f, "en", map[string]string{"name": "```\n### Website\n", "description": "<!--\n### Kind of co-op\n-->\n~~~\n### You"}))
	f.Add("### Website\n### Country\n### Website\n")
	f.Add(strings.ReplaceAll(sent(f, "es", nandu()), "nandu.example", "sound.example"))
	f.Add("### What you do for others\n### How to write to you\n@")
	f.Add("")
	f.Fuzz(func(t *testing.T, body string) {
		r := read(t, body)
		for _, language := range problem.Languages {
			said := r
			said.Language = language
			if outside := withoutCode(said.Answer("#1")); notText.MatchString(outside) {
				t.Errorf("what was sent is more than text in %s:\n%s", language, outside)
			}
		}
		if r.Report.Failed() {
			return
		}
		doc, _ := yamldoc.Read(r.File.Name, r.File.Data)
		shape, _ := layout.Of(r.File.Name)
		if out, err := doc.Format(shape); err != nil || string(out) != string(r.File.Data) {
			t.Errorf("fmt writes it otherwise (%v):\n%s---\n%s", err, r.File.Data, out)
		}
		after := maps.Clone(there)
		after[r.File.Name] = file(string(r.File.Data))
		if _, report, err := check.Directory(context.Background(), after, today); err != nil || report.Failed() {
			t.Errorf("it does not pass (%v):\n%s", err, text(report))
		}
	})
}
