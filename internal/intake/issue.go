package intake

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"coops/internal/check"
	"coops/internal/directory"
	"coops/internal/problem"
	"coops/internal/world"
	"coops/internal/yamldoc"
)

// MaxIssue is the most bytes that the text of an issue may have: GitHub takes 65,536 characters.
const MaxIssue = 4 * 65_536

// Issue is an issue made with the form "Add my co-op", on its way into a directory.
type Issue struct {
	Directory fs.FS          // as it is
	Today     directory.Date // when it was sent
	Head      string         // the comment that the file begins with; may be empty
	Body      string         // the text of its first message
	Language  string         // of who has sent it (BCP 47), where the form does not tell
	Sender    Sender
}

// Sender is the account that sent an issue. Nothing of the text decides who it is.
type Sender struct {
	Login string
	ID    int64
}

// Reading is what came of an issue.
type Reading struct {
	Language string         // of the form, in which to answer
	File     File           // the profile
	Claims   bool           // whether it takes over a listing by a third party, and so the file that is there
	Steward  bool           // whether the sender is proposed as a steward in it
	Report   problem.Report // problems name a field of the form (see Label) as their File; where it has Failed nothing may be proposed
}

// Read makes a profile of an issue. The error is for what stopped us.
func (i Issue) Read(ctx context.Context) (Reading, error) {
	r := Reading{Language: problem.In(i.Language).Language}
	if len(i.Body) > MaxIssue {
		return r.failed(problem.FileSize, problem.Say("form-size", "size", len(i.Body), "most", yamldoc.MaxSize)), nil
	}
	b := readBody(i.Body, i.Language)
	r.Language = b.language
	if b.found < 2 {
		return r.failed(problem.FormUnknown, problem.Say("form-unknown")), nil
	}
	n := &New{Directory: i.Directory, Today: i.Today, Head: i.Head, Language: b.language}
	known, err := n.Known(ctx)
	if err != nil {
		return r, err
	}
	m := newMaker(known)
	boxes := b.boxes()
	answers := b.profile(m)
	answers["listed_by"], answers["confirmed"] = "coop", string(i.Today) // who sends it has just said so
	p, problems := n.profile(known, answers)
	if listing := claimed(known, p); listing != nil && (answers["slug"] == "" || answers["slug"] == listing.Slug) {
		if err := p.claim(i.Directory, listing); err != nil {
			return r, err
		}
		r.Claims = true
		problems = slices.DeleteFunc(problems, func(p problem.Problem) bool { return p.File == "slug" })
		b.problems = append(b.problems, problem.Problem{File: "slug", Rule: problem.FormClaimed, Message: problem.Say("form-claimed", "where", p.file())})
	}
	if r.Steward = boxes[member] && boxes[steward] && i.Sender.ID > 0; r.Steward {
		p.set("stewards", []any{map[string]any{"login": i.Sender.Login, "id": json.Number(fmt.Sprint(i.Sender.ID))}}, cell{name: "you"})
	}
	if r.File, r.Report, err = n.checked(ctx, p, problems, ""); err != nil {
		return r, err
	}
	r.Report.Problems = append(b.problems, said(r.Report.Problems, answers, r.File.Name)...)
	slices.SortStableFunc(r.Report.Problems, func(a, b problem.Problem) int { return cmp.Compare(asksAt(a.File), asksAt(b.File)) })
	return r, nil
}

func (r Reading) failed(rule *problem.Rule, m problem.Message) Reading {
	r.Report.Problems = []problem.Problem{{Rule: rule, Message: m}}
	return r
}

// boxes returns which boxes are ticked, and reports those that have to be.
func (b *body) boxes() map[string]bool {
	you := form[len(form)-1]
	boxes := ticked(you, b.answers[you.field])
	for _, id := range []string{member, public} {
		if !boxes[id] {
			b.problems = append(b.problems, problem.Problem{File: you.field, Rule: problem.FormBox, Message: problem.Say("form-box."+id, "box", inEach(func(language string) string { return you.option(id, language) }))})
		}
	}
	return boxes
}

// inEach returns a text of ours that is in each language.
func inEach(text func(language string) string) problem.Message {
	texts := map[string]string{}
	for _, language := range problem.Languages {
		texts[language] = text(language)
	}
	return problem.Verbatim(texts)
}

// profile returns the answers as those of any new profile.
func (b *body) profile(m *maker) Answers {
	answers := Answers{}
	for _, a := range form {
		text := b.answers[a.field]
		if a.element == dropdown {
			text = chosen(a, text)
		}
		f, _, known := fieldAt(a.field)
		switch {
		case !known || text == "":
			continue
		case f.kind == asKnown || f.kind == asTaught:
			text = b.known(m, f, text)
		case f.kind == asAddress || f.kind == asContact || f.kind == asLinks:
			lines := strings.Split(text, "\n")
			for n := range lines {
				lines[n] = unlinked(strings.TrimSpace(strings.TrimLeft(lines[n], "-*• ")))
			}
			text = strings.Join(lines, "\n")
		}
		answers[a.field] = text
	}
	if language := chosen(form[asksAt("texts")], b.answers["texts"]); world.IsLanguage(language) {
		for _, field := range []string{"summary", "description"} {
			if text, ok := answers[field]; ok {
				delete(answers, field)
				answers[field+"."+language] = text
			}
		}
	}
	return answers
}

// chosen returns the option that is called so in any language, or what was written instead.
func chosen(a asked, text string) string {
	for _, id := range a.ids() {
		for _, language := range problem.Languages {
			if world.Fold(text) == world.Fold(asRead(a.option(id, language))) {
				return id
			}
		}
	}
	if a.field == "texts" {
		code, _ := world.FindLanguage(text)
		return code
	}
	return text
}

// known returns those items of an answer that the vocabulary has, and reports the others. Nobody should have
// to wait for a word that is not needed.
func (b *body) known(m *maker, f field, text string) string {
	find := m.finder(entry{field: f})
	words := m.words(f)
	var kept []string
	for _, item := range named(text, find) {
		if id, ok := find(item); ok {
			kept = append(kept, id)
			continue
		}
		left := problem.Say("form-left-out", "found", shorten(item))
		if near := check.Nearest(item, words); near != "" {
			left = problem.Say("form-left-out.near", "found", shorten(item), "near", near)
		}
		b.problems = append(b.problems, problem.Problem{File: f.path, Rule: problem.FormLeftOut, Message: left})
	}
	return strings.Join(kept, "; ")
}

// said returns the problems of a profile in words for people who filled in a form and have seen no file, each
// with the field of the form that it is about. own is the profile's file; what is said of others is left out.
func said(problems []problem.Problem, answers Answers, own string) []problem.Problem {
	slug := form[asksAt("slug")]
	label := inEach(slug.label)
	for i, p := range problems {
		field := p.File
		if base, _, _ := strings.Cut(field, "."); asksAt(field) < 0 && asksAt(base) >= 0 { // summary.es
			field = base
		}
		found, _ := p.Message.Args["found"].(string)
		where, _ := p.Message.Args["file"].(string)
		switch {
		case p.Rule == problem.MissingKey && asksAt(field) >= 0:
			if field == "remote" { // one of the two is needed
				field = "country"
			}
			a := form[asksAt(field)]
			p.Message = problem.Say("form-missing", "hint", inEach(a.hint))
		case p.Rule == problem.FileName:
			p.Message = problem.Say("form-slug", "name", shorten(cmp.Or(answers["slug"], line(answers["name"]))), "field", label)
		case p.Rule == problem.FormerSlug:
			if field != "slug" { // another's file says that it was its slug
				field, where = "slug", p.File
			}
			p.Rule, p.Message = problem.FormKnown, problem.Say("form-known.slug", "where", where, "field", label)
		case (p.Rule == problem.DuplicateWebsite || p.Rule == problem.DuplicateName) && answers["slug"] == "":
			p.Message = problem.Say("form-known."+strings.TrimPrefix(p.Rule.Name, "duplicate-"), "where", where, "field", label)
			p.Rule = problem.FormKnown
		case p.Rule == problem.ImportSkill:
			p.Message = problem.Say("form-own-words", "found", found)
		case p.Rule == problem.CountryCode && field == "country":
			p.Message = problem.Say("form-country", "found", found)
		case p.Rule == problem.LanguageCode && field == "languages":
			p.Message = problem.Say("form-language", "found", found)
		}
		p.File = field
		problems[i] = p
	}
	problems = slices.DeleteFunc(problems, func(p problem.Problem) bool { return asksAt(p.File) < 0 && p.File != own })
	return slices.CompactFunc(problems, func(a, b problem.Problem) bool {
		return a.File == b.File && a.Rule == b.Rule && fmt.Sprint(a.Message) == fmt.Sprint(b.Message)
	})
}

// asksAt returns where in the form a field is asked for; -1 where it is not.
func asksAt(field string) int {
	return slices.IndexFunc(form, func(a asked) bool { return a.field == field })
}

// Label returns how the form calls a field in a language; what it does not ask for keeps its name.
func Label(field, language string) string {
	if n := asksAt(field); n >= 0 {
		return form[n].label(language)
	}
	return field
}

var login = regexp.MustCompile(`^[A-Za-z0-9](-?[A-Za-z0-9])*$`)

// IsLogin tells whether a text is the name of an account of a person. Those of programs have brackets.
func IsLogin(text string) bool { return login.MatchString(text) && len(text) <= 39 }
