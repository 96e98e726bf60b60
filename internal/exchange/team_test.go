package exchange_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"coops/internal/directory"
	"coops/internal/exchange"
)

func doer(slug string, languages, countries []string, skills ...string) *directory.Coop {
	c := &directory.Coop{Slug: slug, Name: slug, ListedBy: "coop", Languages: languages}
	for _, code := range countries {
		c.Locations = append(c.Locations, directory.Location{Country: code})
	}
	for _, id := range skills {
		c.Skills = append(c.Skills, directory.SkillUse{Skill: id})
	}
	return c
}

func words(s string) []string { return strings.Fields(s) }

// roster writes a team down, as in "fern: web; gorse: rust (es, AR)".
func roster(t exchange.Team) string {
	var all []string
	for _, m := range t.Members {
		all = append(all, m.Coop.Slug+": "+strings.Join(m.Skills, " "))
	}
	return fmt.Sprintf("%s (%s; %s)", strings.Join(all, "; "), strings.Join(t.Languages, " "), strings.Join(t.Countries, " "))
}

func TestTheSmallestTeamThatTalksToEachOther(t *testing.T) {
	d := of(
		doer("acacia", words("en"), words("GB"), "web", "rust"),
		doer("birch", words("de"), words("DE"), "kubernetes"),
		doer("cedar", words("es en"), words("AR"), "kubernetes"),
		doer("dogwood", words("en"), words("GB"), "kubernetes"),
		doer("elm", words("en"), words("GB"), "web"),
		doer("fir", words("en"), words("GB"), "rust"),
	)
	x := exchange.Open(d, today)
	got := x.Team(exchange.Ask{Skills: words("kubernetes rust old-web")}, 2)
	if !got.Exact || len(got.Missing) > 0 || len(got.Teams) != 2 {
		t.Fatalf("got %+v", got)
	}
	if got, want := roster(got.Teams[0]), "acacia: rust web; dogwood: kubernetes (en; GB)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := roster(got.Teams[1]), "acacia: rust web; cedar: kubernetes (en; )"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for name, c := range map[string]struct {
		ask  exchange.Ask
		want string
	}{
		"everybody speaks it": {exchange.Ask{Skills: words("web kubernetes"), Language: "en-GB"}, "acacia: web; dogwood: kubernetes (en; GB)"},
		"everybody is there":  {exchange.Ask{Skills: words("kubernetes"), Country: "AR"}, "cedar: kubernetes (en es; AR)"},
		"what is there once":  {exchange.Ask{Skills: words("web web old-web")}, "acacia: web (en; GB)"},
	} {
		teams := x.Team(c.ask, 1).Teams
		if len(teams) != 1 || roster(teams[0]) != c.want {
			t.Errorf("%s: got %v, want %s", name, teams, c.want)
		}
	}
}

func TestATeamSaysWhatNobodyDoes(t *testing.T) {
	full := doer("birch", nil, nil, "kubernetes")
	full.Availability = "full"
	declines := doer("cedar", nil, nil, "rust")
	declines.Declines = words("rust")
	x := exchange.Open(of(doer("acacia", nil, nil, "drupal"), full, declines), today)
	got := x.Team(exchange.Ask{Skills: words("web kubernetes rust")}, 3)
	if strings.Join(got.Missing, " ") != "kubernetes rust" || len(got.Teams) != 1 || roster(got.Teams[0]) != "acacia: web (; )" {
		t.Errorf("got %+v", got)
	}
	// Who does a part of it does it; who does what it is part of need not.
	if got := x.Team(exchange.Ask{Skills: words("phoenix")}, 3); len(got.Teams) > 0 || len(got.Missing) != 1 {
		t.Errorf("got %+v", got)
	}
	for _, skills := range [][]string{nil, {"weaving"}} {
		if got := x.Team(exchange.Ask{Skills: skills}, 3); len(got.Teams) > 0 {
			t.Errorf("%q: got %+v", skills, got)
		}
	}
}

func TestTimeSkillAndFreshnessMakeTheBetterTeam(t *testing.T) {
	better := doer("birch", words("en"), words("GB"), "web")
	better.Availability, better.Confirmed, better.Skills[0].Level = "open", "2026-10-10", "expert"
	x := exchange.Open(of(doer("acacia", words("en"), words("GB"), "web"), better), today)
	if got := x.Team(exchange.Ask{Skills: words("web")}, 1).Teams; roster(got[0]) != "birch: web (en; GB)" {
		t.Errorf("got %v", got)
	}
}

func TestDoersAreWhatATeamIsMadeOf(t *testing.T) {
	full := doer("birch", nil, nil, "web")
	full.Availability = "full"
	doers := exchange.Open(of(doer("acacia", nil, nil, "drupal", "elixir"), full), today).Doers()
	if len(doers) != 1 || doers[0].Coop.Slug != "acacia" {
		t.Fatalf("got %+v", doers)
	}
	points := map[string]int{}
	for _, s := range doers[0].Does {
		points[s.Skill] = s.Points
	}
	if len(points) != 3 || points["drupal"] != points["elixir"] || points["web"] == 0 || points["web"] >= points["drupal"] {
		t.Errorf("got %v", points)
	}
}

// A search through every team of a few co-ops finds none that is smaller, nor one as small that shares a
// language where the one that was found does not.
func TestNoTeamIsSmaller(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	var skills []*directory.Skill
	var ids []string
	for i := range 6 {
		ids = append(ids, fmt.Sprint("s", i))
		skills = append(skills, &directory.Skill{ID: ids[i]})
	}
	for round := range 200 {
		var coops []*directory.Coop
		for i := range 9 {
			c := doer(fmt.Sprint("c", i), []string{[]string{"en", "es", "fr"}[r.IntN(3)], "de"}[r.IntN(2):][:1], []string{[]string{"AR", "ES"}[r.IntN(2)]})
			for _, id := range ids {
				if r.IntN(4) == 0 {
					c.Skills = append(c.Skills, directory.SkillUse{Skill: id})
				}
			}
			coops = append(coops, c)
		}
		d := &directory.Directory{Coops: coops, Skills: skills}
		got := exchange.Open(d, today).Team(exchange.Ask{Skills: ids}, 9)
		needed := len(ids) - len(got.Missing)
		size, talking := 0, false
		for team := range 1 << len(coops) {
			does, speaks := map[string]bool{}, map[string]int{}
			for i, c := range coops {
				if team&(1<<i) != 0 {
					speaks[c.Languages[0]]++
					for _, u := range c.Skills {
						does[u.Skill] = true
					}
				}
			}
			n := bits.OnesCount(uint(team))
			if len(does) < needed || size > 0 && n > size {
				continue
			}
			if n < size || size == 0 {
				size, talking = n, false
			}
			for _, speakers := range speaks {
				talking = talking || speakers == n
			}
		}
		if needed == 0 {
			continue
		}
		first := got.Teams[0]
		if len(first.Members) != size || len(first.Languages) > 0 != talking || !got.Exact {
			t.Fatalf("round %d: got %s, want %d co-ops, sharing a language: %v", round, roster(first), size, talking)
		}
		for _, team := range got.Teams {
			covered := map[string]bool{}
			for _, m := range team.Members {
				for _, id := range m.Skills {
					covered[id] = true
				}
			}
			if len(covered) != needed || len(team.Members) != size {
				t.Fatalf("round %d: %s does not cover %d skills with %d co-ops", round, roster(team), needed, size)
			}
		}
	}
}

func TestManySkillsAreCoveredOneByOne(t *testing.T) {
	var ids []string
	var skills []*directory.Skill
	var coops []*directory.Coop
	for i := range 70 {
		id := fmt.Sprintf("s%02d", i)
		ids = append(ids, id)
		skills = append(skills, &directory.Skill{ID: id})
		coops = append(coops, doer("c"+id, words("en"), nil, id))
	}
	coops = append(coops, doer("most", words("es"), nil, ids[:50]...))
	x := exchange.Open(&directory.Directory{Coops: coops, Skills: skills}, today)
	got := x.Team(exchange.Ask{Skills: ids[:20]}, 3)
	if got.Exact || len(got.Teams) != 1 || len(got.Teams[0].Members) != 1 {
		t.Errorf("got %+v", got)
	}
	got = x.Team(exchange.Ask{Skills: ids}, 1)
	var covered []string
	for _, m := range got.Teams[0].Members {
		covered = append(covered, m.Skills...)
	}
	slices.Sort(covered)
	if want := ids[:exchange.MostAsked]; !slices.Equal(covered, want) || len(got.Teams[0].Members) != 15 {
		t.Errorf("got %s", roster(got.Teams[0]))
	}
}

func BenchmarkTeam(b *testing.B) {
	x := exchange.Open(many(10_000), today)
	for b.Loop() {
		x.Team(exchange.Ask{Skills: words("s000 s003 s010 s020 s030 s040 s050 s060")}, 3)
	}
}
