package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"coops/internal/directory"
)

// small is a directory in which every join has something to join.
func small() *directory.Directory {
	yes := true
	return &directory.Directory{
		Coops: []*directory.Coop{
			{Slug: "alder", Name: "Alder", Website: "https://www.alder.example/x", ListedBy: "coop", Confirmed: "2026-11-01",
				Summary:   directory.Text{"es": "Hacemos webs."},
				Locations: []directory.Location{{Country: "AR", Place: "Rosario"}}, Remote: &yes,
				Languages: []string{"es"}, Networks: []string{"ring"}, FormerSlugs: []string{"old-alder"},
				Skills:  []directory.SkillUse{{Skill: "web"}, {Skill: "old-web"}, {Other: "Braille"}},
				Teaches: []directory.Offer{{Skill: "elixir"}}, Needs: []directory.Need{{Skill: "hosting", Kind: "learn"}}},
			{Slug: "beech", Name: "Bëech", ListedBy: "third-party", Skills: []directory.SkillUse{{Skill: "web"}},
				Locations: []directory.Location{{Country: "AR"}, {Country: "UY", Place: "Montevideo"}}},
			{Slug: "cedar", Name: "Cedar", ListedBy: "third-party", Status: "closed", Successor: "alder",
				Skills: []directory.SkillUse{{Skill: "web"}}, Locations: []directory.Location{{Country: "AR"}}},
		},
		Skills: []*directory.Skill{
			{ID: "elixir", Category: "technology", Label: directory.Text{"en": "Elixir", "es": "Elixir"}, Synonyms: map[string][]string{"en": {"Phoenix"}}},
			{ID: "hosting", Category: "infrastructure", Label: directory.Text{"en": "Hosting", "es": "Alojamiento"}},
			{ID: "old-web", Label: directory.Text{"en": "Web"}, AliasOf: "web"},
			{ID: "web", Category: "web", Label: directory.Text{"en": "Web development", "es": "Desarrollo web"},
				Synonyms: map[string][]string{"en": {"website"}, "es": {"página"}}, Asks: directory.Text{"en": "We need a website."}},
		},
		Networks: []*directory.Network{{ID: "ring", Name: "Ring", Website: "https://ring.example"}},
	}
}

func TestASkillKnowsWhoDoesTeachesAndNeedsIt(t *testing.T) {
	pages := newView(newIndex(small()), "en").stage("2026-11-23")["skills"].([]skillPage)
	var got []string
	for _, p := range pages {
		got = append(got, p.Label+": "+strings.Join(p.Does, ",")+" | "+strings.Join(p.Teaches, ",")+" | "+strings.Join(p.Needs, ","))
	}
	want := []string{"Elixir:  | alder | ", "Hosting:  |  | alder", "Web development: alder,beech |  | "}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestEndedCoopsKeepAPageButDoNothing(t *testing.T) {
	staged := newView(newIndex(small()), "en").stage("2026-11-23")
	pages := pagesOf(staged)
	if len(pages) != 3 || pages[2].Successor == nil || pages[2].Successor.Label != "Alder" || pages[0].Predecessors[0].ID != "cedar" {
		t.Errorf("the successor is lost: %+v", pages)
	}
	o := staged["overview"].(overview)
	if o.Coops != 2 || o.Ended != 1 || o.Unconfirmed != 1 || o.Countries != 2 || o.Teaching != 1 {
		t.Errorf("overview: %+v", o)
	}
	argentina := staged["countries"].([]groupPage)[0]
	if !slices.Equal(argentina.Coops, []string{"alder", "beech"}) || !slices.Equal(argentina.Ended, []string{"cedar"}) {
		t.Errorf("Argentina: %+v", argentina)
	}
}

// pagesOf unpacks what is staged of co-ops.
func pagesOf(s staged) []coopPage {
	var pages []coopPage
	for _, e := range s["coops"].([]coopEntry) {
		pages = append(pages, e.Page.of)
	}
	return pages
}

func TestWhatIsPackedIsJSONInAString(t *testing.T) {
	staged := newView(newIndex(small()), "en").stage("2026-11-23")
	text, err := asJSON(staged["coops"])
	if err != nil {
		t.Fatal(err)
	}
	var entries []struct{ Slug, Name, Where, Page string }
	if err := json.Unmarshal([]byte(text), &entries); err != nil {
		t.Fatal(err)
	}
	var page struct{ Slug, Name string }
	if err := json.Unmarshal([]byte(entries[0].Page), &page); err != nil {
		t.Fatal(err)
	}
	if e := entries[0]; e.Where != "Rosario, Argentina" || page.Slug != e.Slug || page.Name != e.Name {
		t.Errorf("got %+v with %+v", e, page)
	}
}

func TestGroupsAreDrawnFromWhatTheirCoopsSay(t *testing.T) {
	d := small()
	d.Coops[0].Founded, d.Coops[0].Members = 2015, 7
	d.Coops[1].Founded = 2004
	d.Coops[1].Languages = []string{"es", "ar"}
	d.Coops[2].Founded, d.Coops[2].Members = 1990, 100 // closed
	staged := newView(newIndex(d), "en").stage("2026-11-23")
	argentina := staged["countries"].([]groupPage)[0]
	want := portrait{Coops: 2, Own: 1, Teaching: 1, Needing: 1, Oldest: 2004, Newest: 2015, FoundedSaid: 2, Members: 7, MembersSaid: 1,
		Skills:    []count{{"web", "Web development", 2}},
		Countries: []count{{"uy", "Uruguay", 1}},
		Languages: []count{{"es", "Spanish", 2}, {"ar", "Arabic", 1}}} // ar is a language here, though Argentina's code too
	if got := argentina.Portrait; !reflect.DeepEqual(got, want) {
		t.Errorf("Argentina\ngot  %+v\nwant %+v", got, want)
	}
	spanish := staged["languages"].([]groupPage)[1]
	if spanish.ID != "es" || !slices.Equal(spanish.Portrait.Languages, []count{{"ar", "Arabic", 1}}) || len(spanish.Portrait.Countries) != 2 {
		t.Errorf("Spanish: %+v", spanish)
	}
	if ring := staged["networks"].([]groupPage)[0]; ring.Network.Host != "ring.example" || !slices.Equal(ring.Coops, []string{"alder"}) {
		t.Errorf("Ring: %+v", ring)
	}
}

func TestHistoryIsShownWhereItIsKnown(t *testing.T) {
	x := newIndex(small())
	x.history = map[string]directory.Dates{"alder": {First: "2024-02-01", Last: "2026-10-31"}}
	pages := pagesOf(newView(x, "en").stage("2026-11-23"))
	if pages[0].Listed != "2024-02-01" || pages[0].Changed != "2026-10-31" || pages[1].Listed != "" {
		t.Errorf("got %+v", pages[:2])
	}
}

func TestCoopsAreListedSinceGitOrElseTheirProfileSays(t *testing.T) {
	d := small()
	d.Coops[0].Confirmed = "2026-06-01"
	d.Coops[1].Confirmed = "2026-05-01"
	d.Coops[1].Source = &directory.Source{Retrieved: "2026-04-01"}
	x := newIndex(d)
	x.history = map[string]directory.Dates{d.Coops[0].Slug: {First: "2024-02-01", Last: "2026-10-31"}}
	for i, want := range []directory.Date{"2024-02-01", "2026-04-01", ""} {
		if got := x.listedOn(d.Coops[i]); got != want {
			t.Errorf("%s is listed since %q, want %q", d.Coops[i].Slug, got, want)
		}
	}
	v := newView(x, "en")
	if dates := v.columns(v.names(d.Coops)).dates(x); !strings.Contains(dates, "2024-02-01") {
		t.Errorf("the search sorts by %q", dates)
	}
}

// many is a directory in which n co-ops of one country do these skills each.
func many(groups map[string]int) *directory.Directory {
	d := &directory.Directory{}
	for _, skills := range slices.Sorted(maps.Keys(groups)) {
		for i := range groups[skills] {
			c := &directory.Coop{Slug: fmt.Sprintf("%s-%d", skills, i), Name: skills, Locations: []directory.Location{{Country: "AR"}}}
			for _, id := range strings.Fields(skills) {
				c.Skills = append(c.Skills, directory.SkillUse{Skill: id})
				if d.Skill(id) == nil {
					d.Skills = append(d.Skills, &directory.Skill{ID: id, Category: "web", Label: directory.Text{"en": strings.ToUpper(id)}})
					slices.SortFunc(d.Skills, func(a, b *directory.Skill) int { return strings.Compare(a.ID, b.ID) })
				}
			}
			d.Coops = append(d.Coops, c)
		}
	}
	return d
}

func TestRelatedSkillsAreDoneTogetherMoreThanByChance(t *testing.T) {
	// Everybody does the web; css and js go together, css and go by two only, which is too few to tell.
	v := newView(newIndex(many(map[string]int{"css js web": 4, "css go web": 2, "go web": 6, "js web": 1, "web": 7})), "en")
	if got, want := v.related("css"), []count{{"js", "JS", 4}}; !slices.Equal(got, want) {
		t.Errorf("css: got %v, want %v", got, want)
	}
	for _, id := range []string{"web", "go"} {
		if got := v.related(id); len(got) > 0 {
			t.Errorf("%s: got %v, want nothing", id, got)
		}
	}
}

func TestRelatedSkillsAreOrderedByWhatTheyShare(t *testing.T) {
	// b is done with a by more co-ops than c is, but mostly without it.
	v := newView(newIndex(many(map[string]int{"a b": 4, "a c": 3, "b": 9, "d": 20})), "en")
	if got, want := v.related("a"), []count{{"c", "C", 3}, {"b", "B", 4}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSkillKnowsItsPlaceInTheVocabulary(t *testing.T) {
	d := small()
	d.Skills = append(d.Skills, &directory.Skill{ID: "webshop", Category: "web", Label: directory.Text{"en": "Online shops"}})
	pages := newView(newIndex(d), "en").stage("2026-11-23")["skills"].([]skillPage)
	at := slices.IndexFunc(pages, func(p skillPage) bool { return p.ID == "web" })
	if got := pages[at]; !slices.Equal(got.Retired, []string{"old-web"}) || !slices.Equal(got.Neighbors, []count{{"webshop", "Online shops", 0}}) {
		t.Errorf("got %+v", got)
	}
}

func TestSimilarCoopsShareRareSkillsAndAPlace(t *testing.T) {
	coop := func(slug, country, languages, skills string) *directory.Coop {
		c := &directory.Coop{Slug: slug, Name: slug, Languages: strings.Fields(languages)}
		if country != "" {
			c.Locations = []directory.Location{{Country: country}}
		}
		for _, id := range strings.Fields(skills) {
			c.Skills = append(c.Skills, directory.SkillUse{Skill: id})
		}
		return c
	}
	d := &directory.Directory{Coops: []*directory.Coop{
		coop("abroad", "FR", "fr", "web maps voting"), // as similar, but nothing else in common
		coop("asked", "AR", "es", "web maps voting"),  //
		coop("common", "AR", "", "web hosting"),       // one skill in common
		coop("ended", "AR", "es", "web maps voting"),  //
		coop("neighbor", "AR", "", "web maps"),        // two of three
		coop("speaker", "UY", "es", "maps voting"),    // the rarer two of three
		coop("web-a", "AR", "es", "web"), coop("web-b", "AR", "es", "web"),
	}}
	d.Coops[3].Status = "closed"
	v := newView(newIndex(d), "en")
	var got []string
	for _, s := range v.similar(d.Coops[1]) {
		line := s.Slug + ":"
		for _, skill := range s.Skills {
			line += " " + skill.ID
		}
		if s.Country != nil {
			line += ", in " + s.Country.Label
		}
		if s.Language != nil {
			line += ", in " + s.Language.Label
		}
		got = append(got, line)
	}
	if want := []string{"speaker: voting maps, in Spanish", "neighbor: maps web, in Argentina"}; !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := v.similar(d.Coops[3]); len(got) == 0 || got[0].Slug != "asked" {
		t.Errorf("who finds a closed one is not led on: %+v", got)
	}
}

func TestCoopForMachinesStatesOnlyWhatItsProfileDoes(t *testing.T) {
	v := newView(newIndex(small()), "es")
	want := `{"@context":"https://schema.org","@type":"Organization","name":"Alder","url":"https://www.alder.example/x","description":"Hacemos webs.",` +
		`"location":[{"@type":"Place","address":{"@type":"PostalAddress","addressLocality":"Rosario","addressCountry":"AR"}}],` +
		`"knowsLanguage":["es"],"knowsAbout":["Desarrollo web","Braille"],"makesOffer":[{"@type":"Offer","itemOffered":{"@type":"Service","name":"Elixir","serviceType":"teaching"}}],` +
		`"seeks":[{"@type":"Demand","itemOffered":{"@type":"Service","name":"Alojamiento","serviceType":"teaching"}}],"memberOf":[{"@type":"Organization","name":"Ring","url":"https://ring.example"}]}`
	if got := v.jsonLD(v.Coops[0]); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	least := v.jsonLD(&directory.Coop{Name: "</script><!-- & \u2028"})
	if want := `{"@context":"https://schema.org","@type":"Organization","name":"\u003c/script\u003e\u003c!-- \u0026 \u2028"}`; least != want {
		t.Errorf("got  %s\nwant %s", least, want)
	}
}

func TestATextInAnotherLanguageSaysWhich(t *testing.T) {
	staged := newView(newIndex(small()), "en").stage("2026-11-23")
	summary := pagesOf(staged)[0].Card.Summary
	if summary == nil || summary.Text != "Hacemos webs." || summary.Language != "es" || summary.Fallback != "Spanish" {
		t.Errorf("got %+v", summary)
	}
	if own := newView(newIndex(small()), "es").cards["alder"].Summary; own.Fallback != "" {
		t.Errorf("a text in the reader's language is marked: %+v", own)
	}
}

func TestPlacesAreSaidInTheReadersLanguage(t *testing.T) {
	v := newView(newIndex(small()), "fr")
	if got := v.cards["alder"].Where; got != "Rosario, Argentine" {
		t.Errorf("got %q", got)
	}
	if got := v.cards["beech"].Where; got != "Argentine, Uruguay" {
		t.Errorf("of several countries none is the main one: got %q", got)
	}
}

func TestMarksStayTheSame(t *testing.T) {
	for name, want := range map[string]string{"Alder": "A", "les veilleuses": "LV", "24ème": "2", "!!!": "·", "Ñandú 2 go": "Ñ2"} {
		if got := initials(name); got != want {
			t.Errorf("initials(%q) = %q, want %q", name, got, want)
		}
	}
	if m := markOf(&directory.Coop{Slug: "alder", Name: "Alder"}); m != (mark{"A", 3, 3}) {
		t.Errorf("the mark of a co-op changed: %+v", m)
	}
}

func TestWordsThatStandInEveryAskTellNothing(t *testing.T) {
	var skills []*directory.Skill
	for i := range 20 {
		skills = append(skills, &directory.Skill{ID: string(rune('a' + i)), Label: directory.Text{"en": "L"}, Asks: directory.Text{"en": "cooperative needs rare" + string(rune('a'+i))}})
	}
	ask, _ := newVocabulary(skills).of(skills[3], "en")
	if ask != "rared" {
		t.Errorf("got %q, want only the telling word", ask)
	}
}

func TestMarkdownFromStrangersIsHarmless(t *testing.T) {
	for input, want := range map[string]string{
		"<script>alert(1)</script>":                 "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n",
		"a <b onclick=x>b</b>":                      "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n",
		"[x](javascript:alert(1))":                  "<p>x</p>\n",
		"[x](JaVaScRiPt:alert(1))":                  "<p>x</p>\n",
		"[x](data:text/html,hi)":                    "<p>x</p>\n",
		"[x](//elsewhere.example)":                  "<p>x</p>\n",
		"![cat](https://elsewhere.example/cat.png)": `<p><a rel="nofollow ugc noopener" href="https://elsewhere.example/cat.png">cat</a></p>` + "\n",
		"[x](https://a.example/\"onmouseover=\"y)":  `<p><a rel="nofollow ugc noopener" href="https://a.example/%22onmouseover=%22y">x</a></p>` + "\n",
		"<https://a.example>":                       `<p><a rel="nofollow ugc noopener" href="https://a.example">https://a.example</a></p>` + "\n",
		"<hola@a.example>":                          `<p><a rel="nofollow ugc noopener" href="mailto:hola@a.example">hola@a.example</a></p>` + "\n",
		"# One\n\n### Three":                        "<h3>One</h3>\n<h4>Three</h4>\n",
		"`<b>` and **bold**":                        "<p><code>&lt;b&gt;</code> and <strong>bold</strong></p>\n",
	} {
		if got := markdownHTML(input); got != want {
			t.Errorf("%q\ngot  %q\nwant %q", input, got, want)
		}
	}
}

// program is the least that a build needs of the program.
var program = fstest.MapFS{
	"hugo.yaml":                 {Data: []byte("defaultContentLanguage: en\nlanguages:\n  es: {weight: 2}\n  en: {weight: 1}\n")},
	"themes/commons/theme.toml": {Data: []byte("name = \"commons\"\n")},
	"content/_index.md":         {Data: []byte("")},
}

// newBuild returns a build into a temporary folder, whose renderer writes one page.
func newBuild(t *testing.T) Build {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "node_modules", "@orama", "stemmers"), 0o755); err != nil {
		t.Fatal(err)
	}
	return Build{Directory: small(), Dir: dir, Program: program, Output: filepath.Join(dir, "public"), Today: "2026-11-23",
		Render: func(_ context.Context, job Job) error {
			if err := os.MkdirAll(job.Output, 0o755); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(job.Output, "index.html"), []byte("page"), 0o644)
		}}
}

// standIn writes the pages of the co-ops that are staged: their data as they are.
type standIn struct {
	job    Job
	differ bool
}

func (k standIn) Render(context.Context, []string) error {
	for _, in := range []string{"en", "es"} {
		data, err := os.ReadFile(filepath.Join(filepath.Dir(k.job.Configs[len(k.job.Configs)-1]), "data", "coops", in+".json"))
		if err != nil {
			return err
		}
		var coops []struct {
			Slug string
			Page json.RawMessage
		}
		if err := json.Unmarshal(data, &coops); err != nil {
			return err
		}
		for _, c := range coops {
			folder := filepath.Join(k.job.Output, map[string]string{"es": "es"}[in], "coops", c.Slug)
			text := regexp.MustCompile(`"picture\\":\\"\d+`).ReplaceAllString(string(c.Page), "") // maps are numbered as they are drawn
			if k.differ {
				text += "!"
			}
			if err := writeFiles(folder, map[string]string{"index.html": text}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (k standIn) Close() error { return nil }

func TestAGlanceMakesOneCoopAsRunDoes(t *testing.T) {
	b := newBuild(t)
	b.Render = func(ctx context.Context, job Job) error { return standIn{job: job}.Render(ctx, nil) }
	differ := false
	b.Keep = func(ctx context.Context, job Job) (Kept, error) {
		k := standIn{job, differ}
		return k, k.Render(ctx, nil)
	}
	if _, err := b.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	g, err := b.Glances(t.Context(), "alder")
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	for _, c := range b.Directory.Coops {
		pages, err := g.Look(t.Context(), b, c.Slug)
		if err != nil || len(pages) != 2 {
			t.Fatal(pages, err)
		}
		for name, page := range pages {
			if want, err := os.ReadFile(filepath.Join(b.Output, name)); err != nil || string(page) != string(want) {
				t.Errorf("%s is\n%s, want\n%s; %v", name, page, want, err)
			}
		}
	}
	edited := *b.Directory
	edited.Coops = slices.Clone(edited.Coops)
	alder := *edited.Coops[0]
	alder.Name = "Renamed"
	edited.Coops[0] = &alder
	b.Directory = &edited
	if pages, err := g.Look(t.Context(), b, "alder"); err != nil || !strings.Contains(string(pages["coops/alder/index.html"]), "Renamed") {
		t.Errorf("the edit is not in %s; %v", pages, err)
	}
	if _, err := g.Look(t.Context(), b, "nobody"); err == nil {
		t.Error("a co-op that is not there is made")
	}
	b.Directory, differ = small(), true
	if _, err := b.Glances(t.Context(), "alder"); err == nil {
		t.Error("glances that differ from what was built are not refused")
	}
	if entries, _ := os.ReadDir(b.Dir); len(entries) != 3 { // node_modules, public, and the folder of the first glances
		t.Errorf("something was left behind: %v", entries)
	}
}

func TestAStampTellsOfWhatPagesAreMadeOf(t *testing.T) {
	b := Build{Dir: t.TempDir()}
	write := func(name, text string) string {
		if err := writeFiles(b.Dir, map[string]string{name: text}); err != nil {
			t.Fatal(err)
		}
		stamp, err := b.Stamp()
		if err != nil {
			t.Fatal(err)
		}
		return stamp
	}
	last := write("hugo.yaml", "title: One\n")
	if now := write("data/coops/alder.yaml", "name: Alder\n"); now != last {
		t.Error("a profile is in it")
	}
	for _, name := range []string{"hugo.yaml", "layouts/home.html", "themes/commons/layouts/home.html", "i18n/en.yaml", "content/about.en.md", "assets/css/site.css", "static/logo.svg", "data/logos/alder.svg"} {
		if now := write(name, "something else"); now == last {
			t.Errorf("%s is not in it", name)
		} else {
			last = now
		}
	}
}

func TestABuildPutsEverythingInPlace(t *testing.T) {
	b := newBuild(t)
	var steps []string
	b.Progress = func(s string) { steps = append(steps, s) }
	summary, err := b.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if summary.Coops != 3 || summary.Pages != 1 || !slices.Equal(summary.Languages, []string{"en", "es"}) {
		t.Errorf("summary: %+v", summary)
	}
	if !slices.Equal(steps, []string{"staging", "rendering", "exporting", "publishing"}) {
		t.Errorf("steps: %q", steps)
	}
	for _, name := range []string{"index.html", "search/en/manifest.json", "search/es/manifest.json", "api/v1/coops.json", "_redirects", marker} {
		if _, err := os.Stat(filepath.Join(b.Output, name)); err != nil {
			t.Error(err)
		}
	}
	entries, _ := os.ReadDir(b.Dir)
	if len(entries) != 2 { // node_modules and public
		t.Errorf("something was left behind: %v", entries)
	}
}

func TestTheRendererGetsStagedDataForEachLanguage(t *testing.T) {
	b := newBuild(t)
	b.Render = func(_ context.Context, job Job) error {
		staged := filepath.Dir(job.Configs[len(job.Configs)-1])
		for _, name := range []string{"cards", "coops", "skills", "categories", "countries", "languages", "networks", "sectors", "map", "overview", "fields", "join", "news"} {
			for _, in := range []string{"en", "es"} {
				data, err := os.ReadFile(filepath.Join(staged, "data", name, in+".json"))
				if err != nil || !json.Valid(data) {
					t.Errorf("%s in %s: %v", name, in, err)
				}
			}
		}
		return errors.New("enough")
	}
	if _, err := b.Run(t.Context()); err == nil {
		t.Error("the renderer's error is lost")
	}
}

func TestAFailedBuildLeavesTheLastSite(t *testing.T) {
	b := newBuild(t)
	if _, err := b.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	broken := b
	broken.Render = func(_ context.Context, job Job) error {
		_ = os.MkdirAll(job.Output, 0o755)
		_ = os.WriteFile(filepath.Join(job.Output, "index.html"), []byte("half"), 0o644)
		return errors.New("no")
	}
	if _, err := broken.Run(t.Context()); err == nil {
		t.Fatal("no error")
	}
	if page, _ := os.ReadFile(filepath.Join(b.Output, "index.html")); string(page) != "page" {
		t.Errorf("the page is now %q", page)
	}
}

func TestAFolderOfOthersIsNotReplaced(t *testing.T) {
	b := newBuild(t)
	if err := os.MkdirAll(b.Output, 0o755); err != nil {
		t.Fatal(err)
	}
	precious := filepath.Join(b.Output, "thesis.txt")
	if err := os.WriteFile(precious, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Run(t.Context()); !errors.Is(err, ErrForeign) {
		t.Errorf("got %v, want ErrForeign", err)
	}
	if _, err := os.Stat(precious); err != nil {
		t.Error(err)
	}
}

func TestSwapWorksWithoutExchange(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"built": "new", "target": "old"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "f"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := swapBySteps(filepath.Join(dir, "built"), filepath.Join(dir, "target")); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "target", "f")); string(data) != "new" {
		t.Errorf("target holds %q", data)
	}
}

func TestFormerAddressesLeadToTheCoop(t *testing.T) {
	got := redirects(small(), []string{"en", "es"})
	want := "/coops/old-alder/ /coops/alder/ 301\n/es/coops/old-alder/ /es/coops/alder/ 301\n/es/* /es/404.html 404\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
