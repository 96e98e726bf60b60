package site

// mapView is the map of the world: data/map/<language>.json. Numbers are steps of its grid.
type mapView struct {
	Width     int          `json:"width"`
	Height    int          `json:"height"`
	View      [4]int       `json:"view"`      // what is shown at first: left, top, width, height
	Dots      string       `json:"dots"`      // path to be stroked with round ends: every place with coordinates
	Countries []mapCountry `json:"countries"` // with co-ops at work, the most first
	Shades    []mapShade   `json:"shades"`    // as many as the map needs
	Nowhere   int          `json:"nowhere"`   // co-ops that name no country
	Home      smallMap     `json:"home"`      // a small picture of the whole; the land in it has no countries
}

// mapCountry is a country that has co-ops. Its shape is in the resource atlas/world.svg, under its code.
type mapCountry struct {
	count
	Code  string  `json:"code"`
	Shade int     `json:"shade"`         // from 1
	At    *[2]int `json:"at,omitempty"`  // where its label goes; nil: it is not on the map
	Box   *[4]int `json:"box,omitempty"` // around its largest land: left, top, width, height
}

// mapShade says how many co-ops a shade stands for; To is 0 where there is no most.
type mapShade struct {
	Shade int `json:"shade"`
	From  int `json:"from"`
	To    int `json:"to,omitempty"`
}

// smallMap is a picture of a part of the world, as data of SVG paths.
type smallMap struct {
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Land   string `json:"land"`
	Home   string `json:"home,omitempty"` // the land of the countries it is about
	Dots   string `json:"dots,omitempty"` // to be stroked with round ends
}

// spot is where a co-op is, on a picture that others share.
type spot struct {
	Picture string `json:"picture"`        // a smallMap of data/places.json, without dots
	Dots    string `json:"dots,omitempty"` // to be stroked with round ends
}

// mapData is the resource atlas/<language>.json: what the map's script works on.
type mapData struct {
	Countries []mapCountry `json:"countries"` // as in mapView
	Shades    []int        `json:"shades"`    // the fewest co-ops of each shade
	Coops     []mapCoop    `json:"coops"`     // at work, by name
}

type mapCoop struct {
	Number int        `json:"number"` // in the search, which counts by name in the site's first language
	Slug   string     `json:"slug"`
	Name   string     `json:"name"`
	Places []mapPlace `json:"places"`
}

type mapPlace struct {
	Country *int        `json:"country,omitempty"` // index; nil: not said
	Place   string      `json:"place,omitempty"`
	At      *[2]float64 `json:"at,omitempty"` // nil: not said
}
