package directory

import (
	"sort"
	"time"
)

// Text is text for people: from language (BCP 47) to what is said in it.
type Text map[string]string

// In returns the text in the first language of prefer that t has, and that language. Where t has
// none of them it falls back to English, then to the first language in alphabetical order, so that
// something is always said; an empty t returns two empty strings.
func (t Text) In(prefer ...string) (text, language string) {
	for _, language := range append(prefer, "en") {
		if text, ok := t[language]; ok {
			return text, language
		}
	}
	if languages := t.Languages(); len(languages) > 0 {
		return t[languages[0]], languages[0]
	}
	return "", ""
}

// Languages returns the languages t is written in, in alphabetical order.
func (t Text) Languages() []string {
	languages := make([]string, 0, len(t))
	for language := range t {
		languages = append(languages, language)
	}
	sort.Strings(languages)
	return languages
}

// Date is a calendar day as it is written, YYYY-MM-DD (ISO 8601), or a year alone where the schema
// allows one. As text it sorts in the order of time.
type Date string

// Time returns midnight UTC of the day (of 1 January for a year alone), and whether d is a real date.
func (d Date) Time() (time.Time, bool) {
	layout := time.DateOnly
	if len(d) == len("2006") {
		layout = "2006"
	}
	t, err := time.Parse(layout, string(d))
	return t, err == nil
}

// Instant reads a time with its offset from UTC (ISO 8601), with or without seconds, and tells whether it is one.
// The time keeps the offset.
func Instant(written string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(layout, written); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// Dates are the days on which a file came in and was last changed; an empty one is not known.
type Dates struct{ First, Last Date }

// UnmarshalJSON reads a date, or a year written as a number.
func (d *Date) UnmarshalJSON(data []byte) error {
	if len(data) >= 2 && data[0] == '"' {
		data = data[1 : len(data)-1]
	}
	if string(data) != "null" {
		*d = Date(data)
	}
	return nil
}
