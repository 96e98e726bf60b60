package exchange

// Code names a reason. Codes are stable: they are written to JSON, and the texts that say them are found
// by them.
type Code string

// The reasons, in the order in which they are given.
const (
	MutualPair Code = "mutual"    // it goes both ways; values: skills that the one who asks teaches in return
	Same       Code = "skill"     // offers what is needed
	Narrower   Code = "narrower"  // offers a part of what is needed; value: that skill
	Wider      Code = "wider"     // offers what the needed skill is part of; value: that skill
	Level      Code = "level"     // value: how well it is done, expert or practiced
	Language   Code = "language"  // values: languages that both speak (BCP 47, without countries)
	Hours      Code = "hours"     // minutes of the working day in which both are at work
	Country    Code = "country"   // values: countries where both are (ISO 3166-1 alpha-2)
	Serves     Code = "serves"    // values: countries which the one works for, and the other is in
	Worldwide  Code = "worldwide" // works for everybody
	Format     Code = "format"    // values: formats that suit both
	Terms      Code = "terms"     // values: terms that suit both
	Available  Code = "open"      // has time
	Fresh      Code = "fresh"     // value: the day on which, or later, both profiles were confirmed, within a year
)

// Reason is one thing that makes a match workable.
type Reason struct {
	Code    Code     `json:"code"`
	Values  []string `json:"values,omitempty"`  // ids, codes or a day, as Code says
	Minutes int      `json:"minutes,omitempty"` // of Hours
}

// hourAtLeast is how many minutes of a working day together are worth naming.
const hourAtLeast = 60

// reasons says what score counts.
func (x *Exchange) reasons(s *seeker, o *offering) []Reason {
	all := make([]Reason, 0, 8)
	mutual := s.kind == Learn && isMutual(s.party, o.party)
	if mutual {
		var back set
		for skill := range given(s.party, o.party) {
			back = back.add(skill)
		}
		all = append(all, Reason{Code: MutualPair, Values: x.skills.in(back)})
	}
	fit := Reason{Code: o.fit}
	if o.fit != Same {
		fit.Values = []string{x.skills.texts[o.skill]}
	}
	all = append(all, fit)
	if s.kind != Learn && (o.level == "expert" || o.level == "practiced") {
		all = append(all, Reason{Code: Level, Values: []string{o.level}})
	}
	if both := x.languages.in(o.offer.languages.only(s.languages)); len(both) > 0 {
		all = append(all, Reason{Code: Language, Values: both})
	}
	if minutes := together(s.hours, o.hours); minutes >= hourAtLeast {
		all = append(all, Reason{Code: Hours, Minutes: minutes})
	}
	if both := x.countries.in(o.countries.only(s.countries)); len(both) > 0 {
		all = append(all, Reason{Code: Country, Values: both})
	} else if both := x.countries.in(o.serves.only(s.countries)); len(both) > 0 {
		all = append(all, Reason{Code: Serves, Values: both})
	} else if o.worldwide {
		all = append(all, Reason{Code: Worldwide})
	}
	if s.kind == Learn {
		if formats := those(o.formats, s.suitsFormat); len(formats) > 0 {
			all = append(all, Reason{Code: Format, Values: formats})
		}
		if terms := those(o.terms, func(term string) bool { return s.suitsTerm(term, mutual) }); len(terms) > 0 {
			all = append(all, Reason{Code: Terms, Values: terms})
		}
	}
	if o.coop.Availability == "open" {
		all = append(all, Reason{Code: Available})
	}
	if s.fresh && o.fresh {
		since := o.coop.Confirmed
		if s.party != nil {
			since = min(since, s.party.coop.Confirmed)
		}
		all = append(all, Reason{Code: Fresh, Values: []string{string(since)}})
	}
	return all
}

// those returns what of a list suits, in its order.
func those(list []string, suits func(string) bool) []string {
	var kept []string
	for _, s := range list {
		if suits(s) {
			kept = append(kept, s)
		}
	}
	return kept
}
