package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"coops/internal/check"
	"coops/internal/directory"
	"coops/internal/exchange"
	"coops/internal/problem"

	"github.com/spf13/cobra"
)

// matchOptions are what the flags of match say.
type matchOptions struct {
	best     int
	need     []string // ids of skills that a team is looked for with
	speaks   string
	country  string
	format   string
	language string
}

func newMatch(env Environment, dir *string) *cobra.Command {
	var o matchOptions
	cmd := &cobra.Command{
		Use:   "match [SLUG]",
		Short: "Who can teach or do what a co-op needs, and whom it could help",
		Long: "Shows who can teach or do what is needed, the most workable first, and why. With the slug of a co-op or of a request, only\n" +
			"what concerns it. With --need, the fewest co-ops that together have a set of skills.",
		Example: "  coops match\n" +
			"  coops match fern --lang es\n" +
			"  coops match --need web-design,hosting,translation --speaks es\n" +
			"  coops match --format json --best 0",
		Args: cobra.MaximumNArgs(1),
		RunE: verb(func(cmd *cobra.Command, args []string) error {
			if err := o.check(args); err != nil {
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
			return o.run(env, d, strings.Join(args, ""))
		}),
	}
	flags := cmd.Flags()
	flags.IntVar(&o.best, "best", 3, "how many co-ops to show for each need; 0 shows all")
	flags.StringSliceVar(&o.need, "need", nil, "find a team with these skills (ids, with commas between)")
	flags.StringVar(&o.speaks, "speaks", "", "of a team: everybody speaks this language (a code, as in es)")
	flags.StringVar(&o.country, "country", "", "of a team: everybody works for this country (a code, as in AR)")
	exchangeFlags(cmd, &o.format, &o.language)
	return cmd
}

// exchangeFlags are those of every verb that shows the exchange.
func exchangeFlags(cmd *cobra.Command, format, language *string) {
	cmd.Flags().StringVar(format, "format", "text", "text or json")
	cmd.Flags().StringVar(language, "lang", "", "the language of the text: "+strings.Join(problem.Languages, ", ")+" (default en)")
}

func checkExchangeFlags(format, language string) error {
	if format != "text" && format != "json" {
		return usagef("there is no format %q; choose text or json", format)
	}
	return (validateOptions{format: "text", severity: string(problem.Notice), language: language}).check()
}

func (o matchOptions) check(args []string) error {
	switch {
	case o.best < 0:
		return usagef("--best is a number of co-ops, or 0 for all")
	case len(o.need) > 0 && len(args) > 0:
		return usagef("--need looks for a team, and %s is one co-op; choose one of them", args[0])
	case len(o.need) == 0 && (o.speaks != "" || o.country != ""):
		return usagef("--speaks and --country are of a team; say its skills with --need")
	case len(o.need) > exchange.MostAsked:
		return usagef("--need takes %d skills at most", exchange.MostAsked)
	}
	return checkExchangeFlags(o.format, o.language)
}

// sound returns the directory of a workspace, or shows what keeps it from being understood.
func sound(ctx context.Context, w *workspace, env Environment) (*directory.Directory, error) {
	d, report, err := checkWorkspace(ctx, w, env)
	if err != nil {
		return nil, err
	}
	if report.Failed() {
		return nil, refuse(env, report.Only(problem.Error).Problems)
	}
	return d, nil
}

func (o matchOptions) run(env Environment, d *directory.Directory, slug string) error {
	x := exchange.Open(d, directory.Date(env.Now().UTC().Format(time.DateOnly)))
	v := voice{Speaker: problem.In(o.language), directory: d}
	if len(o.need) > 0 {
		return o.team(env, d, x, v)
	}
	if slug != "" && !knows(d, slug) {
		return usagef("there is no co-op and no request %q%s", slug, near(slug, slugs(d)))
	}
	var answers []exchange.Answer
	var helps []exchange.Help
	if slug == "" {
		answers = x.Answers(o.best)
	} else {
		answers, helps = x.AnswersTo(slug, o.best), x.Helps(slug, o.best)
	}
	if o.format == "json" {
		return writeJSON(env, map[string]any{"matches": matchesJSON(exchange.Matches(answers, helps))})
	}
	_, err := fmt.Fprint(env.Stdout, v.matches(answers, helps, slug))
	return err
}

// team looks for the fewest co-ops that have the skills.
func (o matchOptions) team(env Environment, d *directory.Directory, x *exchange.Exchange, v voice) error {
	for i, id := range o.need {
		if o.need[i] = strings.TrimSpace(id); d.Skill(o.need[i]) == nil {
			return usagef("there is no skill %q in data/skills%s", o.need[i], near(o.need[i], skillIDs(d)))
		}
	}
	teams := x.Team(exchange.Ask{Skills: o.need, Language: o.speaks, Country: strings.ToUpper(o.country)}, max(o.best, 1))
	if o.format == "json" {
		return writeJSON(env, teamsJSON(teams))
	}
	_, err := fmt.Fprint(env.Stdout, v.teams(teams))
	return err
}

func knows(d *directory.Directory, slug string) bool { return slices.Contains(slugs(d), slug) }

// slugs returns those of all co-ops and requests.
func slugs(d *directory.Directory) []string {
	var all []string
	for _, c := range d.Coops {
		all = append(all, c.Slug)
	}
	for _, q := range d.Requests {
		all = append(all, q.Slug)
	}
	return all
}

func skillIDs(d *directory.Directory) []string {
	var all []string
	for _, s := range d.Skills {
		if s.AliasOf == "" {
			all = append(all, s.ID)
		}
	}
	return all
}

// near says which of the known ids may have been meant; nothing where none is like it.
func near(id string, known []string) string {
	if found := check.Nearest(id, known); found != "" {
		return "; did you mean " + found + "?"
	}
	return ""
}

// matchJSON is a match as docs/architecture.md promises it.
type matchJSON struct {
	Kind    exchange.Kind     `json:"kind"`
	Skill   string            `json:"skill"`
	Need    map[string]string `json:"need"`  // coop or request: slug
	Offer   map[string]string `json:"offer"` // coop: slug
	Score   int               `json:"score"`
	Reasons []exchange.Reason `json:"reasons"`
}

func matchesJSON(matches []exchange.Match) []matchJSON {
	all := []matchJSON{}
	for _, m := range matches {
		who := "coop"
		if m.Request != nil {
			who = "request"
		}
		all = append(all, matchJSON{m.Kind, m.Skill, map[string]string{who: m.Of()}, map[string]string{"coop": m.Offer.Slug}, m.Score, m.Reasons})
	}
	return all
}

func teamsJSON(t exchange.Teams) map[string]any {
	type member struct {
		Coop   string   `json:"coop"`
		Skills []string `json:"skills"`
	}
	type team struct {
		Coops     []member `json:"coops"`
		Languages []string `json:"languages"`
		Countries []string `json:"countries"`
	}
	teams := []team{}
	for _, one := range t.Teams {
		coops := []member{}
		for _, m := range one.Members {
			coops = append(coops, member{m.Coop.Slug, m.Skills})
		}
		teams = append(teams, team{coops, list(one.Languages), list(one.Countries)})
	}
	return map[string]any{"teams": teams, "missing": list(t.Missing), "exact": t.Exact}
}

// list is never null in JSON.
func list(texts []string) []string { return append([]string{}, texts...) }

func writeJSON(env Environment, content any) error {
	e := json.NewEncoder(env.Stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(content)
}
