package problem

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Message is what there is to say, in no language yet: an id of the catalog, and what fills its blanks.
type Message struct {
	ID   string
	Args map[string]any // text, number, Message, []Message for a choice, or List
}

// List is what is said one after the other, with commas between.
type List []Message

// Say makes a message from its id and pairs of a blank's name and what fills it.
func Say(id string, pairs ...any) Message {
	m := Message{ID: id}
	for i := 0; i+1 < len(pairs); i += 2 {
		if m.Args == nil {
			m.Args = make(map[string]any, len(pairs)/2)
		}
		m.Args[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return m
}

// Verbatim makes a message that is the same in every language, from the texts of it in each (BCP 47 ->
// text; English is said where a language lacks its own).
func Verbatim(texts map[string]string) Message {
	return Message{ID: verbatim, Args: map[string]any{verbatim: texts}}
}

// Theirs is Verbatim for texts that are not the program's own, such as the label of a skill: where messages are
// said in a language of marks, they are nothing but text, as what fills a blank.
func Theirs(texts map[string]string) Message {
	return Message{ID: verbatim, Args: map[string]any{verbatim: texts, theirs: true}}
}

const (
	verbatim = "verbatim"
	theirs   = "theirs"
)

// Languages are those that every message exists in; English is the tool's own.
var Languages = []string{"en", "es", "fr", "pt"}

//go:embed messages/*.json
var catalogs embed.FS

var bundle = sync.OnceValue(func() *i18n.Bundle {
	b := i18n.NewBundle(language.English)
	names, err := fs.Glob(catalogs, "messages/*.json")
	for _, name := range names {
		var data []byte
		if data, err = catalogs.ReadFile(name); err == nil {
			_, err = b.ParseMessageFileBytes(data, path.Base(name))
		}
		if err != nil {
			break
		}
	}
	if err != nil {
		panic(fmt.Errorf("embedded messages: %w", err)) // part of the program; its tests load them
	}
	return b
})

// Speaker says messages in one language. It may be used from many goroutines.
type Speaker struct {
	Language  string
	localizer *i18n.Localizer
}

// In returns the speaker of a language (BCP 47), or of English where the messages do not exist in it.
func In(lang string) *Speaker {
	base, _, _ := strings.Cut(lang, "-")
	for _, known := range Languages {
		if known == base {
			return &Speaker{known, i18n.NewLocalizer(bundle(), known)}
		}
	}
	return &Speaker{"en", i18n.NewLocalizer(bundle(), "en")}
}

// Say returns the message in the speaker's language, in English where that lacks it. A number named
// "count" chooses between singular and plural.
func (s *Speaker) Say(m Message) string {
	if texts, ok := m.Args[verbatim].(map[string]string); ok && m.ID == verbatim {
		if text, ok := texts[s.Language]; ok {
			return text
		}
		return texts["en"]
	}
	args := make(map[string]any, len(m.Args))
	for name, value := range m.Args {
		switch value := value.(type) {
		case Message:
			args[name] = s.Say(value)
		case []Message:
			args[name] = s.choice(value)
		case List:
			texts := make([]string, len(value))
			for i, m := range value {
				texts[i] = s.Say(m)
			}
			args[name] = strings.Join(texts, ", ")
		default:
			args[name] = value
		}
	}
	text, err := s.localizer.Localize(&i18n.LocalizeConfig{MessageID: m.ID, TemplateData: args, PluralCount: m.Args["count"]})
	if err != nil && text == "" {
		return m.ID // a test holds that every id has its text
	}
	return text
}

// choice says "a, b or c".
func (s *Speaker) choice(options []Message) string {
	texts := make([]string, len(options))
	for i, o := range options {
		texts[i] = s.Say(o)
	}
	if len(texts) < 2 {
		return strings.Join(texts, "")
	}
	last := len(texts) - 1
	return s.Say(Say("or", "first", strings.Join(texts[:last], ", "), "last", texts[last]))
}
