package sitetest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// written returns the file that the form has made so far, and what it lacks.
func (v *tab) written() (text, lacks string) {
	v.t.Helper()
	v.until(`document.querySelector(".form__file code")?.textContent.length > 0`)
	return evaluate[string](v, `document.querySelector(".form__file code").textContent`), evaluate[string](v, `document.querySelector(".form__problems--none") ? "" : document.querySelector(".form__problems").innerText`)
}

// visitForm opens a form with a draft as if somebody had left it there.
func (v *tab) visitForm(address string, draft map[string]any) {
	v.t.Helper()
	v.visitFormOf("coop", address, draft)
}

func (v *tab) visitFormOf(kind, address string, draft map[string]any) {
	v.t.Helper()
	if draft != nil {
		content, err := json.Marshal(draft)
		if err != nil {
			v.t.Fatal(err)
		}
		quoted, err := json.Marshal(string(content))
		if err != nil {
			v.t.Fatal(err)
		}
		v.visit("/about/")
		evaluate[bool](v, `localStorage.setItem("coops-draft-`+kind+`-", `+string(quoted)+`), true`)
	}
	v.visit(address)
}

// passes holds a file against fmt and validate, beside the profiles of a directory.
func passes(t *testing.T, directory, name, text string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(directory)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	program, err := filepath.Abs(filepath.Join(root, "bin", "coops"))
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"fmt", "--check", name}, {"validate", "--severity", "warning"}} {
		cmd := exec.Command(program, args...)
		cmd.Dir = dir
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("coops %s: %v\n%s\n%s", strings.Join(args, " "), err, said, text)
		}
	}
}

// exampleData returns a copy of the example's data, without what it was built into.
func exampleData(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range filesIn(t, "examples/network") {
		if !strings.HasPrefix(name, "data/") {
			continue
		}
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Every field, with texts that YAML would take for something else, comes out as fmt writes it and as validate lets pass.
func TestTheFormWritesEveryField(t *testing.T) {
	data := exampleData(t)
	odd := "Yes: #1, [\"a\"] & 'b' – 012 \\ …"
	text := func(s string) map[string]any {
		return map[string]any{"es": s, "no": "# " + s, "en": "One: two\n\n- three"}
	}
	full := map[string]any{
		"name": odd, "website": "https://bracken.example/?a=b&c=d#e", "kind": "worker", "status": "active",
		"summary": map[string]any{"es": odd, "no": "Ja: nei"}, "description": text(odd), "founded": 2012, "members": 14,
		"locations": []any{map[string]any{"country": "AR", "region": "AR-S", "place": "Rosario: centro", "coordinates": map[string]any{"latitude": -32.95, "longitude": -60.64}}, map[string]any{"country": "UY"}},
		"remote":    false, "serves": []any{"worldwide", "AR"}, "languages": []any{"es", "no"}, "timezones": []any{"America/Argentina/Cordoba"}, "networks": []any{"trama-austral", "mareas-comunes"}, "sectors": []any{"unions", "health"},
		"skills":       []any{"web-development", map[string]any{"skill": "elixir", "level": "expert", "note": map[string]any{"es": odd}}, map[string]any{"other": "Braille: embossing"}},
		"declines":     []any{"wordpress", "blockchain"},
		"teaches":      []any{map[string]any{"skill": "elixir", "formats": []any{"workshop", "mentoring"}, "languages": []any{"es", "en"}, "terms": "exchange", "note": text("No: más")}},
		"needs":        []any{map[string]any{"skill": "kubernetes", "kind": "learn", "formats": []any{"pairing"}, "terms": []any{"free", "exchange"}, "until": "2099-06-30", "note": map[string]any{"en": "yes"}}},
		"products":     []any{map[string]any{"name": "Cosecha: 2", "website": "https://cosecha.example", "summary": map[string]any{"es": odd}}},
		"availability": "open", "contact": map[string]any{"email": "hola@bracken.example", "form": "https://bracken.example/contacto"},
		"links": []any{map[string]any{"kind": "code", "url": "https://git.bracken.example"}}, "former_names": []any{"null", odd}, "former_slugs": []any{"old-bracken"},
		"listed_by": "coop", "confirmed": "2026-11-01", "stewards": []any{map[string]any{"login": "someone", "id": 12345}},
	}
	ended := map[string]any{"name": "Bracken", "status": "merged", "ended": 2024, "successor": "horneros", "listed_by": "third-party", "source": map[string]any{"name": "A: list", "url": "https://list.example", "licence": "CC0-1.0", "retrieved": "2026-06-10"}}
	v := visitor(t, example.server.URL)
	reached := map[string]bool{}
	for _, draft := range []map[string]any{full, ended} {
		v.visitForm("/join/", draft)
		got, lacks := v.written()
		if lacks != "" {
			t.Errorf("it lacks: %s", lacks)
		}
		passes(t, data, "data/coops/bracken.yaml", got)
		for key := range draft {
			reached[key] = true
			if !strings.Contains(got, "\n"+key+":") {
				t.Errorf("%s is not in the file:\n%s", key, got)
			}
		}
	}
	for _, pointer := range evaluate[[]string](v, `[...document.querySelectorAll(".form [data-pointer]")].map((node) => node.dataset.pointer)`) {
		if key := strings.TrimPrefix(pointer, "/"); !strings.Contains(key, "/") && !reached[key] && key != "logo" {
			t.Errorf("the form has a field %s that this test does not fill", key)
		}
	}
}

// Who opens a listing and changes nothing gets its file back, byte for byte.
func TestChangingNothingInAListingChangesNothing(t *testing.T) {
	v := visitor(t, example.server.URL)
	var slugs []string
	for _, c := range example.coops {
		slugs = append(slugs, c.Slug)
	}
	slices.Sort(slugs)
	for _, slug := range slugs {
		file, err := os.ReadFile(filepath.Join(root, "examples/network/data/coops", slug+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		v.visit("/join/?edit=" + slug)
		if got, lacks := v.written(); got != string(file) || lacks != "" {
			t.Errorf("%s lacks %q; the file became\n%s", slug, lacks, got)
		}
	}
}

// A co-op adds itself with the keyboard alone: it types needs and names, and finds what is meant.
func TestACoopAddsItselfByTyping(t *testing.T) {
	data := exampleData(t)
	v := visitor(t, example.server.URL)
	v.visit("/es/join/")
	evaluate[bool](v, `localStorage.clear(), true`) // drafts of other tests
	v.visit("/es/join/")
	v.written()
	type_ := func(selector, keys string) {
		t.Helper()
		evaluate[bool](v, `document.querySelector(`+"`"+selector+"`"+`).focus(), true`)
		v.press(keys)
	}
	type_(`[data-pointer="/name"] input`, "Ñandú & Hijas")
	type_(`[data-pointer="/summary"] textarea`, "Hacemos sitios: para todas.")
	type_(`[data-pointer="/remote"] select`, "S")
	type_(`[data-pointer="/languages"] select`, "español")
	v.press("\r")
	type_(`[data-pointer="/skills"] input`, "necesitamos vender por internet")
	v.until(`!!document.querySelector('[data-pointer="/skills"] [data-skill]')`)
	v.press("\r")
	v.until(`document.activeElement.matches("[data-skill]")`)
	v.press("\r")
	type_(`[data-pointer="/skills"] input`, "Impresión en braille")
	v.until(`!!document.querySelector('[data-pointer="/skills"] [data-own]')`)
	v.click(`[data-pointer="/skills"] [data-own]`)
	type_(`[data-pointer="/contact/email"] input`, "hola")
	v.until(`!!document.querySelector('[data-pointer="/contact/email"] [aria-invalid]')`)
	v.press("@nandu.example")
	v.until(`!!document.querySelector(".form__problems--none")`)
	got, _ := v.written()
	for _, wanted := range []string{"name: Ñandú & Hijas\n", "summary: {es: \"Hacemos sitios: para todas.\"}\n", "remote: true\n", "languages: [es]\n", "skills:\n  - e-commerce\n  - {other: \"Impresión en braille\"}\n", "contact: {email: hola@nandu.example}\n", "listed_by: coop\n"} {
		if !strings.Contains(got, wanted) {
			t.Errorf("%q is not in the file:\n%s", wanted, got)
		}
	}
	want(t, "path", evaluate[string](v, `document.querySelector(".form__outcome .soft").textContent`), "data/coops/nandu-hijas.yaml")
	passes(t, data, "data/coops/nandu-hijas.yaml", got)

	v.visit("/es/join/") // the draft is there again
	again, lacks := v.written()
	want(t, "the draft", again, got)
	want(t, "what the draft lacks", lacks, "")
	evaluate[bool](v, `[...document.querySelectorAll(".form__outcome button")].at(-1).click(), true`)
	v.until(`!document.querySelector(".form__file code").textContent.includes("braille")`)

	want(t, "no name of a file", evaluate[string](v, `document.querySelector(".form__problems a[href='#form-slug']").textContent`), "Nombre del archivo: falta")
	v.click(".form__problems a[href='#form-slug']")
	v.until(`document.activeElement.id === "form-slug"`)
	v.press("Ñ")
	v.until(`document.querySelector(".form__problems a[href='#form-slug']").textContent === "Nombre del archivo: no está escrito como debe"`)
}

func TestTheFormPutsTheColonAsItsLanguageDoes(t *testing.T) {
	v := visitor(t, example.server.URL)
	for address, wanted := range map[string]string{"/join/": "Summary: is missing", "/fr/join/": "Résumé\u00a0: manque"} {
		v.visit(address)
		evaluate[bool](v, `localStorage.clear(), true`) // drafts of other tests
		v.visit(address)
		if _, lacks := v.written(); !strings.Contains(lacks, wanted) {
			t.Errorf("%s lacks %q, want %q in it", address, lacks, wanted)
		}
	}
}

func TestTheFormWritesARequest(t *testing.T) {
	request := map[string]any{
		"title": map[string]any{"es": "Queremos cobrar: en línea"}, "who": map[string]any{"name": "Granja Común", "website": "https://granja.example", "sector": "agriculture"},
		"description": map[string]any{"es": "Hoy cobramos a mano.\n\n- Somos 40"}, "skills": []any{"donations-payments"}, "languages": []any{"es"}, "countries": []any{"AR"}, "terms": "paid",
		"until": "2099-01-31", "contact": map[string]any{"email": "hola@granja.example"}, "status": "open",
	}
	v := visitor(t, example.server.URL)
	v.visitFormOf("request", "/es/ask/", request)
	got, lacks := v.written()
	want(t, "what it lacks", lacks, "")
	for key := range request {
		if !strings.Contains(got, "\n"+key+":") {
			t.Errorf("%s is not in the file:\n%s", key, got)
		}
	}
	path := evaluate[string](v, `document.querySelector(".form__outcome .soft").textContent`)
	want(t, "path", path, "data/requests/queremos-cobrar-en-linea.yaml")
	passes(t, exampleData(t), path, got)
}

func TestAListingIsTakenOverOrConfirmed(t *testing.T) {
	v := visitor(t, ours.server.URL)
	slug := ours.first(t, "not confirmed", func(c coop) bool { return c.ListedBy == "third-party" }).Slug
	v.visit("/join/?edit=" + slug + "&claim")
	got, lacks := v.written()
	if !strings.Contains(got, "\nlisted_by: coop\n") || strings.Contains(got, "\nsource:") || !strings.Contains(got, "\nconfirmed: ") {
		t.Errorf("taken over, the file is\n%s", got)
	}
	if lacks == "" {
		t.Error("nobody is asked for what only the co-op can say")
	}
	v = visitor(t, example.server.URL)
	v.visit("/join/?edit=horneros&confirm")
	if got, _ := v.written(); strings.Contains(got, "confirmed: 2026-11-02") {
		t.Errorf("it is confirmed with the day of before:\n%s", got)
	}
}

// What is not changed stays as it was written, with its comments.
func TestChangingOneFieldLeavesTheOthersAlone(t *testing.T) {
	files := filesIn(t, "examples/network")
	const before = "# yaml-language-server: $schema=../../schema/coop.schema.json\n# Ours\nname: Bracken # as we write it\nwebsite: https://bracken.example\n\n# what we say\nsummary: {en: \"We are: Bracken.\"}\n" +
		"locations:\n  - {country: \"NO\", place: Oslo, coordinates: {latitude: 59.90, longitude: 10.70}} # the harbor\nlanguages: [en]\nskills:\n  # first of all\n  - python\n" +
		"contact: {email: hello@bracken.example}\nlisted_by: coop\nconfirmed: 2026-01-01\n# the end\n"
	files["data/coops/bracken.yaml"] = before
	s := newSite(t, files, nil)
	v := visitor(t, s.server.URL)
	v.visit("/join/?edit=bracken")
	got, _ := v.written()
	want(t, "as it is", got, before)
	evaluate[bool](v, `document.querySelector('[data-pointer="/website"] input').focus(), true`)
	v.press("/new")
	v.until(`document.querySelector(".form__file code").textContent.includes("/new")`)
	got, lacks := v.written()
	want(t, "one field changed", got, strings.Replace(before, "https://bracken.example\n", "https://bracken.example/new\n", 1))
	want(t, "what it lacks", lacks, "")
	passes(t, exampleData(t), "data/coops/bracken.yaml", got)
	v.visit("/join/?edit=bracken&confirm")
	evaluate[bool](v, `localStorage.clear(), true`)
	v.visit("/join/?edit=bracken&confirm")
	got, _ = v.written()
	day := evaluate[string](v, `new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10)`)
	want(t, "confirmed", got, strings.Replace(before, "confirmed: 2026-01-01", "confirmed: "+day, 1))
}

func TestTheFormHandsTheFileIn(t *testing.T) {
	files := filesIn(t, "examples/network")
	files["hugo.yaml"] = "params: {repository: 'https://git.example/net/work/', contact: 'us@commons.example'}\n"
	s := newSite(t, files, nil)
	want(t, "without a script", hrefs(s.page(t, "/join/").Find(".without-script a")), "https://git.example/net/work/issues/new?template=add.yml mailto:us@commons.example")
	want(t, "in Spanish", hrefs(s.page(t, "/es/join/").Find(".without-script a")), "https://git.example/net/work/issues/new?template=add.es.yml mailto:us@commons.example")
	v := visitor(t, s.server.URL)
	ways := func() map[string]string {
		return evaluate[map[string]string](v, `Object.fromEntries([...document.querySelectorAll(".actions [data-way]")].map((way) => [way.dataset.way, way.href ?? ""]))`)
	}
	v.expects("a request elsewhere: blob:") // the file to download
	short := map[string]any{"name": "Ünder & Co", "listed_by": "third-party"}
	v.visitForm("/join/", short)
	text, _ := v.written()
	got := ways()
	if want := "https://git.example/net/work/new/main?filename=data%2Fcoops%2Funder-co.yaml&value="; !strings.HasPrefix(got["github"], want) {
		t.Errorf("it is handed in at %s, want %s…", got["github"], want)
	}
	if !strings.HasPrefix(got["mail"], "mailto:us@commons.example?subject=data%2Fcoops%2Funder-co.yaml&body=") {
		t.Errorf("the mail is %s", got["mail"])
	}
	want(t, "the file to download", evaluate[string](v, `document.querySelector("[download]").download`), "under-co.yaml")
	// The file itself is what was shown.
	downloaded := evaluate[string](v, `fetch(document.querySelector("[download]").href).then((file) => file.text())`, chromedp.EvalAwaitPromise)
	want(t, "what is downloaded", downloaded, text)

	long := map[string]any{"name": "Long", "listed_by": "coop", "description": map[string]any{"es": strings.Repeat("ñandú ", 480), "en": strings.Repeat("wörds ", 480)}}
	v.visitForm("/join/", long)
	v.written()
	want(t, "too long for an address", ways()["github"], "https://git.example/net/work/new/main?filename=data%2Fcoops%2Flong.yaml")
	v.visitForm("/join/?edit=horneros", nil)
	v.written()
	want(t, "an old file", ways()["github"], "https://git.example/net/work/edit/main/data/coops/horneros.yaml")
}

func TestTheFormThatCannotBeLoadedSaysSo(t *testing.T) {
	v := visitor(t, example.server.URL)
	v.expects("404", "Error: ")
	v.visit("/join/?edit=nobody-of-that-name")
	v.until(`!!document.querySelector("#form [role=alert]")`)
}
