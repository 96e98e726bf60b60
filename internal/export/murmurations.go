package export

import "coops/internal/directory"

// murmuration is a profile for the Murmurations network, of its schema "organizations_schema-v1.0.0". The schema has
// fields for more; what stands here is what both sides can say.
type murmuration struct {
	Schemas     []string       `json:"linked_schemas"`
	Name        string         `json:"name"`
	URL         string         `json:"primary_url"`
	Tags        []string       `json:"tags,omitempty"`
	URLs        []namedURL     `json:"urls,omitempty"`
	Description string         `json:"description,omitempty"`
	Country     string         `json:"country_iso_3166,omitempty"`
	Place       *geolocation   `json:"geolocation,omitempty"`
	Related     []relationship `json:"relationships,omitempty"`
	Contact     *contact       `json:"contact_details,omitempty"`
}

type namedURL struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type geolocation struct {
	Latitude  float64 `json:"lat"`
	Longitude float64 `json:"lon"`
}

type relationship struct {
	Predicate string `json:"predicate_url"`
	Object    string `json:"object_url"`
}

type contact struct {
	Email string `json:"email,omitempty"`
	Form  string `json:"contact_form,omitempty"`
}

// murmurationOf returns the profile of a co-op, and whether it should have one: such a profile speaks for the co-op,
// so only one that is at work, listed itself here, and has a website, has one.
func murmurationOf(d *directory.Directory, c *directory.Coop) (murmuration, bool) {
	if c.Unconfirmed() || c.Ended() || c.Website == "" || c.From != nil {
		return murmuration{}, false
	}
	o := OrganizationOf(d, c, "en")
	m := murmuration{Schemas: []string{"organizations_schema-v1.0.0"}, Name: c.Name, URL: c.Website, Tags: o.Skills}
	m.Description, _ = c.Summary.In(c.Languages...)
	if codes := c.Countries(); len(codes) > 0 {
		m.Country = codes[0]
	}
	for _, l := range c.Locations {
		if l.Coordinates != nil {
			m.Place = &geolocation{l.Coordinates.Latitude, l.Coordinates.Longitude}
			break
		}
	}
	for _, l := range c.Links {
		m.URLs = append(m.URLs, namedURL{l.Kind, l.URL})
	}
	seen := map[string]bool{}
	for _, n := range o.Networks {
		if n.URL != "" && !seen[n.URL] {
			seen[n.URL] = true
			m.Related = append(m.Related, relationship{"https://schema.org/memberOf", n.URL})
		}
	}
	if c.Contact != nil {
		m.Contact = &contact{c.Contact.Email, c.Contact.Form}
	}
	return m, true
}
