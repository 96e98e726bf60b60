package intake_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"coops/internal/check"
	"coops/internal/intake"
	"coops/internal/layout"
	"coops/internal/problem"
	"coops/internal/yamldoc"
)

// today is the day on which every test takes place.
const today = "2026-11-23"

// base is a small directory with one co-op in it.
var base = fstest.MapFS{
	"data/skills/web.yaml": file(`web-development:
  label: {en: Web development, es: Desarrollo web, fr: Développement web, pt: Desenvolvimento web}
  synonyms: {en: [website building], fr: [création de sites]}
ux-ui:
  label: {en: UX/UI, es: UX/UI, fr: UX/UI, pt: UX/UI}
elixir:
  label: {en: Elixir, es: Elixir, fr: Elixir, pt: Elixir}
`),
	"data/networks.yaml": file("facttic:\n  name: Federación Técnica\n  website: https://facttic.example\n"),
	"data/sectors.yaml":  file("health:\n  label: {en: Health, es: Salud, fr: Santé, pt: Saúde}\n"),
	"data/coops/sound.yaml": file(`name: Sound
website: https://sound.example
former_slugs: [noise]
listed_by: third-party
source: {name: A list, url: "https://list.example", licence: CC0-1.0, retrieved: 2026-06-10}
`),
}

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// origin is what a list made from elsewhere says of itself.
var origin = map[string]string{"listed_by": "third-party", "source.name": "A list", "source.url": "https://list.example", "source.licence": "CC0-1.0", "source.retrieved": "2026-06-10"}

// importing returns an import of a spreadsheet into the base.
func importing(data string) intake.Import {
	return intake.Import{Directory: base, Today: today, File: "list.csv", Data: []byte(data), Same: origin}
}

func plan(t *testing.T, i intake.Import) intake.Plan {
	t.Helper()
	p, err := i.Plan(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// said returns the problems of a plan, one on a line: place, severity, rule and message.
func said(r problem.Report) string {
	var b strings.Builder
	for _, line := range strings.Split(text(r), "\n") {
		if strings.Contains(line, ": ") && !strings.HasPrefix(line, " ") {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

func text(r problem.Report) string {
	var b strings.Builder
	_ = problem.WriteText(&b, r, problem.Style{Speaker: problem.In("en")})
	return b.String()
}

// profile imports one row and returns the file it makes, without what all rows share.
func profile(t *testing.T, data string) string {
	t.Helper()
	p := plan(t, importing(data))
	if p.Report.Failed() || len(p.Files) != 1 {
		t.Fatalf("%q makes %d files:\n%s", data, len(p.Files), text(p.Report))
	}
	own, _, _ := strings.Cut(string(p.Files[0].Data), "listed_by:")
	return own
}

func TestCellsAreUnderstoodAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct{ header, cells, want string }{
		{"name,url", "Fern,fern.example/home", "website: https://fern.example/home\n"},
		{"name,website", "Fern,http://fern.example", "website: http://fern.example\n"},
		{"nombre;país", "Fern;Uruguay", "locations:\n  - {country: UY}\n"},
		{"nom;pays;ville", "Fern;Royaume-Uni;Leeds", "locations:\n  - {country: GB, place: Leeds}\n"},
		{"name,country", `Fern,"Argentina, Brasil / Trinidad and Tobago"`, "locations:\n  - {country: AR}\n  - {country: BR}\n  - {country: TT}\n"},
		{"name,country,city", "Fern,DE,Berlin / Cologne", "locations:\n  - {country: DE, place: Berlin}\n  - {country: DE, place: Cologne}\n"},
		{"name,countries,places", "Fern,DE;IE,Berlin; Dublin", "locations:\n  - {country: DE, place: Berlin}\n  - {country: IE, place: Dublin}\n"},
		{"name,countries,place", "Fern,FR;CA,Québec", "locations:\n  - {place: Québec}\n  - {country: FR}\n  - {country: CA}\n"},
		{"name,country,place,provincia", "Fern,AR,Rosario,Santa Fe", "locations:\n  - {country: AR, place: \"Rosario, Santa Fe\"}\n"},
		{"name,country,region", "Fern,AR,AR-S", "locations:\n  - {country: AR, region: AR-S}\n"},
		{"name;country;lat;lon", "Fern;AR;-32,95;-60,64", "locations:\n  - {country: AR, coordinates: {latitude: -32.95, longitude: -60.64}}\n"},
		{"name;country;coordinates", "Fern;AR;-32.95, -60.64", "locations:\n  - {country: AR, coordinates: {latitude: -32.95, longitude: -60.64}}\n"},
		{"name,languages", `Fern,"English, español and pt-br"`, "languages: [en, es, pt-BR]\n"},
		{"name,founded", "Fern,2.012", "founded: 2012\n"},
		{"name,founded", "Fern,2012-05-01 00:00:00", "founded: 2012\n"},
		{"name;members", "Fern;1.234", "members: 1234\n"},
		{"name;members", "Fern;12,0", "members: 12\n"},
		{"name,remote", "Fern,Sí", "remote: true\n"},
		{"name,remote", "Fern,FAUX", "remote: false\n"},
		{"name,ended,status", "Fern,23/11/2020,fermée", "status: closed\nended: 2020-11-23\n"},
		{"name,ended,status", "Fern,44158,closed", "status: closed\nended: 2020-11-23\n"},
		{"name,ended,status", "Fern,23 de noviembre de 2020,cerrada", "status: closed\nended: 2020-11-23\n"},
		{"name,ended,status", `Fern,"November 3rd, 2020",closed`, "status: closed\nended: 2020-11-03\n"},
		{"name,ended,status", "Fern,2020,closed", "status: closed\nended: 2020\n"},
		{"name,skills", `Fern,"Website building; UX/UI, elixir/Desarrollo Web"`, "skills:\n  - web-development\n  - ux-ui\n  - elixir\n"},
		{"name,compétences", "Fern,\"création de sites\nCI/CD\nÉlixir\"", "skills:\n  - web-development\n  - {other: \"CI/CD\"}\n  - elixir\n"},
		{"name,networks,sectores", "Fern,federacion tecnica,salud", "networks: [facttic]\nsectors: [health]\n"},
		{"name,declines,teaches,wants to learn", "Fern,UX/UI,Elixir,website building", "declines: [ux-ui]\nteaches:\n  - {skill: elixir}\nneeds:\n  - {skill: web-development, kind: learn}\n"},
		{"name,contact", "Fern,mailto:hello@fern.example", "contact: {email: hello@fern.example}\n"},
		{"name,contact", "Fern,fern.example/contact", "contact: {form: \"https://fern.example/contact\"}\n"},
		{"name,GitHub,links", "Fern,github.com/fern,https://forum.example", "links:\n  - {kind: code, url: \"https://github.com/fern\"}\n  - {kind: other, url: \"https://forum.example\"}\n"},
		{"name,Summary (es),summary.en", "Fern,Hacemos  programas.,We code.", "summary: {en: \"We code.\", es: \"Hacemos programas.\"}\n"},
		{"name,language,about", "Fern,fr,\"Un.\n\nDeux: \"\"trois\"\".\"", "description:\n  fr: |-\n    Un.\n\n    Deux: \"trois\".\nlanguages: [fr]\n"},
		{"name,skills,services", "Fern,elixir,UX/UI", "skills:\n  - elixir\n  - ux-ui\n"},
	} {
		got := profile(t, c.header+"\n"+c.cells+"\n")
		if want := "name: Fern\n" + c.want; got != want {
			t.Errorf("%s\n%s\ngot\n%s\nwant\n%s", c.header, c.cells, got, want)
		}
	}
}

func TestSlugsAreMadeOfNames(t *testing.T) {
	for name, want := range map[string]string{
		"Ñandú & Großmann": "nandu-grossmann", "L’Œuf d'or": "loeuf-dor", "Łódź Ølsted": "lodz-olsted", "  24ème  ": "24eme",
		strings.Repeat("long ", 30): strings.TrimSuffix(strings.Repeat("long-", 16), "-"),
	} {
		p := plan(t, importing("name,x\n\""+name+"\",\n"))
		if len(p.Files) != 1 || p.Files[0].Name != "data/coops/"+want+".yaml" {
			t.Errorf("%q: got %v, want %s\n%s", name, p.Files, want, text(p.Report))
		}
	}
}

func TestEveryEncodingAndSeparatorGivesTheSameProfile(t *testing.T) {
	const sheet = "Nombre;País;Descripción (es);Idiomas\nÑandú;España;\"Uno;\ndos “tres”\";es\n"
	want := profile(t, sheet)
	units := utf16.Encode([]rune("\ufeff" + sheet))
	var little, big []byte
	for _, u := range units {
		little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
	}
	for name, data := range map[string]string{
		"byte-order mark":    "\ufeff" + sheet,
		"CRLF":               strings.ReplaceAll(sheet, "\n", "\r\n"),
		"CR":                 strings.ReplaceAll(sheet, "\n", "\r"),
		"UTF-16 LE":          string(little),
		"UTF-16 BE":          string(big),
		"Windows-1252":       strings.NewReplacer("í", "\xed", "ó", "\xf3", "Ñ", "\xd1", "ñ", "\xf1", "ú", "\xfa", "“", "\x93", "”", "\x94").Replace(sheet),
		"tabs":               "Nombre\tPaís\tDescripción (es)\tIdiomas\nÑandú\tEspaña\t\"Uno;\ndos “tres”\"\tes\n",
		"commas":             "Nombre,País,Descripción (es),Idiomas\n Ñandú, España, \"Uno;\ndos “tres”\",es\n",
		"told by Excel":      "sep=;\n" + sheet,
		"empty rows":         "\n\n" + strings.Replace(sheet, "\n", "\n;;;\n\n", 1) + "\n\n;;;\n",
		"quoted all over":    "\"Nombre\";\"País\";\"Descripción (es)\";\"Idiomas\"\n\"Ñandú\";\"España\";\"Uno;\ndos “tres”\";\"es\"\n",
		"short and long row": strings.Replace(sheet, ";Idiomas", ";Idiomas;;", 1),
	} {
		if got := profile(t, data); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

// sheets are spreadsheets by the message that each brings forth.
var sheets = map[string]string{
	"import-file.size":      "name\n" + strings.Repeat("x", intake.MaxSize),
	"import-file.workbook":  "PK\x03\x04 and so on",
	"import-file.binary":    "name\x00website\n",
	"import-file.empty":     "\n\n",
	"import-file.many":      "name" + strings.Repeat(",x", 600) + "\n",
	"import-file.quote":     "name,website\nFern,https://fern.example\n\"Gorse,https://gorse.example\nHeather,\n",
	"import-encoding":       "name\nFern\xe9\n",
	"encoding.control":      "name\nFe\x07rn\n",
	"import-column.twice":   "name,web,url\nFern,,\n",
	"import-column.name":    "website\nhttps://fern.example\n",
	"import-column.none":    "Fern,https://fern.example\nGorse,https://gorse.example\n",
	"import-ignored":        "name,shoe size\nFern,42\n",
	"import-row.cells":      "name,skills\nFern,a,b\n",
	"import-row.id":         "name,slug\nFern,../events/fern\n",
	"import-row.slug":       "name,country\n合作社,CN\n",
	"import-value.formula":  "name,members\nFern,=A1+3\n",
	"import-value.language": "name,summary\nFern,We code.\n",
	"import-skill":          "name,skills\nFern,Braille embossing\n",
	"import-known.slug":     "name,slug\nOther,sound\n",
	"import-known.website":  "name,website\nOther,http://www.sound.example/en\n",
	"import-known.name":     "name,website\nSOUND Ltd,https://other.example\n",
	"import-twice.slug":     "name,slug\nFern,fern\nGorse,fern\n",
	"import-twice.website":  "name,website\nFern,fern.example\nGorse,www.fern.example\n",
	"import-twice.name":     "name,website\nFern,fern.example\nFERN,gorse.example\n",
}

func TestEveryMessageOfAnImportIsSaidAtItsPlace(t *testing.T) {
	heard := map[string]bool{}
	hear := func(want string, p intake.Plan) {
		for _, found := range p.Report.Problems {
			for m := found.Message; ; {
				heard[m.ID] = true
				if text := problem.In("en").Say(m); text == m.ID || strings.Contains(text, "<no value>") {
					t.Errorf("%q cannot be said: %s", m.ID, text)
				}
				inner, ok := m.Args["said"].(problem.Message)
				if !ok {
					break
				}
				m = inner
			}
		}
		if !heard[want] {
			t.Errorf("nothing says %q:\n%s", want, text(p.Report))
		}
	}
	for id, data := range sheets {
		hear(id, plan(t, importing(data)))
	}
	i := importing("name,slug\nOther,sound\n")
	i.Duplicates = true
	hear("import-row.taken", plan(t, i))
	i = importing("name\nFern\n")
	i.Same = nil
	hear("import-column.listed", plan(t, i))
	i.Same = map[string]string{"listed_by": "third-party"}
	hear("import-column.source", plan(t, i))
	i.Same = map[string]string{"listed_by": "coop"}
	hear("import-column.confirmed", plan(t, i))
	hear("import-more.rows", plan(t, importing(long(5000, "many"))))
	hear("import-more.problems", plan(t, importing(long(1500, "many"))))

	data, err := os.ReadFile("../problem/messages/en.json")
	if err != nil {
		t.Fatal(err)
	}
	var catalog map[string]any
	if err := json.Unmarshal(data, &catalog); err != nil {
		t.Fatal(err)
	}
	for id := range catalog {
		if strings.HasPrefix(id, "import") && !heard[id] {
			t.Errorf("nothing says %q", id)
		}
	}
}

// long is a spreadsheet of so many rows, each with two mistakes: in the number of members and in the year.
func long(rows int, members string) string {
	var b strings.Builder
	b.WriteString("name,website,members,founded\n")
	for n := range rows {
		fmt.Fprintf(&b, "Fern %d,https://fern-%d.example,%s,%s\n", n, n, members, members)
	}
	return b.String()
}

func TestAMistakeInEveryRowOfALongSpreadsheetIsToldSoon(t *testing.T) {
	p := plan(t, importing(long(20_000, "many")))
	told := said(p.Report)
	if problem.Count(p.Report.Problems, problem.Error) != 1000 || len(p.Report.Problems) > 1010 {
		t.Errorf("%d problems are told", len(p.Report.Problems))
	}
	if !strings.Contains(told, "C2 (members)") || !strings.Contains(told, ": 18000 rows further down were not looked at") || len(p.Files) > 0 {
		t.Errorf("got %d files and\n%.2000s", len(p.Files), told)
	}
}

func TestALongSpreadsheetIsWhole(t *testing.T) {
	data := strings.ReplaceAll(long(2500, "2012"), "Fern 2400,", "Fern 3,") + "Last,https://last.example,3,2012\n"
	p := plan(t, importing(data))
	if told := said(p.Report); len(p.Files) != 2500 || p.Skipped != 1 || !strings.Contains(told, "A2402 (name): a row above has the same name (A5)") {
		t.Errorf("%d files, %d left out:\n%.2000s", len(p.Files), p.Skipped, told)
	}
}

func TestACoopMayNameOneThatIsThereAlready(t *testing.T) {
	data := strings.Replace(strings.ReplaceAll(long(2100, "2012"), "\n", ",,\n"), ",founded,,", ",founded,status,successor", 1)
	data = strings.Replace(data, "2012,2012,,\n", "2012,2012,merged,sound\n", 1)
	if p := plan(t, importing(data)); p.Report.Failed() {
		t.Errorf("got\n%.2000s", text(p.Report))
	}
}

func TestProblemsOfAProfileAreToldAtTheirCell(t *testing.T) {
	p := plan(t, importing("name,website,país,skills,members,Summary (en)\n"+
		"Fern,https://fern.example,UY,elixir,3,We code.\n"+
		"\"Gor\nse\",not an address,\"UY; Atlantis\",\"elixir; Braille\",many,\"<b>We</b> code.\"\n"))
	want := `list.csv:4:5: error: B3 (website): ` + "`website`" + ` "not an address" is not a web address; copy it from the browser's address bar [web-address]
list.csv:4:20: error: C3 (país): country "Atlantis" is not an ISO 3166-1 code; write the two capital letters of the country, as in AR or GB [country-code]
list.csv:4:35: notice: D3 (skills): the vocabulary has no skill "Braille"; it is kept in these words, as ` + "`other`" + ` [import-skill]
list.csv:4:53: error: E3 (members): ` + "`members`" + ` should be a whole number; found "many", write for example ` + "`14`" + ` [wrong-type]
list.csv:4:58: warning: F3 (Summary (en)): ` + "`<b>`" + ` is shown as it stands, since HTML is not read; use Markdown in ` + "`description`" + `, plain text elsewhere [html]
1 file: 3 errors, 1 warning, 1 notice
`
	if got := said(p.Report); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestWhatAllRowsShareIsToldOnce(t *testing.T) {
	i := importing("name\nFern\nGorse\nHeather\n")
	i.Same = maps.Clone(origin)
	i.Same["source.retrieved"] = "31/31/2026"
	want := "list.csv: error: `retrieved` \"31/31/2026\" is not a date; write year-month-day, as in 2026-11-23 [date]\n1 file: 1 error\n"
	if got := said(plan(t, i).Report); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestRowsAreCountedAsASpreadsheetDoes(t *testing.T) {
	got := said(plan(t, importing("name,country\n\n\"Fe\n\nrn\",UY\n,,\n\nGorse,Atlantis\n")).Report)
	if !strings.Contains(got, "B6 (country)") {
		t.Errorf("Atlantis stands in row 6:\n%s", got)
	}
}

func TestANewProfileCannotTakeAnIdThatLedElsewhere(t *testing.T) {
	p := plan(t, importing("name\nNoise\n"))
	if !p.Report.Failed() || !strings.Contains(text(p.Report), "[former-slug]") {
		t.Errorf("got\n%s", text(p.Report))
	}
}

func TestDuplicatesAreTakenIfAskedFor(t *testing.T) {
	i := importing("name,website,slug\nOther,sound.example,\nSound,,sound-two\nOther,,other-two\n")
	if p := plan(t, i); p.Skipped != 2 || len(p.Files) != 1 || p.Report.Failed() {
		t.Errorf("%d are left out:\n%s", p.Skipped, text(p.Report))
	}
	i.Duplicates = true
	p := plan(t, i)
	if p.Skipped != 0 || len(p.Files) != 3 || p.Report.Failed() {
		t.Errorf("%d are left out:\n%s", p.Skipped, text(p.Report))
	}
	if !strings.Contains(text(p.Report), "[duplicate-website]") {
		t.Errorf("the shared website is not told:\n%s", text(p.Report))
	}
}

func TestColumnsAreWhatTheFlagsSay(t *testing.T) {
	i := importing("Org,What,Junk\nFern,elixir,x\n")
	i.Columns = map[string]string{"org": "name", "B": "skills", "3": "-"}
	if p := plan(t, i); len(p.Files) != 1 || len(p.Report.Problems) != 0 || !strings.Contains(string(p.Files[0].Data), "- elixir") {
		t.Errorf("got %v\n%s", p.Files, text(p.Report))
	}
	i.Columns = map[string]string{"Nope": "name"}
	var unknown intake.UnknownColumn
	if _, err := i.Plan(context.Background()); !errors.As(err, &unknown) || unknown.Name != "Nope" {
		t.Errorf("got %v", err)
	}
	i = importing("Fern,elixir\nGorse,UX/UI\n")
	i.NoHeader, i.Columns = true, map[string]string{"A": "name", "2": "skills"}
	if p := plan(t, i); len(p.Files) != 2 || p.Report.Failed() {
		t.Errorf("got %v\n%s", p.Files, text(p.Report))
	}
}

func TestAmbiguousDatesAreAskedFor(t *testing.T) {
	i := importing("name,ended,status\nFern,3/4/2020,closed\n")
	if p := plan(t, i); !p.Report.Failed() || !strings.Contains(text(p.Report), "B2 (ended)") {
		t.Errorf("got\n%s", text(p.Report))
	}
	for first, want := range map[bool]string{true: "ended: 2020-04-03", false: "ended: 2020-03-04"} {
		i.DayFirst = &first
		if p := plan(t, i); p.Report.Failed() || !strings.Contains(string(p.Files[0].Data), want) {
			t.Errorf("want %s, got\n%s", want, text(p.Report))
		}
	}
}

func TestTheDirectoryMayHaveNoProfiles(t *testing.T) {
	empty := maps.Clone(base)
	delete(empty, "data/coops/sound.yaml")
	i := importing("name\nSound\n")
	i.Directory = empty
	if p := plan(t, i); p.Report.Failed() || len(p.Files) != 1 {
		t.Errorf("got\n%s", text(p.Report))
	}
}

func TestAnInterruptedImportSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := importing("name\nFern\n").Plan(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want Canceled", err)
	}
}

func TestACellOfThousandsOfItemsIsRefused(t *testing.T) {
	for _, cell := range []string{strings.Repeat("a,", 30_000), strings.Repeat("a/", 30_000), strings.Repeat("x", 70_000), strings.Repeat("a and ", 10_000)} {
		for _, column := range []string{"skills", "country", "languages", "declines", "website"} {
			p := plan(t, importing("name,"+column+"\nFern,\""+cell+"\"\nGorse,\n"))
			if column != "skills" && !p.Report.Failed() {
				t.Errorf("%s of %.12s… is taken:\n%s", column, cell, text(p.Report))
			}
		}
	}
}

// FuzzImport looks for spreadsheets that make the reader panic, tell a place that is not in the file, or
// make a file that is not written as `coops fmt` would, or that does not pass.
func FuzzImport(f *testing.F) {
	for _, data := range sheets {
		if len(data) < 10_000 {
			f.Add([]byte(data))
		}
	}
	f.Add([]byte("name;país;ciudad;lat;lon;idiomas;resumen;web;correo;año;remoto\nÑandú;UY;\"a / b\";-34,9;1;es;\"- x: #\n'y'\";x.example;a@b.example;2.012;sí\n"))
	f.Add([]byte("name,description.en,links,coordinates,status\n\"{a: b}\",\"\u2028 ~\n\t|\n# x\",\"x.example y\",,\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		i := importing(string(data))
		i.Language = "en"
		p, err := i.Plan(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range p.Report.Problems {
			if found.File != "list.csv" && found.File != "data/coops/sound.yaml" {
				t.Errorf("a problem in %s", found.File)
			}
			if most := len(data) + 2; found.Range.Line > most || found.Column > most || found.EndColumn < found.Column {
				t.Errorf("%+v is no place in %q", found.Range, data)
			}
		}
		if p.Report.Failed() {
			return
		}
		after := maps.Clone(base)
		for _, made := range p.Files {
			doc, _ := yamldoc.Read(made.Name, made.Data)
			shape, _ := layout.Of(made.Name)
			if out, err := doc.Format(shape); err != nil || string(out) != string(made.Data) {
				t.Errorf("%s is written otherwise by fmt (%v):\n%s---\n%s", made.Name, err, made.Data, out)
			}
			after[made.Name] = &fstest.MapFile{Data: made.Data}
		}
		_, report, err := check.Directory(context.Background(), after, today)
		if err != nil {
			t.Fatal(err)
		}
		if report.Failed() && !slices.ContainsFunc(report.Problems, func(p problem.Problem) bool { return p.File == "data/coops/sound.yaml" }) {
			t.Errorf("what was made does not pass:\n%s", text(report))
		}
	})
}
