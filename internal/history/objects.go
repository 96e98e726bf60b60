package history

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/idxfile"
	"github.com/go-git/go-git/v5/plumbing/format/packfile"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"
)

const (
	keptBytes = 16 << 20 // of objects kept in memory, as others are told by how they differ from them
	maxBytes  = 64 << 20 // of one commit or tree: a folder of a million files
	maxChain  = 10_000   // objects told one by another; git makes no more than 4,095
)

// errTooLarge says that a commit or a tree is larger than any honest one.
var errTooLarge = errors.New("it holds an object too large to read")

// objects reads commits and trees. Those in packs it reads through go-git's scanner, but not through its
// store: that computes anew the hash of whatever it reads, and with 2,000 profiles in a folder, which is
// another object after each commit, this took two fifths of a walk.
type objects struct {
	store *filesystem.Storage // for what is in no pack of the repository: loose objects, alternates
	packs []*pack             // the one read last comes first
	kept  map[place]object    // for those that are told by how they differ from these
	order []place             // of kept, the oldest first
	size  int                 // of kept, in bytes
}

type object struct {
	kind plumbing.ObjectType
	data []byte
}

// place is where an object is: in a pack, or by itself.
type place struct {
	pack   *pack
	offset int64
	loose  plumbing.Hash
}

type pack struct {
	index   *idxfile.MemoryIndex
	scanner *packfile.Scanner
	file    io.Closer
}

func openObjects(store *filesystem.Storage, dir *dotgit.DotGit) (*objects, error) {
	o := &objects{store: store, kept: map[place]object{}}
	names, err := dir.ObjectPacks()
	if err != nil {
		return nil, fmt.Errorf("list its packs: %w", err)
	}
	for _, name := range names {
		p, err := openPack(dir, name)
		if err != nil {
			o.close()
			return nil, fmt.Errorf("open its pack %s: %w", name, err)
		}
		o.packs = append(o.packs, p)
	}
	return o, nil
}

func openPack(dir *dotgit.DotGit, name plumbing.Hash) (*pack, error) {
	listing, err := dir.ObjectPackIdx(name)
	if err != nil {
		return nil, err
	}
	defer listing.Close()
	p := &pack{index: idxfile.NewMemoryIndex()}
	if err := idxfile.NewDecoder(listing).Decode(p.index); err != nil {
		return nil, err
	}
	file, err := dir.ObjectPack(name)
	if err != nil {
		return nil, err
	}
	p.scanner, p.file = packfile.NewScanner(file), file
	return p, nil
}

func (o *objects) close() {
	for _, p := range o.packs {
		p.file.Close()
	}
}

// read returns the bytes of a commit, tree or tag, which must not be changed.
func (o *objects) read(h plumbing.Hash, want plumbing.ObjectType) ([]byte, error) {
	found, err := o.find(h, want)
	switch {
	case errors.Is(err, plumbing.ErrObjectNotFound):
		return nil, fmt.Errorf("%w (%s %s)", ErrIncomplete, want, h)
	case err == nil && found.kind != want:
		err = fmt.Errorf("it is a %s, not a %s", found.kind, want)
	}
	if err != nil {
		return nil, fmt.Errorf("read object %s: %w", h, err)
	}
	return found.data, nil
}

func (o *objects) find(h plumbing.Hash, want plumbing.ObjectType) (object, error) {
	for i, p := range o.packs {
		offset, err := p.index.FindOffset(h)
		if errors.Is(err, plumbing.ErrObjectNotFound) {
			continue
		}
		if err != nil {
			return object{}, err
		}
		copy(o.packs[1:i+1], o.packs[:i])
		o.packs[0] = p
		return o.packed(p, offset)
	}
	at := place{loose: h}
	if found, ok := o.kept[at]; ok {
		return found, nil
	}
	stored, err := o.store.EncodedObject(want, h)
	if err != nil {
		return object{}, err
	}
	if stored.Size() > maxBytes {
		return object{}, errTooLarge
	}
	data, err := contents(stored)
	if err != nil {
		return object{}, err
	}
	return o.keep(at, object{want, data}), nil
}

// contents reads an object whole.
func contents(stored plumbing.EncodedObject) ([]byte, error) {
	reader, err := stored.Reader()
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	data := make([]byte, stored.Size())
	_, err = io.ReadFull(reader, data)
	return data, err
}

// packed reads an object of a pack: it is there whole, or told by how it differs from another, which may
// be told so too.
func (o *objects) packed(p *pack, offset int64) (object, error) {
	var steps [][]byte
	var places []place
	found, ok := o.kept[place{pack: p, offset: offset}]
	for !ok {
		at := place{pack: p, offset: offset}
		header, err := p.scanner.SeekObjectHeader(offset)
		if err != nil {
			return object{}, err
		}
		if header.Length > maxBytes || len(steps) > maxChain {
			return object{}, errTooLarge
		}
		b := bytes.NewBuffer(make([]byte, 0, header.Length))
		if n, _, err := p.scanner.NextObject(b); err != nil || n != header.Length {
			return object{}, fmt.Errorf("%d bytes of %d: %w", n, header.Length, cmp.Or(err, io.ErrUnexpectedEOF))
		}
		switch header.Type {
		case plumbing.OFSDeltaObject:
			offset = header.OffsetReference
		case plumbing.REFDeltaObject:
			if offset, err = p.index.FindOffset(header.Reference); err != nil {
				return object{}, err
			}
		default:
			found, ok = o.keep(at, object{header.Type, b.Bytes()}), true
			continue
		}
		steps, places = append(steps, b.Bytes()), append(places, at)
		found, ok = o.kept[place{pack: p, offset: offset}]
	}
	for i, step := range slices.Backward(steps) {
		if targetSize(step) > maxBytes {
			return object{}, errTooLarge
		}
		data, err := packfile.PatchDelta(found.data, step)
		if err != nil {
			return object{}, err
		}
		found = o.keep(places[i], object{found.kind, data})
	}
	return found, nil
}

// targetSize returns how large the object is that a delta makes. It begins with the sizes before and after.
func targetSize(delta []byte) uint64 {
	_, n := binary.Uvarint(delta)
	size, _ := binary.Uvarint(delta[max(n, 0):])
	return size
}

// keep remembers an object as long as there is room.
func (o *objects) keep(at place, found object) object {
	if _, ok := o.kept[at]; !ok {
		o.kept[at] = found
		o.order = append(o.order, at)
		o.size += len(found.data)
	}
	for o.size > keptBytes {
		o.size -= len(o.kept[o.order[0]].data)
		delete(o.kept, o.order[0])
		o.order = o.order[1:]
	}
	return found
}
