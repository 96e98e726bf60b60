package sitetest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// audit has every rule of axe: those on by themselves, the size of targets (WCAG 2.2 AA) and those on
// trial. Only the contrast of AAA is beyond what is promised.
const audit = `(async () => {
	const rules = {};
	for (const { ruleId, tags } of axe.getRules()) rules[ruleId] = { enabled: !tags.includes("wcag2aaa") };
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
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
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
		prefix + "/countries/ar/", prefix + "/languages/", prefix + "/languages/es/", prefix + "/networks/", prefix + "/networks/trama-austral/", prefix + "/sectors/", prefix + "/sectors/health/", prefix + "/about/", prefix + "/data/", prefix + "/fields/", prefix + "/join/", prefix + "/ask/", prefix + "/exchange/team/?need=elixir,web-development", prefix + "/404.html",
		prefix + "/events/", prefix + "/events/elixir-en-una-hora/", prefix + "/events/mapear-el-agua/", prefix + "/requests/", prefix + "/requests/pedidos-de-verdura/", prefix + "/requests/weavers-online-shop/", prefix + "/governance/", prefix + "/exchange/", prefix + "/changes/", prefix + "/networks/trama-austral/embed/",
	}
}

func TestPagesAreAccessible(t *testing.T) {
	axe := readAxe(t)
	unconfirmed := "/coops/" + ours.first(t, "not confirmed", func(c coop) bool { return c.ListedBy == "third-party" }).Slug + "/"
	for _, c := range []struct {
		name, scheme string
		site         *site
		pages        []string
	}{
		{"English in light", "light", example, kinds("")},
		{"English in dark", "dark", example, kinds("")},
		{"Spanish in light", "light", example, []string{"/es/", "/es/coops/?q=web", "/es/coops/horneros/", "/es/skills/elixir/", "/es/countries/ar/", "/es/networks/trama-austral/", "/es/about/", "/es/data/", "/es/404.html"}},
		{"ours in dark", "dark", ours, []string{"/", "/events/", "/requests/", "/governance/", "/exchange/", "/changes/", "/pt/coops/?q=site", unconfirmed}},
		{"ours in light", "light", ours, []string{"/fr/", "/coops/?q=website", unconfirmed}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := visitor(t, c.site.server.URL)
			v.in(c.scheme)
			for _, address := range c.pages {
				v.visit(address)
				if strings.Contains(address, "/coops/?") {
					v.answer()
				} else if strings.HasSuffix(address, "/join/") || strings.HasSuffix(address, "/ask/") {
					v.written()
					evaluate[bool](v, `document.querySelectorAll("#form details").forEach((one) => (one.open = true)), document.querySelectorAll(".form__field--group > div > button, .form__add button").forEach((one) => one.click()), true`)
				}
				got := v.audit(axe)
				for _, found := range got.Found {
					t.Errorf("%s: %s", address, found)
				}
				if !strings.Contains(fmt.Sprint(got.Passed), "color-contrast") {
					t.Errorf("%s: the contrast was not looked at, only %q", address, got.Passed)
				}
			}
		})
	}
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

// 320 pixels are what is left of a screen that somebody enlarges four times.
func TestNarrowScreensScrollOneWayOnly(t *testing.T) {
	for _, s := range sites() {
		v := visitor(t, s.server.URL)
		v.do("make the window narrow", chromedp.EmulateViewport(320, 640))
		pages := []string{"/", "/coops/", "/coops/?q=web", "/skills/", "/skills/web-development/", "/countries/", "/networks/", "/about/", "/data/", "/404.html", "/events/", "/requests/", "/governance/", "/exchange/", "/changes/"}
		if s == example {
			pages = append(kinds(""), kinds("/fr")...)
		}
		for _, c := range s.coops {
			if len(strings.Fields(c.Name)) == 1 && len(c.Name) > 16 || s == example {
				pages = append(pages, "/coops/"+c.Slug+"/")
			}
		}
		for _, address := range pages {
			v.visit(address)
			if strings.Contains(address, "/coops/?") {
				v.answer()
				v.click("[data-search-open]")
			}
			v.checkWidth(s.name+" "+address, 320)
		}
	}
}
