package sitetest

import (
	"regexp"
	"strconv"
)

// answer is what the page of the directory shows.
type answer struct {
	Address string
	Status  string
	Typed   string
	Focus   string // id of the element with the focus, or name=value of a filter
	List    bool   // the list from A to Z, as it is without a script
	Nothing bool   // what to do where nothing answers
	Trouble string
	Cards   []card
	Meant   []string // "Looks like you need"
	Chosen  []string
	Facets  map[string][]facetValue
}

type card struct {
	Slug, Name, Why string
	Does, Flags     []string
}

type facetValue struct {
	ID, Label string
	Count     int
	Chosen    bool
}

const readAnswer = `(() => {
	const root = document.getElementById("directory");
	const seen = (element) => element.checkVisibility();
	const all = (selector, from = root) => [...from.querySelectorAll(selector)];
	const text = (element) => element?.textContent.trim().replace(/\s+/g, " ") ?? "";
	const active = document.activeElement;
	return {
		Address: location.pathname + location.search,
		Status: text(root.querySelector("[data-search-status]")),
		Typed: root.querySelector("input[name=q]").value,
		Focus: active.type === "checkbox" ? active.name + "=" + active.value : active.id,
		List: seen(root.querySelector(".az")),
		Nothing: seen(root.querySelector("[data-search-nothing]")),
		Trouble: all("[data-search-trouble]").filter(seen).map(text).join(),
		Cards: all("[data-search-list] .card").filter(seen).map((card) => ({
			Slug: card.querySelector("[data-card-name]").pathname.split("/").at(-2),
			Name: text(card.querySelector("[data-card-name]")),
			Why: text(card.querySelector("[data-card-why]:not([hidden])")),
			Does: all("[data-card-does] li:not(.more)", card).map(text),
			Flags: all("[data-flag]", card).filter(seen).map((flag) => flag.dataset.flag),
		})),
		Meant: all("[data-search-meanings-list] button").filter(seen).map(text),
		Chosen: all("[data-search-chosen-list] [data-chip-label]").filter(seen).map(text),
		Facets: Object.fromEntries(all("[data-facet]:not([hidden])").map((facet) => [facet.dataset.facet,
			all(".facet__value", facet).map((value) => ({
				ID: value.querySelector("input").value,
				Label: text(value.querySelector("[data-value-label]")),
				Count: Number(text(value.querySelector("[data-value-count]"))),
				Chosen: value.querySelector("input").checked,
			}))])),
	};
})()`

// isSettled holds when the results are here, or are known not to come.
const isSettled = `(() => {
	const root = document.getElementById("directory");
	return root.querySelector("[data-search-status]").textContent !== root.dataset.textLoading && !root.querySelector("[aria-busy]");
})()`

// answer waits for the data and returns what the page shows.
func (v *tab) answer() answer {
	v.t.Helper()
	v.until(isSettled)
	return evaluate[answer](v, readAnswer)
}

// answerTo waits until the page answers these words.
func (v *tab) answerTo(words string) answer {
	v.t.Helper()
	v.until(`(new URLSearchParams(location.search).get("q") ?? "") === ` + literal(words))
	return v.answer()
}

// ask types words into the search of the page, key by key.
func (v *tab) ask(words string) answer {
	v.t.Helper()
	v.click("#search-q")
	v.press(words)
	return v.answerTo(words)
}

// count is how many results the page says it has; 0 where it says there are none.
func (a answer) count() int {
	n, err := strconv.Atoi(regexp.MustCompile(`\d+`).FindString(a.Status))
	if err != nil {
		return 0
	}
	return n
}

func (a answer) slugs() []string {
	all := []string{}
	for _, c := range a.Cards {
		all = append(all, c.Slug)
	}
	return all
}

func (a answer) value(facet, id string) (value facetValue, isShown bool) {
	for _, v := range a.Facets[facet] {
		if v.ID == id {
			return v, true
		}
	}
	return facetValue{}, false
}
