package ical

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func at(written string) time.Time {
	t, err := time.Parse(time.RFC3339, written)
	if err != nil {
		panic(err)
	}
	return t
}

func show() Event {
	return Event{
		UID: "elixir@directory.example", Stamp: at("2026-10-01T00:00:00Z"), Start: at("2026-10-15T15:00:00-03:00"), End: at("2026-10-15T16:00:00-03:00"),
		Summary: "Elixir en una hora", Language: "es", Description: "Mostramos cómo se ve por dentro.\n\nCon grabación.",
		Location: "Rosario", URL: "https://directory.example/events/elixir/", Categories: []string{"Elixir", "Phoenix"},
	}
}

func TestCalendarIsWrittenAsTheStandardHasIt(t *testing.T) {
	want := strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//coops//calendar//EN
NAME:Mareas\, Comunes
X-WR-CALNAME:Mareas\, Comunes
REFRESH-INTERVAL;VALUE=DURATION:P1D
BEGIN:VEVENT
UID:elixir@directory.example
DTSTAMP:20261001T000000Z
DTSTART:20261015T180000Z
DTEND:20261015T190000Z
SUMMARY;LANGUAGE=es:Elixir en una hora
DESCRIPTION;LANGUAGE=es:Mostramos cómo se ve por dentro.\n\nCon grabación
 .
LOCATION:Rosario
URL:https://directory.example/events/elixir/
CATEGORIES:Elixir,Phoenix
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")
	if got := string(Calendar{Name: "Mareas, Comunes", Events: []Event{show()}}.Bytes()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A calendar without a component is none.
func TestCalendarWithoutEventsHoldsAZone(t *testing.T) {
	got := string(Calendar{}.Bytes())
	if !strings.Contains(got, "BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\n") || strings.Contains(got, "VEVENT") || strings.Contains(got, "NAME:\r\n") {
		t.Errorf("got\n%s", got)
	}
}

func TestTextCannotLeaveItsProperty(t *testing.T) {
	for text, want := range map[string]string{
		"a;b,c\\d":                              `a\;b\,c\\d`,
		"one\r\ntwo\rthree\nfour":               `one\ntwo\nthree\nfour`,
		"x\r\nEND:VEVENT\r\nBEGIN:VEVENT":       `x\nEND:VEVENT\nBEGIN:VEVENT`,
		"line\u2028separator\u2029and\u0085NEL": `line\nseparator\nandNEL`,
		"bell\a nul\x00 esc\x1b del\x7f tab\t.": "bell nul esc del tab .",
		"broken\xff\xfe":                        "broken",
		`"quoted": yes`:                         `"quoted": yes`,
	} {
		if got := escape(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got, want := address("https://a.example/ü x\r\nATTACH:y"), "https://a.example/%C3%BC%20x%0D%0AATTACH:y"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	e := show()
	e.Language = "es:x\r\nATTACH"
	if got := string(Calendar{Events: []Event{e}}.Bytes()); !strings.Contains(got, "\r\nSUMMARY:Elixir") {
		t.Errorf("a language that is none is written:\n%s", got)
	}
}

func TestAnEventWithoutLengthHasNoEnd(t *testing.T) {
	e := show()
	e.End = e.Start
	if got := (Calendar{Events: []Event{e}}).Bytes(); bytes.Contains(got, []byte("DTEND")) {
		t.Errorf("got\n%s", got)
	}
}

// FuzzLines holds what a reader of calendars relies on: lines of at most 75 octets that end in CR LF, whole
// characters, and nothing but the properties of one event, whatever is written in them.
func FuzzLines(f *testing.F) {
	f.Add("Ñandú "+strings.Repeat("é", 80), "a\nEND:VCALENDAR", "es", "https://a.example/")
	f.Add(strings.Repeat("🌊", 40), strings.Repeat("x", 300), "", "\r\n")
	f.Add("\xf0\x9f", "\r", "pt-BR", "a b")
	f.Fuzz(func(t *testing.T, summary, description, language, url string) {
		e := show()
		e.Summary, e.Description, e.Language, e.URL, e.Location, e.Categories = summary, description, language, url, summary, []string{description, summary}
		out := Calendar{Name: summary, Events: []Event{e}}.Bytes()
		if !utf8.Valid(out) || !bytes.HasSuffix(out, []byte("\r\n")) {
			t.Fatalf("not text of whole lines: %q", out)
		}
		lines := strings.Split(strings.TrimSuffix(string(out), "\r\n"), "\r\n")
		var unfolded []string
		for _, l := range lines {
			if len(l) > mostOctets || strings.ContainsAny(l, "\r\n") {
				t.Fatalf("a line of %d octets: %q", len(l), l)
			}
			if rest, folded := strings.CutPrefix(l, " "); folded {
				unfolded[len(unfolded)-1] += rest
			} else {
				unfolded = append(unfolded, l)
			}
		}
		begins := 0
		for _, l := range unfolded {
			name, _, ok := strings.Cut(l, ":")
			if name, _, _ = strings.Cut(name, ";"); !ok || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") != "" {
				t.Fatalf("not a property: %q", l)
			}
			if name == "BEGIN" || name == "END" {
				begins++
			}
		}
		if begins != 4 {
			t.Fatalf("%d lines that begin or end something, want 4: %q", begins, unfolded)
		}
	})
}
