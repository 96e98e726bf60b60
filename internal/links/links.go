// Package links asks the addresses that a directory names whether they still answer: gently, few at once and one at a time at each host,
// and never inside of the network that it runs in. What a profile names is a stranger's word, so it is asked for and hardly read.
package links

import (
	"net/url"
	"slices"
	"strings"

	"coops/internal/directory"
)

// Place is where an address is named.
type Place struct {
	File  string `json:"file"`  // path in the directory
	Field string `json:"field"` // such as website, or links
}

// Link is an address with all places that name it.
type Link struct {
	URL    string
	Places []Place
}

// Of returns the addresses that a directory shows to visitors, each once, sorted. Co-ops that have ended and requests that are closed name
// none that should still answer.
func Of(d *directory.Directory) []Link {
	places := map[string][]Place{}
	name := func(file, field string, addresses ...string) {
		for _, address := range addresses {
			if p := (Place{file, field}); address != "" && !slices.Contains(places[address], p) {
				places[address] = append(places[address], p)
			}
		}
	}
	contact := func(file string, c *directory.Contact) {
		if c != nil {
			name(file, "contact", c.Form)
		}
	}
	for _, c := range d.Coops {
		file := "data/coops/" + c.Slug + ".yaml"
		if c.Ended() {
			continue
		}
		name(file, "website", c.Website)
		contact(file, c.Contact)
		for _, l := range c.Links {
			if strings.HasPrefix(l.URL, "http") { // others cannot be asked
				name(file, "links", l.URL)
			}
		}
		for _, p := range c.Products {
			name(file, "products", p.Website)
		}
		if c.Source != nil {
			name(file, "source", c.Source.URL)
		}
	}
	for _, n := range d.Networks {
		name("data/networks.yaml", n.ID, n.Website)
	}
	for _, r := range d.Requests {
		if file := "data/requests/" + r.Slug + ".yaml"; r.Status != "closed" {
			name(file, "who", r.Who.Website)
			contact(file, r.Contact)
		}
	}
	links := make([]Link, 0, len(places))
	for address, at := range places {
		links = append(links, Link{address, at})
	}
	slices.SortFunc(links, func(a, b Link) int { return strings.Compare(a.URL, b.URL) })
	return links
}

// Kind is what came of asking for an address.
type Kind string

// The kinds, those that most need a person first.
const (
	Gone        Kind = "gone"        // the page is not there: 404 or 410
	Unreachable Kind = "unreachable" // there is no such host, or it does not answer
	Unsafe      Kind = "unsafe"      // its certificate does not hold
	Failing     Kind = "failing"     // it answers that it is broken, or leads nowhere
	Inside      Kind = "inside"      // it leads into a network that is not public, so it was not asked
	Moved       Kind = "moved"       // it leads to another host for good
	Unclear     Kind = "unclear"     // it does not let programs in; a person sees more
	Fine        Kind = "fine"
)

// Kinds are all of them, in that order.
var Kinds = []Kind{Gone, Unreachable, Unsafe, Failing, Inside, Moved, Unclear, Fine}

// Broken tells whether a visitor who follows such an address is left without a page.
func (k Kind) Broken() bool {
	switch k {
	case Moved, Unclear, Fine:
		return false
	}
	return true
}

// Result is what came of asking for one address.
type Result struct {
	Link
	Kind   Kind
	Status int            // of the last answer; 0: none
	To     string         // of what moved: the address that it leads to
	Since  directory.Date // the first of the days in a row on which it was broken, or was not; empty: not known
}

// Count returns how many results are of each kind.
func Count(results []Result) map[Kind]int {
	counts := map[Kind]int{}
	for _, r := range results {
		counts[r.Kind]++
	}
	return counts
}

// Sort sorts results by kind, those that most need a person first, and within by address.
func Sort(results []Result) {
	slices.SortStableFunc(results, func(a, b Result) int {
		if by := slices.Index(Kinds, a.Kind) - slices.Index(Kinds, b.Kind); by != 0 {
			return by
		}
		return strings.Compare(a.URL, b.URL)
	})
}

// hostOf returns the host of an address as it is compared: in lower case, without www and port.
func hostOf(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") }
