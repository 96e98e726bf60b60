package upkeep

import (
	"fmt"
	"strings"

	"coops/internal/links"
	"coops/internal/problem"
)

// toDo says what to do about the addresses of each kind that is listed.
var toDo = map[links.Kind]struct{ title, advice string }{
	links.Gone:        {"The page is not there", "Look for it on the co-op's website, and correct the profile or ask the co-op."},
	links.Unreachable: {"Nobody answers", "Since a week or longer? Then ask the co-op. If it has ended, set `status: closed` and `ended`: its page stays."},
	links.Unsafe:      {"The certificate does not hold", "Browsers warn of it. Write to the co-op: it may not know."},
	links.Failing:     {"It is broken, or leads nowhere", "Since a week or longer? Then write to the co-op."},
	links.Inside:      {"It leads into a network that is not public", "Nobody else can open it. Correct the profile, and look who wrote it."},
	links.Moved:       {"It has moved for good", "Is the new address still the co-op's? A name that was given up can belong to somebody else. If it is, correct the profile."},
}

const (
	mostLinks  = 150 // that an issue lists; the rest is counted
	mostBytes  = 50_000
	mostPlaces = 3   // that one link is shown with
	mostURL    = 120 // characters of an address
)

// LinksIssue returns what the issue about addresses that need a person says, as Markdown, and how many they are; nothing where there are
// none. Folder is the address that the repository's files are below. An address is a stranger's text, so it stands in a code span.
func LinksIssue(results []links.Result, folder string) (listed int, body string) {
	var b strings.Builder
	shown := 0
	for _, kind := range links.Kinds {
		say, ok := toDo[kind]
		if !ok {
			continue
		}
		begun := false
		for _, r := range results {
			if r.Kind != kind {
				continue
			}
			if listed++; shown == mostLinks || b.Len() > mostBytes {
				continue
			}
			shown++
			if !begun {
				begun = true
				fmt.Fprintf(&b, "\n### %s\n\n%s\n\n", say.title, say.advice)
			}
			b.WriteString("- " + inCode(r.URL))
			if r.To != "" {
				b.WriteString(" → " + inCode(r.To))
			}
			if r.Status >= 400 {
				fmt.Fprintf(&b, " (%d)", r.Status)
			}
			if r.Kind.Broken() && r.Since != "" {
				fmt.Fprintf(&b, " since %s", r.Since)
			}
			for _, p := range r.Places[:min(len(r.Places), mostPlaces)] {
				name := strings.TrimSuffix(p.File[strings.LastIndexByte(p.File, '/')+1:], ".yaml")
				fmt.Fprintf(&b, " · [%s](%s/%s) %s", name, folder, p.File, p.Field)
			}
			if more := len(r.Places) - mostPlaces; more > 0 {
				fmt.Fprintf(&b, " · and %d more", more)
			}
			b.WriteString("\n")
		}
	}
	if listed == 0 {
		return 0, ""
	}
	if listed > shown {
		fmt.Fprintf(&b, "\nand %d more.\n", listed-shown)
	}
	return listed, "These addresses did not lead where they should. This list is renewed every week; what answers again leaves it.\n" + b.String()
}

// inCode writes the beginning of an address so that it is nothing but text.
func inCode(address string) string {
	if runes := []rune(address); len(runes) > mostURL {
		address = string(runes[:mostURL]) + "…"
	}
	return problem.Code(address)
}
