package problem_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coops/internal/problem"
)

func TestReasonNamesNoPath(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	_, opened := os.Open(missing)
	for name, err := range map[string]error{
		"opening":  opened,
		"renaming": os.Rename(missing, missing+"-2"),
		"wrapped":  fmt.Errorf("look for %s: %w", missing, opened),
	} {
		if got := problem.Reason(err); !errors.Is(got, fs.ErrNotExist) || strings.Contains(got.Error(), "missing") {
			t.Errorf("%s: got %q", name, got)
		}
	}
	if other := errors.New("another reason"); problem.Reason(other) != other {
		t.Errorf("got %q of an error about no file", problem.Reason(other))
	}
}
