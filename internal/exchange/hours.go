package exchange

import (
	"slices"
	"time"
	_ "time/tzdata" // the same zones on every machine that has none of its own
)

// A working day, in minutes after midnight.
const (
	workBegins = 9 * 60
	workLasts  = 8 * 60
	wholeDay   = 24 * 60
)

// hours returns when working days begin in these zones on the day, in minutes after midnight UTC, each
// once. What is no zone is left out.
func (r *reader) hours(zones []string) []int {
	var begins []int
	for _, name := range zones {
		known, ok := r.zones[name]
		if !ok {
			if zone := zoneOf(name); zone != nil {
				_, offset := r.day.Add(12 * time.Hour).In(zone).Zone()
				known = []int{(workBegins - offset/60 + 2*wholeDay) % wholeDay}
			}
			r.zones[name] = known
		}
		for _, minute := range known {
			if !slices.Contains(begins, minute) {
				begins = append(begins, minute)
			}
		}
	}
	return begins
}

// zoneOf returns a time zone by its IANA name, or nil where there is none of that name.
func zoneOf(name string) *time.Location {
	if name == "" || name == "Local" {
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return zone
}

// together returns for how many minutes two are at work at the same time, in the zones that suit best.
func together(a, b []int) int {
	most := 0
	for _, m := range a {
		for _, n := range b {
			apart := m - n
			if apart < 0 {
				apart = -apart
			}
			most = max(most, workLasts-min(apart, wholeDay-apart))
		}
	}
	return most
}
