package sitetest

import (
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
