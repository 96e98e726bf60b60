package site

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// stageWords writes the interface's texts for the languages that the theme does not speak: what
// i18n/<language>.yaml of the directory has, and for the rest the theme's texts in the first language, or else in
// English. It returns a sentence for each that is not complete.
func stageWords(theme, own fs.FS, languages []string, folder string) (notes []string, err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	rest, restIn := values(nil), ""
	for _, in := range languages {
		name := in + ".yaml"
		if _, err := fs.Stat(theme, name); err == nil {
			continue
		}
		if rest == nil {
			for _, restIn = range []string{languages[0], "en"} {
				if data, err := fs.ReadFile(theme, restIn+".yaml"); err == nil {
					rest = read(data)
					break
				}
			}
		}
		var written values
		if data, err := fs.ReadFile(own, name); err == nil {
			if written = read(data); written == nil {
				return nil, fmt.Errorf("i18n/%s is not YAML that can be read", name)
			}
		}
		all, missing := values{}, 0
		for key, text := range rest {
			if all[key] = written[key]; written[key] == nil {
				all[key] = text
				missing++
			}
		}
		if missing > 0 {
			notes = append(notes, fmt.Sprintf("i18n/%s has no text for %d of %d keys; they are shown in the language %s", name, missing, len(rest), restIn))
		}
		if err := writeJSON(filepath.Join(folder, name), all); err != nil {
			return nil, err
		}
	}
	return notes, nil
}
