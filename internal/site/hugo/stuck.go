package hugo

import (
	"errors"
	"runtime"
	"strings"
)

// errStuck says that Hugo waits for itself and will never end.
var errStuck = errors.New("no renderer of Hugo goes on: a template fails on many pages, and it does not say which")

// isStuck tells whether Hugo's pages wait for renderers that have gone. When ten pages have failed, Hugo (up to
// 0.165 at least, hugolib/site_render.go) sends its renderers away, and whoever hands out the pages may wait for
// them for ever. There is no other sign of it than the goroutines.
func isStuck() bool {
	stacks := make([]byte, 1<<20)
	return waitsForNobody(string(stacks[:runtime.Stack(stacks, true)]))
}

// waitsForNobody looks for somebody who hands out pages and waits, and for a renderer who could take one.
func waitsForNobody(stacks string) bool {
	waits := false
	for _, one := range strings.Split(stacks, "\n\n") {
		switch {
		case strings.Contains(one, "hugolib.pageRenderer("), strings.Contains(one, "hugolib.(*Site).renderPages.gowrap"): // the latter has yet to begin
			return false
		case strings.Contains(one, "hugolib.(*Site).renderPages("):
			state, _, _ := strings.Cut(one, "\n")
			waits = strings.Contains(state, "[chan send")
		}
	}
	return waits
}
