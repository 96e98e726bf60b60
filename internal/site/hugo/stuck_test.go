package hugo

import "testing"

func TestStuckIsWhoWaitsForNobody(t *testing.T) {
	const handing = "goroutine 7 [chan send, 1 minutes]:\ngithub.com/gohugoio/hugo/hugolib.(*Site).renderPages(0xc0, 0xc1)\n\t/site_render.go:98 +0x1"
	const working = "goroutine 9 [chan receive]:\ngithub.com/gohugoio/hugo/hugolib.pageRenderer(0xc0)\n\t/site_render.go:141 +0x1"
	const beginning = "goroutine 9 [runnable]:\ngithub.com/gohugoio/hugo/hugolib.(*Site).renderPages.gowrap2()\n\t/site_render.go:84\ncreated by github.com/gohugoio/hugo/hugolib.(*Site).renderPages in goroutine 7"
	const other = "goroutine 1 [select]:\nmain.main()\n\t/main.go:1 +0x1"
	for _, c := range []struct {
		name, stacks string
		want         bool
	}{
		{"nobody takes what is handed out", other + "\n\n" + handing, true},
		{"somebody may still take it", handing + "\n\n" + working, false},
		{"somebody has yet to begin to take it", handing + "\n\n" + beginning, false},
		{"it is handing out, not waiting", "goroutine 7 [running]:\ngithub.com/gohugoio/hugo/hugolib.(*Site).renderPages(0xc0)", false},
		{"Hugo does something else", other, false},
	} {
		if got := waitsForNobody(c.stacks); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
