package intake

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"

	"coops/internal/check"
	"coops/internal/directory"
	"coops/internal/problem"
	"coops/internal/yamldoc"
)

// Import is a spreadsheet on its way into a directory.
type Import struct {
	Directory fs.FS          // as it is
	Today     directory.Date // against which days are held
	File      string         // what problems call the spreadsheet
	Data      []byte
	Head      string // the comment that each file begins with; may be empty

	Columns    map[string]string // name, letter or number of a column -> field, or - for none; over what is guessed
	NoHeader   bool              // the first row is a co-op, not the names of columns
	Language   string            // of texts whose column names none (BCP 47); empty: the co-op's first
	DayFirst   *bool             // whether 3/4/2026 is in April; nil: it is a problem
	Same       map[string]string // what all rows share: field -> text
	Duplicates bool              // take co-ops, too, that look like one that is already there
}

// Plan is what an import would write, and what is in its way.
type Plan struct {
	Report  problem.Report // of the spreadsheet; nothing may be written where it has Failed
	Files   []File         // in the order of the rows
	Rows    int            // with something in them
	Skipped int            // for they are in the directory, or in the spreadsheet before
}

// File is a profile to write.
type File struct {
	Name string // slash-separated, in the directory
	Data []byte
}

// UnknownColumn is an error about Columns: the spreadsheet has no such column.
type UnknownColumn struct{ Name string }

func (e UnknownColumn) Error() string { return fmt.Sprintf("the spreadsheet has no column %q", e.Name) }

// Plan reads the spreadsheet, makes a profile of every row that is not there yet, and checks them as if
// they were. It writes nothing. The error is for what stopped us, and UnknownColumn.
func (i Import) Plan(ctx context.Context) (Plan, error) {
	s, ok := readSheet(i.File, i.Data, !i.NoHeader)
	plan := Plan{Rows: len(s.rows)}
	if !ok {
		return plan.with(s), nil
	}
	columns, err := i.columns(s)
	if err == nil {
		i.checkOrigin(s, columns)
	}
	if err != nil || problem.Count(s.problems, problem.Error) > 0 {
		return plan.with(s), err
	}
	before, report, err := check.Directory(ctx, i.Directory, i.Today)
	if err != nil {
		return plan, err
	}
	making := i.making(s, columns, before)
	var made []*profile
	whole := len(s.rows) <= portion
	for rows := range slices.Chunk(s.rows, portion) {
		part := making.profiles(rows)
		if err := writeAll(ctx, part, i.Head); err != nil {
			return plan, err
		}
		found, err := checkWith(ctx, i.Directory, part, i.Today, !whole)
		if err != nil {
			return plan, err
		}
		s.problems = append(s.problems, placed(found, report.Problems, part, s.problem)...)
		made = append(made, part...)
		if rest := plan.Rows - making.rows; rest > 0 && problem.Count(s.problems, problem.Error) > 0 {
			s.whole(problem.ImportMore, problem.Say("import-more.rows", "count", rest))
			return plan.with(s), nil
		}
	}
	if !whole {
		found, err := checkWith(ctx, i.Directory, made, i.Today, false)
		if err != nil {
			return plan, err
		}
		s.problems = append(s.problems, placed(found, report.Problems, made, s.problem)...)
	}
	plan.Skipped = plan.Rows - len(made)
	for _, p := range made {
		plan.Files = append(plan.Files, File{p.file(), p.source})
	}
	return plan.with(s), nil
}

// A spreadsheet of more rows than a portion is checked portion by portion, up to the first that has an error:
// whoever made one slip in every row wants to know soon, and not ninety thousand times.
const portion = 2000

// most is how many problems of each severity a plan tells.
const most = 1000

// with returns the plan with the problems of the sheet, each once, and no more than can be read.
func (p Plan) with(s *sheet) Plan {
	problem.Sort(s.problems)
	told := slices.CompactFunc(s.problems, func(a, b problem.Problem) bool {
		return a.File == b.File && a.Range == b.Range && a.Rule == b.Rule && fmt.Sprint(a.Message) == fmt.Sprint(b.Message)
	})
	count := map[problem.Severity]int{}
	told = slices.DeleteFunc(told, func(p problem.Problem) bool {
		count[p.Severity()]++
		return count[p.Severity()] > most
	})
	rest := 0
	for _, n := range count {
		rest += max(n-most, 0)
	}
	if rest > 0 {
		told = append(told, problem.Problem{File: s.file, Rule: problem.ImportMore, Message: problem.Say("import-more.problems", "count", rest)})
	}
	p.Report = problem.Report{Files: 1, Problems: told}
	return p
}

// making is the rows of a spreadsheet becoming profiles.
type making struct {
	Import
	*sheet
	maker        *maker
	columns      []entry
	same         []entry
	there, above company
	rows         int // read so far
}

func (i Import) making(s *sheet, columns []entry, before *directory.Directory) *making {
	m := &making{Import: i, sheet: s, maker: newMaker(before), columns: columns, same: i.same(), there: newCompany(), above: newCompany()}
	m.maker.texts, m.maker.dayFirst, m.maker.report = i.Language, i.DayFirst, s.report
	for _, c := range before.Coops {
		m.there.add(c.Slug, c, profileName(c.Slug))
	}
	return m
}

// profiles makes a profile of every row that is neither in the directory nor in a row above.
func (m *making) profiles(rows [][]cell) []*profile {
	var made []*profile
	for _, row := range rows {
		p := m.maker.profile(m.entries(row))
		if p.first.line == 0 { // nothing but columns that are not taken
			p.first = row[0]
		}
		if m.takes(m.sheet, p, m.there, m.above) {
			made = append(made, p)
		}
	}
	m.rows += len(rows)
	return made
}

// entries returns what the cells of a row say, after what all rows share.
func (m *making) entries(row []cell) []entry {
	entries := slices.Clone(m.same)
	for n, c := range row {
		if n >= len(m.columns) {
			if c.text != "" && len(m.columns) > 0 {
				m.report(problem.ImportRow, c, problem.Say("import-row.cells", "cells", len(row), "columns", len(m.columns)))
				break
			}
			continue
		}
		if m.columns[n].path != "" {
			e := m.columns[n]
			c.name = e.name
			e.cell = c
			entries = append(entries, e)
		}
	}
	return entries
}

// takes tells whether a row becomes a profile, and reports why not.
func (i Import) takes(s *sheet, p *profile, there, above company) bool {
	c := p.coop()
	if p.slug == "" {
		if c.Name == "" {
			p.slug = "row-" + decimal(p.first.row) // the check asks for the name
		} else {
			s.report(problem.ImportRow, p.first, problem.Say("import-row.slug", "name", shorten(c.Name)))
			return false
		}
	}
	if p.slug != check.Slug(p.slug) { // it will be the name of a file
		s.report(problem.FileName, p.cellOf("/slug"), problem.Say("import-row.id", "name", shorten(p.slug), "right", cmp.Or(check.Slug(p.slug), "my-coop")))
		return false
	}
	in := func(company company, rule *problem.Rule) bool {
		what, where, found := company.has(p.slug, c)
		if i.Duplicates {
			if where, found = company.slugs[p.slug]; found {
				s.report(problem.ImportRow, p.first, problem.Say("import-row.taken", "slug", p.slug, "where", where))
			}
		} else if found {
			s.report(rule, p.first, problem.Say(rule.Name+"."+what, "where", where))
		}
		return found
	}
	if in(there, problem.ImportKnown) || in(above, problem.ImportTwice) {
		return false
	}
	above.add(p.slug, c, letters(p.first.column)+decimal(p.first.row))
	return true
}

// checkOrigin reports that nothing says who lists the co-ops, when they confirmed it, or where a third party
// has its facts from: once, and not for every row.
func (i Import) checkOrigin(s *sheet, columns []entry) {
	said := func(path string) bool {
		return i.Same[path] != "" || slices.ContainsFunc(columns, func(e entry) bool { return e.path == path })
	}
	source := said("source.name") && said("source.url") && said("source.licence") && said("source.retrieved")
	switch {
	case !said("listed_by"):
		s.whole(problem.ImportColumn, problem.Say("import-column.listed"))
	case i.Same["listed_by"] == "third-party" && !source:
		s.whole(problem.ImportColumn, problem.Say("import-column.source"))
	case i.Same["listed_by"] == "coop" && !said("confirmed"):
		s.whole(problem.ImportColumn, problem.Say("import-column.confirmed", "today", string(i.Today)))
	}
}

// same returns what all rows share.
func (i Import) same() []entry {
	var entries []entry
	for _, path := range sortedKeys(i.Same) {
		if f, language, ok := fieldAt(path); ok {
			entries = append(entries, entry{f, language, cell{text: i.Same[path]}})
		}
	}
	return entries
}

// coop returns what is needed of a profile to compare it.
func (p *profile) coop() *directory.Coop {
	name, _ := p.value["name"].(string)
	website, _ := p.value["website"].(string)
	contact, _ := p.value["contact"].(map[string]any)
	email, _ := contact["email"].(string)
	return &directory.Coop{Slug: p.slug, Name: name, Website: website, Contact: &directory.Contact{Email: email}}
}

func profileName(slug string) string { return "data/coops/" + slug + ".yaml" }

// company is where co-ops are, by what tells them apart.
type company struct {
	slugs map[string]string
	marks map[check.Mark]string
}

func newCompany() company { return company{map[string]string{}, map[check.Mark]string{}} }

func (n company) add(slug string, c *directory.Coop, where string) {
	if n.slugs[slug] == "" {
		n.slugs[slug] = where
	}
	for _, mark := range marks(c) {
		if n.marks[mark] == "" {
			n.marks[mark] = where
		}
	}
}

// marks are what make two co-ops one; mail hosts are shared by more than one.
func marks(c *directory.Coop) []check.Mark {
	return slices.DeleteFunc(check.Marks(c), func(m check.Mark) bool { return m.Rule == problem.DuplicateEmail })
}

// has tells where a co-op is already, and by what.
func (n company) has(slug string, c *directory.Coop) (what, where string, found bool) {
	for _, mark := range marks(c) {
		if where, found = n.marks[mark]; found {
			return strings.TrimPrefix(mark.Rule.Name, "duplicate-"), where, true
		}
	}
	where, found = n.slugs[slug]
	return "slug", where, found
}

// writeAll writes the files of profiles, on all cores.
func writeAll(ctx context.Context, made []*profile, head string) error {
	errs := make([]error, len(made))
	queue := make(chan int)
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(made)) {
		wait.Go(func() {
			for n := range queue {
				if errs[n] = ctx.Err(); errs[n] == nil {
					errs[n] = made[n].write(head, "")
				}
			}
		})
	}
	for n := range made {
		queue <- n
	}
	close(queue)
	wait.Wait()
	for n, err := range errs {
		if err != nil {
			return fmt.Errorf("row %d: %w", made[n].first.row, err)
		}
	}
	return nil
}

// checkWith checks the directory as it would be with the profiles. Alone they are checked as if they were
// the only ones: what is said of others then, or of co-ops they name, is left out.
func checkWith(ctx context.Context, fsys fs.FS, made []*profile, today directory.Date, alone bool) ([]problem.Problem, error) {
	files := make(map[string][]byte, len(made))
	for _, p := range made {
		files[p.file()] = p.source
	}
	_, report, err := check.Directory(ctx, overlay{FS: fsys, files: files, alone: alone}, today)
	if alone {
		report.Problems = slices.DeleteFunc(report.Problems, func(p problem.Problem) bool { return files[p.File] == nil || p.Rule == problem.UnknownCoop })
	}
	return report.Problems, err
}

// placed returns the problems that profiles bring, at the cells they came from. Those of other files are
// kept if they were not there before.
func placed(found, before []problem.Problem, made []*profile, at func(*problem.Rule, cell, problem.Message) problem.Problem) []problem.Problem {
	bySlug := make(map[string]*profile, len(made))
	for _, p := range made {
		bySlug[p.file()] = p
	}
	old := make(map[string]bool, len(before))
	key := func(p problem.Problem) string { return fmt.Sprint(p.File, p.Range, p.Rule.Name, p.Message) }
	for _, p := range before {
		old[key(p)] = true
	}
	docs := map[string]*yamldoc.Document{}
	var kept []problem.Problem
	for _, f := range found {
		p := bySlug[f.File]
		if p == nil {
			if !old[key(f)] {
				kept = append(kept, f)
			}
			continue
		}
		where := p.first
		if f.Range.Line > 0 {
			if docs[f.File] == nil {
				docs = map[string]*yamldoc.Document{} // problems come file by file
				docs[f.File], _ = yamldoc.Read(f.File, p.source)
			}
			if doc := docs[f.File]; doc != nil {
				where = p.cellOf(pointerAt(doc, f.Range))
			}
		}
		kept = append(kept, at(f.Rule, where, f.Message))
	}
	return kept
}
