// Command coops keeps a directory of tech co-ops: it checks the files and builds the site.
package main

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"coops"
	"coops/internal/cli"

	"github.com/mattn/go-isatty"
)

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400) // profiles are read once and let go: a build of 1,000 co-ops is at least a twentieth less work than with 200, in half as much memory again
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(1800 << 20) // a site of 10,000 co-ops is built in 2 GB; with room for more it is built faster
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Main(ctx, os.Args[1:], cli.Environment{
		Stdin:       os.Stdin,
		Stdout:      os.Stdout,
		Stderr:      os.Stderr,
		Terminal:    isTerminal(os.Stderr) && os.Getenv("TERM") != "dumb",
		Interactive: isTerminal(os.Stdin) && isTerminal(os.Stderr) && os.Getenv("TERM") != "dumb",
		Accessible:  os.Getenv("ACCESSIBLE") != "",
		Color:       isTerminal(os.Stdout) && os.Getenv("TERM") != "dumb" && os.Getenv("NO_COLOR") == "",
		Now:         time.Now,
		Program:     coops.Program,
		Render:      render,
		Keep:        keep,
		Version:     version(),
		Cache:       cache(),
		GitHub: cli.GitHub{
			API:        os.Getenv("GITHUB_API_URL"),
			Server:     os.Getenv("GITHUB_SERVER_URL"),
			Repository: os.Getenv("GITHUB_REPOSITORY"),
			Token:      os.Getenv("GITHUB_TOKEN"),
		},
	})
	stop()
	os.Exit(code)
}

func isTerminal(f *os.File) bool { return isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()) }

// cache returns the folder for what can be made again; empty where the system has no place for such things.
func cache() string {
	folder, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "coops", "pictures")
}

// version returns the module's version, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	return info.Main.Version
}
