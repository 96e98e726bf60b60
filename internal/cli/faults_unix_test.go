//go:build unix

package cli_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// In folders and files that may not be written to everything stays as it is, and it is said which one it was.
func TestWithoutPermissionNothingChanges(t *testing.T) {
	for name, c := range map[string]struct {
		args   []string
		locked string
		says   string
	}{
		"import, folder":         {imports, "data/coops", "coops: change data/coops/more-0.yaml: permission denied\n"},
		"import, folder above":   {imports, "data", "coops: write data: permission denied\n"},
		"rename":                 {[]string{"rename", "coop-0", "bracken"}, "data/coops", "coops: change data/coops/bracken.yaml: permission denied\n"},
		"fmt":                    {[]string{"fmt"}, "data/coops", "write data/coops/untidy.yaml: permission denied\n"},
		"build":                  {[]string{"build", "--output", "locked/public"}, "locked", "/locked/public: permission denied\n"},
		"build, over an old one": {[]string{"build"}, ".", "permission denied\n"},
		"sync":                   {[]string{"sync"}, ".coops-sources", "permission denied\n"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := directoryOfMany(t)
			if c.args[0] == "sync" {
				syncedAndMovedOn(t, dir)
			}
			run(t, dir, "build")
			edit(t, dir)
			untidy(t, dir)
			old := contents(t, dir)
			locked := filepath.Join(dir, c.locked)
			if err := os.MkdirAll(locked, 0o755); err != nil {
				t.Fatal(err)
			}
			cmd := program(dir, c.args...)
			lock(t, locked)
			withoutPowers(t, cmd)
			out, err := cmd.CombinedOutput()
			if err == nil || cmd.ProcessState.ExitCode() != 3 || !strings.HasSuffix(string(out), c.says) {
				t.Errorf("%v, want exit code 3; it said: %s", err, out)
			}
			if left := contents(t, dir); !maps.Equal(left, old) {
				t.Errorf("changed: %v", differences(left, old, old))
			}
			nothingIsLeft(t, dir)
		})
	}
}

// lock makes a folder one that nothing can be written to.
func lock(t *testing.T, folder string) {
	t.Helper()
	if err := os.Chmod(folder, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Error(err)
		}
	})
}

// withoutPowers has a program run by a user who may do no more than others do. The superuser, whom no permission stops, gives it all
// that is in its folder.
func withoutPowers(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	const nobody = 65534
	err := filepath.WalkDir(cmd.Dir, func(name string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Lchown(name, nobody, nobody))
	})
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	for _, folder := range []string{cmd.Dir, bin} {
		if err := os.Chmod(filepath.Dir(folder), 0o755); err != nil { // only its owner may look into a test's folder
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(cmd.Path)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Path = filepath.Join(bin, "coops")
	if err := os.WriteFile(cmd.Path, data, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
}
