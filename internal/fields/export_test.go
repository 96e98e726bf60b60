package fields

import (
	"strings"

	"coops/schema"
)

// EachText lets the tests see every text that there is to translate, by its key.
func EachText(language string, visit func(key, text string)) {
	for name, plain := range schema.Plain(language) {
		schema.EachText(strings.TrimSuffix(name, ".schema.json"), plain, func(key string, m map[string]any, keyword string) {
			visit(key, m[keyword].(string))
		})
	}
}
