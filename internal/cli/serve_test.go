package cli

import (
	"testing"

	"coops/internal/directory"
)

func TestOnlyAChangeOfOneCoopIsLookedAtAlone(t *testing.T) {
	of := func(edit func(*directory.Directory)) *directory.Directory {
		d := &directory.Directory{
			Coops:  []*directory.Coop{{Slug: "alder", Name: "Alder"}, {Slug: "beech", Name: "Beech"}},
			Events: []*directory.Event{{Slug: "talk"}},
		}
		edit(d)
		return d
	}
	before := of(func(*directory.Directory) {})
	for name, c := range map[string]struct {
		edit func(*directory.Directory)
		want string
	}{
		"nothing":             {func(*directory.Directory) {}, ""},
		"one":                 {func(d *directory.Directory) { d.Coops[1].Name = "Birch" }, "beech"},
		"two":                 {func(d *directory.Directory) { d.Coops[0].Members, d.Coops[1].Members = 3, 4 }, ""},
		"one more":            {func(d *directory.Directory) { d.Coops = append(d.Coops, &directory.Coop{Slug: "cedar"}) }, ""},
		"another slug":        {func(d *directory.Directory) { d.Coops[1].Slug = "birch" }, ""},
		"one, and an event":   {func(d *directory.Directory) { d.Coops[0].Members = 3; d.Events[0].Slug = "walk" }, ""},
		"a network, not them": {func(d *directory.Directory) { d.Networks = []*directory.Network{{ID: "ring"}} }, ""},
	} {
		if got := onlyChange(before, of(c.edit)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
