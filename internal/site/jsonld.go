package site

import (
	"encoding/json"

	"coops/internal/directory"
	"coops/internal/export"
)

// member is an organization that something else belongs to.
type member struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// jsonLD writes a co-op for <script type="application/ld+json">. Every <, > and & is escaped, so nothing
// in a profile can end the element.
func (v *view) jsonLD(c *directory.Coop) string {
	o := export.OrganizationOf(v.Directory, c, v.in)
	o.Context = export.Context
	written, err := json.Marshal(o)
	if err != nil {
		return "{}" // only a number that is none could lead here, and the rules let none pass
	}
	return string(written)
}
