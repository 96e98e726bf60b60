package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"coops/internal/check"
	"coops/internal/directory"
	"coops/internal/layout"
	"coops/internal/problem"
	"coops/internal/world"
	"coops/internal/yamldoc"
	"coops/schema"
)

// entry is what one cell says of one field.
type entry struct {
	field
	language string // of a text, where its column names one
	cell
}

// profile is a co-op on its way into a file.
type profile struct {
	slug   string
	value  map[string]any
	origin map[string]cell // pointer -> where the value came from
	seen   map[string]bool // what its lists hold already
	first  cell            // where problems of the whole are told
	source []byte          // the file; nil until it is written
}

// file returns the name of the profile's file.
func (p *profile) file() string { return "data/coops/" + p.slug + ".yaml" }

// maker turns entries into profiles.
type maker struct {
	from     *directory.Directory
	skill    func(string) string          // id of the skill that is called so, or ""
	ids      map[string]map[string]string // networks and sectors: folded name or id -> id
	texts    string                       // the language of texts whose column names none; empty: the co-op's first
	dayFirst *bool                        // see day
	report   func(*problem.Rule, cell, problem.Message)
}

func newMaker(d *directory.Directory) *maker {
	m := &maker{from: d, skill: check.SkillsCalled(d.Skills), ids: map[string]map[string]string{"networks": {}, "sectors": {}}}
	for _, n := range d.Networks {
		m.ids["networks"][world.Fold(n.Name)], m.ids["networks"][n.ID] = n.ID, n.ID
	}
	for _, s := range d.Sectors {
		m.ids["sectors"][s.ID] = s.ID
		for _, label := range s.Label {
			m.ids["sectors"][world.Fold(label)] = s.ID
		}
	}
	return m
}

// profile makes a profile of what its cells say. Without a slug among them it is made from the name; it
// stays empty where the name has no letters for one.
func (m *maker) profile(entries []entry) *profile {
	p := &profile{value: map[string]any{}, origin: map[string]cell{}, seen: map[string]bool{}}
	var places []entry
	for _, e := range entries {
		if e.text == "" {
			continue
		}
		if p.first.line == 0 || e.path == "name" && e.line > 0 {
			p.first = e.cell
		}
		if e.line > 0 && formula.MatchString(e.text) {
			m.report(problem.ImportValue, e.cell, problem.Say("import-value.formula", "found", shorten(line(e.text))))
			continue
		}
		switch e.kind {
		case asPlaces:
			places = append(places, e)
		case asText:
		default:
			m.put(p, e)
		}
	}
	for _, e := range entries {
		if e.kind == asText && e.text != "" { // the languages are known by now
			m.putText(p, e)
		}
	}
	p.putPlaces(places)
	name, _ := p.value["name"].(string)
	if p.slug == "" {
		p.slug = check.Slug(name)
	}
	return p
}

// formula is what a spreadsheet would compute, or could not.
var formula = regexp.MustCompile(`^(=|\+?@?[A-Z]+\(.*\)$|#(REF|N/A|VALUE|NAME|DIV/0|NULL|NUM|ERROR|¡REF|¡VALOR|NOMBRE|NOM|VALEUR|VALOR|NOME)[!?]?)`)

// set puts a value into the profile and remembers where it came from.
func (p *profile) set(key string, value any, from cell) {
	p.value[key] = value
	p.origin["/"+key] = from
}

// add puts values at the end of a list of the profile.
func (p *profile) add(key string, from cell, values ...any) {
	list, _ := p.value[key].([]any)
	for _, v := range values {
		if same := key + " " + fmt.Sprint(v); p.seen[same] {
			continue
		} else {
			p.seen[same] = true
		}
		p.origin[schema.Join("/"+key, decimal(len(list)))] = from
		list = append(list, v)
	}
	if len(list) > 0 {
		p.value[key] = list
		if _, known := p.origin["/"+key]; !known {
			p.origin["/"+key] = from
		}
	}
}

// below puts a value into a map of the profile.
func (p *profile) below(key, name string, value any, from cell) {
	into, _ := p.value[key].(map[string]any)
	if into == nil {
		into = map[string]any{}
		p.set(key, into, from)
	}
	into[name] = value
	p.origin[schema.Join("/"+key, name)] = from
}

// put puts what a cell says into the profile; of texts and places see below.
func (m *maker) put(p *profile, e entry) {
	key, name, _ := strings.Cut(e.path, ".")
	value := any(line(e.text))
	switch e.kind {
	case asChoice:
		node, _ := nodeAt("en", key)
		value = choice(e.text, node.Texts("enum"))
	case asInteger:
		value = integer(e.text)
	case asYear:
		value = year(e.text, m.dayFirst)
	case asBoolean:
		value = truth(e.text)
	case asDate:
		value = m.date(key, e.text)
	case asAddress:
		value = address(e.text)
	case asList:
		p.add(key, e.cell, anys(list(e.text))...)
		return
	case asCountries, asLanguages, asKnown:
		items := named(e.text, m.finder(e))
		if key != "languages" { // the strongest stands first
			slices.Sort(items)
		}
		p.add(key, e.cell, anys(items)...)
		return
	case asSkills:
		m.putSkills(p, e)
		return
	case asTaught:
		for _, item := range named(e.text, m.finder(e)) {
			offer := map[string]any{"skill": item}
			if name != "" {
				offer["kind"] = name
			}
			p.add(key, e.cell, offer)
		}
		return
	case asContact:
		putContact(p, e, name)
		return
	case asLinks:
		for _, item := range split(e.text, ",;|\n ") {
			p.add(key, e.cell, map[string]any{"kind": name, "url": address(item)})
		}
		return
	}
	switch {
	case e.path == "slug":
		p.slug, p.origin["/slug"] = line(e.text), e.cell
	case name != "":
		p.below(key, name, value, e.cell)
	default:
		p.set(key, value, e.cell)
	}
}

// date reads a day; where a year alone is allowed, it is a number.
func (m *maker) date(key, text string) any {
	written := day(text, m.dayFirst)
	if key == "ended" && fourDigits.MatchString(written) {
		return json.Number(written)
	}
	return written
}

// finder returns how the items of a field are looked up.
func (m *maker) finder(e entry) func(string) (string, bool) {
	switch {
	case e.kind == asCountries:
		return func(name string) (string, bool) {
			if world.Fold(name) == "worldwide" {
				return "worldwide", true
			}
			return country(name)
		}
	case e.kind == asLanguages:
		return world.FindLanguage
	case m.ids[e.path] != nil:
		return func(name string) (string, bool) {
			id, ok := m.ids[e.path][world.Fold(name)]
			return id, ok
		}
	}
	return func(name string) (string, bool) {
		id := m.skill(name)
		return id, id != ""
	}
}

// words returns what people can call the items of a field, for suggestions.
func (m *maker) words(f field) []string {
	if ids := m.ids[f.path]; ids != nil {
		return sortedKeys(ids)
	}
	var words []string
	for _, s := range m.from.Skills {
		words = append(words, s.ID)
		for _, language := range sortedKeys(s.Label) {
			words = append(append(words, s.Label[language]), s.Synonyms[language]...)
		}
	}
	return words
}

// country returns the code of a country; of a name that says less or more than one it is not sure.
func country(name string) (string, bool) {
	code, exact := world.FindCountry(name)
	return code, exact
}

// putSkills puts skills into the profile; what the vocabulary lacks stays as it is written, and is told.
// A part is first looked up as a whole: UX/UI is one skill, PHP/Laravel are two, and CI/CD stays in one where
// the vocabulary knows neither.
func (m *maker) putSkills(p *profile, e entry) {
	var take func(text string, separators []string)
	take = func(text string, separators []string) {
		parts := strings.Split(text, "/")
		switch id := m.skill(text); {
		case id != "":
			p.add("skills", e.cell, id)
		case len(separators) > 0:
			for _, part := range split(strings.ReplaceAll(text, " / ", ";"), separators[0]) {
				take(part, separators[1:])
			}
		case len(parts) > 1 && len(parts) < maxItems && slices.ContainsFunc(parts, func(part string) bool { return m.skill(part) != "" }):
			for _, part := range split(text, "/") {
				take(part, nil)
			}
		default:
			m.report(problem.ImportSkill, e.cell, problem.Say("import-skill", "found", shorten(text)))
			p.add("skills", e.cell, map[string]any{"other": text})
		}
	}
	take(line(strings.ReplaceAll(e.text, "\n", ";")), []string{";|•", ","})
}

func putContact(p *profile, e entry, name string) {
	text := strings.TrimPrefix(line(e.text), "mailto:")
	if name == "" && strings.Contains(text, "@") {
		name = "email"
	} else if name == "" {
		name = "form"
	}
	if name == "form" {
		text = address(text)
	}
	p.below("contact", name, text, e.cell)
}

// putText puts a text into the profile, under its language.
func (m *maker) putText(p *profile, e entry) {
	language := e.language
	if language == "" {
		language = m.texts
	}
	if codes, _ := p.value["languages"].([]any); language == "" && len(codes) > 0 {
		language, _ = codes[0].(string)
	}
	if language == "" {
		m.report(problem.ImportValue, e.cell, problem.Say("import-value.language", "field", e.path))
		return
	}
	text := e.text
	if e.path == "summary" {
		text = line(text)
	}
	p.below(e.path, language, text, e.cell)
}

// isRegion tells an ISO 3166-2 code from the name of a region.
var isRegion = regexp.MustCompile(`^[A-Z]{2}-[A-Z0-9]{1,3}$`)

// putPlaces puts the locations together. As many countries as places belong to each other in their order; one
// country holds for all places. Coordinates are of the first place. Where more is open it is left open:
// each country and each place is a location of its own.
func (p *profile) putPlaces(entries []entry) {
	var countries, places, regions []string
	var coordinates map[string]any
	from := map[string]cell{}
	for _, e := range entries {
		from[e.path] = e.cell
		switch e.path {
		case "country":
			countries = append(countries, named(e.text, country)...)
		case "place":
			places = append(places, placesIn(e.text)...)
		case "region":
			regions = append(regions, line(e.text))
		case "coordinates":
			pair := strings.FieldsFunc(e.text, func(r rune) bool { return r == ';' || r == ' ' })
			if len(pair) != 2 {
				pair = strings.SplitN(e.text, ",", 2)
			}
			coordinates = map[string]any{"latitude": degrees(strings.Trim(pair[0], ", "))}
			if len(pair) == 2 {
				coordinates["longitude"] = degrees(strings.Trim(pair[1], ", "))
			}
		default: // latitude, longitude
			if coordinates == nil {
				coordinates = map[string]any{}
			}
			coordinates[e.path] = degrees(e.text)
		}
	}
	locations := pair(countries, places)
	if len(locations) == 0 && (len(regions) > 0 || coordinates != nil) {
		locations = append(locations, map[string]any{})
	}
	if len(regions) == 1 && len(locations) == 1 {
		if l := locations[0]; isRegion.MatchString(regions[0]) {
			l["region"] = regions[0]
		} else if place, ok := l["place"].(string); ok { // by its name: people read it beside the town's
			l["place"] = place + ", " + regions[0]
		} else {
			l["place"] = regions[0]
		}
	}
	if coordinates != nil {
		locations[0]["coordinates"] = coordinates
	}
	for i, l := range locations {
		pointer := "/locations/" + decimal(i)
		p.add("locations", entries[0].cell, l)
		for _, key := range []string{"country", "region", "place", "coordinates"} {
			if c, ok := from[key]; ok {
				p.origin[pointer+"/"+key] = c
			}
		}
		for _, key := range []string{"latitude", "longitude"} {
			if c, ok := from[key]; ok {
				p.origin[pointer+"/coordinates/"+key] = c
			}
		}
	}
}

// placesIn returns the places of a cell; a comma stands inside one ("Portland, Oregon").
func placesIn(text string) []string {
	var places []string
	for _, part := range split(text, ";|\n•") {
		for _, place := range strings.Split(part, " / ") {
			if place = line(place); place != "" {
				places = append(places, place)
			}
		}
	}
	return places
}

func pair(countries, places []string) []map[string]any {
	var locations []map[string]any
	add := func(country, place string) {
		l := map[string]any{}
		if country != "" {
			l["country"] = country
		}
		if place != "" {
			l["place"] = place
		}
		locations = append(locations, l)
	}
	switch {
	case len(countries) == len(places):
		for i := range places {
			add(countries[i], places[i])
		}
	case len(countries) == 1:
		for _, place := range places {
			add(countries[0], place)
		}
	default:
		for _, place := range places {
			add("", place)
		}
	}
	if len(places) == 0 || len(countries) > 1 && len(countries) != len(places) {
		for _, country := range countries {
			add(country, "")
		}
	}
	return locations
}

func anys(texts []string) []any {
	all := make([]any, len(texts))
	for i, t := range texts {
		all[i] = t
	}
	return all
}

// write makes the file of the profile as `coops fmt` would write it. head is the comment that it begins
// with and tail the one that it ends with; either may be empty.
func (p *profile) write(head, tail string) error {
	var b bytes.Buffer
	if head != "" {
		b.WriteString(head + "\n")
	}
	for _, key := range slices.Sorted(maps.Keys(p.value)) {
		b.WriteString(key + ": ")
		e := json.NewEncoder(&b) // JSON is YAML, too; a line end comes with it
		e.SetEscapeHTML(false)
		if err := e.Encode(p.value[key]); err != nil {
			return fmt.Errorf("write %s: %w", p.file(), err)
		}
	}
	if tail != "" {
		b.WriteString("\n" + tail)
	}
	if b.Len() > yamldoc.MaxSize {
		p.source = b.Bytes() // the check says that it is too large
		return nil
	}
	doc, problems := yamldoc.Read(p.file(), b.Bytes())
	if doc == nil || len(problems) > 0 {
		return errors.New("write " + p.file() + ": what was made of the cells cannot be read; this is a mistake of the program")
	}
	shape, _ := layout.Of(p.file())
	var err error
	if p.source, err = doc.Format(shape); err != nil {
		return fmt.Errorf("write %s: %w", p.file(), err)
	}
	return nil
}

// cellOf returns where the value at pointer came from, or the nearest around it that is known.
func (p *profile) cellOf(pointer string) cell {
	for ; pointer != ""; pointer = pointer[:strings.LastIndex(pointer, "/")] {
		if c, ok := p.origin[pointer]; ok {
			return c
		}
	}
	return p.first
}

// pointerAt returns the pointer of the value or key that stands at a place of the file, or of the last one
// before it.
func pointerAt(doc *yamldoc.Document, at problem.Range) string {
	best, bestAt := "", problem.Range{}
	var look func(value any, pointer string)
	look = func(value any, pointer string) {
		if pointer != "" {
			for _, r := range []problem.Range{doc.KeyPosition(pointer), doc.Position(pointer)} {
				if !after(r, at) && !after(bestAt, r) {
					best, bestAt = pointer, r
				}
			}
		}
		switch value := value.(type) {
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(value)) {
				look(value[key], schema.Join(pointer, key))
			}
		case []any:
			for i, v := range value {
				look(v, schema.Join(pointer, decimal(i)))
			}
		}
	}
	look(doc.Value, "")
	return best
}

// after tells whether a begins after b does.
func after(a, b problem.Range) bool {
	return a.Line > b.Line || a.Line == b.Line && a.Column > b.Column
}
