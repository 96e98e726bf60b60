package site

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"coops/internal/directory"
)

func met() *directory.Directory {
	d := small()
	host := d.Coops[0]
	host.Networks = []string{"ring"}
	d.Events = []*directory.Event{
		{Slug: "far", Title: directory.Text{"es": "Lejos"}, Kind: "talk", Start: "2027-03-01T10:00Z", End: "2027-03-01T11:00Z", Place: "Rosario", Languages: []string{"es"}, Hosts: []string{host.Slug}},
		{Slug: "long-ago", Title: directory.Text{"en": "Long ago"}, Kind: "talk", Start: "2025-03-01T10:00Z", End: "2025-03-01T11:00Z", Online: "https://a.example", Languages: []string{"en"}, Hosts: []string{d.Coops[1].Slug}},
		{Slug: "near", Title: directory.Text{"en": "</script><b>"}, Kind: "training", Start: "2026-11-23T23:30-03:00", End: "2026-11-24T00:30-03:00", Online: "https://www.a.example/x", Languages: []string{"en"}, Hosts: []string{d.Coops[1].Slug}},
		{Slug: "yesterday", Title: directory.Text{"en": "Yesterday"}, Kind: "talk", Start: "2026-11-22T10:00+05:30", End: "2026-11-22T11:00+05:30", Online: "https://a.example", Languages: []string{"en"}, Hosts: []string{d.Coops[1].Slug}},
	}
	return d
}

func on(v *view, today string) *view {
	v.today = today
	return v
}

func TestEventsToComeStandBeforeThoseThatAreOver(t *testing.T) {
	var got []string
	for _, e := range on(newView(newIndex(met()), "en"), "2026-11-23").events() {
		got = append(got, fmt.Sprint(e.Slug, " ", e.Over, " ", e.OneDay, " ", e.Offset))
	}
	want := "near false false UTC−3; far false true UTC; yesterday true true UTC+5:30; long-ago true true UTC"
	if strings.Join(got, "; ") != want {
		t.Errorf("got  %q\nwant %q", strings.Join(got, "; "), want)
	}
}

func TestEventForMachinesCannotLeaveItsElement(t *testing.T) {
	events := on(newView(newIndex(met()), "en"), "2026-11-23").events()
	if strings.ContainsAny(events[0].JSONLD, "<>") {
		t.Errorf("got %s", events[0].JSONLD)
	}
	var read struct {
		Name, StartDate, EventAttendanceMode string
		Location                             []struct{ URL, Name string }
		Organizer                            []struct{ Name string }
	}
	if err := json.Unmarshal([]byte(events[0].JSONLD), &read); err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(read), "{</script><b> 2026-11-23T23:30:00-03:00 https://schema.org/OnlineEventAttendanceMode [{https://www.a.example/x }] [{Bëech}]}"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestOffsetsAreWrittenAsPeopleDo(t *testing.T) {
	for minutes, want := range map[int]string{0: "UTC", 330: "UTC+5:30", -180: "UTC−3", 765: "UTC+12:45", -570: "UTC−9:30", 600: "UTC+10"} {
		if got := offsetOf(time.Now().In(time.FixedZone("", minutes*60))); got != want {
			t.Errorf("%d: got %s, want %s", minutes, got, want)
		}
	}
}

func TestCalendarsHoldTheirEventsOnly(t *testing.T) {
	v := on(newView(newIndex(met()), "es"), "2026-11-23")
	files := v.calendars("Directorio", "https://d.example/es/")
	for name, want := range map[string]string{
		"events/calendar.ics":        "long-ago yesterday near far",
		"networks/ring/calendar.ics": "far",
		"languages/es/calendar.ics":  "far",
		"events/near/event.ics":      "near",
	} {
		var got []string
		for line := range strings.Lines(string(files[name])) {
			if id, ok := strings.CutPrefix(line, "UID:"); ok {
				got = append(got, strings.TrimSuffix(strings.TrimSpace(id), "@d.example"))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if _, ok := files["languages/en/calendar.ics"]; ok {
		t.Error("a language that no co-op speaks has no page, so no calendar")
	}
	if got := string(files["networks/ring/calendar.ics"]); !strings.Contains(got, "NAME:Directorio: Ring\r\n") || !strings.Contains(got, "URL:https://d.example/es/events/far/\r\n") || !strings.Contains(got, "SUMMARY;LANGUAGE=es:Lejos\r\n") || !strings.Contains(got, "DTSTAMP:20261123T000000Z") {
		t.Errorf("got\n%s", got)
	}
	if got := string(files["events/calendar.ics"]); !strings.Contains(got, "UID:yesterday@d.example\r\nDTSTAMP:20261122T053000Z") {
		t.Errorf("what is over changes no more; got\n%s", got)
	}
}

func TestRequestsSayWhoCouldAnswerThem(t *testing.T) {
	d := met()
	d.Requests = []*directory.Request{
		{Slug: "answered", Title: directory.Text{"en": "A"}, Who: directory.Requester{Name: "Farm"}, Skills: []string{"web"}, Status: "answered"},
		{Slug: "late", Title: directory.Text{"en": "B"}, Who: directory.Requester{Name: "Farm"}, Skills: []string{"web"}, Status: "open", Until: "2026-11-22"},
		{Slug: "someday", Title: directory.Text{"en": "C"}, Who: directory.Requester{Name: "Farm"}, Skills: []string{"web"}, Languages: []string{"es"}, Status: "open"},
		{Slug: "soon", Title: directory.Text{"en": "D"}, Who: directory.Requester{Name: "Farm"}, Skills: []string{"web"}, Status: "in-talks", Until: "2026-11-23"},
	}
	var got []string
	for _, r := range on(newView(newIndex(d), "en"), "2026-11-23").requests() {
		line := fmt.Sprint(r.Slug, " ", r.Status, " ", r.Could)
		for _, w := range r.Volunteers {
			line += " " + w.Coop.ID
			for _, reason := range w.Reasons {
				line += " " + reason.Code + "=" + reason.Values
			}
		}
		got = append(got, line)
	}
	want := "soon in-talks 2 alder fresh= beech skill=; someday open 2 alder language=Spanish fresh= beech skill=; late past 0; answered answered 0"
	if strings.Join(got, "; ") != want {
		t.Errorf("got  %q\nwant %q", strings.Join(got, "; "), want)
	}
}
