// Package hugo renders staged data with Hugo, inside this process. It is the only importer of Hugo,
// and only main imports it: everything else compiles and tests without it.
package hugo

import (
	"context"
	"fmt"
	"strings"

	"coops/internal/site"

	"github.com/gohugoio/hugo/commands"
)

// Render is a site.Renderer. Hugo cannot be stopped in the middle: when ctx ends, Render returns at
// once and what Hugo still writes goes to a folder that nobody will publish. Hugo keeps global state,
// so only one Render may run at a time.
func Render(ctx context.Context, job site.Job) error {
	done := make(chan error, 1)
	go func() { done <- run(job) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func run(job site.Job) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("hugo stopped unexpectedly: %v", r)
		}
	}()
	return commands.Execute([]string{
		"build", "--quiet", "--noBuildLock", "--panicOnWarning=false",
		"--source", job.Source,
		"--config", strings.Join(job.Configs, ","),
		"--destination", job.Output,
	})
}
