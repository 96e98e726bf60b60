// Package ical writes calendars as RFC 5545 has them. It knows no files and no clock.
package ical

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Calendar is what one file holds.
type Calendar struct {
	Name   string // shown by programs that subscribe (RFC 7986); empty: none
	Events []Event
}

// Event is one date of a calendar.
type Event struct {
	UID         string // the same in every calendar that has the event, and in every version of it
	Stamp       time.Time
	Start, End  time.Time
	Summary     string
	Language    string // BCP 47, of the summary and the description; empty: not said
	Description string // plain text
	Location    string
	URL         string
	Categories  []string
}

// mostOctets is how long a line may be without its break (RFC 5545, 3.1).
const mostOctets = 75

// Bytes writes the calendar. The same calendar gives the same bytes. Text may be anything: what would end a
// line or a property is escaped or left out.
func (c Calendar) Bytes() []byte {
	var b bytes.Buffer
	line(&b, "BEGIN:VCALENDAR")
	line(&b, "VERSION:2.0")
	line(&b, "PRODID:-//coops//calendar//EN")
	if c.Name != "" {
		line(&b, "NAME:"+escape(c.Name))
		line(&b, "X-WR-CALNAME:"+escape(c.Name)) // what most programs read instead
	}
	line(&b, "REFRESH-INTERVAL;VALUE=DURATION:P1D")
	if len(c.Events) == 0 {
		nothing(&b)
	}
	for _, e := range c.Events {
		e.write(&b)
	}
	line(&b, "END:VCALENDAR")
	return b.Bytes()
}

// nothing stands in a calendar without events, which must hold something (RFC 5545, 3.6): the zone of UTC.
func nothing(b *bytes.Buffer) {
	for _, s := range []string{
		"BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000",
		"TZNAME:UTC", "END:STANDARD", "END:VTIMEZONE",
	} {
		line(b, s)
	}
}

func (e Event) write(b *bytes.Buffer) {
	in := ""
	if isTag(e.Language) {
		in = ";LANGUAGE=" + e.Language
	}
	line(b, "BEGIN:VEVENT")
	line(b, "UID:"+escape(e.UID))
	line(b, "DTSTAMP:"+instant(e.Stamp))
	line(b, "DTSTART:"+instant(e.Start))
	if e.End.After(e.Start) {
		line(b, "DTEND:"+instant(e.End))
	}
	line(b, "SUMMARY"+in+":"+escape(e.Summary))
	if e.Description != "" {
		line(b, "DESCRIPTION"+in+":"+escape(e.Description))
	}
	if e.Location != "" {
		line(b, "LOCATION:"+escape(e.Location))
	}
	if e.URL != "" {
		line(b, "URL:"+address(e.URL))
	}
	if len(e.Categories) > 0 {
		escaped := make([]string, len(e.Categories))
		for i, c := range e.Categories {
			escaped[i] = escape(c)
		}
		line(b, "CATEGORIES:"+strings.Join(escaped, ","))
	}
	line(b, "END:VEVENT")
}

// instant writes a time in UTC, so that no zone needs to be described.
func instant(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// escape writes text as a value of type TEXT (RFC 5545, 3.3.11).
func escape(text string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(text, "\r\n", "\n") {
		switch {
		case r == '\\' || r == ';' || r == ',':
			b.WriteRune('\\')
			b.WriteRune(r)
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteRune(' ')
		case r == utf8.RuneError || unicode.IsControl(r):
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// address writes a value of type URI, in which what is no part of one is encoded.
func address(uri string) string {
	var b strings.Builder
	for i := range len(uri) {
		if c := uri[i]; c <= ' ' || c >= 0x7f {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isTag(language string) bool {
	for _, r := range language {
		if r != '-' && !('a' <= r && r <= 'z') && !('A' <= r && r <= 'Z') && !('0' <= r && r <= '9') {
			return false
		}
	}
	return language != ""
}

// line writes a line, folded where it is too long, never within a character.
func line(b *bytes.Buffer, text string) {
	left := mostOctets
	for _, r := range text {
		if n := utf8.RuneLen(r); n > left {
			b.WriteString("\r\n ")
			left = mostOctets - 1
		}
		b.WriteRune(r)
		left -= utf8.RuneLen(r)
	}
	b.WriteString("\r\n")
}
