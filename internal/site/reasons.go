package site

import (
	"fmt"
	"strings"

	"coops/internal/directory"
	"coops/internal/exchange"
	"coops/internal/world"
)

// why is one thing that makes it workable that two work together; see exchange.Reason.
type why struct {
	Code   string   `json:"code"`             // i18n key reason_<code>, but for level, format and terms
	Values string   `json:"values,omitempty"` // labels, as one text; hours as 5:30
	Count  int      `json:"count,omitempty"`  // of languages, how many the values are
	IDs    []string `json:"ids,omitempty"`    // of level, format and terms: i18n key <code>_<id>, hyphens as underscores
	Day    string   `json:"day,omitempty"`    // of fresh
}

// reasons puts labels in place of ids. That somebody offers the very skill is said only where there is
// nothing else to say.
func (v *view) reasons(all []exchange.Reason) []why {
	var said []why
	for _, r := range all {
		s := why{Code: string(r.Code)}
		switch r.Code {
		case exchange.Same:
			continue
		case exchange.MutualPair, exchange.Narrower, exchange.Wider:
			s.Values = labels(r.Values, v.skillLabel)
		case exchange.Language:
			s.Values, s.Count = labels(r.Values, func(code string) string { return world.LanguageName(code, v.in) }), len(r.Values)
		case exchange.Country, exchange.Serves:
			s.Values = labels(r.Values, func(code string) string { return world.CountryName(code, v.in) })
		case exchange.Hours:
			s.Values = fmt.Sprintf("%d:%02d", r.Minutes/60, r.Minutes%60)
		case exchange.Level, exchange.Format, exchange.Terms:
			s.IDs = r.Values
		case exchange.Fresh:
			s.Day = r.Values[0]
		}
		said = append(said, s)
	}
	if said == nil && len(all) > 0 {
		said = []why{{Code: string(exchange.Same)}}
	}
	return said
}

func labels(ids []string, of func(string) string) string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = of(id)
	}
	return strings.Join(all, ", ")
}

// reach is how to write to somebody: the first of these that is there. Nil: nobody knows.
type reach struct {
	Email string `json:"email,omitempty"`
	Form  string `json:"form,omitempty"`
	Site  string `json:"site,omitempty"`
	Host  string `json:"host,omitempty"` // of the form or the site, to show
}

func reachOf(contact *directory.Contact, website string) *reach {
	switch {
	case contact != nil && contact.Email != "":
		return &reach{Email: contact.Email}
	case contact != nil && contact.Form != "":
		return &reach{Form: contact.Form, Host: hostOf(contact.Form)}
	case website != "":
		return &reach{Site: website, Host: hostOf(website)}
	}
	return nil
}
