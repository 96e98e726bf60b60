package site

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// pairs are what is written on what: WCAG 2.2 AA asks 4.5 of text and 3 of the edges of controls.
var pairs = []struct {
	text, paper string
	least       float64
}{
	{"ink", "paper", 4.5}, {"ink", "paper-raised", 4.5}, {"ink", "paper-sunken", 4.5},
	{"ink-soft", "paper", 4.5}, {"ink-soft", "paper-raised", 4.5}, {"ink-soft", "paper-sunken", 4.5},
	{"link", "paper", 4.5}, {"link", "paper-raised", 4.5}, {"link", "paper-sunken", 4.5},
	{"accent", "paper", 4.5}, {"accent", "paper-raised", 4.5}, {"accent", "paper-sunken", 4.5}, {"accent-ink", "accent", 4.5},
	{"does", "paper", 4.5}, {"teaches", "paper", 4.5}, {"needs", "paper", 4.5}, {"notice", "notice-paper", 4.5},
	{"does", "does-paper", 4.5}, {"teaches", "teaches-paper", 4.5}, {"needs", "needs-paper", 4.5}, {"ink", "notice-paper", 4.5},
	{"ink-soft", "does-paper", 4.5}, {"ink-soft", "teaches-paper", 4.5}, {"ink-soft", "needs-paper", 4.5},
	{"ink", "tint-0", 4.5}, {"ink", "tint-3", 4.5}, {"ink", "tint-7", 4.5},
	{"edge", "paper", 3}, {"edge", "paper-raised", 3}, {"focus", "paper", 3},
	{"shade-1", "sea", 3}, {"shade-1", "land", 1.7}, {"accent", "paper-raised", 3}, {"accent-ink", "accent", 4.5},
}

// schemes returns the tokens in light and in dark: those of the theme with a palette over them.
func schemes(t *testing.T, palette string) (light, dark map[string]string) {
	t.Helper()
	theme, err := os.ReadFile(filepath.Join("..", "..", "themes", "commons", "assets", "css", "tokens.css"))
	if err != nil {
		t.Fatal(err)
	}
	light, dark = map[string]string{}, map[string]string{}
	for _, sheet := range []string{string(theme), palette} {
		bright, dim, _ := strings.Cut(sheet, "@media")
		for _, m := range regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(bright, -1) {
			light[m[1]] = m[2]
		}
		for _, m := range regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(dim, -1) {
			dark[m[1]] = m[2]
		}
	}
	return light, dark
}

func checkContrast(t *testing.T, what, palette string) {
	t.Helper()
	light, dark := schemes(t, palette)
	for name, tokens := range map[string]map[string]string{"light": light, "dark": dark} {
		for _, p := range pairs {
			if got := contrast(rgb(tokens[p.text]), rgb(tokens[p.paper])); got < p.least {
				t.Errorf("%s, %s: --%s %s on --%s %s has a contrast of %.2f, want %.1f", what, name, p.text, tokens[p.text], p.paper, tokens[p.paper], got, p.least)
			}
		}
	}
}

func TestThemeCanBeRead(t *testing.T) { checkContrast(t, "the theme", "") }

func TestAnyTwoColorsCanBeRead(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 8))
	colorOf := func(text string) *oklch {
		c, ok := parseColor(text)
		if !ok {
			t.Fatalf("%s is not read as a color", text)
		}
		return &c
	}
	chosen := []string{"#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#00ffff", "#ff00ff", "#808080"}
	for range 200 {
		chosen = append(chosen, fmt.Sprintf("#%06x", random.IntN(1<<24)))
	}
	for i, accent := range chosen {
		ground := chosen[(i*7+3)%len(chosen)]
		for _, c := range []colors{{accent: colorOf(accent)}, {ground: colorOf(ground)}, {colorOf(accent), colorOf(ground)}} {
			checkContrast(t, fmt.Sprintf("accent %s, ground %s", accent, ground), c.palette())
		}
	}
}

func TestColorsGoThereAndBack(t *testing.T) {
	for _, text := range []string{"#000000", "#ffffff", "#a23b1b", "#14536a", "#ff0000", "#0000ff", "#123456"} {
		if c, ok := parseColor(text); !ok || c.hex() != text {
			t.Errorf("%s becomes %s", text, c.hex())
		}
	}
	if c, _ := parseColor("#ff0000"); math.Abs(c.l-0.628) > 0.001 || math.Abs(c.c-0.2577) > 0.001 {
		t.Errorf("red is %+v, want the 0.628 and 0.258 of CSS Color 4", c)
	}
	for _, text := range []string{"", "red", "#fff", "#12345g", "1234567", "#1234567", "#+12345"} {
		if c, ok := parseColor(text); ok {
			t.Errorf("%q is read as the color %s", text, c.hex())
		}
	}
}

func TestColorThatCannotBeReadIsSaid(t *testing.T) {
	c, err := readColors(values{"accent": "#ffd100"})
	if err != nil {
		t.Fatal(err)
	}
	if notes := strings.Join(c.notes(), "\n"); !strings.Contains(notes, "#ffd100 could not be read") {
		t.Errorf("got %q", notes)
	}
	if c, err = readColors(values{"accent": "#14536a"}); err != nil || len(c.notes()) > 0 || !strings.Contains(c.palette(), "--accent: #14536a;") {
		t.Errorf("a color that can be read: %v, %q, %s", err, c.notes(), c.palette())
	}
	if (colors{}).palette() != "" {
		t.Error("without colors there is a palette")
	}
}
