package site

import (
	"cmp"
	"slices"
	"strings"

	"coops/internal/directory"
)

// changes is what became of listings: data/changes/<language>.json.
type changes struct {
	Days []changeDay `json:"days"` // the last ones, the newest first
	Feed []change    `json:"feed"` // the last ones, the newest first
}

// changeDay is a day on which something changed. Of each list, those that are left out are counted.
type changeDay struct {
	Date        string `json:"date"`
	New         []term `json:"new"`
	Changed     []term `json:"changed"`
	Closed      []term `json:"closed"`
	MoreNew     int    `json:"more_new"`
	MoreChanged int    `json:"more_changed"`
	MoreClosed  int    `json:"more_closed"`
}

// change is one thing that became of a listing.
type change struct {
	Coop term   `json:"coop"`
	Kind string `json:"kind"` // i18n key change_<kind>: new, changed or closed
	Date string `json:"date"`
}

const (
	changeDays  = 60
	changesADay = 40 // of each kind
	changesTold = 50 // in the feed
)

// changes tells when co-ops were listed, when their listings last changed, and which of them ended. Only git knows
// of changes; without it there is when facts were read or confirmed.
func (v *view) changes() changes {
	var all []change
	add := func(c *directory.Coop, kind string, date directory.Date) {
		if len(date) == len("2006-01-02") && string(date) <= v.today {
			all = append(all, change{v.coopTerm(c.Slug), kind, string(date)})
		}
	}
	for _, c := range v.Coops {
		dates := v.history[c.Slug]
		listed := v.listedOn(c)
		switch {
		case c.Ended():
			add(c, "closed", cmp.Or(dates.Last, listed))
		case dates.Last > listed:
			add(c, "new", listed)
			add(c, "changed", dates.Last)
		default:
			add(c, "new", listed)
		}
	}
	slices.SortStableFunc(all, func(a, b change) int {
		return cmp.Or(strings.Compare(b.Date, a.Date), v.byLabel(a.Coop.Label, b.Coop.Label), strings.Compare(a.Coop.ID, b.Coop.ID))
	})
	said := changes{Days: []changeDay{}}
	for from := 0; from < len(all) && len(said.Days) < changeDays; {
		to := from
		d := changeDay{Date: all[from].Date}
		for ; to < len(all) && all[to].Date == d.Date; to++ {
			list := map[string]*[]term{"new": &d.New, "changed": &d.Changed, "closed": &d.Closed}[all[to].Kind]
			*list = append(*list, all[to].Coop)
		}
		d.New, d.MoreNew = capped(d.New, changesADay)
		d.Changed, d.MoreChanged = capped(d.Changed, changesADay)
		d.Closed, d.MoreClosed = capped(d.Closed, changesADay)
		said.Days = append(said.Days, d)
		from = to
	}
	said.Feed, _ = capped(all, changesTold)
	return said
}
