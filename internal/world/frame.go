package world

import (
	"math"
	"strconv"
)

// Frame is a part of the plane to be drawn on a grid of whole numbers, as SVG has it.
type Frame struct {
	Box
	Scale float64 // grid steps per unit of the plane
}

// beyond is how far outside the frame, in steps, shapes are still drawn, so that their cut edges are not seen.
const beyond = 4

// At returns where a point of the plane is on the grid, whose origin is the frame's corner.
func (f Frame) At(p Point) (x, y int) {
	return int(math.Round((p.X - f.Min.X) * f.Scale)), int(math.Round((p.Y - f.Min.Y) * f.Scale))
}

// Size returns the width and height of the frame on the grid.
func (f Frame) Size() (width, height int) { return f.At(f.Max) }

// Path returns what of the rings is in the frame, as the data of an SVG path; empty where that is nothing
// or smaller than the grid shows.
func (f Frame) Path(rings []Ring) string {
	var b []byte
	area := f.Grown(beyond / f.Scale)
	for _, ring := range rings {
		if area.Meets(ring.Box) {
			b = appendRing(b, f.snap(clip(ring.Points, area)))
		}
	}
	return string(b)
}

// clip cuts a ring at the four sides of a box, one after the other (Sutherland and Hodgman).
func clip(ring []Point, box Box) []Point {
	for _, side := range []struct {
		inside func(Point) bool
		cross  func(a, b Point) Point
	}{
		{func(p Point) bool { return p.X >= box.Min.X }, atX(box.Min.X)},
		{func(p Point) bool { return p.X <= box.Max.X }, atX(box.Max.X)},
		{func(p Point) bool { return p.Y >= box.Min.Y }, atY(box.Min.Y)},
		{func(p Point) bool { return p.Y <= box.Max.Y }, atY(box.Max.Y)},
	} {
		var kept []Point
		for i, b := range ring {
			a := ring[(i+len(ring)-1)%len(ring)]
			if side.inside(a) != side.inside(b) {
				kept = append(kept, side.cross(a, b))
			}
			if side.inside(b) {
				kept = append(kept, b)
			}
		}
		ring = kept
	}
	return ring
}

func atX(x float64) func(a, b Point) Point {
	return func(a, b Point) Point { return Point{x, a.Y + (b.Y-a.Y)*(x-a.X)/(b.X-a.X)} }
}

func atY(y float64) func(a, b Point) Point {
	return func(a, b Point) Point { return Point{a.X + (b.X-a.X)*(y-a.Y)/(b.Y-a.Y), y} }
}

// snap moves a ring's points to the grid and leaves out those that it does not need: neighbors share their
// border's points, so they stay neighbors. nil where no area is left.
func (f Frame) snap(ring []Point) [][2]int {
	var kept [][2]int
	for _, p := range ring {
		x, y := f.At(p)
		for len(kept) > 1 && straight(kept[len(kept)-2], kept[len(kept)-1], [2]int{x, y}) {
			kept = kept[:len(kept)-1]
		}
		if len(kept) == 0 || kept[len(kept)-1] != [2]int{x, y} {
			kept = append(kept, [2]int{x, y})
		}
	}
	area := 0
	for i, b := range kept {
		a := kept[(i+len(kept)-1)%len(kept)]
		area += a[0]*b[1] - b[0]*a[1]
	}
	if area == 0 {
		return nil
	}
	return kept
}

// straight tells whether b lies on the line through a and c.
func straight(a, b, c [2]int) bool { return (b[0]-a[0])*(c[1]-b[1]) == (b[1]-a[1])*(c[0]-b[0]) }

// appendRing writes a closed ring with relative steps, the shortest way SVG reads.
func appendRing(b []byte, ring [][2]int) []byte {
	for i, p := range ring {
		if i == 0 {
			b = appendPair(append(b, 'M'), p[0], p[1])
			continue
		}
		if i == 1 {
			b = append(b, 'l')
		} else if p[0] >= ring[i-1][0] {
			b = append(b, ' ')
		}
		b = appendPair(b, p[0]-ring[i-1][0], p[1]-ring[i-1][1])
	}
	if len(ring) > 0 {
		b = append(b, 'z')
	}
	return b
}

func appendPair(b []byte, x, y int) []byte {
	b = strconv.AppendInt(b, int64(x), 10)
	if y >= 0 {
		b = append(b, ' ')
	}
	return strconv.AppendInt(b, int64(y), 10)
}
