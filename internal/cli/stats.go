package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"coops/internal/directory"
	"coops/internal/exchange"
	"coops/internal/problem"
	"coops/internal/world"

	"github.com/spf13/cobra"
)

func newStats(env Environment, dir *string) *cobra.Command {
	var format, language string
	cmd := &cobra.Command{
		Use:   "stats",
		Short: "What there is and what is missing, skill by skill",
		Long: "Counts, for each skill, who does it, teaches it and needs it; shows what is needed and nobody has, what is taught and nobody\n" +
			"asked for, and which show-and-tells would help most, with an hour that suits. By country and by network, too.",
		Example: "  coops stats\n  coops stats --format json",
		Args:    cobra.NoArgs,
		RunE: verb(func(cmd *cobra.Command, _ []string) error {
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
			s := statsOf(d, directory.Date(env.Now().UTC().Format(time.DateOnly)))
			if format == "json" {
				return writeJSON(env, s)
			}
			_, err = fmt.Fprint(env.Stdout, voice{problem.In(language), d}.stats(s))
			return err
		}),
	}
	exchangeFlags(cmd, &format, &language)
	return cmd
}

// stats are the numbers of a directory, as docs/architecture.md promises them in JSON.
type stats struct {
	Coops     int                           `json:"coops"` // at work
	Needs     int                           `json:"needs"`
	Offers    int                           `json:"offers"` // to teach
	Requests  int                           `json:"requests"`
	Skills    []exchange.Balance            `json:"skills"`
	Gaps      []string                      `json:"gaps"`    // skills that are needed, and nobody could answer
	Unasked   []string                      `json:"unasked"` // skills that are taught, and nobody wants to learn
	Meetings  []meetingJSON                 `json:"meetings"`
	Countries map[string][]exchange.Balance `json:"countries"` // of the co-ops there, alone
	Networks  map[string][]exchange.Balance `json:"networks"`

	meetings []exchange.Meeting
}

type meetingJSON struct {
	Skill    string     `json:"skill"`
	Learners []string   `json:"learners"`
	Hosts    []hostJSON `json:"hosts"`
	Start    string     `json:"start,omitempty"` // RFC 3339, UTC; none where no hour suits
}

type hostJSON struct {
	Coop     string   `json:"coop"`
	Language string   `json:"language"`
	Reaches  []string `json:"reaches"`
}

func statsOf(d *directory.Directory, today directory.Date) stats {
	x := exchange.Open(d, today)
	all := x.Balances()
	s := stats{
		Skills:    all,
		Gaps:      ids(exchange.Gaps(all)),
		Unasked:   ids(exchange.Unasked(all)),
		Meetings:  []meetingJSON{},
		Countries: exchange.By(d, today, (*directory.Coop).Countries),
		Networks:  exchange.By(d, today, func(c *directory.Coop) []string { return c.Networks }),
		meetings:  x.Meetings(),
	}
	for _, c := range d.Coops {
		if exchange.AtWork(c) {
			s.Coops++
			s.Offers += len(c.Teaches)
		}
	}
	for _, a := range x.Answers(1) {
		if a.Coop != nil {
			s.Needs++
		}
	}
	for _, q := range d.Requests {
		if exchange.Wanted(q, today) {
			s.Requests++
		}
	}
	for _, m := range s.meetings {
		j := meetingJSON{Skill: m.Skill, Learners: slugsOf(m.Learners)}
		for _, h := range m.Hosts {
			j.Hosts = append(j.Hosts, hostJSON{h.Coop.Slug, h.Language, slugsOf(h.Reaches)})
		}
		if m.Hour != nil {
			j.Start = m.Hour.Start.Format(time.RFC3339)
		}
		s.Meetings = append(s.Meetings, j)
	}
	return s
}

func ids(balances []exchange.Balance) []string {
	all := []string{}
	for _, b := range balances {
		all = append(all, b.Skill)
	}
	return all
}

func slugsOf(coops []*directory.Coop) []string {
	all := []string{}
	for _, c := range coops {
		all = append(all, c.Slug)
	}
	return all
}

// stats says the numbers: first what can be acted on, then the table.
func (v voice) stats(s stats) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s · %s · %s · %s\n",
		v.say("stats.coops", "count", s.Coops), v.say("stats.needs", "count", s.Needs), v.say("stats.offers", "count", s.Offers), v.say("stats.requests", "count", s.Requests))
	if s.Needs+s.Offers+s.Requests == 0 {
		fmt.Fprintf(&b, "%s\n", v.say("match.none"))
	}
	line := func(id string, skills []string) {
		if len(skills) > 0 {
			fmt.Fprintf(&b, "\n%s\n  %s\n", v.say(id), v.skills(skills))
		}
	}
	line("stats.gaps", s.Gaps)
	line("stats.unasked", s.Unasked)
	if len(s.meetings) > 0 {
		fmt.Fprintf(&b, "\n%s\n", v.say("stats.meetings"))
		for _, m := range s.meetings {
			fmt.Fprintf(&b, "  %s\n", v.meeting(m))
		}
	}
	v.groups(&b, "stats.countries", s.Countries, func(code string) string { return world.CountryName(code, v.Language) })
	v.groups(&b, "stats.networks", s.Networks, func(id string) string {
		for _, n := range v.directory.Networks {
			if n.ID == id {
				return n.Name
			}
		}
		return id
	})
	if len(s.Skills) > 0 {
		b.WriteString("\n")
		table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
		head := []string{"does", "teaches", "learn", "work", "partner", "requests", "open"}
		fmt.Fprintf(table, "%s\t  %s\n", strings.Join(each(head, func(key string) string { return v.say("stats.head." + key) }), "\t"), v.say("stats.head.skill"))
		for _, k := range s.Skills {
			fmt.Fprintf(table, "%d\t%d\t%d\t%d\t%d\t%d\t%d\t  %s\n", k.Does, k.Teaches, k.Learn, k.Work, k.Partner, k.Requests, k.Open, v.skill(k.Skill))
		}
		table.Flush() // to a strings.Builder, which never fails
	}
	return b.String()
}

// groups says what co-ops of a country or network need and cannot answer among themselves.
func (v voice) groups(b *strings.Builder, title string, groups map[string][]exchange.Balance, name func(string) string) {
	head := "\n" + v.say(title) + "\n"
	for _, id := range slices.Sorted(maps.Keys(groups)) {
		if gaps := exchange.Gaps(groups[id]); len(gaps) > 0 {
			fmt.Fprintf(b, "%s  %s: %s\n", head, name(id), v.skills(ids(gaps)))
			head = ""
		}
	}
}

// meeting says who could show what to whom, and when.
func (v voice) meeting(m exchange.Meeting) string {
	host := m.Hosts[0]
	said := v.say("stats.meeting", "count", len(host.Reaches), "skill", v.skill(m.Skill), "host", host.Coop.Name, "language", v.languages([]string{host.Language}))
	if m.Hour == nil {
		return said
	}
	clocks := []string{m.Hour.Start.Format("2006-01-02 15:04") + " UTC"}
	for _, g := range m.Hour.Guests {
		clocks = append(clocks, g.Coop.Name+" "+g.Start.Format("15:04"))
	}
	return said + "\n    " + strings.Join(clocks, " · ")
}
