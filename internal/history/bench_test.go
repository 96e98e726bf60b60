package history

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// writeHistory writes, for git fast-import, a history of so many commits in which so many profiles come in
// one after the other and are edited, now and then on a branch, and some are renamed.
func writeHistory(to io.Writer, profiles, commits int) error {
	w := bufio.NewWriter(to)
	random := rand.New(rand.NewPCG(1, 2))
	names := []string{}
	profile := func(i int) string {
		return fmt.Sprintf("name: Co-op %d\nwebsite: https://co-op-%d.example\nsummary: {en: \"We make things, edition %d\"}\nfounded: %d\nlanguages: [en, es]\nskills:\n  - web-development\n  - hosting\n",
			i, i, random.IntN(1000), 1990+i%30)
	}
	now := int64(1_400_000_000)
	mark := 0
	begin := func(parents ...int) {
		now += 20_000
		mark++
		fmt.Fprintf(w, "commit refs/heads/main\nmark :%d\ncommitter Someone <someone@network.example> %d +0200\ndata 6\nchange\n", mark, now)
		for i, p := range parents {
			fmt.Fprintf(w, "%s :%d\n", []string{"from", "merge"}[i], p)
		}
	}
	put := func(i int) {
		text := profile(i)
		fmt.Fprintf(w, "M 644 inline data/coops/%s.yaml\ndata %d\n%s\n", names[i], len(text), text)
	}
	begin()
	for _, name := range []string{"README.md", "go.mod", "data/skills/tech.yaml", "data/networks.yaml", "internal/site/site.go", "themes/commons/style.css"} {
		fmt.Fprintf(w, "M 644 inline %s\ndata 5\nhello\n", name)
	}
	for range profiles / 10 {
		names = append(names, fmt.Sprintf("%c-co-op-%d", 'a'+random.IntN(26), len(names)))
		put(len(names) - 1)
	}
	for mark < commits {
		begin(mark)
		switch n := random.IntN(100); {
		case len(names) < profiles && (n < 30 || commits-mark < profiles-len(names)+10):
			names = append(names, fmt.Sprintf("%c-co-op-%d", 'a'+random.IntN(26), len(names)))
			put(len(names) - 1)
		case n < 31:
			i := random.IntN(len(names))
			fmt.Fprintf(w, "R data/coops/%s.yaml data/coops/%s-new.yaml\n", names[i], names[i])
			names[i] += "-new"
		case n < 34: // a branch of one commit, and its merge
			trunk := mark - 1
			i := random.IntN(len(names))
			put(i)
			branch := mark
			begin(trunk)
			j := (i + 1) % len(names)
			put(j)
			begin(mark, branch)
			put(i)
		case n < 40:
			fmt.Fprintf(w, "M 644 inline internal/site/site.go\ndata 8\n%08d\n", mark)
		default:
			put(random.IntN(len(names)))
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// BenchmarkDates is side by side with what git takes for the same repository: 2,000 profiles in 10,000 commits.
func BenchmarkDates(b *testing.B) {
	dir := b.TempDir()
	git(b, dir, "init", "-q", "--initial-branch=main")
	var stream bytes.Buffer
	if err := writeHistory(&stream, 2_000, 10_000); err != nil {
		b.Fatal(err)
	}
	gitIn(b, dir, &stream, "fast-import", "--quiet")
	git(b, dir, "repack", "-adq")
	cache := filepath.Join(b.TempDir(), "cache")

	var ours, theirs time.Duration
	for b.Loop() {
		start := time.Now()
		git(b, dir, "log", "--name-only", "--format=%H %ct", "main")
		theirs += time.Since(start)
		os.Remove(cache)
		start = time.Now()
		dates(b, dir, cache, 2_000)
		ours += time.Since(start)
	}
	b.ReportMetric(float64(ours)/float64(theirs), "times-git-log")

	start := time.Now()
	dates(b, dir, cache, 2_000)
	b.ReportMetric(float64(time.Since(start).Milliseconds()), "ms-from-cache")
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/1e6, "MB-taken")
}

func dates(b *testing.B, dir, cache string, want int) {
	b.Helper()
	r, err := Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	found, err := r.Dates(b.Context(), "main", "data/coops", cache)
	if err != nil || len(found) != want {
		b.Fatalf("%d files, %v; want %d", len(found), err, want)
	}
}
