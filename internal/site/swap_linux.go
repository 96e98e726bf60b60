package site

import (
	"errors"

	"golang.org/x/sys/unix"
)

// switchOver swaps two folders in one step: at no moment is the target missing. It returns errors.ErrUnsupported
// where the file system cannot.
func switchOver(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
		return errors.ErrUnsupported
	}
	return err
}
