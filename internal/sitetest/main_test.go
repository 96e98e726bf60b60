package sitetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// What every test shares; TestMain makes it, nobody changes it.
var (
	root     string          // the repository's folder
	headers  []headerRule    // what the host is told to send
	ours     *site           // the site of the repository's own data
	example  *site           // the site of examples/network
	chromium context.Context // the browser; a test opens tabs in it
)

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintf(os.Stderr, "sitetest: %v\n", err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	if root, err = filepath.Abs(filepath.Join("..", "..")); err != nil {
		return 0, err
	}
	browser := os.Getenv("CHROME")
	if browser == "" {
		return 0, errors.New("CHROME does not say where Chromium is; run `make test-browser`, which finds it")
	}
	if headers, err = readHeaders(filepath.Join(root, "netlify.toml")); err != nil {
		return 0, err
	}
	folder, err := os.MkdirTemp("", "coops-sitetest-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(folder)

	for _, one := range []struct {
		site      **site
		dir, name string
	}{{&ours, ".", "ours"}, {&example, "examples/network", "example"}} {
		output := filepath.Join(folder, one.name)
		if err := build(one.dir, output); err != nil {
			return 0, err
		}
		if *one.site, err = serve(one.name, output, headers); err != nil {
			return 0, err
		}
		defer (*one.site).server.Close()
	}

	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(browser),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.WindowSize(1280, 900),
	)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	var closeBrowser context.CancelFunc
	chromium, closeBrowser = chromedp.NewContext(allocator)
	defer closeBrowser()
	if err := chromedp.Do(chromium); err != nil {
		return 0, fmt.Errorf("start Chromium: %w", err)
	}
	return m.Run(), nil
}

// build makes the site of a folder, named from the repository's, with the program of this repository.
func build(dir, output string) error {
	program := filepath.Join(root, "bin", "coops")
	if _, err := os.Stat(program); err != nil {
		return errors.New("bin/coops is not there; run `make test-browser`, which makes it")
	}
	cmd := exec.Command(program, "build", "--dir", dir, "--output", output)
	cmd.Dir = root
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build the site of %s: %w\n%s", dir, err, said)
	}
	return nil
}

// newSite builds and serves a directory that holds these files and nothing else. With headers it is
// served as its host would, without them the pages are on their own.
func newSite(t *testing.T, files map[string]string, headers []headerRule) *site {
	t.Helper()
	// Inside the repository, where the JavaScript packages are found.
	folder, err := os.MkdirTemp(filepath.Join(root, "bin"), "site-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	if err := os.MkdirAll(filepath.Join(folder, "data", "coops"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	output := filepath.Join(folder, "public")
	if err := build(folder, output); err != nil {
		t.Fatal(err)
	}
	s, err := serve(t.Name(), output, headers)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.server.Close)
	return s
}
