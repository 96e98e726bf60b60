package links

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"coops/internal/directory"
)

// web is a small web in which every name leads to one server, which answers by the name that it is asked for.
func web(t *testing.T, handler http.HandlerFunc) (*Checker, *[]time.Duration) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	var mu sync.Mutex
	var waited []time.Duration
	return New(Options{
		Agent: "coops-test", Within: 2 * time.Second,
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			if strings.HasPrefix(address, "nowhere.example:") {
				return nil, &net.DNSError{Err: "no such host", Name: "nowhere.example", IsNotFound: true}
			}
			if strings.HasPrefix(address, "inside.example:") {
				return dialPublic()(ctx, network, server.Listener.Addr().String())
			}
			return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
		},
		Wait: func(ctx context.Context, d time.Duration) error {
			mu.Lock()
			defer mu.Unlock()
			waited = append(waited, d)
			return ctx.Err()
		},
	}), &waited
}

// one asks for one address.
func one(t *testing.T, c *Checker, address string) Result {
	t.Helper()
	results, err := c.Check(t.Context(), []Link{{URL: address}})
	if err != nil || len(results) != 1 {
		t.Fatalf("%s: %v, %v", address, results, err)
	}
	return results[0]
}

func TestWhatComesOfAnAddress(t *testing.T) {
	c, _ := web(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("User-Agent") != "coops-test" || r.Header.Get("Referer") != "" || r.Header.Get("Cookie") != "" {
			t.Errorf("it asks with %v", r.Header)
		}
		lead := func(status int, to string) {
			w.Header().Set("Location", to)
			w.WriteHeader(status)
		}
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		switch r.Host + r.URL.Path {
		case "missing.example/":
			w.WriteHeader(404)
		case "gone.example/":
			w.WriteHeader(410)
		case "closed.example/":
			w.WriteHeader(403)
		case "broken.example/":
			w.WriteHeader(500)
		case "busy.example/":
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(429)
		case "old.example/":
			lead(301, "http://new.example/home?session=1#x")
		case "old-www.example/":
			lead(301, "http://www.old-www.example/")
		case "for-now.example/":
			lead(302, "http://new.example/")
		case "old-to-missing.example/":
			lead(301, "http://missing.example/")
		case "circle.example/":
			lead(302, "/")
		case "nowhere-said.example/":
			w.WriteHeader(302)
		case "script.example/":
			lead(302, "javascript:alert(1)")
		case "file.example/":
			lead(301, "file:///etc/passwd")
		case "password.example/":
			lead(301, "http://a:b@new.example/")
		case "not-an-address.example/":
			lead(301, "http://[::1/%zz")
		case "to-inside.example/":
			lead(301, "http://inside.example/latest/meta-data/")
		case "no-head.example/":
			if r.Method == http.MethodHead {
				w.WriteHeader(405)
			}
		case "head-lies.example/":
			if r.Method == http.MethodHead {
				w.WriteHeader(404)
			}
		case "endless.example/":
			if r.Method == http.MethodHead {
				w.WriteHeader(501)
				return
			}
			for range 100_000 {
				if _, err := w.Write(make([]byte, 1<<10)); err != nil {
					return // it hung up, as it should
				}
			}
			t.Error("it read a hundred megabytes")
		}
	})
	for address, want := range map[string]Result{
		"http://fine.example":            {Kind: Fine, Status: 200},
		"http://missing.example/":        {Kind: Gone, Status: 404},
		"http://gone.example/":           {Kind: Gone, Status: 410},
		"http://closed.example/":         {Kind: Unclear, Status: 403},
		"http://broken.example/":         {Kind: Failing, Status: 500},
		"http://busy.example/":           {Kind: Unclear, Status: 429},
		"http://old.example/":            {Kind: Moved, Status: 200, To: "http://new.example/home"},
		"http://old-www.example/":        {Kind: Fine, Status: 200},
		"http://for-now.example/":        {Kind: Fine, Status: 200},
		"http://old-to-missing.example/": {Kind: Gone, Status: 404},
		"http://circle.example/":         {Kind: Failing, Status: 302},
		"http://nowhere-said.example/":   {Kind: Failing, Status: 302},
		"http://script.example/":         {Kind: Failing, Status: 302},
		"http://file.example/":           {Kind: Failing, Status: 301},
		"http://password.example/":       {Kind: Failing, Status: 301},
		"http://not-an-address.example/": {Kind: Failing},
		"http://to-inside.example/":      {Kind: Inside, Status: 301},
		"http://no-head.example/":        {Kind: Fine, Status: 200},
		"http://head-lies.example/":      {Kind: Fine, Status: 200},
		"http://endless.example/":        {Kind: Fine, Status: 200},
		"http://nowhere.example/":        {Kind: Unreachable},
		"http://inside.example/":         {Kind: Inside},
		"https://fine.example/":          {Kind: Unreachable}, // it does not speak TLS
		"ftp://fine.example/":            {Kind: Failing},
		"http://a:b@fine.example/":       {Kind: Failing},
		"http://[":                       {Kind: Failing},
		"http://":                        {Kind: Failing},
	} {
		want.URL = address
		if got := one(t, c, address); !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", address, got, want)
		}
	}
}

func TestACertificateThatDoesNotHoldIsToldApart(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it is told that its certificate is bad
	server.StartTLS()
	t.Cleanup(server.Close)
	c := New(Options{Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
	}})
	if got := one(t, c, "https://fern.example/"); got.Kind != Unsafe {
		t.Errorf("got %+v", got)
	}
}

func TestAHostThatDoesNotAnswerIsGivenUp(t *testing.T) {
	c, waited := web(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	c.Within = 20 * time.Millisecond
	if got := one(t, c, "http://slow.example/"); got.Kind != Unreachable {
		t.Errorf("got %+v", got)
	}
	var retries []time.Duration
	for _, d := range *waited {
		if d >= retryAfter {
			retries = append(retries, d)
		}
	}
	if want := []time.Duration{retryAfter, 3 * retryAfter}; !reflect.DeepEqual(retries, want) {
		t.Errorf("between its tries it waited %v, want %v", retries, want)
	}
}

func TestWhatPassesIsNotTold(t *testing.T) {
	var asked atomic.Int32
	c, waited := web(t, func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) <= 2 { // HEAD and GET
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(503)
		}
	})
	if got := one(t, c, "http://restarted.example/"); got.Kind != Fine || asked.Load() != 3 {
		t.Errorf("got %+v after %d requests", got, asked.Load())
	}
	if last := (*waited)[len(*waited)-1]; last != 30*time.Second {
		t.Errorf("it waited %v, want as long as it was asked to", *waited)
	}
}

func TestNoHostIsAskedTwiceAtOnceAndNoAddressWithoutAPause(t *testing.T) {
	var mu sync.Mutex
	now, most, total := map[string]int{}, 0, map[string]int{}
	c, waited := web(t, func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		now[r.Host]++
		total[r.Host]++
		most = max(most, now[r.Host])
		mu.Unlock()
		time.Sleep(time.Millisecond)
		mu.Lock()
		now[r.Host]--
		mu.Unlock()
	})
	var links []Link
	for host := range 10 {
		for page := range 5 {
			links = append(links, Link{URL: fmt.Sprintf("http://host%d.example/%d", host, page)})
		}
	}
	told := 0
	c.Done = func(Result) { told++ }
	results, err := c.Check(t.Context(), links)
	if err != nil || len(results) != 50 || told != 50 || Count(results)[Fine] != 50 {
		t.Fatalf("%d results, %d told, %v", len(results), told, err)
	}
	if most != 1 || len(total) != 10 {
		t.Errorf("%d requests at once at one of %d hosts", most, len(total))
	}
	if len(*waited) != 40 || (*waited)[0] != time.Second {
		t.Errorf("%d pauses, the first %v; want one between any two of a host", len(*waited), (*waited)[0])
	}
}

func TestAMachineWithoutANetworkSaysNothingOfAddresses(t *testing.T) {
	c, _ := web(t, func(http.ResponseWriter, *http.Request) {})
	links := func(n int, host string) (all []Link) {
		for i := range n {
			all = append(all, Link{URL: fmt.Sprintf("http://%s/%d", host, i)})
		}
		return all
	}
	for _, test := range []struct {
		links   []Link
		offline bool
	}{
		{links(mostUnreached, "nowhere.example"), true},
		{links(500, "nowhere.example"), true},
		{links(mostUnreached-1, "nowhere.example"), false}, // of so few it may well be so
		{append(links(1, "a.example"), links(500, "nowhere.example")...), false},
	} {
		c.AtOnce = 1 // so that hosts are asked in their order
		results, err := c.Check(t.Context(), test.links)
		if errors.Is(err, ErrOffline) != test.offline || !test.offline && (err != nil || len(results) != len(test.links)) {
			t.Errorf("of %d addresses: %d results, %v", len(test.links), len(results), err)
		}
	}
}

func TestStoppingStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, _ := web(t, func(http.ResponseWriter, *http.Request) { cancel() })
	links := []Link{{URL: "http://a.example/1"}, {URL: "http://a.example/2"}, {URL: "http://a.example/3"}}
	if results, err := c.Check(ctx, links); !errors.Is(err, context.Canceled) || results != nil {
		t.Errorf("got %v, %v", results, err)
	}
}

func TestWhatIsPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"8.8.8.8": true, "2a00:1450:4001::1": true, "::ffff:8.8.8.8": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false,
		"0.0.0.0": false, "0.1.2.3": false, "224.0.0.1": false, "255.255.255.255": false, "240.0.0.1": false, "198.18.0.1": false, "192.0.2.1": false,
		"::1": false, "::": false, "fe80::1%eth0": false, "fc00::1": false, "fd00:ec2::254": false, "ff02::1": false, "fec0::1": false,
		"::ffff:127.0.0.1": false, "::ffff:169.254.169.254": false, "::127.0.0.1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "2001:db8::1": false,
	} {
		if got := isPublic(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
}

func TestWithoutSayingOtherwiseNothingInsideIsAsked(t *testing.T) {
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	t.Cleanup(server.Close)
	t.Setenv("HTTP_PROXY", server.URL) // nor through a proxy
	if got := one(t, New(Options{}), server.URL); got.Kind != Inside || asked {
		t.Errorf("got %+v, asked %v", got, asked)
	}
}

func TestAddressesOfADirectory(t *testing.T) {
	d := &directory.Directory{
		Coops: []*directory.Coop{
			{Slug: "fern", Website: "https://fern.example", Contact: &directory.Contact{Form: "https://fern.example/write"},
				Links:    []directory.Link{{Kind: "code", URL: "https://git.example/fern"}, {Kind: "matrix", URL: "matrix:r/fern:x.example"}},
				Products: []directory.Product{{Name: "A", Website: "https://fern.example"}, {Name: "B"}}},
			{Slug: "gorse", Source: &directory.Source{URL: "https://list.example"}},
			{Slug: "moss", Status: "closed", Website: "https://moss.example"},
		},
		Networks: []*directory.Network{{ID: "net", Website: "https://list.example"}},
		Requests: []*directory.Request{
			{Slug: "shop", Status: "open", Who: directory.Requester{Website: "https://farm.example"}, Contact: &directory.Contact{Form: "https://farm.example/c"}},
			{Slug: "done", Status: "closed", Who: directory.Requester{Website: "https://done.example"}},
		},
	}
	want := []Link{
		{"https://farm.example", []Place{{"data/requests/shop.yaml", "who"}}},
		{"https://farm.example/c", []Place{{"data/requests/shop.yaml", "contact"}}},
		{"https://fern.example", []Place{{"data/coops/fern.yaml", "website"}, {"data/coops/fern.yaml", "products"}}},
		{"https://fern.example/write", []Place{{"data/coops/fern.yaml", "contact"}}},
		{"https://git.example/fern", []Place{{"data/coops/fern.yaml", "links"}}},
		{"https://list.example", []Place{{"data/coops/gorse.yaml", "source"}, {"data/networks.yaml", "net"}}},
	}
	if got := Of(d); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestKindsAreSortedByWhatIsToDo(t *testing.T) {
	results := []Result{{Link: Link{URL: "b"}, Kind: Fine}, {Link: Link{URL: "a"}, Kind: Moved}, {Link: Link{URL: "z"}, Kind: Gone}, {Link: Link{URL: "a"}, Kind: Gone}}
	Sort(results)
	var got []string
	for _, r := range results {
		got = append(got, string(r.Kind)+" "+r.URL)
	}
	if want := "gone a, gone z, moved a, fine b"; strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	for _, k := range Kinds {
		if want := k != Moved && k != Unclear && k != Fine; k.Broken() != want {
			t.Errorf("%s: broken %v", k, k.Broken())
		}
	}
}
