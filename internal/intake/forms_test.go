package intake_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"coops/internal/yamldoc"
)

// permitted is what GitHub takes in an element of a form, by its type; one key more, and it shows no form at all.
var permitted = map[string]string{
	"markdown":   "value",
	"input":      "label description placeholder value",
	"textarea":   "label description placeholder value render",
	"dropdown":   "label description multiple options default",
	"checkboxes": "label description options",
}

var elementID = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// TestEveryFormIsOneThatGitHubShows holds the forms against what GitHub documents of them, and against the
// links to them.
func TestEveryFormIsOneThatGitHubShows(t *testing.T) {
	names, err := filepath.Glob("../../.github/ISSUE_TEMPLATE/*.yml")
	if err != nil {
		t.Fatal(err)
	}
	var forms []string
	called := map[string]string{}
	for _, name := range names {
		base := filepath.Base(name)
		if base == "config.yml" {
			continue
		}
		forms = append(forms, base)
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, problems := yamldoc.Read(base, data)
		if doc == nil || len(problems) > 0 {
			t.Errorf("%s: %v", base, problems)
			continue
		}
		form := doc.Value.(map[string]any)
		onlyKeys(t, base, form, "name description title labels body")
		for _, key := range []string{"name", "description"} {
			if text, _ := form[key].(string); strings.TrimSpace(text) == "" {
				t.Errorf("%s has no %s", base, key)
			}
		}
		title, _ := form["name"].(string)
		if other := called[title]; other != "" {
			t.Errorf("%s and %s are both called %q", base, other, title)
		}
		called[title] = base
		checkElements(t, base, form["body"].([]any))
	}
	for _, linked := range []string{"add.yml", "change.yml", "remove.yml", "problem.yml", "skill.yml"} {
		if !slices.Contains(forms, linked) {
			t.Errorf("there is no %s, which pages link to", linked)
		}
	}
}

func checkElements(t *testing.T, file string, body []any) {
	ids, labels := map[string]bool{}, map[string]bool{}
	asks := 0
	for _, e := range body {
		e := e.(map[string]any)
		kind, _ := e["type"].(string)
		attributes, _ := e["attributes"].(map[string]any)
		if permitted[kind] == "" {
			t.Errorf("%s: %q is no type of element", file, kind)
		}
		onlyKeys(t, file, attributes, permitted[kind])
		for key, value := range attributes {
			if text, ok := value.(string); ok && strings.TrimSpace(text) == "" {
				t.Errorf("%s: %s is empty, which GitHub does not take", file, key)
			}
		}
		if kind == "markdown" {
			onlyKeys(t, file, e, "type attributes")
			if _, ok := attributes["value"].(string); !ok {
				t.Errorf("%s: a markdown element says nothing", file)
			}
			continue
		}
		asks++
		onlyKeys(t, file, e, "type id attributes validations")
		id, _ := e["id"].(string)
		label, _ := attributes["label"].(string)
		if !elementID.MatchString(id) || ids[id] || label == "" || labels[label] {
			t.Errorf("%s: the id %q or the label %q is none, or stands twice", file, id, label)
		}
		ids[id], labels[label] = true, true
		if validations, ok := e["validations"].(map[string]any); ok {
			onlyKeys(t, file, validations, "required")
		}
		options, _ := attributes["options"].([]any)
		seen := map[string]bool{}
		for _, o := range options {
			text, isText := o.(string)
			if box, ok := o.(map[string]any); ok && kind == "checkboxes" {
				onlyKeys(t, file, box, "label required")
				text, isText = box["label"].(string)
			}
			if !isText || text == "" || seen[text] || strings.EqualFold(text, "none") {
				t.Errorf("%s: %v is no option of %s, or stands twice", file, o, id)
			}
			seen[text] = true
		}
		if (kind == "dropdown" || kind == "checkboxes") != (len(options) > 0) {
			t.Errorf("%s: %s has %d options", file, id, len(options))
		}
	}
	if asks == 0 {
		t.Errorf("%s asks for nothing", file)
	}
}

func onlyKeys(t *testing.T, file string, m map[string]any, keys string) {
	t.Helper()
	for key := range m {
		if !slices.Contains(strings.Fields(keys), key) {
			t.Errorf("%s: %q is not permitted there", file, key)
		}
	}
}
