package site

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"coops/internal/directory"
)

func TestWordsAreThoseThatThePageFinds(t *testing.T) {
	data, err := os.ReadFile("testdata/words.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Text  string
		Words []string
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if got := wordsOf(c.Text); !slices.Equal(got, c.Words) {
			t.Errorf("%q: got %q, want %q", c.Text, got, c.Words)
		}
	}
	if got := wordsOf(strings.Repeat("é", 100)); len(got) != 1 || got[0] != strings.Repeat("e", longestWord) {
		t.Errorf("a very long word: got %q", got)
	}
}

// invented returns a directory of so many co-ops, the same at every run.
func invented(count int) *directory.Directory {
	random := rand.New(rand.NewPCG(7, uint64(count)))
	some := func(most int, of func(n int) string) []string {
		var ids []string
		for range random.IntN(most + 1) {
			ids = append(ids, of(random.IntN(1+random.IntN(120))))
		}
		return unique(ids, func(id string) string { return id })
	}
	d := &directory.Directory{}
	for n := range 120 {
		d.Skills = append(d.Skills, &directory.Skill{ID: fmt.Sprintf("skill-%03d", n), Category: "web", Label: directory.Text{"en": fmt.Sprintf("Skill %d", n)}})
	}
	text := func(n int) string { return fmt.Sprintf("%c%cword%d", 'a'+n%26, 'a'+n%7, n) }
	for n := range count {
		remote := random.IntN(2) == 0
		c := &directory.Coop{
			Slug: fmt.Sprintf("coop-%04d", n), Name: fmt.Sprintf("Coop %04d", n), ListedBy: "coop", Remote: &remote,
			Status: statuses[random.IntN(len(statuses))], Availability: availabilities[random.IntN(len(availabilities))],
			Summary:     directory.Text{"en": strings.Join(some(12, text), " ")},
			Description: directory.Text{"en": strings.Join(some(40, text), " "), "es": "ñandú"},
			Languages:   some(3, func(n int) string { return []string{"en", "es", "fr"}[n%3] }),
		}
		for _, id := range some(9, func(n int) string { return fmt.Sprintf("skill-%03d", n) }) {
			c.Skills = append(c.Skills, directory.SkillUse{Skill: id})
		}
		for _, code := range some(3, func(n int) string { return []string{"AR", "CA", "UY", "FR"}[n%4] }) {
			c.Locations = append(c.Locations, directory.Location{Country: code, Place: "Place" + code})
		}
		d.Coops = append(d.Coops, c)
	}
	return d
}

// linesOf returns what stands between the first and the last line of a file.
func linesOf(t *testing.T, file, kind string, coops int) []string {
	t.Helper()
	lines := strings.Split(file, "\n")
	if lines[0] != fmt.Sprintf("coops %s %d %d", kind, searchVersion, coops) || lines[len(lines)-1] != "." {
		t.Fatalf("%s begins with %q and ends with %q", kind, lines[0], lines[len(lines)-1])
	}
	return lines[1 : len(lines)-1]
}

func TestColumnsSayWhatEveryCoopHas(t *testing.T) {
	d := invented(300)
	v := newView(newIndex(d), "en")
	c := v.columns(v.names(d.Coops))
	lines := linesOf(t, c.file(), "facets", 300)
	number := func(r rune) int {
		for n := range 300 {
			if character(n) == r {
				return n
			}
		}
		t.Fatalf("%q stands for no number", r)
		return 0
	}
	check := func(line, kind int, of func(c *directory.Coop) []string) {
		t.Helper()
		ids := strings.Fields(lines[kind])
		rows := strings.Split(lines[line], " ")
		if len(rows) != len(d.Coops) {
			t.Fatalf("line %d: %d rows for %d co-ops", line, len(rows), len(d.Coops))
		}
		for i, row := range rows {
			var got []string
			for _, r := range row {
				got = append(got, ids[number(r)])
			}
			if want := of(c.coops[i]); !slices.Equal(got, want) {
				t.Errorf("line %d, %s: got %q, want %q", line, c.coops[i].Slug, got, want)
			}
		}
	}
	check(5, 0, v.skillsOf)
	check(8, 1, (*directory.Coop).Countries)
	check(9, 2, func(c *directory.Coop) []string { return c.Languages })
	for i, r := range []rune(lines[12]) {
		state, coop := number(r), c.coops[i]
		if statuses[state%6] != coop.Status || availabilities[state/6%4] != coop.Availability || state/24%2 != 1 || (state/48 == 1) != *coop.Remote {
			t.Errorf("%s: state %d, of %+v", coop.Slug, state, coop)
		}
	}
	if most := strings.Fields(lines[0]); len(most) != 120 {
		t.Errorf("%d skills, want the whole vocabulary", len(most))
	}
}

// numbersOf reads what writeNumber wrote.
func numbersOf(t *testing.T, text string) (numbers []int) {
	t.Helper()
	high := 0
	for _, r := range text {
		if r >= 'a' {
			high = high*30 + int(r-'a')
			continue
		}
		numbers = append(numbers, high*64+int(r-'!'))
		high = 0
	}
	return numbers
}

func TestBlocksHoldEveryWordOfEveryCoop(t *testing.T) {
	d := invented(300)
	v := newView(newIndex(d), "en")
	coops := v.columns(v.names(d.Coops)).coops
	files, starts := blocks(v.postings(coops))
	if len(files) < 3 || len(starts) != len(files)-1 {
		t.Fatalf("%d blocks and %d beginnings", len(files), len(starts))
	}
	got := map[string]int{} // "word slug" -> fields
	last := ""
	for i, file := range files {
		before := ""
		for at, line := range linesOf(t, file, "words", 0) {
			parts := strings.Split(line, "\t")
			head := []rune(parts[0])
			word := string([]rune(before)[:head[0]-'!']) + string(head[1:])
			if word <= last {
				t.Errorf("%q comes after %q", word, last)
			}
			if i > 0 && at == 0 && !(last < starts[i-1] && starts[i-1] <= word) {
				t.Errorf("block %d begins at %q, between %q and %q", i, starts[i-1], last, word)
			}
			for _, group := range parts[1:] {
				numbers := numbersOf(t, group)
				coop := -1
				for _, gap := range numbers[1:] {
					coop += gap + 1
					got[word+" "+coops[coop].Slug] |= numbers[0] / levels
				}
			}
			before, last = word, word
		}
	}
	want := map[string]int{}
	for _, c := range coops {
		for field, text := range map[int]string{inName: c.Name, inSummary: c.Summary["en"], inText: c.Description["en"], isWhole: strings.ReplaceAll(c.Name, " ", "")} {
			for _, word := range wordsOf(text) {
				want[word+" "+c.Slug] |= field
			}
		}
		for _, l := range c.Locations {
			want[strings.ToLower(l.Place)+" "+c.Slug] |= inPlace
		}
	}
	for key, fields := range want {
		if got[key] != fields {
			t.Errorf("%s: got fields %b, want %b", key, got[key], fields)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d words of co-ops, want %d", len(got), len(want))
	}
}

func TestEverySearchFileIsNamedAndWhole(t *testing.T) {
	d := invented(30)
	x := newIndex(d)
	views := []*view{newView(x, "en"), newView(x, "es")}
	folder := t.TempDir()
	manifests, err := stageSearch(folder, views)
	if err != nil {
		t.Fatal(err)
	}
	again, err := stageSearch(t.TempDir(), []*view{newView(x, "en"), newView(x, "es")})
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for in, m := range manifests {
		if fmt.Sprint(again[in]) != fmt.Sprint(m) {
			t.Errorf("%s: made twice, %+v and %+v", in, m, again[in])
		}
		linesOf(t, read(m.Facets), "facets", 30)
		if lines := linesOf(t, read(m.Dates), "dates", 30); len(lines) != 3 || len([]rune(lines[1])) != 30 {
			t.Errorf("dates: %q", lines)
		}
		if lines := linesOf(t, read(m.Folder+"terms.txt"), "terms", 30); len(lines) != 5 || len(strings.Split(lines[0], "\t")) != 120 {
			t.Errorf("terms in %s: %q", in, lines)
		}
		for i := range len(m.Words) + 1 {
			linesOf(t, read(fmt.Sprintf("%swords/%d.txt", m.Folder, i)), "words", 0)
		}
		slugs := map[string]bool{}
		for i := 0; i*m.Cards < m.Coops; i++ {
			var cards [][]any
			if err := json.Unmarshal([]byte(read(fmt.Sprintf("%scards/%d.json", m.Folder, i))), &cards); err != nil {
				t.Fatal(err)
			}
			for _, card := range cards {
				slugs[card[0].(string)] = true
			}
		}
		if len(slugs) != 30 {
			t.Errorf("%s: cards of %d co-ops, want 30", in, len(slugs))
		}
		for i := range len(m.Told) + 1 {
			linesOf(t, read(fmt.Sprintf("%stold/%d.txt", m.Folder, i)), "told", 0)
		}
		var names vocabularyFile
		if json.Unmarshal([]byte(read(m.Folder+"vocabulary.json")), &names) != nil || len(names.Skills) != 120 {
			t.Errorf("%d skills, want 120", len(names.Skills))
		}
	}
	if manifests["en"].Folder == manifests["es"].Folder || manifests["en"].Facets != manifests["es"].Facets {
		t.Errorf("%+v", manifests)
	}
}

func TestSearchOfNobodyIsWhole(t *testing.T) {
	folder := t.TempDir()
	manifests, err := stageSearch(folder, []*view{newView(newIndex(&directory.Directory{}), "en")})
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(folder, manifests["en"].Folder, "words", "0.txt"))
	if err != nil || len(linesOf(t, string(data), "words", 0)) != 0 {
		t.Errorf("%q, %v", data, err)
	}
}

func TestCardsLeaveOutWhatIsEmptyAtTheEnd(t *testing.T) {
	d := small()
	d.Coops[1].From = &directory.Origin{Name: "Ring & <ferns>"}
	v := newView(newIndex(d), "en")
	for slug, want := range map[string]string{
		"beech": `["beech","Bëech","B",20,"","","","",null,[],["Montevideo"],"Ring & <ferns>"]`,
		"alder": `["alder","Alder","A",27,"Rosario","Hacemos webs.","es","",null,["Braille"]]`,
		"cedar": `["cedar","Cedar","C",`,
	} {
		got, err := asJSON(v.searchCard(slug))
		if err != nil || !strings.HasPrefix(got, want) {
			t.Errorf("got %s, want %s (%v)", got, want, err)
		}
	}
}

func TestTheVocabularyHasItsOwnWordsAndThoseOfOthersApart(t *testing.T) {
	d := small()
	v := newView(newIndex(d), "es")
	names, told := newVocabulary(d.Skills).files([]string{"elixir", "web"}, v, nil)
	if web, website := names.Skills[1], told["website"]; !slices.Equal(web, []any{0, 0, "pagina"}) || len(website.own) != 0 || !slices.Equal(website.others, []int{1}) {
		t.Errorf("got %+v and %+v", web, website)
	}
	if !slices.Equal(names.Skills[0], []any{1, 0, "phoenix"}) {
		t.Errorf("a technology has its English names everywhere: %+v", names.Skills[0])
	}
}

func TestFillerIsNotToldOfASkill(t *testing.T) {
	ask := directory.Text{"en": "We sell bread before noon"}
	d := &directory.Directory{Skills: []*directory.Skill{{ID: "shop", Label: directory.Text{"en": "Shop"}, Asks: ask}, {ID: "till", Label: directory.Text{"en": "Till"}, Asks: ask}}}
	filler, err := fillerOf("en", fstest.MapFS{}, os.DirFS("../../themes/commons/assets"), fstest.MapFS{"js/understand/filler/en.json": {Data: []byte(`["bread"]`)}})
	if err != nil {
		t.Fatal(err)
	}
	names, told := newVocabulary(d.Skills).files([]string{"shop", "till"}, newView(newIndex(d), "en"), filler)
	if got := slices.Sorted(maps.Keys(told)); !slices.Equal(got, []string{"bread", "noon", "sell"}) || names.Skills[0][1] != 3 {
		t.Errorf("told %q, and %v of them of a shop", got, names.Skills[0][1])
	}
	if _, err := fillerOf("en", fstest.MapFS{"js/understand/filler/en.json": {Data: []byte(`{`)}}); err == nil {
		t.Error("filler that cannot be read is let pass")
	}
	if filler, err := fillerOf("de", os.DirFS("../../themes/commons/assets")); err != nil || len(filler) != 0 {
		t.Errorf("a language without filler: %v, %v", filler, err)
	}
}

func TestWordsThatBeginAlikeAreToldInOneBlock(t *testing.T) {
	told := map[string]toldOf{}
	for n := range 600 {
		word := fmt.Sprintf("%c%c%d", 'a'+n%5, 'a'+n%7, n)
		told[word] = toldOf{own: []int{n, 1000 + n}}
		if n%2 == 0 {
			told[word] = toldOf{others: []int{n}}
		}
	}
	files, starts := toldBlocks(told)
	if len(files) < 5 || len(starts) != len(files)-1 {
		t.Fatalf("%d blocks and %d beginnings", len(files), len(starts))
	}
	blockOf, met := map[string]int{}, 0
	for i, file := range files {
		before := ""
		for _, line := range linesOf(t, file, "told", 0) {
			head, skills, _ := strings.Cut(line, "\t")
			word := before[:head[0]-'!'] + head[1:]
			if first, ok := blockOf[word[:2]]; ok && first != i {
				t.Errorf("%q is in block %d, others that begin so in %d", word, i, first)
			}
			if i > 0 && word < starts[i-1] || i < len(starts) && word >= starts[i] {
				t.Errorf("%q is in block %d of %q", word, i, starts)
			}
			own, others, isAway := strings.Cut(skills, "\t")
			want := told[word]
			if got := []rune(own); len(got) != len(want.own) || len(got) > 0 && (got[0] != character(want.own[0]) || got[1] != character(want.own[1])) {
				t.Errorf("%q is told of %q, want %v", word, own, want.own)
			}
			if isAway != (len(want.others) > 0) || isAway && others != string(character(want.others[0])) {
				t.Errorf("%q is told elsewhere of %q, want %v", word, others, want.others)
			}
			blockOf[word[:2]], before = i, word
			met++
		}
	}
	if met != len(told) {
		t.Errorf("%d words, want %d", met, len(told))
	}
}

func TestANameKeepsTheCapitalsThatTellItFromFiller(t *testing.T) {
	for name, want := range map[string]string{"IT Support": "IT support", "CRM": "crm", "Soporte de TI": "soporte de TI", "Página web": "pagina web", "Node.js": "nodejs", "IT/TI desk": "IT TI desk", "!": ""} {
		if got := written(name); got != want {
			t.Errorf("written(%q) = %q, want %q", name, got, want)
		}
	}
}
