package site

import "encoding/json"

// What the templates get: one staged file per kind and language, data/<kind>/<language>.json, in
// which every id has its label, every join is made and every list is sorted, so that a template
// only renders. Templates read it as `index hugo.Data.<kind> site.Language.Name`. What is the same in every language is
// staged once: names.json (slug -> name of a co-op), places.json (the maps of co-ops' pages), exports.json (sizes).

// term is an id with the label that readers of one language see.
type term struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// count is a term with how many co-ops stand behind it.
type count struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Coops int    `json:"coops"`
}

// said is text for people in the language that was found for the reader.
type said struct {
	Text     string `json:"text"`               // plain text
	HTML     string `json:"html,omitempty"`     // the same rendered from Markdown, safe as it is; only for longer texts
	Language string `json:"language"`           // BCP 47: for the lang attribute
	Fallback string `json:"fallback,omitempty"` // the language's name for the reader, where it is not the reader's own
}

// mark is the quiet picture of a co-op without a logo, the same at every build.
type mark struct {
	Initials string `json:"initials"` // one or two letters
	Tint     int    `json:"tint"`     // 0 to 7: which of the theme's tints
	Shape    int    `json:"shape"`    // 0 to 3: which of the theme's shapes
}

// card is a co-op in a list: data/cards/<language>.json is a map from slug to packed card.
type card struct {
	Slug        string `json:"slug"`
	Name        string `json:"name"`
	Mark        mark   `json:"mark"`
	Logo        string `json:"logo,omitempty"`    // address of the picture, from the site's root
	Where       string `json:"where"`             // "Rosario, Argentina"; empty: not known
	Remote      bool   `json:"remote"`            // works at a distance
	Summary     *said  `json:"summary,omitempty"` // nil: not said
	Does        []term `json:"does,omitempty"`    // the first few
	More        int    `json:"more,omitempty"`    // how many more it does
	Teaches     int    `json:"teaches,omitempty"` // how many skills it teaches
	Needs       int    `json:"needs,omitempty"`   // how many needs it has named
	Status      string `json:"status"`            // active, forming, dormant, closed …
	Ended       bool   `json:"ended"`
	Unconfirmed bool   `json:"unconfirmed"`
	From        string `json:"from,omitempty"` // name of the directory that it comes from; empty: this one
}

// packed is staged as a string of JSON. A template unpacks it (transform.Unmarshal) where it shows what is in it: as maps
// it would take ten times the memory, and until the end of the build.
type packed[T any] struct{ of T }

func (p packed[T]) MarshalJSON() ([]byte, error) {
	text, err := asJSON(p.of)
	if err != nil {
		return nil, err
	}
	return json.Marshal(text)
}

// coopEntry is what all the site knows of a co-op; its own page alone needs the rest. data/coops/<language>.json is a list
// of them by slug.
type coopEntry struct {
	Slug    string           `json:"slug"`
	Name    string           `json:"name"`
	Where   string           `json:"where,omitempty"`   // "Rosario, Argentina"
	About   string           `json:"about,omitempty"`   // what it says of itself, where that is in the reader's language
	Changed string           `json:"changed,omitempty"` // date: of its profile
	Page    packed[coopPage] `json:"page"`
}

// coopPage is everything about one co-op.
type coopPage struct {
	Slug         string     `json:"slug"`
	Name         string     `json:"name"`
	Card         card       `json:"card"`
	Website      string     `json:"website,omitempty"`
	Host         string     `json:"host,omitempty"` // the website's host without www, to show
	Kind         string     `json:"kind,omitempty"` // i18n key kind_<kind>, hyphens as underscores
	Status       string     `json:"status"`
	EndedOn      string     `json:"ended_on,omitempty"` // year or date
	Successor    *term      `json:"successor,omitempty"`
	Predecessors []term     `json:"predecessors,omitempty"` // co-ops whose successor it is
	Description  *said      `json:"description,omitempty"`
	Founded      int        `json:"founded,omitempty"`
	Members      int        `json:"members,omitempty"`
	Locations    []location `json:"locations,omitempty"`
	Remote       *bool      `json:"remote,omitempty"`
	Worldwide    bool       `json:"worldwide,omitempty"`
	Serves       []term     `json:"serves,omitempty"` // countries
	Languages    []term     `json:"languages,omitempty"`
	Timezones    []string   `json:"timezones,omitempty"`
	Networks     []term     `json:"networks,omitempty"`
	Sectors      []term     `json:"sectors,omitempty"`
	Does         []does     `json:"does,omitempty"`
	Declines     []term     `json:"declines,omitempty"`
	Teaches      []teaches  `json:"teaches,omitempty"`
	Needs        []needs    `json:"needs,omitempty"`
	Products     []product  `json:"products,omitempty"`
	Availability string     `json:"availability,omitempty"` // i18n key availability_<value>
	Email        string     `json:"email,omitempty"`
	Form         string     `json:"form,omitempty"`
	Links        []link     `json:"links,omitempty"`
	FormerNames  []string   `json:"former_names,omitempty"`
	Similar      []similar  `json:"similar,omitempty"` // the most similar first
	Asked        []asked    `json:"asked,omitempty"`   // needs and requests that it could do something of, the most workable first
	AskedMore    int        `json:"asked_more,omitempty"`
	Unconfirmed  bool       `json:"unconfirmed"`
	Source       *source    `json:"source,omitempty"`
	Confirmed    string     `json:"confirmed,omitempty"` // date
	Listed       string     `json:"listed,omitempty"`    // date
	Changed      string     `json:"changed,omitempty"`   // date
	Map          *spot      `json:"map,omitempty"`       // nil: it is not known where it is
	File         string     `json:"file"`                // data/coops/<slug>.yaml, for links to the repository
	From         *origin    `json:"from,omitempty"`      // another directory
	JSONLD       string     `json:"json_ld"`             // schema.org Organization, safe within a script element
}

type location struct {
	Country *term  `json:"country,omitempty"`
	Place   string `json:"place,omitempty"`
	Region  string `json:"region,omitempty"` // ISO 3166-2
}

// does is a skill of a co-op; ID is empty where the vocabulary does not have it.
type does struct {
	ID    string `json:"id,omitempty"`
	Label string `json:"label"`
	Level string `json:"level,omitempty"` // i18n key level_<value>
	Note  *said  `json:"note,omitempty"`
}

type teaches struct {
	ID        string   `json:"id"`
	Label     string   `json:"label"`
	Formats   []string `json:"formats,omitempty"` // i18n key format_<value>, hyphens as underscores
	Languages []term   `json:"languages,omitempty"`
	Terms     string   `json:"terms,omitempty"` // i18n key terms_<value>
	Note      *said    `json:"note,omitempty"`
	Wanted    *meets   `json:"wanted,omitempty"` // who would learn it; nil: nobody
}

type needs struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Kind  string `json:"kind"`            // i18n key need_<value>: learn, work or partner
	Until string `json:"until,omitempty"` // date
	Note  *said  `json:"note,omitempty"`
	Could *meets `json:"could,omitempty"` // who could answer it; nil: nobody, or it does not count
}

type product struct {
	Name    string `json:"name"`
	Website string `json:"website,omitempty"`
	Summary *said  `json:"summary,omitempty"`
}

type link struct {
	Kind string `json:"kind"` // i18n key link_<value>
	URL  string `json:"url"`
	Host string `json:"host"`
}

// similar is a co-op at work that does much the same, and what they share: skills, and a country or else
// a language.
type similar struct {
	Slug     string `json:"slug"`
	Name     string `json:"name"`
	Skills   []term `json:"skills"`
	Country  *term  `json:"country,omitempty"`
	Language *term  `json:"language,omitempty"`
}

// origin is another directory that a co-op comes from.
type origin struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"` // its repository, where others can reach it
}

type source struct {
	Name      string `json:"name"`
	URL       string `json:"url"`
	Licence   string `json:"licence"`
	Retrieved string `json:"retrieved"` // date
}

// skillPage is one skill of the vocabulary: data/skills/<language>.json is a list of them by label.
// Does, Teaches and Needs are slugs of cards, by name; ended co-ops are left out.
type skillPage struct {
	ID        string   `json:"id"`
	Label     string   `json:"label"`
	Category  string   `json:"category"` // i18n key category_<value>
	Ask       *said    `json:"ask,omitempty"`
	Synonyms  []string `json:"synonyms,omitempty"` // in the reader's language
	Retired   []string `json:"retired,omitempty"`  // ids it had before
	Related   []count  `json:"related,omitempty"`  // done together with it, and by how many; the nearest first
	Neighbors []count  `json:"neighbors"`          // the others of its category, by label
	Does      []string `json:"does"`
	Teaches   []string `json:"teaches"`
	Needs     []string `json:"needs"`
	Wishes    []wish   `json:"wishes,omitempty"` // of co-ops that need it, those that most suit first
	More      int      `json:"more,omitempty"`   // how many besides
}

// categoryView is a category of skills: data/categories/<language>.json is a list of them in the
// order people meet them. Only skills that some co-op does are in it, the most common first.
type categoryView struct {
	ID     string  `json:"id"` // i18n key category_<value>
	Skills []skill `json:"skills"`
}

type skill struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Ask   *said  `json:"ask,omitempty"`
	Coops int    `json:"coops"` // how many do it
}

// groupPage is what co-ops have in common: data/{countries,languages,networks,sectors}/<language>.json
// are lists of them by label. ID is as in the address: codes are in lower case.
type groupPage struct {
	ID       string      `json:"id"`
	Label    string      `json:"label"`
	Coops    []string    `json:"coops"` // slugs of cards at work, by name
	Ended    []string    `json:"ended,omitempty"`
	Portrait portrait    `json:"portrait"`
	Network  *network    `json:"network,omitempty"` // what is known of a network besides
	Balance  []standing  `json:"balance,omitempty"` // of a network or a country: skills that its co-ops need or teach
	Events   []eventLine `json:"events,omitempty"`  // of a network's members, or in a language; with any there is a calendar.ics
}

type network struct {
	Website   string `json:"website"`
	Host      string `json:"host"`
	Summary   *said  `json:"summary,omitempty"`
	Countries []term `json:"countries,omitempty"` // empty: international
}

// portrait is co-ops at work in numbers. What none of them says is 0 or empty, and left out.
type portrait struct {
	Coops       int     `json:"coops"`
	Own         int     `json:"own"`      // listed by themselves
	Teaching    int     `json:"teaching"` // that teach something
	Needing     int     `json:"needing"`  // that need something
	Oldest      int     `json:"oldest"`   // year
	Newest      int     `json:"newest"`   // year
	FoundedSaid int     `json:"founded_said"`
	Members     int     `json:"members"` // of those that say how many
	MembersSaid int     `json:"members_said"`
	Skills      []count `json:"skills"` // the most common first, as below
	Countries   []count `json:"countries"`
	Languages   []count `json:"languages"`
}

// overview is what the home page and the footer say of the whole: data/overview/<language>.json.
type overview struct {
	Coops       int      `json:"coops"`       // at work
	Ended       int      `json:"ended"`       // with a page, but no longer at work
	Unconfirmed int      `json:"unconfirmed"` // of those at work
	Countries   int      `json:"countries"`
	Skills      int      `json:"skills"`   // that some co-op does
	Teaching    int      `json:"teaching"` // co-ops that teach something
	Asks        []skill  `json:"asks"`     // a few everyday needs that many can answer
	Newest      []string `json:"newest"`   // slugs of the co-ops last confirmed by themselves, newest first
	Arrived     []day    `json:"arrived"`  // the last days on which co-ops were listed, the newest first; none without a history
	Places      []count  `json:"places"`   // countries, the most co-ops first; ID in lower case
	Networks    []count  `json:"networks"` // networks with members listed, the most first
	All         []string `json:"all"`      // slugs of every card, by name
	Built       string   `json:"built"`    // date of the build
}

// day is a day on which co-ops were listed.
type day struct {
	Date  string `json:"date"`
	Coops []term `json:"coops"`          // the first of them, by name
	More  int    `json:"more,omitempty"` // how many besides
}

// fieldsPage is the reference of all fields: data/fields/<language>.json.
type fieldsPage struct {
	Language string      `json:"language"`           // BCP 47: that the texts are in
	Fallback string      `json:"fallback,omitempty"` // the language's name for the reader, where it is not the reader's own
	Kinds    []fieldKind `json:"kinds"`
}

// fieldKind is one kind of file.
type fieldKind struct {
	ID          string       `json:"id"` // an anchor
	Title       string       `json:"title"`
	Description string       `json:"description"` // HTML, safe as it is
	Groups      []fieldGroup `json:"groups"`
}

type fieldGroup struct {
	ID     string  `json:"id"` // i18n key group_<kind>_<id>; said only where a kind has several
	Fields []field `json:"fields"`
}

type field struct {
	ID          string       `json:"id"` // an anchor, the same in every language
	Key         string       `json:"key"`
	Title       string       `json:"title"`
	Description string       `json:"description"` // HTML, safe as it is; the hint too
	Hint        string       `json:"hint"`
	Type        fieldType    `json:"type"`
	Values      []string     `json:"values,omitempty"` // that it, or an entry of its list, can have
	Words       string       `json:"words,omitempty"`  // the values mean i18n <words>_<value>, hyphens as underscores
	Limits      []fieldLimit `json:"limits,omitempty"`
	Need        *fieldNeed   `json:"need,omitempty"` // nil: may be left out
	Examples    []string     `json:"examples"`       // YAML, with the key
	Fields      []field      `json:"fields,omitempty"`
}

// fieldType is the i18n key type_<id>, hyphens as underscores, or type_id_<refers>.
type fieldType struct {
	ID     string      `json:"id"`
	Refers string      `json:"refers,omitempty"`
	Of     []fieldType `json:"of,omitempty"`
}

// fieldLimit is the i18n key limit_<id>: characters and entries (at most), not_empty, unique, range,
// least and past.
type fieldLimit struct {
	ID    string `json:"id"`
	Most  string `json:"most,omitempty"`
	Least string `json:"least,omitempty"`
}

// fieldNeed says when a field must be there: always, or in a listing by a coop or a third-party (i18n
// key needed_<when>, hyphens as underscores); see fields.Need.
type fieldNeed struct {
	When   string   `json:"when"`
	Or     []string `json:"or,omitempty"`
	Either bool     `json:"either,omitempty"`
}
