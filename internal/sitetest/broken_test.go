package sitetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A template of a fork that fails on every page: Hugo would wait for itself for ever. It is told what is wrong
// with which template, and the site that was there stays.
func TestATemplateThatFailsOnManyPagesIsTold(t *testing.T) {
	files := map[string]string{}
	for n := range 60 {
		files[fmt.Sprintf("data/coops/coop-%d.yaml", n)] = fmt.Sprintf("name: Coop %d\n%s", n, byOthers)
	}
	s := newSite(t, files, nil)
	folder := filepath.Dir(s.dir)
	before := string(s.read(t, "/coops/coop-1/"))
	template := filepath.Join(folder, "layouts", "coops", "page.html")
	if err := os.MkdirAll(filepath.Dir(template), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(template, []byte(`{{ define "main" }}{{ index .Params.view.slug "nothing" }}{{ end }}`), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute) // it would be for ever
	defer cancel()
	said, err := exec.CommandContext(ctx, filepath.Join(root, "bin", "coops"), "build", "--dir", folder).CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 3 || !strings.Contains(string(said), "layouts/coops/page.html:1") {
		t.Errorf("%v: %s; want exit code 3 and the place in the template", err, said)
	}
	if after := string(s.read(t, "/coops/coop-1/")); after != before {
		t.Error("the site that was there is another one")
	}
}
