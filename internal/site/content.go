package site

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"coops/internal/world"
)

// stageContent writes the site's own pages to a folder: those of the program, and over them those of
// the directory, either of which may be nil. A page that a directory writes itself replaces the program's in all
// languages. Pages in languages that the site does not have are left out; where the program's page
// is missing in one that it has, the first language that has it stands in, and says so.
func stageContent(program, own fs.FS, languages []string, folder string) error {
	pages := map[string]map[string]pageFile{} // path without language and ending -> language -> file
	for _, from := range []fs.FS{program, own} {
		written := map[string]map[string]pageFile{}
		err := walk(from, func(name string) error {
			stem, in, isPage := pageOf(name, languages[0])
			if !isPage {
				return copyFile(from, name, folder)
			}
			if written[stem] == nil {
				written[stem] = map[string]pageFile{}
			}
			written[stem][in] = pageFile{from, name}
			return nil
		})
		if err != nil {
			return err
		}
		for stem, files := range written {
			pages[stem] = files
		}
	}
	for stem, files := range pages {
		if err := stagePage(stem, files, isBrought(program, stem), languages, folder); err != nil {
			return fmt.Errorf("the page %s: %w", stem, err)
		}
	}
	return nil
}

// pageFile is a file of a file system.
type pageFile struct {
	fs.FS
	name string
}

// pageOf takes the name of a Markdown file apart: about.es.md is the page about in es, and about.md the
// one in the first language.
func pageOf(name, first string) (stem, in string, isPage bool) {
	stem, isPage = strings.CutSuffix(name, ".md")
	if ending := strings.TrimPrefix(path.Ext(stem), "."); world.IsLanguage(ending) {
		return strings.TrimSuffix(stem, "."+ending), ending, isPage
	}
	return stem, first, isPage
}

// isBrought tells whether the program has the page: then the theme may lead to it, in every language.
func isBrought(program fs.FS, stem string) bool {
	found, err := fs.Glob(program, stem+".*md")
	return err == nil && len(found) > 0
}

func stagePage(stem string, files map[string]pageFile, everywhere bool, languages []string, folder string) error {
	preferred := append(slices.Clone(languages), "en")
	for _, in := range languages {
		file, isWritten := files[in]
		said := in
		if !isWritten {
			if !everywhere {
				continue
			}
			for in := range files { // of those that the site does not have, the first by name
				if !slices.Contains(preferred, in) {
					preferred = append(preferred, in)
				}
			}
			slices.Sort(preferred[len(languages)+1:])
			at := slices.IndexFunc(preferred, func(in string) bool { _, ok := files[in]; return ok })
			said = preferred[at]
			file = files[said]
		}
		text, err := fs.ReadFile(file, file.name)
		if err != nil {
			return err
		}
		if said != in {
			text = borrow(text, said, in)
		}
		target := filepath.Join(folder, filepath.FromSlash(stem+"."+in+".md"))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(target, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// borrow writes in the front matter of a page which language it is really in, as a said text has it.
func borrow(text []byte, said, in string) []byte {
	const fence = "---\n"
	note := fmt.Sprintf("params: {language: %q, fallback: %q}\n", said, world.LanguageName(said, in))
	if rest, ok := bytes.CutPrefix(text, []byte(fence)); ok {
		return slices.Concat([]byte(fence+note), rest)
	}
	return slices.Concat([]byte(fence+note+fence), text)
}

// walk calls visit for every plain file of fsys that is not hidden; it may be nil, or have none.
func walk(fsys fs.FS, visit func(name string) error) error {
	if fsys == nil {
		return nil
	}
	return fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case name == "." && errors.Is(err, fs.ErrNotExist):
			return fs.SkipAll
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(e.Name(), ".") && e.IsDir():
			return fs.SkipDir
		case !e.Type().IsRegular() || strings.HasPrefix(e.Name(), "."):
			return nil
		}
		return visit(name)
	})
}

func copyFile(from fs.FS, name, folder string) error {
	data, err := fs.ReadFile(from, name)
	if err != nil {
		return err
	}
	target := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	return os.WriteFile(target, data, 0o644)
}
