package site

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"coops/internal/directory"
	"coops/internal/world"
)

const (
	mapScale   = 4     // grid steps of the world's map per unit of the plane
	mapSouth   = 440.0 // units: the world's map ends south of Cape Horn, unless somebody is farther south
	mapLeast   = 260.0 // units: as much of the world is shown at least, however near the co-ops are
	mapRoom    = 24.0  // units around the co-ops
	smallWidth = 360   // grid steps of a co-op's map
	smallShape = 1.5   // its width divided by its height
	smallLeast = 14.0  // units: it is never nearer than that, some 600 kilometers
	speckHome  = 8     // steps: the radius of a country that is too small to have a shape, where it is meant
	speckElse  = 3     // and elsewhere
	smallWide  = 80.0  // units: so wide, the outlines of the world's map are as good
	smallFar   = 300.0 // units: so wide, it needs no borders but those of its countries
	homeScale  = 0.6   // grid steps of the home page's map per unit
	homeCell   = 4     // grid steps: dots nearer than that are one
)

// mapShades are the fewest co-ops of each shade; the theme has as many.
var mapShades = []int{1, 2, 5, 15, 50}

// atlas is where the co-ops at work are on the maps: the same for every language.
type atlas struct {
	frame world.Frame           // the world's map
	view  world.Box             // the part of it that is shown at first
	small map[string]*spot      // slug -> where it is on the map of its page
	drawn map[string]*smallMap  // the maps of their pages: most co-ops of a country share one
	lands map[string]world.Land // of countries with co-ops, ended ones too
	spots []world.Point         // with coordinates, in the order of the co-ops
	count map[string]int        // country -> co-ops at work
}

func newAtlas(d *directory.Directory) *atlas {
	a := &atlas{
		frame: world.Frame{Box: world.Box{Max: world.Point{X: world.PlaneWidth, Y: mapSouth}}, Scale: mapScale},
		small: map[string]*spot{}, drawn: map[string]*smallMap{}, lands: map[string]world.Land{}, count: map[string]int{},
	}
	var shown []world.Point
	for _, c := range d.Coops {
		for _, code := range c.Countries() {
			land, found := world.FindLand(code)
			if found {
				a.lands[code] = land
			}
			if !c.Ended() {
				a.count[code]++
				if found {
					shown = append(shown, land.Label)
				}
			}
		}
		for _, l := range c.Locations {
			if l.Coordinates != nil && !c.Ended() {
				p := pointOf(l)
				a.spots, shown = append(a.spots, p), append(shown, p)
				a.frame.Max.Y = max(a.frame.Max.Y, p.Y+mapRoom/4)
			}
		}
	}
	a.view = a.frame.Box
	if len(shown) > 0 {
		a.view = within(world.Around(shown...).Grown(mapRoom).Shaped(mapLeast, a.frame.Width()/a.frame.Height()), a.frame.Box)
	}
	named := map[string]string{}
	for _, c := range d.Coops {
		if s := a.spotOf(c, named); s != nil {
			a.small[c.Slug] = s
		}
	}
	return a
}

func pointOf(l directory.Location) world.Point {
	return world.Project(l.Coordinates.Latitude, l.Coordinates.Longitude)
}

// within moves a box into another of the same shape, or returns that where it is not much larger.
func within(box, limit world.Box) world.Box {
	const much = 1.5
	if box.Width()*much >= limit.Width() {
		return limit
	}
	dx := max(limit.Min.X-box.Min.X, 0) + min(limit.Max.X-box.Max.X, 0)
	dy := max(limit.Min.Y-box.Min.Y, 0) + min(limit.Max.Y-box.Max.Y, 0)
	return world.Box{Min: world.Point{X: box.Min.X + dx, Y: box.Min.Y + dy}, Max: world.Point{X: box.Max.X + dx, Y: box.Max.Y + dy}}
}

// spotOf finds where a co-op is, in its country or countries, and draws these where nobody has before; nil where that
// is not known. named keeps which picture shows what.
func (a *atlas) spotOf(c *directory.Coop, named map[string]string) *spot {
	var boxes []world.Box
	var spots []world.Point
	for _, l := range c.Locations {
		land, found := a.lands[l.Country]
		switch {
		case l.Coordinates != nil:
			p := pointOf(l)
			spots = append(spots, p)
			boxes = append(boxes, surroundings(land, p))
		case found:
			boxes = append(boxes, surroundings(land, land.Label))
		}
	}
	if len(boxes) == 0 {
		return nil
	}
	whole := boxes[0]
	for _, b := range boxes[1:] {
		whole = whole.With(b)
	}
	whole = whole.Grown(whole.Width()/12).Shaped(smallLeast, smallShape)
	frame := world.Frame{Box: whole, Scale: smallWidth / whole.Width()}

	shows := fmt.Sprint(whole, c.Countries())
	if named[shows] == "" {
		named[shows] = strconv.Itoa(len(named) + 1)
		a.drawn[named[shows]] = drawSmall(frame, c.Countries())
	}
	return &spot{Picture: named[shows], Dots: dots(frame, spots, 1)}
}

// surroundings returns the box around the piece of a country's land that a point is on or nearest to.
func surroundings(land world.Land, p world.Point) world.Box {
	best, least := world.Around(p), math.Inf(1)
	for _, ring := range land.Rings {
		b := ring.Box
		away := math.Hypot(max(b.Min.X-p.X, p.X-b.Max.X, 0), max(b.Min.Y-p.Y, p.Y-b.Max.Y, 0))
		if away < least {
			best, least = b, away
		}
	}
	return best.With(world.Around(p))
}

func drawSmall(frame world.Frame, countries []string) *smallMap {
	m := &smallMap{}
	m.Width, m.Height = frame.Size()
	var home, land strings.Builder
	far := frame.Width() > smallFar
	if far {
		land.WriteString(frame.Path(world.Coast()))
	}
	for _, l := range world.Lands() {
		rings := l.Rings
		if frame.Width() > smallWide {
			rings = l.Sketch
		}
		if slices.Contains(countries, l.Code) {
			home.WriteString(cmp.Or(frame.Path(rings), speck(frame, l, speckHome)))
		} else if !far {
			land.WriteString(frame.Path(rings))
		}
	}
	m.Home, m.Land = home.String(), land.String()
	return m
}

// speck draws a country that is too small to have a shape as a circle, whose radius is in steps.
func speck(frame world.Frame, l world.Land, radius int) string {
	x, y := frame.At(l.Label)
	return fmt.Sprintf("M%d %da%d %d 0 1 0 %d 0a%d %d 0 1 0-%d 0z", x-radius, y, radius, radius, 2*radius, radius, radius, 2*radius)
}

// dots draws points as the data of a path that is to be stroked with round ends; those in one cell of so
// many steps are one.
func dots(frame world.Frame, points []world.Point, cell int) string {
	var b []byte
	seen := map[[2]int]bool{}
	for _, p := range points {
		x, y := frame.At(p)
		if at := [2]int{x / cell, y / cell}; !seen[at] {
			seen[at] = true
			b = fmt.Appendf(b, "M%d %dh0", x, y)
		}
	}
	return string(b)
}

// svg draws the lands of the world, each with its code as id, for pages to take into their own pictures.
func (a *atlas) svg() []byte {
	var b bytes.Buffer
	width, height := a.frame.Size()
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"><g id="world">`, width, height)
	for _, l := range world.Lands() {
		radius := speckElse
		if a.count[l.Code] > 0 {
			radius = speckHome
		}
		path := cmp.Or(a.frame.Path(l.Sketch), a.frame.Path(l.Rings), speck(a.frame, l, radius))
		if l.Code == "" {
			fmt.Fprintf(&b, `<path d="%s"/>`, path)
		} else {
			fmt.Fprintf(&b, `<path id="%s" d="%s"/>`, l.Code, path)
		}
	}
	b.WriteString("</g></svg>\n")
	return b.Bytes()
}

// write writes what the maps are made from where the templates find it as resources.
func (a *atlas) write(folder string, views []*view) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "world.svg"), a.svg(), 0o644); err != nil {
		return err
	}
	number := map[string]int{}
	for i, slug := range views[0].names(views[0].Coops) {
		number[slug] = i
	}
	for _, v := range views {
		if err := writeJSON(filepath.Join(folder, v.in+".json"), v.mapData(number)); err != nil {
			return err
		}
	}
	return nil
}

// steps writes a box of the plane as the grid of a frame has it: left, top, width and height.
func steps(frame world.Frame, box world.Box) [4]int {
	x, y := frame.At(box.Min)
	right, bottom := frame.At(box.Max)
	return [4]int{x, y, right - x, bottom - y}
}

func (v *view) mapView() mapView {
	a := v.atlas
	width, height := a.frame.Size()
	m := mapView{Width: width, Height: height, View: steps(a.frame, a.view), Dots: dots(a.frame, a.spots, mapScale), Countries: []mapCountry{}}
	for code, n := range a.count {
		m.Countries = append(m.Countries, v.mapCountry(code, n))
	}
	slices.SortFunc(m.Countries, func(a, b mapCountry) int {
		return cmp.Or(cmp.Compare(b.Coops, a.Coops), v.byLabel(a.Label, b.Label), strings.Compare(a.ID, b.ID))
	})
	for _, c := range v.Coops {
		if !c.Ended() && len(c.Countries()) == 0 {
			m.Nowhere++
		}
	}
	if len(m.Countries) > 0 {
		for i, from := range mapShades[:m.Countries[0].Shade] {
			s := mapShade{Shade: i + 1, From: from}
			if i+1 < len(mapShades) {
				s.To = mapShades[i+1] - 1
			}
			m.Shades = append(m.Shades, s)
		}
	}
	home := world.Frame{Box: a.frame.Box, Scale: homeScale}
	m.Home.Width, m.Home.Height = home.Size()
	m.Home.Land, m.Home.Dots = home.Path(world.Coast()), dots(home, a.spots, homeCell)
	return m
}

func (v *view) mapCountry(code string, coops int) mapCountry {
	c := mapCountry{count: count{strings.ToLower(code), world.CountryName(code, v.in), coops}, Code: code, Shade: shadeOf(coops)}
	if land, found := v.atlas.lands[code]; found {
		x, y := v.atlas.frame.At(land.Label)
		box := steps(v.atlas.frame, surroundings(land, land.Label))
		c.At, c.Box = &[2]int{x, y}, &box
	}
	return c
}

// shadeOf returns the shade of a country with so many co-ops, from 1.
func shadeOf(coops int) int {
	for i, from := range mapShades {
		if coops < from {
			return i
		}
	}
	return len(mapShades)
}

// mapData makes what the script of the map gets. number says which number the search gives a co-op.
func (v *view) mapData(number map[string]int) mapData {
	data := mapData{Countries: v.mapView().Countries, Shades: mapShades, Coops: []mapCoop{}}
	country := map[string]int{}
	for i, c := range data.Countries {
		country[c.Code] = i
	}
	working, _ := split(v.Coops)
	for _, slug := range v.names(working) {
		c := v.bySlug[slug]
		m := mapCoop{number[slug], slug, c.Name, []mapPlace{}}
		for _, l := range c.Locations {
			p := mapPlace{Place: l.Place}
			if i, found := country[l.Country]; found {
				p.Country = &i
			}
			if l.Coordinates != nil {
				at := pointOf(l)
				p.At = &[2]float64{tenth(at.X * mapScale), tenth(at.Y * mapScale)}
			}
			m.Places = append(m.Places, p)
		}
		data.Coops = append(data.Coops, m)
	}
	return data
}

func tenth(n float64) float64 { return math.Round(n*10) / 10 }
