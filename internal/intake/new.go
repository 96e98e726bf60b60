package intake

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"coops/internal/check"
	"coops/internal/directory"
	"coops/internal/problem"
	"coops/internal/world"
	"coops/schema"
)

// New is a profile on its way into a directory, made of answers.
type New struct {
	Directory fs.FS          // as it is
	Today     directory.Date // against which days are held
	Head      string         // the comment that the file begins with; may be empty
	Language  string         // in which fields are explained, and of texts where no language is answered (BCP 47)

	before *directory.Directory // read once
	report problem.Report
}

// Answers are what somebody said, by field (see Fields).
type Answers map[string]string

// Slug returns the slug of the answers: theirs, or one made of the name; "" where neither gives one.
func (a Answers) Slug() string {
	if slug := line(a["slug"]); slug != "" {
		return slug
	}
	return check.Slug(a["name"])
}

// Known returns the directory as it is.
func (n *New) Known(ctx context.Context) (*directory.Directory, error) {
	if n.before != nil {
		return n.before, nil
	}
	var err error
	if n.before, n.report, err = check.Directory(ctx, n.Directory, n.Today); err != nil {
		n.before = nil
	}
	return n.before, err
}

// Profile returns the file that the answers make, and what is wrong with it: problems of an answer name its
// field as their File, those of the whole the file. Where the report has Failed, nothing may be written.
func (n *New) Profile(ctx context.Context, a Answers) (File, problem.Report, error) {
	before, err := n.Known(ctx)
	if err != nil {
		return File{}, problem.Report{}, err
	}
	p, problems := n.profile(before, a)
	return n.checked(ctx, p, problems, skeleton(p.value, n.Language))
}

// checked writes a profile, with comments at its end, and returns the file and what is wrong with it, after
// what is known to be.
func (n *New) checked(ctx context.Context, p *profile, problems []problem.Problem, tail string) (File, problem.Report, error) {
	alone := p.slug == "" || problem.Count(problems, problem.Error) > 0 // without a slug of its own it is checked by itself
	if alone {
		p.slug = "my-coop"
	}
	if err := p.write(n.Head, tail); err != nil {
		return File{}, problem.Report{}, err
	}
	found, err := checkWith(ctx, n.Directory, []*profile{p}, n.Today, alone)
	if err != nil {
		return File{}, problem.Report{}, err
	}
	problems = append(problems, placed(found, n.report.Problems, []*profile{p}, p.at)...)
	problems = slices.DeleteFunc(problems, func(f problem.Problem) bool { return f.Rule.IsDuplicate() })
	problems = append(problems, n.alike(p)...)
	problem.Sort(problems)
	return File{p.file(), p.source}, problem.Report{Files: 1, Problems: problems}, nil
}

// Check returns what is wrong with the answer about one field, also that there has to be one. What is
// wrong or missing elsewhere is not said.
func (n *New) Check(ctx context.Context, a Answers, field string) ([]problem.Problem, error) {
	before, err := n.Known(ctx)
	if err != nil {
		return nil, err
	}
	p, problems := n.profile(before, a)
	if p.slug == "" || check.Slug(p.slug) != p.slug {
		p.slug = "my-coop"
	}
	if p.value["listed_by"] == nil { // what is missing depends on it
		p.value["listed_by"] = "coop"
	}
	if err := p.write("", ""); err != nil {
		return nil, err
	}
	found, err := checkWith(ctx, n.Directory, []*profile{p}, n.Today, true)
	if err != nil {
		return nil, err
	}
	problems = append(problems, placed(found, nil, []*profile{p}, p.at)...)
	return slices.DeleteFunc(problems, func(f problem.Problem) bool { return f.File != field }), nil
}

// profile makes a profile of the answers, with what is wrong with its slug.
func (n *New) profile(before *directory.Directory, a Answers) (*profile, []problem.Problem) {
	var problems []problem.Problem
	m := newMaker(before)
	if strings.TrimSpace(a["languages"]) == "" {
		m.texts = n.Language
	}
	m.report = func(rule *problem.Rule, c cell, message problem.Message) {
		problems = append(problems, problem.Problem{File: c.name, Rule: rule, Message: message})
	}
	var entries []entry
	for _, path := range slices.Sorted(maps.Keys(a)) {
		f, language, ok := fieldAt(path)
		if ok && strings.TrimSpace(a[path]) != "" {
			entries = append(entries, entry{f, language, cell{text: strings.TrimSpace(a[path]), name: path}})
		}
	}
	p := m.profile(entries)
	p.first = cell{}
	slugOf := cell{name: "slug"}
	switch name := line(a["name"]); {
	case p.slug == "" && name != "":
		m.report(problem.FileName, slugOf, problem.Say("import-row.slug", "name", shorten(name)))
	case p.slug != "" && check.Slug(p.slug) != p.slug:
		m.report(problem.FileName, slugOf, problem.Say("import-row.id", "name", shorten(p.slug), "right", cmp.Or(check.Slug(p.slug), "my-coop")))
	case p.slug != "" && slices.ContainsFunc(before.Coops, func(c *directory.Coop) bool { return c.Slug == p.slug }):
		m.report(problem.FormerSlug, slugOf, problem.Say("former-slug.taken", "found", p.slug, "file", p.file()))
	}
	return p, problems
}

// at places a problem of an answer.
func (p *profile) at(rule *problem.Rule, c cell, m problem.Message) problem.Problem {
	if rule == problem.MissingKey {
		c.name = asksFor(m, c.name)
	}
	if rule == problem.WrongType && c.name == "remote" { // nobody was asked for true or false
		m = problem.Say("new.no", "found", shorten(c.text))
	}
	if c.name == "" {
		c.name = p.file()
	}
	return problem.Problem{File: c.name, Rule: rule, Message: m}
}

// asksFor returns the field whose answer would mend a missing key near another one.
func asksFor(missing problem.Message, near string) string {
	key, _ := missing.Args["key"].(string)
	switch {
	case key == "": // locations or remote: whether one of them is enough shows at the last
		return "remote"
	case key == "source":
		return "source.name"
	case strings.HasPrefix(near, "source."):
		return "source." + key
	}
	return key
}

// alike returns, for each co-op that the profile may be, what says most.
func (n *New) alike(p *profile) []problem.Problem {
	var problems []problem.Problem
	own := check.Marks(p.coop())
	for _, other := range n.before.Coops {
		theirs := check.Marks(other)
		i := slices.IndexFunc(own, func(m check.Mark) bool { return slices.Contains(theirs, m) })
		if i >= 0 && other.Slug != p.slug {
			mark := own[i]
			problems = append(problems, p.at(mark.Rule, p.cellOf(mark.Pointer), problem.Say(mark.Rule.Name, "file", profileName(other.Slug))))
		}
	}
	return problems
}

// unsaid are the keys that a new profile has no use for: of co-ops that ended or were renamed, and of
// whoever lists others.
var unsaid = []string{"ended", "successor", "former_names", "former_slugs", "listed_by", "source", "confirmed"}

// skeleton returns, as comments, what else a profile can say: each field with its explanation and an
// example. It is the end of a new file.
func skeleton(value map[string]any, language string) string {
	var b strings.Builder
	say := problem.In(language)
	for _, text := range strings.Split(say.Say(problem.Say("new.skeleton")), "\n") {
		b.WriteString("# " + text + "\n")
	}
	root := schema.RootIn(language, "coop")
	for _, key := range root.Keys() {
		if value[key] != nil || slices.Contains(unsaid, key) {
			continue
		}
		node, _ := root.Field(key)
		fmt.Fprintf(&b, "#\n# %s: %s %s\n", node.Text("title"), node.Text("description"), node.Text("x-hint"))
		if values := node.Texts("enum"); len(values) > 0 {
			fmt.Fprintf(&b, "# (%s)\n", strings.Join(values, ", "))
		}
		for _, example := range node.Examples()[:1] {
			fmt.Fprintf(&b, "# %s: %s\n", key, example)
		}
	}
	return b.String()
}

// Question is one thing to ask of whoever adds a co-op.
type Question struct {
	Field    string // see Fields
	Title    string
	Hint     string   // what to write, in a sentence or two
	Examples []string // of answers
	Default  string   // the answer that is meant by none; may be empty
}

// Questions returns what to ask next to the answers so far, in their order: first who lists the co-op, since
// the rest depends on it. The questions that come first do not change with the answers.
func (n *New) Questions(a Answers) []Question {
	paths := []string{"listed_by", "name", "slug", "website", "languages", "summary", "country", "place", "remote", "skills", "contact"}
	if byThirdParty(a) {
		paths = []string{"listed_by", "name", "slug", "website", "country", "place", "skills", "source.name", "source.url", "source.licence", "source.retrieved"}
	}
	questions := make([]Question, len(paths))
	for i, path := range paths {
		questions[i] = n.question(path, a)
	}
	return questions
}

// at are the places in the schema that explain a question, where its field is not one.
var at = map[string]string{"country": "locations/*/country", "place": "locations/*/place", "source.name": "source/name", "source.url": "source/url", "source.licence": "source/licence", "source.retrieved": "source/retrieved"}

// plainer are the questions that the form asks in plainer words: the schema speaks of codes there.
var plainer = []string{"languages", "summary", "country", "remote", "contact"}

func byThirdParty(a Answers) bool {
	return choice(a["listed_by"], []string{"coop", "third-party"}) == "third-party"
}

func (n *New) question(path string, a Answers) Question {
	q := Question{Field: path}
	say := problem.In(n.Language)
	if path == "slug" {
		q.Title, q.Hint, q.Default = say.Say(problem.Say("new.slug")), say.Say(problem.Say("new.slug-hint")), check.Slug(a["name"])
		return q
	}
	place := path
	if at[path] != "" {
		place = at[path]
	}
	node, _ := nodeAt(n.Language, place)
	q.Title, q.Hint = node.Text("title"), node.Text("description")+" "+node.Text("x-hint")
	switch {
	case path == "skills": // the rest is about ids
		q.Hint = node.Text("x-hint")
	case slices.Contains(plainer, path) && !byThirdParty(a):
		q.Hint = form[asksAt(path)].hint(n.Language)
	}
	if strings.HasPrefix(path, "source.") { // "Name" alone would be the co-op's
		source, _ := nodeAt(n.Language, "source")
		q.Title = source.Text("title") + ": " + q.Title
	}
	switch path {
	case "listed_by":
		q.Examples, q.Default = node.Texts("enum"), "coop"
	case "place", "name", "website", "source.name", "source.url", "source.licence", "source.retrieved":
		q.Examples = node.Examples()[:1]
	case "languages", "country":
		q.Examples = []string{form[asksAt(path)].placeholder(n.Language)}
	case "skills", "remote", "summary":
		q.Hint += " " + say.Say(problem.Say("new."+path))
	}
	return q
}

// SkillsMeant returns the skills that the words of an answer mean, by their labels, and which of the words
// the vocabulary lacks.
func (n *New) SkillsMeant(d *directory.Directory, text string) (labels, others []string) {
	m := newMaker(d)
	m.report = func(*problem.Rule, cell, problem.Message) {}
	f, _, _ := fieldAt("skills")
	skills, _ := m.profile([]entry{{f, "", cell{text: text}}}).value["skills"].([]any)
	for _, s := range skills {
		if id, known := s.(string); known {
			label, _ := d.Skill(id).Label.In(n.Language)
			labels = append(labels, label)
		} else if own, ok := s.(map[string]any); ok {
			others = append(others, fmt.Sprint(own["other"]))
		}
	}
	return labels, others
}

// Completions returns the answers that an unfinished one about skills may become: its last word is the
// beginning of what people call a skill.
func (n *New) Completions(d *directory.Directory, text string) []string {
	at := strings.LastIndexAny(text, ",;") + 1
	begun := strings.TrimLeft(text[at:], " ")
	before := text[:len(text)-len(begun)]
	if begun == "" {
		return nil
	}
	var found []string
	for _, s := range d.Skills {
		label, _ := s.Label.In(n.Language)
		for _, word := range append([]string{label, s.ID}, s.Synonyms[n.Language]...) {
			if strings.HasPrefix(world.Fold(word), world.Fold(begun)) {
				found = append(found, before+word)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
