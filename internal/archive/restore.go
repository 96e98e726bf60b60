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
	"os"
	"path/filepath"
	"strings"

	"coops/internal/problem"
	"coops/internal/scratch"
)

// ErrExists says that the folder to restore into is already there.
var ErrExists = errors.New("it is already there")

// Restore checks an archive of size bytes and writes its files into a folder, which must not be there yet or be
// empty, and returns how many. The folder appears whole or not at all: the files are written beside it and it is
// renamed in the end. Where the archive is at fault the error is a Refused.
func Restore(r io.ReaderAt, size int64, into string) (int, error) {
	if entries, err := os.ReadDir(into); err == nil && len(entries) > 0 {
		return 0, ErrExists
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		if info, lerr := os.Lstat(into); lerr == nil && !info.IsDir() {
			return 0, ErrExists
		}
		return 0, err
	}
	files, _, err := examine(r, size)
	if err != nil {
		return 0, err
	}
	into, err = filepath.Abs(into)
	if err != nil {
		return 0, err
	}
	if err := os.MkdirAll(filepath.Dir(into), 0o755); err != nil {
		return 0, err
	}
	work, err := scratch.Make(filepath.Dir(into), ".coops-restore-*")
	if err != nil {
		return 0, err
	}
	defer work.Remove()
	fresh := filepath.Join(work.Path, "directory")
	if err := os.Mkdir(fresh, 0o755); err != nil {
		return 0, err
	}
	var bad Refused
	for _, f := range files {
		data, err := f.read()
		if err != nil {
			if bad = append(bad, problem.Say("archive.changed", "name", shown(f.Name))); len(bad) == mostTold {
				break
			}
			continue
		}
		if err := write(fresh, f.Name, data); err != nil {
			return 0, err
		}
	}
	if len(bad) > 0 {
		return 0, bad
	}
	// An empty folder makes way; onto one that has come to hold something nothing can be renamed.
	if err := os.Remove(into); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, ErrExists
	}
	if err := os.Rename(fresh, into); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return 0, ErrExists
		}
		return 0, err
	}
	return len(files), nil
}

func write(folder, name string, data []byte) error {
	target := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// Open checks an archive of size bytes against its sums and returns its files, without unpacking them anywhere, and
// its note. Where the archive is at fault the error is a Refused.
func Open(r io.ReaderAt, size int64) (files fs.FS, note string, err error) {
	entries, z, err := examine(r, size)
	if err != nil {
		return nil, "", err
	}
	for _, f := range entries {
		if _, err := f.read(); err != nil {
			return nil, "", Refused{problem.Say("archive.changed", "name", shown(f.Name))}
		}
	}
	return z, z.Comment, nil
}

// entry is a file of an archive and what the manifest says of it.
type entry struct {
	*zip.File
	want sum
}

// read unpacks a file, and no more than the manifest promises.
func (e entry) read() ([]byte, error) {
	data, err := unpack(e.File, e.want.Size)
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(data)
	if int64(len(data)) != e.want.Size || hex.EncodeToString(digest[:]) != e.want.SHA256 {
		return nil, errors.New("it is not what the manifest says")
	}
	return data, nil
}

// unpack reads a file up to one byte more than there should be.
func unpack(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, most+1))
}

// examine looks at everything that an archive says of itself, before a byte of its data is unpacked.
func examine(r io.ReaderAt, size int64) ([]entry, *zip.Reader, error) {
	if size > MostZip {
		return nil, nil, Refused{problem.Say("archive.size", "most", megabytes(MostZip))}
	}
	n, err := headers(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, nil, fmt.Errorf("read the archive: %w", err)
	}
	if n > MostFiles+1 { // the reader of zips makes room for all that are announced
		return nil, nil, Refused{problem.Say("archive.many", "most", MostFiles)}
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, nil, Refused{problem.Say("archive.zip")}
	}
	if len(z.File) > MostFiles+1 {
		return nil, nil, Refused{problem.Say("archive.many", "most", MostFiles)}
	}
	bad := wrongNames(z.File)
	if len(bad) > 0 {
		return nil, nil, bad
	}
	entries, err := matched(z.File)
	return entries, z, err
}

// wrongNames tells which entries cannot be a file of a directory, or are too large.
func wrongNames(files []*zip.File) Refused {
	var bad Refused
	refuse := func(id string, pairs ...any) {
		if len(bad) < mostTold {
			bad = append(bad, problem.Say(id, pairs...))
		}
	}
	seen := map[string]string{} // name in lower case -> name
	var total uint64
	for _, f := range files {
		name := shown(f.Name)
		folded := strings.ToLower(f.Name)
		switch other, twice := seen[folded]; {
		case !f.Mode().IsRegular(): // a link, a folder, a device
			refuse("archive.kind", "name", name)
		case f.Name != ManifestName && !belongs(f.Name):
			refuse("archive.name", "name", name)
		case twice:
			refuse("archive.twice", "name", name, "other", shown(other))
		case f.Method != zip.Store && f.Method != zip.Deflate, f.Flags&1 != 0: // another packing, or a password
			refuse("archive.packing", "name", name)
		case f.Name != ManifestName && f.UncompressedSize64 > MostPer, f.UncompressedSize64 > manifestBytes:
			refuse("archive.file", "name", name, "most", megabytes(MostPer))
		}
		seen[folded] = f.Name
		total += min(f.UncompressedSize64, MostBytes+1)
	}
	if total > MostBytes {
		refuse("archive.size", "most", megabytes(MostBytes))
	}
	for _, f := range files {
		for at := strings.LastIndexByte(f.Name, '/'); at > 0; at = strings.LastIndexByte(f.Name[:at], '/') {
			if other, ok := seen[strings.ToLower(f.Name[:at])]; ok { // a file cannot be a folder, too
				refuse("archive.twice", "name", shown(f.Name), "other", shown(other))
			}
		}
	}
	return bad
}

// manifestBytes is more than the manifest of as many files as there may be can have.
const manifestBytes = MostFiles * 400

// matched holds the files against the manifest, both ways.
func matched(files []*zip.File) ([]entry, error) {
	byName := map[string]*zip.File{}
	for _, f := range files {
		byName[f.Name] = f
	}
	list, ok := readManifest(byName[ManifestName])
	if !ok {
		return nil, Refused{problem.Say("archive.manifest")}
	}
	delete(byName, ManifestName)
	var entries []entry
	var bad Refused
	refuse := func(id, name string) {
		if len(bad) < mostTold {
			bad = append(bad, problem.Say(id, "name", shown(name)))
		}
	}
	for _, want := range list.Files {
		f := byName[want.Path]
		delete(byName, want.Path) // so that one named twice is missing the second time
		switch {
		case f == nil:
			refuse("archive.missing", want.Path)
		case want.Size < 0 || want.Size > MostPer || uint64(want.Size) != f.UncompressedSize64:
			refuse("archive.changed", want.Path)
		default:
			entries = append(entries, entry{f, want})
		}
	}
	for _, f := range files {
		if byName[f.Name] != nil {
			refuse("archive.unlisted", f.Name)
		}
	}
	if len(bad) > 0 {
		return nil, bad
	}
	if len(entries) == 0 {
		return nil, Refused{problem.Say("archive.manifest")}
	}
	return entries, nil
}

func readManifest(f *zip.File) (manifest, bool) {
	var list manifest
	if f == nil {
		return list, false
	}
	data, err := unpack(f, manifestBytes)
	if err != nil || len(data) > manifestBytes {
		return list, false
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err = d.Decode(&list)
	return list, err == nil && list.Format == format && !d.More()
}

// headers counts what may be a header of a zip's directory: there are never fewer than entries.
func headers(r io.Reader) (int, error) {
	sign := []byte("PK\x01\x02")
	n := 0
	buffer := make([]byte, 0, 64<<10)
	for {
		read, err := r.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+read]
		n += bytes.Count(buffer, sign)
		keep := min(len(buffer), len(sign)-1) // a sign may lie across two reads
		buffer = append(buffer[:0], buffer[len(buffer)-keep:]...)
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return 0, err
		}
	}
}

func megabytes(n int64) int64 { return n >> 20 }
