package yamldoc_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"coops/internal/layout"
	"coops/internal/yamldoc"
)

// coopShape is the shape of a profile, which most of these tests format.
func coopShape() *yamldoc.Shape {
	shape, _ := layout.Of("data/coops/p.yaml")
	return shape
}

func TestFormatWritesTheCanonicalStyle(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"keys in the order of the schema, unknown ones last": {
			"zzz: 1\nlanguages: [es]\naaa: 2\nwebsite: https://fern.example\nname: Fern\n",
			"name: Fern\nwebsite: https://fern.example\nlanguages: [es]\nzzz: 1\naaa: 2\n",
		},
		"lists of codes on one line": {
			"languages:\n- es\n- en\nserves:\n    - AR\n",
			"serves: [AR]\nlanguages: [es, en]\n",
		},
		"lists that do not fit one below the other": {
			"timezones: [" + strings.Repeat("America/Argentina/Cordoba, ", 5) + "Europe/Paris]\n",
			"timezones:\n" + strings.Repeat("  - America/Argentina/Cordoba\n", 5) + "  - Europe/Paris\n",
		},
		"skills always one below the other": {
			"skills: [elixir, {level: expert, skill: go}, {other: Braille embossing}]\n",
			"skills:\n  - elixir\n  - {skill: go, level: expert}\n  - {other: \"Braille embossing\"}\n",
		},
		"short maps in a list on one line": {
			"locations:\n-   place: Rosario\n    country: AR\n    coordinates:\n        longitude: -60.60\n        latitude: 13.40\n",
			"locations:\n  - {country: AR, place: Rosario, coordinates: {latitude: 13.40, longitude: -60.60}}\n",
		},
		"long ones not": {
			"needs: [{skill: elixir, kind: learn, note: {es: '" + strings.Repeat("palabra ", 9) + "fin', en: \"word\"}}]\n",
			"needs:\n  - skill: elixir\n    kind: learn\n    note: {es: \"" + strings.Repeat("palabra ", 9) + "fin\", en: \"word\"}\n",
		},
		"texts for people in quotes": {
			"summary:\n  es: Uno\n  en: 'It''s one'\n",
			"summary: {es: \"Uno\", en: \"It's one\"}\n",
		},
		"long texts below each other": {
			"summary: {es: " + strings.Repeat("palabra ", 9) + ", en: " + strings.Repeat("word ", 9) + "}\n",
			"summary:\n  es: \"" + strings.TrimSpace(strings.Repeat("palabra ", 9)) + "\"\n  en: \"" + strings.TrimSpace(strings.Repeat("word ", 9)) + "\"\n",
		},
		"quotes only where they are needed": {
			"name: 'Fern'\nkind: \"worker\"\nwebsite: 'https://fern.example'\nlogo: \"a: b\"\nstatus: \"a #b\"\n",
			"name: Fern\nwebsite: https://fern.example\nkind: worker\nstatus: \"a #b\"\nlogo: \"a: b\"\n",
		},
		"Norway is no denial": {
			"serves: [NO, no, Yes, ON, y, \"~\", \"null\", \"true\", SE]\nno: ja\n",
			"serves: [\"NO\", \"no\", \"Yes\", \"ON\", \"y\", \"~\", \"null\", \"true\", SE]\n\"no\": ja\n",
		},
		"what looks like a number in quotes, and a day not": {
			"former_names: ['12', \"1e3\", '0x1F', '1_000', '012', 12:30:45, '.5', '+1', 24ème, '2026-11-01', 2027-01-21]\n",
			"former_names: [\"12\", \"1e3\", \"0x1F\", \"1_000\", \"012\", \"12:30:45\", \".5\", \"+1\", 24ème, 2026-11-01, 2027-01-21]\n",
		},
		"addresses in brackets in quotes": {
			"contact:\n  form: https://fern.example/contact\n  email: hello@fern.example\n",
			"contact: {email: hello@fern.example, form: \"https://fern.example/contact\"}\n",
		},
		"numbers as they are written": {
			"founded: 0x7DC\nmembers: +14\na: 13.40\nb: 1_000\nc: TRUE\nd: ~\n",
			"founded: 0x7DC\nmembers: +14\na: 13.40\nb: 1_000\nc: true\nd: null\n",
		},
		"Markdown as it is written": {
			"description:\n    en:   |\n        One  \n        two\n\n          code\n        # three\n\n\nname: Fern\n",
			"name: Fern\n\ndescription:\n  en: |\n    One  \n    two\n\n      code\n    # three\n",
		},
		"a folded text stays folded": {
			"description:\n      en: >-\n          One\n          two\n\n          three\n",
			"description:\n  en: >-\n    One\n    two\n\n    three\n",
		},
		"lines in quotes become a block": {
			"description: {en: \"One\\n\\ntwo\\n\", es: 'uno\n\n  dos'}\n",
			"description:\n  en: |\n    One\n\n    two\n  es: |-\n    uno\n    dos\n",
		},
		"what no block can hold stays in quotes": {
			"description: {en: \" a\\nb\", es: \"\\ta\\nb\", fr: \"\\n\\n\"}\n",
			"description: {en: \" a\\nb\", es: \"\\ta\\nb\", fr: \"\\n\\n\"}\n",
		},
		"characters that cannot be seen are written out": {
			"name: \"a\\u0000\\e\\N\\L\\ufeffb\\tc\"\n",
			"name: \"a\\u0000\\u001B\\u0085\\u2028\\uFEFFb\\tc\"\n",
		},
		"blank lines between keys, one at most": {
			"name: Fern\n\n\nkind: worker\nlanguages:\n\n  - es\n\nskills:\n\n  - elixir\n\n  - go\n",
			"name: Fern\n\nkind: worker\nlanguages: [es]\n\nskills:\n  - elixir\n\n  - go\n",
		},
		"Windows line ends, a mark and no end": {
			"\ufeffname: Fern\r\nkind: worker",
			"name: Fern\nkind: worker\n",
		},
		"a block that ends in spaces": {
			"description: {en: \"One\\n \\n\"}\nname: Fern\n",
			"name: Fern\ndescription:\n  en: |\n    One\n     \n",
		},
		"a block that ends in spaces, before a key": {
			"skills: [a]\ndescription: {en: \"One\\n \\n\"}\n",
			"description:\n  en: |\n    One\n     \nskills:\n  - a\n",
		},
		"document marks go": {
			"---\nname: Fern\n...\n",
			"name: Fern\n",
		},
		"braces around everything": {
			"{kind: worker, name: Fern}\n",
			"name: Fern\nkind: worker\n",
		},
		"nothing is left nothing": {
			"kind:\nname: null\nlanguages: []\nsummary: {}\nskills: [a, ]\nteaches:\n  -\n  - ~\n",
			"name: null\nkind:\nsummary: {}\nlanguages: []\nskills:\n  - a\nteaches:\n  - null\n  - null\n",
		},
		"a lone text is left alone": {"just text\n", "just text\n"},
	} {
		t.Run(name, func(t *testing.T) { checkFormat(t, c.in, c.want) })
	}
}

func TestFormatKeepsEveryCommentInItsPlace(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"a comment moves with the key below it": {
			"# about the kind\nkind: worker\nname: Fern\n",
			"name: Fern\n# about the kind\nkind: worker\n",
		},
		"the head of the file stays first": {
			"# yaml-language-server: $schema=x\n# about the kind\nkind: worker\nname: Fern\n",
			"# yaml-language-server: $schema=x\nname: Fern\n# about the kind\nkind: worker\n",
		},
		"a blank line ends the head": {
			"# one\n\n# two\n\nkind: worker\nname: Fern\n",
			"# one\n\n# two\n\nname: Fern\nkind: worker\n",
		},
		"the foot of the file stays last": {
			"kind: worker\nname: Fern\n\n# the end\n",
			"name: Fern\nkind: worker\n\n# the end\n",
		},
		"at a line's end": {
			"kind: worker    # one of five\nname: Fern # us\nlanguages: # where?\n  - es\n",
			"name: Fern # us\nkind: worker    # one of five\nlanguages: [es] # where?\n",
		},
		"in a column": {
			"kind: worker    # one\n                # of five\nname: Fern\n",
			"name: Fern\nkind: worker    # one\n                # of five\n",
		},
		"inside lists": {
			"skills:\n# first\n- a # one\n# second\n- b\n# no more\n\n# done\n",
			"skills:\n  # first\n  - a # one\n  # second\n  - b\n# no more\n\n# done\n",
		},
		"before a closing bracket": {
			"languages: [ # ours\n  es, # best\n  # also\n  en\n  # no more\n]\n",
			"languages: # ours\n  - es # best\n  # also\n  - en\n  # no more\n",
		},
		"inside braces": {
			"contact: {\n  # write here\n  form: x, # form\n  email: z # mail\n} # contact\n",
			"contact: # contact\n  email: z # mail\n  # write here\n  form: x # form\n",
		},
		"after a closing bracket": {
			"languages: [es,\n  en] # ours\nskills: [{skill: a}, # one\n  {skill: b}] # two\n",
			"languages: [es, en] # ours\nskills: # two\n  - {skill: a} # one\n  - {skill: b}\n",
		},
		"behind a dash": {
			"skills:\n  - # one\n    skill: a\n  -\n    # two\n    skill: b\n    # three\n    level: expert\n",
			"skills:\n  - {skill: a} # one\n  # two\n  - skill: b\n    # three\n    level: expert\n",
		},
		"what was commented out stays under its key": {
			"teaches:\n  # - {skill: elixir}\n  # - {skill: go}\nskills: [a]\n",
			"skills:\n  - a\nteaches:\n  # - {skill: elixir}\n  # - {skill: go}\n",
		},
		"below a text": {
			"name: Fern\n  # or Ferns\nkind: worker\n",
			"name: Fern\n  # or Ferns\nkind: worker\n",
		},
		"around a block": {
			"description:\n  # first\n  en: | # English\n    One\n  # second\n  es: |+\n    Uno\n\n  # third\nname: Fern\n",
			"name: Fern\ndescription:\n  # first\n  en: | # English\n    One\n  # second\n  es: |+\n    Uno\n\n  # third\n",
		},
		"indented under a block": {
			"description:\n  en: |\n      One\n   # second\nname: Fern\n",
			"name: Fern\ndescription:\n  en: |\n    One\n  # second\n",
		},
		"in an empty list": {
			"languages: [\n  # none\n]\nname: Fern\n",
			"name: Fern\nlanguages: []\n  # none\n",
		},
		"around document marks": {
			"# head\n--- # mark\nname: Fern\n... # end\n",
			"# head\n# mark\nname: Fern # end\n",
		},
		"deep": {
			"needs:\n  - skill: elixir\n    note:\n      # Spanish\n      es: Uno\n      # no English\n    kind: learn\n    # done\n",
			"needs:\n  - skill: elixir\n    kind: learn\n    note:\n      # Spanish\n      es: \"Uno\"\n      # no English\n    # done\n",
		},
	} {
		t.Run(name, func(t *testing.T) { checkFormat(t, c.in, c.want) })
	}
}

func checkFormat(t *testing.T, in, want string) {
	t.Helper()
	got := format(t, in, coopShape())
	if got != want {
		t.Errorf("from\n%s\ngot\n%s\nwant\n%s", in, got, want)
	}
	if again := format(t, got, coopShape()); again != got {
		t.Errorf("from\n%s\nonce\n%s\ntwice\n%s", in, got, again)
	}
	if err := sameThing(in, got); err != nil {
		t.Errorf("from\n%s\ngot\n%s\n%v", in, got, err)
	}
}

func format(t *testing.T, in string, shape *yamldoc.Shape) string {
	t.Helper()
	doc, problems := yamldoc.Read("p.yaml", []byte(in))
	if doc == nil || len(problems) > 0 {
		t.Fatalf("cannot read\n%s\n%v", in, problems)
	}
	out, err := doc.Format(shape)
	if err != nil {
		t.Fatalf("from\n%s\n%v", in, err)
	}
	return string(out)
}

// sameThing compares what two texts say, and the comments in them, found without a YAML parser.
func sameThing(in, out string) error {
	before, _ := yamldoc.Read("p.yaml", []byte(in))
	after, problems := yamldoc.Read("p.yaml", []byte(out))
	if after == nil || len(problems) > 0 {
		return fmt.Errorf("it can no longer be read: %v", problems)
	}
	if !reflect.DeepEqual(before.Value, after.Value) {
		return fmt.Errorf("it says %v, said %v", after.Value, before.Value)
	}
	if a, b := comments(in), comments(out); !slices.Equal(a, b) {
		return fmt.Errorf("its comments are %q, were %q", b, a)
	}
	return nil
}

// comments returns what follows each # that begins a line or follows a space, sorted. It takes such a #
// in a text for one too, which is the same before and after.
func comments(s string) []string {
	var found []string
	for _, line := range strings.Split(s, "\n") {
		line = " " + strings.TrimRight(line, " \r")
		if i := strings.Index(line, " #"); i >= 0 {
			found = append(found, line[i:])
		}
	}
	slices.Sort(found)
	return found
}

func TestEveryFileOfTheDirectoryIsCanonical(t *testing.T) {
	files := 0
	for _, dir := range []string{"../..", "../../examples/network"} {
		err := fs.WalkDir(os.DirFS(dir), "data", func(name string, _ fs.DirEntry, err error) error {
			shape, known := layout.Of(name)
			if err != nil || !known {
				return err
			}
			data, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				return err
			}
			files++
			if got := format(t, string(data), shape); got != string(data) {
				t.Errorf("%s/%s would change; run `coops fmt`", dir, name)
			}
			// Without a shape it still means the same.
			plain := format(t, string(data), nil)
			if err := sameThing(string(data), plain); err != nil {
				t.Errorf("%s/%s without a shape: %v", dir, name, err)
			}
			if got := format(t, plain, shape); got != string(data) {
				t.Errorf("%s/%s does not find back from\n%s", dir, name, plain)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 200 {
		t.Errorf("only %d files were looked at", files)
	}
}

// TestCommentsAnywhereInAProfileAreKept strews comments and blank lines over the example's files.
func TestCommentsAnywhereInAProfileAreKept(t *testing.T) {
	files, err := filepath.Glob("../../examples/network/data/*/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no files", err)
	}
	dice := rand.New(rand.NewPCG(1, 2))
	tried := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, _ := filepath.Rel("../../examples/network", file)
		shape, _ := layout.Of(filepath.ToSlash(name))
		before, _ := yamldoc.Read("p.yaml", data)
		for range 12 {
			in := strew(dice, string(data))
			strewn, problems := yamldoc.Read("p.yaml", []byte(in))
			if strewn == nil || len(problems) > 0 || !reflect.DeepEqual(strewn.Value, before.Value) {
				continue // it fell into a text, or where none can stand
			}
			tried++
			for _, s := range []*yamldoc.Shape{shape, nil} {
				out := format(t, in, s)
				if err := sameThing(in, out); err != nil {
					t.Fatalf("from\n%s\ngot\n%s\n%v", in, out, err)
				}
				if again := format(t, out, s); again != out {
					t.Fatalf("from\n%s\nonce\n%s\ntwice\n%s", in, out, again)
				}
			}
		}
	}
	if tried < len(files) {
		t.Errorf("only %d strewn files could be read", tried)
	}
}

// strew puts a few comments and blank lines into a text, and breaks brackets over lines.
func strew(dice *rand.Rand, text string) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for n := range 1 + dice.IntN(4) {
		i := dice.IntN(len(lines))
		switch dice.IntN(4) {
		case 0:
			lines[i] += fmt.Sprintf("%*s# tail %d", 1+dice.IntN(4), "", n)
		case 1:
			lines = slices.Insert(lines, i, strings.Repeat(" ", 2*dice.IntN(4))+fmt.Sprintf("# alone %d", n))
		case 2:
			lines = slices.Insert(lines, i, "")
		case 3:
			if at := strings.LastIndexAny(lines[i], "[{,"); at > 0 {
				lines[i] = lines[i][:at+1] + fmt.Sprintf(" # broken %d\n      ", n) + lines[i][at+1:]
			}
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

func TestFormatRefusesWhatItCannotKeep(t *testing.T) {
	for name, in := range map[string]string{
		"a key that stands twice": "name: Fern\nname: Farn\n",
	} {
		doc, _ := yamldoc.Read("p.yaml", []byte(in))
		if doc == nil {
			t.Errorf("%s: it is not read at all", name)
			continue
		}
		if out, err := doc.Format(nil); err == nil {
			t.Errorf("%s was formatted as\n%s", name, out)
		}
	}
}

// FuzzFormat looks for a text that loses its meaning, a comment or its form when it is formatted (twice).
func FuzzFormat(f *testing.F) {
	for _, seed := range []string{
		profile,
		"# h\n\n# k\nkind: worker # t\n         # u\nname: Fern\n  # f\n# e\n",
		"languages: [ # a\n es, # b\n # c\n]\nskills: [{skill: a, note: {en: x}}, b] # d\n",
		"a:\n- # x\n  - b\n  -\n    # y\n    c: d\n",
		"d:\n  e: |+ # l\n    x\n\n  # m\n  f: >-\n   y\n   z\n",
		"\"a\\u0000\": 'it''s'\nb: \"x\\ny\"\n? c\n: ~\n",
		"0:\n 0: |",            // a block without lines
		"0:0000: |1#",          // a comment that the lexer cuts short
		"0: >\n \n 0",          // a folded text that begins with a line of spaces
		"[{0<<} ]",             // a key that goccy/go-yaml takes for a merge key when it is plain
		"\"\\u000\n\"#",        // an escape that makes the lexer lose count of lines
		"a: | # what is cut\n", // and so on, with an end
	} {
		f.Add(seed)
	}
	shape := coopShape()
	f.Fuzz(func(t *testing.T, in string) {
		doc, problems := yamldoc.Read("p.yaml", []byte(in))
		if doc == nil || len(problems) > 0 || len(in) > 4<<10 {
			return
		}
		for _, shape := range []*yamldoc.Shape{shape, nil} {
			out, err := doc.Format(shape)
			if err != nil {
				if strings.Contains(err.Error(), "second document") {
					return
				}
				t.Fatalf("%q: %v", in, err)
			}
			after, _ := yamldoc.Read("p.yaml", out)
			if after == nil || !reflect.DeepEqual(doc.Value, after.Value) {
				t.Fatalf("%q became %q, which says something else", in, out)
			}
			again, err := after.Format(shape)
			if err != nil || string(again) != string(out) {
				t.Fatalf("%q became %q and then %q (%v)", in, out, again, err)
			}
		}
	})
}
