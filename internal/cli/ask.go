package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"
	"sync/atomic"

	"coops/internal/intake"
	"coops/internal/problem"

	"github.com/charmbracelet/huh"
)

// form asks the questions of a new profile at a terminal; with accessible, line by line.
type form struct {
	env        Environment
	new        *intake.New
	speaker    *problem.Speaker
	accessible bool
	lines      *lineReader
}

// errAnswersEnd says that the input ended before the questions did.
var errAnswersEnd = errors.New("the answers ended before the questions did; nothing was written")

func (f *form) say(id string, pairs ...any) string { return f.speaker.Say(problem.Say(id, pairs...)) }

// ask puts the answers to all questions that matter into answers. Those that are there already are the
// defaults. Stopped by Ctrl+C it returns context.Canceled.
func (f *form) ask(ctx context.Context, answers intake.Answers) error {
	if _, err := f.new.Known(ctx); err != nil { // before somebody types, and waits for it
		return err
	}
	var groups []*huh.Group
	inputs := map[string]*huh.Input{}
	values := map[string]typed{}
	current := func() intake.Answers {
		now := intake.Answers{}
		for field, value := range answers {
			now[field] = value
		}
		for field, value := range values {
			now[field] = value.Get()
		}
		return now
	}
	isAsked := func(field string) bool {
		return slices.ContainsFunc(f.new.Questions(current()), func(q intake.Question) bool { return q.Field == field })
	}
	for _, q := range f.all() {
		field := q.Field
		values[field] = newTyped(answers[field])
		inputs[field] = f.input(ctx, field, values[field], current)
		groups = append(groups, huh.NewGroup(inputs[field]).WithHideFunc(func() bool { return !isAsked(field) }))
	}
	err := f.show(ctx, groups, func() error {
		for _, q := range f.all() {
			if !isAsked(q.Field) {
				continue
			}
			if err := f.line(inputs[q.Field], f.question(q.Field, current()), values[q.Field]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	now := current()
	for _, q := range f.new.Questions(now) {
		if text := strings.TrimSpace(now[q.Field]); text != "" || q.Default != "" {
			answers[q.Field] = text
		}
		if answers[q.Field] == "" && q.Default != "" {
			answers[q.Field] = q.Default
		}
	}
	return nil
}

// all returns every question that may be asked, whoever lists the co-op.
func (f *form) all() []intake.Question {
	questions := f.new.Questions(nil)
	for _, q := range f.new.Questions(intake.Answers{"listed_by": "third-party"}) {
		if !slices.ContainsFunc(questions, func(other intake.Question) bool { return other.Field == q.Field }) {
			questions = append(questions, q)
		}
	}
	return questions
}

// question returns the question about a field, as it stands after the answers so far.
func (f *form) question(field string, so intake.Answers) intake.Question {
	for _, q := range append(f.new.Questions(so), f.all()...) {
		if q.Field == field {
			return q
		}
	}
	return intake.Question{Field: field, Title: field}
}

// typed holds what was typed. The terminal library writes it while it asks, elsewhere, what to show beside it.
type typed struct{ text *atomic.Pointer[string] }

func newTyped(text string) typed {
	a := typed{new(atomic.Pointer[string])}
	a.Set(text)
	return a
}

func (a typed) Get() string     { return *a.text.Load() }
func (a typed) Set(text string) { a.text.Store(&text) }

// Hash tells the terminal library whether the answer has changed since.
func (a typed) Hash() (uint64, error) {
	sum := fnv.New64a()
	_, err := io.WriteString(sum, a.Get())
	return sum.Sum64(), err
}

// input makes the input for one question. Its answer is held against the rules, and told in their words.
func (f *form) input(ctx context.Context, field string, value typed, current func() intake.Answers) *huh.Input {
	question := func() intake.Question { return f.question(field, current()) }
	input := huh.NewInput().Title(question().Title).Accessor(value).
		DescriptionFunc(func() string { return f.hint(question(), value.Get()) }, value).
		PlaceholderFunc(func() string { return question().Default }, value).
		Validate(func(text string) error {
			so := current()
			if so[field] = strings.TrimSpace(text); so[field] == "" {
				so[field] = question().Default
			}
			return f.check(ctx, so, field)
		})
	if field == "skills" {
		input.SuggestionsFunc(func() []string {
			known, err := f.new.Known(ctx)
			if err != nil {
				return nil // the check of the answer says so
			}
			return f.new.Completions(known, value.Get())
		}, value)
	}
	return input
}

// hint says what to write, and what was understood so far.
func (f *form) hint(q intake.Question, text string) string {
	hint := []string{q.Hint}
	if len(q.Examples) > 0 {
		hint = append(hint, f.say("new.examples", "examples", strings.Join(q.Examples, ", ")))
	}
	if q.Default != "" {
		hint = append(hint, f.say("new.default", "answer", q.Default))
	}
	if q.Field == "skills" {
		hint = append(hint, f.meant(text)...)
	}
	return strings.Join(hint, " ")
}

// meant says which skills the words of an answer mean.
func (f *form) meant(text string) []string {
	known, err := f.new.Known(context.Background()) // it has been read by now
	if err != nil {
		return nil
	}
	var said []string
	labels, others := f.new.SkillsMeant(known, text)
	if len(labels) > 0 {
		said = append(said, f.say("new.understood", "skills", strings.Join(labels, ", ")))
	}
	if len(others) > 0 {
		said = append(said, f.say("new.own-words", "skills", strings.Join(others, ", ")))
	}
	return said
}

// check returns what blocks an answer, as an error in the words of its rule.
func (f *form) check(ctx context.Context, answers intake.Answers, field string) error {
	problems, err := f.new.Check(ctx, answers, field)
	if err != nil {
		return err
	}
	for _, p := range problems {
		if p.Severity() == problem.Error {
			return errors.New(f.speaker.Say(p.Message) + " [" + p.Rule.Name + "]")
		}
	}
	return nil
}

// another asks whether the co-op is another one than those that it looks like.
func (f *form) another(ctx context.Context) (bool, error) {
	value := newTyped("")
	input := huh.NewInput().Title(f.say("new.another")).Accessor(value).Validate(func(text string) error {
		if _, ok := intake.Truth(text); !ok {
			return errors.New(f.say("new.no", "found", text))
		}
		return nil
	})
	err := f.show(ctx, []*huh.Group{huh.NewGroup(input)}, func() error {
		return f.line(input, intake.Question{Title: f.say("new.another")}, value)
	})
	another, _ := intake.Truth(value.Get())
	return another, err
}

// show runs a form at the terminal, or byLine where it is to be accessible.
func (f *form) show(ctx context.Context, groups []*huh.Group, byLine func() error) error {
	if !f.accessible {
		err := huh.NewForm(groups...).WithKeyMap(f.keys()).WithInput(f.env.Stdin).WithOutput(f.env.Stderr).RunWithContext(ctx)
		if errors.Is(err, huh.ErrUserAborted) || ctx.Err() != nil {
			return context.Canceled
		}
		return err
	}
	if f.lines == nil {
		f.lines = &lineReader{from: bufio.NewReader(f.env.Stdin)}
	}
	done := make(chan error, 1) // reading a line may wait for ever
	go func() { done <- byLine() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// line asks one question on a line of its own, until the answer is right.
func (f *form) line(input *huh.Input, q intake.Question, value typed) error {
	if q.Hint != "" {
		fmt.Fprintln(f.env.Stderr, f.hint(q, value.Get()))
	}
	err := input.Title(q.Title+":").RunAccessible(f.env.Stderr, f.lines)
	if err == nil && f.lines.ended && value.Get() == "" {
		return errAnswersEnd
	}
	if q.Field == "skills" {
		for _, said := range f.meant(value.Get()) {
			fmt.Fprintln(f.env.Stderr, said)
		}
	}
	fmt.Fprintln(f.env.Stderr)
	return err
}

// keys are the keys of a form, explained in the language of the questions.
func (f *form) keys() *huh.KeyMap {
	keys := huh.NewDefaultKeyMap()
	keys.Input.Next.SetHelp("enter", f.say("new.next"))
	keys.Input.Submit.SetHelp("enter", f.say("new.next"))
	keys.Input.Prev.SetHelp("shift+tab", f.say("new.back"))
	keys.Input.AcceptSuggestion.SetHelp("ctrl+e", f.say("new.complete"))
	return keys
}

// lineReader reads no more than a line at a time, so that what asks next finds the rest.
type lineReader struct {
	from  *bufio.Reader
	rest  []byte
	ended bool
}

func (l *lineReader) Read(p []byte) (int, error) {
	if len(l.rest) == 0 && !l.ended {
		line, err := l.from.ReadBytes('\n')
		l.rest, l.ended = line, err != nil
	}
	if len(l.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}
