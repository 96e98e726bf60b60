package problem

import (
	"errors"
	"io/fs"
	"syscall"
)

// Reason returns what went wrong with a file, without the path or paths: whoever tells it names the file as its user knows it.
func Reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	var number syscall.Errno // of a rename, whose error names two paths
	if errors.As(err, &number) {
		return number
	}
	return err
}
