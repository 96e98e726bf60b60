// Package preview serves a site on this machine while its files are edited: it watches, has it built
// again, and tells the open pages.
package preview

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"
)

// Options is what to serve and how it comes about.
type Options struct {
	Listener net.Listener
	Public   string                                   // the folder that Build puts the site in
	Watch    []string                                 // files and folders whose change calls for a build
	Build    func(ctx context.Context) Result         // never called twice at once
	Glance   func(ctx context.Context) (Result, bool) // called at each change, perhaps while Build is at work: shows what can be had at once; false: nothing can. May be nil
	Log      io.Writer
}

// Result is what a build came to.
type Result struct {
	OK   bool   // the site in Public is new
	Text string // one line if OK, else the problems, for people
}

// Run builds, serves and watches until ctx ends, and then returns nil.
func Run(ctx context.Context, o Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	changes, err := watch(ctx, o.Watch)
	if err != nil {
		return fmt.Errorf("watch the files: %w", err)
	}
	pages := &pages{public: o.Public, news: make(chan struct{})}
	tell := func(r Result) {
		if text := strings.TrimRight(r.Text, "\n"); text != "" {
			fmt.Fprintln(o.Log, text)
		}
		pages.tell(r)
	}
	if r := o.Build(ctx); ctx.Err() == nil {
		tell(r)
	}
	debug.FreeOSMemory() // a build takes much, and the next one may be an hour away
	server := &http.Server{Handler: pages, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(o.Listener) }()
	fmt.Fprintf(o.Log, "Serving on http://%s/ — press Ctrl+C to stop\n", o.Listener.Addr())

	var building sync.WaitGroup
	defer func() { cancel(); building.Wait() }()
	built := make(chan Result, 1)
	isBuilding, isWanted := false, false
	quiet := time.NewTimer(time.Hour)
	quiet.Stop()
	for {
		if isWanted && !isBuilding {
			isBuilding, isWanted = true, false
			building.Go(func() {
				built <- o.Build(ctx)
				debug.FreeOSMemory()
			})
		}
		select {
		case <-ctx.Done():
			return server.Close()
		case err := <-stopped:
			return fmt.Errorf("serve: %w", err)
		case r := <-built:
			isBuilding = false
			if ctx.Err() == nil {
				tell(r)
			}
		case <-quiet.C:
			isWanted = true
		case <-changes:
			quiet.Stop()
			r, isShown := Result{}, false
			if o.Glance != nil {
				r, isShown = o.Glance(ctx)
			}
			if ctx.Err() != nil {
				continue
			}
			if isShown {
				tell(r)
			}
			// The whole is built once nobody edits any more, and at once where there was nothing to see. With problems it would not be;
			// only, a build that is at work knows nothing of them and will say that all is well.
			if isWanted = !isShown || !r.OK && isBuilding; !isWanted && r.OK {
				quiet.Reset(pause)
			}
		}
	}
}

// pause is how long nobody may edit before the whole is built: whoever writes saves again and again.
const pause = 2 * time.Second

// pages serves the last good site, and the news of builds at /.coops/events.
type pages struct {
	public string

	mu    sync.Mutex
	last  Result
	built int           // how many builds there were
	news  chan struct{} // closed at the next build
}

//go:embed reload.js
var reload []byte

func (p *pages) tell(r Result) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = r
	p.built++
	close(p.news)
	p.news = make(chan struct{})
}

func (p *pages) latest() (Result, int, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last, p.built, p.news
}

func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	switch r.URL.Path {
	case "/.coops/reload.js":
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		_, _ = w.Write(reload)
	case "/.coops/events":
		p.events(w, r)
	default:
		p.page(w, r)
	}
}

// events tells a page of each build as it ends: first of the last one.
func (p *pages) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	flush := http.NewResponseController(w)
	for {
		last, built, news := p.latest()
		data, err := json.Marshal(struct {
			Build int    `json:"build"`
			OK    bool   `json:"ok"`
			Text  string `json:"text"`
		}{built, last.OK, last.Text})
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", data); err != nil {
			return
		}
		if err := flush.Flush(); err != nil {
			return
		}
		select {
		case <-news:
		case <-r.Context().Done():
			return
		}
	}
}

// page serves a file of the site; HTML gets the script that listens to the news.
func (p *pages) page(w http.ResponseWriter, r *http.Request) {
	name := path.Clean("/" + r.URL.Path)
	file := filepath.Join(p.public, filepath.FromSlash(name))
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		if !strings.HasSuffix(r.URL.Path, "/") {
			http.Redirect(w, r, name+"/", http.StatusMovedPermanently)
			return
		}
		file = filepath.Join(file, "index.html")
	}
	status := http.StatusOK
	data, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		status = http.StatusNotFound
		file = filepath.Join(p.public, "404.html")
		if data, err = os.ReadFile(file); err != nil {
			data, err = []byte("<!doctype html><html lang=\"en\"><head><title>No site yet</title></head><body><p>There is no site yet.</p></body></html>"), nil
		}
	}
	if err != nil {
		http.Error(w, "the file cannot be read", http.StatusInternalServerError)
		return
	}
	if strings.HasSuffix(file, ".html") {
		data = bytes.Replace(data, []byte(" data-worker="), []byte(" data-no-worker="), 1) // whoever edits wants no page out of a cache
		data = bytes.Replace(data, []byte("</head>"), []byte(`<script src="/.coops/reload.js" defer></script></head>`), 1)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		_, _ = w.Write(data)
		return
	}
	http.ServeContent(w, r, filepath.Base(file), time.Time{}, bytes.NewReader(data))
}
