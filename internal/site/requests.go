package site

import (
	"cmp"
	"slices"
	"strings"

	"coops/internal/directory"
	"coops/internal/exchange"
)

// request is what a co-operative of any sector asks for: data/requests/<language>.json is a list of them, those
// that still look for somebody first, then by the day until when, then by slug.
type request struct {
	Slug        string      `json:"slug"`
	Title       *said       `json:"title"`
	Who         string      `json:"who"`
	Website     string      `json:"website,omitempty"`
	Host        string      `json:"host,omitempty"` // of the website, to show
	Sector      *term       `json:"sector,omitempty"`
	Description *said       `json:"description,omitempty"`
	Skills      []term      `json:"skills"`
	Languages   []term      `json:"languages"`
	Countries   []term      `json:"countries,omitempty"`
	Terms       string      `json:"terms,omitempty"` // i18n key terms_<value>
	Until       string      `json:"until,omitempty"` // date
	Email       string      `json:"email,omitempty"`
	Form        string      `json:"form,omitempty"`
	Status      string      `json:"status"` // i18n key request_<status>, hyphens as underscores: as it stands in the file, or past
	Wanted      bool        `json:"wanted"` // it still looks for somebody
	Could       int         `json:"could"`  // how many co-ops could do something of it
	Volunteers  []volunteer `json:"volunteers,omitempty"`
	More        int         `json:"more,omitempty"` // how many could besides those
}

// volunteer is a co-op that could do something of what a request asks for.
type volunteer struct {
	Coop    term   `json:"coop"`
	Skills  []term `json:"skills"` // of those asked for
	Reasons []why  `json:"reasons"`
	Reach   *reach `json:"reach,omitempty"`
}

const mostVolunteers = 12 // on the page of a request

func (v *view) requests() []request {
	x := v.exchange()
	all := []request{}
	for _, q := range v.Directory.Requests {
		r := request{
			Slug: q.Slug, Title: v.say(q.Title, false), Who: q.Who.Name, Website: q.Who.Website, Host: hostOf(q.Who.Website),
			Description: v.say(q.Description, true), Skills: terms(v.currentOf(q.Skills), v.skillTerm), Languages: terms(q.Languages, v.languageTerm),
			Countries: terms(q.Countries, v.countryTerm), Terms: q.Terms, Until: string(q.Until),
			Status: q.Status, Wanted: exchange.Wanted(q, directory.Date(v.today)),
		}
		if q.Who.Sector != "" {
			sector := v.sectorTerm(q.Who.Sector)
			r.Sector = &sector
		}
		if q.Contact != nil {
			r.Email, r.Form = q.Contact.Email, q.Contact.Form
		}
		if !r.Wanted && q.Open() {
			r.Status = "past"
		}
		volunteers, could := x.Volunteers(q.Slug, mostVolunteers)
		r.Could, r.More = could, could-len(volunteers)
		for _, w := range volunteers {
			r.Volunteers = append(r.Volunteers, volunteer{
				v.coopTerm(w.Coop.Slug), terms(w.Skills, v.skillTerm), v.reasons(w.Reasons), reachOf(w.Coop.Contact, w.Coop.Website),
			})
		}
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b request) int {
		return cmp.Or(cmp.Compare(order(b.Wanted), order(a.Wanted)), cmp.Compare(cmp.Or(a.Until, "9999"), cmp.Or(b.Until, "9999")), strings.Compare(a.Slug, b.Slug))
	})
	return all
}

// order makes what is so come before what is not.
func order(is bool) int {
	if is {
		return 1
	}
	return 0
}
