package cli

import (
	"context"
	"fmt"
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
}

func (o *linkOptions) flags(cmd *cobra.Command) {
	cmd.Flags().DurationVar(&o.pause, "pause", time.Second, "how long to leave each host alone between two questions")
	cmd.Flags().DurationVar(&o.within, "within", 20*time.Second, "how long to wait for one answer")
}

func (o linkOptions) check() error {
	if o.pause <= 0 || o.within <= 0 {
		return usagef("--pause and --within are durations above nothing, such as 2s")
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
			results, err := o.ask(cmd.Context(), env, d)
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

// ask asks for all addresses of a directory.
func (o linkOptions) ask(ctx context.Context, env Environment, d *directory.Directory) ([]links.Result, error) {
	all := links.Of(d)
	done := 0
	checker := links.New(links.Options{
		Agent: agent(env.GitHub), Pause: o.pause, Within: o.within, Dial: env.Dial,
		Done: func(links.Result) {
			if done++; env.Terminal {
				fmt.Fprintf(env.Stderr, "\r\x1b[K%d of %d", done, len(all))
			}
		},
	})
	results, err := checker.Check(ctx, all)
	if env.Terminal {
		fmt.Fprint(env.Stderr, "\r\x1b[K")
	}
	return results, err
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
		all = append(all, linkJSON{r.URL, r.Kind, r.Status, r.To, r.Kind.Broken(), r.Places})
	}
	return map[string]any{"asked": len(results), "counts": counts, "links": all}
}
