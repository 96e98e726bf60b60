package site

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// colors are the two that a directory chooses; nil: those of the theme.
type colors struct{ accent, ground *oklch }

// readColors reads params.colors.
func readColors(named values) (c colors, err error) {
	for key, target := range map[string]**oklch{"accent": &c.accent, "ground": &c.ground} {
		text := named.text(key)
		if text == "" {
			continue
		}
		color, ok := parseColor(text)
		if !ok {
			return colors{}, fmt.Errorf("params.colors.%s is %q; write it as six hexadecimal digits, such as #1f6f5c", key, text)
		}
		*target = &color
	}
	return c, nil
}

// shade is a token of the palette made of a chosen color: its lightness in light and in dark, how much of
// the chosen color's strength it keeps and at most has.
type shade struct {
	token       string
	light, dark float64
	keep, most  float64
}

// grounds are the papers and inks. Only the tint of the ground is the directory's: in light a paper is
// light and in dark dark, whatever was chosen, so that what is written on it can be read.
var grounds = []shade{
	{"paper", 0.972, 0.218, 0.7, 0.014},
	{"paper-raised", 0.992, 0.257, 0.4, 0.008},
	{"paper-sunken", 0.936, 0.186, 1, 0.024},
	{"ink", 0.252, 0.936, 0.5, 0.014},
	{"ink-soft", 0.45, 0.77, 0.8, 0.024},
	{"line", 0.86, 0.36, 1.2, 0.036},
	{"edge", 0.575, 0.61, 1.2, 0.042},
	{"sea", 0.958, 0.186, 0.7, 0.018},
	{"land", 0.897, 0.322, 1, 0.03},
}

// readable is the contrast that WCAG 2.2 AA asks of text, and a little, for what rounding takes.
const readable = 4.55

// palette returns the tokens of the chosen colors as a stylesheet; empty where none was chosen.
func (c colors) palette() string {
	var light, dark strings.Builder
	put := func(b *strings.Builder, token string, color oklch) {
		fmt.Fprintf(b, "  --%s: %s;\n", token, color.hex())
	}
	paperLight, paperDark := rgb("#f1e8d6"), rgb("#26231d") // of the theme, the ones with the least contrast
	if c.ground != nil {
		for _, s := range grounds {
			chroma := min(c.ground.c*s.keep, s.most)
			put(&light, s.token, oklch{s.light, chroma, c.ground.h})
			put(&dark, s.token, oklch{s.dark, chroma, c.ground.h})
			switch s.token {
			case "paper-sunken":
				paperLight = rgb(oklch{s.light, chroma, c.ground.h}.hex())
			case "paper-raised":
				paperDark = rgb(oklch{s.dark, chroma, c.ground.h}.hex())
			}
		}
	}
	if c.accent != nil {
		put(&light, "accent", c.accent.against(paperLight, -1))
		put(&light, "accent-ink", oklch{0.99, 0.008, c.accent.h})
		put(&dark, "accent", oklch{max(c.accent.l, 0.78), min(c.accent.c, 0.12), c.accent.h}.against(paperDark, 1))
		put(&dark, "accent-ink", oklch{0.2, 0.03, c.accent.h})
	}
	if light.Len() == 0 {
		return ""
	}
	return fmt.Sprintf(":root {\n%s}\n@media screen and (prefers-color-scheme: dark) {\n:root {\n%s}\n}\n", light.String(), dark.String())
}

// notes says where the accent is not used as it was chosen.
func (c colors) notes() []string {
	if c.accent == nil {
		return nil
	}
	_, from, _ := strings.Cut(c.palette(), "--accent: ")
	if used, _, _ := strings.Cut(from, ";"); used != c.accent.hex() {
		return []string{fmt.Sprintf("params.colors.accent: %s could not be read on light paper; %s is used there, and a lighter one in the dark", c.accent.hex(), used)}
	}
	return nil
}

// against returns the color, as much darker (-1) or lighter (1) as it takes to be read on a paper, and
// as its own ink is read on it.
func (o oklch) against(paper [3]float64, step float64) oklch {
	for ; o.l >= 0 && o.l <= 1; o.l += step * 0.005 {
		own := oklch{0.99, 0.008, o.h}
		if step > 0 {
			own = oklch{0.2, 0.03, o.h}
		}
		if contrast(rgb(o.hex()), paper) >= readable && contrast(rgb(o.hex()), rgb(own.hex())) >= readable {
			break
		}
	}
	return o
}

// oklch is a color by lightness (0 to 1), chroma (0 to about 0.4) and hue (radians), as CSS Color 4 has it.
type oklch struct{ l, c, h float64 }

// parseColor reads #rrggbb.
func parseColor(text string) (oklch, bool) {
	if len(text) != 7 || text[0] != '#' {
		return oklch{}, false
	}
	if _, err := strconv.ParseUint(text[1:], 16, 32); err != nil {
		return oklch{}, false
	}
	c := rgb(text)
	for i := range c {
		c[i] = linear(c[i])
	}
	l := math.Cbrt(0.4122214708*c[0] + 0.5363325363*c[1] + 0.0514459929*c[2])
	m := math.Cbrt(0.2119034982*c[0] + 0.6806995451*c[1] + 0.1073969566*c[2])
	s := math.Cbrt(0.0883024619*c[0] + 0.2817188376*c[1] + 0.6299787005*c[2])
	a := 1.9779984951*l - 2.4285922050*m + 0.4505937099*s
	b := 0.0259040371*l + 0.7827717662*m - 0.8086757660*s
	return oklch{0.2104542553*l + 0.7936177850*m - 0.0040720468*s, math.Hypot(a, b), math.Atan2(b, a)}, true
}

// hex writes the color as #rrggbb; where a screen cannot show it, with less chroma.
func (o oklch) hex() string {
	for {
		c, fits := o.srgb()
		if fits || o.c <= 0 {
			return fmt.Sprintf("#%02x%02x%02x", to8(c[0]), to8(c[1]), to8(c[2]))
		}
		o.c = max(0, o.c-0.004)
	}
}

func (o oklch) srgb() (c [3]float64, fits bool) {
	a, b := o.c*math.Cos(o.h), o.c*math.Sin(o.h)
	l := math.Pow(o.l+0.3963377774*a+0.2158037573*b, 3)
	m := math.Pow(o.l-0.1055613458*a-0.0638541728*b, 3)
	s := math.Pow(o.l-0.0894841775*a-1.2914855480*b, 3)
	c = [3]float64{
		4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*s,
	}
	fits = true
	for i, v := range c {
		fits = fits && v > -0.0005 && v < 1.0005
		v = min(1, max(0, v))
		if v <= 0.0031308 {
			c[i] = 12.92 * v
		} else {
			c[i] = 1.055*math.Pow(v, 1/2.4) - 0.055
		}
	}
	return c, fits
}

func to8(v float64) int { return int(math.Round(255 * v)) }

// rgb reads #rrggbb, which it must be, as parts of one.
func rgb(hex string) (c [3]float64) {
	n, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		panic(err)
	}
	return [3]float64{float64(n>>16) / 255, float64(n>>8&255) / 255, float64(n&255) / 255}
}

func linear(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

// contrast is that of WCAG 2.2, from 1 to 21.
func contrast(a, b [3]float64) float64 {
	luminance := func(c [3]float64) float64 {
		return 0.2126*linear(c[0]) + 0.7152*linear(c[1]) + 0.0722*linear(c[2])
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
