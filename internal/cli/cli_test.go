package cli_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"coops"
	"coops/internal/cli"
	"coops/internal/site"

	"github.com/mattn/go-isatty"
	"github.com/rogpeppe/go-internal/testscript"
)

// The scripts run the real program with two things replaced: it is 23 November 2026, and the
// pages are made by a stand-in for Hugo, so that these tests compile in seconds.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"coops": func() {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			os.Exit(cli.Main(ctx, os.Args[1:], cli.Environment{
				Stdin:       os.Stdin,
				Interactive: isatty.IsTerminal(os.Stdin.Fd()),
				Stdout:      os.Stdout,
				Stderr:      os.Stderr,
				Now:         now,
				Program:     coops.Program,
				Render:      standIn,
				Version:     "v0.0.0-test",
				Dial:        dial(os.Getenv("WEB")),
				GitHub: cli.GitHub{
					API: os.Getenv("GITHUB_API_URL"), Server: os.Getenv("GITHUB_SERVER_URL"),
					Repository: os.Getenv("GITHUB_REPOSITORY"), Token: os.Getenv("GITHUB_TOKEN"),
				},
			}))
		},
	})
}

// now is 23 November 2026, unless $NOW says another day.
func now() time.Time {
	if day, err := time.Parse(time.DateOnly, os.Getenv("NOW")); err == nil {
		return day
	}
	return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
}

// standIn makes one page, out of the staged data; $RENDER makes it fail or wait as Hugo might.
func standIn(ctx context.Context, job site.Job) error {
	switch os.Getenv("RENDER") {
	case "fail":
		return errors.New("a template is broken")
	case "wait":
		<-ctx.Done()
		return ctx.Err()
	}
	staged := filepath.Dir(job.Configs[len(job.Configs)-1])
	data, err := os.ReadFile(filepath.Join(staged, "data", "coops", "en.json"))
	if err != nil {
		return err
	}
	var coops []map[string]any
	if err := json.Unmarshal(data, &coops); err != nil {
		return err
	}
	for _, c := range coops {
		page, _ := c["page"].(string) // packed, as nobody but its own page needs it
		c["page"] = json.RawMessage(page)
	}
	if data, err = json.Marshal(coops); err != nil {
		return err
	}
	if err := os.MkdirAll(job.Output, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(job.Output, "index.html"), data, 0o644)
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup:               onGitHub(t),
		Condition: func(cond string) (bool, error) {
			if cond != "root" {
				return false, fmt.Errorf("there is no condition %q", cond)
			}
			return os.Geteuid() == 0, nil // the superuser can write anywhere
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"github":   gitHub,
			"web":      web,
			"judged":   judged,
			"thousand": thousand,
			"large":    large,
			"outside":  outside,
			// revision NAME REF puts the id of a commit into a variable.
			"revision": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) != 2 {
					ts.Fatalf("usage: revision NAME REF")
				}
				ts.Setenv(args[0], revision(ts, args[1]))
			},
			// exits CODE VERB… runs coops and holds its exit code against CODE.
			"exits": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) == 0 {
					ts.Fatalf("usage: exits CODE [VERB…]")
				}
				err := ts.Exec("coops", args[1:]...)
				code := "0"
				var exit interface{ ExitCode() int }
				if errors.As(err, &exit) {
					code = string(rune('0' + exit.ExitCode()))
				} else if err != nil {
					ts.Fatalf("%v", err)
				}
				if code != args[0] {
					ts.Fatalf("exit code %s, want %s", code, args[0])
				}
			},
		},
	})
}

// TestTheRealDataIsSound validates what this repository publishes, and its example.
func TestTheRealDataIsSound(t *testing.T) {
	for _, dir := range []string{"../..", "../../examples/network"} {
		var out, bad writer
		code := cli.Main(t.Context(), []string{"validate", "--dir", dir}, cli.Environment{
			Stdout: &out, Stderr: &bad, Now: time.Now, Program: coops.Program,
		})
		if code != 0 {
			t.Errorf("%s: exit code %d\n%s%s", dir, code, out, bad)
		}
	}
}

func TestTheLightProgramSaysThatItMakesNoPages(t *testing.T) {
	for _, verb := range []string{"build", "serve"} {
		var out, bad writer
		code := cli.Main(t.Context(), []string{verb, "--dir", "../.."}, cli.Environment{Stdout: &out, Stderr: &bad, Now: time.Now, Program: coops.Program})
		if code != 3 || !strings.Contains(string(bad), "make bin/coops") {
			t.Errorf("%s: exit code %d, %s", verb, code, bad)
		}
	}
}

type writer []byte

func (w *writer) Write(p []byte) (int, error) {
	*w = append(*w, p...)
	return len(p), nil
}
