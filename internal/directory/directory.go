// Package directory is the domain: co-ops, events, requests, the vocabulary of skills, and the folder
// that holds them all. It knows no files, no clock and no schema; a Directory that package check
// returned without errors is consistent: every id in it resolves.
package directory

import "sort"

// Directory is everything a folder of data says. Slices are sorted by slug or id.
type Directory struct {
	Coops      []*Coop
	Events     []*Event
	Requests   []*Request
	Skills     []*Skill
	Networks   []*Network
	Sectors    []*Sector
	Governance Governance
}

// Skill is one entry of the vocabulary.
type Skill struct {
	ID       string `json:"-"`
	Category string `json:"-"` // the name of its file: web, software … technology

	Label    Text                `json:"label"`
	Synonyms map[string][]string `json:"synonyms,omitempty"` // per language
	Asks     Text                `json:"asks,omitempty"`
	Clues    map[string][]string `json:"clues,omitempty"`    // per language; they may belong to several skills
	PartOf   string              `json:"part_of,omitempty"`  // the id of the wider skill that whoever has this one has, too; empty: none
	AliasOf  string              `json:"alias_of,omitempty"` // the id that replaced this one; empty: in use
}

// Network is a federation or network that co-ops belong to.
type Network struct {
	ID string `json:"-"`

	Name      string   `json:"name"`
	Website   string   `json:"website"`
	Countries []string `json:"countries,omitempty"` // empty: international
	Summary   Text     `json:"summary,omitempty"`
}

// Sector is a field that co-ops work for.
type Sector struct {
	ID    string `json:"-"`
	Label Text   `json:"label"`
}

// Event is a show-and-tell, training or gathering.
type Event struct {
	Slug string `json:"-"`

	Title       Text     `json:"title"`
	Kind        string   `json:"kind"`
	Start       string   `json:"start"` // ISO 8601 with offset
	End         string   `json:"end"`   // ISO 8601 with offset
	Online      string   `json:"online,omitempty"`
	Place       string   `json:"place,omitempty"`
	Languages   []string `json:"languages"`
	Hosts       []string `json:"hosts"`            // slugs of co-ops
	Topics      []string `json:"topics,omitempty"` // ids of skills
	Description Text     `json:"description,omitempty"`
}

// Request is what a co-operative of any sector looks for.
type Request struct {
	Slug string `json:"-"`

	Title       Text      `json:"title"`
	Who         Requester `json:"who"`
	Description Text      `json:"description,omitempty"`
	Skills      []string  `json:"skills"`
	Languages   []string  `json:"languages"`
	Countries   []string  `json:"countries,omitempty"`
	Terms       string    `json:"terms,omitempty"`
	Until       Date      `json:"until,omitempty"`
	Contact     *Contact  `json:"contact"`
	Status      string    `json:"status"`
}

// Open tells whether help is still looked for, as far as its status says.
func (r *Request) Open() bool { return r.Status == "open" || r.Status == "in-talks" }

// Requester is the co-operative behind a request.
type Requester struct {
	Name    string `json:"name"`
	Website string `json:"website,omitempty"`
	Sector  string `json:"sector,omitempty"`
}

// Governance holds the answers about who runs the shared place; an empty answer is an open question.
type Governance struct {
	Host        Text `json:"host"`
	Domain      Text `json:"domain"`
	Backups     Text `json:"backups"`
	Restored    Date `json:"restored"`
	Maintainers Text `json:"maintainers"`
	Upgrades    Text `json:"upgrades"`
	Features    Text `json:"features"`
	Decisions   Text `json:"decisions"`
	Leaving     Text `json:"leaving"`
}

// Skill returns the skill with that id, following alias_of, or nil where there is none.
func (d *Directory) Skill(id string) *Skill {
	for range d.Skills { // an alias chain is no longer than the vocabulary
		i := sort.Search(len(d.Skills), func(i int) bool { return d.Skills[i].ID >= id })
		if i == len(d.Skills) || d.Skills[i].ID != id {
			return nil
		}
		if d.Skills[i].AliasOf == "" {
			return d.Skills[i]
		}
		id = d.Skills[i].AliasOf
	}
	return nil
}
