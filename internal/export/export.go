// Package export writes the Directory for other programs: files under api/v1 whose shape is promised
// on the site's data page. Fields are added, never renamed or removed.
package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"coops/internal/directory"
)

// coop is a profile as it stands in its file, with its slug.
type coop struct {
	Slug string            `json:"slug"`
	From *directory.Origin `json:"from,omitempty"` // another directory
	*directory.Coop
}

// skill is an entry of the vocabulary with its id and category.
type skill struct {
	ID       string `json:"id"`
	Category string `json:"category"`
	*directory.Skill
}

// Write writes coops.json, coops/<slug>.json, skills.json, coops.csv, coops.geojson, coops.jsonld, and profiles of
// co-ops in murmurations/ with murmurations.json, which lists them, into folder, which it makes.
func Write(folder string, d *directory.Directory) error {
	coops := make([]coop, len(d.Coops))
	files := map[string]any{}
	for i, c := range d.Coops {
		coops[i] = coop{c.Slug, c.From, c}
		files["coops/"+c.Slug+".json"] = coops[i]
	}
	skills := make([]skill, len(d.Skills))
	for i, s := range d.Skills {
		skills[i] = skill{s.ID, s.Category, s}
	}
	profiles := []string{}
	for _, c := range d.Coops {
		if m, ok := murmurationOf(d, c); ok {
			name := "murmurations/" + c.Slug + ".json"
			profiles = append(profiles, name)
			files[name] = m
		}
	}
	files["coops.json"], files["skills.json"], files["coops.geojson"] = coops, skills, placesOf(d.Coops)
	files["coops.jsonld"], files["murmurations.json"] = graphOf(d), profiles
	for _, name := range []string{"coops", "murmurations"} {
		if err := os.MkdirAll(filepath.Join(folder, name), 0o755); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	for name, content := range files {
		if err := writeJSON(filepath.Join(folder, filepath.FromSlash(name)), content); err != nil {
			return fmt.Errorf("export %s: %w", name, err)
		}
	}
	table, err := coopsCSV(d.Coops)
	if err != nil {
		return fmt.Errorf("export coops.csv: %w", err)
	}
	if err := os.WriteFile(filepath.Join(folder, "coops.csv"), table, 0o644); err != nil {
		return fmt.Errorf("export coops.csv: %w", err)
	}
	return nil
}

func writeJSON(name string, content any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(content); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o644)
}

// columns of coops.csv; several values in a cell are separated by semicolons.
var columns = []string{"slug", "name", "website", "kind", "status", "ended", "countries", "place", "latitude", "longitude",
	"remote", "founded", "members", "languages", "networks", "sectors", "skills", "teaches", "needs", "availability",
	"email", "listed_by", "confirmed", "from"}

// coopsCSV writes one row a co-op, RFC 4180 with LF line ends.
func coopsCSV(coops []*directory.Coop) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(columns); err != nil {
		return nil, err
	}
	for _, c := range coops {
		if err := w.Write(row(c)); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func row(c *directory.Coop) []string {
	var place, latitude, longitude, remote, email string
	for _, l := range c.Locations {
		if place == "" {
			place = l.Place
		}
		if l.Coordinates != nil && latitude == "" {
			latitude, longitude = degrees(l.Coordinates.Latitude), degrees(l.Coordinates.Longitude)
		}
	}
	if c.Remote != nil {
		remote = strconv.FormatBool(*c.Remote)
	}
	if c.Contact != nil {
		email = c.Contact.Email
	}
	cells := []string{c.Slug, c.Name, c.Website, c.Kind, c.Status, string(c.EndedOn), list(c.Countries()), place, latitude, longitude,
		remote, number(c.Founded), number(c.Members), list(c.Languages), list(c.Networks), list(c.Sectors),
		joined(c.Skills, func(u directory.SkillUse) string { return u.Skill + u.Other }),
		joined(c.Teaches, func(o directory.Offer) string { return o.Skill }),
		joined(c.Needs, func(n directory.Need) string { return n.Skill }),
		c.Availability, email, c.ListedBy, string(c.Confirmed), origin(c)}
	for i := range cells {
		cells[i] = plain(cells[i])
	}
	return cells
}

// origin returns the id of the directory that a co-op comes from; empty: this one.
func origin(c *directory.Coop) string {
	if c.From == nil {
		return ""
	}
	return c.From.ID
}

// plain keeps a spreadsheet from taking a text for a formula. Numbers may begin with a minus. Where semicolons separate
// cells, as in much of Europe and Latin America, a spreadsheet may begin a new one inside of ours.
func plain(cell string) string {
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return cell
	}
	var b strings.Builder
	begins := true
	for _, r := range cell {
		if begins && strings.ContainsRune("=+-@\t\r\n＝＋－＠", r) {
			b.WriteByte('\'')
		}
		b.WriteRune(r)
		begins = strings.ContainsRune(";\t\r\n", r)
	}
	return b.String()
}

func list(values []string) string { return strings.Join(values, ";") }

func joined[T any](values []T, of func(T) string) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = of(v)
	}
	return list(texts)
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func degrees(d float64) string { return strconv.FormatFloat(d, 'f', -1, 64) }
