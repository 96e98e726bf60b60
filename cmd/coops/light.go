//go:build light

package main

import "coops/internal/site"

// render is missing from the light program, which compiles in a fraction of the time: it checks and reviews, and
// makes no pages.
var (
	render site.Renderer
	keep   site.Keeper
)
