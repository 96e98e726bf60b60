package export_test

import (
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"coops"
	"coops/internal/check"
	"coops/internal/directory"
	"coops/internal/export"

	"github.com/xeipuuv/gojsonschema"
)

// directories returns the directories of this repository: its own, and the invented one, in which everything is said
// that can be.
func directories(t *testing.T) map[string]*directory.Directory {
	t.Helper()
	read := map[string]*directory.Directory{}
	for _, dir := range []string{".", "examples/network"} {
		d, report, err := check.Directory(t.Context(), borrowing{os.DirFS(filepath.Join("../..", dir))}, "2026-11-23")
		if err != nil || report.Failed() || len(d.Coops) == 0 {
			t.Fatalf("%s: %v, %d problems", dir, err, len(report.Problems))
		}
		read[dir] = d
	}
	return read
}

// borrowing takes what a directory leaves out from the program.
type borrowing struct{ fs.FS }

func (b borrowing) Open(name string) (fs.File, error) {
	f, err := b.FS.Open(name)
	if err != nil && strings.HasPrefix(name, "data/") {
		return coops.Program.Open(name)
	}
	return f, err
}

func (b borrowing) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(b.FS, name)
	if err != nil || name != "data" {
		if err != nil {
			return fs.ReadDir(coops.Program, name)
		}
		return entries, nil
	}
	brought, err := fs.ReadDir(coops.Program, name)
	for _, e := range brought {
		if !slices.ContainsFunc(entries, func(own fs.DirEntry) bool { return own.Name() == e.Name() }) {
			entries = append(entries, e)
		}
	}
	return entries, err
}

// holds tells what of a document breaks a schema of testdata.
func holds(t *testing.T, schema string, document []byte) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", schema+".schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	result, err := gojsonschema.Validate(gojsonschema.NewBytesLoader(text), gojsonschema.NewBytesLoader(document))
	if err != nil {
		t.Fatal(err)
	}
	var broken []string
	for _, e := range result.Errors() {
		broken = append(broken, e.String())
	}
	return broken
}

func TestEveryFormatHoldsItsSchema(t *testing.T) {
	for dir, d := range directories(t) {
		folder := filepath.Join(t.TempDir(), "v1")
		if err := export.Write(folder, d); err != nil {
			t.Fatal(err)
		}
		read := func(name string) []byte {
			t.Helper()
			data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			return data
		}
		for name, schema := range map[string]string{"coops.geojson": "geojson", "coops.jsonld": "jsonld"} {
			if broken := holds(t, schema, read(name)); len(broken) > 0 {
				t.Errorf("%s: %s: %d problems, first %s", dir, name, len(broken), broken[0])
			}
		}
		var listed []string
		if err := json.Unmarshal(read("murmurations.json"), &listed); err != nil {
			t.Fatal(err)
		}
		own := 0
		for _, c := range d.Coops {
			if !c.Unconfirmed() && !c.Ended() && c.Website != "" {
				own++
			}
		}
		if len(listed) != own || dir != "." && own == 0 {
			t.Errorf("%s: %d Murmurations profiles, want one for each of %d co-ops that listed themselves", dir, len(listed), own)
		}
		for _, name := range listed {
			if broken := holds(t, "murmurations", read(name)); len(broken) > 0 {
				t.Errorf("%s: %s: %s", dir, name, broken[0])
			}
		}
	}
}

// TestTheSchemasOfTheFormatsRefuse holds that what watches over the formats can say no.
func TestTheSchemasOfTheFormatsRefuse(t *testing.T) {
	for schema, document := range map[string]string{
		"geojson":      `{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [-32.9, -160]}, "properties": {}}]}`,
		"jsonld":       `{"@context": "https://schema.org", "@graph": [{"@type": "Organization", "name": "A", "seeks": [{"@type": "Demand", "itemOffered": {"@type": "Service", "name": "Rust"}}]}]}`,
		"murmurations": `{"linked_schemas": ["organizations_schema-v1.0.0"], "name": "A", "primary_url": "a.example"}`,
	} {
		if len(holds(t, schema, []byte(document))) == 0 {
			t.Errorf("%s lets pass %s", schema, document)
		}
	}
}

// TestTheTableSaysWhatTheProfilesDo reads the table as a spreadsheet would and holds it against the directory.
func TestTheTableSaysWhatTheProfilesDo(t *testing.T) {
	for dir, d := range directories(t) {
		folder := filepath.Join(t.TempDir(), "v1")
		if err := export.Write(folder, d); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(filepath.Join(folder, "coops.csv"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != len(d.Coops)+1 {
			t.Fatalf("%s: %d rows for %d co-ops", dir, len(rows), len(d.Coops))
		}
		at := func(row []string, column string) string { return row[slices.Index(rows[0], column)] }
		for i, c := range d.Coops {
			row := rows[i+1]
			var skills []string
			for _, u := range c.Skills {
				skills = append(skills, u.Skill+u.Other)
			}
			if at(row, "slug") != c.Slug || at(row, "name") != c.Name || at(row, "skills") != strings.Join(skills, ";") || at(row, "countries") != strings.Join(c.Countries(), ";") {
				t.Errorf("%s: %s: got %q", dir, c.Slug, row)
			}
		}
	}
}

func TestNoCellBeginsAFormulaHoweverItIsSplit(t *testing.T) {
	for _, name := range []string{"=1+1", "+1 x", "-x", "@SUM(A1)", "\t=1", "Fern;=1+1", "Fern;\t=1", "Fern\n=1", "Fern\r=1", "＝1", ";;@x", "Fern;-2;+3"} {
		folder := exported(t, &directory.Coop{Slug: "fern", Name: name, ListedBy: "coop", Skills: []directory.SkillUse{{Skill: "web"}, {Other: "=2"}, {Other: "@x"}}})
		data, err := os.ReadFile(filepath.Join(folder, "coops.csv"))
		if err != nil {
			t.Fatal(err)
		}
		for _, comma := range []rune{',', ';', '\t'} {
			r := csv.NewReader(strings.NewReader(string(data)))
			r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
			rows, err := r.ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				for _, cell := range row {
					for _, line := range strings.FieldsFunc(cell, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }) {
						if strings.ContainsAny(line[:1], "=+-@") || strings.HasPrefix(line, "＝") {
							t.Errorf("%q split by %q begins a cell with %q", name, comma, line)
						}
					}
				}
			}
		}
	}
}

func TestOnlyWhoListedThemselvesHaveAProfileForOthersToTakeUp(t *testing.T) {
	folder := exported(t,
		&directory.Coop{Slug: "alder", Name: "Alder", ListedBy: "coop", Website: "https://alder.example"},
		&directory.Coop{Slug: "beech", Name: "Beech", ListedBy: "third-party", Website: "https://beech.example"},
		&directory.Coop{Slug: "cedar", Name: "Cedar", ListedBy: "coop", Website: "https://cedar.example", Status: "closed"},
		&directory.Coop{Slug: "dogwood", Name: "Dogwood", ListedBy: "coop"})
	entries, err := os.ReadDir(filepath.Join(folder, "murmurations"))
	if err != nil || len(entries) != 1 || entries[0].Name() != "alder.json" {
		t.Errorf("got %v, %v", entries, err)
	}
}

func TestWhoEndedOffersNothing(t *testing.T) {
	c := &directory.Coop{Name: "Alder", Teaches: []directory.Offer{{Skill: "web"}}, Needs: []directory.Need{{Skill: "web", Kind: "work", Until: "2027-01-31"}},
		Products: []directory.Product{{Name: "Ring", Website: "https://ring.example"}}}
	d := &directory.Directory{Coops: []*directory.Coop{c}}
	if o := export.OrganizationOf(d, c, "en"); len(o.Offers) != 2 || len(o.Seeks) != 1 || o.Seeks[0].Until != "2027-01-31" || o.Seeks[0].Item.Kind != "work" {
		t.Errorf("got %+v", o)
	}
	c.Status = "merged"
	if o := export.OrganizationOf(d, c, "en"); len(o.Offers) != 0 || len(o.Seeks) != 0 {
		t.Errorf("got %+v", o)
	}
}
