//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package scratch

import (
	"os"
	"syscall"
)

// lock keeps a file until it is closed, or the program ends in whatever way.
func lock(f *os.File, wait bool) error {
	how := syscall.LOCK_EX
	if !wait {
		how |= syscall.LOCK_NB
	}
	for {
		if err := syscall.Flock(int(f.Fd()), how); err != syscall.EINTR {
			return err
		}
	}
}
