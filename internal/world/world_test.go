package world

import "testing"

func TestCountriesAreThoseOfISO3166AndKosovo(t *testing.T) {
	if got, want := len(countries().names), 249+1; got != want {
		t.Errorf("%d countries, want %d", got, want)
	}
	for _, code := range []string{"UK", "EU", "AN", "SU", "XX", "de", ""} {
		if IsCountry(code) {
			t.Errorf("IsCountry(%q)", code)
		}
	}
}

func TestFindCountryUnderstandsNamesInFourLanguages(t *testing.T) {
	for name, want := range map[string]string{
		"Germany": "DE", "Alemania": "DE", "allemagne": "DE", "Alemanha": "DE", "de": "DE",
		"UK": "GB", "England": "GB", "Trinidad and Tobago": "TT", "Trinidad & Tobago": "TT", "Brasil": "BR", "México": "MX", "mexico": "MX", "États-Unis": "US",
	} {
		if got, _ := FindCountry(name); got != want {
			t.Errorf("FindCountry(%q) = %q, want %q", name, got, want)
		}
	}
	if code, _ := FindCountry("Atlantis"); code != "" {
		t.Errorf("FindCountry(Atlantis) = %q", code)
	}
	for name, want := range map[string]bool{"uk": true, "GERMANY": true, "England": false, "EN": false, "Catalunya": false} {
		if _, exact := FindCountry(name); exact != want {
			t.Errorf("FindCountry(%q): exact is %v", name, exact)
		}
	}
}

func TestWordsAreComparedWithoutCaseAccentsAndKindsOfApostrophe(t *testing.T) {
	for _, written := range []string{"Aide à l’achat", "AIDE  A L'ACHAT", " aide à lʼachat"} {
		if got, want := Fold(written), "aide a l'achat"; got != want {
			t.Errorf("Fold(%q) = %q, want %q", written, got, want)
		}
	}
}

func TestLanguages(t *testing.T) {
	for _, code := range []string{"en", "pt-BR", "es-419", "zh-Hant", "gn"} {
		if !IsLanguage(code) {
			t.Errorf("%q is a language", code)
		}
	}
	for _, code := range []string{"EN", "english", "xx", "pt-br", "pt_BR", "und", ""} {
		if IsLanguage(code) {
			t.Errorf("%q is no language code", code)
		}
	}
	for name, want := range map[string]string{"English": "en", "inglés": "en", "Español": "es", "portugais": "pt", "EN": "en", "pt-br": "pt-BR", "": "", " ": ""} {
		if got, _ := FindLanguage(name); got != want {
			t.Errorf("FindLanguage(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestNamesAreInTheReadersLanguage(t *testing.T) {
	if got := CountryName("DE", "pt"); got != "Alemanha" {
		t.Errorf("CountryName = %q", got)
	}
	if got := LanguageName("en", "es"); got != "inglés" {
		t.Errorf("LanguageName = %q", got)
	}
	if got := LanguageName("en", "qq"); got != "English" {
		t.Errorf("LanguageName in an unknown language = %q", got)
	}
}

func TestTimeZonesAreNamedAfterPlaces(t *testing.T) {
	for name, want := range map[string]bool{"America/Argentina/Cordoba": true, "UTC": true, "CET": false, "Europe/Atlantis": false, "": false, "../etc/passwd": false} {
		if got := IsTimeZone(name); got != want {
			t.Errorf("IsTimeZone(%q) = %v", name, got)
		}
	}
}

func TestCountriesSurroundTheirPlaces(t *testing.T) {
	if n := len(boxes()); n < 200 {
		t.Fatalf("only %d countries have boxes", n)
	}
	for _, c := range []struct {
		country             string
		latitude, longitude float64
		want                bool
	}{
		{"AR", -32.95, -60.64, true}, {"AR", -60.64, -32.95, false}, {"AR", 32.95, -60.64, false},
		{"US", 21.31, -157.86, true}, {"US", 61.2, -149.9, true}, {"RU", 66.0, -170.0, true}, {"FJ", -18.14, 178.44, true},
		{"FR", 48.85, 2.35, true}, {"FR", 52.52, 13.4, false}, {"NZ", -41.29, 174.78, true}, {"PT", 37.74, -25.67, true},
		{"GB", 51.5, -0.13, true}, {"XX", 0, 0, true},
	} {
		if got := Surrounds(c.country, c.latitude, c.longitude); got != c.want {
			t.Errorf("Surrounds(%s, %v, %v) = %v", c.country, c.latitude, c.longitude, got)
		}
	}
}
