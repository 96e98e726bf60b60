package sitetest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// mostMap is what the page of the map may weigh with all that it loads, in bytes as they travel.
const mostMap = 60_000

func TestMapCountsAsTheCountriesDo(t *testing.T) {
	for _, s := range sites() {
		for _, in := range languages {
			page := s.page(t, in.prefix+"/map/")
			counted := 0
			page.Find("[data-map-items] li").Each(func(_ int, item *goquery.Selection) {
				link := item.Find("a")
				address := link.AttrOr("href", "")
				there := s.page(t, address).Find("section[aria-labelledby=coops]").Find(".cards > li, .names > li").Length()
				want(t, address+" on the map", text(item.Find(".count")), strconv.Itoa(there))
				country := page.Find(`.map__picture a[href="` + address + `"]`)
				if country.Length() != 1 {
					t.Errorf("%s%s: %d shapes link to %s", s.name, in.prefix, country.Length(), address)
				}
				if name := country.AttrOr("aria-label", ""); !strings.HasPrefix(name, text(link)+map[bool]string{true: "\u00a0: ", false: ": "}[in.id == "fr"]+strconv.Itoa(there)+" ") {
					t.Errorf("%s is called %q", address, name)
				}
				counted++
			})
			if shapes := page.Find(".map__picture a").Length(); shapes != counted || counted == 0 {
				t.Errorf("%s%s/map/: %d shapes are links, the list has %d countries", s.name, in.prefix, shapes, counted)
			}
		}
	}
}

func TestMapShapesAreInTheirFile(t *testing.T) {
	page := ours.page(t, "/map/")
	page.Find(".map__picture use").Each(func(_ int, use *goquery.Selection) {
		file, id, _ := strings.Cut(use.AttrOr("href", ""), "#")
		if !strings.Contains(string(ours.read(t, file)), ` id="`+id+`"`) && !strings.Contains(string(ours.read(t, file)), `<g id="`+id+`"`) {
			t.Errorf("%s has no %s", file, id)
		}
	})
	if legend := page.Find(".map__legend li").Length(); legend == 0 {
		t.Error("the shades are not explained")
	}
}

func TestCoopsAreShownOnASmallMap(t *testing.T) {
	for slug, dots := range map[string]bool{"horneros": true, "alforja": false} {
		if _, err := os.Stat(example.file("/coops/" + slug + "/")); err != nil {
			continue
		}
		place := example.page(t, "/coops/"+slug+"/").Find("figure.place")
		if place.Find("svg[role=img][aria-label]").Length() != 1 || (place.Find(".map__dots").Length() > 0) != dots {
			t.Errorf("%s: %s", slug, outer(place))
		}
	}
	home := example.page(t, "/fr/")
	want(t, "the home page's map leads to", home.Find(".worldlet").AttrOr("href", ""), "/fr/map/")
}

func TestMapIsLight(t *testing.T) {
	for _, in := range languages {
		v := visitor(t, ours.server.URL)
		v.visit(in.prefix + "/map/")
		v.live()
		whole := 0
		for _, address := range v.asked("/") {
			whole += packed(t, ours.read(t, address))
		}
		weigh(t, "the map's page in "+in.id+" and all it loads", whole, mostMap)
	}
	for _, address := range []string{"/", "/coops/", "/about/"} {
		v := visitor(t, ours.server.URL)
		v.visit(address)
		if loaded := append(v.asked("/atlas/"), v.asked("/js/map")...); len(loaded) > 0 {
			t.Errorf("%s loads %q of the map", address, loaded)
		}
	}
}

// live waits until the map is there and the list beside it has followed.
func (v *tab) live() {
	v.t.Helper()
	v.until(`document.querySelector("[data-map-status]")?.textContent !== "" && document.querySelector(".map__frame--live") !== null`)
}

// marked returns how many co-ops each mark in view stands for.
func (v *tab) marked() []int {
	v.t.Helper()
	return evaluate[[]int](v, `[...document.querySelectorAll(".map__mark")].filter((mark) => {
		const [a, b] = [mark.getBoundingClientRect(), document.querySelector("[data-map-frame]").getBoundingClientRect()];
		return a.left + a.width / 2 >= b.left && a.left + a.width / 2 <= b.right && a.top + a.height / 2 >= b.top && a.top + a.height / 2 <= b.bottom;
	}).map((mark) => Number(mark.textContent) || 1)`)
}

const (
	mapStatus = `document.querySelector("[data-map-status]").textContent`
	mapBox    = `document.querySelector("[data-map-picture]").getAttribute("viewBox")`
	listed    = `[...new Set([...document.querySelectorAll(".map__coops a[href*='/coops/']")].map((link) => link.pathname.split("/").at(-2)))]`
)

func TestMapZoomsByKeyAndTheListFollows(t *testing.T) {
	v := visitor(t, ours.server.URL)
	v.in("light")
	v.visit("/map/")
	v.live()
	all, box := evaluate[string](v, mapStatus), evaluate[string](v, mapBox)
	evaluate[bool](v, `document.querySelector("[data-map-frame]").focus(), true`)
	marks := len(v.marked())
	v.press("++")
	v.until(mapStatus + ` !== ` + literal(all))
	if now := evaluate[string](v, mapBox); now == box {
		t.Error("plus does not zoom")
	}
	if !strings.Contains(v.address(), "#at=") {
		t.Errorf("the address %s does not keep the view", v.address())
	}
	shared := v.address()
	near, nearBox := evaluate[string](v, mapStatus), evaluate[string](v, mapBox)
	v.press("\u0301") // no key of the map
	for _, arrow := range []string{"ArrowLeft", "ArrowUp"} {
		before := evaluate[string](v, mapBox)
		evaluate[bool](v, `document.querySelector("[data-map-frame]").dispatchEvent(new KeyboardEvent("keydown", {key: `+literal(arrow)+`, bubbles: true, cancelable: true}))`)
		if evaluate[string](v, mapBox) == before {
			t.Errorf("%s does not move the map", arrow)
		}
	}
	v.press("0")
	v.until(mapStatus + ` === ` + literal(all))
	want(t, "everything again", evaluate[string](v, mapBox), box)
	want(t, "marks", strconv.Itoa(len(v.marked())), strconv.Itoa(marks))

	// Whoever is sent the address sees the same.
	other := visitor(t, ours.server.URL)
	other.in("light")
	other.visit(shared)
	other.live()
	want(t, "in view at "+shared, evaluate[string](other, mapStatus), near)
	want(t, "width of the view", strings.Fields(evaluate[string](other, mapBox))[2][:3], strings.Fields(nearBox)[2][:3])
}

// tabTo goes on with the Tab key alone until what has the focus is as the selector says, and looks that each
// stop on the way can be seen.
func (v *tab) tabTo(selector string) {
	v.t.Helper()
	for range 150 {
		v.press(kb.Tab)
		if hidden := evaluate[string](v, `(() => {
			const e = document.activeElement, style = getComputedStyle(e);
			const isShown = e === document.body || e.checkVisibility() && e.matches(":focus-visible") && (style.outlineStyle !== "none" || e.tagName === "A" && e.closest("svg"));
			return isShown ? "" : e.outerHTML.slice(0, 200);
		})()`); hidden != "" {
			v.t.Errorf("on the way to %s the focus cannot be seen on %s", selector, hidden)
		}
		if evaluate[bool](v, `document.activeElement.matches(`+literal(selector)+`)`) {
			return
		}
	}
	v.t.Fatalf("at %s, Tab does not lead to %s", v.address(), selector)
}

// From the home page over the map, and from a list over its map, to a co-op: no key but Tab, Enter and those of
// the map.
func TestMapIsWalkedByKeyboardAlone(t *testing.T) {
	v := visitor(t, example.server.URL)
	v.in("light")
	v.visit("/")
	v.tabTo(".worldlet")
	v.press(kb.Enter)
	v.until(`location.pathname === "/map/"`)
	v.live()
	v.tabTo("[data-map-frame]")
	all := evaluate[string](v, mapBox)
	v.press("+")
	v.until(mapBox + ` !== ` + literal(all))
	v.tabTo(".map__mark")
	v.tabTo(".map__coops button")
	v.press(kb.Enter)
	v.until(`document.activeElement.ariaPressed === "true"`)
	v.tabTo(".map__coops a")
	chosen := evaluate[string](v, "document.activeElement.pathname")
	v.press(kb.Enter)
	v.until(`location.pathname === ` + literal(chosen))

	v.visit("/coops/?country=AR")
	v.answer()
	v.tabTo("[data-search-view=map]")
	v.press(kb.Enter)
	v.live()
	v.tabTo("[data-map-frame]")
	v.tabTo(".map__coops a")
	chosen = evaluate[string](v, "document.activeElement.pathname")
	v.press(kb.Enter)
	v.until(`location.pathname === ` + literal(chosen))
	if !strings.HasPrefix(chosen, "/coops/") {
		t.Errorf("the list beside the map leads to %s", chosen)
	}
	v.visit("/map/")
	v.live()
	v.tabTo("[data-map-frame]")
	v.tabTo("footer a") // and the map lets go of whoever came by
}

func TestMapClusterSplitsAndInTheEndIsAList(t *testing.T) {
	v := visitor(t, ours.server.URL)
	v.in("light")
	v.visit("/map/")
	v.live()
	for range 20 {
		marks := v.marked()
		if len(marks) == 0 {
			t.Fatal("no mark is left")
		}
		most := slices.Max(marks)
		pressed := evaluate[bool](v, `(() => {
			const mark = [...document.querySelectorAll(".map__mark")].find((one) => (Number(one.textContent) || 1) === `+strconv.Itoa(most)+`);
			mark.focus();
			return document.activeElement === mark;
		})()`)
		if !pressed {
			t.Fatal("a mark does not take the focus")
		}
		v.press("\r")
		if evaluate[bool](v, `!document.querySelector("[data-map-return]").hidden`) {
			if got := evaluate[[]string](v, listed); len(got) != most {
				t.Errorf("the list has %q, the mark says %d", got, most)
			}
			want(t, "focus", evaluate[string](v, "document.activeElement.id"), "map-list")
			v.click("[data-map-back]")
			v.until(`document.querySelector("[data-map-return]").hidden`)
			return
		}
		want(t, "focus while zooming", evaluate[string](v, `document.activeElement.hasAttribute("data-map-frame") ? "frame" : document.activeElement.outerHTML`), "frame")
	}
	t.Error("twenty times nearer, and the largest mark is still no list")
}

func TestMapShowsWhoIsChosenInTheList(t *testing.T) {
	v := visitor(t, example.server.URL)
	v.in("dark")
	v.visit("/es/map/#ar")
	v.live()
	want(t, "title", evaluate[string](v, `document.querySelector("[data-map-title]").textContent`), "Argentina")
	inArgentina := evaluate[[]string](v, listed)
	if !slices.Contains(inArgentina, "horneros") || slices.Contains(inArgentina, "ombu-codigo") {
		t.Errorf("in Argentina: %q, want horneros and not who has closed", inArgentina)
	}
	v.click(".map__coops li:has(a[href='/es/coops/horneros/']) button")
	v.until(`document.querySelector(".map__mark--chosen")?.ariaLabel.includes("Rosario")`)
	want(t, "pressed", evaluate[string](v, `document.querySelector(".map__coops li:has(a[href='/es/coops/horneros/']) button").ariaPressed`), "true")
	want(t, "list", fmt.Sprint(evaluate[[]string](v, listed)), fmt.Sprint(inArgentina))
}

func TestMapNeverTakesThePageAlong(t *testing.T) {
	v := visitor(t, ours.server.URL)
	v.in("light")
	v.visit("/map/")
	v.live()
	box := evaluate[string](v, mapBox)
	const wheel = `document.querySelector("[data-map-frame]").dispatchEvent(new WheelEvent("wheel", {deltaY: -100, cancelable: true, bubbles: true, ctrlKey: %t}))`
	if !evaluate[bool](v, fmt.Sprintf(wheel, false)) || evaluate[string](v, mapBox) != box {
		t.Error("the wheel alone is taken from the page")
	}
	if evaluate[bool](v, fmt.Sprintf(wheel, true)) || evaluate[string](v, mapBox) == box {
		t.Error("the wheel with Ctrl does not zoom")
	}
	want(t, "touch", evaluate[string](v, `getComputedStyle(document.querySelector("[data-map-frame]")).touchAction`), "pan-y")
}

func TestMapFollowsTheHand(t *testing.T) {
	v := visitor(t, ours.server.URL)
	v.in("light")
	v.visit("/map/#fr")
	v.live()
	box := evaluate[string](v, mapBox)
	middle := evaluate[[]float64](v, `(() => {
		const frame = document.querySelector("[data-map-frame]");
		frame.scrollIntoView({block: "center", behavior: "instant"});
		const box = frame.getBoundingClientRect();
		return [box.left + box.width / 2, box.top + box.height / 2];
	})()`)
	x, y := middle[0], middle[1]

	// With a mouse, beginning on a country: that is no click on it.
	for i, kind := range []input.DispatchMouseEventType{"mousePressed", "mouseMoved", "mouseMoved", "mouseReleased"} {
		far := float64(20 * i)
		if _, err := chromedp.Call(v.ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: x + far, Y: y + far/2, Button: "left", Buttons: 1, ClickCount: 1}); err != nil {
			t.Fatal(err)
		}
	}
	v.until(mapBox + ` !== ` + literal(box))
	v.until(`document.querySelector("[data-map-return]").hidden`)
	want(t, "page", strings.Split(v.address(), "#")[0], "/map/")

	// With two fingers.
	if _, err := chromedp.Call(v.ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true}); err != nil {
		t.Fatal(err)
	}
	const width = `Number(document.querySelector("[data-map-picture]").getAttribute("viewBox").split(" ")[2])`
	before := evaluate[float64](v, width)
	touch := func(kind input.DispatchTouchEventType, apart float64) {
		t.Helper()
		one, two := 1.0, 2.0
		points := []*input.TouchPoint{}
		if kind != input.DispatchTouchEventTypeTouchEnd {
			points = []*input.TouchPoint{{X: x - apart, Y: y, ID: &one}, {X: x + apart, Y: y, ID: &two}}
		}
		if _, err := chromedp.Call(v.ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points}); err != nil {
			t.Fatal(err)
		}
	}
	touch(input.DispatchTouchEventTypeTouchStart, 30)
	for _, apart := range []float64{40, 60, 80, 100} {
		touch(input.DispatchTouchEventTypeTouchMove, apart)
	}
	touch(input.DispatchTouchEventTypeTouchEnd, 0)
	v.until(width + ` < ` + literal(before/2))
	want(t, "size of the page itself", fmt.Sprint(evaluate[float64](v, "visualViewport.scale")), "1")
}

func TestResultsAreShownOnAMapWhenItIsChosen(t *testing.T) {
	v := visitor(t, example.server.URL)
	v.in("light")
	v.visit("/coops/" + query("country", "AR"))
	found := v.answer().slugs()
	if loaded := append(v.asked("/atlas/"), v.asked("/js/map")...); len(loaded) > 0 {
		t.Errorf("a list loads %q of the map", loaded)
	}
	v.click("[data-search-view=map]")
	v.live()
	v.until(`document.querySelectorAll(".map__coops a").length === ` + strconv.Itoa(len(found)))
	want(t, "on the map", fmt.Sprint(sorted(evaluate[[]string](v, listed))), fmt.Sprint(sorted(found)))
	want(t, "address", v.address(), "/coops/?country=AR&view=map")
	if isShown(v, "[data-search-list]") {
		t.Error("the list is shown beside the map of the same")
	}
	v.click("[data-facet=country] input[value=AR]") // and now all of them
	v.until(`document.querySelectorAll(".map__coops a").length > ` + strconv.Itoa(len(found)))
	want(t, "address of all", v.address(), "/coops/?view=map")

	// Back, and whoever is sent the address, sees the same.
	evaluate[bool](v, "history.back(), true")
	v.until(`document.querySelectorAll(".map__coops a").length === ` + strconv.Itoa(len(found)))
	other := visitor(t, example.server.URL)
	other.in("dark")
	other.visit("/fr/coops/?country=AR&view=map")
	other.live()
	other.until(`document.querySelectorAll(".map__coops a").length === ` + strconv.Itoa(len(found)))
	for _, problem := range other.audit(readAxe(t)).Found {
		t.Error(problem)
	}
	other.click("[data-search-view=list]")
	other.until(`document.querySelector("[data-search-list]").checkVisibility() && !document.querySelector("[data-search-map]").checkVisibility()`)
	want(t, "in the list again", fmt.Sprint(sorted(other.answer().slugs())), fmt.Sprint(sorted(found)))
}

func TestResultsThatNobodyHasAreNoMap(t *testing.T) {
	v := visitor(t, example.server.URL)
	v.visit("/coops/?q=zqxj&view=map")
	v.until(`document.querySelector("[data-search-nothing]").checkVisibility()`)
	if isShown(v, "[data-search-map]") {
		t.Error("an empty map is shown beside it")
	}
}

func TestMapThatCannotBeLoadedSaysSo(t *testing.T) {
	v := visitor(t, ours.server.URL)
	v.expects("404")
	v.visit("/map/")
	v.live()
	// As the page was made, with data that is not there.
	evaluate[bool](v, `(async () => {
		const page = await (await fetch("/map/")).text();
		const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[data-map]");
		fresh.dataset.source = "/atlas/gone.json";
		document.querySelector("[data-map]").replaceWith(document.adoptNode(fresh));
		const script = document.querySelector("script[src*='/js/map']").src;
		await (await import(script)).openMap(fresh);
		return true;
	})()`, chromedp.EvalAwaitPromise)
	v.until(`document.querySelector("[data-map-trouble]").checkVisibility()`)
	if links := evaluate[int](v, `document.querySelectorAll("[data-map-items] a").length`); links == 0 {
		t.Error("the list of countries is gone")
	}
}

func TestWithoutScriptTheMapLeadsToTheCountries(t *testing.T) {
	v := withoutScript(t, ours)
	v.visit("/pt/map/")
	for _, control := range []string{"[data-map-controls]", "[data-map-help]"} {
		if isShown(v, control) {
			t.Errorf("%s is shown", control)
		}
	}
	for _, shown := range []string{"[data-map-dots]", ".map__country", "[data-map-items] a"} {
		if !isShown(v, shown) {
			t.Errorf("%s is not shown", shown)
		}
	}
	v.follow("[data-map-items] a[href='/pt/countries/fr/']")
	want(t, "heading", evaluate[string](v, `document.querySelector("h1").textContent`), "França")
}

func TestMapIsAccessible(t *testing.T) {
	axe := readAxe(t)
	for _, scheme := range []string{"light", "dark"} {
		for _, s := range sites() {
			v := visitor(t, s.server.URL)
			v.in(scheme)
			for _, address := range []string{"/map/", "/fr/map/#fr"} {
				v.visit(address)
				v.live()
				for _, found := range v.audit(axe).Found {
					t.Errorf("%s in %s, %s: %s", s.name, scheme, address, found)
				}
			}
			v.do("make the window narrow", chromedp.EmulateViewport(320, 640))
			v.visit("/es/map/")
			v.live()
			if width := evaluate[int](v, "document.documentElement.scrollWidth"); width > 320 {
				t.Errorf("%s: the map's page is %d pixels wide on a screen of 320", s.name, width)
			}
		}
	}
}

// Shapes that carry a meaning stand out from what is around them, three to one (WCAG 1.4.11).
func TestShadesOfTheMapStandOut(t *testing.T) {
	v := visitor(t, ours.server.URL)
	v.visit("/map/")
	for _, scheme := range []string{"light", "dark"} {
		v.in(scheme)
		ratios := evaluate[map[string]float64](v, `(() => {
			const style = getComputedStyle(document.documentElement);
			const light = (name) => {
				const [r, g, b] = style.getPropertyValue(name).trim().match(/[0-9a-f]{2}/g).map((hex) => {
					const c = parseInt(hex, 16) / 255;
					return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
				});
				return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
			};
			const ratio = (a, b) => Math.max(light(a), light(b)) / Math.min(light(a), light(b));
			const found = {};
			for (const shade of [1, 2, 3, 4, 5]) for (const around of ["--land", "--sea"]) found[shade + " on " + around] = ratio("--shade-" + shade, around);
			found["dot on its ring"] = ratio("--accent", "--paper-raised");
			return found;
		})()`)
		for what, ratio := range ratios {
			if ratio < 3 {
				t.Errorf("%s: shade %s has a contrast of %.2f, want 3", scheme, what, ratio)
			}
		}
	}
}

func TestPlacesAreExportedForMaps(t *testing.T) {
	var places struct {
		Type     string
		Features []struct {
			Geometry   struct{ Coordinates []float64 }
			Properties struct{ Slug string }
		}
	}
	data, err := os.ReadFile(filepath.Join(example.dir, "api", "v1", "coops.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &places); err != nil {
		t.Fatal(err)
	}
	for _, f := range places.Features {
		if f.Properties.Slug == "horneros" {
			want(t, "Horneros is at", fmt.Sprint(f.Geometry.Coordinates), "[-60.64 -32.95]")
			return
		}
	}
	t.Error("Horneros is not among the places")
}
