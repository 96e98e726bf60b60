package sitetest

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// block is a part of docs/fork.md that is to be run, or written to a file.
type block struct{ language, file, text string }

// steps returns what docs/fork.md says to do, in its order. Blocks of the kind "console" are only to be read.
func steps(t *testing.T) []block {
	t.Helper()
	document, err := os.ReadFile(filepath.Join(root, "docs", "fork.md"))
	if err != nil {
		t.Fatal(err)
	}
	for i, heading := range regexp.MustCompile(`(?m)^## (\d+)\. `).FindAllStringSubmatch(string(document), -1) {
		want(t, "number of the step", heading[1], fmt.Sprint(i+1))
		if i == 9 {
			break
		}
		if i > 9 {
			t.Error("there are more than ten steps")
		}
	}
	var all []block
	for _, m := range regexp.MustCompile("(?ms)^```(\\w+) ?([^\n]*)\n(.*?)^```$").FindAllStringSubmatch(string(document), -1) {
		if m[1] != "console" {
			all = append(all, block{m[1], m[2], m[3]})
		}
	}
	return all
}

// fork copies the repository, without what is made or fetched.
func fork(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp(filepath.Join(root, "bin"), "fork-") // where the JavaScript packages are found
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	err = filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if slices.Contains([]string{".git", "bin", "node_modules", "public", "internal"}, e.Name()) {
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		path, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		if e.IsDir() {
			return os.MkdirAll(filepath.Join(folder, path), 0o755)
		}
		if !e.Type().IsRegular() {
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(folder, path), data, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(folder, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(root, "bin", "coops"), filepath.Join(folder, "bin", "coops")); err != nil {
		t.Fatal(err)
	}
	return folder
}

// follow does the steps in a folder and returns what the commands said.
func follow(t *testing.T, folder string) string {
	t.Helper()
	var said strings.Builder
	for _, b := range steps(t) {
		if b.language != "sh" {
			name := filepath.Join(folder, filepath.FromSlash(b.file))
			if b.file == "" {
				t.Fatalf("a block of %s does not say which file it is", b.language)
			}
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(b.text), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		cmd := exec.Command("sh", "-eu", "-c", b.text)
		cmd.Dir = folder
		out, err := cmd.CombinedOutput()
		if said.Write(out); err != nil {
			t.Fatalf("%s\n%s%v", b.text, out, err)
		}
	}
	return said.String()
}

func TestForkBecomesItsOwnSite(t *testing.T) {
	folder := fork(t)
	said := follow(t, folder)
	if !strings.Contains(said, "i18n/eu.yaml has no text for ") || strings.Contains(said, "error") {
		t.Errorf("the commands said: %s", said)
	}
	s, err := serve("fork", filepath.Join(folder, "public"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.server.Close()

	want(t, "address", s.base, "https://directorio.red-marea.example")
	want(t, "co-ops", fmt.Sprint(allSlugs(s)), "[faro-sur]")
	for prefix, wanted := range map[string][3]string{
		"":    {"Red Marea", "Cooperativas de la costa que hacen tecnología", "es"},
		"/pt": {"Rede Maré", "Cooperativas da costa que fazem tecnologia", "pt-BR"},
		"/eu": {"Itsasaldi Sarea", "Teknologia egiten duten kostaldeko kooperatibak", "eu"},
	} {
		home := s.page(t, prefix+"/")
		want(t, "name", text(home.Find(".masthead__name")), wanted[0])
		want(t, "tagline", text(home.Find("h1")), wanted[1])
		want(t, "language", home.Find("html").AttrOr("lang", ""), wanted[2])
		want(t, "logo", home.Find(".masthead__name img").AttrOr("src", ""), "/logo.svg")
		want(t, "languages", fmt.Sprint(home.Find("header a[hreflang]").Length()), "2")
		want(t, "contact", home.Find(".foot a[href^='mailto:']").AttrOr("href", ""), "mailto:directorio@red-marea.example")
		want(t, "repository", fmt.Sprint(home.Find(".foot a[href='https://git.example/red-marea/directorio']").Length()), "1")
		form := prefix + "/join/"
		if s.page(t, prefix+"/coops/faro-sur/").Find("main a[href='"+form+"?edit=faro-sur']").Length() == 0 {
			t.Errorf("%s: the page of the co-op does not lead to the form that changes it", prefix)
		}
		want(t, "where the form hands in", s.page(t, form).Find("#form").AttrOr("data-repository", ""), "https://git.example/red-marea/directorio")
		want(t, "networks", strings.Join(s.page(t, prefix+"/networks/").Find("main h2").Map(func(_ int, e *goquery.Selection) string { return text(e) }), ","), "Red Marea")
	}

	// What is missing in a language falls back and says so.
	about := s.page(t, "/pt/about/")
	want(t, "about in Portuguese", text(about.Find("h1")), "Acerca de Red Marea")
	want(t, "its language", about.Find("article").AttrOr("lang", ""), "es")
	want(t, "what it says of it", text(about.Find(".fallback")), "(em espanhol)")
	basque := s.page(t, "/eu/coops/")
	want(t, "Basque", text(basque.Find(".sections a").First()), "Kooperatibak")
	want(t, "not yet Basque", basque.Find("form[role=search] button").Text(), s.page(t, "/coops/").Find("form[role=search] button").Text())

	// The colors are in the one stylesheet, and in the frame of the browser.
	sheet := string(s.read(t, s.page(t, "/").Find("link[rel=stylesheet]").AttrOr("href", "")))
	if strings.Count(sheet, "--accent:") < 4 || !strings.Contains(sheet, "--accent:#0b6e6e") {
		t.Error("the accent is not in the stylesheet")
	}
	if frame := s.page(t, "/").Find("meta[name=theme-color]").First().AttrOr("content", ""); frame == "#faf5ea" || frame == "" {
		t.Errorf("the frame has the color %q", frame)
	}

	// Nothing of the original is left.
	left := []string{"tech-coops.example", "Tech Co-op Directory", "Directorio de cooperativas tecnológicas", "Diretório de cooperativas de tecnologia"}
	for _, c := range ours.coops {
		left = append(left, "/coops/"+c.Slug+"/")
	}
	err = fs.WalkDir(os.DirFS(s.dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(s.dir, name))
		for _, part := range left {
			if strings.Contains(string(data), part) {
				t.Errorf("%s has %q of the original", name, part)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range []string{"/fr/", "/en/"} {
		if _, err := os.Stat(s.file(gone)); err == nil {
			t.Errorf("%s is still there", gone)
		}
	}
}

// A directory that says nothing of itself borrows the program's name, and neither its repository nor its address.
func TestDirectoryWithoutSettingsHasNoContact(t *testing.T) {
	s := newSite(t, map[string]string{}, nil)
	page := s.page(t, "/about/")
	want(t, "where to write", text(page.Find("#write ~ .empty")), "The people who keep this copy of the directory have not published an address yet.")
	want(t, "addresses", fmt.Sprint(s.page(t, "/").Find(".foot a[href^='mailto:']").Length()), "0")
}
