// Command bench makes invented directories of any size, and measures what is built from them.
//
//	go run ./internal/bench generate -coops 2000 FOLDER
//	bin/coops build --dir FOLDER
//	CHROME=$(scripts/chromium) go run ./internal/bench search [FOLDER/public]
//	go run ./internal/bench validate
//	go run ./internal/bench build
//	go run ./internal/bench soak -for 1h
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	verbs := map[string]func(context.Context, []string) error{"generate": generate, "search": search, "validate": validate, "build": build, "write": write, "soak": soak}
	err := errors.New("usage: bench generate [-coops N] [-seed N] [-like DIR] FOLDER | bench search [-runs N] [-coops N,… | SITE] | bench validate|build [-coops N,…] [-runs N] | bench write FROM TO | bench soak [-for 1h] [-seed N] [-pause 1s] [-good] [DIR]")
	if len(os.Args) > 1 && verbs[os.Args[1]] != nil {
		err = verbs[os.Args[1]](ctx, os.Args[2:])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}
