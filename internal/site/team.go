package site

import (
	"cmp"
	"slices"
	"strings"

	"coops/internal/directory"
	"coops/internal/exchange"
)

// teamsFile is api/v1/teams.json: what the page that finds a team chooses from, for readers of every language. Co-ops come by slug.
type teamsFile struct {
	Skills []string   `json:"skills"` // ids
	Coops  []teamCoop `json:"coops"`
}

type teamCoop struct {
	Slug      string   `json:"slug"`
	Name      string   `json:"name"`
	From      string   `json:"from,omitempty"`      // the name of the directory that it comes from
	Languages []string `json:"languages,omitempty"` // ISO 639: Portuguese is Portuguese, of Brazil or of Angola
	Countries []string `json:"countries,omitempty"` // where it is
	Serves    []string `json:"serves,omitempty"`    // where else it works for others; "worldwide" alone, whatever else it says
	Does      [][2]int `json:"does"`                // number of a skill, and the points that a team gets for it
}

func teamsOf(x *exchange.Exchange) teamsFile {
	file := teamsFile{Skills: []string{}, Coops: []teamCoop{}}
	number := map[string]int{}
	for _, d := range x.Doers() {
		c := teamCoop{Slug: d.Coop.Slug, Name: d.Coop.Name, Countries: distinct(d.Coop.Countries()), Serves: servesBesides(d.Coop)}
		if from := d.Coop.From; from != nil {
			c.From = from.Name
		}
		for _, code := range d.Coop.Languages {
			base, _, _ := strings.Cut(code, "-")
			c.Languages = append(c.Languages, base)
		}
		c.Languages = distinct(c.Languages)
		for _, share := range d.Does {
			at, known := number[share.Skill]
			if !known {
				at = len(file.Skills)
				number[share.Skill] = at
				file.Skills = append(file.Skills, share.Skill)
			}
			c.Does = append(c.Does, [2]int{at, share.Points})
		}
		slices.SortFunc(c.Does, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
		file.Coops = append(file.Coops, c)
	}
	return file
}

// servesBesides returns the countries that a co-op works for and is not in.
func servesBesides(c *directory.Coop) []string {
	if slices.Contains(c.Serves, "worldwide") {
		return []string{"worldwide"}
	}
	return slices.DeleteFunc(distinct(c.Serves), func(code string) bool { return slices.Contains(c.Countries(), code) })
}
