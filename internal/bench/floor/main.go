// Command floor renders a folder with Hugo alone: how fast a site can be made by it at all, whatever it is
// made from.
//
//	go build -o bin/floor ./internal/bench/floor
//	bin/floor SOURCE CONFIG OUTPUT
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"coops/internal/site"
	"coops/internal/site/hugo"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: floor SOURCE CONFIG OUTPUT")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var places [3]string
	for i, name := range os.Args[1:] {
		var err error
		if places[i], err = filepath.Abs(name); err != nil {
			fmt.Fprintln(os.Stderr, "floor:", err)
			os.Exit(1)
		}
	}
	if err := hugo.Render(ctx, site.Job{Source: places[0], Configs: []string{places[1]}, Output: places[2]}); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1)
	}
}
