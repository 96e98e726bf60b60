package world

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

// outlinesJSON is written by scripts/outlines.mjs from the public-domain boundaries of Natural Earth.
//
//go:embed outlines.json
var outlinesJSON []byte

// Land is a country on the plane.
type Land struct {
	Code   string // ISO 3166-1 alpha-2 (or XK); empty: land that is in no country
	Label  Point  // well inside its largest land
	Rings  []Ring // the largest land first; none where the country is too small to have an outline
	Sketch []Ring // the same with less detail, for a map of the world
}

// Ring is the border of one piece of land.
type Ring struct {
	Box    Box
	Points []Point
}

// Lands returns every country but Antarctica, by code. It is not to be changed.
func Lands() []Land { return outlines().lands }

// FindLand returns the country of a code; false where it has no place on the plane.
func FindLand(code string) (Land, bool) {
	all := Lands()
	i, found := slices.BinarySearchFunc(all, code, func(l Land, code string) int { return strings.Compare(l.Code, code) })
	if !found {
		return Land{}, false
	}
	return all[i], true
}

// Coast returns the land of the world without borders, roughly, for a small picture. It is not to be changed.
func Coast() []Ring { return outlines().coast }

type plane struct {
	lands []Land
	coast []Ring
}

var outlines = sync.OnceValue(func() plane {
	var file struct {
		Countries map[string]struct {
			At           [2]float64
			Land, Sketch [][]float64
		}
		Coast [][]float64
	}
	if err := json.Unmarshal(outlinesJSON, &file); err != nil {
		panic(fmt.Errorf("embedded outlines: %w", err)) // part of the program; its tests load them
	}
	p := plane{coast: ringsOf(file.Coast)}
	for id, c := range file.Countries {
		p.lands = append(p.lands, Land{codeOf(id), Point{c.At[0] / hundredths, c.At[1] / hundredths}, ringsOf(c.Land), ringsOf(c.Sketch)})
	}
	slices.SortFunc(p.lands, func(a, b Land) int { return strings.Compare(a.Code, b.Code) })
	return p
})

const hundredths = 100

// ringsOf reads rings that are written as a first point and the steps to the next ones.
func ringsOf(all [][]float64) []Ring {
	rings := make([]Ring, len(all))
	for i, steps := range all {
		var x, y float64
		for j := 0; j+1 < len(steps); j += 2 {
			x, y = x+steps[j], y+steps[j+1]
			rings[i].Points = append(rings[i].Points, Point{x / hundredths, y / hundredths})
		}
		rings[i].Box = Around(rings[i].Points...)
	}
	return rings
}

// codeOf returns the alpha-2 code for a numeric one; other texts stay as they are.
func codeOf(id string) string {
	var n int
	if _, err := fmt.Sscanf(id, "%d", &n); err != nil {
		return id
	}
	region, err := language.EncodeM49(n)
	if err != nil {
		return id
	}
	return region.String()
}
