package export

import (
	"slices"
	"strconv"
	"strings"

	"coops/internal/directory"
)

// Organization is a co-op for machines, as schema.org writes it in JSON-LD: what the profile states, and nothing
// that would have to be guessed.
type Organization struct {
	Context     string     `json:"@context,omitempty"`
	Type        string     `json:"@type"`
	Identifier  string     `json:"identifier,omitempty"` // the slug, where several stand together
	Name        string     `json:"name"`
	Former      []string   `json:"alternateName,omitempty"`
	URL         string     `json:"url,omitempty"`
	Description string     `json:"description,omitempty"` // only in the language asked for
	Founded     string     `json:"foundingDate,omitempty"`
	Dissolved   string     `json:"dissolutionDate,omitempty"`
	Email       string     `json:"email,omitempty"`
	Places      []location `json:"location,omitempty"`
	Languages   []string   `json:"knowsLanguage,omitempty"` // BCP 47
	Skills      []string   `json:"knowsAbout,omitempty"`
	Offers      []offer    `json:"makesOffer,omitempty"` // what it teaches, and what it has made
	Seeks       []demand   `json:"seeks,omitempty"`
	Networks    []member   `json:"memberOf,omitempty"`
	SameAs      []string   `json:"sameAs,omitempty"`
}

type location struct {
	Type    string       `json:"@type"`
	Address *address     `json:"address,omitempty"`
	Geo     *coordinates `json:"geo,omitempty"`
}

type address struct {
	Type     string `json:"@type"`
	Locality string `json:"addressLocality,omitempty"`
	Region   string `json:"addressRegion,omitempty"`  // ISO 3166-2
	Country  string `json:"addressCountry,omitempty"` // ISO 3166-1 alpha-2
}

type coordinates struct {
	Type      string  `json:"@type"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

type offer struct {
	Type string `json:"@type"`
	Item item   `json:"itemOffered"`
}

type demand struct {
	Type  string `json:"@type"`
	Until string `json:"availabilityEnds,omitempty"`
	Item  item   `json:"itemOffered"`
}

// item is a service or a product.
type item struct {
	Type    string   `json:"@type"`
	Name    string   `json:"name"`
	Kind    string   `json:"serviceType,omitempty"` // teaching, work or partnership
	Channel *channel `json:"availableChannel,omitempty"`
	URL     string   `json:"url,omitempty"`
}

// channel is how one comes to a service.
type channel struct {
	Type      string   `json:"@type"`
	Languages []string `json:"availableLanguage"`
}

type member struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// services says which service meets a kind of need.
var services = map[string]string{"learn": "teaching", "work": "work", "partner": "partnership"}

// OrganizationOf returns a co-op of d in a language, without a context.
func OrganizationOf(d *directory.Directory, c *directory.Coop, in string) Organization {
	skill := func(id string) string {
		if s := d.Skill(id); s != nil {
			id, _ = s.Label.In(in)
		}
		return id
	}
	o := Organization{Type: "Organization", Name: c.Name, Former: c.FormerNames, URL: c.Website, Description: c.Summary[in], Languages: c.Languages}
	for _, u := range c.Skills {
		name := u.Other
		if u.Skill != "" {
			name = skill(u.Skill)
		}
		if !slices.Contains(o.Skills, name) {
			o.Skills = append(o.Skills, name)
		}
	}
	if c.Founded > 0 {
		o.Founded = strconv.Itoa(c.Founded)
	}
	if c.Status == "closed" || c.Status == "merged" {
		o.Dissolved = string(c.EndedOn)
	}
	if c.Contact != nil {
		o.Email = c.Contact.Email
	}
	for _, l := range c.Locations {
		p := location{Type: "Place"}
		if l.Place != "" || l.Region != "" || l.Country != "" {
			p.Address = &address{"PostalAddress", l.Place, l.Region, l.Country}
		}
		if l.Coordinates != nil {
			p.Geo = &coordinates{"GeoCoordinates", l.Coordinates.Latitude, l.Coordinates.Longitude}
		}
		o.Places = append(o.Places, p)
	}
	if !c.Ended() {
		for _, t := range c.Teaches {
			taught := item{Type: "Service", Name: skill(t.Skill), Kind: "teaching"}
			if len(t.Languages) > 0 {
				taught.Channel = &channel{"ServiceChannel", t.Languages}
			}
			o.Offers = append(o.Offers, offer{"Offer", taught})
		}
		for _, p := range c.Products {
			o.Offers = append(o.Offers, offer{"Offer", item{Type: "Product", Name: p.Name, URL: p.Website}})
		}
		for _, n := range c.Needs {
			o.Seeks = append(o.Seeks, demand{"Demand", string(n.Until), item{Type: "Service", Name: skill(n.Skill), Kind: services[n.Kind]}})
		}
	}
	for _, id := range c.Networks {
		m := member{Type: "Organization", Name: id}
		if n := networkOf(d, id); n != nil {
			m.Name, m.URL = n.Name, n.Website
		}
		o.Networks = append(o.Networks, m)
	}
	for _, l := range c.Links {
		if l.Kind == "code" || l.Kind == "fediverse" {
			o.SameAs = append(o.SameAs, l.URL)
		}
	}
	return o
}

// networkOf returns the network with that id, or nil.
func networkOf(d *directory.Directory, id string) *directory.Network {
	i, ok := slices.BinarySearchFunc(d.Networks, id, func(n *directory.Network, id string) int { return strings.Compare(n.ID, id) })
	if !ok {
		return nil
	}
	return d.Networks[i]
}

// graph is every co-op in one JSON-LD document.
type graph struct {
	Context string         `json:"@context"`
	Graph   []Organization `json:"@graph"`
}

// Context is the vocabulary that organizations are written in.
const Context = "https://schema.org"

func graphOf(d *directory.Directory) graph {
	g := graph{Context, make([]Organization, len(d.Coops))}
	for i, c := range d.Coops {
		g.Graph[i] = OrganizationOf(d, c, "en")
		g.Graph[i].Identifier = c.Slug
		if g.Graph[i].Description == "" {
			g.Graph[i].Description, _ = c.Summary.In(c.Languages...)
		}
	}
	return g
}
