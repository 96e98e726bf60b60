package sitetest

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Who needs several things chooses them by typing, sees who would do them together, and sends the address to somebody.
func TestATeamIsFoundAndSent(t *testing.T) {
	v := visitor(t, example.server.URL)
	v.visit("/es/exchange/team/")
	v.until(`!!document.querySelector("#team-skills")`)
	for _, need := range []string{"elixir", "wordpress"} {
		evaluate[bool](v, `document.querySelector("#team-skills").focus(), true`)
		v.press(need)
		v.until(`!!document.querySelector('[data-skill="` + need + `"]')`)
		v.click(`[data-skill="` + need + `"]`)
	}
	v.until(`document.querySelectorAll("#team .pairs > li").length > 0`)
	want(t, "address", strings.TrimPrefix(v.address(), v.origin), "/es/exchange/team/?need=elixir,wordpress")
	teams := evaluate[string](v, `document.querySelector("#team .pairs").innerText`)
	for _, id := range strings.Fields("Elixir WordPress") {
		if !strings.Contains(teams, id) {
			t.Errorf("no team does %s:\n%s", id, teams)
		}
	}
	v.visit("/es/exchange/team/?need=elixir,wordpress,%3Cscript%3E")
	v.until(`document.querySelectorAll("#team .pairs > li").length > 0`)
	want(t, "what the other sees", evaluate[string](v, `document.querySelector("#team .pairs").innerText`), teams)
	v.click(`[data-chosen="wordpress"]`)
	v.until(`location.search === "?need=elixir"`)
	evaluate[bool](v, `history.back(), true`)
	v.until(`document.querySelector("#team .pairs").innerText.includes("WordPress")`)
}

// Who wants a team of a country or a language chooses them with the keyboard, gets what `coops match` answers, and gets out where nobody is left.
func TestATeamIsOfACountryAndALanguage(t *testing.T) {
	v := visitor(t, example.server.URL)
	const teams = `[...document.querySelectorAll("#team .pairs > li")].map((team) => [...team.querySelectorAll("a")].map((link) => link.pathname.split("/").at(-2)).join(" ")).join("; ")`
	for query, flags := range map[string][]string{
		"need=web-development,hosting&language=en":            {"--need", "web-development,hosting", "--speaks", "en"},
		"need=web-development,hosting&country=ES":             {"--need", "web-development,hosting", "--country", "es"},
		"need=web-development,hosting&country=SN&language=fr": {"--need", "web-development,hosting", "--country", "sn", "--speaks", "fr"},
		"need=elixir&language=wo":                             {"--need", "elixir", "--speaks", "wo"},
	} {
		v.visit("/exchange/team/?" + query)
		v.until(`!!document.querySelector("#team-skills")`)
		want(t, query, evaluate[string](v, teams), matched(t, flags))
	}

	v.visit("/es/exchange/team/?need=elixir,wordpress&language=tlh&country=%3Cscript%3E")
	v.until(`document.querySelectorAll("#team .pairs > li").length === 1`)
	want(t, "all of them", evaluate[string](v, teams), "horneros ipe-rosa")
	want(t, "what is not there is not chosen", evaluate[string](v, `[...document.querySelectorAll("#team select")].map(({ value }) => value).join()`), ",")
	const choices = `[...document.querySelectorAll("#team select")].flatMap(({ options }) => [...options].map(({ value }) => value))`
	for code, there := range map[string]bool{"SN": true, "CL": true, "wo": true, "worldwide": false, "JP": false, "ja": false} {
		if evaluate[bool](v, choices+`.includes("`+code+`")`) != there {
			t.Errorf("%s is there to choose: %v, want %v", code, !there, there)
		}
	}

	evaluate[bool](v, `document.querySelector('#team select[name="language"]').focus(), true`)
	v.press("españ")
	v.until(`location.search === "?need=elixir,wordpress&language=es"`)
	want(t, "those who speak Spanish", evaluate[string](v, teams), "horneros")
	want(t, "what is said of one alone", evaluate[string](v, `[...document.querySelectorAll(".pairs .reasons li")].map((e) => e.textContent).join("; ")`), "habla: inglés, español; está en: Argentina")
	said := evaluate[string](v, `document.querySelector("#team [role=status] .empty").innerText`)
	if !strings.Contains(said, "nadie hace esto: WordPress") || strings.Contains(said, "Elixir") {
		t.Errorf("what nobody does is put as %q", said)
	}
	v.tabTo("#team .empty button")
	v.press("\r")
	v.until(`location.search === "?need=elixir,wordpress"`)
	want(t, "all of them again", evaluate[string](v, teams), "horneros ipe-rosa")
	want(t, "where the keys go", evaluate[string](v, `document.activeElement.name`), "language")
	evaluate[bool](v, `history.back(), true`)
	v.until(`document.querySelector('#team select[name="language"]').value === "es"`)
	want(t, "those of before", evaluate[string](v, teams), "horneros")

	v.follow("header a[hreflang=pt]")
	v.until(`!!document.querySelector("#team ol.pairs li")`)
	want(t, "the same in another language", evaluate[string](v, `location.pathname + location.search`)+" "+evaluate[string](v, teams), "/pt/exchange/team/?need=elixir,wordpress&language=es horneros")

	// What nobody does anywhere is no fault of what was chosen, and no way out is promised.
	v.visit("/exchange/team/?need=drupal&country=BR")
	v.until(`!!document.querySelector("#team .empty")`)
	want(t, "nobody at all", evaluate[string](v, `[...document.querySelectorAll("#team .empty")].map(({ innerText }) => innerText.trim()).join()`), "Nobody here does this yet: Drupal")
}

// matched returns the teams that the program finds in the example, as slugs with "; " between teams.
func matched(t *testing.T, flags []string) string {
	t.Helper()
	said, err := exec.Command(filepath.Join(root, "bin", "coops"), append(flags, "match", "--dir", filepath.Join(root, "examples", "network"), "--best", "5", "--format", "json")...).Output()
	if err != nil {
		t.Fatalf("%v: %v", flags, err)
	}
	var found struct {
		Teams []struct{ Coops []struct{ Coop string } }
	}
	if err := json.Unmarshal(said, &found); err != nil {
		t.Fatal(err)
	}
	var teams []string
	for _, team := range found.Teams {
		var slugs []string
		for _, member := range team.Coops {
			slugs = append(slugs, member.Coop)
		}
		teams = append(teams, strings.Join(slugs, " "))
	}
	return strings.Join(teams, "; ")
}
