package review

import (
	"slices"
	"strings"

	"coops/internal/problem"
)

// told says what differs in a file, field by field, or of one that is new, what it says.
func (w words) told(kind Kind, fields []Field) []problem.Message {
	var all []problem.Message
	for _, f := range fields {
		switch {
		case isList(f.Before) && isList(f.After):
			all = append(all, w.lists(kind, f)...)
		case w.isProse(f):
			all = append(all, w.prose(f))
		default:
			all = append(all, w.scalar(kind, f))
		}
	}
	return all
}

// isList tells whether a value is a list, or nothing.
func isList(value any) bool {
	_, ok := value.([]any)
	return ok || value == nil
}

// isProse tells whether a field is a text for people that was and is there.
func (w words) isProse(f Field) bool {
	_, was := f.Before.(string)
	_, is := f.After.(string)
	return was && is && (f.Key() == "summary" || f.Key() == "description" || w.schema == "governance")
}

func (w words) scalar(kind Kind, f Field) problem.Message {
	title, before, after := w.title(f.Path), w.value(f.Path, f.Before), w.value(f.Path, f.After)
	switch {
	case kind == Added:
		return problem.Say("review-field.says", "field", title, "after", after)
	case f.Before == nil:
		return problem.Say("review-field.new", "field", title, "after", after)
	case f.After == nil:
		return problem.Say("review-field.gone", "field", title, "before", before)
	}
	return problem.Say("review-field.changed", "field", title, "before", before, "after", after)
}

func (w words) prose(f Field) problem.Message {
	before, _ := f.Before.(string)
	after, _ := f.After.(string)
	d := wordDiff(before, after)
	if !d.differs() {
		return problem.Say("review-field.breaks", "field", w.title(f.Path))
	}
	return problem.Say("review-field.text", "field", w.title(f.Path), "diff", d)
}

// lists says what came to a list, what went, and what is said otherwise.
func (w words) lists(kind Kind, f Field) []problem.Message {
	before, after := w.entries(f, f.Before), w.entries(f, f.After)
	was, is := map[string]listed{}, map[string]bool{}
	for _, e := range before {
		was[e.id] = e
	}
	var all []problem.Message
	came, went := grouped{}, grouped{}
	for _, e := range after {
		is[e.id] = true
		if old, known := was[e.id]; !known {
			came.add(e)
		} else if old.says != e.says {
			all = append(all, problem.Say("review-field.changed", "field", w.title(f.Path), "before", old.says, "after", e.says))
		}
	}
	for _, e := range before {
		if !is[e.id] {
			went.add(e)
		}
	}
	how := "more"
	if kind == Added {
		how = "says"
	}
	for _, group := range groups {
		if says := came[group]; len(says) > 0 {
			all = append(all, problem.Say(group+how, "field", w.title(f.Path), "values", strings.Join(says, ", ")))
		}
		if says := went[group]; len(says) > 0 {
			all = append(all, problem.Say(group+"less", "field", w.title(f.Path), "values", strings.Join(says, ", ")))
		}
	}
	if len(all) == 0 && (f.Before == nil || f.After == nil) { // a list without entries came or went
		return []problem.Message{w.scalar(kind, f)}
	}
	if len(all) == 0 { // the same in another order, or twice
		all = append(all, problem.Say("review-field.order", "field", w.title(f.Path), "after", w.value(f.Path, f.After)))
	}
	return all
}

// listed is an entry of a list: what it is known by, how the list is told, and what it says.
type listed struct{ id, group, says string }

// groups are the ways in which what comes and goes is told, by how their messages begin.
var groups = []string{"review-does.", "review-teaches.", "review-learn.", "review-work.", "review-partner.", inList}

const inList = "review-list."

type grouped map[string][]string

func (g grouped) add(e listed) { g[e.group] = append(g[e.group], e.says) }

// entries returns the entries of a list.
func (w words) entries(f Field, value any) []listed {
	list, _ := value.([]any)
	var all []listed
	for _, v := range list {
		says := w.value(f.Path, v)
		if text, bare := v.(string); bare {
			says = w.text(f.Key(), text)
		}
		e := listed{says, inList, says}
		m, _ := v.(map[string]any)
		if w.schema != "coop" {
			all = append(all, e)
			continue
		}
		switch f.Key() {
		case "skills":
			e.group, e.id = "review-does.", textOf(m, "skill")+"|"+textOf(m, "other")
			if id, bare := v.(string); bare {
				e.id = id + "|"
			}
		case "teaches":
			e.group, e.id = "review-teaches.", textOf(m, "skill")
		case "needs":
			e.id = textOf(m, "kind") + "|" + textOf(m, "skill")
			if group := "review-" + textOf(m, "kind") + "."; slices.Contains(groups, group) {
				e.group = group
			}
		case "products":
			e.id = textOf(m, "name")
		case "links":
			e.id = textOf(m, "url")
		}
		all = append(all, e)
	}
	return all
}
