package review

import (
	"slices"

	"coops/internal/directory"
	"coops/internal/problem"
)

// judge returns what of a co-op only a person can judge.
func (w words) judge(c Coop) []problem.Message {
	var all []problem.Message
	ask := func(id string, pairs ...any) {
		all = append(all, problem.Say("review-judge."+id, append(pairs, "name", c.Name())...))
	}
	changes := func(key string) bool {
		return slices.ContainsFunc(c.Fields, func(f Field) bool { return f.Key() == key })
	}
	switch c.Kind {
	case Added:
		ask("coop")
		if c.After != nil && c.After.Unconfirmed() {
			ask("source")
		} else {
			ask("member")
		}
	case Removed:
		ask("removed")
	case Closed:
		ask("closed")
	}
	if c.From != "" && c.After != nil && !slices.Contains(c.After.FormerSlugs, c.From) {
		ask("former", "from", c.From)
	}
	if c.Kind != Added && c.Kind != Removed && !c.Mine {
		ask("wants")
	}
	if c.Kind == Changed && (changes("name") || changes("website") || changes("kind") || changes("listed_by")) {
		ask("same")
	}
	if changes("networks") && c.Kind != Removed {
		ask("networks")
	}
	for _, s := range c.newStewards() {
		ask("steward", "steward", with(s.Login, number(s.ID)))
	}
	if c.Kind != Removed && (changes("summary") || changes("description")) {
		ask("texts")
	}
	return all
}

// judgePosting returns what of an event or request only a person can judge.
func (w words) judgePosting(c Posting) []problem.Message {
	var all []problem.Message
	ask := func(id string, pairs ...any) {
		all = append(all, problem.Say("review-judge."+id, append(pairs, "name", w.name(c))...))
	}
	changes := func(keys ...string) bool {
		return slices.ContainsFunc(c.Fields, func(f Field) bool { return slices.Contains(keys, f.Key()) })
	}
	switch c.Kind {
	case Removed:
		ask("posting-removed")
	case Closed:
		ask("request-closed")
	case Renamed:
		ask("posting-moved", "from", c.From)
	}
	if len(c.Unasked) > 0 {
		ask("hosts", "hosts", w.hosts(c.Unasked))
	}
	if c.Kind == Removed {
		return all
	}
	if c.Type == "request" && c.Kind != Closed {
		ask("asks", "who", c.Who.Name)
	}
	for _, f := range c.Fields {
		switch address, _ := f.After.(string); {
		case address == "":
		case f.Key() == "online":
			ask("online", "address", address)
		case f.Key() == "contact":
			ask("contact", "address", address, "who", c.Who.Name)
		}
	}
	if changes("title", "description") {
		ask("posting-texts")
	}
	return all
}

// newStewards returns the accounts that the change makes stewards.
func (c Coop) newStewards() []directory.Steward {
	if c.After == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(c.After.Stewards), func(s directory.Steward) bool {
		return slices.ContainsFunc(c.Stewards(), func(known directory.Steward) bool { return known.ID == s.ID })
	})
}
