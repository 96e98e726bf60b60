package exchange_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"coops/internal/directory"
	"coops/internal/exchange"
)

// BenchmarkAnswers matches 10,000 co-ops with 3 needs and 3 offers each, and readies them first. Skills are
// as many as the vocabulary has and as frequent as they are in life (Zipf): the most frequent is wanted by
// a sixth of all.
func BenchmarkAnswers(b *testing.B) {
	d := many(10_000)
	for b.Loop() {
		exchange.Open(d, today).Answers(5)
	}
}

const today directory.Date = "2026-11-23"

// many makes a directory of invented co-ops, always the same.
func many(n int) *directory.Directory {
	r := rand.New(rand.NewPCG(1, 2026))
	d := &directory.Directory{}
	const skills = 150
	for i := range skills {
		s := &directory.Skill{ID: fmt.Sprintf("s%03d", i)}
		if i%4 == 3 {
			s.PartOf = fmt.Sprintf("s%03d", i/4)
		}
		d.Skills = append(d.Skills, s)
	}
	skill := func() string {
		return d.Skills[min(skills-1, int(math.Exp(r.Float64()*math.Log(skills+1)))-1)].ID
	}
	pick := func(of []string) string { return of[r.IntN(len(of))] }
	languages := []string{"es", "en", "fr", "pt", "pt-BR", "ca", "de", "it"}
	countries := []string{"AR", "ES", "FR", "BR", "GB", "US", "MX", "DE", "IN", "UY"}
	zones := []string{"America/Argentina/Cordoba", "Europe/Madrid", "Europe/London", "America/Sao_Paulo", "America/New_York", "America/Mexico_City", "Asia/Kolkata", "Pacific/Auckland"}
	kinds := []string{"learn", "learn", "work", "partner"}
	terms := []string{"", "free", "exchange", "solidarity", "paid"}
	formats := []string{"show-and-tell", "workshop", "mentoring", "pairing"}
	for i := range n {
		c := &directory.Coop{
			Slug: fmt.Sprintf("c%05d", i), Name: fmt.Sprint("Co-op ", i), ListedBy: "coop",
			Confirmed: directory.Date(fmt.Sprintf("202%d-%02d-01", 5+r.IntN(2), 1+r.IntN(11))),
			Languages: []string{pick(languages), pick(languages)}, Timezones: []string{pick(zones)},
			Locations:    []directory.Location{{Country: pick(countries)}},
			Status:       pick([]string{"", "", "", "", "", "", "forming", "dormant", "closed"}),
			Availability: pick([]string{"", "open", "open", "limited", "full"}),
			Website:      fmt.Sprintf("https://c%d.example", i),
		}
		if i%5 == 0 {
			c.Serves = []string{"worldwide"}
		}
		for range 3 {
			c.Needs = append(c.Needs, directory.Need{Skill: skill(), Kind: pick(kinds)})
			c.Teaches = append(c.Teaches, directory.Offer{Skill: skill(), Formats: []string{pick(formats)}, Terms: pick(terms)})
			c.Skills = append(c.Skills, directory.SkillUse{Skill: skill()})
		}
		if i%7 == 0 {
			c.Declines = []string{skill()}
		}
		d.Coops = append(d.Coops, c)
	}
	return d
}
