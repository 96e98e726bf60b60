package check

import (
	"encoding/json"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"coops/internal/directory"
	"coops/internal/problem"
	"coops/internal/world"
	"coops/schema"
)

// The rules for one value. A schema names the rule of a value (x-rule), what an id refers to
// (x-refers) and whether a day must lie in the past (x-past); so a field that is added to a schema is
// checked without a line here.

// spot is one value of a file, with what a rule needs to speak of it.
type spot struct {
	*file
	set     *set
	n       schema.Node
	value   any
	pointer string
	isKey   bool // the value is the key at pointer
}

var valueRules = map[string]func(spot){
	"country-code":  spot.country,
	"region-code":   spot.region,
	"language-code": spot.language,
	"time-zone":     spot.timeZone,
	"date":          spot.date,
	"date-time":     spot.dateTime,
	"web-address":   spot.webAddress,
	"coordinates":   spot.coordinate,
}

// references says, per kind of id, which rule an unknown one breaks.
var references = map[string]*problem.Rule{
	"skills":   problem.UnknownSkill,
	"networks": problem.UnknownNetwork,
	"sectors":  problem.UnknownSector,
	"coops":    problem.UnknownCoop,
}

// checkValues holds every value of the file against the rules its schema names.
func (f *file) checkValues(s *set) {
	if f.doc.Value == nil {
		return
	}
	schema.Root(f.schema).Walk(f.doc.Value, func(n schema.Node, value any, pointer string, isKey bool) {
		if value == nil {
			return
		}
		p := spot{f, s, n, value, pointer, isKey}
		if rule := valueRules[n.Text("x-rule")]; rule != nil {
			rule(p)
		}
		if n.M["x-refers"] != nil {
			p.reference()
		}
		if n.M["x-past"] == true {
			p.past()
		}
		if n.M["x-sorted"] == true {
			p.sorted()
		}
		if isProse(n) {
			p.prose()
		} else {
			p.lookAlike()
		}
		p.invisible()
	})
}

// place returns where the value, or the key, stands.
func (p spot) place() problem.Range {
	if p.isKey {
		return p.doc.KeyPosition(p.pointer)
	}
	return p.doc.Position(p.pointer)
}

func (p spot) wrong(rule *problem.Rule, m problem.Message) { p.report(rule, p.place(), m) }

// mended reports a value with the text that would mend it; certainly where only its writing differs.
func (p spot) mended(rule *problem.Rule, right string, certain bool, m problem.Message) {
	if certain {
		p.reportCertain(rule, p.place(), right, m)
	} else {
		p.reportFix(rule, p.place(), right, m)
	}
}

// text returns the value as it would be written.
func (p spot) text() string {
	switch v := p.value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

func (p spot) country() {
	code := p.text()
	if world.IsCountry(code) || code == "worldwide" && lastName(p.pointer) == "serves" {
		return
	}
	if right, exact := world.FindCountry(code); right != "" {
		p.mended(problem.CountryCode, right, exact, problem.Say("country-code.known", "found", short(code), "right", right))
		return
	}
	near := ""
	if len(code) > 3 {
		near = p.nearest(code, world.CountryNames())
	}
	if near != "" {
		right, _ := world.FindCountry(near)
		p.mended(problem.CountryCode, right, false, problem.Say("country-code.near", "found", short(code), "country", countryName(right), "right", right))
		return
	}
	p.wrong(problem.CountryCode, problem.Say("country-code", "found", short(code)))
}

var regionCode = regexp.MustCompile(`^([A-Z]{2})-[A-Z0-9]{1,3}$`)

func (p spot) region() {
	code := p.text()
	m := regionCode.FindStringSubmatch(code)
	if m == nil || !world.IsCountry(m[1]) {
		p.wrong(problem.RegionCode, problem.Say("region-code", "found", short(code)))
		return
	}
	parent := p.pointer[:strings.LastIndex(p.pointer, "/")]
	_, location, _ := schema.Root(p.schema).At(p.doc.Value, parent)
	siblings, _ := location.(map[string]any)
	if country, _ := siblings["country"].(string); country != "" && country != m[1] && world.IsCountry(country) {
		p.wrong(problem.RegionCode, problem.Say("region-code.elsewhere", "found", code, "there", m[1], "here", country))
	}
}

func (p spot) language() {
	code := p.text()
	if world.IsLanguage(code) {
		return
	}
	if right, ok := world.FindLanguage(code); ok {
		p.mended(problem.LanguageCode, right, true, problem.Say("language-code.known", "found", short(code), "right", right))
		return
	}
	p.wrong(problem.LanguageCode, problem.Say("language-code", "found", short(code)))
}

func (p spot) timeZone() {
	if name := p.text(); !world.IsTimeZone(name) {
		p.wrong(problem.TimeZone, problem.Say("time-zone", "found", short(name)))
	}
}

func (p spot) date() {
	written := p.text()
	d := directory.Date(written)
	if _, ok := d.Time(); ok && (len(written) == len(time.DateOnly) || p.n.Is("integer")) {
		return
	}
	for _, layout := range []string{"2006/01/02", "2006.01.02", "2006-1-2", "20060102"} {
		if t, err := time.Parse(layout, written); err == nil {
			right := t.Format(time.DateOnly)
			p.mended(problem.DateRule, right, true, problem.Say("date.order", "key", lastName(p.pointer), "found", written, "right", right))
			return
		}
	}
	if right := dayFirst(written); right != "" {
		p.mended(problem.DateRule, right, false, problem.Say("date.order", "key", lastName(p.pointer), "found", written, "right", right))
		return
	}
	if len(written) == len(time.DateOnly) && strings.Count(written, "-") == 2 {
		p.wrong(problem.DateRule, problem.Say("date.day", "key", lastName(p.pointer), "found", short(written)))
		return
	}
	p.wrong(problem.DateRule, problem.Say("date", "key", lastName(p.pointer), "found", short(written), "today", string(p.set.today)))
}

// dayFirst returns a date that is written with the day or the month first, where only one of the two
// can be meant: 23/11/2026 is one, 3/11/2026 is not.
func dayFirst(written string) string {
	written = strings.NewReplacer("/", "-", ".", "-", " ", "").Replace(written)
	day, errDay := time.Parse("2-1-2006", written)
	month, errMonth := time.Parse("1-2-2006", written)
	switch {
	case errDay == nil && (errMonth != nil || day.Equal(month)):
		return day.Format(time.DateOnly)
	case errMonth == nil && errDay != nil:
		return month.Format(time.DateOnly)
	}
	return ""
}

func (p spot) dateTime() {
	if _, ok := directory.Instant(p.text()); !ok {
		p.wrong(problem.DateTime, problem.Say("date-time", "key", lastName(p.pointer), "found", short(p.text())))
	}
}

// past reports a day or a year that has not come yet anywhere: today is UTC's, and in Auckland it is
// tomorrow for half of the day.
func (p spot) past() {
	d := directory.Date(p.text())
	day, ok := d.Time()
	today, _ := p.set.today.Time()
	if ok && day.After(today.AddDate(0, 0, 1)) {
		p.wrong(problem.DateFuture, problem.Say("date-future", "key", lastName(p.pointer), "found", string(d), "today", string(p.set.today)))
	}
}

func (p spot) webAddress() {
	written := p.text()
	blanks := []any{"key", lastName(p.pointer), "found", short(written)}
	u, err := url.Parse(written)
	sound := err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && isPublicHost(u.Hostname())
	if m := schemeTypo.FindStringSubmatch(written); m != nil && !sound && publicAddress("https://"+m[2]) {
		right := "https://" + m[2]
		if !strings.ContainsAny(m[1], "sS") {
			right = "http://" + m[2]
		}
		p.mended(problem.WebAddress, right, true, problem.Say("web-address.slip", append(blanks, "right", short(right))...))
		return
	}
	if within := addressWithin.FindString(written); !sound && within != written && publicAddress(within) {
		p.mended(problem.WebAddress, within, false, problem.Say("web-address.slip", append(blanks, "right", short(within))...))
		return
	}
	switch {
	case err != nil || strings.ContainsAny(written, " \t<>\"`\\"):
		p.wrong(problem.WebAddress, problem.Say("web-address", blanks...))
	case u.Scheme == "" && strings.Contains(written, "."), u.Scheme != "http" && u.Scheme != "https" && u.Opaque != "" && isPort(u.Opaque):
		right := "https://" + strings.TrimLeft(written, "/")
		p.mended(problem.WebAddress, right, false, problem.Say("web-address.beginning", append(blanks, "right", short(right))...))
	case u.Scheme != "http" && u.Scheme != "https":
		p.wrong(problem.WebAddress, problem.Say("web-address.scheme", blanks...))
	case u.Host == "":
		p.wrong(problem.WebAddress, problem.Say("web-address.nothing", blanks...))
	case u.User != nil:
		p.wrong(problem.WebAddress, problem.Say("web-address.user", blanks...))
	case !isPublicHost(u.Hostname()):
		p.wrong(problem.WebAddress, problem.Say("web-address.host", "key", lastName(p.pointer), "found", short(u.Hostname())))
	case p.pointer == "/website" && p.schema == "coop":
		p.ownWebsite(u)
	}
}

// Hosts, with all below them, where nobody has a website of their own.
var (
	socialHosts = strings.Fields(`facebook.com instagram.com linkedin.com twitter.com x.com tiktok.com youtube.com linktr.ee
		github.com gitlab.com meetup.com wa.me t.me medium.com behance.net`)
	parkingHosts = strings.Fields(`sedo.com dan.com afternic.com hugedomains.com godaddy.com parkingcrew.net bodis.com sedoparking.com above.com`)
)

// ownWebsite looks at the website of a co-op, an address that is right as such.
func (p spot) ownWebsite(u *url.URL) {
	host := strings.ToLower(u.Hostname())
	switch {
	case below(host, socialHosts):
		p.wrong(problem.SocialWebsite, problem.Say("social-website", "host", short(host)))
	case below(host, parkingHosts):
		p.wrong(problem.SocialWebsite, problem.Say("social-website.parked", "host", short(host)))
	case u.Scheme == "http":
		right := "https" + strings.TrimPrefix(p.text(), "http")
		p.mended(problem.HTTPWebsite, right, false, problem.Say("http-website", "key", "website", "right", short(right)))
	}
}

// below tells whether a host is one of the hosts, or a part of one. A name that only ends alike is not.
func below(host string, hosts []string) bool {
	return slices.ContainsFunc(hosts, func(h string) bool { return host == h || strings.HasSuffix(host, "."+h) })
}

var (
	// schemeTypo is an address whose beginning was mistyped: htps://, https:/, http//, https;//.
	schemeTypo = regexp.MustCompile(`^(?i)(h+t{1,3}p+s*|t{1,2}ps?|htt?sp?)\s*[:;.]?\s*[/\\]{1,4}\s*([^\s/\\]\S*)$`)
	// addressWithin is an address with something around it: brackets, a bar, the end of a link.
	addressWithin = regexp.MustCompile(`https?://[^\s|<>()\[\]"'` + "`" + `]+[\pL\pN/]`)
)

// publicAddress tells whether a text is the web address of a public host.
func publicAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.User == nil && isPublicHost(u.Hostname())
}

func isPort(s string) bool {
	port, _, _ := strings.Cut(s, "/")
	_, err := strconv.Atoi(port)
	return err == nil
}

var hostLabel = regexp.MustCompile(`^[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?$`)

// isPublicHost tells whether a host is a name of at least two labels that does not end in a number.
func isPublicHost(host string) bool {
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	if len(labels) < 2 || net.ParseIP(host) != nil {
		return false
	}
	for _, label := range labels {
		if !hostLabel.MatchString(label) || len(label) > 63 {
			return false
		}
	}
	_, err := strconv.Atoi(labels[len(labels)-1])
	return err != nil
}

// coordinate reports a latitude or longitude out of its range, and says where the two look swapped.
func (p spot) coordinate() {
	number, ok := p.value.(json.Number)
	if !ok {
		return
	}
	degrees, err := number.Float64()
	limit := 90.0
	if lastName(p.pointer) == "longitude" {
		limit = 180
	}
	if err == nil && degrees >= -limit && degrees <= limit {
		return
	}
	id := "coordinates"
	if limit == 90 && degrees >= -180 && degrees <= 180 {
		id = "coordinates.swapped"
	}
	p.wrong(problem.CoordinatesRule, problem.Say(id, "key", lastName(p.pointer), "found", short(number.String()), "limit", int(limit)))
}

func (p spot) reference() {
	kind := p.n.Text("x-refers")
	id, ok := p.value.(string)
	ids := p.set.ids[kind]
	if !ok {
		return
	}
	if contains(ids, id) {
		p.retired(kind, id)
		return
	}
	rule := references[kind]
	near := ""
	if kind == "skills" {
		near = p.suggestSkill(id)
	} else {
		near = p.nearest(id, ids)
	}
	switch {
	case near != "":
		p.mended(rule, near, world.Fold(near) == world.Fold(id), problem.Say(rule.Name+".near", "found", short(id), "near", near))
	case kind == "skills" && p.schema == "coop" && strings.HasPrefix(p.pointer, "/skills/"):
		p.wrong(rule, problem.Say("unknown-skill.other", "found", short(id)))
	default:
		p.wrong(rule, problem.Say(rule.Name, "found", short(id)))
	}
}

// retired reports a skill's id that another one has taken the place of.
func (p spot) retired(kind, id string) {
	if kind != "skills" {
		return
	}
	right := p.set.inUse(id)
	if skill := p.set.skills[right]; skill != nil && skill.AliasOf != "" {
		return // in a circle nothing is in use; that is told as such
	}
	if p.schema == "skills" && schema.Steps(p.pointer)[0] == right {
		return // what is part of its own old name is not to become part of itself
	}
	if right != id {
		p.mended(problem.RetiredSkill, right, true, problem.Say("retired-skill", "found", id, "right", right))
	}
}
