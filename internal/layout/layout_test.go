package layout_test

import (
	"slices"
	"testing"

	"coops/internal/layout"
)

func TestEveryKindOfFileHasAShape(t *testing.T) {
	for _, file := range []string{
		"data/coops/fern.yaml", "data/events/fern.yaml", "data/requests/fern.yaml", "data/skills/web.yaml",
		"data/networks.yaml", "data/sectors.yaml", "data/governance.yaml",
	} {
		shape, known := layout.Of(file)
		if !known || shape == nil || len(shape.Keys) == 0 && shape.Others == nil {
			t.Errorf("%s: %+v, %v", file, shape, known)
		}
	}
}

func TestWhatIsNotReadHasNoShape(t *testing.T) {
	for _, file := range []string{
		"data/fern.yaml", "data/coops", "data/coops/fern.yml", "data/coops/.fern.yaml", "data/coops/deep/fern.yaml",
		"data/logos/fern.png", "coops/fern.yaml", "data/coops/README.md", "",
	} {
		if _, known := layout.Of(file); known {
			t.Errorf("%q has a shape", file)
		}
	}
}

func TestKeysFollowTheSchema(t *testing.T) {
	shape, _ := layout.Of("data/coops/fern.yaml")
	if got := shape.Keys[:4]; !slices.Equal(got, []string{"name", "website", "kind", "status"}) {
		t.Errorf("the first keys are %v", got)
	}
	if got := shape.Keys[len(shape.Keys)-2:]; !slices.Equal(got, []string{"confirmed", "stewards"}) {
		t.Errorf("the last keys are %v", got)
	}
	if got, want := shape.Of["locations"].Items.Of["coordinates"].Keys, []string{"latitude", "longitude"}; !slices.Equal(got, want) {
		t.Errorf("coordinates: %v, want %v", got, want)
	}
	if got, want := shape.Of["skills"].Items.Keys, []string{"skill", "other", "level", "note"}; !slices.Equal(got, want) {
		t.Errorf("a skill with details: %v, want %v", got, want)
	}
}

func TestTextsForPeopleAreQuotedAndListsOfMapsAreBlocks(t *testing.T) {
	coop, _ := layout.Of("data/coops/fern.yaml")
	if !coop.Of["summary"].Others.Quoted || !coop.Of["needs"].Items.Of["note"].Others.Quoted {
		t.Error("a summary or a note is not quoted")
	}
	if coop.Of["name"].Quoted {
		t.Error("a name is quoted")
	}
	for key, want := range map[string]bool{
		"skills": true, "locations": true, "teaches": true, "needs": true, "products": true, "links": true, "stewards": true,
		"source": true, "languages": false, "declines": false, "networks": false, "contact": false, "summary": false,
	} {
		if coop.Of[key].Block != want {
			t.Errorf("%s: block is %v, want %v", key, !want, want)
		}
	}
}

func TestReferencesAreFoundWhereverTheSchemaHasThem(t *testing.T) {
	event := map[string]any{"hosts": []any{"fern", "gorse"}, "topics": []any{"elixir"}, "title": map[string]any{"en": "fern"}}
	if got, want := layout.Refers("data/events/x.yaml", event, "coops"), []string{"/hosts/0", "/hosts/1"}; !slices.Equal(got, want) {
		t.Errorf("hosts: %v, want %v", got, want)
	}
	coop := map[string]any{
		"successor": "gorse",
		"skills":    []any{"elixir", map[string]any{"skill": "go"}, map[string]any{"other": "knitting"}},
		"needs":     []any{map[string]any{"skill": "rust"}},
	}
	if got, want := layout.Refers("data/coops/x.yaml", coop, "coops"), []string{"/successor"}; !slices.Equal(got, want) {
		t.Errorf("successor: %v, want %v", got, want)
	}
	if got, want := layout.Refers("data/coops/x.yaml", coop, "skills"), []string{"/needs/0/skill", "/skills/0", "/skills/1/skill"}; !slices.Equal(got, want) {
		t.Errorf("skills: %v, want %v", got, want)
	}
	if got := layout.Refers("README.md", coop, "coops"); got != nil {
		t.Errorf("README.md: %v", got)
	}
}
