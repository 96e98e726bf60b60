package review_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"coops/internal/history"
	"coops/internal/problem"
	"coops/internal/review"
	"coops/internal/upkeep"
)

// today is the day on which every test takes place.
const today = "2026-11-23"

// there is what there is before a proposal. 7 is the account of Fern's steward.
var there = fstest.MapFS{
	"data/skills/web.yaml": file(`elixir:
  label: {en: Elixir, es: Elixir, fr: Elixir, pt: Elixir}
translation:
  label: {en: Translation, es: Traducción, fr: Traduction, pt: Tradução}
wordpress:
  label: {en: WordPress, es: WordPress, fr: WordPress, pt: WordPress}
`),
	"data/networks.yaml":   file("trama:\n  name: Trama\n  website: https://trama.example\n"),
	"data/sectors.yaml":    file("health:\n  label: {en: Health, es: Salud, fr: Santé, pt: Saúde}\n"),
	"data/coops/fern.yaml": file(fern),
	"data/coops/moss.yaml": file(`name: Moss
website: https://moss.example
summary: {en: We look after the mail of small associations.}
languages: [en, es]
remote: true
skills: [wordpress]
needs:
  - {skill: elixir, kind: learn}
contact: {email: hello@moss.example}
listed_by: coop
confirmed: 2026-05-01
`),
	"data/coops/wide.yaml": file(`name: Wide
website: https://wide.example
listed_by: third-party
source: {name: A list, url: "https://list.example", licence: CC0-1.0, retrieved: 2026-06-10}
`),
}

const fern = `name: Fern
website: https://fern.example
summary: {es: Hacemos sitios web para sindicatos.}
languages: [es]
remote: true
skills: [wordpress]
contact: {email: hola@fern.example}
listed_by: coop
confirmed: 2026-05-01
stewards:
  - {login: fern-member, id: 7}
`

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// change is what a proposal does to the files: those it writes, and those it takes away or moves, by name.
type change struct {
	write map[string]*fstest.MapFile
	moves map[string]string // before -> after, "" for away
	id    int64             // of the author
}

// edit writes Fern's profile with texts replaced.
func edit(pairs ...string) change {
	return change{write: map[string]*fstest.MapFile{"data/coops/fern.yaml": file(strings.NewReplacer(pairs...).Replace(fern))}, id: 7}
}

func (c change) proposal() review.Proposal { return c.on(there) }

func (c change) on(before fstest.MapFS) review.Proposal {
	after := maps.Clone(before)
	p := review.Proposal{Before: before, After: after, Today: today, Author: review.Author{Login: "someone", ID: c.id}}
	for from, to := range c.moves {
		if to != "" {
			after[to] = after[from]
		}
		delete(after, from)
		p.Changes = append(p.Changes, history.Change{Before: from, After: to})
	}
	for name, f := range c.write {
		was := name
		if before[name] == nil {
			was = ""
		}
		if !slices.ContainsFunc(p.Changes, func(c history.Change) bool { return c.After == name }) {
			p.Changes = append(p.Changes, history.Change{Before: was, After: name})
		}
		after[name] = f
	}
	return p
}

func of(t *testing.T, p review.Proposal) *review.Review {
	t.Helper()
	r, err := review.Of(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func codes(r *review.Review) string {
	var all []string
	for _, reason := range r.Reasons {
		all = append(all, reason.Code)
	}
	return strings.Join(all, " ")
}

func TestTheVerdictThatNeedsNobodyIsTheOneThatMerges(t *testing.T) {
	if review.StewardEdit != upkeep.StewardEdit {
		t.Errorf("a review says %q, and %q is merged", review.StewardEdit, upkeep.StewardEdit)
	}
}

// The profile is Fern's, and the author is its steward unless it is said.
func TestVerdicts(t *testing.T) {
	teaches := "skills: [wordpress]\nteaches:\n  - {skill: elixir, formats: [workshop], languages: [es]}"
	stewards := "stewards:\n  - {login: fern-member, id: 7}"
	by := func(id int64, c change) change { c.id = id; return c }
	for name, c := range map[string]struct {
		change
		verdict review.Verdict
		codes   string
	}{
		"a steward says what is taught":           {edit("skills: [wordpress]", teaches), review.StewardEdit, "steward"},
		"a steward confirms":                      {edit("2026-05-01", "2026-11-20"), review.StewardEdit, "steward"},
		"another page of the website":             {edit("https://fern.example", "https://fern.example/es"), review.StewardEdit, "steward"},
		"somebody else":                           {by(8, edit("2026-05-01", "2026-11-20")), review.NeedsReview, "stranger"},
		"nobody known":                            {by(0, edit("2026-05-01", "2026-11-20")), review.NeedsReview, "stranger"},
		"one who makes themselves a steward":      {by(8, edit(stewards, stewards+"\n  - {login: mallory, id: 8}")), review.NeedsReview, "identity stranger"},
		"a steward who lets another in":           {edit(stewards, stewards+"\n  - {login: friend, id: 8}"), review.NeedsReview, "identity"},
		"a login taken by another":                {by(8, edit("login: fern-member, id: 7", "login: fern-member, id: 8")), review.NeedsReview, "identity stranger"},
		"another name":                            {edit("name: Fern", "name: Bracken"), review.NeedsReview, "identity"},
		"another website":                         {edit("https://fern.example", "https://fern-coop.example"), review.NeedsReview, "identity"},
		"a website that seems the same":           {edit("https://fern.example", "https://fern.example:8443"), review.NeedsReview, "identity"},
		"a third party's from now on":             {edit("listed_by: coop", "listed_by: third-party\nsource: {name: A, url: \"https://a.example\", licence: CC0-1.0, retrieved: 2026-06-10}"), review.NeedsReview, "identity"},
		"an address of others":                    {edit("listed_by", "former_slugs: [acme]\nlisted_by"), review.NeedsReview, "identity"},
		"a picture":                               {change{write: map[string]*fstest.MapFile{"data/logos/fern.png": file("\x89PNG\r\n\x1a\n and so on")}, id: 7}, review.NeedsReview, "data"},
		"an error":                                {edit("[wordpress]", "[word-press]"), review.NeedsChanges, "errors"},
		"no YAML":                                 {edit("name: Fern", "name: [Fern"), review.NeedsChanges, "errors identity"},
		"a warning":                               {edit("Hacemos sitios web", "Lorem ipsum dolor sit amet"), review.NeedsReview, "warnings"},
		"a website that others can listen to":     {edit("https://fern.example", "http://fern.example"), review.NeedsReview, "identity"},
		"a remark alone":                          {edit("skills:", "# a remark\nskills:"), review.NeedsReview, "form"},
		"what stands above":                       {edit("name: Fern", "# yaml-language-server: $schema=https://evil.example/x.json\nname: Fern", "2026-05-01", "2026-11-20"), review.NeedsReview, "form"},
		"what an editor looks for":                {edit("skills:", "# yaml-language-server: $schema=https://evil.example/x.json\nskills:", "2026-05-01", "2026-11-20"), review.NeedsReview, "form"},
		"a network":                               {edit("skills:", "networks: [trama]\nskills:"), review.NeedsReview, "identity"},
		"a program":                               {change{write: map[string]*fstest.MapFile{"data/coops/fern.yaml": {Data: []byte(strings.Replace(fern, "-05-01", "-11-20", 1)), Mode: 0o755}}, id: 7}, review.NeedsReview, "form"},
		"a link":                                  {change{write: map[string]*fstest.MapFile{"data/coops/fern.yaml": {Data: []byte("../../../etc/passwd"), Mode: fs.ModeSymlink}}, id: 7}, review.NeedsChanges, "errors identity form"},
		"ten megabytes":                           {change{write: map[string]*fstest.MapFile{"data/coops/fern.yaml": file(fern + strings.Repeat("# and more\n", 1<<20))}, id: 7}, review.NeedsChanges, "errors identity"},
		"another's profile, too":                  {change{write: map[string]*fstest.MapFile{"data/coops/fern.yaml": file(strings.Replace(fern, "-05-01", "-11-20", 1)), "data/coops/moss.yaml": file(strings.Replace(string(there["data/coops/moss.yaml"].Data), "-05-01", "-11-20", 1))}, id: 7}, review.NeedsReview, "stranger"},
		"a listing by others":                     {change{write: map[string]*fstest.MapFile{"data/coops/wide.yaml": file(strings.Replace(string(there["data/coops/wide.yaml"].Data), "-06-10", "-11-20", 1))}, id: 7}, review.NeedsReview, "identity stranger"},
		"the end":                                 {edit("name: Fern", "name: Fern\nstatus: closed\nended: 2026"), review.NeedsReview, "closed"},
		"a new co-op":                             {change{write: map[string]*fstest.MapFile{"data/coops/gorse.yaml": file(strings.ReplaceAll(strings.ReplaceAll(fern, "fern", "gorse"), "Fern", "Gorse"))}, id: 7}, review.NeedsReview, "added"},
		"removed":                                 {change{moves: map[string]string{"data/coops/fern.yaml": ""}, id: 7}, review.NeedsReview, "removed"},
		"renamed":                                 {change{moves: map[string]string{"data/coops/fern.yaml": "data/coops/farn.yaml"}, id: 7}, review.NeedsReview, "renamed"},
		"moved out of the data":                   {change{moves: map[string]string{"data/coops/fern.yaml": "docs/fern.yaml"}, id: 7}, review.TouchesCode, "code removed"},
		"everything away":                         {change{moves: map[string]string{"data/coops/fern.yaml": "", "data/coops/moss.yaml": "", "data/coops/wide.yaml": "", "data/skills/web.yaml": "", "data/networks.yaml": "", "data/sectors.yaml": ""}, id: 7}, review.NeedsChanges, "no-data removed data"},
		"the vocabulary":                          {change{write: map[string]*fstest.MapFile{"data/skills/web.yaml": file(strings.Replace(string(there["data/skills/web.yaml"].Data), "en: WordPress", "en: Wordpress", 1))}, id: 7}, review.NeedsReview, "data"},
		"the validator":                           {change{write: map[string]*fstest.MapFile{"internal/check/check.go": file("package check"), "data/coops/fern.yaml": file(strings.Replace(fern, "-05-01", "-11-20", 1))}, id: 7}, review.TouchesCode, "code"},
		"the settings":                            {change{write: map[string]*fstest.MapFile{"hugo.yaml": file("title: Ours\n")}, id: 7}, review.TouchesCode, "code"},
		"what lies about in a folder of data":     {change{write: map[string]*fstest.MapFile{"data/coops/.hidden": file("x")}, id: 7}, review.TouchesCode, "code"},
		"a folder named as a profile":             {change{write: map[string]*fstest.MapFile{"data/coops/fern.yaml/x.yaml": file("x")}, moves: map[string]string{"data/coops/fern.yaml": ""}, id: 7}, review.TouchesCode, "code errors removed"},
		"nothing":                                 {change{id: 7}, review.NeedsReview, "nothing"},
		"a skill taken away that others have":     {change{write: map[string]*fstest.MapFile{"data/skills/web.yaml": file("elixir:\n  label: {en: Elixir}\ntranslation:\n  label: {en: Translation}\n")}, id: 7}, review.NeedsChanges, "errors data"},
		"a co-op taken away that others refer to": {change{write: map[string]*fstest.MapFile{"data/coops/moss.yaml": file("name: Moss\nstatus: merged\nended: 2025\nsuccessor: fern\nlisted_by: third-party\nsource: {name: A, url: \"https://a.example\", licence: CC0-1.0, retrieved: 2026-06-10}\n")}, moves: map[string]string{"data/coops/fern.yaml": ""}, id: 7}, review.NeedsChanges, "errors closed removed"},
	} {
		t.Run(name, func(t *testing.T) {
			r := of(t, c.proposal())
			if r.Verdict != c.verdict || codes(r) != c.codes {
				t.Errorf("got %s (%s), want %s (%s)\n%s", r.Verdict, codes(r), c.verdict, c.codes, written(t, r))
			}
		})
	}
}

func written(t *testing.T, r *review.Review) string {
	t.Helper()
	var b strings.Builder
	if err := problem.WriteText(&b, problem.Report{Problems: r.Problems}, problem.Style{Speaker: problem.In("en")}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWhatTheOtherSideChangedMeanwhileNeedsAPerson(t *testing.T) {
	p := edit("2026-05-01", "2026-11-20").proposal()
	p.Clashes = []string{"data/coops/fern.yaml"}
	if r := of(t, p); r.Verdict != review.NeedsReview || codes(r) != "clash" {
		t.Errorf("got %s (%s)", r.Verdict, codes(r))
	}
}

func TestAStewardIsOneOfTheBaseAlone(t *testing.T) {
	r := of(t, change{write: map[string]*fstest.MapFile{"data/coops/moss.yaml": file(strings.Replace(string(there["data/coops/moss.yaml"].Data), "confirmed", "stewards: [{login: someone, id: 7}]\nconfirmed", 1))}, id: 7}.proposal())
	if c := r.Coops[0]; c.Mine || len(c.Stewards()) != 0 || r.Verdict != review.NeedsReview {
		t.Errorf("got %s, %+v", r.Verdict, c)
	}
}

func TestFieldsAreToldBeforeAndAfter(t *testing.T) {
	r := of(t, edit("es: Hacemos sitios web para sindicatos.", "es: Hacemos sitios., en: We make sites.", "contact: {email: hola@fern.example}", "contact: {form: \"https://fern.example/es\"}",
		"remote: true\n", "", "[es]", "[es, gl]").proposal())
	got := []string{}
	for _, f := range r.Coops[0].Fields {
		before, _ := json.Marshal(f.Before)
		after, _ := json.Marshal(f.After)
		got = append(got, fmt.Sprintf("%s %s %s", f.Path, before, after))
	}
	want := []string{
		`/summary/en null "We make sites."`, `/summary/es "Hacemos sitios web para sindicatos." "Hacemos sitios."`, `/remote true null`,
		`/languages ["es"] ["es","gl"]`, `/contact/email "hola@fern.example" null`, `/contact/form null "https://fern.example/es"`,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestWhatHappensToACoopIsToldBySlug(t *testing.T) {
	r := of(t, change{
		moves: map[string]string{"data/coops/fern.yaml": "data/coops/farn.yaml", "data/coops/wide.yaml": ""},
		write: map[string]*fstest.MapFile{
			"data/coops/farn.yaml":  file(fern + "former_slugs: [fern]\n"),
			"data/coops/gorse.yaml": file("name: Gorse\n"),
			"data/coops/moss.yaml":  file("name: Moss\nlisted_by: third-party\nstatus: closed\nended: 2024\nsource: {name: A, url: \"https://a.example\", licence: CC0-1.0, retrieved: 2026-06-10}\n"),
		},
	}.proposal())
	var got []string
	for _, c := range r.Coops {
		got = append(got, fmt.Sprintf("%s %s %s %s %d", c.Kind, c.Slug, c.From, c.Name(), min(len(c.Fields), 1)))
	}
	want := []string{"renamed farn fern Fern 1", "added gorse  Gorse 1", "closed moss  Moss 1", "removed wide  Wide 1"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What was wrong before is no doing of the proposal, wherever it stands now.
func TestProblemsAreThoseThatTheProposalBrings(t *testing.T) {
	before := maps.Clone(there)
	before["data/coops/fern.yaml"] = file(strings.Replace(fern, "https://fern.example", "http://fern.example", 1))
	before["data/coops/broken.yaml"] = file("name: Broken\n")
	before["data/coops/bad.yaml"] = file("name: Bad\nlisted_by: nobody\n")
	c := change{write: map[string]*fstest.MapFile{
		"data/coops/fern.yaml": file("# more\n\n" + strings.NewReplacer("https://fern.example", "http://fern.example", "[es]", "[es, xx]").Replace(fern)), // the old warning is a line further down
		"data/coops/bad.yaml":  file("name: Worse\nlisted_by: nobody\n"),                                                                                  // the old error stays
		"data/coops/twin.yaml": file("name: Moss\nlisted_by: third-party\nsource: {name: A, url: \"https://a.example\", licence: CC0-1.0, retrieved: 2026-06-10}\n"),
	}}
	r := of(t, c.on(before))
	var got []string
	for _, p := range r.Problems {
		got = append(got, p.File+" "+p.Rule.Name)
	}
	want := []string{"data/coops/bad.yaml unknown-value", "data/coops/fern.yaml language-code", "data/coops/twin.yaml duplicate-name"}
	if !slices.Equal(got, want) || r.Mended != 0 {
		t.Errorf("got %q and %d mended, want %q", got, r.Mended, want)
	}
	mended := of(t, change{write: map[string]*fstest.MapFile{"data/coops/broken.yaml": file(strings.ReplaceAll(strings.ReplaceAll(fern, "fern", "broken"), "Fern", "Broken"))}}.on(before))
	if mended.Mended == 0 || len(mended.Problems) != 0 {
		t.Errorf("%d mended, and still %s", mended.Mended, written(t, mended))
	}
}

func TestPathsAreThoseOfTheRepositoryAlsoBelowItsTop(t *testing.T) {
	p := change{write: map[string]*fstest.MapFile{"data/coops/fern.yaml": file("name: Fern\n"), "README.md": file("x")}}.proposal()
	for i, c := range p.Changes {
		p.Changes[i] = history.Change{Before: strings.Replace(c.Before, "data/", "site/data/", 1), After: strings.Replace(c.After, "data/", "site/data/", 1)}
	}
	p.Folder = "site"
	r := of(t, p)
	if len(r.Coops) != 1 || r.Coops[0].Slug != "fern" || !slices.Equal(r.OtherFiles, []string{"README.md"}) || len(r.Problems) == 0 || r.Problems[0].File != "site/data/coops/fern.yaml" {
		t.Errorf("got %+v, %q, %s", r.Coops, r.OtherFiles, written(t, r))
	}
}

func TestCoopsThatMayBeTheSameAreToldOnce(t *testing.T) {
	twin := strings.NewReplacer("Fern", "Fern Coop", "fern.example", "fern-coop.example", "fern-member, id: 7", "x, id: 9").Replace(fern)
	r := of(t, change{write: map[string]*fstest.MapFile{"data/coops/twin.yaml": file(twin)}}.proposal())
	if c := r.Coops[0]; len(c.Likes) != 1 || c.Likes[0].Other.Slug != "fern" {
		t.Errorf("got %+v", c.Likes)
	}
	before := maps.Clone(there)
	before["data/coops/twin.yaml"] = file(twin)
	if c := of(t, edit("2026-05-01", "2026-11-20").on(before)).Coops[0]; len(c.Likes) != 0 {
		t.Errorf("what was alike before: %+v", c.Likes)
	}
}

func TestMatchesAreThoseThatTheProposalCreates(t *testing.T) {
	r := of(t, edit("skills: [wordpress]", "skills: [wordpress]\nteaches:\n  - {skill: elixir}").proposal())
	if len(r.Matches) != 1 || r.Matches[0].Of() != "moss" || r.Matches[0].Offer.Slug != "fern" || r.Unlooked {
		t.Errorf("got %+v", r.Matches)
	}
}

func TestAThousandFilesGetAVerdictAndNobodyLooksForWhatTheyDo(t *testing.T) {
	c := change{write: map[string]*fstest.MapFile{}, id: 7}
	for n := range 1000 {
		slug := fmt.Sprintf("fern-%d", n)
		c.write["data/coops/"+slug+".yaml"] = file(strings.NewReplacer("Fern", slug, "fern.example", slug+".example", "skills: [wordpress]", "skills: [wordpress]\nteaches: [{skill: elixir}]\nneeds: [{skill: wordpress, kind: work}]").Replace(fern))
	}
	r := of(t, c.proposal())
	if r.Verdict != review.NeedsReview || len(r.Coops) != 1000 || r.Reasons[0].Count != 1000 || !r.Unlooked || len(r.Matches) != 0 {
		t.Errorf("got %s (%s), %d co-ops, %d matches\n%.2000s", r.Verdict, codes(r), len(r.Coops), len(r.Matches), written(t, r))
	}
}

// What a stranger makes up has no end; what is kept of it has.
func TestOfWhatIsTooMuchTheGravestIsKept(t *testing.T) {
	bad := "name: x\nlisted_by: third-party\nsource: {name: A list, url: \"https://list.example\", licence: CC0-1.0, retrieved: 2026-06-10}\nlanguages:\n" + strings.Repeat("  - xx\n", 500)
	c := change{write: map[string]*fstest.MapFile{}}
	for n := range 15 {
		c.write[fmt.Sprintf("data/coops/x-%d.yaml", n)] = file(bad + "summary: {en: \"" + strings.Repeat("x ", 30_000) + "\"}\n")
	}
	r := of(t, c.proposal())
	if r.Verdict != review.NeedsChanges || !r.Cut || len(r.Problems) != 1000 || r.Reasons[0].Count <= 1000 || problem.Count(r.Problems, problem.Error) != 1000 {
		t.Errorf("%s (%+v), cut %v, %d problems", r.Verdict, r.Reasons, r.Cut, len(r.Problems))
	}
}

func TestOfProfilesThatAreTooManyTheFirstAreTold(t *testing.T) {
	before := maps.Clone(there)
	c := change{moves: map[string]string{}}
	for n := range 20 {
		name := fmt.Sprintf("data/coops/x-%02d.yaml", n)
		before[name] = file("name: x\nlisted_by: third-party\nsummary: {en: \"" + strings.Repeat("x ", 30_000) + "\"}\n")
		c.moves[name] = ""
	}
	r := of(t, c.on(before))
	if len(r.Coops) != 20 || len(r.Coops[0].Fields) == 0 || len(r.Coops[19].Fields) != 0 || !r.Cut {
		t.Errorf("%d co-ops, cut %v", len(r.Coops), r.Cut)
	}
}

// What is left out of a review is not left out of its verdict.
func TestAStewardOfManyChangesTheIdentityOfNone(t *testing.T) {
	before := maps.Clone(there)
	c := change{write: map[string]*fstest.MapFile{}, id: 7}
	long := "description: {es: \"" + strings.Repeat("Hola ", 590) + "\"}\n# " + strings.Repeat("x", 57_000) + "\n"
	for n := range 15 {
		slug := fmt.Sprintf("x-%02d", n)
		text := strings.NewReplacer("Fern", slug, "fern.example", slug+".example").Replace(fern)
		name := "data/coops/" + slug + ".yaml"
		before[name] = file(text + long)
		c.write[name] = file(strings.Replace(text, "2026-05-01", "2026-11-20", 1) + long)
	}
	if r := of(t, c.on(before)); r.Verdict != review.StewardEdit || !r.Cut {
		t.Fatalf("got %s (%s), cut %v\n%s", r.Verdict, codes(r), r.Cut, written(t, r))
	}
	c.write["data/coops/x-14.yaml"] = file(strings.Replace(string(c.write["data/coops/x-14.yaml"].Data), "id: 7", "id: 8", 1))
	if r := of(t, c.on(before)); r.Verdict != review.NeedsReview || codes(r) != "identity" {
		t.Errorf("got %s (%s)", r.Verdict, codes(r))
	}
}

func TestAChangeThatWritesTooMuchIsNotRead(t *testing.T) {
	c := change{write: map[string]*fstest.MapFile{}, moves: map[string]string{"data/coops/wide.yaml": ""}, id: 7}
	for n := range 1000 {
		c.write[fmt.Sprintf("data/coops/x-%d.yaml", n)] = file("name: x\nlisted_by: coop\nlanguages:\n" + strings.Repeat("- xx\n", 12_000))
	}
	c.write["data/coops/fern.yaml"] = c.write["data/coops/x-0.yaml"]
	r := of(t, c.proposal())
	if r.Verdict != review.NeedsChanges || codes(r) != "too-much added removed" || len(r.Coops) != 1002 || len(r.Problems) != 0 || !r.Unlooked || !r.Cut {
		t.Errorf("got %s (%s), %d co-ops, %d problems", r.Verdict, codes(r), len(r.Coops), len(r.Problems))
	}
	if said := r.Markdown("en", nowhere); !strings.Contains(said, "more data than is looked at") || !strings.Contains(said, "### Fern (fern): changed") {
		t.Errorf("got\n%s", said)
	}
}

func TestAnUnrelatedChangeHasToBeMended(t *testing.T) {
	if r := review.Unrelated(review.Author{ID: 7}); r.Verdict != review.NeedsChanges || codes(r) != "unrelated" {
		t.Errorf("got %s (%s)", r.Verdict, codes(r))
	}
}

// A clone without the content of files is no reason to think that nothing is in them.
func TestAFileThatCannotBeReadIsAFailure(t *testing.T) {
	p := edit("2026-05-01", "2026-11-20").proposal()
	p.Before, p.After = locked{p.Before}, locked{p.After}
	if r, err := review.Of(t.Context(), p); err == nil {
		t.Errorf("got %s (%s)", r.Verdict, codes(r))
	}
}

// locked is a file system in which one file cannot be opened.
type locked struct{ fs.FS }

func (l locked) Open(name string) (fs.File, error) {
	if name == "data/coops/wide.yaml" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.FS.Open(name)
}

func TestEveryReasonCanBeSaidInEveryLanguage(t *testing.T) {
	for _, code := range []string{"code", "unrelated", "no-data", "too-much", "errors", "added", "renamed", "closed", "removed", "identity", "form", "stranger", "data", "clash", "warnings", "nothing", "steward", "hosts", "lead", "gone"} {
		said := map[string]bool{}
		for _, language := range problem.Languages {
			for _, count := range []int{1, 2} {
				said[problem.In(language).Say(review.Reason{Code: code, Count: count}.Message())] = true
			}
		}
		if len(said) < len(problem.Languages) {
			t.Errorf("%s: %v", code, slices.Sorted(maps.Keys(said)))
		}
	}
}
