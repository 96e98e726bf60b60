package site

import (
	"errors"
	"io/fs"
	"os"
)

// swap puts the built folder in the target's place, and what stood there in the built one's, so that
// removing the work folder removes the old site. Where folders cannot be exchanged in one step there is
// a moment in which the target is missing; if the second step fails, the old site is put back.
func swap(built, target string) error {
	if _, err := os.Lstat(target); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(built, target)
	}
	err := switchOver(built, target)
	if errors.Is(err, errors.ErrUnsupported) {
		return swapBySteps(built, target)
	}
	return err
}

func swapBySteps(built, target string) error {
	old := built + ".old"
	if err := os.Rename(target, old); err != nil {
		return err
	}
	if err := os.Rename(built, target); err != nil {
		return errors.Join(err, os.Rename(old, target))
	}
	return nil
}
