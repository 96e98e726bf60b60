package intake

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"coops/internal/problem"
	"coops/internal/world"
)

// several are the kinds of fields that more than one column may be about.
var several = []kind{asList, asCountries, asLanguages, asSkills, asTaught, asKnown, asLinks}

// columns returns, per column, the field it is about; one without a path is not taken. Problems go to the
// sheet. The error is UnknownColumn.
func (i Import) columns(s *sheet) ([]entry, error) {
	names := s.header
	if names == nil {
		for _, row := range s.rows {
			for n := len(names); n < len(row); n++ {
				names = append(names, cell{text: letters(n + 1), line: row[n].line, offset: row[n].offset, row: row[n].row, column: n + 1})
			}
		}
	}
	columns := make([]entry, len(names))
	asked := make([]bool, len(names))
	for _, name := range sortedKeys(i.Columns) {
		n := columnCalled(name, names, s.header != nil)
		if n < 0 {
			return nil, UnknownColumn{name}
		}
		asked[n] = true
		columns[n].field, columns[n].language, _ = fieldAt(i.Columns[name])
	}
	for n, c := range names {
		if !asked[n] && s.header != nil {
			columns[n].field, columns[n].language, _ = guess(c.text)
		}
		columns[n].cell.name = c.text
	}
	s.checkColumns(names, columns, asked)
	return columns, nil
}

// checkColumns reports two columns for one thing, columns that are not taken, and a sheet without names.
func (s *sheet) checkColumns(names []cell, columns []entry, asked []bool) {
	first := map[string]int{}
	for n, e := range columns {
		key := e.path + " " + e.language
		other, twice := first[key]
		switch {
		case e.path == "" && !asked[n] && names[n].text != "" && s.header != nil:
			s.report(problem.ImportIgnored, names[n], problem.Say("import-ignored", "column", shorten(line(names[n].text))))
		case e.path == "":
		case twice && !slices.Contains(several, e.kind):
			s.report(problem.ImportColumn, names[n], problem.Say("import-column.twice", "field", e.path, "first", letters(other+1), "second", letters(n+1)))
		default:
			first[key] = n
		}
	}
	if _, ok := first["name "]; ok {
		return
	}
	id := "import-column.name"
	if len(first) == 0 {
		id = "import-column.none"
	}
	s.problems = slices.DeleteFunc(s.problems, func(p problem.Problem) bool { return len(first) == 0 && p.Rule == problem.ImportIgnored })
	s.report(problem.ImportColumn, names[0], problem.Say(id))
}

// columnCalled returns the index of the column of that name; of its letter or number where none is called
// so. -1 means there is none.
func columnCalled(name string, names []cell, header bool) int {
	if header {
		for n, c := range names {
			if world.Fold(c.text) == world.Fold(name) {
				return n
			}
		}
	}
	n, err := strconv.Atoi(name)
	for i := range names {
		if err == nil && n == i+1 || strings.EqualFold(name, letters(i+1)) {
			return i
		}
	}
	return -1
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
