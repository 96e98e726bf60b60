package github

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

const (
	answerWithin = 30 * time.Second // how long GitHub may take to begin an answer
	mostWaited   = 2 * time.Minute  // how long all waiting for one answer may take
	mostTries    = 5
)

// patient sends requests with the token, and sends one again where GitHub asks to wait, or failed in a way
// that passes. It gives the token to no other host, wherever an answer redirects to.
type patient struct {
	next  http.RoundTripper
	home  string // host of the API
	token string
	wait  func(context.Context, time.Duration) error
}

func newPatient(o Options) (*patient, error) {
	home, err := url.Parse(o.API)
	if err != nil || home.Host == "" || home.Scheme != "https" && home.Scheme != "http" {
		return nil, fmt.Errorf("the address of the API %q is not one; set GITHUB_API_URL, such as https://api.github.com", o.API)
	}
	p := &patient{next: o.Transport, home: home.Host, token: o.Token, wait: o.Wait}
	if p.next == nil {
		usual := http.DefaultTransport.(*http.Transport).Clone()
		usual.ResponseHeaderTimeout = answerWithin
		p.next = usual
	}
	if p.wait == nil {
		p.wait = wait
	}
	return p, nil
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

// RoundTrip implements http.RoundTripper.
func (p *patient) RoundTrip(req *http.Request) (*http.Response, error) {
	var waited time.Duration
	for try := 1; ; try++ {
		attempt := req.Clone(req.Context())
		if attempt.URL.Host == p.home {
			attempt.Header.Set("Authorization", "Bearer "+p.token)
		}
		if req.GetBody != nil {
			body, err := req.GetBody()
			if err != nil {
				return nil, err
			}
			attempt.Body = body
		}
		response, err := p.next.RoundTrip(attempt)
		pause, again := p.pause(req, response, err, try)
		if !again || try == mostTries || waited+pause > mostWaited {
			return response, err
		}
		if response != nil {
			response.Body.Close()
		}
		if err := req.Context().Err(); err != nil { // while the answer came: nobody waits for another
			return nil, err
		}
		if err := p.wait(req.Context(), pause); err != nil {
			return nil, err
		}
		waited += pause
	}
}

// pause tells whether to send a request again, and after how long. What was refused because of a limit was
// not done, so it can be sent again whatever it asks for; after a failure, only what changes nothing more
// when it is done twice.
func (p *patient) pause(req *http.Request, response *http.Response, err error, try int) (time.Duration, bool) {
	backoff := time.Second << (try - 1)
	harmless := req.Method != http.MethodPost && req.Method != http.MethodPut
	switch {
	case err != nil:
		return backoff, harmless
	case response.StatusCode >= 500 && response.StatusCode != http.StatusNotImplemented:
		if asked, ok := retryAfter(response); ok {
			backoff = asked
		}
		return backoff, harmless
	case response.StatusCode == http.StatusTooManyRequests, response.StatusCode == http.StatusForbidden:
		if asked, ok := retryAfter(response); ok {
			return asked, true
		}
		if response.Header.Get("X-RateLimit-Remaining") == "0" {
			return untilReset(response)
		}
		if isSecondary(response) { // it asks for a minute at least where it does not say how long
			return time.Minute, true
		}
	}
	return 0, false
}

func retryAfter(response *http.Response) (time.Duration, bool) {
	seconds, err := strconv.Atoi(response.Header.Get("Retry-After"))
	if err != nil || seconds < 0 || seconds > int(time.Hour/time.Second) {
		return time.Hour, err == nil
	}
	return time.Duration(seconds) * time.Second, true
}

// untilReset returns how long the limit of an hour still holds, by GitHub's own clock.
func untilReset(response *http.Response) (time.Duration, bool) {
	reset, err := strconv.ParseInt(response.Header.Get("X-RateLimit-Reset"), 10, 64)
	if err != nil {
		return 0, false
	}
	now, err := http.ParseTime(response.Header.Get("Date"))
	if err != nil {
		return 0, false
	}
	return max(0, time.Unix(reset, 0).Sub(now)) + time.Second, true
}

// isSecondary tells whether an answer speaks of a secondary rate limit; not every one has a header that says so.
func isSecondary(response *http.Response) bool {
	begin, err := io.ReadAll(io.LimitReader(response.Body, 64<<10))
	response.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(begin), response.Body), response.Body}
	return err == nil && bytes.Contains(bytes.ToLower(begin), []byte("secondary rate limit"))
}
