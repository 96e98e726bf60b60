package sitetest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// audit has every rule of axe: those on by themselves, the size of targets (WCAG 2.2 AA), those on trial and
// those of AAA. Only the contrast of AAA is beyond what is promised.
const audit = `(async () => {
	const rules = {};
	for (const { ruleId } of axe.getRules()) rules[ruleId] = { enabled: ruleId !== "color-contrast-enhanced" };
	const { violations, passes } = await axe.run(document, { rules, resultTypes: ["violations"] });
	return {
		Found: violations.flatMap(({ id, help, nodes }) => nodes.map((node) => id + ": " + help + ": " + node.target.join(" ") + ": " + node.failureSummary.replace(/\s+/g, " "))),
		Passed: passes.map(({ id }) => id),
	};
})()`

type findings struct{ Found, Passed []string }

func (v *tab) audit(axe string) findings {
	v.t.Helper()
	evaluate[bool](v, axe+"; true")
	return evaluate[findings](v, audit, chromedp.EvalAwaitPromise)
}

func readAxe(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(root, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// in makes the tab prefer a color scheme, and no movement, so that nothing is seen halfway.
func (v *tab) in(scheme string) {
	v.t.Helper()
	v.prefers(scheme, "reduce")
}

func (v *tab) prefers(scheme, motion string) {
	v.t.Helper()
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: motion}}
	if _, err := chromedp.Call(v.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		v.t.Fatal(err)
	}
	if !evaluate[bool](v, `matchMedia("(prefers-color-scheme: `+scheme+`)").matches`) {
		v.t.Fatalf("the browser does not prefer %s", scheme)
	}
}

// kinds are one page of each kind, and the states of the search.
func kinds(prefix string) []string {
	return []string{
		prefix + "/", prefix + "/coops/", prefix + "/coops/?q=web", prefix + "/coops/?teaches=elixir&country=AR&country=FR", prefix + "/coops/?q=zqxj",
		prefix + "/coops/horneros/", prefix + "/coops/ombu-codigo/", prefix + "/skills/", prefix + "/skills/elixir/", prefix + "/countries/",
		prefix + "/countries/ar/", prefix + "/languages/", prefix + "/languages/es/", prefix + "/networks/", prefix + "/networks/trama-austral/", prefix + "/sectors/", prefix + "/sectors/health/", prefix + "/about/", prefix + "/data/", prefix + "/fields/", prefix + "/join/", prefix + "/ask/", prefix + "/exchange/team/?need=elixir,wordpress&language=es", prefix + "/404.html",
		prefix + "/events/", prefix + "/events/elixir-en-una-hora/", prefix + "/events/mapear-el-agua/", prefix + "/requests/", prefix + "/requests/pedidos-de-verdura/", prefix + "/requests/weavers-online-shop/", prefix + "/governance/", prefix + "/exchange/", prefix + "/changes/", prefix + "/networks/trama-austral/embed/",
	}
}

// ready opens a page of a kind and waits until what its script adds is there, everything unfolded.
func (v *tab) ready(address string) {
	v.t.Helper()
	v.visit(address)
	switch {
	case strings.Contains(address, "/coops/?"):
		v.answer()
	case strings.HasSuffix(address, "/join/"), strings.HasSuffix(address, "/ask/"):
		v.written()
		v.checkSteady(address)
		evaluate[bool](v, `document.querySelectorAll("#form details").forEach((one) => (one.open = true)), document.querySelectorAll(".form__field--group > div > button, .form__add button").forEach((one) => one.click()), true`)
		return
	case strings.Contains(address, "/map/"):
		v.live()
	}
	v.checkSteady(address)
}

// moved is by how much the page has moved under its reader so far, in screens.
const moved = `(async () => {
	for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
	await new Promise((resolve) => setTimeout(resolve));
	return window.shifted;
})()`

// checkSteady fails where a page moves more while it opens than readers hardly notice.
func (v *tab) checkSteady(where string) {
	v.t.Helper()
	if by := evaluate[float64](v, moved, chromedp.EvalAwaitPromise); by >= 0.1 {
		v.t.Errorf("%s moves by %.2f while it opens, want less than 0.1", where, by)
	}
}

func TestPagesAreAccessible(t *testing.T) {
	axe := readAxe(t)
	look := func(name string, s *site, pages []string) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := visitor(t, s.server.URL)
			for _, address := range pages {
				v.in("light")
				v.ready(address)
				v.checkStill(address)
				evaluate[bool](v, axe+"; true")
				for _, scheme := range []string{"light", "dark"} {
					v.in(scheme)
					got := evaluate[findings](v, audit, chromedp.EvalAwaitPromise)
					for _, found := range got.Found {
						t.Errorf("%s in %s: %s", address, scheme, found)
					}
					if !slices.Contains(got.Passed, "color-contrast") {
						t.Errorf("%s: the contrast was not looked at, only %q", address, got.Passed)
					}
				}
			}
		})
	}
	for _, in := range languages {
		look(in.id, example, kinds(in.prefix))
	}
	unconfirmed := "/coops/" + ours.first(t, "not confirmed", func(c coop) bool { return c.ListedBy == "third-party" }).Slug + "/"
	look("ours", ours, []string{"/", "/events/", "/requests/", "/governance/", "/exchange/", "/changes/", "/fr/", "/pt/coops/?q=site", unconfirmed})
}

func TestAuditSeesWhatIsWrong(t *testing.T) {
	v := visitor(t, example.server.URL)
	v.visit("/about/")
	evaluate[bool](v, `document.querySelector("main p").style.color = "var(--line)", document.querySelector("main").append(document.createElement("button")), true`)
	got := fmt.Sprint(v.audit(readAxe(t)).Found)
	for _, wanted := range []string{"color-contrast: ", "button-name: "} {
		if !strings.Contains(got, wanted) {
			t.Errorf("a page that is wrong on purpose: got %s, want %s in it", got, wanted)
		}
	}
}

func TestWhatMovesThePageIsSeen(t *testing.T) {
	v := visitor(t, example.server.URL)
	v.visit("/about/")
	v.checkSteady("a page that stays")
	evaluate[bool](v, `(() => { const box = document.createElement("div"); box.style.height = "400px"; document.body.prepend(box); return true; })()`)
	if by := evaluate[float64](v, moved, chromedp.EvalAwaitPromise); by < 0.1 {
		t.Errorf("something comes in above everything, and the page has moved by %.2f", by)
	}
}

// 320 by 256 pixels are what is left of a screen of 1280 by 1024 that somebody enlarges four times.
func TestNarrowScreensScrollOneWayOnly(t *testing.T) {
	look := func(name string, s *site, pages []string) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := visitor(t, s.server.URL)
			v.do("make the window narrow", chromedp.EmulateViewport(320, 256, chromedp.EmulateScale(4)))
			for _, address := range pages {
				v.ready(address)
				if strings.Contains(address, "/coops/?") {
					v.click("[data-search-open]")
				}
				v.checkWidth(address, 320)
				v.checkInside(address)
			}
		})
	}
	for _, in := range languages {
		look(in.id, example, append(kinds(in.prefix), in.prefix+"/map/"))
	}
	pages := []string{"/", "/coops/", "/coops/?q=web", "/skills/", "/skills/web-development/", "/countries/", "/networks/", "/about/", "/data/", "/events/", "/exchange/", "/changes/", "/map/"}
	for _, s := range sites() {
		for _, c := range s.coops {
			if len(strings.Fields(c.Name)) == 1 && len(c.Name) > 16 || s == example {
				pages = append(pages, "/coops/"+c.Slug+"/")
			}
		}
		look(s.name, s, pages)
		pages = nil
	}
}

// moving is what moves on a page, or would as soon as it changed.
const moving = `[
	...document.getAnimations().map((one) => "running: " + (one.animationName ?? one.transitionProperty)),
	...[...document.querySelectorAll("*")].flatMap((e) => ["", "::before", "::after"].map((part) => [e, getComputedStyle(e, part)]))
		.filter(([, style]) => /[1-9]/.test(style.transitionDuration + style.transitionDelay) || style.animationName !== "none" || style.scrollBehavior === "smooth")
		.map(([e, style]) => e.outerHTML.slice(0, 80) + ": " + style.transitionDuration + " " + style.animationName + " " + style.scrollBehavior),
].slice(0, 5)`

func (v *tab) checkStill(where string) {
	v.t.Helper()
	for _, found := range evaluate[[]string](v, moving) {
		v.t.Errorf("%s: moves for whoever wants no movement: %s", where, found)
	}
}

// Whoever wants no movement sees each change at once: TestPagesAreAccessible looks at every kind of page as it
// opens, this at what a hand sets going.
func TestNothingMovesForWhomItMakesDizzy(t *testing.T) {
	v := visitor(t, example.server.URL)
	// Whether the map that was zoomed shows everything again in the moment in which the key for it is pressed.
	const isThere = `(() => {
		const press = (key) => document.querySelector("[data-map-frame]").dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
		press("+");
		const before = ` + mapBox + `;
		press("0");
		return ` + mapBox + ` !== before;
	})()`
	v.prefers("light", "no-preference")
	v.visit("/map/")
	v.live()
	if evaluate[bool](v, isThere) || len(evaluate[[]string](v, moving)) == 0 {
		t.Fatal("nothing moves for anybody: this test would see nothing")
	}

	v.in("light")
	v.visit("/map/")
	v.live()
	if !evaluate[bool](v, isThere) {
		t.Error("the map flies to another view")
	}
	v.checkStill("a map that was zoomed")
	v.ready("/coops/?q=web")
	v.do("make the window narrow", chromedp.EmulateViewport(360, 640))
	v.click("[data-search-open]")
	v.checkStill("filters that were opened")
	evaluate[bool](v, `document.querySelector("[data-facet=country] input").click(), true`)
	v.checkStill("a filter that was chosen")
	v.ready("/join/")
	v.checkStill("a form that was unfolded")
	v.visit("/")
	v.press(kb.Tab + kb.Tab + kb.Tab)
	v.checkStill("links that had the focus")
}
