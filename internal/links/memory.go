package links

import (
	"encoding/json"
	"fmt"
	"time"

	"coops/internal/directory"
)

// Remembered is what came of an address the last time.
type Remembered struct {
	Kind   Kind           `json:"kind"`
	Status int            `json:"status"`
	To     string         `json:"to,omitempty"`
	Asked  directory.Date `json:"asked"`
	Since  directory.Date `json:"since"` // the first of the days in a row on which it was broken, or was not
}

// Memory is what came of addresses the last time, by address. It makes asking again gentle, and tells what has been broken for how long.
type Memory map[string]Remembered

// ReadMemory reads a memory as Write wrote it.
func ReadMemory(data []byte) (Memory, error) {
	m := Memory{}
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("it is no memory of links: %w", err)
	}
	return m, nil
}

// Write returns the memory as JSON.
func (m Memory) Write() ([]byte, error) { return json.MarshalIndent(m, "", " ") }

// Still returns the results that need not be asked for again, as they were fine in the last so many days, and the links that do.
func (m Memory) Still(links []Link, today directory.Date, days int) (fresh []Result, ask []Link) {
	now, ok := today.Time()
	for _, l := range links {
		was := m[l.URL]
		if asked, known := was.Asked.Time(); ok && known && was.Kind == Fine && !asked.After(now) && now.Sub(asked) < time.Duration(days)*24*time.Hour {
			fresh = append(fresh, Result{Link: l, Kind: was.Kind, Status: was.Status, Since: was.Since})
		} else {
			ask = append(ask, l)
		}
	}
	return fresh, ask
}

// Note dates results that came today, and returns what is to be remembered of them and of those that were fresh: what is named no longer is forgotten.
func (m Memory) Note(fresh, came []Result, today directory.Date) Memory {
	next := Memory{}
	for _, r := range fresh {
		next[r.URL] = m[r.URL]
	}
	for i := range came {
		r := &came[i]
		r.Since = today
		if was, known := m[r.URL]; known && was.Kind.Broken() == r.Kind.Broken() {
			if _, ok := was.Since.Time(); ok {
				r.Since = was.Since
			}
		}
		next[r.URL] = Remembered{r.Kind, r.Status, r.To, today, r.Since}
	}
	return next
}
