//go:build !light

package main

import "coops/internal/site/hugo"

var (
	render = hugo.Render
	keep   = hugo.Keep
)
