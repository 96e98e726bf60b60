package world

import "math"

// The plane of the site's maps: the Equal Earth projection (Šavrič, Patterson and Jenny, 2018), on which
// areas are true to each other, around the meridian of 11° east, so that its edge runs through the Bering
// Strait and cuts no country's mainland. x grows to the east and y to the south.
const (
	PlaneWidth  = 1000.0
	PlaneHeight = 486.717 // from pole to pole
	middle      = 11.0    // degrees east
)

// Point is a place on the plane.
type Point struct{ X, Y float64 }

// Project returns the place on the plane of a place on Earth, in decimal degrees (WGS 84). Both sides of
// the date line are one place; what lies beyond a pole is taken to be at the pole.
func Project(latitude, longitude float64) Point {
	const a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
	m := math.Sqrt(3) / 2
	scale := PlaneWidth / (2 * math.Pi / (m * a1))
	phi := max(-90, min(90, latitude)) * math.Pi / 180
	lambda := (math.Mod(math.Mod(longitude-middle+180, 360)+360, 360) - 180) * math.Pi / 180

	l := math.Asin(m * math.Sin(phi))
	l2 := l * l
	l6 := l2 * l2 * l2
	x := lambda * math.Cos(l) / (m * (a1 + 3*a2*l2 + l6*(7*a3+9*a4*l2)))
	y := l * (a1 + a2*l2 + l6*(a3+a4*l2))
	return Point{PlaneWidth/2 + scale*x, PlaneHeight/2 - scale*y}
}

// Box is an upright rectangle of the plane.
type Box struct{ Min, Max Point }

// Around returns the smallest box around points, of which there must be one.
func Around(points ...Point) Box {
	b := Box{points[0], points[0]}
	for _, p := range points[1:] {
		b = b.With(Box{p, p})
	}
	return b
}

// With returns the smallest box around two.
func (b Box) With(o Box) Box {
	return Box{Point{min(b.Min.X, o.Min.X), min(b.Min.Y, o.Min.Y)}, Point{max(b.Max.X, o.Max.X), max(b.Max.Y, o.Max.Y)}}
}

func (b Box) Width() float64  { return b.Max.X - b.Min.X }
func (b Box) Height() float64 { return b.Max.Y - b.Min.Y }
func (b Box) Center() Point   { return Point{(b.Min.X + b.Max.X) / 2, (b.Min.Y + b.Max.Y) / 2} }

// Meets tells whether two boxes have a point in common.
func (b Box) Meets(o Box) bool {
	return b.Min.X <= o.Max.X && o.Min.X <= b.Max.X && b.Min.Y <= o.Max.Y && o.Min.Y <= b.Max.Y
}

// Grown returns the box with room around it on all sides.
func (b Box) Grown(room float64) Box {
	return Box{Point{b.Min.X - room, b.Min.Y - room}, Point{b.Max.X + room, b.Max.Y + room}}
}

// Shaped returns the box, grown around its center so that it is at least so wide and has the shape given
// by its width divided by its height.
func (b Box) Shaped(least, shape float64) Box {
	width := max(b.Width(), b.Height()*shape, least)
	c, w, h := b.Center(), width/2, width/shape/2
	return Box{Point{c.X - w, c.Y - h}, Point{c.X + w, c.Y + h}}
}
