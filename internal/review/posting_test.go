package review_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"coops/internal/review"
)

// elixir is an event that Fern hosts.
const elixir = `title: {en: Elixir in an hour, es: Elixir en una hora}
kind: show-and-tell
start: 2027-02-11T15:00-03:00
end: 2027-02-11T16:00-03:00
online: https://meet.fern.example/elixir
languages: [es]
hosts: [fern]
topics: [elixir]
`

// shop is a request.
const shop = `title: {es: Queremos vender en línea.}
who: {name: Granja, website: "https://granja.example", sector: health}
skills: [translation]
languages: [es]
countries: [AR]
terms: paid
until: 2027-03-31
contact: {email: hola@granja.example}
status: open
`

// exchanging is what there is, with files besides: pairs of names and texts.
func exchanging(pairs ...string) fstest.MapFS {
	files := maps.Clone(there)
	for i := 0; i < len(pairs); i += 2 {
		files[pairs[i]] = file(pairs[i+1])
	}
	return files
}

const (
	elixirFile = "data/events/elixir.yaml"
	shopFile   = "data/requests/shop.yaml"
)

// posted is a change of Fern's event or of the request, by an account.
func posted(id int64, name string, pairs ...string) change {
	text := elixir
	if name == shopFile {
		text = shop
	}
	return change{write: map[string]*fstest.MapFile{name: file(strings.NewReplacer(pairs...).Replace(text))}, id: id}
}

func moved(id int64, from, to string) change {
	return change{moves: map[string]string{from: to}, id: id}
}

// A steward's change of an event waits for a person as everybody's does: the data is everybody's.
func TestEventsAndRequestsNeedAPerson(t *testing.T) {
	both := edit("2026-05-01", "2026-11-20")
	both.write[elixirFile] = file(strings.Replace(elixir, "T16:00", "T17:00", 1))
	for name, c := range map[string]struct {
		change
		verdict review.Verdict
		codes   string
	}{
		"a steward of the host":                  {posted(7, elixirFile, "T16:00", "T17:00"), review.NeedsReview, "data"},
		"with the profile":                       {both, review.NeedsReview, "data"},
		"somebody else":                          {posted(8, elixirFile, "T16:00", "T17:00"), review.NeedsReview, "data hosts"},
		"a host who lets another in":             {posted(7, elixirFile, "[fern]", "[fern, moss]"), review.NeedsReview, "data lead"},
		"one who takes the event":                {posted(8, elixirFile, "[fern]", "[moss]"), review.NeedsReview, "data hosts lead"},
		"another link":                           {posted(7, elixirFile, "meet.", "join."), review.NeedsReview, "data lead"},
		"removed by a steward":                   {moved(7, elixirFile, ""), review.NeedsReview, "data gone"},
		"removed by somebody else":               {moved(8, elixirFile, ""), review.NeedsReview, "data hosts gone"},
		"renamed":                                {moved(7, elixirFile, "data/events/otp.yaml"), review.NeedsReview, "data"},
		"a host that there is not":               {posted(7, elixirFile, "[fern]", "[fern, nobody]"), review.NeedsChanges, "errors data lead"},
		"no YAML":                                {posted(7, elixirFile, "title: {", "title: [{"), review.NeedsChanges, "errors data"},
		"a request with another contact":         {posted(7, shopFile, "hola@", "ventas@"), review.NeedsReview, "data lead"},
		"a request that is answered":             {posted(7, shopFile, "status: open", "status: answered"), review.NeedsReview, "data"},
		"a request removed":                      {moved(7, shopFile, ""), review.NeedsReview, "data gone"},
		"an event that is a request from now on": {moved(7, elixirFile, "data/requests/elixir.yaml"), review.NeedsChanges, "errors data gone"},
		"an event that is no data from now on":   {moved(7, elixirFile, "docs/elixir.yaml"), review.TouchesCode, "code data gone"},
	} {
		t.Run(name, func(t *testing.T) {
			r := of(t, c.on(exchanging(elixirFile, elixir, shopFile, shop)))
			if r.Verdict != c.verdict || codes(r) != c.codes {
				t.Errorf("got %s (%s), want %s (%s)\n%s", r.Verdict, codes(r), c.verdict, c.codes, written(t, r))
			}
		})
	}
	if r := of(t, posted(8, elixirFile).on(there)); codes(r) != "data hosts" {
		t.Errorf("an event in the name of another co-op: got %s", codes(r))
	}
}

func TestEventsAndRequestsAreSaidInWords(t *testing.T) {
	for name, c := range map[string]struct {
		change
		language string
		want     []string
		not      string
	}{
		"later": {posted(7, elixirFile, "2027-02-11", "2027-02-18"), "en", []string{
			"### Elixir in an hour (elixir): event, changed", "- Held by: Fern (fern).", "- someone (7) is a steward of a co-op that hosts it.",
			"- Start: 2027-02-11 15:00 (UTC−03:00) → 2027-02-18 15:00 (UTC−03:00)", "- End: 2027-02-11 16:00 (UTC−03:00) → 2027-02-18 16:00 (UTC−03:00)",
		}, "Other data"},
		"in another language": {posted(7, elixirFile, "show-and-tell", "training"), "es", []string{"### Elixir en una hora (elixir): evento, cambia", ": demostración → formación"}, ""},
		"another place": {posted(8, elixirFile, "online: https://meet.fern.example/elixir", "place: Rosario"), "en", []string{
			"- Online, which it no longer says: https&#58;&#8203;//meet.fern.example/elixir", "- Place, which it did not say before: Rosario",
			"Who may say yes: the stewards of its hosts (fern-member (7)), or a maintainer.", "Elixir in an hour: do its hosts want this? Ask Fern (fern).",
		}, "does  lead"},
		"another link": {posted(7, elixirFile, "meet.", "join."), "en", []string{"Elixir in an hour: does https&#58;&#8203;//join.fern.example/elixir lead to where"}, "do its hosts want"},
		"another host": {posted(7, elixirFile, "[fern]", "[fern, moss]"), "en", []string{"- Held by: Fern (fern), Moss (moss).", "- Hosts, now also: Moss (moss)", "Ask Moss (moss)."}, "Ask Fern"},
		"a host that there is not": {posted(7, elixirFile, "[fern]", "[nobody]"), "en", []string{
			"- Held by: Fern (fern), nobody.", "To look at:\n\n- **error**, line 7: ", "- Hosts, no longer: Fern (fern)",
		}, "elsewhere"},
		"of the past": {posted(7, elixirFile, "2027-02-11", "2026-02-11"), "en", []string{"- It is over already."}, ""},
		"called off":  {moved(8, elixirFile, ""), "en", []string{"### Elixir in an hour (elixir): event, removed", "- It was still to come: without its page it is called off.", "Who asks that Elixir in an hour goes?", "Ask Fern (fern)."}, "What changes"},
		"renamed":     {moved(7, elixirFile, "data/events/otp.yaml"), "en", []string{"### Elixir in an hour (otp): event, renamed, was elixir", "Links to the old page of Elixir in an hour, elixir, break"}, "Other data"},
		"a remark":    {posted(7, elixirFile, "title:", "# yaml-language-server: x\ntitle:"), "en", []string{"- It changes in something that is no field: read the file."}, ""},
		"asked": {posted(8, shopFile, "[translation]", "[translation, elixir]", "hola@granja", "hola@elsewhere", "terms: paid", "terms: exchange", "[AR]", "[AR, UY]", "sector: health", "sector: farms"), "en", []string{
			"### Queremos vender en línea (shop): request, changed", "- Asked by: Granja (https&#58;&#8203;//granja.example).", "at elsewhere.example and its website at granja.example",
			"- Skills, now also: Elixir", "- Countries, now also: Uruguay", "- Terms: paid → in exchange for something", "- Who · Sector: Health → farms",
			"- Contact · E-mail: hola&#64;&#8203;granja.example → hola&#64;&#8203;elsewhere.example", "do answers sent to hola&#64;&#8203;elsewhere.example reach Granja",
		}, ""},
		"answered":          {posted(8, shopFile, "status: open", "status: answered"), "fr", []string{"(shop) : demande, on ne cherche plus d’aide", ": ouverte → satisfaite", "Qui dit que l’on ne cherche plus d’aide : Queremos vender en línea ?"}, "le demande-t-elle"},
		"too late":          {posted(8, shopFile, "2027-03-31", "2026-11-22"), "en", []string{"- Its last day for an answer has passed already.", "- Until: 2027-03-31 → 2026-11-22"}, ""},
		"a request removed": {moved(8, shopFile, ""), "pt", []string{"(shop): pedido, retirado", "Quem pede que Queremos vender en línea saia?"}, ""},
	} {
		said := of(t, c.on(exchanging(elixirFile, elixir, shopFile, shop))).Markdown(c.language, nowhere)
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%s: want %q in\n%s", name, want, said)
			}
		}
		if c.not != "" && strings.Contains(said, c.not) {
			t.Errorf("%s: %q in\n%s", name, c.not, said)
		}
	}
}

func TestManyEventsAreCountedWhereThereIsNoRoom(t *testing.T) {
	c := change{write: map[string]*fstest.MapFile{}, id: 7}
	for n := range 300 {
		c.write[fmt.Sprintf("data/events/e-%03d.yaml", n)] = file(elixir)
	}
	r := of(t, c.proposal())
	said := r.Markdown("en", nowhere)
	shown := strings.Count(said, ": new event\n")
	if want := fmt.Sprintf("%d more events and requests are not shown here", 300-shown); shown == 0 || !strings.Contains(said, want) {
		t.Errorf("%d shown; want %q in\n%.500s", shown, want, said)
	}
	if slugs := slices.IsSortedFunc(r.Postings, func(a, b review.Posting) int { return strings.Compare(a.Slug, b.Slug) }); !slugs {
		t.Error("events are in no order")
	}
}
