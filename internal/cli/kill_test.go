package cli_test

import (
	"bufio"
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var kills = flag.Int("kills", 4, "how often a verb is killed")

// A verb that is killed at any moment leaves what was there or what it was to make, and the next one goes on from there.
func TestKilledAtAnyMoment(t *testing.T) {
	for _, c := range []struct {
		name    string
		args    []string
		folder  string                   // that stays whole
		prepare func(*testing.T, string) // makes what was there before, from a directory of many
	}{
		{"rename", []string{"rename", "coop-0", "bracken"}, "data", builtAndEdited},
		{"import", imports, "data", builtAndEdited},
		{"build", []string{"build"}, "public", builtAndEdited},
		{"sync", []string{"sync"}, ".coops-sources", syncedAndMovedOn},
	} {
		t.Run(c.name, func(t *testing.T) {
			seed := rand.Uint64()
			t.Logf("seed %d", seed)
			random := rand.New(rand.NewPCG(seed, 0))

			// What it makes when it is left alone, and how long it takes to.
			before := directoryOfMany(t)
			c.prepare(t, before)
			old := contents(t, filepath.Join(before, c.folder))
			whole := copyOf(t, before)
			begin := time.Now()
			run(t, whole, c.args...)
			took := time.Since(begin)
			made := contents(t, filepath.Join(whole, c.folder))
			if maps.Equal(old, made) {
				t.Fatal("the verb changes nothing, so this test can show nothing")
			}

			killed, finished := 0, 0
			for n := 0; n < *kills || killed == 0 && n < *kills+20; n++ {
				dir := copyOf(t, before)
				cmd := program(dir, c.args...)
				begin := time.Now()
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				alive := make(chan error, 1)
				go func() { alive <- cmd.Wait() }()
				select {
				case err := <-alive: // sooner than was thought, as the machine has less to do now
					if err != nil {
						t.Fatalf("it ended by itself: %v", err)
					}
					took = time.Since(begin)
				case <-time.After(time.Duration(random.Int64N(int64(took)))):
					_ = cmd.Process.Kill() // it may have ended by itself
					if <-alive != nil {
						killed++
					}
				}
				if c.folder == "data" {
					run(t, dir, "validate") // whoever comes next
				}
				switch left := contents(t, filepath.Join(dir, c.folder)); {
				case maps.Equal(left, made):
					finished++
				case !maps.Equal(left, old):
					t.Errorf("neither the old nor the new: %v", differences(left, old, made))
				}
				if c.folder == "data" {
					continue
				}
				run(t, dir, c.args...) // what was killed is in nobody's way
				if again := contents(t, filepath.Join(dir, c.folder)); !maps.Equal(again, made) {
					t.Errorf("done again, it differs: %v", differences(again, old, made))
				}
				for _, where := range []string{c.folder, "."} {
					if left, err := filepath.Glob(filepath.Join(dir, where, ".coops-*-*")); err != nil || len(left) > 0 {
						t.Errorf("left over: %v, %v", left, err)
					}
				}
			}
			t.Logf("killed %d; %d had done their work", killed, finished)
			if killed == 0 {
				t.Error("it was never killed in time")
			}
		})
	}
}

// A preview that is killed leaves its site behind, and the next one removes it.
func TestAKilledPreviewIsClearedAway(t *testing.T) {
	dir, temporary := directoryOfMany(t), t.TempDir()
	var before string
	for range 2 {
		cmd := program(dir, "serve", "--port", "0")
		cmd.Env = append(cmd.Env, "TMPDIR="+temporary)
		said, err := cmd.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(said)
		for lines.Scan() && !strings.HasPrefix(lines.Text(), "Serving on ") {
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
		left, err := filepath.Glob(filepath.Join(temporary, "coops-serve-*"))
		if err != nil || len(left) != 1 || left[0] == before {
			t.Fatalf("left behind: %v, %v; before: %q", left, err, before)
		}
		before = left[0]
	}
}

// directoryOfMany makes a directory in which a rename and an import touch many files.
func directoryOfMany(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rows := "name,website,summary.en\n"
	for i := range 40 {
		ended := "status: active"
		if i > 0 { // each refers to the one that gets another name
			ended = "status: closed\nsuccessor: coop-0"
		}
		write(fmt.Sprintf("data/coops/coop-%d.yaml", i), fmt.Sprintf("name: Coop %d\nwebsite: https://coop-%d.example\n%s\nsummary: {en: \"We make websites.\"}\nlisted_by: third-party\nsource: {name: A list, url: \"https://list.example\", licence: CC0-1.0, retrieved: 2026-06-10}\n", i, i, ended))
		rows += fmt.Sprintf("More %d,https://more-%d.example,We make maps.\n", i, i)
	}
	write("more.csv", rows)
	write("node_modules/@orama/stemmers/package.json", "{}") // a build asks whether the packages are there
	return dir
}

// builtAndEdited builds a directory and edits it.
func builtAndEdited(t *testing.T, dir string) {
	t.Helper()
	run(t, dir, "build")
	edit(t, dir)
}

// syncedAndMovedOn makes a source of a directory as it is, fetches it, and lets it go on.
func syncedAndMovedOn(t *testing.T, dir string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed; a source is made with it")
	}
	source := copyOf(t, dir)
	git := func(args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "git", append([]string{"-C", source, "-c", "user.name=T", "-c", "user.email=t@t.example"}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("init", "-q", "--initial-branch=main")
	git("add", "data")
	git("commit", "-q", "-m", "one")
	settings := fmt.Sprintf("params:\n  sources:\n    - {id: ring, name: Ring, repository: %q}\n", "file://"+filepath.ToSlash(source))
	if err := os.WriteFile(filepath.Join(dir, "hugo.yaml"), []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	run(t, dir, "sync")
	edit(t, source)
	git("commit", "-q", "-a", "-m", "two")
}

// edit edits a profile, so that a build makes another site than the one before.
func edit(t *testing.T, dir string) {
	t.Helper()
	name := filepath.Join(dir, "data/coops/coop-0.yaml")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(data), "websites", "gardens", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func program(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command("coops", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "RENDER=")
	return cmd
}

func run(t *testing.T, dir string, args ...string) {
	t.Helper()
	if out, err := program(dir, args...).CombinedOutput(); err != nil {
		t.Fatalf("coops %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func copyOf(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// contents returns the sum of every file below a folder, without what a killed verb leaves aside.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	sums := map[string]string{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name != "." && strings.HasPrefix(e.Name(), ".coops-") && e.IsDir() {
			return fs.SkipDir
		}
		if !e.Type().IsRegular() || strings.HasPrefix(e.Name(), ".") {
			return nil
		}
		data, err := os.ReadFile(filepath.Join(folder, name))
		sums[name] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

// differences returns the files in which what is left is neither of the two as a whole.
func differences(left, old, made map[string]string) []string {
	var names []string
	for _, set := range []map[string]string{left, old, made} {
		for name := range set {
			if left[name] != old[name] || left[name] != made[name] {
				names = append(names, name)
			}
		}
	}
	return names
}
