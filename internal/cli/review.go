package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"coops/internal/check"
	"coops/internal/directory"
	"coops/internal/history"
	"coops/internal/problem"
	"coops/internal/review"

	"github.com/spf13/cobra"
)

// reviewOptions are what the flags of review say.
type reviewOptions struct {
	base, head string
	author     review.Author
	format     string
	language   string
}

func newReview(env Environment, dir *string) *cobra.Command {
	var o reviewOptions
	cmd := &cobra.Command{
		Use:   "review --base REV --head REV",
		Short: "Tell what a proposed change means, and who may let it in",
		Long: "Tells what merging head into base would change: which co-ops come, change or go, what is wrong in it, and whether a person\n" +
			"has to look. It reads commits alone, never the files of the folder. Whether the author is a steward of what they change\n" +
			"is looked up, by the number of their account, in the profiles that base has.\n\n" +
			"The exit code is 1 where the change has to be mended first.",
		Example: "  coops review --base origin/main --head HEAD --lang es\n" +
			"  coops review --base origin/main --head HEAD --author fern-member --author-id 1234 --format json",
		Args: cobra.NoArgs,
		RunE: verb(func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			return o.run(cmd.Context(), env, *dir)
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&o.base, "base", "", "the commit or branch that the change is to be merged into")
	flags.StringVar(&o.head, "head", "", "the commit or branch that is proposed")
	flags.StringVar(&o.author.Login, "author", "", "the account that proposes it, to show")
	flags.Int64Var(&o.author.ID, "author-id", 0, "its number, which decides")
	flags.StringVar(&o.format, "format", "markdown", "markdown (a comment) or json")
	flags.StringVar(&o.language, "lang", "", "the language of the texts: "+strings.Join(problem.Languages, ", ")+" (default en)")
	return cmd
}

// check tells what is wrong with the flags.
func (o reviewOptions) check() error {
	switch {
	case o.base == "" || o.head == "":
		return usagef("say with --base and --head which two commits to compare")
	case o.author.ID < 0:
		return usagef("--author-id %d is the number of no account", o.author.ID)
	case o.format != "markdown" && o.format != "json":
		return usagef("there is no format %q; choose markdown or json", o.format)
	}
	return (validateOptions{format: "text", severity: string(problem.Notice), language: o.language}).check()
}

func (o reviewOptions) run(ctx context.Context, env Environment, dir string) error {
	repository, err := history.Open(dir)
	if err != nil {
		return err
	}
	defer repository.Close()
	made, err := o.review(ctx, env, repository)
	if err != nil {
		return err
	}
	if o.format == "json" {
		err = writeJSON(env, made.json(o.language))
	} else {
		_, err = fmt.Fprint(env.Stdout, made.Markdown(o.language, made.address(env.GitHub, repository.Prefix())))
	}
	if err != nil {
		return fmt.Errorf("write the review: %w", err)
	}
	if made.Verdict == review.NeedsChanges {
		return errProblems
	}
	return nil
}

// reviewed is a review with the commits that it is of.
type reviewed struct {
	*review.Review
	base, head, mergeBase string
	before                fs.FS
}

// address returns where on GitHub a profile can be read: as it is, or where there is none yet, as it would be. Outside of a workflow
// there is no such place.
func (r reviewed) address(at GitHub, folder string) func(slug string) string {
	return func(slug string) string {
		if at.Server == "" || at.Repository == "" {
			return ""
		}
		name, commit := "data/coops/"+slug+".yaml", r.base
		if _, err := fs.Stat(r.before, name); err != nil {
			commit = r.head
		}
		whole := url.URL{Path: path.Join(at.Repository, "blob", commit, folder, name)}
		return strings.TrimSuffix(at.Server, "/") + "/" + strings.NewReplacer("(", "%28", ")", "%29").Replace(whole.EscapedPath())
	}
}

func (o reviewOptions) review(ctx context.Context, env Environment, repository *history.Repository) (reviewed, error) {
	var made reviewed
	c, err := repository.Compare(ctx, o.base, o.head)
	if errors.Is(err, history.ErrNoMergeBase) {
		for at, revision := range map[*string]string{&made.base: o.base, &made.head: o.head} {
			commit, err := repository.Commit(revision)
			if err != nil {
				return made, err
			}
			*at = commit.Hash
		}
		made.Review = review.Unrelated(o.author)
		return made, nil
	}
	if err != nil {
		return made, err
	}
	made.base, made.head, made.mergeBase = c.Base.Hash, c.Head.Hash, c.MergeBase.Hash
	p := review.Proposal{
		Changes: c.Changes, Clashes: c.Clashes, Folder: repository.Prefix(), Author: o.author,
		Today: directory.Date(env.Now().UTC().Format(time.DateOnly)),
	}
	if p.Before, err = completed(c.Before, p.Folder, env.Program); err != nil {
		return made, err
	}
	if p.After, err = completed(c.After, p.Folder, env.Program); err != nil {
		return made, err
	}
	made.before = p.Before
	made.Review, err = review.Of(ctx, p)
	return made, err
}

// completion is a directory in a commit, in which what it leaves out comes from the program, as in a workspace.
type completion struct {
	fs.FS
	program fs.FS
	lent    []string // what of borrowed comes from the program
}

func completed(files fs.FS, folder string, program fs.FS) (fs.FS, error) {
	c := completion{FS: files, program: program}
	if folder != "" {
		var err error
		if c.FS, err = fs.Sub(files, folder); err != nil {
			return nil, fmt.Errorf("open %s: %w", folder, err)
		}
	}
	for _, name := range borrowed {
		if _, err := fs.Lstat(c.FS, name); errors.Is(err, fs.ErrNotExist) {
			c.lent = append(c.lent, name)
		}
	}
	return c, nil
}

func (c completion) from(name string) fs.FS {
	if slices.ContainsFunc(c.lent, func(place string) bool { return within(name, place) }) {
		return c.program
	}
	return c.FS
}

func (c completion) Open(name string) (fs.File, error)      { return c.from(name).Open(name) }
func (c completion) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(c.from(name), name) }
func (c completion) ReadLink(name string) (string, error)   { return fs.ReadLink(c.from(name), name) }
func (c completion) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(c.from(name), name)
	if err != nil || name != "data" {
		return entries, err
	}
	for _, place := range c.lent {
		info, err := fs.Stat(c.program, place)
		if err != nil {
			return nil, fmt.Errorf("what the program brings along: %w", err)
		}
		entries = append(entries, fs.FileInfoToDirEntry(info))
	}
	return entries, nil
}

// fieldJSON, changeJSON and reviewJSON are a review as docs/architecture.md promises it.
type fieldJSON struct {
	Path   string `json:"path"`
	Before any    `json:"before"`
	After  any    `json:"after"`
}

type changeJSON struct {
	Slug     string              `json:"slug"`
	From     string              `json:"from,omitempty"`
	Change   review.Kind         `json:"change"`
	Name     string              `json:"name"`
	Fields   []fieldJSON         `json:"fields"`
	ListedBy string              `json:"listed_by"`
	Stewards []directory.Steward `json:"stewards"`
	Mine     bool                `json:"by_steward"`
	Likes    []likeJSON          `json:"duplicates"`
}

type postingJSON struct {
	Type   string      `json:"type"`
	Slug   string      `json:"slug"`
	From   string      `json:"from,omitempty"`
	Change review.Kind `json:"change"`
	Title  string      `json:"title"`
	Fields []fieldJSON `json:"fields"`
	Hosts  []string    `json:"hosts"`
	Who    string      `json:"who"`
	Mine   bool        `json:"by_steward"`
	Over   bool        `json:"over"`
}

type sharedJSON struct {
	Type     string      `json:"type"`
	ID       string      `json:"id"`
	Change   review.Kind `json:"change"`
	Name     string      `json:"name"`
	Category string      `json:"category,omitempty"`
	From     string      `json:"from,omitempty"`
	Fields   []fieldJSON `json:"fields"`
}

type likeJSON struct {
	Slug string         `json:"slug"`
	Why  check.Likeness `json:"why"`
}

type reviewJSON struct {
	Base       string         `json:"base"`
	Head       string         `json:"head"`
	MergeBase  string         `json:"merge_base"`
	Verdict    review.Verdict `json:"verdict"`
	Reasons    []string       `json:"reasons"`
	Codes      []string       `json:"codes"`
	Coops      []changeJSON   `json:"coops"`
	Postings   []postingJSON  `json:"postings"`
	Shared     []sharedJSON   `json:"shared"`
	Problems   []problem.Item `json:"problems"`
	Mended     int            `json:"mended"`
	DataFiles  []string       `json:"data_files"`
	OtherFiles []string       `json:"other_files"`
	Clashes    []string       `json:"clashes"`
	Matches    []matchJSON    `json:"matches"`
	Complete   bool           `json:"complete"`
}

func (r reviewed) json(language string) reviewJSON {
	speaker := problem.In(language)
	j := reviewJSON{
		Base: r.base, Head: r.head, MergeBase: r.mergeBase, Verdict: r.Verdict, Reasons: []string{}, Codes: []string{}, Coops: []changeJSON{}, Postings: []postingJSON{}, Shared: []sharedJSON{},
		Problems: problem.Items(r.Problems, speaker), Mended: r.Mended, DataFiles: list(r.DataFiles), OtherFiles: list(r.OtherFiles), Clashes: list(r.Clashes),
		Matches: matchesJSON(r.Matches), Complete: !r.Unlooked && !r.Cut,
	}
	for _, reason := range r.Reasons {
		j.Reasons, j.Codes = append(j.Reasons, speaker.Say(reason.Message())), append(j.Codes, reason.Code)
	}
	for _, c := range r.Coops {
		said := changeJSON{
			Slug: c.Slug, From: c.From, Change: c.Kind, Name: c.Name(), Fields: fieldsJSON(c.Fields), Stewards: append([]directory.Steward{}, c.Stewards()...),
			Mine: c.Mine, Likes: []likeJSON{},
		}
		if c.After != nil {
			said.ListedBy = c.After.ListedBy
		}
		for _, like := range c.Likes {
			said.Likes = append(said.Likes, likeJSON{like.Other.Slug, like.Why})
		}
		j.Coops = append(j.Coops, said)
	}
	for _, p := range r.Postings {
		title, _ := p.Title.In(speaker.Language)
		j.Postings = append(j.Postings, postingJSON{p.Type, p.Slug, p.From, p.Kind, title, fieldsJSON(p.Fields), list(p.Hosts), p.Who.Name, p.Mine, p.Over})
	}
	for _, s := range r.Shared {
		name, _ := s.Name.In(speaker.Language)
		j.Shared = append(j.Shared, sharedJSON{s.Type, s.ID, s.Kind, name, s.Category, s.From, fieldsJSON(s.Fields)})
	}
	return j
}

func fieldsJSON(fields []review.Field) []fieldJSON {
	all := []fieldJSON{}
	for _, f := range fields {
		all = append(all, fieldJSON{f.Path, f.Before, f.After})
	}
	return all
}
