package sitetest

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coops/internal/archive"
	"coops/schema"
)

// TestACoopOfAnotherDirectorySaysWhereItComesFrom builds a site with the copy of a source, the invented network.
func TestACoopOfAnotherDirectorySaysWhereItComesFrom(t *testing.T) {
	t.Parallel()
	const repository = "https://git.example/net"
	var copied bytes.Buffer
	note := `{"source": {"id": "net", "name": "Net & <co>", "repository": "` + repository + `"}, "commit": "c0ffee", "fetched": "2026-11-01"}`
	there := t.TempDir()
	for from, to := range map[string]string{"examples/network/data": "data", "data/skills": "data/skills"} {
		if err := os.CopyFS(filepath.Join(there, to), os.DirFS(filepath.Join(root, from))); err != nil {
			t.Fatal(err)
		}
	}
	sectors, err := os.ReadFile(filepath.Join(root, "data", "sectors.yaml"))
	if err == nil {
		err = os.WriteFile(filepath.Join(there, "data", "sectors.yaml"), sectors, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := archive.Write(&copied, os.DirFS(there), schema.Files, note); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(root, "data", "coops", "agaric.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, map[string]string{
		"hugo.yaml": "title: Here\nparams:\n  repository: https://git.example/here\n  sources:\n" +
			"    - {id: net, name: \"Net & <co>\", repository: \"" + repository + "\"}\n",
		"data/coops/agaric.yaml": string(data),
		".coops-sources/net.zip": copied.String(),
	}, nil)
	for prefix, says := range map[string]string{"": "It comes from another directory", "/es": "Viene de otro directorio", "/fr": "Elle vient d’un autre annuaire", "/pt": "Vem de outro diretório"} {
		record := s.page(t, prefix+"/coops/horneros/").Find("footer.record")
		if text := record.Text(); !strings.Contains(text, says) || !strings.Contains(text, "Net & <co>") {
			t.Errorf("%s: got %q", prefix, text)
		}
		addresses := map[string]bool{}
		for _, a := range record.Find("a").EachIter() {
			addresses[a.AttrOr("href", "")] = true
		}
		if !addresses[repository] || len(addresses) != 1 {
			t.Errorf("%s: it leads to %v, want its own directory alone", prefix, addresses)
		}
		if text := s.page(t, prefix+"/coops/agaric/").Text(); strings.Contains(text, says) {
			t.Errorf("%s: a co-op of one's own comes from elsewhere", prefix)
		}
	}
	const net = "Net & <co>"
	for prefix, says := range map[string]string{"": "from ", "/es": "viene de ", "/fr": "vient de ", "/pt": "vem de "} {
		list := s.page(t, prefix+"/coops/").Find("[data-search-server]")
		flag := list.Find(`a[href="` + prefix + `/coops/horneros/"]`).Closest(".card").Find(`[data-flag="from"]`)
		want(t, prefix+" on its card", flag.Text(), says+net)
		if ours := list.Find(`a[href="` + prefix + `/coops/agaric/"]`).Closest(".card"); ours.Length() != 1 || ours.Find(`[data-flag="from"]`).Length() > 0 {
			t.Errorf("%s: the card of a co-op of one's own: %s", prefix, ours.Text())
		}
	}
	v := visitor(t, s.server.URL)
	for slug, from := range map[string]string{"horneros": "viene de " + net, "agaric": ""} {
		v.visit("/es/coops/?q=" + slug)
		v.until(`document.querySelector("[data-search-list] [data-card-name]")?.pathname.endsWith("/` + slug + `/") === true`)
		want(t, slug+" in the search", evaluate[string](v, `document.querySelector('[data-search-list] .card [data-flag="from"]:not([hidden])')?.textContent ?? ""`), from)
	}
	v.visit("/es/exchange/team/?need=elixir,wordpress")
	v.until(`document.querySelectorAll("#team .pairs > li").length > 0`)
	want(t, "in a team", evaluate[string](v, `document.querySelector('#team a[href$="/horneros/"]').closest("h3").nextElementSibling.nextElementSibling.textContent`), "viene de "+net)
	var exported struct {
		From struct{ ID, Repository, Commit, File string }
	}
	if err := json.Unmarshal(s.read(t, "/api/v1/coops/horneros.json"), &exported); err != nil {
		t.Fatal(err)
	}
	want(t, "origin", exported.From.ID+" "+exported.From.Commit+" "+exported.From.File, "net c0ffee data/coops/horneros.yaml")
}
