package sitetest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// No test asks how long anything takes: these are for tests that would wait forever.
const (
	patience = 30 * time.Second      // with one thing that does not come
	lifetime = 2 * time.Minute       // with a whole tab
	pause    = 20 * time.Millisecond // between two looks
)

// tab is what a visitor has open. When its test ends it must have had nothing to complain about: no
// error on the console, nothing that the security policy stops, no request to another host.
type tab struct {
	t      *testing.T
	ctx    context.Context
	origin string

	mu         sync.Mutex
	complaints []string
	expected   []string
	requests   []string
}

// visitor opens a tab for the site at origin.
func visitor(t *testing.T, origin string) *tab {
	t.Helper()
	v := &tab{t: t, origin: origin}
	ctx, closeTab := chromedp.NewContext(chromium, chromedp.WithListener(v.hear))
	t.Cleanup(closeTab)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	var stop context.CancelFunc
	v.ctx, stop = context.WithTimeout(ctx, lifetime)
	t.Cleanup(stop)
	t.Cleanup(v.reportComplaints)

	const tell = `addEventListener("securitypolicyviolation", (event) =>
		console.error("the security policy stops " + event.violatedDirective + " " + event.blockedURI));
		window.shifted = 0;
		new PerformanceObserver((list) => list.getEntries().forEach((one) => { window.shifted += one.value; })).observe({ type: "layout-shift", buffered: true });`
	if _, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: tell}); err != nil {
		t.Fatal(err)
	}
	return v
}

// hear notes what the browser tells. It runs while the browser waits.
func (v *tab) hear(event any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			v.complaints = append(v.complaints, fmt.Sprintf("console.%s: %s", e.Type, words(e.Args)))
		}
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		v.complaints = append(v.complaints, "exception: "+text)
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			v.complaints = append(v.complaints, fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		v.requests = append(v.requests, e.Request.URL)
		if !strings.HasPrefix(e.Request.URL, v.origin+"/") {
			v.complaints = append(v.complaints, "a request elsewhere: "+e.Request.URL)
		}
	}
}

func words(args []*runtime.RemoteObject) string {
	var all []string
	for _, arg := range args {
		var text string
		if json.Unmarshal(arg.Value, &text) != nil {
			text = arg.Description
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

// expects tells of complaints, by a part of them, that belong to the test.
func (v *tab) expects(complaints ...string) { v.expected = append(v.expected, complaints...) }

func (v *tab) reportComplaints() {
	// On a machine with much else to do, the search's script can come long after what was fetched ahead for it.
	// The sign in a box for a date is the browser's own.
	v.expects("a request elsewhere: data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIxNiIg")
	v.expects("was preloaded using link preload but not used within a few seconds")
	if v.ctx.Err() == nil {
		evaluate[int](v, "0") // what the browser has told before this, we have heard
	}
	v.mu.Lock()
	defer v.mu.Unlock()
next:
	for _, complaint := range v.complaints {
		for _, known := range v.expected {
			if strings.Contains(complaint, known) {
				continue next
			}
		}
		v.t.Errorf("the browser complains: %s", complaint)
	}
}

// untilHeard waits until the browser has complained of something.
func (v *tab) untilHeard(complaint string) {
	v.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(pause) {
		v.mu.Lock()
		heard := slices.ContainsFunc(v.complaints, func(one string) bool { return strings.Contains(one, complaint) })
		v.mu.Unlock()
		if heard {
			return
		}
		if time.Now().After(end) {
			v.t.Fatalf("waited in vain for the browser to say %q", complaint)
		}
	}
}

// asked returns the paths of the requests so far that have the part in them.
func (v *tab) asked(part string) []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	var found []string
	for _, address := range v.requests {
		if strings.Contains(address, part) {
			found = append(found, strings.TrimPrefix(address, v.origin))
		}
	}
	return found
}

func (v *tab) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	if err := chromedp.Do(v.ctx, actions...); err != nil {
		v.t.Fatalf("%s: %v", what, err)
	}
}

// visit goes to an address of the site and waits until its page has loaded.
func (v *tab) visit(address string) {
	v.t.Helper()
	v.do("visit "+address, chromedp.Navigate(v.origin+address))
}

// follow clicks on what leads to another page and waits until that has loaded.
func (v *tab) follow(selector string) {
	v.t.Helper()
	if _, err := chromedp.Run(v.ctx, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))); err != nil {
		v.t.Fatalf("follow %s: %v", selector, err)
	}
}

func (v *tab) click(selector string) {
	v.t.Helper()
	v.do("click "+selector, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// press sends keys, one after the other, to whatever has the focus. The text of a key goes with its
// pressing, as it does from a keyboard, so that a page that takes the key for itself keeps the text out;
// chromedp.KeyEvent sends it on its own.
func (v *tab) press(keys string) {
	v.t.Helper()
	for _, key := range keys {
		events := kb.Encode(key)
		down, up := *events[0], *events[len(events)-1]
		if len(events) == 3 {
			down.Text, down.UnmodifiedText = events[1].Text, events[1].UnmodifiedText
		}
		for _, event := range []input.DispatchKeyEventParams{down, up} {
			if _, err := chromedp.Call(v.ctx, input.DispatchKeyEvent, event); err != nil {
				v.t.Fatalf("press %q: %v", key, err)
			}
		}
	}
}

// paste puts text where the focus is, all at once.
func (v *tab) paste(text string) {
	v.t.Helper()
	if _, err := chromedp.Call(v.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		v.t.Fatalf("paste: %v", err)
	}
}

// until waits for an expression to be true.
func (v *tab) until(expression string) {
	v.t.Helper()
	for end := time.Now().Add(patience); !evaluate[bool](v, expression); time.Sleep(pause) {
		if time.Now().After(end) {
			v.t.Fatalf("at %s, waited in vain for %s", v.address(), expression)
		}
	}
}

// address returns where the tab is, without the host.
func (v *tab) address() string {
	v.t.Helper()
	return evaluate[string](v, "location.pathname + location.search + location.hash")
}

func evaluate[T any](v *tab, expression string, options ...chromedp.EvaluateOption) T {
	v.t.Helper()
	for {
		value, err := chromedp.Run(v.ctx, chromedp.Evaluate[T](expression, options...))
		switch {
		case err == nil:
			return value
		case strings.Contains(err.Error(), "Cannot find context"): // a page goes, the next one comes
			time.Sleep(pause)
		default:
			v.t.Fatalf("evaluate %.200s: %v", expression, err)
		}
	}
}

// literal writes a value as JavaScript.
func literal(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// query writes the part of an address behind the question mark from keys and values.
func query(pairs ...string) string {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return "?" + values.Encode()
}
