package intake

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"coops/internal/world"
)

// What people write in cells, as profiles write it. What is not understood stays as it is: package check
// then says what is wrong with it, in the words it has for a profile.

func decimal(n int) string { return strconv.Itoa(n) }

// shorten cuts what is quoted in a message to a length that can be read.
func shorten(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// line returns a text on one line, with single spaces.
func line(text string) string { return strings.Join(strings.Fields(text), " ") }

var (
	plainNumber = regexp.MustCompile(`^-?(0|[1-9]\d{0,17})(\.\d{1,15})?$`)
	grouped     = regexp.MustCompile(`^\d{1,3}([., ]\d{3})+$`)
	roundNumber = regexp.MustCompile(`^(\d+)[.,]0+$`)
	fourDigits  = regexp.MustCompile(`^\d{4}$`)
	spreadYear  = regexp.MustCompile(`^([12])[., ]?(\d{3})(?:[.,]0+)?$`)
)

// spaces are those that stand in numbers, too.
var spaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "−", "-", "'", " ", "’", " ")

// integer reads 1234 as spreadsheets write it: 1234.0, 1,234, 1.234, 1 234.
func integer(text string) any {
	text = strings.TrimSpace(spaces.Replace(text))
	if m := roundNumber.FindStringSubmatch(text); m != nil && !grouped.MatchString(text) {
		text = m[1]
	}
	if grouped.MatchString(text) {
		text = strings.NewReplacer(".", "", ",", "", " ", "").Replace(text)
	}
	return number(text)
}

// degrees reads a number with a decimal point or comma.
func degrees(text string) any {
	text = strings.TrimSuffix(strings.TrimSpace(spaces.Replace(text)), "°")
	if strings.Count(text, ",") == 1 && !strings.Contains(text, ".") {
		text = strings.Replace(text, ",", ".", 1)
	}
	return number(strings.TrimPrefix(text, "+"))
}

// number returns a number as it is written, or the text.
func number(text string) any {
	if plainNumber.MatchString(text) {
		return json.Number(text)
	}
	return text
}

// year reads a year, or that of a date.
func year(text string, dayFirst *bool) any {
	if m := spreadYear.FindStringSubmatch(text); m != nil {
		text = m[1] + m[2]
	}
	if date := day(text, dayFirst); justDay.MatchString(date) {
		text = date[:4]
	}
	return number(text)
}

var (
	justDay    = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	clock      = regexp.MustCompile(`[T ]\d{1,2}:\d\d.*$`)
	serial     = regexp.MustCompile(`^[2-6]\d{4}(\.\d+)?$`) // a day as spreadsheets count it: 1954 to 2091
	numeric    = regexp.MustCompile(`^(\d{1,2})[/.\- ]+(\d{1,2})[/.\- ]+(\d{4})$`)
	notInWords = regexp.MustCompile(`[^\pL\pN]+`)
)

// day reads a date as spreadsheets write it, and returns it as year-month-day; what is no date, or could be
// one of two, as it is. dayFirst decides between 3 April and March 4; nil leaves it open.
func day(text string, dayFirst *bool) string {
	text = clock.ReplaceAllString(line(text), "")
	if serial.MatchString(text) {
		days, _, _ := strings.Cut(text, ".")
		n, _ := strconv.Atoi(days)
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format(time.DateOnly)
	}
	for _, layout := range []string{time.DateOnly, "2006-1-2", "2006/1/2", "2006.1.2", "20060102"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	if m := numeric.FindStringSubmatch(text); m != nil {
		return dayOf(m[1], m[2], m[3], dayFirst, text)
	}
	return dayInWords(text)
}

func dayOf(first, second, year string, dayFirst *bool, text string) string {
	a, errA := time.Parse("2-1-2006", first+"-"+second+"-"+year)
	b, errB := time.Parse("1-2-2006", first+"-"+second+"-"+year)
	switch {
	case errA == nil && (errB != nil || a.Equal(b) || dayFirst != nil && *dayFirst):
		return a.Format(time.DateOnly)
	case errB == nil && (errA != nil || dayFirst != nil):
		return b.Format(time.DateOnly)
	}
	return text
}

// months are how the names of months begin in the site's languages, in their order.
var months = []string{"jan|ene|janv", "feb|fev", "mar", "apr|abr|avr", "may|mai", "jun|juin", "jul|juil", "aug|ago|aou", "sep|set", "oct|out", "nov", "dec|dic|dez"}

// dayInWords reads 3 May 2026, May 3, 2026, 3 de mayo de 2026.
func dayInWords(text string) string {
	var day, year string
	month := 0
	for _, word := range strings.Fields(notInWords.ReplaceAllString(world.Fold(text), " ")) {
		switch trimmed := strings.TrimRight(word, "ersndth"); {
		case word == "de" || word == "of":
		case fourDigits.MatchString(word) && year == "":
			year = word
		case len(trimmed) > 0 && len(trimmed) < 3 && trimmed[0] <= '9' && day == "":
			day = trimmed
		case monthOf(word) > 0 && month == 0:
			month = monthOf(word)
		default:
			return text
		}
	}
	if t, err := time.Parse("2006-1-2", year+"-"+strconv.Itoa(month)+"-"+day); err == nil {
		return t.Format(time.DateOnly)
	}
	return text
}

func monthOf(word string) int {
	if len(word) < 3 {
		return 0
	}
	for i, beginnings := range months {
		for _, b := range strings.Split(beginnings, "|") {
			if strings.HasPrefix(word, b) {
				return i + 1
			}
		}
	}
	return 0
}

var yes, no = strings.Fields("true yes y si s oui o sim vrai verdadero verdadeiro 1 x ✓ ✔ ☑ wahr remote remoto"), strings.Fields("false no n non nao faux falso 0 - ✗ ✘ ☐")

// truth reads yes or no.
func truth(text string) any {
	folded := world.Fold(text)
	for _, word := range yes {
		if folded == word {
			return true
		}
	}
	for _, word := range no {
		if folded == word {
			return false
		}
	}
	return text
}

// choices are the words that people have for the values of a choice, in the site's languages.
var choices = map[string]string{
	"activa": "active", "activo": "active", "actif": "active", "ativa": "active", "ativo": "active", "open": "active",
	"en formacion": "forming", "en creation": "forming", "em formacao": "forming", "in formation": "forming", "inactive": "dormant", "inactiva": "dormant", "inativa": "dormant", "en sommeil": "dormant",
	"cerrada": "closed", "cerrado": "closed", "ferme": "closed", "fermee": "closed", "fechada": "closed", "encerrada": "closed", "defunct": "closed", "disuelta": "closed",
	"fusionada": "merged", "fusionnee": "merged", "fundida": "merged",
	"worker co-op": "worker", "worker cooperative": "worker", "worker-owned": "worker", "trabajo": "worker", "cooperativa de trabajo": "worker", "cooperativa de trabalho": "worker", "scop": "worker",
	"multi stakeholder": "multi-stakeholder", "multistakeholder": "multi-stakeholder", "scic": "multi-stakeholder", "platform co-op": "platform", "platform cooperative": "platform", "plataforma": "platform", "plateforme": "platform",
	"federation": "network", "red": "network", "reseau": "network", "rede": "network", "otra": "other", "otro": "other", "autre": "other", "outra": "other", "outro": "other",
	"abierta": "open", "limitada": "limited", "limitee": "limited", "llena": "full", "complet": "full", "lotada": "full",
	"the co-op": "coop", "co-op": "coop", "third party": "third-party",
}

// choice returns which of the values a text names.
func choice(text string, values []string) string {
	folded := world.Fold(text)
	for _, v := range values {
		if folded == v {
			return v
		}
	}
	for _, v := range values {
		if choices[folded] == v {
			return v
		}
	}
	return line(text)
}

// address returns a web address with its beginning.
func address(text string) string {
	text = line(text)
	if strings.Contains(text, ".") && !strings.Contains(text, ":") && !strings.ContainsAny(text, " /\\") ||
		strings.Contains(text, "/") && !strings.Contains(text, ":") && !strings.HasPrefix(text, "/") && strings.Contains(strings.SplitN(text, "/", 2)[0], ".") {
		return "https://" + text
	}
	return text
}

// list returns the items of a cell: one on each line, or between semicolons, bars or commas.
func list(text string) []string { return split(text, ",;|\n•") }

// maxItems is how many items of a cell are looked at; any list of a profile is shorter, and the check says so.
const maxItems = 1000

func split(text, separators string) []string {
	var items []string
	for _, item := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if len(items) == maxItems {
			break
		}
		if item = line(strings.Trim(item, " \t-–*")); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// together is what else stands between the items of a list: signs first, then words of the site's
// languages.
var together = []*regexp.Regexp{regexp.MustCompile(`\s*[/+]\s*`), regexp.MustCompile(`(?i)\s+(?:and|y|e|et|und|&)\s+`)}

// named returns the items of a cell, each as find knows it and once. An item is first looked up as a whole:
// Trinidad and Tobago is one country, English and Spanish are two languages.
func named(text string, find func(string) (string, bool)) []string {
	var ids []string
	for _, item := range list(text) {
		found, ok := resolve(item, together, find)
		if !ok {
			found = []string{item}
		}
		for _, id := range found {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// resolve returns what find knows of an item, or of all its parts.
func resolve(item string, separators []*regexp.Regexp, find func(string) (string, bool)) (ids []string, ok bool) {
	if id, ok := find(item); ok {
		return []string{id}, true
	}
	for n, separator := range separators {
		parts := separator.Split(item, -1)
		if len(parts) == 1 {
			continue
		}
		for _, part := range parts {
			found, ok := resolve(part, separators[n+1:], find)
			if !ok {
				return nil, false
			}
			ids = append(ids, found...)
		}
		return ids, true
	}
	return nil, false
}

// Truth reads yes or no in the site's languages; ok is false where a text is neither.
func Truth(text string) (is, ok bool) {
	is, ok = truth(text).(bool)
	return is, ok
}
