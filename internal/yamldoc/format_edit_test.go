package yamldoc_test

import (
	"reflect"
	"testing"

	"coops/internal/yamldoc"
)

func TestReplaceChangesOneTextAndNothingElse(t *testing.T) {
	for name, c := range map[string]struct{ in, pointer, text, want string }{
		"a plain text":               {"a:   x   # c\nb: 1\n", "/a", "z", "a:   z   # c\nb: 1\n"},
		"one that needs quotes":      {"a: x\n", "/a", "NO", "a: \"NO\"\n"},
		"one in quotes":              {"a: \"x\"\n", "/a", "y", "a: \"y\"\n"},
		"an item":                    {"a: [x,  y]\n", "/a/1", "z", "a: [x,  z]\n"},
		"deep in braces":             {"a:\n  - {b: {c: x}}\n", "/a/0/b/c", "y, z", "a:\n  - {b: {c: \"y, z\"}}\n"},
		"a number":                   {"a: 1\n", "/a", "2026-11-23", "a: 2026-11-23\n"},
		"beyond the first letters":   {"é: 日本 # ü\n", "/é", "ñ", "é: ñ # ü\n"},
		"a mark and Windows endings": {"\ufeffa: x\r\nb: y\r\n", "/b", "z", "\ufeffa: x\r\nb: z\r\n"},
		"a key with a slash":         {"\"a/b~c\": x\n", "/a~1b~0c", "z", "\"a/b~c\": z\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := yamldoc.Replace([]byte(c.in), c.pointer, c.text)
			if err != nil || string(got) != c.want {
				t.Errorf("%q with %q at %s is %q (%v), want %q", c.in, c.text, c.pointer, got, err, c.want)
			}
		})
	}
}

func TestReplaceRefusesWhatIsNoTextOfOneLine(t *testing.T) {
	for name, c := range map[string]struct{ in, pointer string }{
		"absent":           {"a: x\n", "/b"},
		"a list":           {"a: [x]\n", "/a"},
		"a map":            {"a: {b: x}\n", "/a"},
		"several lines":    {"a: x\n  y\n", "/a"},
		"a block":          {"a: |\n  x\n", "/a"},
		"quotes on and on": {"a: \"x\n  y\"\n", "/a"},
		"no YAML":          {"a: [x\n", "/a"},
		"a key twice":      {"a: x\na: y\n", "/a"},
	} {
		if got, err := yamldoc.Replace([]byte(c.in), c.pointer, "z"); err == nil {
			t.Errorf("%s: %q became %q", name, c.in, got)
		}
	}
}

func TestPutBringsAKeyToItsPlace(t *testing.T) {
	for name, c := range map[string]struct {
		in    string
		key   string
		value any
		want  string
	}{
		"between its neighbors":   {"name: x\n# c\n\nskills: [a]\n", "kind", "worker", "name: x\nkind: worker\n# c\n\nskills: [a]\n"},
		"before all":              {"# head\n\n# of kind\nkind: worker\n", "name", "x", "# head\n\nname: x\n# of kind\nkind: worker\n"},
		"after all":               {"name: x\n\n# end\n", "confirmed", "2026-11-23", "name: x\nconfirmed: 2026-11-23\n\n# end\n"},
		"after a last line":       {"name: x", "kind", "worker", "name: x\nkind: worker"},
		"after the nearest":       {"skills:\n  - a\n  # b\nzzz: 1\nname: x\n", "teaches", []string{"a"}, "skills:\n  - a\n  # b\nteaches:\n  - a\nzzz: 1\nname: x\n"},
		"below a block":           {"name: x\ndescription:\n  en: |\n    One\n\n\nskills: [a]\n", "founded", "2012", "name: x\ndescription:\n  en: |\n    One\nfounded: \"2012\"\n\n\nskills: [a]\n"},
		"with Windows line ends":  {"\ufeffname: x\r\nskills: [a]\r\n", "kind", "worker", "\ufeffname: x\r\nkind: worker\r\nskills: [a]\r\n"},
		"before the document end": {"name: x\n...\n", "kind", "worker", "name: x\nkind: worker\n...\n"},
		"in place of nothing":     {"name: x\nkind:   # which?\nskills: [a]\n", "kind", "worker", "name: x\nkind: worker # which?\nskills: [a]\n"},
		"a list grows":            {"former_slugs:   [ a,b ] # c\nname:   x\n", "former_slugs", []string{"a", "b", "c"}, "former_slugs: [a, b, c] # c\nname:   x\n"},
		"with its comments":       {"former_slugs:\n- a # one\n# two\n- b\nname:   x\n", "former_slugs", []string{"b", "c"}, "former_slugs:\n  # two\n  - b\n  - c\n  # one\nname:   x\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := yamldoc.Put([]byte(c.in), c.key, c.value, coopShape())
			if err != nil || string(got) != c.want {
				t.Errorf("from\n%s\ngot\n%s\n%v, want\n%s", c.in, got, err, c.want)
			}
		})
	}
}

func TestPutRefusesWhatItCannotChangeAlone(t *testing.T) {
	for name, in := range map[string]string{
		"braces":       "{name: x}\n",
		"a list":       "- name: x\n",
		"kept lines":   "name: x\ndescription:\n  en: |+\n    One\n\n\n",
		"an odd start": "  name: x\n",
	} {
		if got, err := yamldoc.Put([]byte(in), "founded", "2012", coopShape()); err == nil {
			t.Errorf("%s: %q became %q", name, in, got)
		}
	}
}

func TestTextIsFoundByItsPointer(t *testing.T) {
	doc, _ := yamldoc.Read("p.yaml", []byte("a: [x, {b: y}]\n\"c/d\": 1\n"))
	for pointer, want := range map[string]string{"/a/0": "x", "/a/1/b": "y", "/a": "", "/a/2": "", "/a/x": "", "/c~1d": "", "/e/f": "", "": ""} {
		if got := doc.Text(pointer); got != want {
			t.Errorf("Text(%q) = %q, want %q", pointer, got, want)
		}
	}
}

// FuzzPut looks for a document in which putting one key changes or loses another thing.
func FuzzPut(f *testing.F) {
	for _, seed := range []string{profile, "name: x\n\n# end\n", "former_slugs:\n- a # one\n# two\n- b\nname: |+\n  x\n\n"} {
		f.Add(seed, "former_slugs", "new")
		f.Add(seed, "confirmed", "2026-11-23")
	}
	f.Add("[0]", "0", "0") // a place in a list is no key
	f.Fuzz(func(t *testing.T, in, key, text string) {
		for _, value := range []any{text, []string{text}} {
			out, err := yamldoc.Put([]byte(in), key, value, coopShape())
			if err != nil {
				continue
			}
			before, _ := yamldoc.Read("p.yaml", []byte(in))
			after, problems := yamldoc.Read("p.yaml", out)
			if after == nil || len(problems) > 0 {
				t.Fatalf("%q became %q", in, out)
			}
			was, is := before.Value.(map[string]any), after.Value.(map[string]any)
			if _, put := is[key]; !put {
				t.Fatalf("%q became %q, without %q", in, out, key)
			}
			delete(was, key)
			delete(is, key)
			if !reflect.DeepEqual(was, is) {
				t.Fatalf("%q became %q, which says something else", in, out)
			}
		}
	})
}
