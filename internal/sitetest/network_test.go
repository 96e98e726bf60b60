package sitetest

import (
	"fmt"
	"slices"
	"testing"
)

// The search of the example network, where co-ops say what they teach and need.

func TestTeachesAndNeedsCanBeFiltered(t *testing.T) {
	v := visitor(t, example.server.URL)
	for _, c := range []struct {
		facet, chip string
		wanted      []string
	}{
		{"teaches", "Teaches: Elixir", []string{"horneros"}},
		{"needs", "Needs: Elixir", []string{"les-veilleuses", "nandubay"}},
	} {
		v.visit("/coops/" + query(c.facet, "elixir"))
		got := v.answer()
		want(t, c.facet, fmt.Sprint(sorted(got.slugs())), fmt.Sprint(c.wanted))
		want(t, "chosen", fmt.Sprint(got.Chosen), fmt.Sprint([]string{c.chip}))
		value, _ := got.value(c.facet, "elixir")
		want(t, "count", fmt.Sprint(value.Count, value.Chosen), fmt.Sprint(len(c.wanted), true))
		for _, card := range got.Cards {
			if !slices.Contains(card.Flags, c.facet) {
				t.Errorf("%s has no sign that it %s: %q", card.Slug, c.facet, card.Flags)
			}
		}
	}

	// Chosen by hand, from all there is.
	v.visit("/coops/")
	v.click("[data-search-open]")
	v.until(`document.querySelector("[data-facet=teaches]").checkVisibility()`)
	values := v.answer().Facets["teaches"]
	v.click("[data-facet=teaches] input[value=" + values[0].ID + "]")
	one := v.answer()
	want(t, "results", fmt.Sprint(one.count()), fmt.Sprint(values[0].Count))
	v.click("[data-facet=teaches] input[value=" + values[1].ID + "]")
	if two := v.answer(); two.count() < one.count() || two.count() < values[1].Count {
		t.Errorf("a second skill: %d results after %d", two.count(), one.count())
	}
}

func TestWhatIsTaughtIsFoundByItsName(t *testing.T) {
	v := visitor(t, example.server.URL)
	v.visit("/coops/")
	got := v.ask("elixir")
	if !slices.Contains(got.slugs(), "horneros") {
		t.Errorf("elixir finds %q, want horneros among them", got.slugs())
	}
	want(t, "meant", fmt.Sprint(got.Meant[:1]), "[Elixir]")
}

func TestFormerNameFindsTheCoop(t *testing.T) {
	v := visitor(t, example.server.URL)
	for _, prefix := range []string{"", "/es", "/fr", "/pt"} {
		v.visit(prefix + "/coops/" + query("q", "estepa bit"))
		got := v.answer()
		if len(got.Cards) == 0 || got.Cards[0].Slug != "cardumen-sur" {
			t.Errorf("%s: estepa bit finds %q, want cardumen-sur first", prefix, got.slugs())
		} else if prefix == "" {
			want(t, "why", got.Cards[0].Why, "Matches: formerly Estepa Bit · what it says of itself")
		}
	}
	// Its former address too.
	v.visit("/es/coops/estepa-bit/")
	want(t, "address", v.address(), "/es/coops/cardumen-sur/")
}

func TestClosedCoopIsFoundByItsNameOnly(t *testing.T) {
	v := visitor(t, example.server.URL)
	v.visit("/coops/" + query("q", "ombu codigo"))
	got := v.answer()
	if len(got.Cards) == 0 || got.Cards[0].Slug != "ombu-codigo" {
		t.Fatalf("ombu codigo finds %q, want ombu-codigo first", got.slugs())
	}
	if !slices.Contains(got.Cards[0].Flags, "closed") {
		t.Errorf("it is not marked as closed: %q", got.Cards[0].Flags)
	}
	v.visit("/coops/" + query("country", "AR"))
	if got := v.answer(); slices.Contains(got.slugs(), "ombu-codigo") || len(got.Cards) == 0 {
		t.Errorf("in Argentina: %q, want those at work", got.slugs())
	}
}
