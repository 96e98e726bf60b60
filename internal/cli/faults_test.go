package cli_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// imports are the arguments that import what directoryOfMany has to import.
var imports = []string{"import", "--write", "more.csv", "--listed-by", "third-party", "--source-name", "A list", "--source-url", "https://list.example", "--licence", "CC0-1.0", "--retrieved", "2026-06-10"}

// On a disk without room no file can grow; nothing is lost, nothing is left behind, and it is said.
func TestAFullDiskChangesNothing(t *testing.T) {
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash to limit the size of files with")
	}
	for _, args := range [][]string{{"rename", "coop-0", "bracken"}, imports, {"build"}, {"fmt"}} {
		t.Run(args[0], func(t *testing.T) {
			dir := directoryOfMany(t)
			run(t, dir, "build")
			edit(t, dir)
			untidy(t, dir)
			old := contents(t, dir)
			full := program(dir, args...)
			full.Path, full.Args = shell, append([]string{shell, "-c", `ulimit -f 0 && exec "$@"`, "-", full.Path}, args...)
			out, err := full.CombinedOutput()
			if err == nil || full.ProcessState.ExitCode() != 3 || !strings.Contains(string(out), "coops: ") {
				t.Errorf("%v, want exit code 3; it said: %s", err, out)
			}
			if left := contents(t, dir); !maps.Equal(left, old) {
				t.Errorf("changed: %v", differences(left, old, old))
			}
			nothingIsLeft(t, dir)
			run(t, dir, args...) // and with room, it works
		})
	}
}

// untidy adds a profile that fmt writes differently.
func untidy(t *testing.T, dir string) {
	t.Helper()
	text := "listed_by: third-party\nname: Untidy\nsource: {name: A list, url: \"https://list.example\", licence: CC0-1.0, retrieved: 2026-06-10}\n"
	if err := os.WriteFile(filepath.Join(dir, "data/coops/untidy.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// nothingIsLeft looks for what a verb puts aside while it works.
func nothingIsLeft(t *testing.T, dir string) {
	t.Helper()
	for _, folder := range []string{".", "data", "data/coops"} {
		entries, err := os.ReadDir(filepath.Join(dir, folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), ".") && e.Name() != ".coops-sources" { // which sync keeps
				t.Errorf("left behind: %s", filepath.Join(folder, e.Name()))
			}
		}
	}
}

func TestTwoBuildsAtOnceMakeTheSameSite(t *testing.T) {
	dir := directoryOfMany(t)
	run(t, dir, "build")
	edit(t, dir)
	var builds []*exec.Cmd
	for range 4 {
		build := program(dir, "build")
		var said strings.Builder
		build.Stdout, build.Stderr = &said, &said
		if err := build.Start(); err != nil {
			t.Fatal(err)
		}
		builds = append(builds, build)
	}
	for _, build := range builds {
		if err := build.Wait(); err != nil {
			t.Errorf("%v: %s", err, build.Stderr)
		}
	}
	together := contents(t, filepath.Join(dir, "public"))
	run(t, dir, "build")
	alone := contents(t, filepath.Join(dir, "public"))
	if len(alone) == 0 || !maps.Equal(together, alone) {
		t.Errorf("built together and alone, it differs: %v", differences(together, alone, alone))
	}
}

func TestAClockThatIsWrongIsSaid(t *testing.T) {
	dir := directoryOfMany(t)
	for _, args := range [][]string{{"validate"}, {"build"}, {"confirm", "coop-0"}, imports} {
		old := contents(t, dir)
		cmd := program(dir, args...)
		cmd.Env = append(cmd.Env, "NOW=1970-01-01")
		out, _ := cmd.CombinedOutput()
		if cmd.ProcessState.ExitCode() != 3 || !strings.Contains(string(out), "the clock of this machine says 1970-01-01") {
			t.Errorf("%s: exit code %d: %s", args[0], cmd.ProcessState.ExitCode(), out)
		}
		if left := contents(t, dir); !maps.Equal(left, old) {
			t.Errorf("%s changed %v", args[0], differences(left, old, old))
		}
	}
}

// Somebody saves, empties, removes and renames files while they are read.
func TestFilesMayChangeWhileTheyAreRead(t *testing.T) {
	dir := directoryOfMany(t)
	stop, stopped := make(chan struct{}), make(chan error)
	go func() {
		name := func(i int) string { return filepath.Join(dir, fmt.Sprintf("data/coops/coop-%d.yaml", i%40)) }
		whole, err := os.ReadFile(name(1))
		for i := 0; err == nil; i++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			switch at := name(1 + i*7%39); i % 5 {
			case 0:
				err = os.WriteFile(at, whole[:len(whole)/2], 0o644)
			case 1:
				err = os.WriteFile(at, nil, 0o644)
			case 2:
				err = os.RemoveAll(at)
			case 3:
				_ = os.Rename(at, at+".moved") // it may be away already
			case 4:
				err = os.WriteFile(at, whole, 0o644)
			}
		}
		stopped <- err
	}()
	for range 4 {
		for _, verb := range []string{"validate", "build"} {
			cmd := program(dir, verb)
			begin := time.Now()
			out, _ := cmd.CombinedOutput()
			if code := cmd.ProcessState.ExitCode(); code != 0 && code != 1 {
				t.Errorf("%s: exit code %d after %s: %s", verb, code, time.Since(begin), out)
			}
		}
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
}
