package check

import (
	"slices"
	"strings"

	"coops/internal/directory"
	"coops/internal/world"

	"github.com/agnivade/levenshtein"
)

// Likeness is why two co-ops may be one.
type Likeness string

// Kinds of likeness, those that say most first.
const (
	SameWebsite Likeness = "website"      // their websites are at one host
	SameName    Likeness = "name"         // as names are compared: without case, accents and legal forms
	FormerName  Likeness = "former-name"  // one is called as the other was
	SimilarName Likeness = "similar-name" // their names look alike
	SameEmail   Likeness = "email"        // their addresses are at one host of their own
)

var likenesses = map[string]Likeness{"/website": SameWebsite, "/name": SameName, "/contact/email": SameEmail}

// Resemblance is another co-op that may be the same.
type Resemblance struct {
	Other *directory.Coop
	Why   Likeness // the one that says most
}

// Resembling returns a function that finds, among coops, those that may be the same as one, in their order. One
// of the same slug is not looked at.
func Resembling(coops []*directory.Coop) func(*directory.Coop) []Resemblance {
	all := make([]known, len(coops))
	for i, c := range coops {
		all[i] = knownBy(c)
	}
	return func(c *directory.Coop) []Resemblance {
		var found []Resemblance
		this := knownBy(c)
		for _, other := range all {
			if other.coop.Slug == c.Slug {
				continue
			}
			if why := this.like(other); why != "" {
				found = append(found, Resemblance{other.coop, why})
			}
		}
		return found
	}
}

// known is what a co-op is and was known by.
type known struct {
	coop   *directory.Coop
	marks  []Mark
	name   string // bare
	former []string
}

func knownBy(c *directory.Coop) known {
	k := known{coop: c, marks: Marks(c), name: bareName(c.Name)}
	for _, name := range c.FormerNames {
		k.former = append(k.former, bareName(name))
	}
	return k
}

func (k known) like(other known) Likeness {
	why := k.shared(other)
	switch {
	case why == SameWebsite, why == SameName:
	case slices.Contains(other.former, k.name) && k.name != "", slices.Contains(k.former, other.name) && other.name != "":
		return FormerName
	case alike(k.name, other.name), alike(k.coop.Name, other.coop.Name):
		return SimilarName
	}
	return why
}

// shared returns the first mark that both have.
func (k known) shared(other known) Likeness {
	for _, mark := range k.marks {
		if slices.Contains(other.marks, mark) {
			return likenesses[mark.Pointer]
		}
	}
	return ""
}

// alike tells whether two names are one slip in five letters apart, or one begins as the other one is.
func alike(a, b string) bool {
	a, b = lettersOf(a), lettersOf(b)
	short, long := a, b
	if len(a) > len(b) {
		short, long = b, a
	}
	most := len(short) / 5
	return most > 0 && (strings.HasPrefix(long, short) || len(long)-len(short) <= most && levenshtein.ComputeDistance(a, b) <= most)
}

// lettersOf returns a folded name without what is between its words.
func lettersOf(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_.,'’&+/", r) {
			return -1
		}
		return r
	}, world.Fold(name))
}
