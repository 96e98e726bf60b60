package cli

import (
	"fmt"
	"io/fs"

	"coops/internal/problem"
)

// fixFiles writes the certain fixes of a report into the directory's own files. What comes from the
// program is not touched. It returns how many it wrote.
func fixFiles(w *workspace, env Environment, report problem.Report) (int, error) {
	certain := map[string][]problem.Problem{}
	var order []string
	written := 0
	for _, p := range report.Problems {
		if !p.Certain || w.isLent(w.own(p.File)) {
			continue
		}
		if certain[p.File] == nil {
			order = append(order, p.File)
		}
		certain[p.File] = append(certain[p.File], p)
	}
	for _, seen := range order {
		name := w.own(seen)
		source, err := fs.ReadFile(w.FS, name)
		if err != nil {
			return written, fmt.Errorf("read %s: %w", seen, problem.Reason(err))
		}
		fixed, applied := problem.Apply(source, certain[seen])
		if err := w.write(name, fixed); err != nil {
			return written, fmt.Errorf("write %s: %w", seen, problem.Reason(err))
		}
		written += len(applied)
		for _, p := range applied {
			fmt.Fprintf(env.Stderr, "%s:%d:%d: fixed [%s]\n", seen, p.Range.Line, p.Column, p.Rule.Name)
		}
	}
	return written, nil
}
