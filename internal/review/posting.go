package review

import (
	"maps"
	"path"
	"slices"
	"time"

	"coops/internal/directory"
	"coops/internal/exchange"
)

// Posting is what a proposal does to one event or request.
type Posting struct {
	Type   string // event or request, as its schema is called
	Slug   string // as it would be; of one that is removed, as it was
	From   string // what a renamed one was called
	Kind   Kind   // Closed: of a request, that nobody needs to answer it any more
	Fields []Field
	Form   bool // as of a Coop, or in no field at all

	// What follows is as it would be, or of one that is removed or cannot be read, as it was.
	Title     directory.Text
	Languages []string
	Over      bool                // it has taken place, or its last day for an answer has passed
	Who       directory.Requester // of a request
	Contact   *directory.Contact  // of a request
	Hosts     []string            // of an event: slugs, of those that were and that would be

	Mine     bool                // the author is a steward of a co-op that hosts the event, before the proposal where it was there
	Unasked  []string            // those of Hosts for whom the author does not speak, nor for another that hosted it before
	Stewards []directory.Steward // of Hosts, as the base has them

	size int // of the file before and after
}

// folders are where postings lie, by their type.
var folders = map[string]string{"event": "data/events", "request": "data/requests"}

// pathOf returns the path of a posting from the top of the repository.
func (r *Review) pathOf(p Posting, slug string) string {
	return path.Join(r.folder, folders[p.Type], slug+".yaml")
}

// untold returns the other data of which only the name can be said.
func (r *Review) untold() []string {
	told := map[string]bool{}
	maps.Copy(told, r.told)
	for _, p := range r.Postings {
		told[r.pathOf(p, p.Slug)] = true
		if p.From != "" {
			told[r.pathOf(p, p.From)] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(r.DataFiles), func(name string) bool { return told[name] })
}

// posting tells what happens to an event or request.
func (p Proposal) posting(t touched, before, after side) (Posting, error) {
	made := p.aboutPosting(t, before, after)
	d, err := p.compare(t)
	made.Fields, made.size = d.fields, d.size
	made.Form = made.Kind == Changed && (d.form || len(d.fields) == 0)
	return made, err
}

// aboutPosting tells what happens to an event or request, as far as its path and the directories say.
func (p Proposal) aboutPosting(t touched, before, after side) Posting {
	made := Posting{Type: t.schema, Slug: t.slug()}
	made.Kind, made.From = t.kind()
	was, is := slugOf(t.before), slugOf(t.after)
	if t.schema == "event" {
		p.aboutEvent(&made, before.events[was], after.events[is], before)
	} else {
		p.aboutRequest(&made, before.requests[was], after.requests[is])
	}
	return made
}

func (p Proposal) aboutEvent(made *Posting, was, is *directory.Event, before side) {
	var held, holds []string
	if was != nil {
		held = was.Hosts
		made.tellEvent(was, p.Today)
	}
	if is != nil {
		holds = is.Hosts
		made.tellEvent(is, p.Today)
	}
	mine := func(slug string) bool { return p.speaksFor(before.bySlug[slug]) }
	asked := held
	if was == nil {
		asked = holds
	}
	made.Mine = slices.ContainsFunc(asked, mine)
	for _, slug := range append(slices.Clone(held), holds...) {
		if slices.Contains(made.Hosts, slug) {
			continue
		}
		made.Hosts = append(made.Hosts, slug)
		if !mine(slug) && !(made.Mine && slices.Contains(held, slug)) {
			made.Unasked = append(made.Unasked, slug)
		}
		if c := before.bySlug[slug]; c != nil {
			made.Stewards = append(made.Stewards, c.Stewards...)
		}
	}
}

func (made *Posting) tellEvent(e *directory.Event, today directory.Date) {
	made.Title, made.Languages = e.Title, e.Languages
	end, ok := directory.Instant(e.End)
	made.Over = ok && end.UTC().Format(time.DateOnly) < string(today)
}

func (p Proposal) aboutRequest(made *Posting, was, is *directory.Request) {
	for _, q := range []*directory.Request{was, is} {
		if q != nil {
			made.Title, made.Languages, made.Who, made.Contact = q.Title, q.Languages, q.Who, q.Contact
			made.Over = q.Open() && !exchange.Wanted(q, p.Today)
		}
	}
	if was != nil && is != nil && was.Open() && is.Status != "" && !is.Open() {
		made.Kind = Closed
	}
}

// speaksFor tells whether the author is a steward of a co-op, as the base has it.
func (p Proposal) speaksFor(c *directory.Coop) bool {
	return c != nil && slices.ContainsFunc(c.Stewards, func(s directory.Steward) bool { return s.ID == p.Author.ID && s.ID > 0 })
}

// leads are the fields that say who holds an event or asks for help, and where whoever answers is led.
var leads = []string{"hosts", "online", "who", "contact"}

func changesLead(f Field) bool { return slices.Contains(leads, f.Key()) }

// count counts what of events and requests a person has to know of, by the codes of reasons.
func (p Posting) count(counts map[string]int) {
	if p.Type == "event" && !p.Mine {
		counts[hosts]++
	}
	switch {
	case p.Kind == Removed:
		counts[gone]++
	case p.Kind != Added && slices.ContainsFunc(p.Fields, changesLead):
		counts[lead]++
	}
}
