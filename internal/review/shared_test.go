package review_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"coops/internal/review"
)

const (
	webFile      = "data/skills/web.yaml"
	networksFile = "data/networks.yaml"
	sectorsFile  = "data/sectors.yaml"
	answersFile  = "data/governance.yaml"
)

// answers are the answers about the place, one of which is given.
const answers = `host: {en: "Fern runs the machine, and pays for it."}
domain: null
backups: null
restored: null
maintainers: null
upgrades: null
features: null
decisions: null
leaving: null
`

// resharing is a change of a file that is shared, with texts replaced in what it says.
func resharing(before fstest.MapFS, name string, pairs ...string) review.Proposal {
	text := strings.NewReplacer(pairs...).Replace(string(before[name].Data))
	return change{write: map[string]*fstest.MapFile{name: file(text)}, id: 8}.on(before)
}

func TestSharedDataIsToldByEntry(t *testing.T) {
	before := exchanging(answersFile, answers)
	design := "braille:\n  label: {en: Braille, es: Braille, fr: Braille, pt: Braille}\n"
	whole := string(before[webFile].Data)
	moved := change{write: map[string]*fstest.MapFile{
		webFile:                  file(strings.Replace(whole, "elixir:\n  label: {en: Elixir, es: Elixir, fr: Elixir, pt: Elixir}\n", "", 1)),
		"data/skills/other.yaml": file("elixir:\n  label: {en: Elixir, es: Elixir, fr: Elixir, pt: Elixir}\n"),
	}, id: 8}.on(before)
	for name, c := range map[string]struct {
		review.Proposal
		entries  string // type, id, kind, category and former category of each
		said     []string
		untold   bool
		language string
	}{
		"a new skill": {resharing(before, webFile, "translation:", design+"translation:"), "skills braille added web", []string{
			"### Braille (braille): new skill\n\nCategory: web.\n", "What it says:\n\n- Label · English: Braille\n", "- [ ] Braille: are the words right in every language",
		}, false, "en"},
		"other words for one": {resharing(before, webFile, "es: Traducción", "es: Traducciones", "pt: Tradução}", "pt: Tradução}\n  synonyms: {es: [traducir, traductor]}\n  part_of: elixir"),
			"skills translation changed web", []string{
				"### Traducciones (translation): saber, cambia", "español: Traducción → Traducciones", "español, ahora también: traducir, traductor", "Elixir",
			}, false, "es"},
		"a skill in another category": {moved, "skills elixir changed other<web", []string{"### Elixir (elixir): skill, changed\n\nCategory: web → other.\n"}, false, "en"},
		"a skill that goes": {resharing(before, webFile, "translation:\n  label: {en: Translation, es: Traducción, fr: Traduction, pt: Tradução}\n", ""), "skills translation removed web",
			[]string{"### Traduction (translation) : savoir-faire, retiré", "qui demande le retrait de ce savoir-faire"}, false, "fr"},
		"a network": {resharing(before, networksFile, "https://trama.example", "https://trama.example\n  countries: [AR]\n  summary: {en: Joins co-ops}"), "networks trama changed",
			[]string{"### Trama (trama): rede, muda", "agora também: Argentina", "É isto que Trama diz de si mesma?"}, false, "pt"},
		"a sector more": {resharing(before, sectorsFile, "health:", "care:\n  label: {en: Care, es: Cuidados, fr: Soins, pt: Cuidado}\nhealth:"), "sectors care added",
			[]string{"### Care (care): new sector", "does no sector mean the same already?"}, false, "en"},
		"an answer": {resharing(before, answersFile, "Fern runs", "Moss runs", "domain: null", "domain: {en: Fern}"), "governance  changed", []string{
			"### The answers about this place: changed", "<del>Fern</del> <ins>Moss</ins> runs the machine", "Who holds the domain? · English, which it did not say before: Fern", "Do those whom the answers",
		}, false, "en"},
		"an answer taken back":        {resharing(before, answersFile, `{en: "Fern runs the machine, and pays for it."}`, "null"), "governance  changed", []string{"Who hosts it? · English, which it no longer says: Fern runs"}, false, "en"},
		"a remark alone":              {resharing(before, webFile, "elixir:", "# the first\nelixir:"), "", []string{"Is the other data right?"}, true, "en"},
		"a remark and an entry":       {resharing(before, sectorsFile, "health:", "# the first\nhealth:", "en: Health", "en: Healing"), "sectors health changed", []string{"### Healing (health): sector, changed"}, true, "en"},
		"what cannot be read":         {resharing(before, webFile, "elixir:", "elixir: ["), "", []string{"Something has to be mended first"}, true, "en"},
		"what could not be read":      {resharing(exchanging(sectorsFile, "health: ["), sectorsFile, "[", "\n  label: {en: Health, es: Salud, fr: Santé, pt: Saúde}"), "", nil, true, "en"},
		"an entry that is none":       {resharing(before, sectorsFile, "\n  label: {en: Health, es: Salud, fr: Santé, pt: Saúde}", " 3"), "", []string{"**error**, `data/sectors.yaml`, line 1"}, true, "en"},
		"a file that goes":            {change{nil, map[string]string{answersFile: ""}, 8}.on(before), "governance  removed", []string{"The answers about this place: removed"}, false, "en"},
		"a file that is named anew":   {change{nil, map[string]string{webFile: "data/skills/all.yaml"}, 8}.on(before), "skills elixir changed all<web; skills translation changed all<web; skills wordpress changed all<web", nil, false, "en"},
		"nothing shared":              {edit("2026-05-01", "2026-11-20").proposal(), "", nil, false, "en"},
		"a link in the place of data": {change{write: map[string]*fstest.MapFile{sectorsFile: {Data: []byte("networks.yaml"), Mode: fs.ModeSymlink}}, id: 8}.on(before), "", nil, true, "en"},
	} {
		r := of(t, c.Proposal)
		var entries []string
		for _, s := range r.Shared {
			told := fmt.Sprintf("%s %s %s %s", s.Type, s.ID, s.Kind, s.Category)
			if s.From != "" {
				told += "<" + s.From
			}
			entries = append(entries, strings.TrimSpace(told))
		}
		if got := strings.Join(entries, "; "); got != c.entries {
			t.Errorf("%s: %q, want %q", name, got, c.entries)
		}
		said := r.Markdown(c.language, nowhere)
		for _, want := range c.said {
			if !strings.Contains(said, want) {
				t.Errorf("%s: want %q in\n%s", name, want, said)
			}
		}
		if untold := strings.Contains(said, "### Other data"); untold != c.untold && c.language == "en" {
			t.Errorf("%s: named as a file %t, want %t in\n%s", name, untold, c.untold, said)
		}
	}
}

// In a folder of a repository it is the same.
func TestSharedDataInAFolderIsTold(t *testing.T) {
	p := resharing(there, sectorsFile, "en: Health", "en: Healing")
	p.Folder = "site"
	for i, c := range p.Changes {
		p.Changes[i].Before, p.Changes[i].After = "site/"+c.Before, "site/"+c.After
	}
	if r := of(t, p); len(r.Shared) != 1 || strings.Contains(r.Markdown("en", nowhere), "### Other data") {
		t.Errorf("%d entries of %v", len(r.Shared), p.Changes)
	}
}

// A vocabulary that is new as a whole is counted where there is no room for it.
func TestAVocabularyIsCutAndCounted(t *testing.T) {
	skills := map[string]any{}
	for n := range 300 {
		text := fmt.Sprintf("Skill %d", n)
		skills[fmt.Sprintf("skill-%d", n)] = map[string]any{"label": map[string]string{"en": text, "es": text, "fr": text, "pt": text}, "asks": map[string]string{"en": "We want " + text}}
	}
	text, err := json.Marshal(skills)
	if err != nil {
		t.Fatal(err)
	}
	files := maps.Clone(there)
	delete(files, webFile)
	said := of(t, change{write: map[string]*fstest.MapFile{webFile: file(string(text))}, id: 8}.on(files)).Markdown("en", nowhere)
	shown := strings.Count(said, ": new skill\n")
	if want := fmt.Sprintf("%d more entries of shared data are not shown here", 300-shown); shown < 50 || !strings.Contains(said, want) {
		t.Errorf("%d shown; want %q in\n%.3000s", shown, want, said)
	}
}
