package site

import (
	"cmp"
	"hash/fnv"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"coops/internal/directory"
	"coops/internal/exchange"
	"coops/internal/world"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// categories are the categories of skills in the order people meet them: from what they ask for to
// what it is made with. Others follow by name.
var categories = []string{"solutions", "web", "software", "infrastructure", "data", "design", "advice", "technology"}

const (
	cardSkills  = 5  // skills shown on a card
	homeAsks    = 8  // everyday needs on the home page
	homePlaces  = 12 // countries on the home page
	newestCoops = 6  // co-ops last confirmed on the home page
	newestDays  = 3  // days on which co-ops were listed
	coopsOfDay  = 5  // of each
)

// staged is everything the templates get for one language: file name (without ending) -> content.
type staged map[string]any

// index is the directory turned round: who does what, and where. It is the same for every language.
type index struct {
	*directory.Directory
	bySlug   map[string]*directory.Coop
	does     map[string][]*directory.Coop // skill -> co-ops at work
	teaches  map[string][]*directory.Coop
	needs    map[string][]*directory.Coop
	country  map[string][]*directory.Coop // all co-ops, ended ones too
	language map[string][]*directory.Coop
	network  map[string][]*directory.Coop
	sector   map[string][]*directory.Coop
	heirs    map[string][]*directory.Coop // slug -> co-ops whose successor it is
	networks map[string]*directory.Network
	sectors  map[string]*directory.Sector
	saying   int                        // how many at work say what they do
	like     map[string][]likeness      // slug -> co-ops like it
	history  map[string]directory.Dates // slug -> of its profile; nil: not known
	atlas    *atlas
	words    func() *vocabulary // by which skills are found; made when first asked for
	opening  sync.Once
	met      *exchange.Exchange // nil: nobody has asked yet; see exchange
	answers  []exchange.Answer  // the best few of each need
	helps    map[string][]exchange.Help
	within   map[string][]exchange.Balance // network or country -> how skills stand among its co-ops
}

// listedOn returns the day a co-op came into the directory. Where git does not say, it is when its facts were read
// or confirmed; it is empty where nothing is known.
func (x *index) listedOn(c *directory.Coop) directory.Date {
	return cmp.Or(x.history[c.Slug].First, readOn(c), c.Confirmed)
}

// readOn returns the day on which the facts of a third party's listing were read.
func readOn(c *directory.Coop) directory.Date {
	if c.Source == nil {
		return ""
	}
	return c.Source.Retrieved
}

// newIndex turns a directory round, and finds out where its co-ops are and which are alike.
func newIndex(d *directory.Directory) *index {
	x := turn(d)
	x.atlas = newAtlas(d)
	x.like = x.likenesses(d.Coops)
	return x
}

func turn(d *directory.Directory) *index {
	x := &index{
		Directory: d,
		words:     sync.OnceValue(func() *vocabulary { return newVocabulary(d.Skills) }),
		bySlug:    map[string]*directory.Coop{},
		does:      map[string][]*directory.Coop{}, teaches: map[string][]*directory.Coop{}, needs: map[string][]*directory.Coop{},
		country: map[string][]*directory.Coop{}, language: map[string][]*directory.Coop{},
		network: map[string][]*directory.Coop{}, sector: map[string][]*directory.Coop{}, heirs: map[string][]*directory.Coop{},
		networks: map[string]*directory.Network{}, sectors: map[string]*directory.Sector{},
	}
	for _, n := range d.Networks {
		x.networks[n.ID] = n
	}
	for _, s := range d.Sectors {
		x.sectors[s.ID] = s
	}
	for _, c := range d.Coops {
		x.bySlug[c.Slug] = c
		if c.Successor != "" {
			x.heirs[c.Successor] = append(x.heirs[c.Successor], c)
		}
		for _, code := range c.Countries() {
			x.country[code] = append(x.country[code], c)
		}
		for _, code := range c.Languages {
			x.language[code] = append(x.language[code], c)
		}
		for _, id := range c.Networks {
			x.network[id] = append(x.network[id], c)
		}
		for _, id := range c.Sectors {
			x.sector[id] = append(x.sector[id], c)
		}
		if c.Ended() {
			continue
		}
		skills := x.skillsOf(c)
		for _, id := range skills {
			x.does[id] = append(x.does[id], c)
		}
		if len(skills) > 0 {
			x.saying++
		}
		for _, id := range x.taughtBy(c) {
			x.teaches[id] = append(x.teaches[id], c)
		}
		for _, id := range x.neededBy(c) {
			x.needs[id] = append(x.needs[id], c)
		}
	}
	return x
}

// current returns the id in use for a skill id that may be retired.
func (x *index) current(id string) string {
	if s := x.Skill(id); s != nil {
		return s.ID
	}
	return id
}

// skillsOf returns the ids of what a co-op does, each once, without those in other words.
func (x *index) skillsOf(c *directory.Coop) []string {
	return unique(c.Skills, func(u directory.SkillUse) string {
		if u.Skill == "" {
			return ""
		}
		return x.current(u.Skill)
	})
}

// taughtBy and neededBy return the ids of what a co-op teaches and needs, each once.
func (x *index) taughtBy(c *directory.Coop) []string {
	return unique(c.Teaches, func(o directory.Offer) string { return x.current(o.Skill) })
}

func (x *index) neededBy(c *directory.Coop) []string {
	return unique(c.Needs, func(n directory.Need) string { return x.current(n.Skill) })
}

// unique maps a list and keeps what is not empty, each once, in order.
func unique[T any](list []T, of func(T) string) []string {
	var out []string
	for _, v := range list {
		if s := of(v); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// view makes what the templates of one language get.
type view struct {
	*index
	in    string // BCP 47
	order *collate.Collator
	cards map[string]card
	today string // date of the build
}

func newView(x *index, in string) *view {
	v := bareView(x, in)
	for _, c := range x.Coops {
		v.cards[c.Slug] = v.card(c)
	}
	return v
}

// bareView is a view without the cards.
func bareView(x *index, in string) *view {
	return &view{index: x, in: in, order: collate.New(language.Make(in), collate.Loose), cards: map[string]card{}}
}

// exchange returns who could help whom on the day of the build.
func (v *view) exchange() *exchange.Exchange {
	v.opening.Do(func() {
		v.met = exchange.Open(v.Directory, directory.Date(v.today))
		v.answers = v.met.Answers(bestShown)
		v.helps = map[string][]exchange.Help{}
		v.within = exchange.By(v.Directory, directory.Date(v.today), func(c *directory.Coop) []string { return slices.Concat(c.Networks, c.Countries()) })
		for _, c := range v.Coops {
			if helps := v.met.Helps(c.Slug, bestShown); len(helps) > 0 {
				v.helps[c.Slug] = helps
			}
		}
	})
	return v.met
}

func (v *view) stage(today string) staged {
	v.today = today
	pages := make([]coopPage, len(v.Coops))
	for i, c := range v.Coops {
		pages[i] = v.coop(c)
	}
	v.join(pages)
	return staged{
		"cards":      packedCards(v.cards),
		"coops":      entries(pages),
		"skills":     v.wishesFor(v.skillPages()),
		"categories": v.categories(),
		"countries":  v.countryPages(),
		"languages":  v.languagePages(),
		"networks":   v.networkPages(),
		"sectors":    v.sectorPages(),
		"map":        v.mapView(),
		"overview":   v.overview(today),
		"fields":     fieldsIn(v.in),
		"join":       v.joinData(),
		"news":       v.news(),
		"events":     v.events(),
		"requests":   v.requests(),
		"governance": v.governance(),
		"exchange":   v.market(),
		"changes":    v.changes(),
	}
}

func packedCards(cards map[string]card) map[string]packed[card] {
	out := make(map[string]packed[card], len(cards))
	for slug, c := range cards {
		out[slug] = packed[card]{c}
	}
	return out
}

func entries(pages []coopPage) []coopEntry {
	out := make([]coopEntry, len(pages))
	for i, p := range pages {
		out[i] = coopEntry{Slug: p.Slug, Name: p.Name, Where: p.Card.Where, Changed: cmp.Or(p.Changed, p.Listed), Page: packed[coopPage]{p}}
		if s := p.Card.Summary; s != nil && s.Fallback == "" {
			out[i].About = s.Text
		}
	}
	return out
}

// say finds the text for the reader; nil where nothing is said. Markdown is rendered only on request.
func (v *view) say(t directory.Text, markdown bool) *said {
	text, in := t.In(v.in)
	if text == "" {
		return nil
	}
	s := &said{Text: text, Language: in}
	if base, _, _ := strings.Cut(in, "-"); base != v.in {
		s.Fallback = world.LanguageName(in, v.in)
	}
	if markdown {
		s.HTML = markdownHTML(text)
	}
	return s
}

func (v *view) skillLabel(id string) string {
	if s := v.Skill(id); s != nil {
		label, _ := s.Label.In(v.in)
		return label
	}
	return id
}

func (v *view) skillTerm(id string) term { return term{v.current(id), v.skillLabel(id)} }

func terms(ids []string, of func(string) term) []term {
	var out []term
	for _, id := range ids {
		out = append(out, of(id))
	}
	return out
}

func (v *view) card(c *directory.Coop) card {
	skills := v.skillsOf(c)
	k := card{
		Slug: c.Slug, Name: c.Name, Mark: markOf(c), Where: v.where(c),
		Remote: c.Remote != nil && *c.Remote, Summary: v.say(c.Summary, false),
		Teaches: len(c.Teaches), Needs: len(c.Needs),
		Status: statusOf(c), Ended: c.Ended(), Unconfirmed: c.Unconfirmed(),
		More: max(0, len(skills)-cardSkills),
	}
	if c.Logo != "" {
		k.Logo = "logos/" + c.Logo
	}
	if c.From != nil {
		k.From = c.From.Name
	}
	k.Does = terms(skills[:min(len(skills), cardSkills)], v.skillTerm)
	return k
}

func statusOf(c *directory.Coop) string { return cmp.Or(c.Status, "active") }

// mainPlace returns the first place of a co-op that is in one country; of others no place is the main one.
func mainPlace(c *directory.Coop) string {
	if len(c.Locations) == 0 || len(c.Countries()) > 1 {
		return ""
	}
	return c.Locations[0].Place
}

// where says the main place of a co-op and its countries.
func (v *view) where(c *directory.Coop) string {
	var parts []string
	if place := mainPlace(c); place != "" {
		parts = append(parts, place)
	}
	for _, code := range c.Countries() {
		parts = append(parts, world.CountryName(code, v.in))
	}
	return strings.Join(parts, ", ")
}

// markOf derives a co-op's mark from its slug and name, so that it stays the same.
func markOf(c *directory.Coop) mark {
	h := fnv.New32a()
	h.Write([]byte(c.Slug))
	sum := h.Sum32()
	return mark{Initials: initials(c.Name), Tint: int(sum % 8), Shape: int(sum / 8 % 4)}
}

// initials returns the first letters of the first two words, or of the one word there is.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	var b strings.Builder
	for _, w := range words[:min(len(words), 2)] {
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(unicode.ToUpper(r))
	}
	return cmp.Or(b.String(), "·")
}

func (v *view) coop(c *directory.Coop) coopPage {
	p := coopPage{
		Slug: c.Slug, Name: c.Name, Card: v.cards[c.Slug],
		Website: c.Website, Host: hostOf(c.Website), Kind: c.Kind, Status: statusOf(c), EndedOn: string(c.EndedOn),
		Description: v.say(c.Description, true), Founded: c.Founded, Members: c.Members,
		Remote: c.Remote, Worldwide: slices.Contains(c.Serves, "worldwide"),
		Languages: terms(c.Languages, v.languageTerm), Timezones: c.Timezones,
		Networks: terms(c.Networks, v.networkTerm), Sectors: terms(c.Sectors, v.sectorTerm),
		Declines:     terms(c.Declines, v.skillTerm),
		Availability: c.Availability, FormerNames: c.FormerNames,
		Unconfirmed: c.Unconfirmed(), Confirmed: string(c.Confirmed),
		Listed: string(v.history[c.Slug].First), Changed: string(v.history[c.Slug].Last), Map: v.atlas.small[c.Slug], File: "data/coops/" + c.Slug + ".yaml",
	}
	if other := v.bySlug[c.Successor]; other != nil {
		p.Successor = &term{other.Slug, other.Name}
	}
	for _, other := range v.heirs[c.Slug] {
		p.Predecessors = append(p.Predecessors, term{other.Slug, other.Name})
	}
	for _, l := range c.Locations {
		place := location{Place: l.Place, Region: l.Region}
		if l.Country != "" {
			country := v.countryTerm(l.Country)
			place.Country = &country
		}
		p.Locations = append(p.Locations, place)
	}
	for _, code := range c.Serves {
		if code != "worldwide" {
			p.Serves = append(p.Serves, v.countryTerm(code))
		}
	}
	for _, u := range c.Skills {
		d := does{Label: u.Other, Level: u.Level, Note: v.say(u.Note, false)}
		if u.Skill != "" {
			d.ID, d.Label = v.current(u.Skill), v.skillLabel(u.Skill)
		}
		p.Does = append(p.Does, d)
	}
	for _, o := range c.Teaches {
		p.Teaches = append(p.Teaches, teaches{v.current(o.Skill), v.skillLabel(o.Skill), o.Formats, terms(o.Languages, v.languageTerm), o.Terms, v.say(o.Note, false), nil})
	}
	for _, n := range c.Needs {
		p.Needs = append(p.Needs, needs{v.current(n.Skill), v.skillLabel(n.Skill), n.Kind, string(n.Until), v.say(n.Note, false), nil})
	}
	for _, m := range c.Products {
		p.Products = append(p.Products, product{m.Name, m.Website, v.say(m.Summary, false)})
	}
	if c.Contact != nil {
		p.Email, p.Form = c.Contact.Email, c.Contact.Form
	}
	for _, l := range c.Links {
		p.Links = append(p.Links, link{l.Kind, l.URL, hostOf(l.URL)})
	}
	p.Similar, p.JSONLD = v.similar(c), v.jsonLD(c)
	if f := c.From; f != nil {
		p.From, p.File = &origin{Name: f.Name}, f.File
		if strings.HasPrefix(f.Repository, "https://") {
			p.From.URL = f.Repository
		}
	}
	if s := c.Source; s != nil {
		p.Source = &source{s.Name, s.URL, s.Licence, string(s.Retrieved)}
	}
	return p
}

// hostOf returns the host of an address as people say it.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// names returns the slugs of co-ops in the order of their names.
func (v *view) names(coops []*directory.Coop) []string {
	sorted := slices.SortedStableFunc(slices.Values(coops), func(a, b *directory.Coop) int {
		return cmp.Or(v.order.CompareString(a.Name, b.Name), strings.Compare(a.Slug, b.Slug))
	})
	slugs := make([]string, len(sorted))
	for i, c := range sorted {
		slugs[i] = c.Slug
	}
	return slugs
}

// split parts co-ops at work from those that ended.
func split(coops []*directory.Coop) (working, ended []*directory.Coop) {
	for _, c := range coops {
		if c.Ended() {
			ended = append(ended, c)
		} else {
			working = append(working, c)
		}
	}
	return working, ended
}

func (v *view) byLabel(a, b string) int { return v.order.CompareString(a, b) }

func (v *view) skillPages() []skillPage {
	var pages []skillPage
	for _, s := range v.Skills {
		if s.AliasOf != "" {
			continue
		}
		pages = append(pages, skillPage{
			ID: s.ID, Label: v.skillLabel(s.ID), Category: s.Category, Ask: v.say(s.Asks, false),
			Synonyms: synonyms(s, v.in), Retired: v.retired(s.ID), Related: v.related(s.ID), Neighbors: v.neighbors(s),
			Does: v.names(v.does[s.ID]), Teaches: v.names(v.teaches[s.ID]), Needs: v.names(v.needs[s.ID]),
		})
	}
	slices.SortStableFunc(pages, func(a, b skillPage) int { return v.byLabel(a.Label, b.Label) })
	return pages
}

// retired returns the ids that a skill had before.
func (v *view) retired(id string) []string {
	var ids []string
	for _, s := range v.Skills {
		if s.AliasOf != "" && v.current(s.ID) == id {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// neighbors returns the other skills of a category by label, those that nobody does too.
func (v *view) neighbors(of *directory.Skill) []count {
	counts := []count{}
	for _, s := range v.Skills {
		if s.Category == of.Category && s.AliasOf == "" && s != of {
			counts = append(counts, count{s.ID, v.skillLabel(s.ID), len(v.does[s.ID])})
		}
	}
	slices.SortStableFunc(counts, func(a, b count) int { return v.byLabel(a.Label, b.Label) })
	return counts
}

func (v *view) skillLine(s *directory.Skill) skill {
	return skill{s.ID, v.skillLabel(s.ID), v.say(s.Asks, false), len(v.does[s.ID])}
}

// byCoops orders skills by how many co-ops do them, then by label.
func (v *view) byCoops(a, b skill) int {
	return cmp.Or(cmp.Compare(b.Coops, a.Coops), v.byLabel(a.Label, b.Label))
}

func (v *view) categories() []categoryView {
	byName := map[string][]skill{}
	for _, s := range v.Skills {
		if s.AliasOf == "" && len(v.does[s.ID]) > 0 {
			byName[s.Category] = append(byName[s.Category], v.skillLine(s))
		}
	}
	views := []categoryView{}
	for name, skills := range byName {
		slices.SortFunc(skills, v.byCoops)
		views = append(views, categoryView{name, skills})
	}
	rank := func(c categoryView) int {
		if i := slices.Index(categories, c.ID); i >= 0 {
			return i
		}
		return len(categories)
	}
	slices.SortFunc(views, func(a, b categoryView) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a.ID, b.ID))
	})
	return views
}

func (v *view) overview(today string) overview {
	working, _ := split(v.Coops)
	o := v.numbers(today)
	o.All, o.Newest, o.Arrived, o.Asks, o.Places, o.Networks = v.names(v.Coops), v.newest(working), v.arrived(working), v.asks(), []count{}, []count{}
	for code, coops := range v.country {
		if working, _ := split(coops); len(working) > 0 {
			o.Places = append(o.Places, count{strings.ToLower(code), world.CountryName(code, v.in), len(working)})
		}
	}
	v.sortCounts(o.Places)
	o.Places = o.Places[:min(len(o.Places), homePlaces)]
	for id, coops := range v.network {
		if working, _ := split(coops); len(working) > 0 {
			o.Networks = append(o.Networks, count{id, v.networkTerm(id).Label, len(working)})
		}
	}
	v.sortCounts(o.Networks)
	return o
}

// numbers is the overview in figures alone, which stand on every page.
func (v *view) numbers(today string) overview {
	working, ended := split(v.Coops)
	o := overview{Coops: len(working), Ended: len(ended), Skills: len(v.does), Built: today}
	for _, c := range working {
		if c.Unconfirmed() {
			o.Unconfirmed++
		}
		if len(c.Teaches) > 0 {
			o.Teaching++
		}
	}
	for _, coops := range v.country {
		if working, _ := split(coops); len(working) > 0 {
			o.Countries++
		}
	}
	return o
}

// newest returns the co-ops that confirmed their profile last, themselves.
func (v *view) newest(working []*directory.Coop) []string {
	var own []*directory.Coop
	for _, c := range working {
		if !c.Unconfirmed() && c.Confirmed != "" {
			own = append(own, c)
		}
	}
	slices.SortStableFunc(own, func(a, b *directory.Coop) int { return strings.Compare(string(b.Confirmed), string(a.Confirmed)) })
	slugs := []string{}
	for _, c := range own[:min(len(own), newestCoops)] {
		slugs = append(slugs, c.Slug)
	}
	return slugs
}

// arrived returns the last days on which co-ops were listed.
func (v *view) arrived(working []*directory.Coop) []day {
	byDate := map[string][]term{}
	for _, c := range working {
		if date := string(v.listedOn(c)); date != "" {
			byDate[date] = append(byDate[date], term{c.Slug, c.Name})
		}
	}
	dates := slices.Sorted(maps.Keys(byDate))
	slices.Reverse(dates)
	days := []day{}
	for _, date := range dates[:min(len(dates), newestDays)] {
		coops := byDate[date]
		slices.SortFunc(coops, func(a, b term) int { return cmp.Or(v.byLabel(a.Label, b.Label), strings.Compare(a.ID, b.ID)) })
		shown := min(len(coops), coopsOfDay)
		days = append(days, day{date, coops[:shown], len(coops) - shown})
	}
	return days
}

// asks returns everyday needs that many co-ops can answer: the most common skill of each category that
// has asks, then the next ones, so that they differ.
func (v *view) asks() []skill {
	var asks []skill
	views := v.categories()
	for round := 0; len(asks) < homeAsks; round++ {
		before := len(asks)
		for _, c := range views {
			if round < len(c.Skills) && c.Skills[round].Ask != nil && len(asks) < homeAsks {
				asks = append(asks, c.Skills[round])
			}
		}
		if len(asks) == before && round > 0 {
			break
		}
	}
	return asks
}
