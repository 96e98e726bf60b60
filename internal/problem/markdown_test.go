package problem_test

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"coops/internal/problem"

	"github.com/PuerkitoBio/goquery"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gohtml "github.com/yuin/goldmark/renderer/html"
)

func TestMarkdownLetsAProfileSayNothingButText(t *testing.T) {
	for found, want := range map[string]string{
		"Atlantis": "country \"`Atlantis`\" is not",
		"@everyone <!-- --> [x](https://evil.example) #1": "country \"`@everyone <!-- --> [x](https://evil.example) #1`\" is not",
		"a\n\n# b":      "country \"`a # b`\" is not",
		"a`b``c":        "country \"```a`b``c```\" is not",
		"`":             "country \"`` ` ``\" is not",
		"\ue000\ue001":  "country \"`⟨U+E000⟩⟨U+E001⟩`\" is not",
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

// hostile are texts that try to be more than text.
var hostile = []string{
	"Fern", "", " ", "# x", "- x", "+ x", "1. x", "12) x", "=", "---", "> x", "[ ] x", "    x", "\tx", "a\n\n# b\n- c", "a  \nb", "a\\",
	"@everyone", "a@b.example", "user@deadbeef", "owner/repo#1", "#1", "GH-1", "ABC-12", "GHSA-xxxx-yyyy-zzzz", "deadbeef", "0123456789abcdef0123456789abcdef01234567",
	"http://evil.example", "HTTPS://evil.example/a?b=c", "www.evil.example", "mailto:a@b.example", "xmpp:a@b.example", "ftp://evil.example",
	"[x](https://evil.example)", "![x](https://evil.example/x.png)", "[x]: https://evil.example", "[^1]", "<https://evil.example>", "<a@b.example>",
	"<!-- coops:review -->", "<!--", "-->", "<script>alert(1)</script>", "<img src=x>", "</details>", "</summary><h1>x", "<b", "&lt;b&gt;", "&#64;x", "&copy;", "\\&#35;",
	"`x`", "```", "~~~", "``` x ```", "*x*", "**x**", "_x_", "__x__", "~x~", "~~x~~", "a | b", "\\|", "|---|", "$x$", "$$x$$", "$`x`$", ":tada:", "::a:", ":octocat:",
	"> [!WARNING]", "[!NOTE]", "{{.found}}", "%s", "\u202eabc\u202c", "a\u200bb", "a\u200db", "क्\u200dष", "👩\u200d💻", "שלום", "مرحبا #1", "\ufeffx", "a\u2028b", "\x00\x1b[31m",
	"\xff\xfe", "z\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\U000e0041", "\u3164", "a\u00adb", "é", "日本語", "\ue000\ue001", "<span>$</span>", "a\r\nb",
}

// places are where a text may stand in a report, with the text in place of the percent sign.
var places = []string{
	"x % y\n", "% y\n", "- %\n", "- **x**: %\n", "## %\n", "| x | y |\n|---|---|\n| % | z |\n", "<details><summary>% (x)</summary>\n\ny\n\n</details>\n",
	"x <del>%</del> <ins>%</ins>\n", "[%](https://a.example)\n", "(%)\n",
}

// What forges make more of, in the text that comes of Markdown.
var forged = regexp.MustCompile(`@\w|#\w|(?i)\bwww\.|://|:[\w+-]+:|(?i)\bgh-\d|\b[0-9a-f]{7}`)

func FuzzTextIsNothingButText(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		written := problem.Text(text)
		want := strings.Join(strings.Fields(problem.Visible(strings.ReplaceAll(strings.TrimSpace(text), "\n", " ⏎ "))), " ")
		for _, place := range places {
			tags, texts := rendered(t, strings.ReplaceAll(place, "%", written))
			plain, plainTexts := rendered(t, strings.ReplaceAll(place, "%", "word"))
			if !slices.Equal(tags, plain) && want != "" {
				t.Errorf("%q in %q became %v, want %v", text, place, tags, plain)
			}
			got := strings.NewReplacer("\u200b", "", "\u2068", "", "\u2069", "").Replace(strings.Join(texts, ""))
			if want := strings.ReplaceAll(strings.Join(plainTexts, ""), "word", want); strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(want), " ") {
				t.Errorf("%q in %q reads %q, want %q", text, place, got, want)
			}
			for _, node := range texts {
				if found := forged.FindString(node); found != "" {
					t.Errorf("%q in %q: a forge makes more of %q", text, place, found)
				}
			}
		}
		for _, written := range []string{problem.Code(text), "<p></p>\n\n" + problem.CodeBlock("text", text)} {
			tags, _ := rendered(t, "x "+written)
			for _, tag := range tags {
				if !slices.Contains([]string{"p", "pre", "code class=language-text", "code"}, tag) {
					t.Errorf("%q as code became %v", text, tags)
				}
			}
		}
	})
}

// rendered returns the elements that Markdown becomes, as GitHub reads it, and its texts.
func rendered(t *testing.T, markdown string) (tags, texts []string) {
	t.Helper()
	var b bytes.Buffer
	reader := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(gohtml.WithUnsafe()))
	if err := reader.Convert([]byte(markdown), &b); err != nil {
		t.Fatal(err)
	}
	page, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	var walk func(s *goquery.Selection)
	walk = func(s *goquery.Selection) {
		s.Contents().Each(func(_ int, c *goquery.Selection) {
			switch name := goquery.NodeName(c); name {
			case "#text":
				texts = append(texts, c.Text())
			case "span": // around a sign that begins no formula
				texts = append(texts, c.Text())
			default:
				for _, a := range c.Nodes[0].Attr {
					if a.Key != "id" {
						name += " " + a.Key + "=" + a.Val
					}
				}
				tags = append(tags, name)
				walk(c)
			}
		})
	}
	walk(page.Find("body"))
	return tags, texts
}
