package yamldoc

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// byLibrary reads a text as Read does where it is not plain: its value and the places of its parts, or the problems.
func byLibrary(data []byte) (value any, at *place, problems string) {
	r := &reader{Document: Document{source: normalize(data)}}
	if !r.withinLimits(data) || !r.plainYAML() {
		return nil, nil, fmt.Sprint(r.problems)
	}
	at = new(place)
	if body := r.parse(); body != nil {
		value = r.value(body, at, 0)
	}
	if len(r.problems) > 0 {
		problems = fmt.Sprint(r.problems)
	}
	return value, at, problems
}

// sameQuick fails where a text is read as plain and not as the library reads it. It tells whether it is plain.
func sameQuick(t *testing.T, data []byte) bool {
	t.Helper()
	r := &reader{Document: Document{source: normalize(data)}}
	value, quick := r.quick(nil)
	at := new(place)
	again, placed := r.quick(at)
	if quick != placed || quick && !reflect.DeepEqual(value, again) {
		t.Errorf("with places it is another: %v %v, %v %v", value, quick, again, placed)
	}
	if !quick {
		return false
	}
	want, wantAt, problems := byLibrary(data)
	if problems != "" {
		t.Fatalf("the library refuses %q\nwhich was read as %#v:\n%s", data, value, problems)
	}
	if !reflect.DeepEqual(value, want) {
		t.Fatalf("%q\nis read as  %#v\nby the library %#v", data, value, want)
	}
	if got, want := written(at), written(wantAt); got != want {
		t.Fatalf("%q\nhas its parts at\n%s\nby the library at\n%s", data, got, want)
	}
	return true
}

// written returns a place and all below it as text.
func written(at *place) string {
	var b strings.Builder
	fmt.Fprint(&b, at.key, at.value)
	if at.keys != nil {
		b.WriteString("{")
		for _, key := range slices.Sorted(maps.Keys(at.keys)) {
			fmt.Fprintf(&b, "\n%s: %s", key, written(at.keys[key]))
		}
		b.WriteString("}")
	}
	if at.items != nil {
		b.WriteString("[")
		for _, item := range at.items {
			fmt.Fprintf(&b, "\n- %s", written(item))
		}
		b.WriteString("]")
	}
	return b.String()
}

// repository is the root of the repository.
const repository = "../.."

func TestQuickReadsEveryFileOfTheDirectory(t *testing.T) {
	quick := 0
	for _, folder := range []string{"data", "examples", "internal", "content", "themes"} {
		err := filepath.WalkDir(filepath.Join(repository, folder), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".yaml") {
				return err
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			switch read := sameQuick(t, data); {
			case read:
				quick++
			case folder == "data":
				t.Errorf("%s is left to the library", name)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if quick < 200 {
		t.Errorf("only %d files were found", quick)
	}
}

// quickTexts are read here.
var quickTexts = []string{
	"a: b\n",
	"# c\n\na: b # c\nb:   # c\n  c: d\n  # e\n  f: g\n# h\ni: j\n",
	"a: \"b \\\"c\\\" \\\\ # d\" # e\nb: 'c''s # d'\nc: \"\"\nd: ''\n",
	"a: don't, [say] {more} & * ! | > % @ ` b#c a:b https://a.example/ \\ \"q\"   c\n",
	"a: {b: c, d: {e: [f, g]}, h: \"i, j\", k: https://l.example/?m:n, o: 12:30}\nb: []\nc: {}\nd: [ a ,b, 'c' ]\n",
	"a:\n  - b\n  - c: d\n    e:\n      - f\n  - {g: h}\n  - [i, https://j.example, 1:k]\n# l\nm:\n    n: o\n",
	"a: 0\nb: -1\nc: 2.50\nd: -0.5\ne: 18446744073709551615\nf: 18446744073709551616\ng: 2014-01-01\nh: 1.2.3\ni: 12 b\nj: 1e5\nk: 12:30\n",
	"a: null\nb: [true, False, NULL]\nnull: no\ntrue: yes\n",
	"a: |\n  b # c\n\n    d: e\n  f\n\n\nb:\n  c: |-\n    d\n    \\\n  # e\n  f: g\n",
	"a: |\n  b\n",
	"a:\n  - b: |\n      c\n    d: e\n  - f\n",
	"a: ñ ü  # é\nb: [é, {c: ñ, d: e}] # ñ\nc: \u00a0x\u00a0\n",
}

// otherTexts are left to the library, whatever it says of them.
var otherTexts = []string{
	"", "\n", "a\n", "a: b", "a:\n", "a:\nb: c\n", "a: \nb: c\n", "- a\n", " a: b\n", "a : b\n", "\"a\": b\n", "1: a\n",
	"a: b\na: c\n", "a: {b: c, b: d}\n", "a: b: c\n", "a: b:\n", "a: b\n  c\n", "a: b\n  c: d\n", "a: \"b\n  c\"\n", "a: \"b\\n\"\n", "a: \"b\" c\n",
	"a: [b\n]\n", "a: [b,]\n", "a: [b c]]\n", "a: [b, - c]\n", "a: {b}\n", "a: {b:c}\n", "a: {b: c: d}\n", "a: {b: }\n", "a: {b: [c:d]}\n", "a: [b: c]\n", "a: [b #c]\n",
	"a:\tb\n", "a: b\tc\n", "a: b\x01\n", "a: b\rc\n", "a: b << : c\n", "a: b\r\n c\n", "a: b \n", "a: b\u0085\n", "a: \ufeff\n", "a: b\xff\n", "---\na: b\n", "a: b\n...\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "<<: {a: b}\n",
	"a: >\n  b\n", "a: |\n", "a: |\nb: c\n", "a: |+\n  b\n", "a: |2\n  b\n", "a: | # b\n  c\n", "a: |\n\n  b\n", "a: |\n    b\n  c\n",
	"a:\n  - b\n c: d\n", "a:\n- b\n", "a:\n  -  b\n", "a:\n  - - b\n", "a:\n  -\n    b: c\n", "a:\n    b: c\n  d: e\n", "a:\n  b\n", "a: b #c\n d\n", "a:#b\n",
	"a: 010\n", "a: 0x1f\n", "a: 1_000\n", "a: +1\n", "a: .5\n", "a: .inf\n", "a: ~\n", "a: -\n", "a: - b\n", "a: <<\n", "a: -0\n", "a: @b\n", "a: `b\n", "a: %b\n", "a: ? b\n", "? a\n: b\n",
	"<<<<<<< b\na: b\n", "a: b\n=======\n",
}

func TestQuickReadsThePlainKindAsTheLibraryDoes(t *testing.T) {
	for _, text := range quickTexts {
		if !sameQuick(t, []byte(text)) {
			t.Errorf("%q is left to the library", text)
		}
	}
}

func TestQuickLeavesAllElseToTheLibrary(t *testing.T) {
	deep := strings.Repeat("[", maxQuickDepth+1) + strings.Repeat("]", maxQuickDepth+1)
	for _, text := range append(otherTexts, "a: "+deep+"\n") {
		if sameQuick(t, []byte(text)) {
			t.Errorf("%q is read here", text)
		}
	}
}

// FuzzQuick looks for a text that is read here, and otherwise than by the library.
func FuzzQuick(f *testing.F) {
	for _, name := range []string{"data/skills/advice.yaml", "data/networks.yaml", "hugo.yaml", "examples/network/data/coops/horneros.yaml"} {
		if data, err := os.ReadFile(filepath.Join(repository, name)); err == nil {
			f.Add(data)
		}
	}
	for _, seed := range append(quickTexts, otherTexts...) {
		f.Add([]byte(seed))
	}
	f.Add([]byte("\x00\x03\x02\x01\x00\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 4<<10 {
			sameQuick(t, data)
			sameQuick(t, []byte(lines(data)))
		}
	})
}

// lines makes a text of lines that occur: of each two bytes the first indents the line that the second chooses.
func lines(data []byte) string {
	var b strings.Builder
	for i := 0; i+1 < len(data) && i < 40; i += 2 {
		b.WriteString(strings.Repeat(" ", int(data[i]%6)))
		if data[i] >= 128 {
			b.WriteString("- ")
		}
		b.WriteString(usualLines[int(data[i+1])%len(usualLines)])
		if data[i+1] < 250 {
			b.WriteString("\n")
		}
	}
	return b.String()
}

var usualLines = []string{
	"", "a:", "b:", "c: d", "e: f", "g: |", "h: |-", "text", "- item", "-", "- i: j", "# comment", "k: l # comment", "m: # comment", "n: [o, p]", "q: {r: s}", "[t]", "{u: v}",
	"w: \"x\"", "y: 'z'", "\"a\": b", "c: \"d", "e: 1", "1: f", "g: -1.5", "h: null", "i: true", "j: [k, {l: m, n: [o]}]", "p: [q, r:s]", "t: {u: v:w}", "x: {y: [z:a]}",
	"b: c: d", "---", "...", "e: f:", "- - g", "h: [", "]", "i: {", "}", "j: k, l", "m: [n, 'o', \"p\"] # q", "r: - s", "? t", ": u", "v: >", "w: |+", "x: &y z", "\t", "é: ñ", "é ñ: ü", "a : b",
	"- c: |", "- [d, e]", "- {f: g}", "- \"h\"", "- i # j", "k:  l", "m:l", "n: o ", "p: #q", "r: s#t", "u: ~", "v: 01", "w: 2014-01-01", "x: {}", "y: []", "- {}", "z: {a: {b: {c: d}}}", "<<: e",
}
