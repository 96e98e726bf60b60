package fields

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// WriteReference writes the reference of all fields as Markdown: what docs/fields.md holds.
func WriteReference(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprint(out, referenceHead)
	kinds := In("en")
	for _, k := range kinds {
		fmt.Fprintf(out, "- [%s](#kind-%s)\n", k.Title, k.ID)
	}
	for _, k := range kinds {
		fmt.Fprintf(out, "\n## <a id=\"kind-%s\"></a>%s\n\n%s Schema: [%s](../schema/%s).\n", k.ID, k.Title, markdown(k.Description), k.ID+".schema.json", k.ID+".schema.json")
		level := 3
		if len(k.Groups) > 1 {
			level = 4
		}
		for _, g := range k.Groups {
			if level == 4 {
				fmt.Fprintf(out, "\n### %s\n", strings.ToUpper(g.ID[:1])+g.ID[1:])
			}
			for _, f := range g.Fields {
				writeField(out, f, "", level)
			}
		}
	}
	return out.Flush()
}

// writeField writes a field, and below it those inside; path is what leads to it, in words.
func writeField(out io.Writer, f Field, path string, level int) {
	fmt.Fprintf(out, "\n%s <a id=\"%s\"></a>%s`%s`\n\n", strings.Repeat("#", level), f.ID, path, f.Key)
	fmt.Fprintf(out, "**%s** · %s", markdown(f.Title), strings.Join(append([]string{typeWords(f.Type)}, limitWords(f.Type)...), " · "))
	if f.Need != nil {
		fmt.Fprintf(out, " · **%s**", needWords(*f.Need))
	}
	fmt.Fprintf(out, "\n\n%s %s\n", markdown(f.Description), markdown(f.Hint))
	for _, example := range f.Examples {
		fmt.Fprintf(out, "\n```yaml\n%s: %s\n```\n", f.Key, example)
	}
	for _, inside := range f.Fields {
		writeField(out, inside, path+"`"+f.Key+"` › ", level)
	}
}

// markdown keeps `<slug>` from being read as HTML.
func markdown(text string) string { return strings.ReplaceAll(text, "<", `\<`) }

var typeWord = map[string]string{
	Text: "text", Number: "number", WholeNumber: "whole number", YesNo: "true or false", ID: "id",
	Country: "country code", Region: "region code", Language: "language code", TimeZone: "time zone",
	Date: "date", YearOrDate: "year or date", DateTime: "date and time", WebAddress: "web address", Map: "fields of its own",
}

var refersWord = map[string]string{
	"coops": "id of a co-op", "skills": "id of a skill", "networks": "id of a network", "sectors": "id of a sector",
}

func typeWords(t Type) string {
	var of []string
	for _, each := range t.Of {
		of = append(of, typeWords(each))
	}
	switch t.ID {
	case Choice:
		return "one of `" + strings.Join(t.Values, "`, `") + "`"
	case ID:
		if word := refersWord[t.Refers]; word != "" {
			return word
		}
	case List:
		return "list, each entry: " + strings.Join(of, " or ")
	case PerLanguage:
		return "for each language: " + strings.Join(of, " or ")
	}
	return typeWord[t.ID]
}

// limitWords says the bounds of a value, and of what it holds.
func limitWords(t Type) []string {
	var words []string
	say := func(is bool, format string, args ...any) {
		if is {
			words = append(words, fmt.Sprintf(format, args...))
		}
	}
	l := t.Limits
	say(l.Characters > 0, "up to %d characters", l.Characters)
	say(l.NotEmpty, "at least one entry")
	say(l.Entries > 0, "up to %d entries", l.Entries)
	say(l.Unique, "none twice")
	if l.Minimum != nil && l.Maximum != nil {
		say(true, "from %s to %s", plain(*l.Minimum), plain(*l.Maximum))
	} else if l.Minimum != nil {
		say(true, "%s or more", plain(*l.Minimum))
	}
	say(l.Past, "not in the future")
	for _, each := range t.Of {
		words = append(words, limitWords(each)...)
	}
	return words
}

func plain(number float64) string { return strconv.FormatFloat(number, 'f', -1, 64) }

func needWords(n Need) string {
	words := map[string]string{"": "required", "coop": "required in a co-op's own listing", "third-party": "required in a listing by others"}[n.ListedBy]
	or := "`" + strings.Join(n.Or, "`, `") + "`"
	switch {
	case n.Either:
		return "either this or " + or + ", not both"
	case len(n.Or) > 0:
		return words + ", unless " + or + " is there"
	}
	return words
}

const referenceHead = "# Fields\n\n" +
	"Every field of every file, as the [schemas](../schema) say it: what it may hold, whether it is required, and an example.\n" +
	"The site shows the same in its languages, under `/fields/`; an editor that knows YAML schemas shows it as you type.\n\n" +
	"This page is written by `make docs` from the schemas; a test keeps it current.\n\n"
