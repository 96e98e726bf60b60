package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// usage is what one run of a command took.
type usage struct {
	wall, cpu time.Duration
	memory    int64 // bytes, at the most, of the largest process
}

// job is a command that is measured, and what must be made ready before each run.
type job struct {
	name    string
	args    []string
	dir     string // where it runs; empty: here
	fails   bool   // whether it may end with another code than 0
	prepare func() error
}

// run runs the job once and says what it took.
func (j job) run(ctx context.Context) (usage, error) {
	if j.prepare != nil {
		if err := j.prepare(); err != nil {
			return usage{}, fmt.Errorf("%s: make ready: %w", j.name, err)
		}
	}
	cmd := exec.CommandContext(ctx, j.args[0], j.args[1:]...)
	cmd.Dir = j.dir
	var said strings.Builder
	cmd.Stderr = &said
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	var exit *exec.ExitError
	if err != nil && !(j.fails && errors.As(err, &exit)) {
		return usage{}, fmt.Errorf("%s: %w: %.300s", j.name, err, said.String())
	}
	u := usage{wall: wall, cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.memory = r.Maxrss * 1024
	}
	return u, nil
}

// compare runs jobs in turn, so that a machine that slows down slows all of them, and returns the median of
// each figure. The first round only warms up what is read from disk.
func compare(ctx context.Context, jobs []job, runs int) ([]usage, error) {
	all := make([][]usage, len(jobs))
	for round := range runs + 1 {
		for i, j := range jobs {
			u, err := j.run(ctx)
			if err != nil {
				return nil, err
			}
			if round > 0 || runs == 0 {
				all[i] = append(all[i], u)
			}
		}
	}
	medians := make([]usage, len(jobs))
	for i, us := range all {
		medians[i] = usage{
			wall:   middle(us, func(u usage) time.Duration { return u.wall }),
			cpu:    middle(us, func(u usage) time.Duration { return u.cpu }),
			memory: middle(us, func(u usage) int64 { return u.memory }),
		}
	}
	return medians, nil
}

func middle[T int64 | time.Duration](us []usage, figure func(usage) T) T {
	var values []T
	for _, u := range us {
		values = append(values, figure(u))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// table prints what was measured as Markdown: figures, and the first job's time over each other's.
func table(title string, jobs []job, found []usage) {
	fmt.Printf("\n%s\n\n| | wall, s | processor, s | memory, MB | first to this, wall |\n|---|---|---|---|---|\n", title)
	for i, u := range found {
		fmt.Printf("| %s | %.2f | %.2f | %d | %.2f |\n", jobs[i].name, u.wall.Seconds(), u.cpu.Seconds(), u.memory>>20, float64(found[0].wall)/float64(u.wall))
	}
}

// weigh returns how many files a folder holds and how large they are together.
func weigh(folder string) (files int, bytes int64, err error) {
	err = filepath.WalkDir(folder, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			files++
			bytes += info.Size()
		}
		return err
	})
	return files, bytes, err
}

// empty removes a folder with all that is in it.
func empty(folder string) func() error { return func() error { return os.RemoveAll(folder) } }
