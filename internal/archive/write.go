package archive

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// epoch is the time of every file of an archive: the first that a zip can say.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Write writes the archive of a directory: its data/ and hugo.yaml, and the schemas, which lie at the top of theirs.
// Hidden files, links and what else is no data are left out. The note is a line about the archive as a whole.
func Write(w io.Writer, files, schemas fs.FS, note string) error {
	names, err := Names(files)
	if err != nil {
		return err
	}
	type source struct {
		fsys fs.FS
		name string
	}
	from := map[string]source{}
	for _, name := range names {
		from[name] = source{files, name}
	}
	published, err := fs.Glob(schemas, "*.schema.json")
	if err != nil {
		return err
	}
	for _, name := range published {
		from["schema/"+name] = source{schemas, name}
	}
	if len(from) > MostFiles {
		return fmt.Errorf("the directory has %d files; an archive holds at most %d", len(from), MostFiles)
	}
	names = names[:0]
	for name := range from {
		names = append(names, name)
	}
	slices.Sort(names)

	z := zip.NewWriter(w)
	if err := z.SetComment(note); err != nil {
		return err
	}
	list := manifest{Format: format}
	var total int64
	for _, name := range names {
		data, err := readSmall(from[name].fsys, from[name].name)
		if err != nil {
			return err
		}
		if total += int64(len(data)); total > MostBytes {
			return fmt.Errorf("the directory has more than %d bytes, which is the most that an archive holds", MostBytes)
		}
		digest := sha256.Sum256(data)
		list.Files = append(list.Files, sum{name, int64(len(data)), hex.EncodeToString(digest[:])})
		if err := add(z, name, data); err != nil {
			return err
		}
	}
	text, err := json.MarshalIndent(list, "", " ")
	if err != nil {
		return err
	}
	if err := add(z, ManifestName, append(text, '\n')); err != nil {
		return err
	}
	return z.Close()
}

// Names returns the paths of the files of a directory that belong in its archive, sorted.
func Names(files fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(files, "data", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && name != "data" && strings.HasPrefix(path.Base(name), "."):
			return fs.SkipDir
		case e.Type().IsRegular() && belongs(name):
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	info, err := fs.Lstat(files, "hugo.yaml")
	switch {
	case err == nil && info.Mode().IsRegular():
		names = append(names, "hugo.yaml")
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	slices.Sort(names)
	return names, nil
}

func readSmall(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(io.LimitReader(f, MostPer+1)); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if b.Len() > MostPer {
		return nil, tooLarge(name, int64(b.Len()))
	}
	return b.Bytes(), nil
}

func add(z *zip.Writer, name string, data []byte) error {
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: epoch}
	header.SetMode(0o644)
	f, err := z.CreateHeader(header)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return err
}
