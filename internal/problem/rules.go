package problem

import (
	"fmt"
	"io"
)

// Rule is a kind of problem. Names are stable: people search for them and scripts filter by them.
type Rule struct {
	Name     string
	Severity Severity
	Summary  string // what holds when the rule is kept, one sentence
	Why      string // what goes wrong otherwise, and what to do
}

// The rules, from the bytes of a file to the whole directory.
var (
	FileName       = &Rule{"file-name", Error, "A file is named by its id: lower-case letters, digits and single hyphens, then `.yaml`.", "The name is the address of the page. Rename the file."}
	UnexpectedFile = &Rule{"unexpected-file", Error, "The data folders hold YAML files, and `data/logos/` PNG or WebP pictures.", "Anything else is never read, and often a slip of the hand. Move or delete it."}
	Symlink        = &Rule{"symlink", Error, "A file is a file, not a link to another place.", "Links can lead outside the directory. Put the content itself there."}
	Unreadable     = &Rule{"unreadable", Error, "A file can be read.", "Look at its permissions, or add it again."}
	FileSize       = &Rule{"file-size", Error, "A file is at most 64 KiB, and has at most 4,000 keys and entries of lists.", "A profile is a page of text; a larger file is a mistake or an attack."}
	EmptyFile      = &Rule{"empty-file", Error, "A file says something.", "Fill it in, or delete it."}
	Encoding       = &Rule{"encoding", Error, "A file is UTF-8 text without control characters.", "Save it again as UTF-8; every editor can."}
	MergeConflict  = &Rule{"merge-conflict", Error, "No merge-conflict markers are left.", "Keep one of the two versions and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`."}
	Tab            = &Rule{"tab", Error, "Lines are indented with spaces.", "YAML does not allow tabs there. Use two spaces for each step."}
	YAMLSyntax     = &Rule{"yaml-syntax", Error, "A file is YAML.", "Look at the line and the one before it: a missing colon, quote or space is the usual cause."}
	YAMLDepth      = &Rule{"yaml-depth", Error, "Values are nested at most 32 deep.", "No field of ours needs more than five."}
	YAMLFeature    = &Rule{"yaml-feature", Error, "Anchors, aliases, tags and directives are not used.", "Write the value out; if a text begins with `&`, `*`, `!` or `%`, put it in quotes."}
	OneDocument    = &Rule{"one-document", Error, "A file holds one document.", "Delete the line `---` in the middle, or make two files."}
	DuplicateKey   = &Rule{"duplicate-key", Error, "A key stands once.", "Two lines say the same thing, perhaps differently. Keep one."}
	Number         = &Rule{"number", Error, "A number is a plain number.", "Infinity, not-a-number and numbers of hundreds of digits are no facts about a co-op."}

	MissingKey    = &Rule{"missing-key", Error, "What every profile needs is there.", "Add the key; `docs/fields.md` and the message say what belongs in it."}
	UnknownKey    = &Rule{"unknown-key", Error, "Only known keys are used.", "A misspelled key would be silently lost. The message names the nearest known one."}
	WrongType     = &Rule{"wrong-type", Error, "A value is of the kind its field asks for.", "A list begins each line with `- `, a text stands on one line, a number has no quotes."}
	UnknownValue  = &Rule{"unknown-value", Error, "Where a field has a list of values, one of them is used.", "The message lists them."}
	Pattern       = &Rule{"pattern", Error, "A value is written as its field asks.", "The message shows how."}
	Length        = &Rule{"length", Error, "Texts and lists keep to their limits.", "Long texts are not read; empty ones say nothing."}
	RangeLimit    = &Rule{"out-of-range", Error, "Numbers are in a range that can be true.", "Look for a digit too many or too few."}
	DuplicateItem = &Rule{"duplicate-item", Error, "A list names a thing once.", "Delete the second one."}
	Unsorted      = &Rule{"unsorted", Notice, "Lists whose order says nothing are in alphabetical order.", "So two people who add to one do not write the same thing twice, and a change shows only what changed. `coops validate --fix` sorts them."}
	OneOf         = &Rule{"one-of", Error, "A skill is either one of the vocabulary or other words.", "Write `skill:` or `other:`, not both."}

	CountryCode     = &Rule{"country-code", Error, "Countries are ISO 3166-1 alpha-2 codes.", "Names and spellings differ from language to language; codes do not. The message gives the code where it can."}
	RegionCode      = &Rule{"region-code", Error, "Regions are ISO 3166-2 codes of the country they stand beside.", "The code begins with the country's: `AR-S` in `AR`."}
	LanguageCode    = &Rule{"language-code", Error, "Languages are BCP 47 codes.", "The message gives the code where it knows the name."}
	TimeZone        = &Rule{"time-zone", Error, "Time zones are IANA names.", "As in `Europe/Paris`: abbreviations such as `CET` change twice a year or mean two things."}
	DateRule        = &Rule{"date", Error, "Dates are days that exist, written year-month-day.", "3/4/2026 is a day in March for some and in April for others."}
	DateTime        = &Rule{"date-time", Error, "Times are written with their offset from UTC.", "Without the offset nobody elsewhere knows when to come."}
	DateFuture      = &Rule{"date-future", Error, "What has happened does not lie in the future.", "Look for a slip in the year."}
	DateOrder       = &Rule{"date-order", Error, "What begins does so before it ends.", "Look whether the two are swapped."}
	WebAddress      = &Rule{"web-address", Error, "Web addresses are whole and begin with `https://` or `http://`.", "Copy the address from the browser."}
	LookAlike       = &Rule{"look-alike", Warning, "Each part of a host's name is written in one alphabet.", "A Cyrillic letter may look like a Latin one and lead elsewhere. Copy the address from where it was seen to work."}
	CoordinatesRule = &Rule{"coordinates", Error, "Latitude is -90 to 90, longitude -180 to 180, each in its place.", "The two are easily swapped: latitude is north and south."}
	HTTPWebsite     = &Rule{"http-website", Notice, "Websites are reached by `https://`.", "Nearly every site answers there, and what is read on the way cannot be changed. Try it in the browser first."}
	SocialWebsite   = &Rule{"social-website", Notice, "A website is the co-op's own.", "Profiles on social networks go under `links`; addresses that are parked lead nowhere."}
	CoordsCountry   = &Rule{"coordinates-country", Warning, "Coordinates lie in the country they stand beside.", "A sign is easily lost and two numbers easily swapped. The country's outline is taken from Natural Earth, with half a degree to spare."}
	PersonalEmail   = &Rule{"personal-email", Warning, "Contact addresses are shared mailboxes.", "What is published here can never be quite taken back, and people move on. Use an address such as `info@`."}

	UnknownSkill     = &Rule{"unknown-skill", Error, "Skills are ids of the vocabulary in `data/skills/`.", "Choose the nearest, or write `{other: \"…\"}` under `skills`."}
	UnknownNetwork   = &Rule{"unknown-network", Error, "Networks are ids of `data/networks.yaml`.", "Add the network there if it is missing."}
	UnknownSector    = &Rule{"unknown-sector", Error, "Sectors are ids of `data/sectors.yaml`.", "Choose the nearest."}
	UnknownCoop      = &Rule{"unknown-coop", Error, "Hosts and successors are co-ops of this directory.", "Use the file name of the profile, without `.yaml`."}
	RetiredSkill     = &Rule{"retired-skill", Notice, "Profiles use the ids in use, not retired ones; so do `part_of` and `alias_of`.", "The old id is still understood. `coops validate --fix` writes the new one."}
	KnownSkill       = &Rule{"known-skill", Notice, "`other` is for skills that the vocabulary lacks.", "A skill of the vocabulary is found in four languages; other words only as they stand."}
	NewSkill         = &Rule{"new-skill", Notice, "A skill that three co-ops name becomes one of the vocabulary.", "Add it to a file in `data/skills/`, with a label in each language."}
	DuplicateSkill   = &Rule{"duplicate-skill", Error, "A skill id stands in one file of the vocabulary.", "Delete one of the two."}
	EntryTwice       = &Rule{"entry-twice", Warning, "Two networks share no name and no website, two sectors no label in a language.", "Who chooses one cannot tell them apart. Keep one of the two, or make them differ."}
	SkillCircle      = &Rule{"skill-circle", Error, "`part_of` and `alias_of` lead to another skill, and never back.", "What is part of itself has no place above the others, and an id that stands for itself means nothing."}
	FormerSlug       = &Rule{"former-slug", Error, "An id belongs to one co-op, now or in former times.", "The same address cannot lead to two pages."}
	FirstLanguage    = &Rule{"first-language", Error, "The first language of the site is one of its languages.", "Its pages stand at the root of the site, so there must be some. Add it to `languages` in `hugo.yaml`, or name one of those."}
	SuccessorCircle  = &Rule{"successor-circle", Error, "Successors lead somewhere.", "A co-op whose successor is its own predecessor leads readers in a circle."}
	SuccessorMissing = &Rule{"successor-missing", Notice, "A co-op that merged names its successor.", "Readers look for where the work goes on."}
	EndedMissing     = &Rule{"ended-missing", Notice, "A co-op that ended says since when.", "The year is enough."}
	Contradiction    = &Rule{"contradiction", Warning, "A skill is not both done and declined.", "Keep it in one of the two lists."}
	TeachesNotDoes   = &Rule{"teaches-not-does", Notice, "What a co-op teaches it usually does, too.", "Add it to `skills` if others can hire you for it."}
	NeedPast         = &Rule{"need-past", Notice, "Needs are current.", "A need that ran out is no longer shown."}
	NeedFar          = &Rule{"need-far", Notice, "Needs are looked at again within two years.", "What was wished long ago is rarely still wished."}
	Stale            = &Rule{"stale", Notice, "A profile is confirmed once a year.", "`coops confirm` sets the day."}
	DuplicateLink    = &Rule{"duplicate-link", Notice, "A link stands once.", "Delete the second one."}
	DuplicateEmail   = &Rule{"duplicate-email", Warning, "Two co-ops do not share a mail host of their own.", "They are often the same co-op. Large mail providers are left out."}
	DuplicateWebsite = &Rule{"duplicate-website", Warning, "Two co-ops do not share a website.", "They are often the same co-op under two names. Keep one profile, or say in both what they are to each other."}
	DuplicateName    = &Rule{"duplicate-name", Warning, "Two co-ops do not share a name.", "They are often the same co-op. Case, accents and legal suffixes are not compared. Keep one profile, or make the names differ."}

	TextLanguage = &Rule{"text-language", Notice, "A text is in a language that the profile lists.", "Whoever reads it may write back in it."}
	TextScript   = &Rule{"text-script", Warning, "A text is in the letters of its language.", "The key is probably that of another language."}
	AllCapitals  = &Rule{"all-capitals", Notice, "Texts are not in capitals only.", "They are hard to read, and screen readers may spell them."}
	HTML         = &Rule{"html", Warning, "Texts hold no HTML.", "It is shown as text. `description` takes Markdown."}
	Placeholder  = &Rule{"placeholder", Warning, "Texts are one's own, not an example's.", "Something was copied and not yet changed."}
	Phone        = &Rule{"phone", Warning, "Texts hold no telephone numbers.", "They are a person's more often than not, and git never forgets."}
	EmailInText  = &Rule{"email-in-text", Warning, "E-mail addresses stand under `contact` only.", "There they are looked at; in a text they are harvested."}
	Invisible    = &Rule{"invisible", Warning, "Nothing holds invisible characters: no text, address, id or name of a file.", "They make words look like others, or turn the reading order."}
	Space        = &Rule{"space", Notice, "Texts do not begin or end with a space.", "`coops validate --fix` takes it away."}
	SmartQuotes  = &Rule{"smart-quotes", Warning, "Values are quoted with straight quotes.", "Curly ones, as word processors make them, become part of the text."}

	LogoMissing = &Rule{"logo-missing", Error, "The picture that a profile names is in `data/logos/`.", "Add it, or leave the line out."}
	LogoKind    = &Rule{"logo-kind", Error, "Pictures are PNG or WebP.", "A changed ending does not change a file; save it again."}
	LogoSize    = &Rule{"logo-size", Error, "Pictures have at most 64 KiB.", "They are shown small; 256 by 256 pixels are plenty."}
	LogoOrphan  = &Rule{"logo-orphan", Notice, "Every picture belongs to a profile.", "Name it as `logo` in one, or delete it."}

	SynonymTwice       = &Rule{"synonym-twice", Warning, "A word means one skill in each language.", "A search cannot tell the two apart."}
	MissingTranslation = &Rule{"missing-translation", Notice, "The vocabulary speaks every language of the site.", "Readers of the others see English."}

	ImportFile     = &Rule{"import-file", Error, "A spreadsheet is saved as text: CSV.", "In the program it comes from, choose “Save as” or “Download”, then CSV (UTF-8). A quote inside a cell is written twice."}
	ImportEncoding = &Rule{"import-encoding", Notice, "A spreadsheet is saved as UTF-8.", "Older programs save as Windows-1252. It is read all the same; look whether the accents are right."}
	ImportColumn   = &Rule{"import-column", Error, "The first row names the columns, and each field has one.", "`--map COLUMN=FIELD` says what a column is about, `--no-header` that the first row is a co-op."}
	ImportIgnored  = &Rule{"import-ignored", Notice, "Every column is about a field.", "What is not understood is left out. `--map COLUMN=FIELD` says what it is about, `--map COLUMN=-` that it is left out on purpose."}
	ImportRow      = &Rule{"import-row", Error, "A row has as many cells as there are columns, and a slug of its own.", "A separator inside a cell that is not in quotes moves all that follows into the wrong column. A slug can be given in a column of that name."}
	ImportValue    = &Rule{"import-value", Error, "A cell holds what it says.", "A formula, or what a spreadsheet shows where one failed, is no fact about a co-op. A text needs its language."}
	ImportSkill    = &Rule{"import-skill", Notice, "Skills are called as the vocabulary calls them.", "What it does not know is kept in the words of the co-op (`other`), and found only by them."}
	ImportKnown    = &Rule{"import-known", Notice, "Only co-ops that are not in the directory yet are imported.", "The row is left out, and the profile stays as it is. `--duplicates` takes those with the same website or name, too."}
	ImportTwice    = &Rule{"import-twice", Warning, "A co-op has one row.", "The second one is left out. `--duplicates` takes it, too."}
	ImportMore     = &Rule{"import-more", Notice, "No more is told at once than can be read.", "A spreadsheet of thousands of rows is checked up to the first two thousand that have an error. Mend what is told; the next run tells the rest."}

	FormUnknown = &Rule{"form-unknown", Error, "An issue that is to become a profile was made with the form “Add my co-op”.", "Its headings are what the program finds the answers by."}
	FormField   = &Rule{"form-field", Error, "The headings of the form stand once, in their order.", "Somebody has moved one, or a text has a line that looks like one. Lines like that are taken as text where it is clear that they are; where it is not, nobody guesses."}
	FormBox     = &Rule{"form-box", Error, "A member of the co-op sends the form, and agrees that it becomes public.", "Who is not a member can ask the co-op to send it."}
	FormKnown   = &Rule{"form-known", Error, "The form adds a co-op that is not there yet.", "One that is there is changed with the form “Change”. Another co-op with the same name or website says so by a short name of its own."}
	FormClaimed = &Rule{"form-claimed", Notice, "A co-op that others have listed takes its listing over.", "What it says takes the place of what was said of it; what it leaves open stays. Whoever looks at the pull request sees both."}
	FormLeftOut = &Rule{"form-left-out", Warning, "What a form names is in the vocabulary.", "What is not is left out of the profile, and told, so that nobody has to wait for a word."}
)

// Rules lists every rule, in the order of the documentation.
var Rules = []*Rule{
	FileName, UnexpectedFile, Symlink, Unreadable, FileSize, EmptyFile, Encoding, MergeConflict, Tab,
	YAMLSyntax, YAMLDepth, YAMLFeature, OneDocument, DuplicateKey, Number,
	MissingKey, UnknownKey, WrongType, UnknownValue, Pattern, Length, RangeLimit, DuplicateItem, Unsorted, OneOf,
	CountryCode, RegionCode, LanguageCode, TimeZone, DateRule, DateTime, DateFuture, DateOrder,
	WebAddress, HTTPWebsite, SocialWebsite, LookAlike, CoordinatesRule, CoordsCountry, PersonalEmail,
	UnknownSkill, UnknownNetwork, UnknownSector, UnknownCoop, RetiredSkill, KnownSkill, NewSkill, DuplicateSkill, EntryTwice, SkillCircle,
	FirstLanguage, FormerSlug, SuccessorCircle, SuccessorMissing, EndedMissing, Contradiction, TeachesNotDoes,
	NeedPast, NeedFar, Stale, DuplicateLink, DuplicateEmail, DuplicateWebsite, DuplicateName,
	TextLanguage, TextScript, AllCapitals, HTML, Placeholder, Phone, EmailInText, Invisible, Space, SmartQuotes,
	LogoMissing, LogoKind, LogoSize, LogoOrphan, SynonymTwice, MissingTranslation,
	ImportFile, ImportEncoding, ImportColumn, ImportIgnored, ImportRow, ImportValue, ImportSkill, ImportKnown, ImportTwice, ImportMore,
	FormUnknown, FormField, FormBox, FormKnown, FormClaimed, FormLeftOut,
}

// IsDuplicate tells whether the rule is about two co-ops that may be one.
func (r *Rule) IsDuplicate() bool {
	return r == DuplicateWebsite || r == DuplicateName || r == DuplicateEmail
}

// WriteRules writes the reference of all rules as Markdown: what docs/rules.md holds.
func WriteRules(w io.Writer) error {
	if _, err := fmt.Fprint(w, rulesHead); err != nil {
		return err
	}
	for _, r := range Rules {
		if _, err := fmt.Fprintf(w, "\n## %s\n\n%s · %s\n\n%s\n", r.Name, r.Severity, r.Summary, r.Why); err != nil {
			return err
		}
	}
	return nil
}

const rulesHead = `# Rules

What ` + "`coops validate`" + ` checks; last come those of ` + "`coops import`" + ` (which begin with ` + "`import-`" + `) and of the issue form (` + "`form-`" + `). Each message ends with the name of its rule, which you can look up here.

- **error**: blocks; the site is not built until it is mended.
- **warning**: a person decides; look, and mend it or leave it.
- **notice**: advice.

This page is written by ` + "`make docs`" + ` from the rules themselves; a test keeps it current.
`
