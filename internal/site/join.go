package site

import (
	"cmp"
	"slices"

	"coops/internal/world"
)

// joinData is what the form of the page /join/ offers to choose from: data/join/<language>.json.
type joinData struct {
	Countries []choice `json:"countries"` // ISO 3166-1 alpha-2, by name, as all of them
	Languages []choice `json:"languages"` // BCP 47
	Networks  []choice `json:"networks"`
	Sectors   []choice `json:"sectors"`
	Skills    []choice `json:"skills"`
	// The words by which skills are found, in the same order: those that the search has in blocks.
	Vocabulary [][]any  `json:"vocabulary"`
	Also       []string `json:"also"`
}

// choice is an id and its label.
type choice [2]string

func (v *view) joinData() joinData {
	made := joinData{Vocabulary: [][]any{}, Also: []string{}}
	for first := 'A'; first <= 'Z'; first++ {
		for second := 'A'; second <= 'Z'; second++ {
			if code := string([]rune{first, second}); world.IsCountry(code) {
				made.Countries = append(made.Countries, choice{code, world.CountryName(code, v.in)})
			}
			code := string([]rune{first + 'a' - 'A', second + 'a' - 'A'})
			if name := world.LanguageName(code, v.in); world.IsLanguage(code) && name != code {
				made.Languages = append(made.Languages, choice{code, name})
			}
		}
	}
	for code := range v.language {
		if len(code) != 2 {
			made.Languages = append(made.Languages, choice{code, world.LanguageName(code, v.in)})
		}
	}
	for _, n := range v.Networks {
		made.Networks = append(made.Networks, choice{n.ID, n.Name})
	}
	for _, s := range v.Sectors {
		made.Sectors = append(made.Sectors, choice{s.ID, v.sectorTerm(s.ID).Label})
	}
	for _, s := range v.Skills {
		if s.AliasOf == "" {
			made.Skills = append(made.Skills, choice{s.ID, v.skillLabel(s.ID)})
		}
	}
	for _, list := range [][]choice{made.Countries, made.Languages, made.Networks, made.Sectors, made.Skills} {
		slices.SortFunc(list, func(a, b choice) int { return cmp.Or(v.order.CompareString(a[1], b[1]), cmp.Compare(a[0], b[0])) })
	}
	words := v.words()
	for _, skill := range made.Skills {
		isTechnology, ask, also, names := words.row(skill[0], v)
		made.Vocabulary = append(made.Vocabulary, append([]any{isTechnology, ask}, names...))
		made.Also = append(made.Also, also)
	}
	return made
}
