package problem_test

import (
	"strings"
	"testing"

	"coops/internal/problem"
)

func TestMarkdownLetsAProfileSayNothingButText(t *testing.T) {
	for found, want := range map[string]string{
		"Atlantis": "country \"`Atlantis`\" is not",
		"@everyone <!-- --> [x](https://evil.example) #1": "country \"`@everyone <!-- --> [x](https://evil.example) #1`\" is not",
		"a\n\n# b":      "country \"`a # b`\" is not",
		"a`b``c":        "country \"```a`b``c```\" is not",
		"`":             "country \"`` ` ``\" is not",
		"\ue000\ue001":  "country \"`\ue000\ue001`\" is not",
		"{{.found}} %s": "country \"`{{.found}} %s`\" is not",
		"":              "country \"\" is not",
	} {
		if got := problem.In("en").Markdown(problem.Say("country-code", "found", found)); !strings.HasPrefix(got, want) {
			t.Errorf("%q: got %s, want %s", found, got, want)
		}
	}
	inCode := problem.Say("missing-key", "key", "a`b\nc", "example", "", "hint", problem.Verbatim(map[string]string{"en": "Say `it`."}))
	if got := problem.In("en").Markdown(inCode); !strings.HasPrefix(got, "`a'b c` is missing") || !strings.HasSuffix(got, "Say `it`.") {
		t.Errorf("got %s", got)
	}
	nested := problem.Say("wrong-type", "name", problem.Say("name.key", "key", "members"), "want", []problem.Message{problem.Say("want.string"), problem.Say("want.array")}, "found", problem.Say("found.text", "text", "@a"))
	if got := problem.In("es").Markdown(nested); got != "`members` debe ser un texto o una lista; ahora es «`@a`»" {
		t.Errorf("got %s", got)
	}
}

func TestACodeBlockCannotBeEnded(t *testing.T) {
	got := problem.CodeBlock("yaml", "name: \"````\"\n")
	if got != "`````yaml\nname: \"````\"\n`````\n" {
		t.Errorf("got %s", got)
	}
}
