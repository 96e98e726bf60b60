package export_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coops/internal/directory"
	"coops/internal/export"
)

func exported(t *testing.T, coops ...*directory.Coop) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "api", "v1")
	d := &directory.Directory{Coops: coops, Skills: []*directory.Skill{{ID: "web", Category: "web", Label: directory.Text{"en": "Web"}}}}
	if err := export.Write(folder, d); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestProfilesComeOutAsTheyStandInTheirFiles(t *testing.T) {
	folder := exported(t, &directory.Coop{Slug: "alder", Name: "Alder & <Co>", ListedBy: "coop", Skills: []directory.SkillUse{{Skill: "web"}, {Other: "Braille"}}})
	for _, name := range []string{"coops.json", "coops/alder.json"} {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		var got map[string]any
		if name == "coops.json" {
			var list []map[string]any
			err = json.Unmarshal(data, &list)
			got = list[0]
		} else {
			err = json.Unmarshal(data, &got)
		}
		if err != nil {
			t.Fatal(err)
		}
		if got["slug"] != "alder" || got["name"] != "Alder & <Co>" || len(got["skills"].([]any)) != 2 {
			t.Errorf("%s: %v", name, got)
		}
		if _, said := got["founded"]; said {
			t.Errorf("%s says what the profile does not: %v", name, got)
		}
	}
}

func TestSkillsHaveTheirIdAndCategory(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(exported(t), "skills.json"))
	if err != nil {
		t.Fatal(err)
	}
	if want := `"id": "web",`; !strings.Contains(string(data), want) {
		t.Errorf("got %s", data)
	}
}

func TestTheTableIsSafeToOpenInASpreadsheet(t *testing.T) {
	folder := exported(t, &directory.Coop{Slug: "alder", Name: "=HYPERLINK(\"https://x.example\")", ListedBy: "coop",
		Locations: []directory.Location{{Country: "AR", Place: "Rosario, \"Norte\"", Coordinates: &directory.Coordinates{Latitude: -32.95, Longitude: -60.64}}, {Country: "UY"}}})
	f, err := os.Open(filepath.Join(folder, "coops.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	cell := map[string]string{}
	for i, column := range rows[0] {
		cell[column] = rows[1][i]
	}
	for column, want := range map[string]string{"name": `'=HYPERLINK("https://x.example")`, "place": `Rosario, "Norte"`, "latitude": "-32.95", "countries": "AR;UY", "founded": ""} {
		if cell[column] != want {
			t.Errorf("%s = %q, want %q", column, cell[column], want)
		}
	}
}

func TestPlacesAreGeoJSON(t *testing.T) {
	read := func(folder string) (text string, collection struct {
		Type     string
		Features []struct {
			Type     string
			Geometry struct {
				Type        string
				Coordinates []float64
			}
			Properties map[string]string
		}
	}) {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(folder, "coops.geojson"))
		if err == nil {
			err = json.Unmarshal(data, &collection)
		}
		if err != nil {
			t.Fatal(err)
		}
		return string(data), collection
	}
	_, got := read(exported(t,
		&directory.Coop{Slug: "alder", Name: "Alder", ListedBy: "coop", Locations: []directory.Location{
			{Country: "AR", Place: "Rosario", Coordinates: &directory.Coordinates{Latitude: -32.95, Longitude: -60.64}},
			{Country: "UY", Place: "Salto"}}},
		&directory.Coop{Slug: "beech", Name: "Beech", ListedBy: "coop"}))
	if got.Type != "FeatureCollection" || len(got.Features) != 1 {
		t.Fatalf("got %+v, want the one place with coordinates", got)
	}
	f := got.Features[0]
	if f.Type != "Feature" || f.Geometry.Type != "Point" || f.Geometry.Coordinates[0] != -60.64 || f.Geometry.Coordinates[1] != -32.95 {
		t.Errorf("the longitude comes first: got %+v", f)
	}
	if f.Properties["slug"] != "alder" || f.Properties["place"] != "Rosario" || f.Properties["listed_by"] != "coop" {
		t.Errorf("got %v", f.Properties)
	}
	if text, none := read(exported(t)); none.Features == nil || len(none.Features) != 0 {
		t.Errorf("nobody: got %s", text)
	}
}
