package intake

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"time"
)

const folder = "data/coops"

// overlay is a directory with profiles laid over it. With alone, they are the only ones.
type overlay struct {
	fs.FS
	files map[string][]byte // by name, all of them in folder
	alone bool
}

// Open opens a file of the overlay, or else of the directory.
func (o overlay) Open(name string) (fs.File, error) {
	if data, ok := o.files[name]; ok {
		return &openFile{bytes.NewReader(data), info{path.Base(name), int64(len(data))}}, nil
	}
	return o.FS.Open(name)
}

// ReadDir lists a folder of both.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, name)
	switch name {
	case "data":
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.Name() == path.Base(folder) })
		return append(entries, fs.FileInfoToDirEntry(coopsFolder{})), err // also where it is none, or a link
	case folder:
		if o.alone || errors.Is(err, fs.ErrNotExist) {
			entries, err = nil, nil
		}
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return o.files[path.Join(folder, e.Name())] != nil })
		for _, file := range sortedKeys(o.files) {
			entries = append(entries, fs.FileInfoToDirEntry(info{path.Base(file), int64(len(o.files[file]))}))
		}
	}
	return entries, err
}

type openFile struct {
	*bytes.Reader
	info info
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

type info struct {
	name string
	size int64
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return 0o444 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return nil }

type coopsFolder struct{ info }

func (coopsFolder) Name() string      { return path.Base(folder) }
func (coopsFolder) Mode() fs.FileMode { return fs.ModeDir | 0o555 }
func (coopsFolder) IsDir() bool       { return true }

var _ fs.ReadDirFS = overlay{}
