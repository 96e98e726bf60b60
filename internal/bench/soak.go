package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// soak edits a copy of a directory for a long while as `coops serve` shows it: well and badly, at random. A good edit
// is to be seen, after a bad one the last good site is still served, and at no moment half a page or none. It says how
// long it takes until an edit is seen, and whether the program grows (Linux alone has /proc to tell).
func soak(ctx context.Context, args []string) (err error) {
	flags := flag.NewFlagSet("soak", flag.ContinueOnError)
	length := flags.Duration("for", 10*time.Minute, "how long")
	seed := flags.Uint64("seed", 1, "another one makes other edits")
	pause := flags.Duration("pause", time.Second, "at most so long between two edits, beside a fifth of a second")
	good := flags.Bool("good", false, "change summaries alone")
	if err := flags.Parse(args); err != nil {
		return err
	}
	from := "examples/network"
	if flags.NArg() > 0 {
		from = flags.Arg(0)
	}
	if err := os.MkdirAll(place, 0o755); err != nil {
		return err
	}
	work, err := os.MkdirTemp(place, "soak-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	s, err := serveCopy(ctx, from, work)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	s.Rand = rand.New(rand.NewPCG(*seed, 0))

	watching, enough := context.WithCancel(ctx)
	var watcher sync.WaitGroup
	watcher.Go(func() { s.ask(watching) })
	begin, printed := time.Now(), 0
	fmt.Printf("%s, seed %d, %s\n\n| minutes | edits | until seen, median, s | 95th percentile, s | memory, MB | open files | kept on disk, MB |\n|---|---|---|---|---|---|---|\n", from, *seed, *length)
	for time.Since(begin) < *length && ctx.Err() == nil {
		kind := "summary"
		if !*good {
			kind = kinds[s.IntN(len(kinds))]
		}
		taken, err := s.edit(ctx, kind)
		if err != nil && ctx.Err() == nil {
			s.failed("%s, after %d edits: %v", kind, len(s.samples), err)
			if s.gone() {
				break
			}
		}
		time.Sleep(200*time.Millisecond + time.Duration(s.Int64N(int64(*pause)+1))) // what a build took is given back meanwhile
		s.samples = append(s.samples, s.measure(kind, taken))
		if part := int(12 * time.Since(begin) / *length); part > printed || part == 12 {
			s.row(time.Since(begin), s.samples[s.shown:])
			printed, s.shown = part, len(s.samples)
		}
	}
	enough()
	watcher.Wait()
	return s.sum(time.Since(begin))
}

// kinds are the edits, the frequent ones several times.
var kinds = []string{"summary", "summary", "summary", "burst", "add", "remove", "broken", "unknown", "half", "empty", "type"}

// spoil makes a good profile a bad one.
var spoil = map[string]func(string) string{
	"broken":  func(text string) string { return text + "needs: [\n" },
	"unknown": func(text string) string { return text + "colour: red\n" },
	"half":    func(text string) string { return text[:strings.Index(text, "\nname:")+4] },
	"empty":   func(string) string { return "" },
	"type":    func(text string) string { return summary.ReplaceAllString(text, "summary: [a, b]\n") },
}

// summary is all of a profile's summary, however it is written.
var summary = regexp.MustCompile(`(?m)^summary:.*\n(?: .*\n)*`)

// sample is what was measured after an edit.
type sample struct {
	kind    string
	seen    time.Duration // since the edit; 0: it was a bad one
	memory  int           // KB that are in memory
	files   int           // that are open
	threads int
}

type soaking struct {
	*rand.Rand
	dir, work, address string
	command            *exec.Cmd
	ended              chan struct{}
	profiles           []string // those that are there all the time
	added              []string
	edits              int
	samples            []sample
	shown              int // how many of them were printed

	mu       sync.Mutex
	asked    int // pages
	failures []string
}

// serveCopy starts the program on a copy of a directory, and returns when it serves.
func serveCopy(ctx context.Context, from, work string) (*soaking, error) {
	s := &soaking{work: work, dir: filepath.Join(work, "directory"), ended: make(chan struct{})}
	for _, name := range []string{"data", "content", "static", "hugo.yaml"} {
		var err error
		if info, e := os.Stat(filepath.Join(from, name)); e != nil {
			continue
		} else if info.IsDir() {
			err = os.CopyFS(filepath.Join(s.dir, name), os.DirFS(filepath.Join(from, name)))
		} else {
			var text []byte
			if text, err = os.ReadFile(filepath.Join(from, name)); err == nil {
				err = os.WriteFile(filepath.Join(s.dir, name), text, 0o644)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	entries, err := os.ReadDir(filepath.Join(s.dir, "data", "coops"))
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if slug, isProfile := strings.CutSuffix(e.Name(), ".yaml"); isProfile {
			s.profiles = append(s.profiles, slug)
		}
	}
	for _, name := range []string{"tmp", "cache"} {
		if err := os.Mkdir(filepath.Join(work, name), 0o755); err != nil {
			return nil, err
		}
	}
	absolute, err := filepath.Abs(work)
	if err != nil {
		return nil, err
	}
	s.command = exec.Command("bin/coops", "serve", "--port", "0", "--dir", s.dir)
	s.command.Env = append(os.Environ(), "TMPDIR="+filepath.Join(absolute, "tmp"), "XDG_CACHE_HOME="+filepath.Join(absolute, "cache"))
	said, err := s.command.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := s.command.Start(); err != nil {
		return nil, err
	}
	address := make(chan string, 1)
	go func() {
		defer close(s.ended)
		lines := bufio.NewScanner(said)
		serving := regexp.MustCompile(`http://[0-9.:]+`)
		for lines.Scan() {
			if found := serving.FindString(lines.Text()); found != "" {
				select {
				case address <- found:
				default:
				}
			}
		}
		_, _ = io.Copy(io.Discard, said) // a line too long for the scanner is in nobody's way
	}()
	select {
	case s.address = <-address:
		return s, nil
	case <-s.ended:
		return nil, fmt.Errorf("coops serve ended: %w", s.command.Wait())
	case <-ctx.Done():
		return nil, errors.Join(ctx.Err(), s.stop())
	}
}

// stop ends the program as Ctrl+C does.
func (s *soaking) stop() error {
	if err := s.command.Process.Signal(syscall.SIGINT); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-s.ended
	if err := s.command.Wait(); err != nil {
		return fmt.Errorf("coops serve ended badly: %w", err)
	}
	return nil
}

func (s *soaking) gone() bool {
	select {
	case <-s.ended:
		return true
	default:
		return false
	}
}

func (s *soaking) failed(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failures = append(s.failures, fmt.Sprintf(format, args...)); len(s.failures) <= 10 {
		fmt.Fprintln(os.Stderr, "bench:", s.failures[len(s.failures)-1])
	}
}

// ask asks for two pages without a rest, as if people read while somebody edits.
func (s *soaking) ask(ctx context.Context) {
	for n := 0; ctx.Err() == nil; n++ {
		path := "/"
		if n%2 == 1 {
			path = "/coops/" + s.profiles[n/2%len(s.profiles)] + "/"
		}
		if _, err := s.whole(ctx, path); err != nil && ctx.Err() == nil {
			s.failed("while somebody edits: %v", err)
		}
		s.mu.Lock()
		s.asked++
		s.mu.Unlock()
		time.Sleep(50 * time.Millisecond)
	}
}

// page asks for a page.
func (s *soaking) page(ctx context.Context, path string) (status int, text string, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address+path, nil)
	if err != nil {
		return 0, "", err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(body), err
}

// whole asks for a page, which has to be there from its first to its last letter.
func (s *soaking) whole(ctx context.Context, path string) (string, error) {
	status, text, err := s.page(ctx, path)
	if err == nil && (status != http.StatusOK || !strings.HasPrefix(text, "<!doctype html>") || !strings.HasSuffix(strings.TrimSpace(text), "</html>") || !strings.Contains(text, "<main")) {
		err = fmt.Errorf("%s is no whole page: status %d, %d bytes", path, status, len(text))
	}
	return text, err
}

// news are the builds that the program tells an open page of.
type news struct {
	body  io.Closer
	lines *bufio.Reader
}

func (s *soaking) listen(ctx context.Context) (*news, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address+"/.coops/events", nil)
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	n := &news{answer.Body, bufio.NewReader(answer.Body)}
	_, _, err = n.next() // the build before
	return n, err
}

func (n *news) next() (good bool, text string, err error) {
	for {
		line, err := n.lines.ReadBytes('\n')
		if err != nil {
			return false, "", err
		}
		if data, isData := bytes.CutPrefix(line, []byte("data: ")); isData {
			var told struct {
				OK   bool
				Text string
			}
			err := json.Unmarshal(data, &told)
			return told.OK, told.Text, err
		}
	}
}

// edit makes one edit, and a bad one good again. It returns how long it took until a good one was seen.
func (s *soaking) edit(ctx context.Context, kind string) (took time.Duration, err error) {
	s.edits++
	ctx, stop := context.WithTimeout(ctx, 5*time.Minute)
	defer stop()
	slug := s.profiles[s.IntN(len(s.profiles))]
	if kind == "remove" && len(s.added) > 0 {
		slug = s.added[0]
	} else if kind == "add" || kind == "remove" {
		kind, slug = "add", fmt.Sprintf("soak-%d", s.edits)
	}
	path := "/coops/" + slug + "/"
	mark := fmt.Sprintf("We make websites, for the %d. time.", s.edits)
	before := ""
	if kind != "add" {
		text, err := os.ReadFile(s.file(slug))
		if err != nil {
			return 0, err
		}
		before = string(text)
	}
	defer func() {
		if err != nil && before != "" { // the next one starts from what is good
			err = errors.Join(err, s.write(slug, before))
		}
	}()
	after := summary.ReplaceAllString(before, "summary: {en: \""+mark+"\"}\n")
	if !summary.MatchString(before) {
		after += "summary: {en: \"" + mark + "\"}\n"
	}
	switch kind {
	case "remove":
		took, err := s.good(ctx, func() error { return os.Remove(s.file(slug)) }, func() bool {
			status, _, err := s.page(ctx, path)
			return err == nil && status == http.StatusNotFound
		})
		s.added = s.added[1:]
		return took, err
	case "add":
		after = fmt.Sprintf("name: Soak %d\nwebsite: https://%s.example\nsummary: {en: %q}\nremote: true\nlanguages: [en]\nskills: [web-development]\ncontact: {email: hello@soak.example}\nlisted_by: coop\nconfirmed: 2026-05-04\n", s.edits, slug, mark)
		s.added = append(s.added, slug)
	}
	seen := func() bool {
		text, err := s.whole(ctx, path)
		return err == nil && strings.Contains(text, mark)
	}
	if bad := spoil[kind]; bad != nil {
		if err := s.bad(ctx, slug, path, bad(after)); err != nil {
			return 0, err
		}
	}
	return s.good(ctx, func() error {
		if kind == "burst" { // as when somebody saves at every letter
			for n := range 5 + s.IntN(20) {
				if err := s.write(slug, after[:len(after)-n%10]); err != nil {
					return err
				}
				time.Sleep(time.Duration(s.IntN(60)) * time.Millisecond)
			}
		}
		return s.write(slug, after)
	}, seen)
}

func (s *soaking) file(slug string) string {
	return filepath.Join(s.dir, "data", "coops", slug+".yaml")
}

// write writes a profile as editors do: over the old one, or beside it and then in its place.
func (s *soaking) write(slug, text string) error {
	name := s.file(slug)
	if s.IntN(2) == 0 {
		return os.WriteFile(name, []byte(text), 0o644)
	}
	if err := os.WriteFile(name+"~", []byte(text), 0o644); err != nil {
		return err
	}
	return os.Rename(name+"~", name)
}

// good makes a good edit and waits until it is seen.
func (s *soaking) good(ctx context.Context, change func() error, seen func() bool) (time.Duration, error) {
	told, err := s.listen(ctx)
	if err != nil {
		return 0, err
	}
	defer told.body.Close()
	if err := change(); err != nil {
		return 0, err
	}
	start, last := time.Now(), ""
	for {
		isGood, text, err := told.next()
		if err != nil {
			return 0, fmt.Errorf("a good edit is not seen: %w; what was said last: %.300s", err, last)
		}
		if last = text; isGood && seen() {
			took := time.Since(start)
			_, err := s.whole(ctx, "/")
			return took, err
		}
	}
}

// bad makes a bad edit, waits until it is refused, and compares what is served with what was before.
func (s *soaking) bad(ctx context.Context, slug, path, text string) error {
	told, err := s.listen(ctx)
	if err != nil {
		return err
	}
	defer told.body.Close()
	var before [2]string
	paths := [2]string{"/", path}
	for i, p := range paths {
		if before[i], err = s.whole(ctx, p); err != nil {
			return err
		}
	}
	if err := s.write(slug, text); err != nil {
		return err
	}
	for {
		isGood, said, err := told.next()
		if err != nil {
			return fmt.Errorf("a bad edit is not refused: %w", err)
		}
		if isGood {
			continue
		}
		if !strings.Contains(said, slug) {
			return fmt.Errorf("what is said of a bad edit does not name its file: %.300s", said)
		}
		for i, p := range paths {
			if now, err := s.whole(ctx, p); err != nil || now != before[i] {
				return errors.Join(fmt.Errorf("after a bad edit %s is not what it was", p), err)
			}
		}
		return nil
	}
}

// measure asks the system how large the program is.
func (s *soaking) measure(kind string, seen time.Duration) sample {
	m := sample{kind: kind, seen: seen}
	process := fmt.Sprintf("/proc/%d/", s.command.Process.Pid)
	status, err := os.ReadFile(process + "status")
	if err != nil {
		return m
	}
	for line := range strings.Lines(string(status)) {
		fmt.Sscanf(line, "VmRSS: %d kB", &m.memory)
		fmt.Sscanf(line, "Threads: %d", &m.threads)
	}
	if open, err := os.ReadDir(process + "fd"); err == nil {
		m.files = len(open)
	}
	return m
}

func (s *soaking) row(since time.Duration, of []sample) {
	_, bytes, _ := weigh(s.work) // a file may go while they are counted
	seen := figures(of, func(m sample) time.Duration { return m.seen })
	memory := figures(of, func(m sample) int { return m.memory })
	files := figures(of, func(m sample) int { return m.files })
	fmt.Printf("| %.0f | %d | %.2f | %.2f | %d | %d | %d |\n", since.Minutes(), len(of), at(seen, 50).Seconds(), at(seen, 95).Seconds(), at(memory, 50)>>10, at(files, 50), bytes>>20)
}

// figures returns one figure of many samples in order, without those that were not measured.
func figures[T int | time.Duration](of []sample, figure func(sample) T) []T {
	var all []T
	for _, m := range of {
		if f := figure(m); f > 0 {
			all = append(all, f)
		}
	}
	slices.Sort(all)
	return all
}

func at[T int | time.Duration](sorted []T, percent int) T {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)-1)*percent/100]
}

// sum says what came of it all. The first tenth is warming up.
func (s *soaking) sum(took time.Duration) error {
	seen := figures(s.samples, func(m sample) time.Duration { return m.seen })
	fmt.Printf("\n%d edits in %s, %d pages asked for beside them; until an edit is seen: median %.2f s, 95th percentile %.2f s, at most %.2f s\n",
		len(s.samples), took.Round(time.Second), s.asked, at(seen, 50).Seconds(), at(seen, 95).Seconds(), at(seen, 100).Seconds())
	count := map[string]int{}
	for _, m := range s.samples {
		count[m.kind]++
	}
	fmt.Println("edits of each kind:", count)
	warm := s.samples[len(s.samples)/10:]
	first, last := warm[:len(warm)/3], warm[len(warm)-len(warm)/3:]
	for _, f := range []struct {
		name   string
		figure func(sample) int
	}{
		{"memory, KB", func(m sample) int { return m.memory }},
		{"open files", func(m sample) int { return m.files }},
		{"threads", func(m sample) int { return m.threads }},
	} {
		early, late := at(figures(first, f.figure), 50), at(figures(last, f.figure), 50)
		verdict := "flat"
		if late > early+early/10+5 { // a few threads or files more are none
			verdict = "GROWS"
			s.failed("%s: more at the end than at the beginning", f.name)
		}
		fmt.Printf("%s: median of the first third %d, of the last %d: %s\n", f.name, early, late, verdict)
	}
	if len(s.failures) > 0 {
		return fmt.Errorf("%d failures, the first: %s", len(s.failures), s.failures[0])
	}
	return nil
}
