package main

import (
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// The verbs that hold the program against what people would use instead. Everything is made inside the
// repository, in bin/bench, where the JavaScript packages are found.

// place is where everything is made.
const place = "bin/bench"

// tool returns the path of a command of npm/package.json.
func tool(name string) (string, error) {
	path, err := filepath.Abs(filepath.Join("internal", "bench", "npm", "node_modules", ".bin", name))
	if err == nil {
		if _, err = os.Stat(path); err != nil {
			err = fmt.Errorf("%s is missing; run `npm ci --prefix internal/bench/npm`", name)
		}
	}
	return path, err
}

// sizes reads the flags that both verbs share.
func sizes(name string, args []string) (coops []int, runs int, err error) {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	list := flags.String("coops", "181,1000,10000", "how many co-ops, several with commas")
	flags.IntVar(&runs, "runs", 3, "how often each is measured, after a first time that is not; 0: once")
	if err := flags.Parse(args); err != nil {
		return nil, 0, err
	}
	coops, err = numbers(*list)
	return coops, runs, err
}

// numbers reads numbers of co-ops, with commas.
func numbers(list string) (coops []int, err error) {
	for _, text := range strings.Split(list, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("-coops takes numbers and commas, not %q", list)
		}
		coops = append(coops, n)
	}
	return coops, nil
}

// invent makes the directory of so many co-ops, if it is not there yet, and returns its folder.
func invent(ctx context.Context, coops int) (string, error) {
	folder := filepath.Join(place, "invented-"+strconv.Itoa(coops))
	if _, err := os.Stat(filepath.Join(folder, "data")); err == nil {
		return folder, nil
	}
	return folder, generate(ctx, []string{"-coops", strconv.Itoa(coops), folder})
}

// validate measures `coops validate` beside two validators of JSON Schema on the same files and the same
// schemas. They read no positions and know no rule that goes over several files.
func validate(ctx context.Context, args []string) error {
	coops, runs, err := sizes("validate", args)
	if err != nil {
		return err
	}
	ajv, err := tool("ajv")
	if err != nil {
		return err
	}
	sourcemeta, err := tool("jsonschema")
	if err != nil {
		return err
	}
	var ours []usage
	for _, n := range coops {
		folder, err := invent(ctx, n)
		if err != nil {
			return err
		}
		profiles := filepath.Join(folder, "data", "coops")
		jobs := []job{
			{name: "coops validate", args: []string{"bin/coops", "validate", "--dir", folder}},
			{name: "ajv-cli", args: []string{ajv, "validate", "-s", "schema/coop.schema.json", "-r", "schema/common.schema.json", "--spec=draft7", "--strict=false", "-d", profiles + "/*.yaml"}},
			{name: "@sourcemeta/jsonschema", args: []string{sourcemeta, "validate", "schema/coop.schema.json", profiles, "--resolve", "schema/common.schema.json", "--extension", ".yaml"}},
		}
		found, err := compare(ctx, jobs, runs)
		if err != nil {
			return err
		}
		table(fmt.Sprintf("Validate, %d co-ops", n), jobs, found)
		ours = append(ours, found[0])
	}
	growth("coops validate", coops, ours)
	return nil
}

// build measures `coops build` beside the floor (Hugo alone, from as many Markdown files, with a template of
// ten lines), Eleventy with the same, and the limit: writing as many bytes in as many files.
func build(ctx context.Context, args []string) error {
	coops, runs, err := sizes("build", args)
	if err != nil {
		return err
	}
	eleventy, err := tool("eleventy")
	if err != nil {
		return err
	}
	var ours []usage
	for _, n := range coops {
		folder, err := invent(ctx, n)
		if err != nil {
			return err
		}
		public := filepath.Join(folder, "public")
		whole := job{name: "coops build", args: []string{"bin/coops", "build", "--dir", folder}}
		if _, err := whole.run(ctx); err != nil { // also to know what to make elsewhere
			return err
		}
		pages, err := htmlPages(public)
		if err != nil {
			return err
		}
		files, bytes, err := weigh(public)
		if err != nil {
			return err
		}
		plain := filepath.Join(place, "plain-"+strconv.Itoa(n))
		if err := plainSite(plain, pages); err != nil {
			return err
		}
		copied := filepath.Join(place, "copied")
		self, err := os.Executable()
		if err != nil {
			return err
		}
		jobs := []job{
			whole,
			{name: "Hugo alone", args: []string{"bin/floor", plain, filepath.Join(plain, "hugo.yaml"), filepath.Join(plain, "hugo")}, prepare: empty(filepath.Join(plain, "hugo"))},
			{name: "Eleventy", args: []string{eleventy, "--quiet", "--input=content", "--output=eleventy"}, dir: plain, prepare: empty(filepath.Join(plain, "eleventy"))},
			{name: "only writing it", args: []string{self, "write", public, copied}, prepare: empty(copied)},
		}
		found, err := compare(ctx, jobs, runs)
		if err != nil {
			return err
		}
		table(fmt.Sprintf("Build, %d co-ops: %d pages, %d files, %d MB", n, pages, files, bytes>>20), jobs, found)
		ours = append(ours, found[0])
	}
	growth("coops build", coops, ours)
	return nil
}

// growth says how time grows with size, as the exponent between two sizes: 1 is in proportion.
func growth(name string, sizes []int, found []usage) {
	for i := 1; i < len(sizes); i++ {
		exponent := math.Log(float64(found[i].cpu)/float64(found[i-1].cpu)) / math.Log(float64(sizes[i])/float64(sizes[i-1]))
		fmt.Printf("\n%s from %d to %d co-ops: processor time grows with the power %.2f\n", name, sizes[i-1], sizes[i], exponent)
	}
}

func htmlPages(public string) (int, error) {
	pages := 0
	err := filepath.WalkDir(public, func(name string, _ os.DirEntry, err error) error {
		if strings.HasSuffix(name, ".html") {
			pages++
		}
		return err
	})
	return pages, err
}

// plainSite writes as many Markdown files as there should be pages, with a template of ten lines for Hugo
// and the same for Eleventy.
func plainSite(folder string, pages int) error {
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	const body = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>%[1]s</title></head>
<body>
<main>
<h1>%[1]s</h1>
%[2]s
</main>
</body>
</html>
`
	files := map[string]string{
		"hugo.yaml":                     "baseURL: https://plain.example/\ndisableKinds: [home, section, taxonomy, term, rss, sitemap, robotsTXT]\n",
		"layouts/page.html":             fmt.Sprintf(body, "{{ .Title }}", "{{ .Content }}"),
		"content/_includes/page.liquid": fmt.Sprintf(body, "{{ title }}", "{{ content }}"),
		"content/content.json":          `{"layout": "page.liquid"}`,
		"eleventy.config.js":            "export default function () {}\n",
		"package.json":                  `{"type": "module"}`,
	}
	for n := range pages {
		files[fmt.Sprintf("content/p%d.md", n)] = fmt.Sprintf("---\ntitle: Page %d\n---\n\nA *paragraph* of page %d with a [link](https://plain.example/) and a few words more.\n\n- one\n- two\n", n, n)
	}
	for name, text := range files {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// write writes a folder's files anew, from memory, into another.
func write(ctx context.Context, args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("name a folder to read and one to write")
	}
	return os.CopyFS(args[1], os.DirFS(args[0]))
}
