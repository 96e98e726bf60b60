package exchange

import (
	"iter"
	"slices"
)

// What makes a match workable, in points; of the hundred that there are, the most in each line count.
const (
	sameSkill, partOfIt, widerSkill = 30, 20, 10
	sharedLanguage                  = 20
	wholeDayTogether                = 15 // in proportion for less
	sameCountry, served             = 10, 7
	// to be taught
	suitingFormat, suitingTerms = 5, 5
	// to have done
	expert, practiced = 10, 5
	// on either side, confirmed within a year
	freshSide = 5
	openNow   = 5
	sayNot    = 3 // whether it has time is not said

	// Mutual comes on top of all the others, so that pairs who teach each other stand before the rest.
	Mutual = 101
)

// static returns the points that an offering has whoever asks.
func static(t trade, o offering) int {
	points := 0
	switch o.fit {
	case Same:
		points = sameSkill
	case Narrower:
		points = partOfIt
	case Wider:
		points = widerSkill
	}
	if o.fresh {
		points += freshSide
	}
	switch o.coop.Availability {
	case "open":
		points += openNow
	case "":
		points += sayNot
	}
	if t == doing {
		switch o.level {
		case "expert":
			points += expert
		case "practiced", "":
			points += practiced
		}
	}
	return points
}

// score returns the points of a match. It runs once for each pair, and there may be millions of those.
func score(s *seeker, o *offering) int {
	points := o.static
	if s.fresh {
		points += freshSide
	}
	if s.languages.meets(o.offer.languages) {
		points += sharedLanguage
	}
	points += wholeDayTogether * together(s.hours, o.hours) / workLasts
	switch {
	case s.countries.meets(o.countries):
		points += sameCountry
	case o.worldwide, s.countries.meets(o.serves):
		points += served
	}
	if s.kind != Learn {
		return points
	}
	if slices.ContainsFunc(o.formats, s.suitsFormat) {
		points += suitingFormat
	}
	mutual := isMutual(s.party, o.party)
	if slices.ContainsFunc(o.terms, func(term string) bool { return s.suitsTerm(term, mutual) }) {
		points += suitingTerms
	}
	if mutual {
		points += Mutual
	}
	return points
}

// mostOf returns the most points that score may add to the static ones, but for Mutual.
func mostOf(kind Kind) int {
	most := freshSide + sharedLanguage + wholeDayTogether + sameCountry
	if kind == Learn {
		most += suitingFormat + suitingTerms
	}
	return most
}

// mayBeMutual is false where two certainly do not teach each other.
func mayBeMutual(a, b *party) bool {
	return a.teachMask&b.wantsMask != 0 && b.teachMask&a.wantsMask != 0
}

// isMutual tells whether each of two teaches something that the other wants to learn.
func isMutual(a, b *party) bool { return mayBeMutual(a, b) && gives(a, b) && gives(b, a) }

func gives(a, b *party) bool {
	for range given(a, b) {
		return true
	}
	return false
}

// given yields the skills that a may be asked to teach and b wants to learn.
func given(a, b *party) iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, o := range a.offers[teaching] {
			if slices.Contains(b.wants, o.skill) && a.open && !a.refuses(o.skill) && !yield(o.skill) {
				return
			}
		}
	}
}

// suitsFormat tells whether who wants to learn is fine with a format; who names none is with any.
func (s *seeker) suitsFormat(format string) bool {
	return len(s.need.Formats) == 0 || slices.Contains(s.need.Formats, format)
}

// suitsTerm tells whether who wants to learn can give what is asked in return. Nothing suits everybody,
// and two that teach each other do exchange.
func (s *seeker) suitsTerm(term string, mutual bool) bool {
	return term == "free" || term == "exchange" && mutual || slices.Contains(s.need.Terms, term)
}
