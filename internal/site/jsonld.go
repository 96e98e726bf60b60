package site

import (
	"encoding/json"
	"strconv"

	"coops/internal/directory"
)

// organization is a co-op for machines, as schema.org writes it: what the profile states, and nothing
// that would have to be guessed.
type organization struct {
	Context     string   `json:"@context"`
	Type        string   `json:"@type"`
	Name        string   `json:"name"`
	Former      []string `json:"alternateName,omitempty"`
	URL         string   `json:"url,omitempty"`
	Description string   `json:"description,omitempty"` // only in the language of the page
	Founded     string   `json:"foundingDate,omitempty"`
	Dissolved   string   `json:"dissolutionDate,omitempty"`
	Email       string   `json:"email,omitempty"`
	Places      []place  `json:"location,omitempty"`
	Languages   []string `json:"knowsLanguage,omitempty"` // BCP 47
	Skills      []string `json:"knowsAbout,omitempty"`
	Networks    []member `json:"memberOf,omitempty"`
	SameAs      []string `json:"sameAs,omitempty"`
}

type place struct {
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

type member struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// jsonLD writes a co-op for <script type="application/ld+json">. Every <, > and & is escaped, so nothing
// in a profile can end the element.
func (v *view) jsonLD(c *directory.Coop) string {
	o := organization{
		Context: "https://schema.org", Type: "Organization", Name: c.Name, Former: c.FormerNames, URL: c.Website,
		Description: c.Summary[v.in], Languages: c.Languages,
		Skills: unique(c.Skills, func(u directory.SkillUse) string {
			if u.Skill == "" {
				return u.Other
			}
			return v.skillLabel(u.Skill)
		}),
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
		p := place{Type: "Place"}
		if l.Place != "" || l.Region != "" || l.Country != "" {
			p.Address = &address{"PostalAddress", l.Place, l.Region, l.Country}
		}
		if l.Coordinates != nil {
			p.Geo = &coordinates{"GeoCoordinates", l.Coordinates.Latitude, l.Coordinates.Longitude}
		}
		o.Places = append(o.Places, p)
	}
	for _, id := range c.Networks {
		m := member{Type: "Organization", Name: v.networkTerm(id).Label}
		if n := v.networks[id]; n != nil {
			m.URL = n.Website
		}
		o.Networks = append(o.Networks, m)
	}
	for _, l := range c.Links {
		if l.Kind == "code" || l.Kind == "fediverse" {
			o.SameAs = append(o.SameAs, l.URL)
		}
	}
	written, err := json.Marshal(o)
	if err != nil {
		return "{}" // only a number that is none could lead here, and the rules let none pass
	}
	return string(written)
}
