package site

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"coops/internal/yamldoc"
)

// words are the texts of the theme in one language: key -> plural form ("" where it has none) -> text.
type words map[string]map[string]string

func wordsIn(t *testing.T, in string) (w words, keys []string) {
	t.Helper()
	name := "../../themes/commons/i18n/" + in + ".yaml"
	source, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	doc, problems := yamldoc.Read(name, source)
	if len(problems) > 0 {
		t.Fatalf("%s: %v", name, problems)
	}
	w = words{}
	for key, value := range doc.Value.(map[string]any) {
		w[key] = map[string]string{}
		if forms, hasForms := value.(map[string]any); hasForms {
			for form, text := range forms {
				w[key][form] = fmt.Sprint(text)
			}
		} else {
			w[key][""] = fmt.Sprint(value)
		}
	}
	for _, found := range regexp.MustCompile(`(?m)^(\w+):`).FindAllSubmatch(source, -1) {
		keys = append(keys, string(found[1]))
	}
	return w, keys
}

var blank = regexp.MustCompile(`\{\{ *\.\w+ *\}\}|\{\w+\}`)

// The plural forms that Unicode CLDR gives each language for whole numbers.
var forms = map[string]string{"en": "one other", "es": "many one other", "fr": "many one other", "pt": "many one other"}

func TestLanguagesHaveTheSameKeysBlanksAndEveryPluralForm(t *testing.T) {
	english, order := wordsIn(t, "en")
	for in, wanted := range forms {
		own, keys := wordsIn(t, in)
		if !slices.Equal(keys, order) {
			for i := range min(len(keys), len(order)) {
				if keys[i] != order[i] {
					t.Errorf("%s: key %d is %s, in English %s", in, i+1, keys[i], order[i])
					break
				}
			}
			t.Errorf("%s has %d keys, English %d; they should be the same, in the same order", in, len(keys), len(order))
		}
		for key, texts := range own {
			if got := strings.Join(slices.Sorted(maps.Keys(texts)), " "); got != "" && got != wanted {
				t.Errorf("%s: %s has the forms %s, want %s", in, key, got, wanted)
			}
			if _, isPlural := texts[""]; isPlural != (english[key][""] != "") {
				t.Errorf("%s: %s has plural forms in one language only", in, key)
			}
			for form, text := range texts {
				model := english[key][form]
				if form == "many" {
					model = english[key]["other"]
				}
				got, want := blank.FindAllString(text, -1), blank.FindAllString(model, -1)
				slices.Sort(got)
				slices.Sort(want)
				if form != "one" && !slices.Equal(got, want) { // one may be a word: "the one that says it"
					t.Errorf("%s: %s %s has the blanks %v, in English %v", in, key, form, got, want)
				}
				if strings.TrimSpace(text) == "" {
					t.Errorf("%s: %s %s is empty", in, key, form)
				}
				if in != "en" && text == model && len(strings.Fields(blank.ReplaceAllString(text, ""))) > 1 {
					t.Errorf("%s: %s %s is left in English: %q", in, key, form, text)
				}
			}
		}
	}
}

// A key that no file has would be shown as nothing.
func TestTemplatesAskForKeysThatAreThere(t *testing.T) {
	english, _ := wordsIn(t, "en")
	asked := 0
	err := fs.WalkDir(os.DirFS("../../themes/commons/layouts"), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		source, err := os.ReadFile("../../themes/commons/layouts/" + name)
		for _, found := range regexp.MustCompile(`i18n "(\w+)"`).FindAllSubmatch(source, -1) {
			asked++
			if _, isThere := english[string(found[1])]; !isThere {
				t.Errorf("%s asks for %s, which is in no language", name, found[1])
			}
		}
		return err
	})
	if err != nil || asked < 50 {
		t.Errorf("%d keys asked for, error %v", asked, err)
	}
}
