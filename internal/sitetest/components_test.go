package sitetest

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// filesIn returns the files of folders, named from the repository's, a later folder's over those of the
// ones before.
func filesIn(t *testing.T, folders ...string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, folder := range folders {
		fsys := os.DirFS(filepath.Join(root, filepath.FromSlash(folder)))
		err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
			if e != nil && e.IsDir() && (name == "public" || name == "node_modules") {
				return fs.SkipDir
			}
			if err != nil || e.IsDir() {
				return err
			}
			data, err := fs.ReadFile(fsys, name)
			files[name] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// components are the addresses of the page of components, in the states that need no hand.
var components = []string{"/components/?q=website&does=web-development", "/components/?q=zqxj", "/least/", "/es/ended/"}

// byScript are how the classes begin of what the map's script and that of the form make; their own tests use them.
var byScript = []string{"map__", "form", "button--small"}

// isByScript tells whether a selector speaks of what a script makes.
func isByScript(selector string) bool {
	return slices.ContainsFunc(classesOf(selector), func(class string) bool {
		return slices.ContainsFunc(byScript, func(begin string) bool { return strings.HasPrefix(class, begin) })
	})
}

func componentsSite(t *testing.T) *site {
	t.Helper()
	return newSite(t, filesIn(t, "examples/network", "internal/sitetest/testdata/components"), nil)
}

// visitComponents opens the page of components in one of its states, the filters open too.
func (v *tab) visitComponents(address string) {
	v.t.Helper()
	v.visit(address)
	if !strings.Contains(address, "?") {
		return
	}
	if got := v.answer(); !got.Nothing {
		evaluate[bool](v, `document.querySelector("[data-search-open][aria-expanded=false]")?.click() ?? true`)
		v.until(`document.querySelector("#search-filters").checkVisibility()`)
	}
}

// selectors are those of the theme's stylesheet, without what depends on a pointer or the focus; and
// whether something on the page, or in a template of it, is as they say.
const selectors = `(() => {
	const momentary = /::?(before|after|first-letter|marker|selection|hover|active|focus-visible|focus|target)\b/g;
	const all = (rules) => [...rules].flatMap((rule) => [...(rule.selectorText ? [rule.selectorText] : []), ...(rule.cssRules ? all(rule.cssRules) : [])]);
	const places = [document, ...[...document.querySelectorAll("template")].map(({ content }) => content)];
	const found = {};
	for (const selector of [...document.styleSheets].flatMap((sheet) => all(sheet.cssRules))) {
		const lasting = selector.replace(momentary, "").replace(/(^|[\s>+~,])(?=,|$)/g, "$1*");
		found[selector] = places.some((place) => place.querySelector(lasting));
	}
	return found;
})()`

const classes = `(() => {
	const places = [document, ...[...document.querySelectorAll("template")].map(({ content }) => content)];
	return [...new Set(places.flatMap((place) => [...place.querySelectorAll("[class]")].flatMap((e) => [...e.classList])))];
})()`

// Whoever adds a component shows it on the page of components; whoever takes one away takes its rules too.
func TestComponentsPageIsComplete(t *testing.T) {
	s := componentsSite(t)
	v := visitor(t, s.server.URL)
	used, shown := map[string]bool{}, map[string]bool{}
	look := func() {
		for selector, isUsed := range evaluate[map[string]bool](v, selectors) {
			used[selector] = used[selector] || isUsed
		}
	}
	for _, address := range components {
		v.visitComponents(address)
		look()
		for _, class := range evaluate[[]string](v, classes) {
			shown[class] = true
		}
	}
	for _, selector := range slices.Sorted(maps.Keys(used)) {
		for _, class := range classesOf(selector) {
			if !shown[class] && !isByScript("."+class) {
				t.Errorf("the page of components has nothing of the class %q (%s); show it in internal/sitetest/testdata/components", class, selector)
			}
		}
	}
	v = visitor(t, example.server.URL)
	for _, address := range append(kinds(""), "/es/", "/fr/", "/map/", "/languages/", "/coops/cardumen-sur/") {
		v.visit(address)
		look()
	}
	for _, selector := range slices.Sorted(maps.Keys(used)) {
		if !used[selector] && !isByScript(selector) {
			t.Errorf("no page has anything for the rule %q", selector)
		}
	}
	if len(used) < 100 {
		t.Errorf("only %d rules were seen", len(used))
	}
}

// classesOf returns the classes that a selector names.
func classesOf(selector string) (names []string) {
	for _, part := range strings.Split(selector, ".")[1:] {
		end := strings.IndexFunc(part, func(r rune) bool {
			return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", r)
		})
		if end < 0 {
			end = len(part)
		}
		names = append(names, part[:end])
	}
	return names
}

func TestComponentsAreAccessible(t *testing.T) {
	axe := readAxe(t)
	s := componentsSite(t)
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{320, 1280} {
			t.Run(fmt.Sprintf("%s at %d", scheme, width), func(t *testing.T) {
				t.Parallel()
				v := visitor(t, s.server.URL)
				v.in(scheme)
				v.do("set the width", chromedp.EmulateViewport(width, 900))
				for _, address := range components {
					v.visitComponents(address)
					got := v.audit(axe)
					for _, found := range got.Found {
						t.Errorf("%s: %s", address, found)
					}
					if !slices.Contains(got.Passed, "color-contrast") {
						t.Errorf("%s: the contrast was not looked at", address)
					}
					v.checkWidth(address, int(width))
				}
			})
		}
	}
}

// On paper and in the colors that a reader forces on every page, what is said with color is still said.
func TestComponentsHoldWithoutTheirColors(t *testing.T) {
	s := componentsSite(t)
	v := visitor(t, s.server.URL)
	const look = `(() => {
		const style = (selector) => getComputedStyle(document.querySelector(selector));
		return {
			Nav: document.querySelector(".masthead nav").checkVisibility(),
			Panel: style(".panel.teaches").backgroundColor,
			Chip: style(".chip--meant[aria-pressed=true]").borderTopWidth,
			Words: [...document.querySelectorAll(".word")].filter((word) => word.checkVisibility() && !word.textContent.trim()).length,
			Wide: document.documentElement.scrollWidth > innerWidth,
		};
	})()`
	type looks struct {
		Nav, Wide   bool
		Panel, Chip string
		Words       int
	}
	emulate := func(media string, features ...*emulation.MediaFeature) looks {
		if _, err := chromedp.Call(v.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media, Features: features}); err != nil {
			t.Fatal(err)
		}
		return evaluate[looks](v, look)
	}
	v.visitComponents(components[0])
	want(t, "forced colors", fmt.Sprintf("%+v", emulate("", &emulation.MediaFeature{Name: "forced-colors", Value: "active"})),
		"{Nav:true Wide:false Panel:rgb(255, 255, 255) Chip:3px Words:0}")
	want(t, "print", fmt.Sprintf("%+v", emulate("print", &emulation.MediaFeature{Name: "forced-colors", Value: "none"})), "{Nav:false Wide:false Panel:rgb(255, 255, 255) Chip:1px Words:0}")
}

func TestComponentsAreOnNoSite(t *testing.T) {
	for _, s := range sites() {
		for _, address := range s.pages(t) {
			if strings.Contains(address, "components") {
				t.Errorf("%s has the page %s", s.name, address)
			}
		}
	}
}
