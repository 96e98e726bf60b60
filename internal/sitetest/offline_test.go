package sitetest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
)

var awaited = chromedp.EvalAwaitPromise

// remote is a small site under a path of its host, whose network can fail.
type remote struct {
	folder, output string
	server         *httptest.Server
	isDown         atomic.Bool
}

const under = "/shared/directory"

func newRemote(t *testing.T) *remote {
	t.Helper()
	// Inside the repository, where the JavaScript packages are found.
	folder, err := os.MkdirTemp(filepath.Join(root, "bin"), "remote-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	r := &remote{folder: folder, output: filepath.Join(folder, "public")}
	r.write(t, "hugo.yaml", "baseURL: https://network.example"+under+"/\ntitle: Remote\n")
	r.list(t, "alder")
	r.build(t)
	files := http.StripPrefix(under, http.FileServer(http.Dir(r.output)))
	r.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		switch {
		case r.isDown.Load():
			panic(http.ErrAbortHandler)
		case strings.HasPrefix(q.URL.Path, under+"/broken/"):
			http.Error(w, "broken", http.StatusInternalServerError)
		case strings.HasPrefix(q.URL.Path, under+"/moved/"):
			http.Redirect(w, q, under+"/about/", http.StatusFound)
		default:
			w.Header().Set("Cache-Control", "no-cache") // as hosts say of pages
			files.ServeHTTP(w, q)
		}
	}))
	t.Cleanup(r.server.Close)
	return r
}

func (r *remote) write(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join(r.folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (r *remote) list(t *testing.T, slug string) {
	t.Helper()
	r.write(t, "data/coops/"+slug+".yaml", fmt.Sprintf(`name: %s
website: https://%s.example
summary: {en: Builds websites}
languages: [en]
locations: [{country: AR, place: Rosario}]
skills: [web-development]
contact: {email: info@%s.example}
listed_by: coop
confirmed: 2026-01-01
`, strings.ToUpper(slug[:1])+slug[1:], slug, slug))
}

func (r *remote) build(t *testing.T) {
	t.Helper()
	if err := build(r.folder, r.output); err != nil {
		t.Fatal(err)
	}
}

// shift is by how much the page has moved under its reader.
const shift = `new Promise((resolve) => {
	new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, e) => sum + e.value, 0))).observe({ type: "layout-shift", buffered: true });
	setTimeout(() => resolve(0), 300);
})`

// kept returns how many files the browser keeps, by the caches of this site.
const kept = `(async () => {
	const found = {};
	for (const name of await caches.keys()) found[name] = (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
	return found;
})()`

// untilKept waits until a file is in the cache.
func (v *tab) untilKept(address string) {
	v.t.Helper()
	v.until(`(window.isKept ??= false, caches.match(` + literal(address) + `).then((found) => { window.isKept = !!found; }), window.isKept)`)
	evaluate[bool](v, `window.isKept = undefined, true`)
}

func TestWhatWasVisitedCanBeReadWithoutNetwork(t *testing.T) {
	r := newRemote(t)
	v := visitor(t, r.server.URL)
	v.expects("Failed to load resource", "favicon")
	v.visit(under + "/coops/")
	v.until(`navigator.serviceWorker.controller !== null`)
	want(t, "scope", evaluate[string](v, `navigator.serviceWorker.controller.scriptURL`), r.server.URL+under+"/sw.js")
	for _, address := range []string{under + "/coops/", under + "/offline/", under + "/pt/offline/"} {
		v.untilKept(address)
	}
	v.untilKept(evaluate[string](v, `document.querySelector("link[rel=stylesheet]").href`))
	v.untilKept(evaluate[string](v, `document.querySelector("script[src*='/js/search.']").src`))
	v.ask("rosario") // fetches, at the latest, what the search needs
	v.visit(under + "/coops/alder/")
	v.untilKept(under + "/coops/alder/")
	v.visit(under + "/es/about/")
	v.untilKept(under + "/es/about/")

	r.isDown.Store(true)
	v.visit(under + "/coops/alder/?from=elsewhere")
	want(t, "co-op", evaluate[string](v, `document.querySelector("h1").textContent`), "Alder")
	if shown := evaluate[string](v, `getComputedStyle(document.querySelector(".masthead")).borderBlockEndStyle`); shown != "solid" {
		t.Errorf("the page has lost its styles: %q", shown)
	}
	v.visit(under + "/coops/?q=rosario")
	want(t, "found without network", fmt.Sprint(v.answer().slugs()), "[alder]")
	v.visit(under + "/es/skills/")
	want(t, "a page that was not visited", evaluate[string](v, `document.querySelector("h1").textContent`), "Sin conexión")
	v.until(`document.querySelectorAll("[data-kept] li").length >= 3`)
	links := evaluate[[]string](v, `[...document.querySelectorAll("[data-kept] a")].map((a) => a.pathname + " " + a.textContent)`)
	if !strings.Contains(strings.Join(links, "\n"), under+"/coops/alder/ Alder") {
		t.Errorf("what can be read: %q", links)
	}

	// Back on the network: what has changed meanwhile is seen at once.
	r.isDown.Store(false)
	r.list(t, "birch")
	r.build(t)
	v.visit(under + "/coops/")
	want(t, "co-ops after a new build", fmt.Sprint(evaluate[int](v, `document.querySelectorAll(".az .card").length`)), "2")
	old := len(evaluate[map[string][]string](v, kept, awaited))
	v.until(`(caches.keys().then((names) => { window.families = names.length; }), window.families === 1)`)
	if old > 2 {
		t.Errorf("%d caches at once", old)
	}
}

func TestErrorsAndRedirectsAreNotKept(t *testing.T) {
	r := newRemote(t)
	v := visitor(t, r.server.URL)
	v.expects("Failed to load resource", "favicon")
	v.visit(under + "/")
	v.until(`navigator.serviceWorker.controller !== null`)
	v.untilKept(under + "/")
	v.visit(under + "/broken/")
	v.visit(under + "/nowhere/")
	v.visit(under + "/moved/")
	want(t, "where the redirect led", v.address(), under+"/about/")
	v.untilKept(under + "/about/")
	evaluate[bool](v, `fetch("`+under+`/api/v1/coops.json").then((r) => r.text()).then(() => true)`, awaited)
	for name, files := range evaluate[map[string][]string](v, kept, awaited) {
		for _, file := range files {
			for _, wrong := range []string{"/broken/", "/nowhere/", "/moved/", "/api/"} {
				if strings.Contains(file, wrong) {
					t.Errorf("%s keeps %s", name, file)
				}
			}
		}
	}
}

func TestOfflineCanBeSwitchedOff(t *testing.T) {
	r := newRemote(t)
	v := visitor(t, r.server.URL)
	v.expects("Failed to load resource", "favicon")
	v.visit(under + "/")
	v.until(`navigator.serviceWorker.controller !== null`)
	r.write(t, "hugo.yaml", "baseURL: https://network.example"+under+"/\ntitle: Remote\nparams: {offline: false}\n")
	r.build(t)
	v.visit(under + "/about/")
	v.until(`(navigator.serviceWorker.getRegistrations().then((all) => { window.workers = all.length; }), window.workers === 0)`)
}

func TestLanguageOfTheReaderIsOfferedOnce(t *testing.T) {
	v := visitor(t, ours.server.URL)
	v.visit("/es/about/")
	v.until(`document.querySelector(".offer") !== null`)
	want(t, "offer", evaluate[string](v, `document.querySelector(".offer a").textContent + " " + document.querySelector(".offer a").getAttribute("href") + " " + document.querySelector(".offer").lang`), "This page is also in English "+ours.server.URL+"/about/ en-US")
	want(t, "shift", fmt.Sprint(evaluate[float64](v, shift, awaited)), "0")
	got := v.audit(readAxe(t))
	for _, found := range got.Found {
		t.Error(found)
	}
	for _, width := range []int64{320, 768, 1280} {
		v.do("set the width", chromedp.EmulateViewport(width, 640))
		if covered := evaluate[float64](v, `(scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" }), document.querySelector(".foot__in > :last-child").getBoundingClientRect().bottom - document.querySelector(".offer").getBoundingClientRect().top)`); covered > 0 {
			t.Errorf("at %d px the offer covers %.0f px of the last line of the page", width, covered)
		}
	}
	v.click(".offer__close")
	v.until(`document.querySelector(".offer") === null`)
	v.visit("/fr/")
	v.until(`document.readyState === "complete"`)
	if evaluate[bool](v, `document.querySelector(".offer") !== null`) {
		t.Error("the offer comes again after a no")
	}
	evaluate[bool](v, `localStorage.clear(), true`)
	v.visit("/about/")
	if evaluate[bool](v, `document.querySelector(".offer") !== null`) {
		t.Error("a reader of English is offered something else on an English page")
	}
}
