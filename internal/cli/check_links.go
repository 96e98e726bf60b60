package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"coops/internal/directory"
	"coops/internal/links"
	"coops/internal/problem"

	"github.com/spf13/cobra"
)

// linkOptions are what the flags of verbs say that ask for addresses.
type linkOptions struct {
	pause, within time.Duration
	memory        string // a file; empty: none
	days          int
}

func (o *linkOptions) flags(cmd *cobra.Command) {
	cmd.Flags().DurationVar(&o.pause, "pause", time.Second, "how long to leave each host alone between two questions")
	cmd.Flags().DurationVar(&o.within, "within", 20*time.Second, "how long to wait for one answer")
	cmd.Flags().StringVar(&o.memory, "memory", "", "a file that keeps what came of each address, to tell since when one is broken")
	cmd.Flags().IntVar(&o.days, "days", 0, "with --memory, leave alone what answered within so many days")
}

func (o linkOptions) check() error {
	if o.pause <= 0 || o.within <= 0 {
		return usagef("--pause and --within are durations above nothing, such as 2s")
	}
	if o.days < 0 || o.days > 0 && o.memory == "" {
		return usagef("--days is a number of days, and goes with --memory")
	}
	return nil
}

func newCheckLinks(env Environment, dir *string) *cobra.Command {
	var o linkOptions
	var format, language string
	cmd := &cobra.Command{
		Use:   "check-links [SLUG…]",
		Short: "Ask the addresses that profiles name whether they still answer",
		Long: "Asks every address that the directory shows, or those of some co-ops: few hosts at once, each one gently, and none inside of a\n" +
			"network that is not public. What does not answer is asked three times. Look at what it finds before you change a profile:\n" +
			"a host may be down for a day. The exit code is 1 where an address is broken.",
		Example: "  coops check-links\n  coops check-links fern --lang pt\n  coops check-links --format json",
		RunE: verb(func(cmd *cobra.Command, slugs []string) error {
			if err := o.check(); err != nil {
				return err
			}
			if err := checkExchangeFlags(format, language); err != nil {
				return err
			}
			w, err := openWorkspace(*dir, env.Program)
			if err != nil {
				return err
			}
			defer w.Close()
			d, err := sound(cmd.Context(), w, env)
			if err != nil {
				return err
			}
			if err := keepCoops(d, slugs); err != nil {
				return err
			}
			results, err := o.ask(cmd.Context(), env, w, d)
			if err != nil {
				return err
			}
			if format == "json" {
				err = writeJSON(env, linksJSON(results))
			} else {
				_, err = fmt.Fprint(env.Stdout, linksText(results, problem.In(language)))
			}
			if err != nil {
				return fmt.Errorf("write what was found: %w", err)
			}
			for _, r := range results {
				if r.Kind.Broken() {
					return errProblems
				}
			}
			return nil
		}),
	}
	o.flags(cmd)
	exchangeFlags(cmd, &format, &language)
	return cmd
}

// keepCoops leaves only some co-ops in a directory, unless none are named.
func keepCoops(d *directory.Directory, slugs []string) error {
	if len(slugs) == 0 {
		return nil
	}
	var kept []*directory.Coop
	for _, slug := range slugs {
		found := false
		for _, c := range d.Coops {
			if c.Slug == slug {
				kept, found = append(kept, c), true
			}
		}
		if !found {
			return usagef("there is no co-op %s; the name of its file in data/coops, without .yaml, is meant", slug)
		}
	}
	*d = directory.Directory{Coops: kept}
	return nil
}

// ask asks for all addresses of a directory, but for those that are remembered to have answered not long ago. Paths are as seen from here.
func (o linkOptions) ask(ctx context.Context, env Environment, w *workspace, d *directory.Directory) ([]links.Result, error) {
	memory, err := o.recall()
	if err != nil {
		return nil, err
	}
	today := directory.Date(env.Now().UTC().Format(time.DateOnly))
	all := links.Of(d)
	for _, l := range all {
		for i := range l.Places {
			l.Places[i].File = w.seen(l.Places[i].File)
		}
	}
	fresh, ask := memory.Still(all, today, o.days)
	done := 0
	checker := links.New(links.Options{
		Agent: agent(env.GitHub), Pause: o.pause, Within: o.within, Dial: env.Dial,
		Done: func(links.Result) {
			if done++; env.Terminal {
				fmt.Fprintf(env.Stderr, "\r\x1b[K%d of %d", done, len(ask))
			}
		},
	})
	came, err := checker.Check(ctx, ask)
	if env.Terminal {
		fmt.Fprint(env.Stderr, "\r\x1b[K")
	}
	if err != nil {
		return nil, err
	}
	next := memory.Note(fresh, came, today)
	results := append(fresh, came...)
	links.Sort(results)
	return results, o.remember(next)
}

// recall reads the memory; where there is none yet, it is empty.
func (o linkOptions) recall() (links.Memory, error) {
	if _, err := os.Stat(o.memory); o.memory == "" || errors.Is(err, fs.ErrNotExist) {
		return links.Memory{}, nil
	}
	text, err := readText(o.memory, 64<<20)
	if err != nil {
		return nil, err
	}
	memory, err := links.ReadMemory([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w; remove it to begin anew", o.memory, err)
	}
	return memory, nil
}

func (o linkOptions) remember(m links.Memory) error {
	if o.memory == "" {
		return nil
	}
	data, err := m.Write()
	if err == nil {
		err = os.WriteFile(o.memory, data, 0o644)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", o.memory, problem.Reason(err))
	}
	return nil
}

// agent is how we call ourselves to the hosts that are asked, with the place where they can complain.
func agent(at GitHub) string {
	if at.Server == "" || at.Repository == "" {
		return "coops-check-links/1"
	}
	return fmt.Sprintf("coops-check-links/1 (+%s/%s)", strings.TrimSuffix(at.Server, "/"), at.Repository)
}

// linksText says results for a reader: all but those that are fine.
func linksText(results []links.Result, speaker *problem.Speaker) string {
	var b strings.Builder
	for _, r := range results {
		if r.Kind == links.Fine {
			continue
		}
		fmt.Fprintf(&b, "%s\n  %s", r.URL, speaker.Say(problem.Say("links."+string(r.Kind), "to", r.To)))
		if r.Status > 0 && r.Kind != links.Moved {
			fmt.Fprintf(&b, " (%d)", r.Status)
		}
		if r.Kind.Broken() && r.Since != "" {
			b.WriteString(" " + speaker.Say(problem.Say("links.since", "day", string(r.Since))))
		}
		b.WriteString("\n")
		for _, p := range r.Places {
			fmt.Fprintf(&b, "    %s: %s\n", p.File, p.Field)
		}
	}
	if b.Len() > 0 {
		b.WriteString("\n")
	}
	b.WriteString(speaker.Say(problem.Say("links.asked", "count", len(results), "fine", links.Count(results)[links.Fine])) + "\n")
	return b.String()
}

// linkJSON is what came of an address, as docs/architecture.md promises it.
type linkJSON struct {
	URL    string        `json:"url"`
	Kind   links.Kind    `json:"kind"`
	Status int           `json:"status"`
	To     string        `json:"to"`
	Broken bool          `json:"broken"`
	Since  string        `json:"since"`
	Places []links.Place `json:"places"`
}

func linksJSON(results []links.Result) any {
	counts := map[links.Kind]int{}
	for _, k := range links.Kinds {
		counts[k] = 0
	}
	all := []linkJSON{}
	for _, r := range results {
		counts[r.Kind]++
		all = append(all, linkJSON{r.URL, r.Kind, r.Status, r.To, r.Kind.Broken(), string(r.Since), r.Places})
	}
	return map[string]any{"asked": len(results), "counts": counts, "links": all}
}
