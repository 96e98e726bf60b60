package cli_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"

	"github.com/rogpeppe/go-internal/testscript"
)

// web starts a web in which every host is one server: gone.example has no pages, old.example has moved to new.example.
func web(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: web")
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Host {
		case "gone.example":
			http.NotFound(w, r)
		case "old.example":
			http.Redirect(w, r, "http://new.example/", http.StatusMovedPermanently)
		}
	}))
	ts.Defer(server.Close)
	ts.Setenv("WEB", server.Listener.Addr().String())
}

// dial leads every name to one server, and without one to where the program itself would.
func dial(server string) func(ctx context.Context, network, address string) (net.Conn, error) {
	if server == "" {
		return nil
	}
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, server)
	}
}
