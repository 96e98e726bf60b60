package site

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"coops/internal/directory"
	"coops/internal/world"
)

// placed returns a directory of co-ops at work, one for each list of places.
func placed(places ...[]directory.Location) *directory.Directory {
	d := &directory.Directory{}
	for i, locations := range places {
		d.Coops = append(d.Coops, &directory.Coop{Slug: fmt.Sprintf("c%04d", i), Name: fmt.Sprintf("C%04d", i), ListedBy: "coop", Locations: locations})
	}
	return d
}

func in(country string, at ...float64) directory.Location {
	l := directory.Location{Country: country}
	if len(at) == 2 {
		l.Coordinates = &directory.Coordinates{Latitude: at[0], Longitude: at[1]}
	}
	return l
}

func mapOf(d *directory.Directory) mapView { return newView(newIndex(d), "en").mapView() }

func TestTheMapCountsWhoIsAtWorkInEachCountry(t *testing.T) {
	d := small()
	d.Coops = append(d.Coops, &directory.Coop{Slug: "dogwood", Name: "Dogwood", ListedBy: "coop"})
	m := mapOf(d)
	var got []string
	for _, c := range m.Countries {
		got = append(got, fmt.Sprintf("%s %s %d shade %d", c.ID, c.Label, c.Coops, c.Shade))
	}
	if want := []string{"ar Argentina 2 shade 2", "uy Uruguay 1 shade 1"}; !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if m.Nowhere != 1 || m.Dots != "" {
		t.Errorf("%d nowhere, dots %q: nobody has given coordinates", m.Nowhere, m.Dots)
	}
	if want := []mapShade{{1, 1, 1}, {2, 2, 4}}; !slices.Equal(m.Shades, want) {
		t.Errorf("the legend is %v, want %v", m.Shades, want)
	}
}

func TestShadesGoUpWithTheCoops(t *testing.T) {
	for coops, want := range map[int]int{1: 1, 2: 2, 4: 2, 5: 3, 14: 3, 15: 4, 49: 4, 50: 5, 3000: 5} {
		if got := shadeOf(coops); got != want {
			t.Errorf("%d co-ops: shade %d, want %d", coops, got, want)
		}
	}
}

func TestAMapOfNobodyIsAMap(t *testing.T) {
	m := mapOf(placed())
	if len(m.Countries) != 0 || m.Dots != "" || m.View != [4]int{0, 0, m.Width, m.Height} || m.Home.Land == "" {
		t.Errorf("got %+v", m)
	}
	if data, err := json.Marshal(newView(newIndex(placed()), "en").mapData(nil)); err != nil || string(data) != `{"countries":[],"shades":[1,2,5,15,50],"coops":[]}` {
		t.Errorf("got %s, %v", data, err)
	}
}

func TestTheMapBeginsWhereTheCoopsAre(t *testing.T) {
	m := mapOf(placed([]directory.Location{in("UY", -34.9, -56.2)}, []directory.Location{in("AR", -34.6, -58.4)}))
	x, y := world.Frame{Scale: mapScale}.At(world.Project(-34.9, -56.2))
	if v := m.View; v[2] >= m.Width/2 || x < v[0] || x > v[0]+v[2] || y < v[1] || y > v[1]+v[3] {
		t.Errorf("shows %v of %d × %d, Montevideo is at %d, %d", v, m.Width, m.Height, x, y)
	}
}

func TestTheEndsOfTheEarthAreOnTheMap(t *testing.T) {
	for name, at := range map[string][2]float64{"date line, east": {-16.5, 180}, "date line, west": {-16.5, -180}, "north pole": {90, 0}, "south pole": {-90, 0}} {
		d := placed([]directory.Location{in("", at[0], at[1])})
		v := newView(newIndex(d), "en")
		m := v.mapView()
		p := v.mapData(nil).Coops[0].Places[0].At
		if p == nil || p[0] < float64(m.View[0]) || p[1] < float64(m.View[1])-1 || p[0] > float64(m.View[0]+m.View[2]) || p[1] > float64(m.View[1]+m.View[3]) {
			t.Errorf("%s: it is at %v, outside of %v", name, p, m.View)
		}
		if s := v.atlas.small["c0000"]; s == nil || s.Dots == "" || v.atlas.drawn[s.Picture].Width != smallWidth {
			t.Errorf("%s: its own map is %+v", name, s)
		}
	}
}

func TestManyCoopsInOneSpotAreOneDot(t *testing.T) {
	places := make([][]directory.Location, 3000)
	for i := range places {
		places[i] = []directory.Location{in("AR", -32.95, -60.64)}
	}
	if m := mapOf(placed(places...)); strings.Count(m.Dots, "M") != 1 || m.Countries[0].Coops != 3000 {
		t.Errorf("%d dots for %d co-ops", strings.Count(m.Dots, "M"), m.Countries[0].Coops)
	}
}

func TestASmallMapShowsWhatIsKnown(t *testing.T) {
	for name, c := range map[string]struct {
		places    []directory.Location
		has, dots bool
	}{
		"a place":                         {[]directory.Location{in("AR", -32.95, -60.64)}, true, true},
		"a country":                       {[]directory.Location{in("AR")}, true, false},
		"coordinates alone":               {[]directory.Location{in("", 46.2, 6.1)}, true, true},
		"a very small country":            {[]directory.Location{in("VA")}, true, false},
		"two ends of the world":           {[]directory.Location{in("NZ", -41.3, 174.8), in("US", 21.3, -157.9)}, true, true},
		"a place with no country to draw": {[]directory.Location{in("AQ")}, false, false},
		"nothing":                         {nil, false, false},
	} {
		a := newIndex(placed(c.places)).atlas
		got := a.small["c0000"]
		if (got != nil) != c.has || c.has && (got.Dots != "") != c.dots {
			t.Errorf("%s: got %+v", name, got)
		}
		if !c.has {
			continue
		}
		drawn := a.drawn[got.Picture]
		if c.places[0].Country != "" && drawn.Home == "" {
			t.Errorf("%s: its country is not there", name)
		}
		if len(drawn.Land)+len(drawn.Home) > 20_000 {
			t.Errorf("%s: %d bytes", name, len(drawn.Land)+len(drawn.Home))
		}
	}
}

func TestAnIslandIsShownAndNotTheMainland(t *testing.T) {
	a := newIndex(placed([]directory.Location{in("US", 21.3, -157.9)})).atlas
	if home := a.drawn[a.small["c0000"].Picture].Home; len(home) > 1000 {
		t.Errorf("the map of Honolulu has all of the United States: %d bytes", len(home))
	}
}

func TestTheScriptGetsNoPlaceThatNobodyGave(t *testing.T) {
	data := newView(newIndex(placed([]directory.Location{in("AR"), in("UY", -34.9, -56.2)})), "en").mapData(nil)
	places := data.Coops[0].Places
	if places[0].At != nil || *places[0].Country != 0 || places[1].At == nil {
		t.Errorf("got %+v", places)
	}
	if c := data.Countries[0]; c.ID != "ar" || c.At == nil || c.Box == nil {
		t.Errorf("got %+v", c)
	}
}

func TestCoopsOfACountryShareOnePicture(t *testing.T) {
	d := placed([]directory.Location{in("AR", -32.95, -60.64)}, []directory.Location{in("AR", -31.4, -64.2)}, []directory.Location{in("UY", -34.9, -56.2)})
	a := newIndex(d).atlas
	one, other, abroad := a.small["c0000"], a.small["c0001"], a.small["c0002"]
	if len(a.drawn) != 2 || one.Picture != other.Picture || one.Picture == abroad.Picture || one.Dots == other.Dots {
		t.Errorf("%d pictures; %+v %+v %+v", len(a.drawn), one, other, abroad)
	}
}
