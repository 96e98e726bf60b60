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

// Keeper renders a site as a Renderer does, and keeps it.
type Keeper func(ctx context.Context, job Job) (Kept, error)

// Kept is a site that is rendered again as its files change. It is for one goroutine at a time, and may be used beside a Renderer.
type Kept interface {
	// Render makes the pages anew for which the changed files matter; their names are absolute. After an error the site is worth nothing.
	Render(ctx context.Context, changed []string) error
	Close() error
}
