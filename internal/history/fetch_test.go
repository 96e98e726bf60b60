package history

import (
	"bytes"
	"compress/zlib"
	"context"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// served gives a repository over HTTP on the loopback address, by git's own server, and returns its address.
func served(t *testing.T, r *repository) string {
	t.Helper()
	backend := filepath.Join(r.git("--exec-path"), "git-http-backend")
	if _, err := os.Stat(backend); err != nil {
		t.Skip("git-http-backend is not installed")
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	s := httptest.NewServer(&cgi.Handler{Path: backend, Env: []string{"GIT_PROJECT_ROOT=" + r.dir, "GIT_HTTP_EXPORT_ALL=1", "PATH=" + os.Getenv("PATH"), "GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1"}, InheritEnv: []string{"HOME"}})
	t.Cleanup(s.Close)
	return s.URL + "/.git"
}

func fetched(t *testing.T, address, revision string) (*Commit, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	r, c, err := Fetch(ctx, address, revision, t.TempDir())
	if err == nil {
		t.Cleanup(func() { r.Close() })
	}
	return c, err
}

func TestACommitIsFetched(t *testing.T) {
	r := newRepository(t)
	r.put("data/coops/fern.yaml", "name: Fern\n"+strings.Repeat("# a line that comes again\n", 100))
	first := r.commit()
	r.put("data/coops/fern.yaml", "name: Farn\n"+strings.Repeat("# a line that comes again\n", 100))
	second := r.commit()
	r.git("branch", "other", first)
	r.git("-c", "user.name=T", "-c", "user.email=t@t.example", "tag", "-a", "-m", "a tag", "v1", first)
	r.git("repack", "-adq")
	web := served(t, r)
	for _, address := range []string{web, "file://" + r.dir} {
		for revision, want := range map[string]string{"": second, "main": second, "other": first, "v1": first, first: first, second: second} {
			c, err := fetched(t, address, revision)
			if err != nil {
				t.Errorf("%s of %s: %v", revision, address, err)
				continue
			}
			name := map[string]string{first: "name: Fern", second: "name: Farn"}[want]
			if data, err := fs.ReadFile(c, "data/coops/fern.yaml"); c.Hash != want || err != nil || !strings.HasPrefix(string(data), name) {
				t.Errorf("%s of %s: got %s with %q, %v, want %s", revision, address, c.Hash, data, err, want)
			}
		}
		for _, revision := range []string{"nobranch", strings.Repeat("0123", 10)} {
			if c, err := fetched(t, address, revision); err == nil {
				t.Errorf("%s of %s: got %s", revision, address, c.Hash)
			}
		}
	}
	if _, err := fetched(t, web, "nobranch"); !errors.Is(err, ErrUnknownRevision) {
		t.Errorf("got %v", err)
	}
}

func TestAServerThatMisbehavesIsAnError(t *testing.T) {
	r := newRepository(t)
	r.put("a", "a")
	r.commit()
	web := served(t, r)
	refs := get(t, web+"/info/refs?service=git-upload-pack")
	hang := make(chan struct{})
	defer close(hang)
	for what, c := range map[string]struct {
		answer func(w http.ResponseWriter, r *http.Request)
		want   error
	}{
		"nothing":   {func(http.ResponseWriter, *http.Request) {}, nil},
		"not found": {func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }, nil},
		"a page":    {func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<h1>Parked</h1>") }, nil},
		"elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, web+"/info/refs?"+r.URL.RawQuery, http.StatusFound)
		}, ErrMoved},
		"no pack": {func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet {
				w.Write(refs)
			} else {
				io.WriteString(w, "0008NAK\nnot a pack at all")
			}
		}, nil},
		"half a pack": {func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet {
				w.Write(refs)
			} else {
				io.WriteString(w, "0008NAK\n0011\x01PACK\x00\x00\x00\x02\x00\x00\x00\x09")
			}
		}, nil},
		"no end": {func(w http.ResponseWriter, r *http.Request) {
			w.(http.Flusher).Flush()
			select {
			case <-hang:
			case <-r.Context().Done():
			}
		}, context.DeadlineExceeded},
	} {
		s := httptest.NewServer(http.HandlerFunc(c.answer))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		_, got, err := Fetch(ctx, s.URL, "main", t.TempDir())
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, %v, want %v", what, got, err, c.want)
		}
		cancel()
		s.CloseClientConnections()
		s.Close()
	}
}

func get(t *testing.T, address string) []byte {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// packOf makes a pack: each object by its kind, the size that it claims, what comes before its data, and the data.
func packOf(t *testing.T, count uint32, objects ...packedObject) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("PACK\x00\x00\x00\x02")
	binary.Write(&b, binary.BigEndian, count)
	for _, o := range objects {
		size := o.size
		c := byte(o.kind<<4) | byte(size&15)
		for size >>= 4; size > 0; size >>= 7 {
			b.WriteByte(c | 0x80)
			c = byte(size & 0x7f)
		}
		b.WriteByte(c)
		b.Write(o.before)
		z := zlib.NewWriter(&b)
		z.Write(o.data)
		z.Close()
	}
	sum := sha1.Sum(b.Bytes())
	b.Write(sum[:])
	return b.Bytes()
}

type packedObject struct {
	kind   int
	size   uint64
	before []byte
	data   []byte
}

func TestAPackThatWouldUnpackToTooMuchIsRefused(t *testing.T) {
	sized := func(numbers ...uint64) []byte {
		var b []byte
		for _, n := range numbers {
			b = binary.AppendUvarint(b, n)
		}
		return b
	}
	var many []packedObject
	for range mostUnpacked/maxBytes + 1 {
		many = append(many, packedObject{kind: 7, size: 8, before: make([]byte, 20), data: append(sized(5, maxBytes), 1, 1, 1)})
	}
	for i := range many {
		many[i].size = uint64(len(many[i].data))
	}
	large := sized(5, maxBytes+1)
	for what, pack := range map[string][]byte{
		"a large object":             packOf(t, 1, packedObject{kind: 3, size: maxBytes + 1, data: nil}),
		"a delta that makes much":    packOf(t, 1, packedObject{kind: 7, size: uint64(len(large)), before: make([]byte, 20), data: large}),
		"many deltas that make much": packOf(t, uint32(len(many)), many...),
		"too many objects":           packOf(t, mostObjects+1),
	} {
		if err := measure(bytes.NewReader(pack)); !errors.Is(err, ErrTooMuch) {
			t.Errorf("%s: got %v", what, err)
		}
	}
	if err := measure(bytes.NewReader(packOf(t, 1, packedObject{kind: 3, size: 5, data: make([]byte, maxBytes)}))); err == nil {
		t.Error("an object may be larger than it says")
	}
	if err := measure(bytes.NewReader(packOf(t, 1, packedObject{kind: 3, size: 5, data: []byte("hello")}))); err != nil {
		t.Errorf("an honest pack: %v", err)
	}
}

func TestAnAnswerWithoutEndIsCut(t *testing.T) {
	c := &cut{io.NopCloser(endless{}), 1000}
	if n, err := io.Copy(io.Discard, c); n != 1000 || !errors.Is(err, ErrTooMuch) {
		t.Errorf("%d bytes, %v", n, err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }
