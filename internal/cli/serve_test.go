package cli

import (
	"os"
	"path/filepath"
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
		only bool
	}{
		"nothing":             {func(*directory.Directory) {}, "", true},
		"one":                 {func(d *directory.Directory) { d.Coops[1].Name = "Birch" }, "beech", true},
		"two":                 {func(d *directory.Directory) { d.Coops[0].Members, d.Coops[1].Members = 3, 4 }, "", false},
		"one more":            {func(d *directory.Directory) { d.Coops = append(d.Coops, &directory.Coop{Slug: "cedar"}) }, "", false},
		"another slug":        {func(d *directory.Directory) { d.Coops[1].Slug = "birch" }, "", false},
		"one, and an event":   {func(d *directory.Directory) { d.Coops[0].Members = 3; d.Events[0].Slug = "walk" }, "", false},
		"a network, not them": {func(d *directory.Directory) { d.Networks = []*directory.Network{{ID: "ring"}} }, "", false},
	} {
		if got, only := onlyChange(before, of(c.edit)); got != c.want || only != c.only {
			t.Errorf("%s: %q %v, want %q %v", name, got, only, c.want, c.only)
		}
	}
}

// A build that began before an edit was shown does not take it away again.
func TestABuildKeepsWhatWasShownMeanwhile(t *testing.T) {
	public, made := t.TempDir(), t.TempDir()
	for _, name := range []string{filepath.Join(public, "page"), filepath.Join(made, "page"), filepath.Join(made, "other")} {
		if err := os.WriteFile(name, []byte("before"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	shown, built := &directory.Directory{}, &directory.Directory{}
	s := served{public: public, shown: shown, ahead: map[string][]byte{"page": []byte("edited"), "away/page": []byte("back")}}
	put := func() error {
		for name, want := range map[string]string{"page": "edited", "other": "before", "away/page": "back"} {
			if got, err := os.ReadFile(filepath.Join(made, name)); err != nil || string(got) != want {
				t.Errorf("%s is %q, want %q; %v", name, got, want, err)
			}
		}
		return nil
	}
	if err := s.publish(made, put, "stamp", built); err != nil || s.shown != shown || s.stamp != "stamp" {
		t.Errorf("shown is %p of %q, want %p; %v", s.shown, s.stamp, shown, err)
	}
	s.ahead = nil
	if err := s.publish(made, func() error { return nil }, "stamp", built); err != nil || s.shown != built {
		t.Errorf("shown is %p, want %p; %v", s.shown, built, err)
	}
}
