package world

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"

	"golang.org/x/text/language"
)

// boxesJSON is written by scripts/boxes.mjs from the public-domain boundaries of Natural Earth.
//
//go:embed boxes.json
var boxesJSON []byte

// margin is how far outside its boxes, in degrees, a place is still taken to be in a country: small
// islands are missing in the boundaries, and people round.
const margin = 0.5

// Surrounds tells whether a place may lie in a country: whether it is in one of the boxes around the
// country's land. Where the country has no boundaries here, it may. Degrees are decimal, WGS 84.
func Surrounds(country string, latitude, longitude float64) bool {
	all, known := boxes()[country]
	for _, box := range all {
		if longitude >= box[0]-margin && latitude >= box[1]-margin && longitude <= box[2]+margin && latitude <= box[3]+margin {
			return true
		}
	}
	return !known
}

// boxes maps a country's code to boxes of west, south, east, north.
var boxes = sync.OnceValue(func() map[string][][4]float64 {
	var byNumber map[string][][4]float64
	if err := json.Unmarshal(boxesJSON, &byNumber); err != nil {
		panic(fmt.Errorf("embedded boxes: %w", err)) // part of the program; its tests load them
	}
	byCode := make(map[string][][4]float64, len(byNumber))
	for number, all := range byNumber {
		var n int
		if _, err := fmt.Sscanf(number, "%d", &n); err != nil {
			continue
		}
		if region, err := language.EncodeM49(n); err == nil {
			byCode[region.String()] = all
		}
	}
	return byCode
})
