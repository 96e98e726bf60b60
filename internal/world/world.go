// Package world knows the codes that profiles use for countries, languages and time zones, and the
// names people give them in the site's languages (Unicode CLDR, through golang.org/x/text).
package world

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the same time zones on every machine
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"
)

// SiteLanguages are the languages in which people may write the name of a country or a language.
var siteLanguages = []language.Tag{language.English, language.Spanish, language.French, language.BrazilianPortuguese}

// reserved are region codes that CLDR knows and ISO 3166-1 does not assign to a country. XK stays:
// Kosovo has no other code.
const reserved = " AC CP CQ DG EA EZ IC QO TA UN "

// IsCountry tells whether code is an assigned ISO 3166-1 alpha-2 code (or XK, Kosovo).
func IsCountry(code string) bool {
	return len(code) == 2 && countries().names[code]
}

// CountryName returns the name of the country in a language (BCP 47), in English where the language
// has no names of its own, and the code itself where it is no country's.
func CountryName(code, in string) string {
	if !IsCountry(code) {
		return code
	}
	return regionName(language.MustParseRegion(code), namesIn(in))
}

// FindCountry returns the code of the country that is called so in one of the site's languages,
// whatever the case and accents, or that is its code in another case; "" where there is none. exact is
// false where the name is that of a part of the country, or of its language: England, EN.
func FindCountry(name string) (code string, exact bool) {
	if upper := strings.ToUpper(strings.TrimSpace(name)); IsCountry(upper) {
		return upper, true
	}
	if code, ok := countries().byName[Fold(name)]; ok {
		return code, true
	}
	return partOf[Fold(name)], false
}

// partOf maps names that people give where a country is asked for, and that say less or more than one.
var partOf = map[string]string{
	"en": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "inglaterra": "GB", "angleterre": "GB",
	"escocia": "GB", "ecosse": "GB", "catalonia": "ES", "cataluna": "ES", "catalunya": "ES", "catalogne": "ES", "catalunha": "ES",
	"basque country": "ES", "euskadi": "ES", "pais vasco": "ES", "pays basque": "ES", "quebec": "CA",
}

// CountryNames returns the names that FindCountry understands, folded, in alphabetical order.
func CountryNames() []string { return countryNames() }

var countryNames = sync.OnceValue(func() []string { return slices.Sorted(maps.Keys(countries().byName)) })

// IsLanguage tells whether code is a BCP 47 tag of a known language, written as the standard does.
func IsLanguage(code string) bool {
	tag, err := language.Raw.Parse(code)
	if err != nil || tag.String() != code {
		return false
	}
	base, confidence := tag.Base()
	return confidence == language.Exact && display.English.Languages().Name(base) != ""
}

// LanguageName returns the name of the language in another (both BCP 47), in English where that has
// no names of its own, and the code itself where it is unknown.
func LanguageName(code, in string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	if namer := display.Languages(namesIn(in)); namer != nil {
		if name := namer.Name(tag); name != "" {
			return name
		}
	}
	if name := display.English.Languages().Name(tag); name != "" {
		return name
	}
	return code
}

// FindLanguage returns the code of the language that is called so in one of the site's languages or
// in itself, whatever the case and accents, or that is its code in another case.
func FindLanguage(name string) (code string, ok bool) {
	if tag, err := language.Raw.Parse(strings.TrimSpace(name)); err == nil && IsLanguage(tag.String()) {
		return tag.String(), true
	}
	code, ok = languages()[Fold(name)]
	return code, ok
}

// IsTimeZone tells whether name is an IANA time zone named after a place, or UTC.
func IsTimeZone(name string) bool {
	if name != "UTC" && !strings.Contains(name, "/") {
		return false // EST, CET, GMT+2: not where anybody lives
	}
	_, err := time.LoadLocation(name)
	return err == nil
}

// apostrophes are those that people type, as they are compared.
var apostrophes = strings.NewReplacer("’", "'", "ʼ", "'")

// Fold makes words comparable: lower case, without accents, with straight apostrophes and single spaces.
func Fold(s string) string {
	s = strings.ToLower(s)
	if !isASCII(s) {
		s = norm.NFC.String(strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(apostrophes.Replace(s))))
	}
	return strings.Join(strings.Fields(s), " ")
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// namesIn returns the tag whose names readers of a language are given.
func namesIn(in string) language.Tag {
	if in == "pt" {
		return language.BrazilianPortuguese
	}
	return language.Make(in)
}

func regionName(region language.Region, in language.Tag) string {
	if namer := display.Regions(in); namer != nil {
		if name := namer.Name(region); name != "" {
			return name
		}
	}
	return display.English.Regions().Name(region)
}

type countryTable struct {
	names  map[string]bool
	byName map[string]string // folded name in any site language -> code
}

var countries = sync.OnceValue(func() countryTable {
	t := countryTable{map[string]bool{}, map[string]string{
		"uk": "GB", "great britain": "GB", "gran bretana": "GB", "grande-bretagne": "GB", "gra-bretanha": "GB",
		"usa": "US", "u.s.a.": "US", "united states of america": "US", "ee. uu.": "US", "ee.uu.": "US", "eeuu": "US", "eua": "US",
		"holland": "NL", "holanda": "NL", "the netherlands": "NL", "czech republic": "CZ", "turkey": "TR", "brasil": "BR",
		"deutschland": "DE", "espana": "ES", "italia": "IT", "belgie": "BE", "schweiz": "CH", "osterreich": "AT", "polska": "PL",
	}}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string(a) + string(b)
			region, err := language.ParseRegion(code)
			if err != nil || region.String() != code || !region.IsCountry() || region.Canonicalize() != region ||
				display.English.Regions().Name(region) == "" || strings.Contains(reserved, code) {
				continue
			}
			t.names[code] = true
			for _, in := range siteLanguages {
				name := Fold(regionName(region, in))
				t.byName[name], t.byName[strings.ReplaceAll(name, " & ", " and ")] = code, code
			}
		}
	}
	return t
})

var languages = sync.OnceValue(func() map[string]string {
	byName := map[string]string{}
	for _, tag := range display.Supported.Tags() {
		base, _ := tag.Base()
		code := base.String()
		if tag.String() != code || !IsLanguage(code) {
			continue
		}
		for _, in := range siteLanguages {
			byName[Fold(LanguageName(code, in.String()))] = code
		}
		byName[Fold(display.Self.Name(tag))] = code
	}
	delete(byName, "") // not every language has a name for itself
	return byName
})
