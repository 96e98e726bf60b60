package world

import (
	"math"
	"regexp"
	"testing"
)

// The wanted places are those of d3-geo, geoEqualEarth().rotate([-11, 0]) fitted to the plane;
// test/js/outlines.test.js holds these very numbers against it.
func TestPlacesAreWhereEqualEarthHasThem(t *testing.T) {
	for name, c := range map[string]struct {
		latitude, longitude float64
		want                Point
	}{
		"Rosario":        {-32.95, -60.64, Point{316.472, 363.027}},
		"Pune":           {18.52, 73.86, Point{670.275, 174.686}},
		"Reykjavík":      {64.15, -21.94, Point{433.933, 32.461}},
		"Wellington":     {-41.29, 174.78, Point{899.918, 390.605}},
		"Honolulu":       {21.31, -157.86, Point{46.342, 164.580}},
		"Suva":           {-18.14, 178.44, Point{954.028, 310.647}},
		"the date line":  {-16.5, 180, Point{960.182, 304.658}},
		"the north pole": {90, 0, Point{481.897, 0.000}},
		"the south pole": {-90, 123, Point{684.323, 486.717}},
		"the middle":     {0, 11, Point{500.000, 243.358}},
	} {
		got := Project(c.latitude, c.longitude)
		if math.Abs(got.X-c.want.X) > 0.005 || math.Abs(got.Y-c.want.Y) > 0.005 {
			t.Errorf("%s: got %.2f, want %.2f", name, got, c.want)
		}
	}
}

func TestBothSidesOfTheDateLineAreOnePlace(t *testing.T) {
	if east, west := Project(-16.5, 180), Project(-16.5, -180); east != west {
		t.Errorf("got %v and %v", east, west)
	}
	if around, once := Project(10, 370), Project(10, 10); math.Abs(around.X-once.X) > 1e-9 {
		t.Errorf("once more around: got %v, want %v", around, once)
	}
}

func TestEveryCountryHasALabelInsideThePlane(t *testing.T) {
	for code := range countries().names {
		land, found := FindLand(code)
		if !found {
			continue
		}
		if p := land.Label; p.X < 0 || p.X > PlaneWidth || p.Y < 0 || p.Y > PlaneHeight {
			t.Errorf("%s: its label is at %v", code, p)
		}
	}
	for _, code := range []string{"AR", "XK", "GF", "RE", "SJ", "TV", "VA", "MT", "SG", "EH", "PS", "TW"} {
		if _, found := FindLand(code); !found {
			t.Errorf("%s has no place on the plane", code)
		}
	}
	if _, found := FindLand("AQ"); found {
		t.Error("Antarctica is on the plane")
	}
}

func TestCountriesAreWhereTheirPlacesAre(t *testing.T) {
	for code, at := range map[string]Point{
		"AR": Project(-34.6, -58.4), "FJ": Project(-17.7, 178), "GF": Project(4.9, -52.3), "NZ": Project(-41.3, 174.8),
		"RU": Project(66, -172), "US": Project(39, -98), "FR": Project(48.9, 2.4), "SO": Project(9.6, 44.1), "XK": Project(42.7, 21.2),
	} {
		land, _ := FindLand(code)
		within := false
		for _, ring := range land.Rings {
			within = within || contains(ring.Points, at)
		}
		if !within {
			t.Errorf("%s does not surround %v", code, at)
		}
	}
	if france, _ := FindLand("FR"); Around(france.Rings[0].Points...).Width() > 100 {
		t.Error("France reaches over the ocean")
	}
}

func contains(ring []Point, p Point) bool {
	odd := false
	for i, b := range ring {
		a := ring[(i+len(ring)-1)%len(ring)]
		if (a.Y > p.Y) != (b.Y > p.Y) && p.X < (b.X-a.X)*(p.Y-a.Y)/(b.Y-a.Y)+a.X {
			odd = !odd
		}
	}
	return odd
}

func ringOf(points ...Point) Ring { return Ring{Around(points...), points} }

func TestAPathHasOnlyWhatTheFrameShows(t *testing.T) {
	frame := Frame{Box{Point{0, 0}, Point{10, 10}}, 10}
	for name, c := range map[string]struct {
		ring Ring
		want string
	}{
		"inside":              {ringOf(Point{1, 1}, Point{3, 1}, Point{3, 2}, Point{1, 2}), "M10 10l20 0 0 10-20 0z"},
		"points on a line":    {ringOf(Point{1, 1}, Point{2, 1}, Point{3, 1}, Point{3, 2}, Point{1, 2}), "M10 10l20 0 0 10-20 0z"},
		"cut at the edge":     {ringOf(Point{8, 1}, Point{99, 1}, Point{99, 2}, Point{8, 2}), "M80 10l24 0 0 10-24 0z"},
		"larger than all":     {ringOf(Point{-50, -50}, Point{50, -50}, Point{50, 50}, Point{-50, 50}), "M-4 104l0-108 108 0 0 108z"},
		"outside":             {ringOf(Point{20, 20}, Point{30, 20}, Point{30, 30}), ""},
		"smaller than a step": {ringOf(Point{1, 1}, Point{1.02, 1}, Point{1, 1.02}), ""},
	} {
		if got := frame.Path([]Ring{c.ring}); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestPathsOfTheWorldAreSound(t *testing.T) {
	frame := Frame{Box{Point{0, 0}, Point{PlaneWidth, 440}}, 4}
	sound := regexp.MustCompile(`^(M-?\d+( |-)\d+(l-?\d+[ -]\d+([ -]\d+[ -]\d+)*)z)*$`)
	for _, land := range Lands() {
		for _, rings := range [][]Ring{land.Rings, land.Sketch} {
			if path := frame.Path(rings); !sound.MatchString(path) {
				t.Errorf("%s: %.200s", land.Code, path)
			}
		}
	}
	if path := frame.Path(Coast()); len(path) < 1000 {
		t.Errorf("the coast is gone: %q", path)
	}
}

func TestABoxIsShapedAroundItsCenter(t *testing.T) {
	for _, c := range []struct {
		box         Box
		least, want float64
	}{{Box{Point{0, 0}, Point{1, 1}}, 12, 12}, {Box{Point{0, 0}, Point{30, 2}}, 12, 30}, {Box{Point{0, 0}, Point{2, 40}}, 12, 60}} {
		got := c.box.Shaped(c.least, 1.5)
		if got.Width() != c.want || math.Abs(got.Width()/got.Height()-1.5) > 1e-9 || got.Center() != c.box.Center() {
			t.Errorf("%v: got %v, want %v wide", c.box, got, c.want)
		}
	}
}
