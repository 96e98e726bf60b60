package review_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"coops/internal/check"
	"coops/internal/directory"
	"coops/internal/exchange"
	"coops/internal/problem"
	"coops/internal/review"

	"github.com/PuerkitoBio/goquery"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gohtml "github.com/yuin/goldmark/renderer/html"
)

func nowhere(string) string { return "" }

// changed returns what is said of a change of Fern in a language, with the edit made to its profile.
func changed(t *testing.T, language string, pairs ...string) string {
	t.Helper()
	return of(t, edit(pairs...).proposal()).Markdown(language, nowhere)
}

func TestFieldsAreSaidInWords(t *testing.T) {
	for _, c := range []struct {
		language string
		pairs    []string
		want     string
	}{
		{"en", []string{"skills: [wordpress]", "skills: [wordpress]\nteaches: [{skill: elixir, formats: [workshop], languages: [es]}]"}, "- can now teach: Elixir (workshop, Spanish)"},
		{"es", []string{"skills: [wordpress]", "skills: [wordpress]\nteaches: [{skill: elixir, formats: [workshop], languages: [es]}]"}, "- ahora puede enseñar: Elixir (taller, español)"},
		{"en", []string{"[wordpress]", "[elixir]"}, "- now also does: Elixir\n- no longer does: WordPress"},
		{"en", []string{"[wordpress]", "[{skill: wordpress, level: expert}]"}, "- Does: WordPress → WordPress (expert)"},
		{"en", []string{"[wordpress]", "[wordpress, {other: Braille}]"}, "- now also does: “Braille”"},
		{"fr", []string{"skills: [wordpress]", "skills: [wordpress]\nneeds: [{skill: translation, kind: work}, {skill: elixir, kind: partner}]"}, "- a maintenant besoin que l’on fasse : Traduction\n- cherche maintenant avec qui faire : Elixir"},
		{"en", []string{"languages: [es]", "languages: [gl, es]"}, "- Languages, now also: Galician"},
		{"en", []string{"remote: true", "remote: false"}, "- Remote: yes → no"},
		{"pt", []string{"remote: true", "remote: true\nserves: [AR, worldwide]"}, "agora também: Argentina, o mundo inteiro"},
		{"en", []string{"remote: true", "remote: true\navailability: open"}, "- Availability, which it did not say before: has room for work"},
		{"en", []string{"contact: {email: hola@fern.example}", "contact: {form: \"https://fern.example/c\"}"}, "- Contact · E-mail, which it no longer says: hola"},
		{"en", []string{"Hacemos sitios web para sindicatos.", "Hacemos páginas web para sindicatos y cooperativas."}, "- Summary · Spanish: Hacemos <del>sitios</del> <ins>páginas</ins> web para <del>sindicatos.</del> <ins>sindicatos y cooperativas.</ins>"},
		{"en", []string{"[es]", "[es]\nlocations: [{country: AR, place: Rosario, coordinates: {latitude: -32.95, longitude: -60.64}}]"}, "now also: Rosario, Argentina (-32.95, -60.64)"},
		{"en", []string{"remote: true", "remote: true\nserves: []"}, "- Serves, which it did not say before: &#91;&#93;\n"},
		{"en", []string{"id: 7}", "id: 7}\n  - {login: friend, id: 8}"}, "- Stewards, now also: friend (8)"},
	} {
		if said := changed(t, c.language, c.pairs...); !strings.Contains(said, c.want) {
			t.Errorf("%v: want %q in\n%s", c.pairs, c.want, said)
		}
	}
}

func TestAListInAnotherOrderSaysSo(t *testing.T) {
	before := maps.Clone(there)
	before["data/coops/fern.yaml"] = file(strings.Replace(fern, "[es]", "[es, en]", 1))
	c := change{write: map[string]*fstest.MapFile{"data/coops/fern.yaml": file(strings.Replace(fern, "[es]", "[en, es]", 1))}, id: 7}
	if said := of(t, c.on(before)).Markdown("en", nowhere); !strings.Contains(said, "- Languages, the same in another order: English, Spanish") {
		t.Errorf("got\n%s", said)
	}
}

func TestWhoMaySayYesIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		change
		want []string
	}{
		"steward":  {edit("2026-05-01", "2026-11-20"), []string{"**Nobody has to look.**", "someone (7) is one of its stewards", "The co-op's own listing.", "at its website, fern.example"}},
		"stranger": {change{edit("2026-05-01", "2026-11-20").write, nil, 8}, []string{"**A person has to look.**", "its stewards (fern-member (7)), or a maintainer", "Does Fern want this?"}},
		"others": {change{map[string]*fstest.MapFile{"data/coops/new.yaml": file("name: New\nlisted_by: third-party\nsource: {name: A list, url: \"https://list.example\", licence: CC0-1.0, retrieved: 2026-06-10}\n")}, nil, 8},
			[]string{"A listing by others, from A list (https&#58;&#8203;//list.example, CC0-1.0), as of 2026-06-10.", "a maintainer", "Is New a cooperative", "Does the source say this of New"}},
		"new":   {edit(), []string{"it changes nothing"}},
		"mends": {edit("[wordpress]", "[word-press]"), []string{"**Something has to be mended first.**", "**error**, line 6: "}},
		"code":  {change{map[string]*fstest.MapFile{"Makefile": file("x")}, nil, 7}, []string{"**A maintainer of the code has to look.**", "- `Makefile`", "What would the changed files do"}},
		"away":  {change{nil, map[string]string{"data/coops/wide.yaml": ""}, 7}, []string{"### Wide (wide): removed", "Who asks that Wide goes?"}},
		"moved": {change{nil, map[string]string{"data/coops/fern.yaml": "data/coops/farn.yaml"}, 7}, []string{"### Fern (farn): renamed, was fern", "is fern missing in its former ids?"}},
	} {
		p := c.proposal()
		if name == "new" {
			p.Changes = nil
		}
		said := of(t, p).Markdown("en", nowhere)
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%s: want %q in\n%s", name, want, said)
			}
		}
	}
}

func TestWhatItDoesForOthersAndWhoItMayBeIsSaid(t *testing.T) {
	twin := strings.NewReplacer("Fern", "Fern Coop", "fern.example", "fern-coop.example", "fern-member, id: 7", "x, id: 9", "skills: [wordpress]", "skills: [wordpress]\nteaches: [{skill: elixir}]").Replace(fern)
	said := of(t, change{write: map[string]*fstest.MapFile{"data/coops/twin.yaml": file(twin)}}.proposal()).
		Markdown("en", func(slug string) string { return "https://forge.example/" + slug })
	for _, want := range []string{
		"May be the same as [Fern](https://forge.example/fern) (fern): they have one name.",
		"- Moss wants to learn Elixir; 1 more could help: Fern Coop",
		"Is the account x (9) one of Fern Coop?",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("want %q in\n%s", want, said)
		}
	}
}

func TestALongReviewCountsWhatItLeavesOut(t *testing.T) {
	c := change{write: map[string]*fstest.MapFile{"README.md": file("x")}}
	for n := range 1000 {
		slug := fmt.Sprintf("fern-%d", n)
		c.write["data/coops/"+slug+".yaml"] = file(strings.NewReplacer("Fern", slug, "fern.example", slug+".example").Replace(fern))
		c.write["bin/"+strings.Repeat("@", 200)+slug] = file("x")
	}
	said := of(t, c.proposal()).Markdown("es", nowhere)
	shown := strings.Count(said, ": nueva\n")
	if runes := utf8.RuneCountInString(said); runes > review.MostRunes || runes < review.MostRunes*9/10 {
		t.Errorf("%d characters", runes)
	}
	if want := fmt.Sprintf("Hay %d cooperativas más que no se muestran aquí", 1000-shown); shown == 0 || !strings.Contains(said, want) {
		t.Errorf("%d shown; want %q in\n%s", shown, want, said)
	}
}

// stuffed is a review in which every text that a stranger may write is the one.
func stuffed(text string) *review.Review {
	said := directory.Text{"en": text}
	coop := func(slug string) *directory.Coop {
		return &directory.Coop{
			Slug: slug, Name: text, Website: text, ListedBy: "third-party", Contact: &directory.Contact{Email: text + "@" + text},
			Source: &directory.Source{Name: text, URL: text, Licence: text, Retrieved: directory.Date(text)}, Stewards: []directory.Steward{{Login: text, ID: 9}},
		}
	}
	own := coop(text)
	own.ListedBy = "coop"
	values := map[string]any{
		"/name": text, "/kind": text, "/founded": json.Number("1"), "/summary/en": text, "/summary/" + text: text, "/" + text: text,
		"/languages": []any{text}, "/serves": []any{text}, "/skills": []any{text, map[string]any{"other": text, "level": text, "note": map[string]any{text: text}}},
		"/teaches":   []any{map[string]any{"skill": text, "formats": []any{text}, "languages": []any{text}, "terms": text}},
		"/needs":     []any{map[string]any{"skill": text, "kind": "learn", "until": text, "terms": []any{text}}, map[string]any{"kind": text}},
		"/locations": []any{map[string]any{"place": text, "region": text, "country": text, "coordinates": map[string]any{"latitude": text}}},
		"/products":  []any{map[string]any{"name": text, "website": text, "summary": map[string]any{"en": text}}}, "/links": []any{map[string]any{"kind": text, "url": text}},
		"/stewards": []any{map[string]any{"login": text, "id": text}}, "/contact/email": text, "/members": map[string]any{text: text}, "/networks": text, "/declines": []any{[]any{text}},
	}
	var fields, gone []review.Field
	for _, path := range slices.Sorted(maps.Keys(values)) {
		fields = append(fields, review.Field{Path: path, Before: values[path]}, review.Field{Path: path, After: values[path]}, review.Field{Path: path, Before: "before", After: values[path]})
		gone = append(gone, review.Field{Path: path, After: values[path]})
	}
	fields = append(fields, review.Field{Path: "/description/en", Before: text + " same " + text, After: text + " new " + text})
	asks := directory.Requester{Name: text, Website: text, Sector: text}
	var posted, reposted []review.Field
	for path, value := range map[string]any{
		"/title/en": text, "/title/" + text: text, "/kind": text, "/start": text, "/end": text, "/online": text, "/place": text, "/languages": []any{text}, "/hosts": []any{text},
		"/topics": []any{text, map[string]any{text: text}}, "/who/name": text, "/who/website": text, "/who/sector": text, "/skills": []any{text}, "/countries": []any{text},
		"/terms": text, "/until": text, "/contact/email": text, "/contact/form": text, "/status": text, "/" + text: text,
	} {
		posted = append(posted, review.Field{Path: path, After: value})
		reposted = append(reposted, review.Field{Path: path, Before: value}, review.Field{Path: path, Before: "before", After: value})
	}
	for _, fields := range [][]review.Field{posted, reposted} {
		slices.SortStableFunc(fields, func(a, b review.Field) int { return strings.Compare(a.Path, b.Path) })
	}
	reposted = append(reposted, review.Field{Path: "/description/en", Before: text + " same " + text, After: text + " new " + text})
	var shared, reshared []review.Field
	for _, path := range []string{"/" + text, "/alias_of", "/label/en", "/label/" + text, "/name", "/part_of", "/synonyms/en", "/website"} {
		var value any = text
		if path == "/synonyms/en" {
			value = []any{text, map[string]any{text: text}}
		}
		shared = append(shared, review.Field{Path: path, After: value})
		reshared = append(reshared, review.Field{Path: path, Before: value}, review.Field{Path: path, Before: "before", After: value})
	}
	skill := &directory.Skill{ID: text, Label: said}
	r := &review.Review{
		Author: review.Author{Login: text, ID: 9}, Verdict: review.TouchesCode, Reasons: []review.Reason{{Code: "code", Count: 1}},
		Coops: []review.Coop{
			{Slug: text, Kind: review.Added, After: own, Fields: gone, Likes: []check.Resemblance{{Other: coop(text), Why: check.SameName}}},
			{Slug: text, From: text, Kind: review.Renamed, Before: coop("x"), After: coop(text), Fields: fields},
			{Slug: text, Kind: review.Changed, Before: own, After: coop(text), Mine: true},
			{Slug: text, Kind: review.Removed, Before: own},
		},
		Postings: []review.Posting{
			{Type: "event", Slug: text, Kind: review.Added, Fields: posted, Title: said, Over: true, Hosts: []string{text, "o"}, Mine: true, Unasked: []string{text}},
			{Type: "event", Slug: text, From: text, Kind: review.Renamed, Fields: reposted, Hosts: []string{text}, Stewards: []directory.Steward{{Login: text, ID: 9}}},
			{Type: "event", Slug: text, Kind: review.Removed, Title: said, Hosts: []string{text}},
			{Type: "request", Slug: text, Kind: review.Changed, Form: true, Fields: reposted, Title: said, Over: true, Who: asks, Contact: own.Contact},
			{Type: "request", Slug: text, Kind: review.Closed, Fields: posted, Title: said, Who: asks},
		},
		Shared: []review.Shared{
			{Type: "networks", ID: text, Kind: review.Added, Name: said, Fields: shared},
			{Type: "sectors", ID: text, Kind: review.Removed, Name: said},
			{Type: "skills", ID: text, Kind: review.Changed, Name: said, Category: text, From: text, Fields: reshared},
			{Type: "skills", ID: text, Kind: review.Added, Category: text, Fields: shared},
			{Type: "governance", Kind: review.Changed, Fields: reshared},
		},
		DataFiles: []string{text}, OtherFiles: []string{text}, Clashes: []string{text},
		Problems: []problem.Problem{
			{File: text, Rule: problem.CountryCode, Message: problem.Say("country-code", "found", text)},
			{File: text, Rule: problem.MissingKey, Message: problem.Say("missing-key", "key", text, "example", text, "hint", problem.Theirs(map[string]string{"en": text}))},
		},
		Mended: 1, Unlooked: true,
		Matches: []exchange.Match{
			{Wish: exchange.Wish{Kind: exchange.Learn, Skill: text, Coop: own}, Offer: coop("o")},
			{Wish: exchange.Wish{Kind: exchange.Request, Skill: text, Request: &directory.Request{Slug: text, Who: directory.Requester{Name: text}}}, Offer: coop("o")},
		},
		Directory: &directory.Directory{
			Coops: []*directory.Coop{own}, Skills: []*directory.Skill{skill}, Networks: []*directory.Network{{ID: text, Name: text}}, Sectors: []*directory.Sector{{ID: text, Label: said}},
		},
	}
	return r
}

// What forges make more of, in the text that comes of Markdown.
var forged = regexp.MustCompile(`@\w|#\w|(?i)\bwww\.\w|://|:[\w+-]+:|(?i)\bgh-\d|\b[0-9a-f]{7}`)

// FuzzAReviewIsNothingButOurs looks for a text of a profile that becomes more than text in a review: a heading, a mention, a picture, a
// mark for the one who looks for comments, a link or the text of one, a box that is ticked.
func FuzzAReviewIsNothingButOurs(f *testing.F) {
	for _, text := range []string{
		"Fern", "# x", "- x", "a\n\n### Fern (fern): new\n", "@everyone", "o/r#1", "deadbeef", "https://evil.example", "www.evil.example", "[x](https://evil.example)",
		"![x](https://evil.example/x.png)", "[x]: https://evil.example", "<!-- coops:review -->", "-->", "<img src=x>", "</del></ins></li>", "<details>", "`", "``` x", "*x*", "__x__", "~~x~~",
		"a | b\n|---|---|", "[x] y", ":tada:", "$x$", "> [!WARNING]", "\u202eabc", "a\u200bb", "\ue000\ue001", "{{.name}}", "שלום", "x](https://evil.example) [y", "1. x", "\\", "&lt;b&gt;", "\xff", "a-1 ghsa-x", ":tada",
	} {
		f.Add(text)
	}
	plain, _, _ := shapeOf(f, stuffed("word"), "en")
	f.Fuzz(func(t *testing.T, text string) {
		language := problem.Languages[len(text)%len(problem.Languages)]
		shape, texts, said := shapeOf(t, stuffed(text), language)
		for tag, count := range shape {
			switch tag {
			case "h3", "input checked= disabled= type=checkbox", "input disabled= type=checkbox", "a href=https://forge.example/x", "strong":
				if count > plain[tag] { // fewer where there is nothing to say
					t.Errorf("%q: %d of %s, want %d in\n%s", text, count, tag, plain[tag], said)
				}
			case "p", "ul", "li", "code", "del", "ins":
			default:
				t.Errorf("%q became %s in\n%s", text, tag, said)
			}
		}
		for _, node := range texts {
			if found := forged.FindString(node); found != "" {
				t.Errorf("%q: a forge makes more of %q in\n%s", text, found, node)
			}
		}
		if runes := utf8.RuneCountInString(said); runes > review.MostRunes {
			t.Errorf("%.20q: %d characters", text, runes)
		}
	})
}

func TestAHugeTextIsCut(t *testing.T) {
	for _, text := range []string{strings.Repeat("@", 60_000), strings.Repeat("a ", 30_000), strings.Repeat("`", 60_000), strings.Repeat("ש#", 30_000)} {
		said := stuffed(text).Markdown("en", nowhere)
		if runes := utf8.RuneCountInString(said); runes > review.MostRunes {
			t.Errorf("%.20q: %d characters", text, runes)
		}
	}
}

// shapeOf returns how many elements of each kind a review becomes, as GitHub reads it, its texts but for code, and itself.
func shapeOf(t testing.TB, r *review.Review, language string) (shape map[string]int, texts []string, said string) {
	t.Helper()
	said = r.Markdown(language, func(string) string { return "https://forge.example/x" })
	var b bytes.Buffer
	reader := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(gohtml.WithUnsafe()))
	if err := reader.Convert([]byte(said), &b); err != nil {
		t.Fatal(err)
	}
	page, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	shape = map[string]int{}
	var walk func(s *goquery.Selection)
	walk = func(s *goquery.Selection) {
		s.Contents().Each(func(_ int, c *goquery.Selection) {
			switch name := goquery.NodeName(c); name {
			case "#text", "span": // around a sign that begins no formula
				texts = append(texts, c.Text())
			case "code":
				shape[name]++
			default:
				for _, a := range c.Nodes[0].Attr {
					if a.Key != "id" {
						name += " " + a.Key + "=" + a.Val
					}
				}
				shape[name]++
				walk(c)
			}
		})
	}
	walk(page.Find("body"))
	return shape, texts, said
}
