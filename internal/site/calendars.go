package site

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"coops/internal/directory"
	"coops/internal/ical"
)

// calendars returns the calendars of one language of the site, by their names below its folder: that of all events,
// and of each network and each spoken language that has any.
func (v *view) calendars(title, address string) map[string][]byte {
	day, _ := directory.Date(v.today).Time()
	all := agenda(v.Directory, v.today)
	of := map[string]*ical.Calendar{"events/calendar.ics": {Name: title}}
	in := func(name, suffix string, e ical.Event) {
		c := of[name]
		if c == nil {
			c = &ical.Calendar{Name: title + ": " + suffix}
			of[name] = c
		}
		c.Events = append(c.Events, e)
	}
	slices.SortFunc(all, func(a, b dated) int { return a.start.Compare(b.start) })
	for _, e := range all {
		entry := v.calendarEvent(e, day, address)
		in("events/calendar.ics", "", entry)
		in("events/"+e.Slug+"/event.ics", entry.Summary, entry)
		for _, id := range v.networksOf(e) {
			in("networks/"+id+"/calendar.ics", v.networkTerm(id).Label, entry)
		}
		for _, code := range unique(e.Languages, strings.ToLower) {
			if len(v.spokenBy(code)) > 0 { // a language that no co-op speaks has no page
				in("languages/"+code+"/calendar.ics", v.languageTerm(code).Label, entry)
			}
		}
	}
	files := map[string][]byte{}
	for name, c := range of {
		files[name] = c.Bytes()
	}
	return files
}

// calendarEvent returns an event as it stands in calendars. What changes of it until it is over, changes on the day of
// the build.
func (v *view) calendarEvent(e dated, today time.Time, address string) ical.Event {
	title, in := e.Title.In(v.in)
	page := address + "events/" + e.Slug + "/"
	text, _ := e.Description.In(in)
	host := hostOf(address)
	c := ical.Event{
		UID: e.Slug + "@" + host, Start: e.start, End: e.end, Stamp: today, Summary: title, Language: in,
		Description: strings.TrimSpace(strings.TrimSpace(text) + "\n\n" + page), Location: e.Place, URL: page,
	}
	if e.end.Before(today) {
		c.Stamp = e.end
	}
	if c.Location == "" {
		c.Location = e.Online
	}
	for _, id := range v.currentOf(e.Topics) {
		c.Categories = append(c.Categories, v.skillLabel(id))
	}
	return c
}

// networksOf returns the networks of an event's hosts, each once.
func (x *index) networksOf(e dated) []string {
	var all []string
	for _, slug := range e.Hosts {
		if c := x.bySlug[slug]; c != nil {
			all = append(all, c.Networks...)
		}
	}
	return unique(all, func(id string) string { return id })
}

// spokenBy returns the co-ops that speak a language, by its code in lower case.
func (x *index) spokenBy(code string) []*directory.Coop {
	for written, coops := range x.language {
		if strings.ToLower(written) == code {
			return coops
		}
	}
	return nil
}

// writeCalendars writes the calendars of all languages below a folder, as the pages stand below the site's. The first
// language stands at the root.
func writeCalendars(folder string, views []*view, s settings) error {
	for i, v := range views {
		prefix := ""
		if i > 0 {
			prefix = v.in + "/"
		}
		for name, content := range v.calendars(s.titles[v.in], s.address+prefix) {
			target := filepath.Join(folder, filepath.FromSlash(path.Join(prefix, name)))
			if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(target, content, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}
