package cli

import (
	"strings"
	"testing"
)

// `coops serve` builds at every change, and a clone that is cut off stays so.
func TestWhatWasNotedIsNotNotedAgain(t *testing.T) {
	var said strings.Builder
	p := newProgress(Environment{Stderr: &said})
	for _, note := range []string{"the clone is cut off", "a color was corrected", "the clone is cut off"} {
		p.note(note)
	}
	if got, want := said.String(), "coops: the clone is cut off\ncoops: a color was corrected\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
