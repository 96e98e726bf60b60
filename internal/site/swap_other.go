//go:build !linux

package site

import "errors"

// switchOver is not to be had here.
func switchOver(string, string) error { return errors.ErrUnsupported }
