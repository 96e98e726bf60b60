package check_test

import (
	"testing"

	"coops/internal/check"
	"coops/internal/directory"
)

func TestCoopsThatMayBeOneAreFound(t *testing.T) {
	fern := &directory.Coop{Slug: "fern", Name: "Fern Software", Website: "https://www.fern.example/en", FormerNames: []string{"Bracken"}, Contact: &directory.Contact{Email: "hi@fern.example"}}
	find := check.Resembling([]*directory.Coop{fern, {Slug: "moss", Name: "Moss"}})
	for name, c := range map[string]struct {
		coop directory.Coop
		want check.Likeness
	}{
		"the same host":             {directory.Coop{Name: "Something else", Website: "http://fern.example"}, check.SameWebsite},
		"the same name":             {directory.Coop{Name: "FÉRN software ltd"}, check.SameName},
		"its former name":           {directory.Coop{Name: "Bracken Co-op"}, check.FormerName},
		"formerly called so":        {directory.Coop{Name: "Heath", FormerNames: []string{"Fern Software"}}, check.FormerName},
		"a slip":                    {directory.Coop{Name: "Fern Sofware"}, check.SimilarName},
		"other spaces":              {directory.Coop{Name: "Fern-Software"}, check.SimilarName},
		"more of the same":          {directory.Coop{Name: "Fern Software Rosario"}, check.SimilarName},
		"addresses at one host":     {directory.Coop{Name: "Heath", Contact: &directory.Contact{Email: "heath@fern.example"}}, check.SameEmail},
		"nothing":                   {directory.Coop{Name: "Heath", Website: "https://heath.example"}, ""},
		"short names are all alike": {directory.Coop{Name: "Mess"}, ""},
		"no name":                   {directory.Coop{}, ""},
		"itself":                    {*fern, ""},
	} {
		if c.coop.Slug == "" {
			c.coop.Slug = "other"
		}
		got := find(&c.coop)
		switch {
		case c.want == "" && len(got) > 0:
			t.Errorf("%s: got %+v, want none", name, got)
		case c.want != "" && (len(got) != 1 || got[0].Why != c.want || got[0].Other != fern):
			t.Errorf("%s: got %+v, want %s", name, got, c.want)
		}
	}
}
