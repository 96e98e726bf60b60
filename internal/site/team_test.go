package site

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"coops/internal/directory"
	"coops/internal/exchange"
)

var updateTeams = flag.Bool("update", false, "write test/js/teams.json anew")

const teamsGolden = "../../test/js/teams.json"

type teamCase struct {
	Need     []string   `json:"need"`
	Language string     `json:"language,omitempty"`
	Country  string     `json:"country,omitempty"`
	Teams    []teamSaid `json:"teams"`
	Missing  []string   `json:"missing"`
	Exact    bool       `json:"isExact"`
}

type teamSaid struct {
	Members   []memberSaid `json:"members"`
	Languages []string     `json:"languages"`
	Countries []string     `json:"countries"`
}

type memberSaid struct {
	Slug   string   `json:"slug"`
	Skills []string `json:"skills"`
}

// The page that finds teams, in JavaScript, gives the answers of `coops match --need`: test/js/team.test.js holds it to the same file.
func TestTeamsOfThePageAreThoseOfMatch(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	d := &directory.Directory{}
	for i := range 16 {
		s := &directory.Skill{ID: fmt.Sprintf("skill-%d", i), Label: directory.Text{"en": fmt.Sprint(i)}}
		if i%5 == 4 {
			s.PartOf = fmt.Sprintf("skill-%d", i-1)
		}
		d.Skills = append(d.Skills, s)
	}
	pick := func(from []string, most int) (some []string) {
		for _, at := range random.Perm(len(from))[:1+random.IntN(most)] {
			some = append(some, from[at])
		}
		return some
	}
	for i := range 60 {
		c := &directory.Coop{Slug: fmt.Sprintf("coop-%02d", i), Name: fmt.Sprintf("Coop %d", i), Status: "active", ListedBy: "coop", Confirmed: "2026-10-01", Languages: pick([]string{"en", "es", "pt-BR", "fr"}, 2)}
		for _, country := range pick([]string{"AR", "BR", "FR", "GB"}, 1) {
			c.Locations = append(c.Locations, directory.Location{Country: country})
		}
		if i%3 > 0 {
			c.Serves = pick([]string{"AR", "BR", "CL", "CL", "worldwide"}, 2)
		}
		for _, at := range random.Perm(15)[:1+random.IntN(3)] {
			c.Skills = append(c.Skills, directory.SkillUse{Skill: fmt.Sprintf("skill-%d", at), Level: []string{"", "expert", "learning"}[random.IntN(3)]})
		}
		if i%9 == 0 {
			c.Status, c.Availability = "closed", "full"
		}
		d.Coops = append(d.Coops, c)
	}
	x := exchange.Open(d, "2026-11-28")
	var cases []teamCase
	for n := range 40 {
		var need []string
		for _, at := range random.Perm(16)[:1+n%13] {
			need = append(need, fmt.Sprintf("skill-%d", at))
		}
		limits := []exchange.Ask{{Language: []string{"en", "es", "pt"}[n/3%3]}, {Country: []string{"AR", "CL", "GB"}[n/3%3]}, {Language: "fr", Country: "BR"}}
		for _, ask := range []exchange.Ask{{}, limits[n%3]} {
			ask.Skills = need
			cases = append(cases, answered(x, ask))
		}
	}
	kinds := map[string]int{}
	for _, c := range cases {
		kinds[fmt.Sprint("teams: ", len(c.Teams) > 0, ", missing: ", len(c.Missing) > 0, ", limited: ", c.Language+c.Country != "")]++
	}
	if len(kinds) < 6 {
		t.Errorf("the cases are of too few kinds: %v", kinds)
	}
	content, err := json.Marshal(map[string]any{"data": teamsOf(x), "cases": cases})
	if err != nil {
		t.Fatal(err)
	}
	if *updateTeams {
		if err := os.WriteFile(teamsGolden, append(content, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if golden, err := os.ReadFile(teamsGolden); err != nil || string(golden) != string(content)+"\n" {
		t.Errorf("%s is not what match answers now (%v); run go test ./internal/site -run Teams -update", teamsGolden, err)
	}
}

func answered(x *exchange.Exchange, ask exchange.Ask) teamCase {
	found := x.Team(ask, 5)
	said := teamCase{ask.Skills, ask.Language, ask.Country, []teamSaid{}, append([]string{}, found.Missing...), found.Exact}
	for _, team := range found.Teams {
		one := teamSaid{Languages: append([]string{}, team.Languages...), Countries: append([]string{}, team.Countries...)}
		for _, m := range team.Members {
			one.Members = append(one.Members, memberSaid{m.Coop.Slug, m.Skills})
		}
		said.Teams = append(said.Teams, one)
	}
	return said
}
