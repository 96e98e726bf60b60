package check

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"

	"coops/internal/directory"
	"coops/internal/problem"
)

const (
	logoFolder = "data/logos"
	maxLogo    = 64 << 10 // bytes
)

// checkLogos holds the pictures against the profiles, both ways, and returns the problems of the
// pictures themselves.
func (s *set) checkLogos(fsys fs.FS) ([]problem.Problem, error) {
	var entries []fs.DirEntry
	if info, err := fs.Lstat(fsys, logoFolder); err == nil && info.IsDir() { // what else may stand there is reported already
		if entries, err = fs.ReadDir(fsys, logoFolder); err != nil {
			return nil, fmt.Errorf("list %s: %w", logoFolder, err)
		}
	}
	there := map[string]bool{}
	for _, e := range entries {
		there[e.Name()] = e.Type().IsRegular()
	}
	used := map[string]bool{}
	for _, f := range s.files {
		c, ok := f.value.(*directory.Coop)
		if !ok || c.Logo == "" {
			continue
		}
		used[c.Logo] = true
		if !there[c.Logo] && path.Base(c.Logo) == c.Logo {
			f.report(problem.LogoMissing, f.doc.Position("/logo"), problem.Say("logo-missing", "found", short(c.Logo)))
		}
	}
	var problems []problem.Problem
	for _, e := range entries {
		place := logoFolder + "/" + e.Name()
		problems = append(problems, hiddenInName(place)...)
		switch {
		case bystander(e.Name()):
		case e.Type()&fs.ModeSymlink != 0:
			problems = append(problems, linkProblem(place))
		case !e.Type().IsRegular():
			problems = append(problems, wholeFile(problem.UnexpectedFile, place, problem.Say("unexpected-file.folder", "folder", logoFolder)))
		default:
			problems = append(problems, checkLogo(fsys, place)...)
			if !used[e.Name()] {
				problems = append(problems, wholeFile(problem.LogoOrphan, place, problem.Say("logo-orphan")))
			}
		}
	}
	return problems, nil
}

// checkLogo looks at a picture's bytes: what it is, and how large.
func checkLogo(fsys fs.FS, place string) []problem.Problem {
	file, err := fsys.Open(place)
	if err != nil {
		return []problem.Problem{wholeFile(problem.Unreadable, place, problem.Say("unreadable", "reason", problem.Reason(err).Error()))}
	}
	defer file.Close()
	var problems []problem.Problem
	if info, err := file.Stat(); err == nil && info.Size() > maxLogo {
		problems = append(problems, wholeFile(problem.LogoSize, place, problem.Say("logo-size", "size", info.Size(), "most", maxLogo)))
	}
	head := make([]byte, 12)
	n, _ := io.ReadFull(file, head)
	isPNG := bytes.HasPrefix(head[:n], []byte("\x89PNG\r\n\x1a\n")) && path.Ext(place) == ".png"
	isWebP := n == 12 && bytes.HasPrefix(head, []byte("RIFF")) && bytes.Equal(head[8:], []byte("WEBP")) && path.Ext(place) == ".webp"
	if !isPNG && !isWebP {
		problems = append(problems, wholeFile(problem.LogoKind, place, problem.Say("logo-kind")))
	}
	return problems
}
