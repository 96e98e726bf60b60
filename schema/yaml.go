package schema

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Line writes a value (as from JSON) as one line of YAML that can stand after "key: ".
func (n Node) Line(v any) string {
	if text, isText := v.(string); isText {
		return scalar(n, text, plainInBlock)
	}
	return n.flow(v)
}

// Examples returns the examples of a value, each as Line writes it.
func (n Node) Examples() []string {
	examples, _ := n.M["examples"].([]any)
	lines := make([]string, len(examples))
	for i, example := range examples {
		lines[i] = n.Line(example)
	}
	return lines
}

// flow writes a value in YAML's flow style, with the keys of maps in the order of the schema.
func (n Node) flow(v any) string {
	switch v := v.(type) {
	case map[string]any:
		children := map[string]Node{}
		for key := range v {
			children[key], _ = n.Child(v, key)
		}
		keys := sorted(v)
		slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(children[a].Order(), children[b].Order()) })
		parts := make([]string, len(keys))
		for i, key := range keys {
			parts[i] = key + ": " + children[key].flow(v[key])
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []any:
		parts := make([]string, len(v))
		for i, entry := range v {
			child, _ := n.Entry(entry)
			parts[i] = child.flow(entry)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case string:
		return scalar(n, v, plainInFlow)
	}
	return "null"
}

// A text needs no quotes if it begins with a letter or digit, holds nothing that means something to
// YAML where it stands, and is not what YAML reads as something else.
var (
	plainInBlock = regexp.MustCompile(`^[\pL\d]([\pL\d _./,@+-]|:[\pL\d/])*$`)
	plainInFlow  = regexp.MustCompile(`^[\pL\d][\pL\d _./@+-]*$`)
	notText      = regexp.MustCompile(`^(?i:[\d_.+-]+(e[\d+-]+)?|0[xo][\da-f]+|true|false|null|yes|no|on|off|y|n|.*[ ])$`)
	justDate     = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
)

// scalar writes a text, in quotes where YAML would read it as something else. A sentence is always
// quoted: the next one who changes it may well type a colon.
func scalar(n Node, text string, plain *regexp.Regexp) string {
	sentence := n.Is("string") && n.M["pattern"] == nil && n.M["enum"] == nil && strings.Contains(text, " ")
	if justDate.MatchString(text) || !sentence && plain.MatchString(text) && !notText.MatchString(text) {
		return text
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text) + `"`
}
