package hugo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"coops/internal/site"

	"github.com/fsnotify/fsnotify"
	"github.com/gohugoio/hugo/cache/dynacache"
	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"
)

// Keep is a site.Keeper. Unlike Render it holds a site of Hugo's own (hugolib), which shares no state with another one: a kept
// site may be rendered while Render is at work.
func Keep(ctx context.Context, job site.Job) (_ site.Kept, err error) {
	defer rescue(&err)
	flags := config.New()
	flags.Set("workingDir", job.Source)
	flags.Set("publishDir", job.Output)
	flags.Set("internal", map[string]any{"watch": true}) // else Hugo keeps nothing to build on
	logger := loggers.New(loggers.Options{StdOut: io.Discard, StdErr: io.Discard})
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{
		Fs: hugofs.Os, Flags: flags, Filename: strings.Join(job.Configs, ","), Environment: "production", Logger: logger,
	})
	if err != nil {
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	for _, name := range []string{"publishDirStatic", "publishDirDynamic"} {
		flags.Set(name, job.Output)
	}
	sites, err := hugolib.NewHugoSites(deps.DepsCfg{
		Configs: configs, Fs: hugofs.NewFromSourceAndDestination(hugofs.Os, hugofs.Os, flags), StdOut: io.Discard, StdErr: io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("begin a site: %w", err)
	}
	k := &kept{sites}
	if err := k.Render(ctx, nil); err != nil {
		return nil, errors.Join(err, k.Close())
	}
	return k, nil
}

// unpacked is where Hugo keeps what transform.Unmarshal makes.
const unpacked = "/tmpl/transform/unmarshal"

type kept struct{ sites *hugolib.HugoSites }

func (k *kept) Render(ctx context.Context, changed []string) (err error) {
	defer rescue(&err)
	var events []fsnotify.Event
	for _, name := range changed {
		events = append(events, fsnotify.Event{Name: name, Op: fsnotify.Write})
	}
	err = k.sites.Build(hugolib.BuildCfg{NoBuildLock: true}, events...)
	// What texts unpack to is kept by what they say, and the next edit says something else (tpl/transform, 0.165).
	k.sites.MemCache.ClearMatching(func(of string, _ dynacache.PartitionManager) bool { return of == unpacked }, func(any, any) bool { return true })
	if err != nil {
		return err
	}
	return ctx.Err()
}

func (k *kept) Close() error { return k.sites.Close() }

// rescue makes an error of a panic of Hugo's.
func rescue(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("hugo stopped unexpectedly: %v", r)
	}
}
