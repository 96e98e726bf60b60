package sitetest

import (
	"encoding/json"
	"strings"
	"testing"
)

// What leads to the file of a co-op: to the page about the directory as long as hugo.yaml names no repository.
func TestChangingAListingLeadsToTheForm(t *testing.T) {
	const listed = "listed_by: third-party\nsource: {name: A list, url: https://list.example, licence: CC0-1.0, retrieved: 2026-01-01}\n"
	files := map[string]string{
		"data/coops/theirs.yaml": "name: Theirs\nwebsite: https://theirs.example\nskills: [python]\n" + listed,
		"data/coops/own.yaml": "name: Own\nwebsite: https://own.example\nsummary: {en: We are our own.}\nlanguages: [en]\nremote: true\n" +
			"skills: [python]\ncontact: {email: info@own.example}\nlisted_by: coop\nconfirmed: 2026-01-01\n",
	}
	for _, c := range []struct{ name, params, remove string }{
		{"without a repository", "", ""},
		{"with one", "params: {repository: 'https://git.example/net/work/', branch: '', contact: us@net.example}", "mailto:us@net.example?subject=Have%20it%20removed https://git.example/net/work/issues/new?template=remove.yml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files["hugo.yaml"] = c.params + "\n"
			s := newSite(t, files, nil)
			theirs, own := s.page(t, "/coops/theirs/"), s.page(t, "/coops/own/")
			want(t, "unconfirmed", strings.TrimPrefix(hrefs(theirs.Find(".notice--unconfirmed a")), "https://list.example "), "/join/?edit=theirs&claim /join/?edit=theirs /about/#claim /about/#remove")
			want(t, "unconfirmed, to say more", hrefs(theirs.Find(".panel--open a")), "/join/?edit=theirs&claim")
			want(t, "confirmed", hrefs(own.Find("footer.record a")), "/join/?edit=own /join/?edit=own&confirm /about/#remove")
			want(t, "confirmed, to say more", hrefs(own.Find(".panel--open a")), "/join/?edit=own")
			want(t, "to have it removed", hrefs(s.page(t, "/about/").Find("#remove + p + ul a")), c.remove)
		})
	}
}

// What machines read is sound on every page of a co-op, and says who it is.
func TestCoopPagesAreReadByMachines(t *testing.T) {
	for _, s := range sites() {
		for _, c := range s.coops {
			for _, in := range languages {
				scripts := s.page(t, in.prefix+"/coops/"+c.Slug+"/").Find(`script[type="application/ld+json"]`)
				var got struct {
					Context string `json:"@context"`
					Type    string `json:"@type"`
					Name    string
				}
				if err := json.Unmarshal([]byte(scripts.Text()), &got); err != nil {
					t.Fatalf("%s %s: %v in %s", s.name, c.Slug, err, scripts.Text())
				}
				want(t, c.Slug, got.Context+" "+got.Type+" "+got.Name, "https://schema.org Organization "+c.Name)
			}
		}
	}
}

// The security policy lets no script run that stands in a page; data of another type is none.
func TestDataForMachinesIsNotStopped(t *testing.T) {
	v := visitor(t, example.server.URL) // complains at its end of whatever the policy stops
	v.visit("/coops/horneros/")
	want(t, "name", evaluate[string](v, `JSON.parse(document.querySelector("script[type='application/ld+json']").textContent).name`), "Horneros")
}
