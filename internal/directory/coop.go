package directory

import "encoding/json"

// Coop is one cooperative, as its file data/coops/<slug>.yaml says.
type Coop struct {
	// Slug is the file's name without its ending: the co-op's id and its address.
	Slug string `json:"-"`

	// From is the directory that the profile comes from; nil: it is one of this directory's own.
	From *Origin `json:"-"`

	Name      string `json:"name"`
	Website   string `json:"website,omitempty"`
	Kind      string `json:"kind,omitempty"`      // worker, multi-stakeholder, platform, network or other; empty: not said
	Status    string `json:"status,omitempty"`    // see Active and Ended
	EndedOn   Date   `json:"ended,omitempty"`     // a day or a year alone
	Successor string `json:"successor,omitempty"` // slug

	Summary     Text `json:"summary,omitempty"`
	Description Text `json:"description,omitempty"` // Markdown
	Founded     int  `json:"founded,omitempty"`     // year
	Members     int  `json:"members,omitempty"`

	Locations []Location `json:"locations,omitempty"` // the main place first
	Remote    *bool      `json:"remote,omitempty"`    // nil: not said
	Serves    []string   `json:"serves,omitempty"`    // ISO 3166-1 alpha-2, or worldwide
	Languages []string   `json:"languages,omitempty"` // BCP 47
	Timezones []string   `json:"timezones,omitempty"` // IANA
	Networks  []string   `json:"networks,omitempty"`
	Sectors   []string   `json:"sectors,omitempty"`

	Skills   []SkillUse `json:"skills,omitempty"`
	Declines []string   `json:"declines,omitempty"`
	Teaches  []Offer    `json:"teaches,omitempty"`
	Needs    []Need     `json:"needs,omitempty"`
	Products []Product  `json:"products,omitempty"`

	Availability string   `json:"availability,omitempty"` // open, limited or full; empty: not said
	Contact      *Contact `json:"contact,omitempty"`
	Links        []Link   `json:"links,omitempty"`
	Logo         string   `json:"logo,omitempty"` // file name in data/logos/

	FormerNames []string  `json:"former_names,omitempty"`
	FormerSlugs []string  `json:"former_slugs,omitempty"`
	ListedBy    string    `json:"listed_by"` // coop or third-party
	Source      *Source   `json:"source,omitempty"`
	Confirmed   Date      `json:"confirmed,omitempty"`
	Stewards    []Steward `json:"stewards,omitempty"`
}

// Origin is another directory, of which some co-ops are shown here.
type Origin struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Repository string `json:"repository"`
	Commit     string `json:"commit"` // of which the copy is
	File       string `json:"file"`   // the profile's, in the repository
}

// Ended tells whether the co-op no longer works as one: closed, merged or no longer a co-op.
func (c *Coop) Ended() bool {
	return c.Status == "closed" || c.Status == "merged" || c.Status == "no-longer-coop"
}

// Unconfirmed tells whether nobody of the co-op has said that the profile is right.
func (c *Coop) Unconfirmed() bool { return c.ListedBy != "coop" }

// Countries returns the countries of the co-op's locations, each once, in their order.
func (c *Coop) Countries() []string {
	var countries []string
	seen := map[string]bool{}
	for _, l := range c.Locations {
		if l.Country != "" && !seen[l.Country] {
			seen[l.Country] = true
			countries = append(countries, l.Country)
		}
	}
	return countries
}

// Location is one place where a co-op is. Every field may be empty, but not all of them.
type Location struct {
	Country     string       `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Region      string       `json:"region,omitempty"`  // ISO 3166-2
	Place       string       `json:"place,omitempty"`
	Coordinates *Coordinates `json:"coordinates,omitempty"`
}

// Coordinates are decimal degrees, WGS 84.
type Coordinates struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// SkillUse is a skill that a co-op says it has: one of the vocabulary, or other words for one that
// the vocabulary lacks. Exactly one of Skill and Other is set.
type SkillUse struct {
	Skill string `json:"skill,omitempty"`
	Other string `json:"other,omitempty"`
	Level string `json:"level,omitempty"` // learning, practiced or expert
	Note  Text   `json:"note,omitempty"`
}

// UnmarshalJSON reads a bare skill id as well as the whole form.
func (u *SkillUse) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &u.Skill)
	}
	type whole SkillUse
	return json.Unmarshal(data, (*whole)(u))
}

// Offer is a skill that a co-op can teach.
type Offer struct {
	Skill     string   `json:"skill"`
	Formats   []string `json:"formats,omitempty"`
	Languages []string `json:"languages,omitempty"` // empty: the co-op's own
	Terms     string   `json:"terms,omitempty"`
	Note      Text     `json:"note,omitempty"`
}

// Need is a skill that a co-op wants to learn, to have done, or to find a partner for.
type Need struct {
	Skill   string   `json:"skill"`
	Kind    string   `json:"kind"`              // learn, work or partner
	Formats []string `json:"formats,omitempty"` // to learn: those that suit; empty: any
	Terms   []string `json:"terms,omitempty"`   // what could be given in return; empty: not said
	Until   Date     `json:"until,omitempty"`
	Note    Text     `json:"note,omitempty"`
}

// Product is something a co-op makes that others can use.
type Product struct {
	Name    string `json:"name"`
	Website string `json:"website,omitempty"`
	Summary Text   `json:"summary,omitempty"`
}

// Contact is how to write to a co-op: never to one person.
type Contact struct {
	Email string `json:"email,omitempty"`
	Form  string `json:"form,omitempty"`
}

// Link is another place where a co-op can be found.
type Link struct {
	Kind string `json:"kind"`
	URL  string `json:"url"`
}

// Source is where the facts of a third-party listing come from.
type Source struct {
	Name      string `json:"name"`
	URL       string `json:"url"`
	Licence   string `json:"licence"` // SPDX id
	Retrieved Date   `json:"retrieved"`
}

// Steward is an account that may change a profile without a review. ID decides; Login is for readers,
// because logins get renamed and taken by others.
type Steward struct {
	Login string `json:"login"`
	ID    int64  `json:"id"`
}
