package cli

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"time"

	"coops/internal/directory"
	"coops/internal/history"
)

// datesOf returns, by slug, on which days the profiles of a directory were listed and last changed, as far
// as git knows. A directory that is in no repository, or not yet committed, has none. What keeps us from
// knowing is said in the note, as a site can be built without.
func datesOf(ctx context.Context, dir, output string, now time.Time) (dates map[string]directory.Dates, note string, err error) {
	found, err := filesDated(ctx, dir, output)
	switch {
	case ctx.Err() != nil:
		return nil, "", ctx.Err()
	case errors.Is(err, history.ErrNotRepository), errors.Is(err, history.ErrUnknownRevision):
		return nil, "", nil
	case err != nil:
		return nil, fmt.Sprintf("the site leaves out when co-ops were listed and changed: %v", err), nil
	}
	dates = map[string]directory.Dates{}
	for name, d := range found {
		if slug, ok := strings.CutSuffix(name, ".yaml"); ok {
			dates[slug] = directory.Dates{First: dayOf(d.First, now), Last: dayOf(d.Last, now)}
		}
	}
	return dates, "", nil
}

// filesDated keeps what it found beside the output, for the next time.
func filesDated(ctx context.Context, dir, output string) (map[string]history.Dates, error) {
	r, err := history.Open(dir)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.Dates(ctx, "HEAD", path.Join(r.Prefix(), "data/coops"), filepath.Join(filepath.Dir(output), ".coops-history"))
}

// dayOf returns the day of an instant; a clock that was ahead cannot date a change after today.
func dayOf(t, now time.Time) directory.Date {
	if t.After(now) {
		t = now
	}
	return directory.Date(t.UTC().Format(time.DateOnly))
}
