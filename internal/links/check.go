package links

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Options say how to ask. The zero value of each is what is usual.
type Options struct {
	Agent  string        // what we call ourselves, with where to complain
	AtOnce int           // hosts that are asked at the same time; 0: 8
	Pause  time.Duration // between two requests to one host; 0: a second
	Within time.Duration // how long one answer may take; 0: 20 seconds

	Dial func(ctx context.Context, network, address string) (net.Conn, error) // nil: connects to public addresses alone
	Wait func(context.Context, time.Duration) error                           // nil: really waits
	Done func(Result)                                                         // if set, is told of each result, one at a time
}

const (
	mostHops   = 8
	mostTries  = 3                // of an address that fails in a way that may pass
	mostPaused = time.Minute      // that a host may ask us to wait
	mostHeader = 64 << 10         // bytes
	retryAfter = 10 * time.Second // before the second try; then three times as long
)

// Checker asks.
type Checker struct {
	Options
	transport *http.Transport
}

// New returns a checker.
func New(o Options) *Checker {
	if o.AtOnce == 0 {
		o.AtOnce = 8
	}
	if o.Pause == 0 {
		o.Pause = time.Second
	}
	if o.Within == 0 {
		o.Within = 20 * time.Second
	}
	if o.Dial == nil {
		o.Dial = dialPublic()
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	return &Checker{o, &http.Transport{ // without a proxy, which would connect for us to wherever it is told to
		DialContext:            o.Dial,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:      true,
		MaxResponseHeaderBytes: mostHeader,
		DisableKeepAlives:      true,
	}}
}

// wait waits, or returns early with the error of ctx.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// ErrOffline is that of a machine which reaches nothing at all: it says nothing of the addresses.
var ErrOffline = errors.New("none of the first addresses could be reached; is there a network, and can it be used without a proxy?")

// mostUnreached is how many addresses in a row from the first one may be unreachable before we think that it is us.
const mostUnreached = 12

// Check asks for every address, and returns what came of each, sorted. The error is that of ctx, or ErrOffline.
func (c *Checker) Check(ctx context.Context, links []Link) ([]Result, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	byHost := map[string][]Link{}
	for _, l := range links {
		host := ""
		if u, err := url.Parse(l.URL); err == nil {
			host = hostOf(u)
		}
		byHost[host] = append(byHost[host], l)
	}
	var (
		all     []Result
		reached bool
		mu      sync.Mutex
		hosts   = make(chan []Link)
		group   sync.WaitGroup
	)
	for range c.AtOnce {
		group.Go(func() {
			for of := range hosts {
				for i, l := range of {
					if ctx.Err() != nil || i > 0 && c.Wait(ctx, c.Pause) != nil {
						break
					}
					result := c.ask(ctx, l)
					mu.Lock()
					all = append(all, result)
					if reached = reached || result.Kind != Unreachable; !reached && len(all) == mostUnreached {
						stop(ErrOffline)
					}
					if c.Done != nil && ctx.Err() == nil {
						c.Done(result)
					}
					mu.Unlock()
				}
			}
		})
	}
	for _, host := range slices.Sorted(maps.Keys(byHost)) {
		hosts <- byHost[host]
	}
	close(hosts)
	group.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	Sort(all)
	return all, nil
}

// ask asks for one address, and again where what is wrong may pass.
func (c *Checker) ask(ctx context.Context, l Link) Result {
	pause := retryAfter
	for try := 1; ; try++ {
		result, asked, passing := c.try(ctx, l)
		if !passing || try == mostTries || asked > mostPaused {
			return result
		}
		if c.Wait(ctx, max(asked, pause)) != nil {
			return result
		}
		pause *= 3
	}
}

// try follows an address to its end. It tells how long we were asked to wait, and whether another try may end otherwise.
func (c *Checker) try(ctx context.Context, l Link) (result Result, asked time.Duration, passing bool) {
	result = Result{Link: l}
	u, err := url.Parse(l.URL)
	if err != nil {
		result.Kind = Failing
		return result, 0, false
	}
	first, forGood := u, true
	for range mostHops {
		answer, err := c.answer(ctx, u)
		if err != nil {
			result.Kind, passing = failed(err)
			return result, 0, passing
		}
		result.Status = answer.status
		if answer.to == nil {
			result.Kind, passing = answer.kind()
			if result.Kind == Fine && forGood && hostOf(first) != hostOf(u) {
				result.Kind, result.To = Moved, plainAddress(u)
			}
			return result, answer.pause, passing
		}
		forGood = forGood && (answer.status == http.StatusMovedPermanently || answer.status == http.StatusPermanentRedirect)
		u = answer.to
	}
	result.Kind = Failing // it goes round in circles
	return result, 0, false
}

// plainAddress writes an address without a name and password, query and fragment: what a host makes up there is of no use to anybody.
func plainAddress(u *url.URL) string {
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// failed tells of what kind an error is, and whether it may pass.
func failed(err error) (Kind, bool) {
	var (
		unknown     x509.UnknownAuthorityError
		invalid     x509.CertificateInvalidError
		wrong       x509.HostnameError
		certificate *tls.CertificateVerificationError
		noHost      *net.DNSError
	)
	switch {
	case errors.Is(err, errInside):
		return Inside, false
	case errors.Is(err, errUnfit):
		return Failing, false
	case errors.As(err, &certificate), errors.As(err, &unknown), errors.As(err, &invalid), errors.As(err, &wrong):
		return Unsafe, false
	case errors.As(err, &noHost):
		return Unreachable, !noHost.IsNotFound
	}
	return Unreachable, true
}

// answer is how a host answers to one request.
type answer struct {
	status int
	to     *url.URL      // where it leads to; nil: nowhere
	pause  time.Duration // that it asks for
}

// kind tells of what kind a last answer is, and whether another one may come later.
func (a answer) kind() (Kind, bool) {
	switch {
	case a.status == http.StatusNotFound, a.status == http.StatusGone:
		return Gone, false
	case a.status == http.StatusTooManyRequests, a.status == http.StatusServiceUnavailable && a.pause > 0:
		return Unclear, true
	case a.status >= 500:
		return Failing, true
	case a.status >= 400:
		return Unclear, false
	case a.status >= 300 && a.status != http.StatusNotModified:
		return Failing, false // it leads on, and does not say where
	}
	return Fine, false
}

// errUnfit is that of an address that no visitor should be led to.
var errUnfit = errors.New("it leads to what is no web address")

// answer asks with HEAD, which costs the host least, and with GET where the host does not understand that.
func (c *Checker) answer(ctx context.Context, u *url.URL) (answer, error) {
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return answer{}, errUnfit
	}
	a, err := c.send(ctx, http.MethodHead, u)
	if err != nil && (errors.Is(err, errInside) || errors.Is(err, errUnfit)) || err == nil && (a.status < 400 || a.status == http.StatusTooManyRequests) {
		return a, err
	}
	if err != nil {
		if kind, _ := failed(err); kind == Unsafe {
			return a, err
		}
		if noHost := (*net.DNSError)(nil); errors.As(err, &noHost) {
			return a, err
		}
	}
	if err := c.Wait(ctx, c.Pause); err != nil {
		return a, err
	}
	return c.send(ctx, http.MethodGet, u)
}

func (c *Checker) send(ctx context.Context, method string, u *url.URL) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.Within)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, u.String(), nil)
	if err != nil {
		return answer{}, fmt.Errorf("%w: %w", errUnfit, err)
	}
	request.Header.Set("User-Agent", c.Agent)
	request.Header.Set("Accept", "text/html, */*;q=0.5")
	// Without a client: it would follow, and we look first where to.
	response, err := c.transport.RoundTrip(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	_, _ = io.CopyN(io.Discard, response.Body, 1<<10) // that an answer began is all that we want of it
	a := answer{status: response.StatusCode}
	if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil && seconds > 0 {
		a.pause = time.Duration(min(seconds, int(time.Hour/time.Second))) * time.Second
	}
	if where := response.Header.Get("Location"); a.status >= 300 && a.status < 400 && where != "" {
		if a.to, err = u.Parse(where); err != nil {
			return a, fmt.Errorf("%w: %w", errUnfit, err)
		}
		a.to.Fragment = ""
	}
	return a, nil
}
