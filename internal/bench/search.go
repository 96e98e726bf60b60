package main

import (
	"cmp"
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// The line and the machine of a phone that is not new.
const (
	downlink = 1.6e6 / 8 // bytes a second
	latency  = 150       // milliseconds
	slowdown = 4
	patience = time.Minute
)

// questions are what is asked of a search. Pagefind knows no filter of ours, and is asked in words alone.
var questions = []struct{ name, query string }{
	{"skill and country", "does=web-development&country=ES"},
	{"a need in words", "q=we+need+our+members+to+pay+online"},
	{"a need and a place", "q=website+rosario"},
	{"rare words", "q=steadlight+workfarm"},
}

// search measures, in Chromium on a slow line, the bytes of scripts and data, as they travel, and the time
// until the first result stands on the page, for a filter alone and for words; and how soon a keystroke is
// answered. Without a site to measure it makes some, and measures Pagefind's search in the same pages beside.
func search(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("search", flag.ContinueOnError)
	list := flags.String("coops", "300,2000,10000", "how many co-ops, several with commas, where no site is named")
	runs := flags.Int("runs", 5, "how often each is measured")
	timeline := flags.Bool("timeline", false, "show what was fetched when")
	if err := flags.Parse(args); err != nil {
		return err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(os.Getenv("CHROME")), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true))
	allocator, stop := chromedp.NewExecAllocator(ctx, options...)
	defer stop()
	if flags.NArg() > 0 {
		return searchIn(allocator, flags.Arg(0), "", *runs, *timeline)
	}
	coops, err := numbers(*list)
	if err != nil {
		return err
	}
	pagefind, err := tool("pagefind")
	if err != nil {
		return err
	}
	for _, n := range coops {
		folder, err := invent(ctx, n)
		if err != nil {
			return err
		}
		public, beside := filepath.Join(folder, "public"), filepath.Join(place, "pagefind")
		for _, j := range []job{
			{name: "coops build", args: []string{"bin/coops", "build", "--dir", folder}},
			{name: "pagefind", args: []string{pagefind, "--site", public, "--glob", "coops/*/index.html", "--output-path", filepath.Join(beside, "pagefind")}, prepare: empty(beside)},
		} {
			if _, err := j.run(ctx); err != nil {
				return err
			}
		}
		if err := os.WriteFile(filepath.Join(beside, "index.html"), []byte(pagefindPage), 0o644); err != nil {
			return err
		}
		fmt.Printf("\nSearch, %d co-ops\n\n", n)
		if err := searchIn(allocator, public, beside, *runs, *timeline); err != nil {
			return err
		}
	}
	return nil
}

// pagefindPage asks Pagefind what its address asks, and shows the first of what it finds as it comes. Pagefind works beside
// the page where it can; here it stays in it, so that what it fetches is seen.
const pagefindPage = `<!doctype html>
<html lang="en-US"><meta charset="utf-8"><title>Pagefind</title>
<ul data-search-list></ul><p data-search-nothing hidden>Nothing</p>
<script type="module">
	const pagefind = await import("/pagefind/pagefind.js");
	await pagefind.options({ noWorker: true });
	const { results } = await pagefind.search(new URLSearchParams(location.search).get("q"));
	document.querySelector("[data-search-nothing]").hidden = results.length > 0;
	for (const result of results.slice(0, 10)) result.data().then(({ meta }) => {
		const card = document.createElement("li");
		card.className = "card";
		card.textContent = meta.title;
		document.querySelector("[data-search-list]").append(card);
	});
</script>
`

// searchIn measures the search of a built site, and Pagefind's in a folder beside it, if one is named.
func searchIn(allocator context.Context, public, beside string, runs int, timeline bool) error {
	site := newServer(public)
	defer site.Close()
	if err := ask(allocator, site.URL+"/coops/?", "", runs, timeline); err != nil {
		return err
	}
	if beside != "" {
		other := newServer(beside)
		defer other.Close()
		if err := ask(allocator, other.URL+"/?", "Pagefind, ", runs, timeline); err != nil {
			return err
		}
	}
	took, err := keystrokes(allocator, site.URL+"/coops/", "website development rosario cooperative", runs)
	if err != nil {
		return fmt.Errorf("keystrokes: %w", err)
	}
	slices.Sort(took)
	fmt.Printf("%-30s %5.0f ms at the median, %.0f ms at the 95th percentile of %d, on a %dx slower processor\n", "a keystroke", took[len(took)/2], took[len(took)*95/100], len(took), slowdown)
	return nil
}

// ask measures the questions, those in words alone where another search is asked.
func ask(allocator context.Context, address, who string, runs int, timeline bool) error {
	for _, one := range questions {
		if who != "" && !strings.HasPrefix(one.query, "q=") {
			continue
		}
		var all []outcome
		for range runs {
			found, err := first(allocator, address+one.query)
			if err != nil {
				return fmt.Errorf("%s%s: %w", who, one.name, err)
			}
			all = append(all, found)
		}
		slices.SortFunc(all, func(a, b outcome) int { return cmp.Compare(a.Took, b.Took) })
		middle := all[len(all)/2]
		fmt.Printf("%-30s %7d bytes  %5.0f ms (%.0f to %.0f)\n", who+one.name, middle.bytes(), middle.Took, all[0].Took, all[len(all)-1].Took)
		if timeline {
			for _, f := range append([]fetched{middle.Page}, middle.Fetched...) {
				fmt.Printf("  %5.0f to %5.0f ms %7d bytes  %s\n", f.Begun, f.End, f.Bytes, f.Name)
			}
		}
	}
	return nil
}

// newServer shows a folder as a host does: compressed.
func newServer(folder string) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Path
		if strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		kinds := map[string]string{".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}
		kind := kinds[filepath.Ext(name)]
		if kind == "" {
			kind = "text/plain; charset=utf-8"
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Encoding", "gzip")
		zip, _ := gzip.NewWriterLevel(w, gzip.BestCompression)
		defer zip.Close()
		_, _ = zip.Write(data)
	}))
}

// slow opens a tab on a slow processor and, if so said, a slow line, with an empty cache.
func slow(allocator context.Context, isLine bool) (ctx context.Context, stop context.CancelFunc, err error) {
	ctx, closeTab := chromedp.NewContext(allocator)
	ctx, cancel := context.WithTimeout(ctx, patience)
	stop = func() { cancel(); closeTab() }
	if err = chromedp.Do(ctx); err != nil {
		return ctx, stop, err
	}
	// What a service worker fetches is on no slow line, and nobody's first visit has one.
	if _, err = chromedp.Call(ctx, network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: true}); err != nil {
		return ctx, stop, err
	}
	if isLine {
		conditions := []*network.Conditions{{Latency: latency, DownloadThroughput: downlink, UploadThroughput: downlink / 2}}
		if _, err = chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: conditions}); err != nil {
			return ctx, stop, err
		}
	}
	_, err = chromedp.Call(ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: slowdown})
	return ctx, stop, err
}

// fetched is a script or a file of the search that had come when the first result stood.
type fetched struct {
	Name       string
	Begun, End float64 // milliseconds
	Bytes      int     // as it travelled, without its headers
}

// outcome is what it took to the first result.
type outcome struct {
	Took    float64 // milliseconds
	Page    fetched
	Fetched []fetched
}

func (o outcome) bytes() int {
	sum := 0
	for _, f := range o.Fetched {
		sum += f.Bytes
	}
	return sum
}

// first returns what it takes to the first result at an address. Only what had come by then is counted.
func first(allocator context.Context, address string) (found outcome, err error) {
	ctx, stop, err := slow(allocator, true)
	defer stop()
	if err != nil {
		return found, err
	}
	const note = `new Promise((resolve) => {
		const isThere = () => document.querySelector("[data-search-list] .card, [data-search-nothing]:not([hidden])") !== null;
		const entry = (e) => ({ Name: e.name.replace(location.origin, ""), Begun: e.startTime, End: e.responseEnd, Bytes: e.encodedBodySize });
		const done = () => {
			const Took = performance.now();
			const all = performance.getEntriesByType("resource").filter((e) => e.responseEnd > 0 && e.responseEnd <= Took && /\/(js|search|pagefind)\//.test(e.name));
			resolve({ Took, Page: entry(performance.getEntriesByType("navigation")[0]), Fetched: all.map(entry) });
		};
		if (isThere()) return done();
		const watcher = new MutationObserver(() => { if (isThere()) { watcher.disconnect(); done(); } });
		watcher.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden"] });
	})`
	go func() { _ = chromedp.Do(ctx, chromedp.Navigate(address)) }()
	for {
		here, err := chromedp.Run(ctx, chromedp.Evaluate[string]("location.href"))
		if err != nil && ctx.Err() != nil {
			return found, err
		}
		if err == nil && here == address {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	return chromedp.Run(ctx, chromedp.Evaluate[outcome](note, chromedp.EvalAwaitPromise))
}

// keystrokes types a text letter by letter, as often as said, and returns how many milliseconds of the
// processor each takes until its answer stands, beyond the pause for which the page waits for another. The
// first time around is not counted: what it fetches, the others have.
func keystrokes(allocator context.Context, address, text string, runs int) ([]float64, error) {
	ctx, stop, err := slow(allocator, false)
	defer stop()
	if err != nil {
		return nil, err
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(address), chromedp.Click(chromedp.CSS("#search-q"), chromedp.NodeVisible)); err != nil {
		return nil, err
	}
	const pause = 120
	const answered = `new Promise((resolve) => {
		const root = document.getElementById("directory"), input = document.getElementById("search-q"), from = performance.now();
		const isThere = () => new URLSearchParams(location.search).get("q") === input.value.trim() && !root.querySelector("[aria-busy]") &&
			root.querySelector("[data-search-status]").textContent !== root.dataset.textLoading;
		const look = () => isThere() || performance.now() - from > 20000 ? resolve(performance.now() - from) : setTimeout(look, 1);
		look();
	})`
	var took []float64
	for run := range runs + 1 {
		for _, letter := range text {
			if _, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: string(letter)}); err != nil {
				return nil, err
			}
			if letter == ' ' {
				continue
			}
			ms, err := chromedp.Run(ctx, chromedp.Evaluate[float64](answered, chromedp.EvalAwaitPromise))
			if err != nil {
				return nil, err
			}
			if run > 0 {
				took = append(took, max(0, ms-pause))
			}
		}
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`(() => { const input = document.getElementById("search-q"); input.value = ""; input.dispatchEvent(new Event("input")); return true; })()`)); err != nil {
			return nil, err
		}
		time.Sleep(3 * pause * time.Millisecond)
	}
	return took, nil
}
