package exchange_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"coops/internal/directory"
	"coops/internal/exchange"
)

// vocabulary is a small one: Phoenix is part of Elixir, Drupal of web; "old-web" was retired.
var vocabulary = []*directory.Skill{
	{ID: "drupal", PartOf: "web"}, {ID: "elixir"}, {ID: "kubernetes"}, {ID: "old-web", AliasOf: "web"},
	{ID: "phoenix", PartOf: "elixir"}, {ID: "rust", PartOf: "rust"}, {ID: "web"},
}

// learner and teacher match in everything, so that a test can take one thing away.
func learner() *directory.Coop {
	return &directory.Coop{
		Slug: "anemone", Name: "Anemone", ListedBy: "coop", Confirmed: "2026-10-01", Website: "https://anemone.example",
		Languages: []string{"pt-BR", "es"}, Timezones: []string{"America/Sao_Paulo"}, Locations: []directory.Location{{Country: "BR"}},
		Needs: []directory.Need{{Skill: "elixir", Kind: "learn", Formats: []string{"workshop", "pairing"}, Terms: []string{"solidarity"}}},
	}
}

func teacher() *directory.Coop {
	return &directory.Coop{
		Slug: "bracken", Name: "Bracken", ListedBy: "coop", Confirmed: "2026-09-01", Website: "https://bracken.example",
		Languages: []string{"en", "pt"}, Timezones: []string{"Europe/Lisbon"}, Locations: []directory.Location{{Country: "PT"}}, Serves: []string{"BR"},
		Availability: "open",
		Teaches:      []directory.Offer{{Skill: "elixir", Formats: []string{"workshop", "course"}, Terms: "solidarity"}},
	}
}

func of(coops ...*directory.Coop) *directory.Directory {
	return &directory.Directory{Coops: coops, Skills: vocabulary}
}

// matched returns all matches of a directory, the most workable first.
func matched(d *directory.Directory, day directory.Date) []exchange.Match {
	return exchange.Matches(exchange.Open(d, day).Answers(0), nil)
}

// everything returns the matches in which one takes part.
func everything(x *exchange.Exchange, slug string) []exchange.Match {
	return exchange.Matches(x.AnswersTo(slug, 0), x.Helps(slug, 0))
}

// told writes matches down, one a line: kind skill: who <- who could.
func told(matches []exchange.Match) string {
	var lines []string
	for _, m := range matches {
		lines = append(lines, fmt.Sprintf("%s %s: %s <- %s", m.Kind, m.Skill, m.Of(), m.Offer.Slug))
	}
	return strings.Join(lines, "\n")
}

// reasons writes reasons down, as in "language:pt hours:240".
func reasons(m exchange.Match) string {
	var all []string
	for _, r := range m.Reasons {
		s := string(r.Code)
		if len(r.Values) > 0 {
			s += ":" + strings.Join(r.Values, ",")
		}
		if r.Minutes > 0 {
			s += fmt.Sprint(":", r.Minutes)
		}
		all = append(all, s)
	}
	return strings.Join(all, " ")
}

func TestAMatchKeepsItsReasons(t *testing.T) {
	matches := matched(of(learner(), teacher()), today)
	if told(matches) != "learn elixir: anemone <- bracken" {
		t.Fatalf("got %q", told(matches))
	}
	const want = "skill language:pt hours:300 serves:BR format:workshop terms:solidarity open fresh:2026-09-01"
	if got := reasons(matches[0]); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := matches[0].Score, 30+20+15*300/480+7+5+5+5+10; got != want {
		t.Errorf("score %d, want %d", got, want)
	}
}

// Every case takes one thing from a perfect pair, and with it the reason that it was, and some points.
func TestWhatIsNotSharedIsNoReason(t *testing.T) {
	perfect := matched(of(learner(), teacher()), today)[0]
	for _, c := range []struct {
		name, lost, got string
		change          func(learner, teacher *directory.Coop)
	}{
		{"the language it is taught in", "language:pt ", "", func(_, b *directory.Coop) { b.Teaches[0].Languages = []string{"en"} }},
		{"time zones", "hours:300 ", "", func(_, b *directory.Coop) { b.Timezones = []string{"Pacific/Auckland"} }},
		{"no zone at all", "hours:300 ", "", func(_, b *directory.Coop) { b.Timezones = nil }},
		{"a zone that is none", "hours:300 ", "", func(_, b *directory.Coop) { b.Timezones = []string{"Mars/Olympus", "Local", ""} }},
		{"the country served", "serves:BR ", "", func(_, b *directory.Coop) { b.Serves = nil }},
		{"the format", "format:workshop ", "", func(_, b *directory.Coop) { b.Teaches[0].Formats = []string{"course"} }},
		{"formats, where none is said", "format:workshop ", "", func(_, b *directory.Coop) { b.Teaches[0].Formats = nil }},
		{"the terms", "terms:solidarity ", "", func(_, b *directory.Coop) { b.Teaches[0].Terms = "paid" }},
		{"terms, where none are said", "terms:solidarity ", "", func(a, _ *directory.Coop) { a.Needs[0].Terms = nil }},
		{"time", "open ", "", func(_, b *directory.Coop) { b.Availability = "limited" }},
		{"freshness of the one", " fresh:2026-09-01", "", func(a, _ *directory.Coop) { a.Confirmed = "2025-11-22" }},
		{"freshness of the other", " fresh:2026-09-01", "", func(_, b *directory.Coop) { b.Confirmed = "2020-01-01" }},
		{"a listing that is not its own", " fresh:2026-09-01", "", func(_, b *directory.Coop) { b.ListedBy = "third-party" }},
		{"the very skill, for a part of it", "skill", "narrower:phoenix", func(_, b *directory.Coop) { b.Teaches[0].Skill = "phoenix" }},
		{"the very skill, for a wider one", "skill", "wider:elixir", func(a, _ *directory.Coop) { a.Needs[0].Skill = "phoenix" }},
	} {
		a, b := learner(), teacher()
		c.change(a, b)
		matches := matched(of(a, b), today)
		if len(matches) != 1 {
			t.Errorf("%s: got %q", c.name, told(matches))
			continue
		}
		if got, want := reasons(matches[0]), strings.Replace(reasons(perfect), c.lost, c.got, 1); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, want)
		}
		if matches[0].Score >= perfect.Score {
			t.Errorf("%s: the score is %d, as good as %d", c.name, matches[0].Score, perfect.Score)
		}
	}
}

func TestWhatMakesAPairBetter(t *testing.T) {
	for _, c := range []struct {
		name, want string
		change     func(learner, teacher *directory.Coop)
	}{
		{"both in one country", "country:BR", func(_, b *directory.Coop) { b.Locations = append(b.Locations, directory.Location{Country: "BR"}) }},
		{"for everybody", "worldwide", func(_, b *directory.Coop) { b.Serves = []string{"worldwide"} }},
		{"any format will do", "format:workshop,course", func(a, _ *directory.Coop) { a.Needs[0].Formats = nil }},
		{"nothing is asked in return", "terms:free", func(a, b *directory.Coop) { a.Needs[0].Terms, b.Teaches[0].Terms = nil, "free" }},
		{"the nearer of two zones", "hours:480", func(_, b *directory.Coop) { b.Timezones = []string{"Asia/Tokyo", "America/Bahia"} }},
		{"a retired id", "skill", func(a, b *directory.Coop) { a.Needs[0].Skill, b.Teaches[0].Skill = "web", "old-web" }},
		{"two offers of one skill are one", "terms:solidarity,free", func(_, b *directory.Coop) {
			b.Teaches = append(b.Teaches, directory.Offer{Skill: "elixir", Terms: "free"})
		}},
	} {
		a, b := learner(), teacher()
		c.change(a, b)
		matches := matched(of(a, b), today)
		if len(matches) != 1 || !slices.Contains(strings.Fields(reasons(matches[0])), c.want) {
			t.Errorf("%s: want %s in %q, %q", c.name, c.want, told(matches), reasons(matches[0]))
		}
	}
}

func TestWhoIsNeverMatched(t *testing.T) {
	for name, change := range map[string]func(learner, teacher *directory.Coop){
		"declines it": func(_, b *directory.Coop) { b.Declines = []string{"elixir"} },
		"declines it by a retired id": func(a, b *directory.Coop) {
			a.Needs[0].Skill, b.Teaches[0].Skill, b.Declines = "web", "web", []string{"old-web"}
		},
		"declines what a part is asked": func(a, b *directory.Coop) { a.Needs[0].Skill, b.Declines = "phoenix", []string{"phoenix"} },
		"ended":                         func(_, b *directory.Coop) { b.Status = "closed" },
		"merged":                        func(_, b *directory.Coop) { b.Status = "merged" },
		"no longer a co-op":             func(_, b *directory.Coop) { b.Status = "no-longer-coop" },
		"dormant":                       func(_, b *directory.Coop) { b.Status = "dormant" },
		"full":                          func(_, b *directory.Coop) { b.Availability = "full" },
		"the learner ended":             func(a, _ *directory.Coop) { a.Status = "closed" },
		"the learner is dormant":        func(a, _ *directory.Coop) { a.Status = "dormant" },
		"the need is past":              func(a, _ *directory.Coop) { a.Needs[0].Until = "2026-11-22" },
		"it is work, and only taught":   func(a, _ *directory.Coop) { a.Needs[0].Kind = "work" },
		"it is only done, not taught":   func(_, b *directory.Coop) { b.Teaches, b.Skills = nil, []directory.SkillUse{{Skill: "elixir"}} },
		"another skill":                 func(a, _ *directory.Coop) { a.Needs[0].Skill = "rust" },
		"two steps apart":               func(a, b *directory.Coop) { a.Needs[0].Skill, b.Teaches[0].Skill = "drupal", "phoenix" },
		"only in other words": func(a, b *directory.Coop) {
			a.Needs[0].Kind, b.Skills = "work", []directory.SkillUse{{Other: "elixir"}}
		},
		"the same co-op": func(a, b *directory.Coop) { a.Teaches, b.Teaches = b.Teaches, nil },
	} {
		a, b := learner(), teacher()
		change(a, b)
		if matches := matched(of(a, b), today); len(matches) > 0 {
			t.Errorf("%s: got %q", name, told(matches))
		}
	}
	a, b := learner(), teacher()
	a.Needs[0].Until = today
	a.Availability = "full" // it may still learn
	if matches := matched(of(a, b), today); len(matches) != 1 {
		t.Errorf("on the last day: got %q", told(matches))
	}
}

func TestThoseWhoTeachEachOtherComeFirst(t *testing.T) {
	a, b, c := learner(), teacher(), teacher()
	c.Slug, c.Website, c.Languages, c.Timezones, c.Serves, c.Confirmed = "clover", "", []string{"de"}, nil, nil, ""
	c.Teaches[0] = directory.Offer{Skill: "elixir", Terms: "exchange"}
	c.Needs = []directory.Need{{Skill: "rust", Kind: "learn"}}
	a.Teaches = []directory.Offer{{Skill: "rust"}}
	matches := matched(of(a, b, c), today)
	if got, want := told(matches), "learn elixir: anemone <- clover\nlearn rust: clover <- anemone\nlearn elixir: anemone <- bracken"; got != want {
		t.Fatalf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := reasons(matches[0]), "mutual:rust skill terms:exchange open"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if !matches[0].IsMutual() || !matches[1].IsMutual() || matches[2].IsMutual() {
		t.Errorf("mutual: %v %v %v", matches[0].IsMutual(), matches[1].IsMutual(), matches[2].IsMutual())
	}
	a.Availability = "full" // now nobody may be sent to anemone
	if matches := matched(of(a, b, c), today); matches[0].IsMutual() || len(matches) != 2 {
		t.Errorf("got\n%s", told(matches))
	}
}

func request() *directory.Request {
	return &directory.Request{
		Slug: "farm-shop", Who: directory.Requester{Name: "Common Farm", Website: "https://www.farm.example"}, Skills: []string{"web", "kubernetes", "old-web"},
		Languages: []string{"en"}, Countries: []string{"BR"}, Status: "open",
	}
}

func TestRequestsMeetWhatCoopsDo(t *testing.T) {
	b := teacher()
	b.Skills = []directory.SkillUse{{Skill: "drupal", Level: "expert"}, {Skill: "kubernetes"}}
	d := of(b)
	d.Requests = []*directory.Request{request()}
	matches := matched(d, today)
	if got, want := told(matches), "request kubernetes: farm-shop <- bracken\nrequest web: farm-shop <- bracken"; got != want {
		t.Fatalf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := reasons(matches[1]), "narrower:drupal level:expert language:en serves:BR open fresh:2026-09-01"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for name, change := range map[string]func(*directory.Request){
		"answered":            func(q *directory.Request) { q.Status = "answered" },
		"withdrawn":           func(q *directory.Request) { q.Status = "withdrawn" },
		"past":                func(q *directory.Request) { q.Until = "2026-11-22" },
		"of the co-op itself": func(q *directory.Request) { q.Who.Website = "http://BRACKEN.example/shop" },
	} {
		q := request()
		change(q)
		d.Requests = []*directory.Request{q}
		if matches := matched(d, today); len(matches) > 0 {
			t.Errorf("%s: got\n%s", name, told(matches))
		}
	}
	q := request()
	q.Status, q.Until, q.Who.Website = "in-talks", today, ""
	d.Requests, b.Website = []*directory.Request{q}, ""
	if matches := matched(d, today); len(matches) != 2 {
		t.Errorf("in talks: got\n%s", told(matches))
	}
}

func TestVolunteersForARequest(t *testing.T) {
	most, one, wider := teacher(), teacher(), teacher()
	most.Skills = []directory.SkillUse{{Skill: "drupal"}, {Skill: "kubernetes"}}
	one.Slug, one.Skills = "clover", []directory.SkillUse{{Skill: "web", Level: "expert"}}
	wider.Slug, wider.Skills = "dogwood", []directory.SkillUse{{Skill: "rust"}}
	d := of(most, one, wider)
	d.Requests = []*directory.Request{request()}
	x := exchange.Open(d, today)
	all, total := x.Volunteers("farm-shop", 0)
	if len(all) != 2 || total != 2 || all[0].Coop != most || all[1].Coop != one {
		t.Fatalf("got %+v, %d", all, total)
	}
	if got, want := strings.Join(all[0].Skills, " ")+"; "+reasons(exchange.Match{Reasons: all[0].Reasons}), "web kubernetes; skill language:en serves:BR open fresh:2026-09-01"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if best, total := x.Volunteers("farm-shop", 1); len(best) != 1 || total != 2 {
		t.Errorf("the best: got %+v, %d", best, total)
	}
	if all, total := x.Volunteers("nothing", 0); len(all) > 0 || total > 0 {
		t.Errorf("got %+v, %d", all, total)
	}
}

func TestAnswersAndHelpsSayHowManyThereAre(t *testing.T) {
	a, b, c := learner(), teacher(), teacher()
	c.Slug, c.Website, c.Teaches[0].Skill = "clover", "", "phoenix"
	x := exchange.Open(of(a, b, c), today)
	answers := x.Answers(1)
	if len(answers) != 1 || answers[0].Total != 2 || told(answers[0].Matches) != "learn elixir: anemone <- bracken" {
		t.Errorf("answers: got %+v", answers)
	}
	helps := x.Helps("clover", 1)
	if len(helps) != 1 || helps[0].Total != 1 || helps[0].Skill != "phoenix" || !helps[0].Taught || told(helps[0].Matches) != "learn elixir: anemone <- clover" {
		t.Errorf("helps: got %+v", helps)
	}
	if helps := x.Helps("anemone", 0); len(helps) > 0 {
		t.Errorf("anemone helps %+v", helps)
	}
}

// Working hours are compared as the clocks stand on the day: New York and London are five hours apart,
// and four for some weeks of March.
func TestHoursAreThoseOfTheDay(t *testing.T) {
	for day, want := range map[directory.Date]int{"2026-11-23": 180, "2027-03-20": 240, "2027-07-01": 180} {
		a, b := learner(), teacher()
		a.Timezones, b.Timezones = []string{"America/New_York"}, []string{"Europe/London"}
		a.Confirmed, b.Confirmed = day, day
		m := matched(of(a, b), day)[0]
		if got := minutes(m); got != want {
			t.Errorf("%s: %d minutes, want %d", day, got, want)
		}
	}
	for zones, want := range map[[2]string]int{
		{"Asia/Kolkata", "Asia/Kathmandu"}:          465, // a quarter of an hour
		{"Pacific/Auckland", "Pacific/Honolulu"}:    420, // a day apart, and by the clock an hour
		{"Pacific/Kiritimati", "Pacific/Pago_Pago"}: 420,
		{"UTC", "Asia/Tokyo"}:                       0,
	} {
		a, b := learner(), teacher()
		a.Timezones, b.Timezones = zones[:1], zones[1:]
		if got := minutes(matched(of(a, b), today)[0]); got != want {
			t.Errorf("%s: %d minutes, want %d", zones, got, want)
		}
	}
}

func minutes(m exchange.Match) int {
	for _, r := range m.Reasons {
		if r.Code == exchange.Hours {
			return r.Minutes
		}
	}
	return 0
}

// The same is found by looking at every pair, as by the index; and what is asked of one co-op is what is
// asked of all.
func TestEveryPairThatMayMatchDoes(t *testing.T) {
	d := many(300)
	x := exchange.Open(d, today)
	all := exchange.Matches(x.Answers(0), nil)
	var want []string
	does := func(c *directory.Coop, kind, skill string) bool {
		related := func(id string) bool {
			whole := func(id string) string { return d.Skill(id).PartOf }
			return id == skill || whole(id) == skill || whole(skill) == id
		}
		if kind == "learn" {
			return slices.ContainsFunc(c.Teaches, func(o directory.Offer) bool { return related(o.Skill) })
		}
		return slices.ContainsFunc(c.Skills, func(u directory.SkillUse) bool { return related(u.Skill) })
	}
	for _, a := range d.Coops {
		for i, n := range a.Needs {
			twice := slices.ContainsFunc(a.Needs[:i], func(m directory.Need) bool { return m.Skill == n.Skill && m.Kind == n.Kind })
			if a.Status == "closed" || a.Status == "dormant" || twice {
				continue
			}
			for _, b := range d.Coops {
				if b != a && b.Status != "closed" && b.Status != "dormant" && b.Availability != "full" &&
					!slices.Contains(b.Declines, n.Skill) && does(b, n.Kind, n.Skill) {
					want = append(want, fmt.Sprintf("%s %s: %s <- %s", n.Kind, n.Skill, a.Slug, b.Slug))
				}
			}
		}
	}
	got := strings.Split(told(all), "\n")
	slices.Sort(got)
	slices.Sort(want)
	if len(want) < 1000 || !slices.Equal(got, want) {
		t.Fatalf("%d matches, want %d", len(got), len(want))
	}

	lines := map[string]exchange.Match{}
	for _, m := range all {
		lines[told([]exchange.Match{m})] = m
		if m.Score < 0 || m.Score%exchange.Mutual > 100 || len(m.Reasons) == 0 {
			t.Errorf("%s: score %d, reasons %q", told([]exchange.Match{m}), m.Score, reasons(m))
		}
	}
	mutual := 0
	for _, m := range all {
		if !m.IsMutual() {
			continue
		}
		mutual++
		for _, back := range m.Reasons[0].Values {
			line := fmt.Sprintf("learn %s: %s <- %s", back, m.Offer.Slug, m.Coop.Slug)
			if other, ok := lines[line]; !ok || !other.IsMutual() {
				t.Errorf("%s is mutual, and %s is not", told([]exchange.Match{m}), line)
			}
		}
	}
	if mutual == 0 {
		t.Error("no pair teaches each other")
	}

	for _, c := range d.Coops[:40] {
		mine := slices.DeleteFunc(slices.Clone(all), func(m exchange.Match) bool { return m.Coop != c && m.Offer != c })
		if got := everything(x, c.Slug); !reflect.DeepEqual(got, append([]exchange.Match(nil), mine...)) {
			t.Errorf("%s: got\n%s\nwant\n%s", c.Slug, told(got), told(mine))
		}
	}
}

// The best few are the best of all of them.
func TestTheBestAreTheBestOfAll(t *testing.T) {
	x := exchange.Open(many(300), today)
	type need struct {
		slug, skill string
		kind        exchange.Kind
	}
	scores := func(matches []exchange.Match, most int) map[need][]int {
		all := map[need][]int{}
		for _, m := range matches {
			n := need{m.Of(), m.Skill, m.Kind}
			if len(all[n]) < most {
				all[n] = append(all[n], m.Score)
			}
		}
		return all
	}
	if got, want := scores(exchange.Matches(x.Answers(3), nil), 99), scores(exchange.Matches(x.Answers(0), nil), 3); !reflect.DeepEqual(got, want) {
		t.Errorf("the scores of the best three differ from those of all")
	}
	if told(exchange.Matches(x.Answers(3), nil)) != told(exchange.Matches(exchange.Open(many(300), today).Answers(3), nil)) {
		t.Error("twice the same question has two answers")
	}
}

func TestOfNobodyThereIsNothing(t *testing.T) {
	d := of(learner(), teacher())
	d.Requests = []*directory.Request{request()}
	d.Coops[1].Skills = []directory.SkillUse{{Skill: "kubernetes"}}
	x := exchange.Open(d, today)
	if got := everything(x, "nobody"); len(got) > 0 {
		t.Errorf("got %q", told(got))
	}
	if got, want := told(everything(x, "farm-shop")), "request kubernetes: farm-shop <- bracken"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := matched(&directory.Directory{}, today); len(got) > 0 {
		t.Errorf("got %q", told(got))
	}
}
