package history

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/plumbing/format/packfile"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp/capability"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp/sideband"
	"github.com/go-git/go-git/v5/plumbing/transport"
	githttp "github.com/go-git/go-git/v5/plumbing/transport/http"
	"github.com/go-git/go-git/v5/storage/filesystem"
)

// What is taken from a stranger's repository, at most. One commit of a directory of 10,000 co-ops is some 20 MB.
const (
	mostPacked   = 128 << 20 // bytes as they travel
	mostUnpacked = 1 << 30   // bytes of all objects
	mostObjects  = 1 << 20
)

// ErrTooMuch says that a repository sends more than is taken.
var ErrTooMuch = errors.New("it sends more than is taken from one source")

// ErrMoved says that the address leads to another one.
var ErrMoved = errors.New("it moved; write down its new address")

var commitID = regexp.MustCompile(`^[0-9a-f]{40}$`)

// Fetch gets one commit of a repository and opens it. revision is the id of a commit, or a branch or tag; empty, the
// branch that the repository shows first. An address of https:// or http:// is fetched into a folder, which must be
// empty and is whoever called's to remove; one of file:// is opened where it is. Whatever a server sends is held
// against limits before it is unpacked. No hook is run, no link or redirect followed, nothing checked out.
func Fetch(ctx context.Context, address, revision, into string) (*Repository, *Commit, error) {
	if path, ok := strings.CutPrefix(address, "file://"); ok {
		return openCommit(path, revision)
	}
	want, err := fetch(ctx, address, revision, into)
	if err != nil {
		return nil, nil, err
	}
	return openCommit(into, want.String())
}

func openCommit(dir, revision string) (*Repository, *Commit, error) {
	r, err := Open(dir)
	if err != nil {
		return nil, nil, err
	}
	if revision == "" {
		revision = "HEAD"
	}
	c, err := r.Commit(revision)
	if err != nil {
		r.Close()
		return nil, nil, err
	}
	return r, c, nil
}

func fetch(ctx context.Context, address, revision, into string) (plumbing.Hash, error) {
	end, err := transport.NewEndpoint(address)
	if err != nil {
		return plumbing.ZeroHash, err
	}
	client := githttp.NewClientWithOptions(&http.Client{Transport: limited{http.DefaultTransport}, CheckRedirect: func(*http.Request, []*http.Request) error { return ErrMoved }}, nil)
	session, err := client.NewUploadPackSession(end, nil)
	if err != nil {
		return plumbing.ZeroHash, err
	}
	defer session.Close()
	there, err := session.AdvertisedReferencesContext(ctx)
	if err != nil {
		return plumbing.ZeroHash, err
	}
	want, tip, err := wanted(there, revision)
	if err != nil {
		return plumbing.ZeroHash, err
	}
	request := packp.NewUploadPackRequestFromCapabilities(there.Capabilities)
	request.Capabilities.Delete(capability.ThinPack) // we have nothing that it could lean on
	request.Wants = []plumbing.Hash{tip}
	if want == tip && there.Capabilities.Supports(capability.Shallow) {
		request.Depth = packp.DepthCommits(1)
		if err := request.Capabilities.Set(capability.Shallow); err != nil {
			return plumbing.ZeroHash, err
		}
	}
	answer, err := session.UploadPack(ctx, request)
	if err != nil {
		return plumbing.ZeroHash, err
	}
	defer answer.Close()
	var pack io.Reader = answer
	switch {
	case request.Capabilities.Supports(capability.Sideband64k):
		pack = sideband.NewDemuxer(sideband.Sideband64k, answer)
	case request.Capabilities.Supports(capability.Sideband):
		pack = sideband.NewDemuxer(sideband.Sideband, answer)
	}
	return want, unpack(pack, answer.Shallows, into)
}

// wanted finds the commit that a revision means, and what to ask for to get it: the commit itself where the server
// gives it, or else the branch shown first with all that came before.
func wanted(there *packp.AdvRefs, revision string) (want, tip plumbing.Hash, err error) {
	head := plumbing.ZeroHash
	if there.Head != nil {
		head = *there.Head
	}
	if commitID.MatchString(revision) {
		want = plumbing.NewHash(revision)
		gives := there.Capabilities.Supports(capability.AllowReachableSHA1InWant) || there.Capabilities.Supports("allow-any-sha1-in-want")
		for _, h := range there.References {
			gives = gives || h == want
		}
		if gives || head.IsZero() {
			return want, want, nil
		}
		return want, head, nil
	}
	if revision == "" {
		want = head
	}
	for _, name := range []string{"refs/heads/" + revision, "refs/tags/" + revision} {
		if h, ok := there.References[name]; ok && want.IsZero() {
			want = h
		}
		if h, ok := there.Peeled[name]; ok && there.References[name] == want { // a tag that is an object of its own
			want = h
		}
	}
	if want.IsZero() {
		return want, want, ErrUnknownRevision
	}
	return want, want, nil
}

// limited gives no more of an answer than is taken.
type limited struct{ http.RoundTripper }

func (l limited) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := l.RoundTripper.RoundTrip(r)
	if err == nil {
		answer.Body = &cut{answer.Body, mostPacked}
	}
	return answer, err
}

type cut struct {
	io.ReadCloser
	left int64
}

func (c *cut) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, ErrTooMuch
	}
	n, err := c.ReadCloser.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}

// unpack makes a repository of a pack.
func unpack(pack io.Reader, shallow []plumbing.Hash, into string) error {
	for _, folder := range []string{"objects", "refs"} {
		if err := os.MkdirAll(filepath.Join(into, folder), 0o755); err != nil {
			return err
		}
	}
	var cutOff strings.Builder
	for _, h := range shallow {
		cutOff.WriteString(h.String() + "\n")
	}
	for name, content := range map[string]string{"HEAD": "ref: refs/heads/main\n", "config": "[core]\n\tbare = true\n", "shallow": cutOff.String()} {
		if content == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(into, name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	f, err := os.Create(filepath.Join(into, "received"))
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := io.Copy(f, pack); err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := measure(f); err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	store := filesystem.NewStorage(osfs.New(into), cache.NewObjectLRU(keptBytes))
	defer store.Close()
	return packfile.UpdateObjectStorage(store, f)
}

// measure adds up what a pack would unpack to, and refuses too much. It unpacks one object after the other and
// keeps none.
func measure(pack io.ReadSeeker) error {
	scanner := packfile.NewScanner(pack)
	_, count, err := scanner.Header()
	if err != nil {
		return fmt.Errorf("it sends no pack: %w", err)
	}
	if count > mostObjects {
		return ErrTooMuch
	}
	var total int64
	for range count {
		header, err := scanner.NextObjectHeader()
		if err != nil {
			return err
		}
		begin := &beginning{left: maxBytes}
		if total += header.Length; header.Length > maxBytes || total > mostUnpacked {
			return ErrTooMuch
		}
		if _, _, err := scanner.NextObject(begin); err != nil {
			return err
		}
		if header.Type == plumbing.OFSDeltaObject || header.Type == plumbing.REFDeltaObject {
			size := targetSize(begin.data)
			if total += int64(min(size, maxBytes)); size > maxBytes || total > mostUnpacked {
				return ErrTooMuch
			}
		}
	}
	return nil
}

// beginning keeps the first bytes of what is written to it, and takes no more than there should be.
type beginning struct {
	data []byte
	left int
}

func (b *beginning) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, ErrTooMuch
	}
	const enough = 20 // two numbers
	b.data = append(b.data, p[:min(len(p), max(0, enough-len(b.data)))]...)
	return len(p), nil
}
