package site

import "context"

// Job is what a Renderer is asked to do.
type Job struct {
	Source  string   // the folder the site is built from; node_modules is looked for in it and above it
	Configs []string // configuration files, absolute; what stands in a later one wins
	Output  string   // the folder to write to, absolute
}

// Renderer turns staged data into pages. Hugo is the one that ships (package hugo); it lives apart
// because compiling it takes minutes, and most tests do not need it.
type Renderer func(ctx context.Context, job Job) error
