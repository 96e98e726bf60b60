package site

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func files(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

// contents returns the files of a folder by name.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			data, err := os.ReadFile(filepath.Join(folder, name))
			all[name] = string(data)
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestPagesOfADirectoryReplaceThoseOfTheProgram(t *testing.T) {
	program := files("about.en.md", "---\ntitle: About\n---\n", "about.es.md", "---\ntitle: Acerca\n---\n", "data.en.md", "---\ntitle: Data\n---\n",
		"data.es.md", "---\ntitle: Datos\n---\n", "coops/_content.gotmpl", "pages", "coops/_index.en.md", "", "coops/_index.es.md", "")
	own := files("about.es.md", "---\ntitle: Somos\n---\n", "rules.md", "---\ntitle: Reglas\n---\n", ".draft.es.md", "not yet", "news/one.fr.md", "an other language")
	folder := t.TempDir()
	if err := stageContent(program, own, []string{"es", "eu"}, folder); err != nil {
		t.Fatal(err)
	}
	got := contents(t, folder)
	wanted := map[string]string{
		"about.es.md":           "---\ntitle: Somos\n---\n",
		"about.eu.md":           "---\nparams: {language: \"es\", fallback: \"espainiera\"}\ntitle: Somos\n---\n",
		"data.es.md":            "---\ntitle: Datos\n---\n",
		"data.eu.md":            "---\nparams: {language: \"es\", fallback: \"espainiera\"}\ntitle: Datos\n---\n",
		"coops/_content.gotmpl": "pages",
		"coops/_index.es.md":    "",
		"coops/_index.eu.md":    "---\nparams: {language: \"es\", fallback: \"espainiera\"}\n---\n",
		"rules.es.md":           "---\ntitle: Reglas\n---\n",
	}
	if !maps.Equal(got, wanted) {
		t.Errorf("got %q\nwant %q", got, wanted)
	}
}

func TestPageInNoLanguageOfTheSiteIsBorrowed(t *testing.T) {
	folder := t.TempDir()
	if err := stageContent(files("about.en.md", "x", "about.fr.md", "y"), nil, []string{"eu"}, folder); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, folder)["about.eu.md"]; !strings.HasPrefix(got, "---\nparams: {language: \"en\", ") || !strings.HasSuffix(got, "---\nx") {
		t.Errorf("got %q, want the English page with a note", got)
	}
}

const programSettings = `title: The program's
languages: {en: {}, es: {}}
params: {repository: "https://git.example/program", contact: program@git.example}
`

func settingsOf(t *testing.T, own string) (settings, map[string]string, error) {
	t.Helper()
	dir, folder := t.TempDir(), t.TempDir()
	if own != "" {
		if err := os.WriteFile(filepath.Join(dir, "hugo.yaml"), []byte(own), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Build{Dir: dir, Program: files("hugo.yaml", programSettings)}.settings(folder)
	return s, contents(t, folder), err
}

func TestSettingsOfADirectory(t *testing.T) {
	for _, c := range []struct{ name, own, languages, follows string }{
		{"none", "", "[en es]", `{"defaultContentLanguage":"en","disableLanguages":["fr","pt"],"params":{"contact":"","repository":""}}`},
		{"no languages", "title: Ours\n", "[en es fr pt]", `{"defaultContentLanguage":"en","disableLanguages":[]}`},
		{"one language", "languages: {es: {title: Lo nuestro}}\n", "[es]", `{"defaultContentLanguage":"es","disableLanguages":["en","fr","pt"]}`},
		{"a fifth language first", "defaultContentLanguage: eu\nlanguages: {es: , eu: {label: Euskara}}\n", "[eu es]",
			`{"defaultContentLanguage":"eu","disableLanguages":["en","fr","pt"]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, written, err := settingsOf(t, c.own)
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(s.languages); got != c.languages {
				t.Errorf("languages %s, want %s", got, c.languages)
			}
			if written["settings.json"] != c.follows {
				t.Errorf("got  %s\nwant %s", written["settings.json"], c.follows)
			}
		})
	}
	_, _, err := settingsOf(t, "defaultContentLanguage: fr\nlanguages: {es: {}}\n")
	if err == nil || err.Error() != "hugo.yaml: defaultContentLanguage is fr, and it is not among the languages: es" {
		t.Errorf("a default that is no language: %v", err)
	}
	_, _, err = settingsOf(t, "params: {colors: {ground: beige}}\n")
	if err == nil || err.Error() != `hugo.yaml: params.colors.ground is "beige"; write it as six hexadecimal digits, such as #1f6f5c` {
		t.Errorf("a color that is none: %v", err)
	}
}

func TestWordsOfALanguageThatTheThemeDoesNotSpeak(t *testing.T) {
	theme := files("en.yaml", "home: Home\nsearch: Search\ncount: {one: one, other: many}\n", "es.yaml", "home: Inicio\nsearch: Buscar\n")
	for _, c := range []struct {
		languages []string
		wanted    string
	}{
		{[]string{"en", "eu"}, `{"count":{"one":"one","other":"many"},"home":"Hasiera","search":"Search"}`},
		{[]string{"eu", "es"}, `{"count":{"one":"one","other":"many"},"home":"Hasiera","search":"Search"}`},
		{[]string{"es", "eu"}, `{"home":"Hasiera","search":"Buscar"}`},
	} {
		folder := t.TempDir()
		notes, err := stageWords(theme, files("eu.yaml", "home: Hasiera\n"), c.languages, folder)
		if err != nil {
			t.Fatal(err)
		}
		written := contents(t, folder)
		if written["eu.yaml"] != c.wanted || len(written) != 1 {
			t.Errorf("%v: got %q, want only eu.yaml: %s", c.languages, written, c.wanted)
		}
		if len(notes) != 1 || !strings.HasPrefix(notes[0], "i18n/eu.yaml has no text for ") {
			t.Errorf("%v: notes %q", c.languages, notes)
		}
	}
	if notes, err := stageWords(theme, files(), []string{"en", "es"}, t.TempDir()); err != nil || len(notes) > 0 {
		t.Errorf("with the theme's own languages: %v, %q", err, notes)
	}
}
