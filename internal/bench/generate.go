package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"coops/internal/check"
	"coops/internal/directory"
)

// generate writes a directory of invented co-ops, the same for the same number and seed. Skills, countries,
// sectors and words are as frequent as they are in life: a few are everywhere, most are rare (Zipf).
func generate(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("generate", flag.ContinueOnError)
	count := flags.Int("coops", 1000, "how many co-ops")
	seed := flags.Uint64("seed", 1, "another one gives another directory")
	like := flags.String("like", ".", "the directory to take skills, sectors and networks from")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return fmt.Errorf("name one folder to write")
	}
	d, _, err := check.Directory(ctx, os.DirFS(*like), "2026-11-01")
	if err != nil {
		return err
	}
	coops := filepath.Join(flags.Arg(0), "data", "coops")
	if err := os.MkdirAll(coops, 0o755); err != nil {
		return err
	}
	g := newGenerator(d, *seed)
	for n := range *count {
		slug, profile := g.profile(n)
		if err := os.WriteFile(filepath.Join(coops, slug+".yaml"), []byte(profile), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// tongue is a language as the generator speaks it: syllables, and the words between the others.
type tongue struct {
	syllables []string
	between   []string
	words     []string // the most frequent first
}

const lexicon = 12_000 // words of a language

var (
	spoken    = []string{"en", "es", "fr", "pt"}
	countries = strings.Fields("ES US FR AR GB DE BR IT CA MX UY CL BE NL CO PT CH AU PE IE SE DK NZ AT CR EC BO PY FI NO GR IN JP KE ZA PL CZ HU RO TR")
	places    = strings.Fields("Rosario Lyon Porto Bristol Sevilla Oakland Recife Leeds Córdoba Nantes Montreal Berlin Quito Lisboa Torino Gent Utrecht Malmö Cork Bern Graz Lima Oslo Kraków Brno")
)

type generator struct {
	*rand.Rand
	skills, sectors, networks []string
	tongues                   map[string]*tongue
}

func newGenerator(d *directory.Directory, seed uint64) *generator {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 2026)), tongues: map[string]*tongue{
		"en": {syllables: strings.Fields("work stead build ing er ly pro com tion net share web farm light tool mem ber pub lic new ter al ed re un ness"), between: strings.Fields("the of and for with to a in we that")},
		"es": {syllables: strings.Fields("tra ba jo co mu ni dad ción es so li re des cul tu ra pro ye to ar men te ci u da sa lud"), between: strings.Fields("de la y para con el en que los un")},
		"fr": {syllables: strings.Fields("tra vail com mun au té tion sol li re seau cul tu re pro jet er ment eau eur ci toy en ne sa"), between: strings.Fields("de la et pour avec le en les des un")},
		"pt": {syllables: strings.Fields("tra ba lho co mu ni da de ção so li re des cul tu ra pro je to ar men te ci sa ú"), between: strings.Fields("de a e para com o em que os um")},
	}}
	for _, s := range d.Skills {
		if s.AliasOf == "" {
			g.skills = append(g.skills, s.ID)
		}
	}
	for _, s := range d.Sectors {
		g.sectors = append(g.sectors, s.ID)
	}
	for _, n := range d.Networks {
		g.networks = append(g.networks, n.ID)
	}
	for _, list := range [][]string{g.skills, g.sectors, g.networks} {
		g.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	for _, in := range spoken {
		t := g.tongues[in]
		known := map[string]bool{}
		for len(t.words) < lexicon {
			if word := g.word(t, 2+g.IntN(3)); !known[word] {
				known[word] = true
				t.words = append(t.words, word)
			}
		}
	}
	return g
}

func (g *generator) word(t *tongue, syllables int) string {
	var b strings.Builder
	for range syllables {
		b.WriteString(t.syllables[g.IntN(len(t.syllables))])
	}
	return b.String()
}

// rank returns a number below n; the first are the most likely, as 1/rank.
func (g *generator) rank(n int) int {
	return min(n-1, int(math.Exp(g.Float64()*math.Log(float64(n)+1)))-1)
}

// some returns about as many of the list as said, each once.
func (g *generator) some(list []string, about float64) []string {
	var out []string
	for wanted := int(about*2*g.Float64() + 0.5); wanted > 0 && len(list) > 0; wanted-- {
		if one := list[g.rank(len(list))]; !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return out
}

// text returns sentences of about so many characters.
func (g *generator) text(in string, length int) string {
	t := g.tongues[in]
	var b strings.Builder
	for b.Len() < length {
		word := t.words[g.rank(len(t.words))]
		if g.IntN(5) < 2 {
			word = t.between[g.rank(len(t.between))]
		}
		if b.Len() == 0 {
			word = strings.ToUpper(word[:1]) + word[1:]
		} else {
			b.WriteString([]string{" ", " ", " ", " ", " ", ", "}[g.IntN(6)])
		}
		b.WriteString(word)
	}
	return b.String() + "."
}

func quoted(text string) string {
	data, _ := json.Marshal(text)
	return string(data)
}

// profile returns the slug and the file of co-op n.
func (g *generator) profile(n int) (slug, file string) {
	in := spoken[g.rank(len(spoken))]
	name := g.word(g.tongues[in], 2)
	name = strings.ToUpper(name[:1]) + name[1:]
	if g.IntN(2) == 0 {
		name += []string{" Coop", " Tech", " Digital", " Software", " Web", " Labs", " Collective"}[g.IntN(7)]
	}
	name += fmt.Sprintf(" %d", n)
	slug = fmt.Sprintf("coop-%05d", n)
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	list := func(key string, ids []string) {
		if len(ids) > 0 {
			line("%s: [%s]", key, strings.Join(ids, ", "))
		}
	}
	sorted := func(key string, ids []string) { list(key, slices.Sorted(slices.Values(ids))) }
	texts := func(key string, languages []string, least, most int) {
		line("%s:", key)
		for _, in := range languages {
			line("  %s: %s", in, quoted(g.text(in, least+g.IntN(most-least))))
		}
	}
	line("name: %s", quoted(name))
	line("website: https://%s.example", slug)
	switch g.IntN(10) {
	case 0:
		line("status: closed")
		line("ended: %d", 2015+g.IntN(10))
	case 1:
		line("status: forming")
	default:
		line("status: active")
	}
	said := append([]string{in}, slices.DeleteFunc(g.some(spoken, 0.7), func(other string) bool { return other == in })...)
	texts("summary", said, 60, 140)
	if g.IntN(3) > 0 {
		texts("description", said, 300, 900)
	}
	line("locations:")
	for _, country := range append(g.some(countries, 0.2), countries[g.rank(len(countries))])[:1] {
		line("  - {country: %s, place: %s}", country, places[g.rank(len(places))])
	}
	line("remote: %t", g.IntN(3) > 0)
	list("languages", said)
	sorted("networks", g.some(g.networks, 0.7))
	sorted("sectors", g.some(g.sectors, 1.5))
	skills := append(g.some(g.skills[1:], 4.5), g.skills[0])
	list("skills", skills)
	if teaches := g.some(skills, 0.6); len(teaches) > 0 {
		line("teaches:")
		for _, id := range teaches {
			line("  - {skill: %s}", id)
		}
	}
	if needs := g.some(g.skills, 0.6); len(needs) > 0 {
		line("needs:")
		for _, id := range needs {
			line("  - {skill: %s, kind: learn}", id)
		}
	}
	line("availability: %s", []string{"open", "limited", "full"}[g.rank(3)])
	line("contact: {email: hello@%s.example}", slug)
	line("listed_by: coop")
	line(`confirmed: "2026-%02d-%02d"`, 1+g.IntN(10), 1+g.IntN(28)) // in quotes: others take it for no text
	return slug, b.String()
}
