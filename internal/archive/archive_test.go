package archive_test

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
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"coops/internal/archive"
	"coops/internal/problem"
)

func files() fstest.MapFS {
	return fstest.MapFS{
		"hugo.yaml":                  {Data: []byte("title: Ring\n")},
		"data/coops/fern.yaml":       {Data: []byte("name: Fern # a comment\n"), Mode: 0o600, ModTime: time.Now()},
		"data/coops/a-b.yaml":        {Data: []byte("name: A\r\n")},
		"data/logos/fern.png":        {Data: []byte("\x89PNG\r\n\x1a\n")},
		"data/LICENSE":               {Data: []byte("CC0")},
		"data/.hidden/key.yaml":      {Data: []byte("secret")},
		"data/coops/.fern.yaml.swp":  {Data: []byte("secret")},
		"data/coops/README.md":       {Data: []byte("../../etc/passwd"), Mode: fs.ModeSymlink},
		"content/about.md":           {Data: []byte("not data")},
		"data/coops/name with space": {Data: []byte("not ours")},
	}
}

var schemas = fstest.MapFS{"coop.schema.json": {Data: []byte("{}")}, "embed.go": {Data: []byte("package schema")}}

func written(t *testing.T, files fs.FS) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := archive.Write(&b, files, schemas, ""); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func restore(data []byte, into string) (int, error) {
	return archive.Restore(bytes.NewReader(data), int64(len(data)), into)
}

func TestWhatIsRestoredIsWhatWasThere(t *testing.T) {
	into := filepath.Join(t.TempDir(), "deep", "copy")
	n, err := restore(written(t, files()), into)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	err = filepath.WalkDir(filepath.Dir(into), func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		relative, err := filepath.Rel(into, name)
		if err != nil {
			return err
		}
		got = append(got, filepath.ToSlash(relative))
		data, err := os.ReadFile(name)
		if want := files()[filepath.ToSlash(relative)]; want != nil && !bytes.Equal(data, want.Data) {
			t.Errorf("%s: got %q, want %q", relative, data, want.Data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"data/LICENSE", "data/coops/a-b.yaml", "data/coops/fern.yaml", "data/logos/fern.png", "hugo.yaml", "schema/coop.schema.json"}
	if !slices.Equal(got, want) || n != len(want) {
		t.Errorf("%d files: got %q, want %q", n, got, want)
	}
}

func TestTheSameFilesMakeTheSameBytes(t *testing.T) {
	first := written(t, files())
	later := files()
	for _, f := range later {
		f.ModTime, f.Mode = time.Now().Add(time.Hour), f.Mode|0o111
	}
	if !bytes.Equal(first, written(t, later)) {
		t.Error("times or permissions change the archive")
	}
	later["data/coops/fern.yaml"].Data = []byte("name: Farn\n")
	if bytes.Equal(first, written(t, later)) {
		t.Error("what files hold does not change the archive")
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	data := written(t, files())
	full, file, empty := t.TempDir(), filepath.Join(t.TempDir(), "file"), t.TempDir()
	for _, name := range []string{filepath.Join(full, "thesis.txt"), file} {
		if err := os.WriteFile(name, []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, into := range []string{full, file} {
		if _, err := restore(data, into); !errors.Is(err, archive.ErrExists) {
			t.Errorf("got %v, want ErrExists", err)
		}
	}
	if entries, _ := os.ReadDir(full); len(entries) != 1 {
		t.Errorf("something was written: %v", entries)
	}
	if _, err := restore(data, empty); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
}

// packed is an entry of an archive made by hand; what it does not say is as it should be.
type packed struct {
	name, content string
	mode          fs.FileMode
	unlisted      bool
	sum           string
	method        *uint16
	size          int64 // that the manifest says, where it is not that of content
}

// byHand makes an archive with a manifest of the entries, or with the one given.
func byHand(t *testing.T, manifest string, entries ...packed) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	var listed []map[string]any
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.method != nil {
			h.Method = *e.method
		}
		h.SetMode(e.mode | 0o644)
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = w.Write([]byte(e.content))
		}
		if err != nil {
			t.Fatal(err)
		}
		digest := sha256.Sum256([]byte(e.content))
		if e.sum == "" {
			e.sum = hex.EncodeToString(digest[:])
		}
		if e.size == 0 {
			e.size = int64(len(e.content))
		}
		if !e.unlisted {
			listed = append(listed, map[string]any{"path": e.name, "size": e.size, "sha256": e.sum})
		}
	}
	if manifest == "" {
		text, err := json.Marshal(map[string]any{"format": "coops-directory/1", "files": listed})
		if err != nil {
			t.Fatal(err)
		}
		manifest = string(text)
	}
	if manifest != "none" {
		w, err := z.Create("manifest.json")
		if err == nil {
			_, err = w.Write([]byte(manifest))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAHostileArchiveWritesNothing(t *testing.T) {
	fern := packed{name: "data/coops/fern.yaml", content: "name: Fern\n"}
	named := func(name string) []byte { return byHand(t, "", fern, packed{name: name, content: "x"}) }
	other := uint16(99)
	zip.RegisterCompressor(other, func(w io.Writer) (io.WriteCloser, error) { return plainly{w}, nil })
	sound := byHand(t, "", fern)
	damaged := bytes.Replace(byHand(t, "", packed{name: fern.name, content: fern.content, method: new(uint16)}), []byte("name: Fern"), []byte("name: Farn"), 1)
	for what, c := range map[string]struct {
		data []byte
		id   string
	}{
		"a text":                    {[]byte("this is no archive"), "archive.zip"},
		"an empty file":             {nil, "archive.zip"},
		"half an archive":           {sound[:len(sound)/2], "archive.zip"},
		"a way up":                  {named("../evil.yaml"), "archive.name"},
		"a way up inside":           {named("data/../../evil.yaml"), "archive.name"},
		"a way from the top":        {named("/etc/cron.d/evil"), "archive.name"},
		"a backslash":               {named(`data\..\..\evil.yaml`), "archive.name"},
		"a drive":                   {named("C:/evil.yaml"), "archive.name"},
		"a hook of git":             {named("data/.git/hooks/post-checkout"), "archive.name"},
		"another place":             {named(".github/workflows/evil.yml"), "archive.name"},
		"a program":                 {named("Makefile"), "archive.name"},
		"a device":                  {named("data/coops/con.yaml"), "archive.name"},
		"a control character":       {named("data/coops/\x1b[2Jx.yaml"), "archive.name"},
		"an empty part":             {named("data//x.yaml"), "archive.name"},
		"a link":                    {byHand(t, "", fern, packed{name: "data/coops/x.yaml", content: "/etc/passwd", mode: fs.ModeSymlink}), "archive.kind"},
		"a folder":                  {byHand(t, "", fern, packed{name: "data/coops/", unlisted: true}), "archive.kind"},
		"a pipe":                    {byHand(t, "", fern, packed{name: "data/coops/x.yaml", mode: fs.ModeNamedPipe}), "archive.kind"},
		"a name twice":              {byHand(t, "", fern, fern), "archive.twice"},
		"names that differ by case": {named("data/coops/FERN.yaml"), "archive.twice"},
		"a file as a folder":        {named("data/coops/fern.yaml/x.yaml"), "archive.twice"},
		"another packing":           {byHand(t, "", fern, packed{name: "data/coops/x.yaml", method: &other}), "archive.packing"},
		"a large file":              {byHand(t, "", fern, packed{name: "data/coops/x.yaml", content: strings.Repeat("x", archive.MostPer+1)}), "archive.file"},
		"no manifest":               {byHand(t, "none", fern), "archive.manifest"},
		"an empty manifest":         {byHand(t, `{"format": "coops-directory/1", "files": []}`), "archive.manifest"},
		"another format":            {byHand(t, `{"format": "coops-directory/2", "files": []}`, fern), "archive.manifest"},
		"no JSON":                   {byHand(t, `{"format": `, fern), "archive.manifest"},
		"a file too much":           {byHand(t, "", fern, packed{name: "data/coops/x.yaml", content: "x", unlisted: true}), "archive.unlisted"},
		"a file too few":            {byHand(t, `{"format": "coops-directory/1", "files": [{"path": "data/coops/x.yaml", "size": 1, "sha256": ""}]}`, fern), "archive.missing"},
		"another sum":               {byHand(t, "", packed{name: fern.name, content: fern.content, sum: strings.Repeat("0", 64)}), "archive.changed"},
		"another size":              {byHand(t, "", packed{name: fern.name, content: fern.content, size: 3}), "archive.changed"},
		"less than no size":         {byHand(t, "", packed{name: fern.name, content: fern.content, size: -1}), "archive.changed"},
		"a changed byte":            {damaged, "archive.changed"},
	} {
		t.Run(what, func(t *testing.T) {
			parent := t.TempDir()
			_, err := restore(c.data, filepath.Join(parent, "a", "b", "copy"))
			var refused archive.Refused
			if !errors.As(err, &refused) || !slices.ContainsFunc(refused, func(m problem.Message) bool { return m.ID == c.id }) {
				t.Errorf("got %v, want %s", err, c.id)
			}
			for _, in := range problem.Languages {
				for _, m := range refused {
					if said := problem.In(in).Say(m); said == m.ID || strings.ContainsAny(said, "\x1b\n") || strings.Contains(said, "<no value>") {
						t.Errorf("%s: %q", in, said)
					}
				}
			}
			err = filepath.WalkDir(parent, func(name string, e fs.DirEntry, err error) error {
				if err == nil && !e.IsDir() {
					t.Errorf("%s was written", name)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestABombIsNotUnpacked(t *testing.T) {
	var entries []packed
	blank := strings.Repeat(" ", archive.MostPer)
	for i := range archive.MostBytes/archive.MostPer + 1 {
		entries = append(entries, packed{name: fmt.Sprintf("data/coops/%d.yaml", i), content: blank, unlisted: true})
		if i == 0 {
			continue
		}
		entries[i].content = "" // announced below, as large as the first
	}
	data := byHand(t, "", entries...)
	// Announce one mebibyte for each in the directory of the zip, whatever is there.
	sign := []byte("PK\x01\x02")
	for at := 0; ; {
		next := bytes.Index(data[at:], sign)
		if next < 0 {
			break
		}
		at += next
		copy(data[at+24:at+28], []byte{0, 0, 16, 0})
		at += len(sign)
	}
	_, err := restore(data, filepath.Join(t.TempDir(), "copy"))
	var refused archive.Refused
	if !errors.As(err, &refused) || refused[0].ID != "archive.size" {
		t.Errorf("got %v, want archive.size", err)
	}
}

func TestTooManyFilesAreNotEvenListed(t *testing.T) {
	data := append(bytes.Repeat([]byte("PK\x01\x02"), archive.MostFiles+2), written(t, files())...)
	_, err := restore(data, filepath.Join(t.TempDir(), "copy"))
	var refused archive.Refused
	if !errors.As(err, &refused) || refused[0].ID != "archive.many" {
		t.Errorf("got %v, want archive.many", err)
	}
}

func TestAFileThatCannotBeRestoredIsNotWritten(t *testing.T) {
	large := files()
	large["data/coops/large.yaml"] = &fstest.MapFile{Data: make([]byte, archive.MostPer+1)}
	if err := archive.Write(&bytes.Buffer{}, large, schemas, ""); err == nil || !strings.Contains(err.Error(), "data/coops/large.yaml") {
		t.Errorf("got %v", err)
	}
}

// FuzzRestore looks for bytes that make restoring panic, or write anywhere but in the folder.
func FuzzRestore(f *testing.F) {
	var b bytes.Buffer
	if err := archive.Write(&b, files(), schemas, ""); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		parent := t.TempDir()
		_, err := restore(data, filepath.Join(parent, "copy"))
		entries, _ := os.ReadDir(parent)
		if want := map[bool]int{true: 1, false: 0}[err == nil]; len(entries) != want {
			t.Errorf("%v: %v", err, entries)
		}
	})
}

// plainly packs without packing.
type plainly struct{ io.Writer }

func (plainly) Close() error { return nil }

func TestAnArchiveIsReadWithoutUnpacking(t *testing.T) {
	var b bytes.Buffer
	if err := archive.Write(&b, files(), schemas, "a note"); err != nil {
		t.Fatal(err)
	}
	fsys, note, err := archive.Open(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil || note != "a note" {
		t.Fatalf("got %q, %v", note, err)
	}
	if data, err := fs.ReadFile(fsys, "data/coops/fern.yaml"); err != nil || string(data) != "name: Fern # a comment\n" {
		t.Errorf("got %q, %v", data, err)
	}
	wrong := byHand(t, "", packed{name: "data/coops/fern.yaml", content: "x", sum: strings.Repeat("0", 64)})
	if _, _, err := archive.Open(bytes.NewReader(wrong), int64(len(wrong))); !errors.As(err, new(archive.Refused)) {
		t.Errorf("got %v", err)
	}
}
