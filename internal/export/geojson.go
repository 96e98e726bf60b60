package export

import "coops/internal/directory"

// places is a FeatureCollection (GeoJSON, RFC 7946).
type places struct {
	Type     string    `json:"type"`
	Features []feature `json:"features"`
}

type feature struct {
	Type       string   `json:"type"`
	Geometry   geometry `json:"geometry"`
	Properties place    `json:"properties"`
}

type geometry struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"` // longitude, latitude
}

// place says whose point it is. Who shows it can tell whether the co-op is still at work, and whether it
// has said so itself.
type place struct {
	Slug     string `json:"slug"`
	Name     string `json:"name"`
	Website  string `json:"website,omitempty"`
	Status   string `json:"status,omitempty"`
	Place    string `json:"place,omitempty"`
	Region   string `json:"region,omitempty"`
	Country  string `json:"country,omitempty"`
	ListedBy string `json:"listed_by"`
	From     string `json:"from,omitempty"` // the id of another directory
}

// placesOf returns a point for each place of a co-op that has coordinates.
func placesOf(coops []*directory.Coop) places {
	all := places{"FeatureCollection", []feature{}}
	for _, c := range coops {
		for _, l := range c.Locations {
			if l.Coordinates == nil {
				continue
			}
			all.Features = append(all.Features, feature{"Feature",
				geometry{"Point", [2]float64{l.Coordinates.Longitude, l.Coordinates.Latitude}},
				place{c.Slug, c.Name, c.Website, c.Status, l.Place, l.Region, l.Country, c.ListedBy, origin(c)}})
		}
	}
	return all
}
