package federation_test

import (
	"slices"
	"strings"
	"testing"

	"coops/internal/directory"
	"coops/internal/federation"
)

func other(id string, d *directory.Directory) federation.Other {
	return federation.Other{Copy: federation.Copy{Source: federation.Source{ID: id, Name: strings.ToUpper(id), Repository: "https://" + id + ".example/r", Folder: "sites"}, Commit: "c0ffee"}, Directory: d}
}

func coop(slug, website, listedBy string, confirmed directory.Date) *directory.Coop {
	return &directory.Coop{Slug: slug, Name: strings.ToUpper(slug), Website: website, ListedBy: listedBy, Confirmed: confirmed}
}

// lines says of each co-op its slug, whose profile is shown, and its name.
func lines(d *directory.Directory) []string {
	var all []string
	for _, c := range d.Coops {
		from := "own"
		if c.From != nil {
			from = c.From.ID
		}
		all = append(all, c.Slug+" "+from+" "+c.Name)
	}
	return all
}

func TestACoopInTwoDirectoriesIsShownOnce(t *testing.T) {
	own := &directory.Directory{Coops: []*directory.Coop{
		coop("alder", "https://alder.example", "coop", "2026-01-01"),
		coop("beech", "https://www.beech.example/en", "third-party", ""),
		coop("cedar", "https://cedar.example", "third-party", ""),
	}}
	a := &directory.Directory{Coops: []*directory.Coop{
		coop("alder-a", "https://alder.example", "coop", "2026-11-01"), // ours was confirmed, too
		coop("beech-a", "https://BEECH.example", "coop", "2026-01-01"), // ours was not
		coop("cedar-a", "https://cedar.example", "third-party", ""),
		coop("dogwood", "https://dogwood.example", "third-party", ""),
		coop("elm", "https://elm.example", "coop", "2026-01-01"),
		coop("fir", "https://facebook.com/fir", "third-party", ""), // the host of many
	}}
	b := &directory.Directory{Coops: []*directory.Coop{
		coop("beech-b", "https://beech.example", "coop", "2025-01-01"),
		coop("dogwood-b", "https://dogwood.example", "coop", "2025-01-01"),
		coop("elm-b", "https://elm.example", "coop", "2026-02-01"),
		coop("fir", "https://facebook.com/fir-b", "third-party", ""),
		coop("alder", "https://another-alder.example", "third-party", ""), // another co-op of the same slug
	}}
	d := federation.Merge(own, []federation.Other{other("a", a), other("b", b)})
	want := []string{"alder own ALDER", "alder-b b ALDER", "beech a BEECH-A", "cedar own CEDAR", "dogwood b DOGWOOD-B", "elm b ELM-B", "fir a FIR", "fir-b b FIR"}
	if got := lines(d); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got, want := *d.Coops[2].From, (directory.Origin{ID: "a", Name: "A", Repository: "https://a.example/r", Commit: "c0ffee", File: "sites/data/coops/beech-a.yaml"}); got != want {
		t.Errorf("got %+v", got)
	}
	if len(own.Coops) != 3 || own.Coops[1].Name != "BEECH" || a.Coops[0].From != nil {
		t.Error("what was put together was changed")
	}
}

func TestAnotherDirectoryBringsItsWordsAndNoMore(t *testing.T) {
	own := &directory.Directory{
		Coops:    []*directory.Coop{{Slug: "alder", FormerSlugs: []string{"elder"}}},
		Skills:   []*directory.Skill{{ID: "rust", Category: "technology"}, {ID: "web", Category: "web", Label: directory.Text{"en": "Web"}}},
		Networks: []*directory.Network{{ID: "ring", Name: "Ring", Website: "https://ring.example"}},
		Sectors:  []*directory.Sector{{ID: "food"}},
	}
	there := &directory.Directory{
		Coops: []*directory.Coop{
			{Slug: "elder", Successor: "zinnia", FormerSlugs: []string{"alder"}, Stewards: []directory.Steward{{Login: "x", ID: 1}}, Logo: "elder.png",
				Skills: []directory.SkillUse{{Skill: "web"}, {Skill: "weaving"}, {Other: "Braille"}}, Declines: []string{"old-weaving", "weaving"},
				Teaches: []directory.Offer{{Skill: "weaving"}}, Needs: []directory.Need{{Skill: "web", Kind: "learn"}},
				Networks: []string{"net", "ring"}, Sectors: []string{"crafts", "food"}},
			{Slug: "zinnia", Networks: []string{"ring"}},
		},
		Events: []*directory.Event{{Slug: "party"}},
		Skills: []*directory.Skill{{ID: "old-weaving", Category: "looms", AliasOf: "weaving"},
			{ID: "weaving", Category: "looms", Label: directory.Text{"en": "Weaving"}, Synonyms: map[string][]string{"en": {"website", "app"}}, Asks: directory.Text{"en": "We need everything"}},
			{ID: "web", Category: "web", Label: directory.Text{"en": "Spider"}}},
		Networks: []*directory.Network{{ID: "net", Name: "Net", Website: "https://net.example"}, {ID: "ring", Name: "Other ring", Website: "https://other-ring.example"}},
		Sectors:  []*directory.Sector{{ID: "crafts"}, {ID: "food"}},
	}
	d := federation.Merge(own, []federation.Other{other("a", there)})
	if got, want := lines(d), []string{"alder own ", "elder-a a ", "zinnia a "}; !slices.Equal(got, want) {
		t.Fatalf("got %q", got)
	}
	c := d.Coops[1]
	if c.Successor != "zinnia" || c.FormerSlugs != nil || c.Stewards != nil || c.Logo != "" {
		t.Errorf("got %+v", c)
	}
	if c.Skills[1].Skill != "weaving" || c.Skills[2].Other != "Braille" || !slices.Equal(c.Declines, []string{"weaving"}) || c.Teaches[0].Skill != "weaving" {
		t.Errorf("skills: %+v", c)
	}
	if s := d.Skill("weaving"); s == nil || s.Label["en"] != "Weaving" || s.Synonyms != nil || s.Asks != nil || s.Category != "technology" {
		t.Errorf("it brings more than a name: %+v", s)
	}
	if d.Skill("web").Label["en"] != "Web" {
		t.Error("it renames what is known here")
	}
	if !slices.Equal(c.Networks, []string{"net", "ring-a"}) || !slices.Equal(c.Sectors, []string{"crafts", "food"}) || len(d.Networks) != 3 || len(d.Sectors) != 2 {
		t.Errorf("networks %v, sectors %v", c.Networks, c.Sectors)
	}
	if len(d.Events) != 0 || len(own.Skills) != 2 {
		t.Error("more came along than co-ops and words")
	}
	for i := range d.Skills[1:] {
		if d.Skills[i].ID >= d.Skills[i+1].ID {
			t.Errorf("not in order: %s, %s", d.Skills[i].ID, d.Skills[i+1].ID)
		}
	}
}
