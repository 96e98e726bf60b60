// Package hugo renders staged data with Hugo, inside this process. It is the only importer of Hugo,
// and only main imports it: everything else compiles and tests without it.
package hugo

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"coops/internal/site"

	"github.com/gohugoio/hugo/commands"
)

// Render is a site.Renderer. Hugo cannot be stopped in the middle: when ctx ends, Render returns at
// once and what Hugo still writes goes to a folder that nobody will publish. Hugo keeps global state,
// so only one Render may run at a time.
func Render(ctx context.Context, job site.Job) error {
	err := try(ctx, job)
	if err == errStuck {
		// With room for all pages at once the same mistake is told and not waited for. It is no way to render a
		// site that is right: all of it would be in memory.
		if err := os.Setenv(roomKey, "100000"); err != nil {
			return fmt.Errorf("ask Hugo again: %w", err)
		}
		defer os.Unsetenv(roomKey)
		err = try(ctx, job)
	}
	return err
}

// roomKey is the environment variable from which Hugo reads how many pages it renders beside each other, and how
// many may wait.
const roomKey = "HUGO_NUMWORKERMULTIPLIER"

// try runs Hugo until it is done, ctx ends or it waits for itself.
func try(ctx context.Context, job site.Job) error {
	done := make(chan error, 1)
	go func() { done <- run(job) }()
	look := time.NewTicker(time.Second)
	defer look.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-ctx.Done():
			return ctx.Err()
		case <-look.C:
			if isStuck() {
				return errStuck
			}
		}
	}
}

func run(job site.Job) (err error) {
	defer forget(remembered())
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
