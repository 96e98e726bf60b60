package site

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"coops/internal/directory"
)

// event is a date on which co-ops meet: data/events/<language>.json is a list of them, those to come first, the
// next one before all, then those that are over, the last one first.
type event struct {
	eventLine
	Online      string `json:"online,omitempty"` // address to join or to sign up at
	OnlineHost  string `json:"online_host,omitempty"`
	Languages   []term `json:"languages"`
	Topics      []term `json:"topics,omitempty"`
	Description *said  `json:"description,omitempty"`
	JSONLD      string `json:"json_ld"` // schema.org Event, safe within a script element
}

// eventLine is an event in a list. The times keep the offset in which the event was announced.
type eventLine struct {
	Slug   string `json:"slug"`
	Title  *said  `json:"title"`
	Kind   string `json:"kind"`  // i18n key event_<kind>, hyphens as underscores
	Start  string `json:"start"` // RFC 3339
	End    string `json:"end"`
	Offset string `json:"offset"`   // of the start, as people write it: UTC−3, UTC+5:30, UTC
	OneDay bool   `json:"one_day"`  // it ends on the day on which it starts, there
	Over   bool   `json:"over"`     // it was over before the day of the build
	Place  string `json:"place"`    // empty: online only
	Hosts  []term `json:"hosts"`    // slugs and names
	Host   string `json:"by"`       // the hosts' names, for a sentence
	Remote bool   `json:"isonline"` // one can take part from anywhere
}

// dated is an event with its times read.
type dated struct {
	*directory.Event
	start, end time.Time
	over       bool
}

// agenda reads the events on a day, in the order of data/events.
func agenda(d *directory.Directory, today string) []dated {
	all := []dated{}
	for _, e := range d.Events {
		start, ok := directory.Instant(e.Start)
		end, ok2 := directory.Instant(e.End)
		if ok && ok2 {
			all = append(all, dated{e, start, end, end.UTC().Format(time.DateOnly) < today})
		}
	}
	slices.SortStableFunc(all, func(a, b dated) int {
		if a.over && b.over {
			a, b = b, a
		}
		return cmp.Or(cmp.Compare(order(!b.over), order(!a.over)), a.start.Compare(b.start), strings.Compare(a.Slug, b.Slug))
	})
	return all
}

func (v *view) events() []event {
	all := []event{}
	for _, e := range agenda(v.Directory, v.today) {
		all = append(all, event{
			eventLine: v.eventLine(e), Online: e.Online, OnlineHost: hostOf(e.Online), Languages: terms(e.Languages, v.languageTerm),
			Topics: terms(v.currentOf(e.Topics), v.skillTerm), Description: v.say(e.Description, true), JSONLD: v.eventLD(e),
		})
	}
	return all
}

func (v *view) eventLine(e dated) eventLine {
	hosts := terms(e.Hosts, v.coopTerm)
	names := make([]string, len(hosts))
	for i, h := range hosts {
		names[i] = h.Label
	}
	return eventLine{
		Slug: e.Slug, Title: v.say(e.Title, false), Kind: e.Kind,
		Start: e.start.Format(time.RFC3339), End: e.end.Format(time.RFC3339), Offset: offsetOf(e.start),
		OneDay: e.start.Format(time.DateOnly) == e.end.Format(time.DateOnly), Over: e.over, Place: e.Place,
		Hosts: hosts, Host: strings.Join(names, ", "), Remote: e.Online != "",
	}
}

// eventsOf returns some of the events as lines, in their order.
func (v *view) eventsOf(events []dated, of func(dated) bool) []eventLine {
	var lines []eventLine
	for _, e := range events {
		if of(e) {
			lines = append(lines, v.eventLine(e))
		}
	}
	return lines
}

// currentOf returns the ids in use for ids of skills, each once.
func (x *index) currentOf(ids []string) []string { return unique(ids, x.current) }

// coopTerm returns the slug and the name of a co-op.
func (v *view) coopTerm(slug string) term {
	if c := v.bySlug[slug]; c != nil {
		return term{slug, c.Name}
	}
	return term{slug, slug}
}

// offsetOf writes the offset of a time as people do, with a real minus.
func offsetOf(t time.Time) string {
	_, seconds := t.Zone()
	if seconds == 0 {
		return "UTC"
	}
	sign := "+"
	if seconds < 0 {
		sign, seconds = "−", -seconds
	}
	hours := time.Duration(seconds) * time.Second
	written := time.Time{}.Add(hours).Format("15:04")
	written = strings.TrimSuffix(strings.TrimPrefix(written, "0"), ":00")
	return "UTC" + sign + written
}

// happening is an event for machines, as schema.org writes it.
type happening struct {
	Context     string   `json:"@context"`
	Type        string   `json:"@type"`
	Name        string   `json:"name"`
	Description string   `json:"description,omitempty"` // only in the language of the page
	Start       string   `json:"startDate"`
	End         string   `json:"endDate"`
	Status      string   `json:"eventStatus"`
	Attendance  string   `json:"eventAttendanceMode"`
	Places      []venue  `json:"location"`
	Hosts       []member `json:"organizer"`
	Languages   []string `json:"inLanguage,omitempty"`
	Keywords    []string `json:"keywords,omitempty"`
}

type venue struct {
	Type    string `json:"@type"` // Place or VirtualLocation
	Name    string `json:"name,omitempty"`
	Address string `json:"address,omitempty"`
	URL     string `json:"url,omitempty"`
}

// eventLD writes an event for <script type="application/ld+json">; see jsonLD.
func (v *view) eventLD(e dated) string {
	title, _ := e.Title.In(v.in)
	h := happening{
		Context: "https://schema.org", Type: "Event", Name: title, Description: e.Description[v.in],
		Start: e.start.Format(time.RFC3339), End: e.end.Format(time.RFC3339), Status: "https://schema.org/EventScheduled", Languages: e.Languages,
	}
	if e.Place != "" {
		h.Attendance = "https://schema.org/OfflineEventAttendanceMode"
		h.Places = append(h.Places, venue{Type: "Place", Name: e.Place, Address: e.Place})
	}
	if e.Online != "" {
		h.Attendance = "https://schema.org/OnlineEventAttendanceMode"
		h.Places = append(h.Places, venue{Type: "VirtualLocation", URL: e.Online})
	}
	if len(h.Places) == 2 {
		h.Attendance = "https://schema.org/MixedEventAttendanceMode"
	}
	for _, slug := range e.Hosts {
		m := member{Type: "Organization", Name: v.coopTerm(slug).Label}
		if c := v.bySlug[slug]; c != nil {
			m.URL = c.Website
		}
		h.Hosts = append(h.Hosts, m)
	}
	for _, id := range v.currentOf(e.Topics) {
		h.Keywords = append(h.Keywords, v.skillLabel(id))
	}
	written, err := json.Marshal(h)
	if err != nil {
		return "{}" // strings alone cannot fail
	}
	return string(written)
}
