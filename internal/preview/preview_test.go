package preview_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"coops/internal/preview"
)

// news is what a page hears of a build.
type news struct {
	Build int    `json:"build"`
	OK    bool   `json:"ok"`
	Text  string `json:"text"`
}

// TestAnEditReachesThePage goes through a session: a good build, a bad edit, a mended one.
func TestAnEditReachesThePage(t *testing.T) {
	watched, public := t.TempDir(), t.TempDir()
	source := filepath.Join(watched, "page")
	write := func(name, text string) {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(source, "one")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- preview.Run(ctx, preview.Options{Listener: listener, Public: public, Watch: []string{watched}, Log: io.Discard,
			Build: func(context.Context) preview.Result {
				text, err := os.ReadFile(source)
				if err != nil || strings.Contains(string(text), "bad") {
					return preview.Result{Text: "page:1:1: error: bad"}
				}
				page := fmt.Sprintf("<html><head><script data-worker=\"/sw.js\"></script></head><body>%s</body></html>", text)
				if err := os.WriteFile(filepath.Join(public, "index.html"), []byte(page), 0o644); err != nil {
					return preview.Result{Text: err.Error()}
				}
				return preview.Result{OK: true, Text: "built"}
			}})
	}()
	address := "http://" + listener.Addr().String()

	events, err := http.Get(address + "/.coops/events")
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	lines := bufio.NewScanner(events.Body)
	hear := func(wanted func(news) bool) {
		t.Helper()
		for lines.Scan() {
			var n news
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				if err := json.Unmarshal([]byte(data), &n); err != nil {
					t.Fatal(err)
				}
				if wanted(n) {
					return
				}
			}
		}
		t.Fatalf("the news ended: %v", lines.Err())
	}
	page := func() string {
		t.Helper()
		r, err := http.Get(address + "/")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}

	hear(func(n news) bool { return n.OK && n.Build == 1 })
	if got := page(); !strings.Contains(got, "one") || !strings.Contains(got, `<script src="/.coops/reload.js" defer></script></head>`) || strings.Contains(got, " data-worker=") {
		t.Errorf("page: %s", got)
	}
	write(source, "bad")
	hear(func(n news) bool { return !n.OK && strings.Contains(n.Text, "error: bad") })
	if got := page(); !strings.Contains(got, "one") {
		t.Errorf("the last good page is gone: %s", got)
	}
	write(source, "two")
	hear(func(n news) bool { return n.OK && n.Build > 1 })
	if got := page(); !strings.Contains(got, "two") {
		t.Errorf("page: %s", got)
	}
	if err := os.Mkdir(filepath.Join(watched, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	hear(func(n news) bool { return n.OK }) // a new folder is seen, and watched from then on
	if r, err := http.Get(address + "/nowhere"); err != nil || r.StatusCode != http.StatusNotFound {
		t.Errorf("a page that is not there: %v %v", r, err)
	}
	if r, err := http.Get(address + "/../../etc/passwd"); err != nil || r.StatusCode != http.StatusNotFound {
		t.Errorf("a path that leads outside: %v %v", r, err)
	}

	cancel()
	if err := <-ended; err != nil {
		t.Errorf("the end of a preview is no error: %v", err)
	}
}

// An edit is looked at while a build is at work, and what is wrong with it stays said when that build ends.
func TestAnEditIsSeenDuringABuild(t *testing.T) {
	watched := t.TempDir()
	source := filepath.Join(watched, "page")
	if err := os.WriteFile(source, []byte("one"), 0o644); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	begun, goOn := make(chan bool, 10), make(chan bool)
	said := make(chan string, 20)
	builds := 0
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- preview.Run(ctx, preview.Options{Listener: listener, Public: t.TempDir(), Watch: []string{watched}, Log: listening(func(line string) { said <- line }),
			Glance: func(context.Context) (preview.Result, bool) {
				text, err := os.ReadFile(source)
				return preview.Result{OK: string(text) != "bad", Text: "glanced: " + string(text)}, err == nil && string(text) != "else"
			},
			Build: func(context.Context) preview.Result {
				if builds++; builds > 1 {
					begun <- true
					<-goOn
				}
				text, _ := os.ReadFile(source)
				return preview.Result{OK: string(text) != "bad", Text: "built: " + string(text)}
			}})
	}()
	hear := func(want string) {
		t.Helper()
		if got := strings.TrimSpace(<-said); !strings.HasPrefix(got, want) {
			t.Fatalf("said %q, want %q", got, want)
		}
	}
	edit := func(text string) {
		t.Helper()
		half := filepath.Join(watched, ".half")
		if err := errors.Join(os.WriteFile(half, []byte(text), 0o644), os.Rename(half, source)); err != nil {
			t.Fatal(err)
		}
	}
	hear("built: one")
	hear("Serving on ")
	edit("else") // nothing can be shown at once
	<-begun
	edit("two")
	hear("glanced: two")
	edit("bad")
	hear("glanced: bad")
	goOn <- true
	hear("built: bad")
	<-begun // what is wrong is said again after a build that might have said that all is well
	goOn <- true
	hear("built: bad")
	edit("three")
	hear("glanced: three")
	<-begun // the whole follows
	goOn <- true
	hear("built: three")
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// What a build took is given back before anybody edits again.
func TestMemoryIsGivenBackBetweenBuilds(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	const large = 64 << 20
	var kept uint64
	ctx, cancel := context.WithCancel(t.Context())
	err = preview.Run(ctx, preview.Options{Listener: listener, Public: t.TempDir(), Log: listening(func(line string) {
		if strings.HasPrefix(line, "Serving on ") {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			kept = m.HeapAlloc
			cancel()
		}
	}), Build: func(context.Context) preview.Result {
		site := make([]byte, large)
		return preview.Result{OK: true, Text: fmt.Sprint(len(site))}
	}})
	if err != nil || kept == 0 || kept > large/2 {
		t.Errorf("%d bytes are kept, %v", kept, err)
	}
}

// listening hears every line of a log.
type listening func(line string)

func (l listening) Write(p []byte) (int, error) {
	l(string(p))
	return len(p), nil
}
