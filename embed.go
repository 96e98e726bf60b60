// Package coops carries what the program brings along, so that a directory of one's own can be a
// folder of data: the theme, the site's own pages, its configuration and the shared vocabulary.
package coops

import "embed"

// Program holds the files by their path in this repository.
//
//go:embed hugo.yaml all:themes all:content data/skills data/sectors.yaml data/networks.yaml
var Program embed.FS
