package intake

import (
	"fmt"
	"path"

	"strings"

	"coops/internal/problem"
)

// What is said of a reading, as Markdown: to the sender in the issue, and to whoever looks at the pull
// request. Nothing that the sender wrote can be anything but text in it.

// Answer returns the answer to the sender, in their language: what to mend, or how the profile reads. pull is
// how the pull request is called in Markdown.
func (r Reading) Answer(pull string) string {
	if r.Report.Failed() {
		return r.mend()
	}
	return r.reads(problem.Say("answer.written", "pull", pull)) + r.say("answer.change") + "\n"
}

// AnswerByHand returns the answer where somebody else has worked on the proposal since.
func (r Reading) AnswerByHand() string { return r.say("answer.by-hand") + "\n" }

// AnswerLater returns the answer where the profile could not be proposed.
func (r Reading) AnswerLater() string { return r.reads(problem.Say("answer.later")) }

func (r Reading) say(id string, pairs ...any) string {
	return problem.In(r.Language).Say(problem.Say(id, pairs...))
}

func (r Reading) mend() string {
	var b strings.Builder
	stop, look := r.apart()
	b.WriteString(r.say("answer.mend", "count", len(stop)) + "\n\n" + r.list(stop, r.Language) + "\n" + r.say("answer.how") + "\n")
	if len(look) > 0 {
		b.WriteString("\n" + r.say("answer.look") + "\n\n" + r.list(look, r.Language))
	}
	return b.String()
}

func (r Reading) reads(first problem.Message) string {
	var b strings.Builder
	b.WriteString(problem.In(r.Language).Say(first) + "\n\n" + problem.CodeBlock("yaml", string(r.File.Data)) + "\n")
	if _, look := r.apart(); len(look) > 0 {
		b.WriteString(r.say("answer.look") + "\n\n" + r.list(look, r.Language) + "\n")
	}
	return b.String()
}

// apart returns the problems that block, and the others.
func (r Reading) apart() (stop, look []problem.Problem) {
	for _, p := range r.Report.Problems {
		if p.Severity() == problem.Error {
			stop = append(stop, p)
		} else {
			look = append(look, p)
		}
	}
	return stop, look
}

// mostListed is how many problems are listed; who mends so many sends the form again.
const mostListed = 50

// list writes problems as a list, each with what the form calls its field.
func (r Reading) list(problems []problem.Problem, language string) string {
	var b strings.Builder
	speaker := problem.In(language)
	for n, p := range problems {
		if n == mostListed {
			fmt.Fprintf(&b, "- … (%d)\n", len(problems)-n)
			break
		}
		switch label := Label(p.File, language); {
		case p.File == "":
			b.WriteString("- " + speaker.Markdown(p.Message) + "\n")
		case asksAt(p.File) < 0:
			b.WriteString("- " + problem.Code(label) + ": " + speaker.Markdown(p.Message) + "\n")
		default:
			b.WriteString("- **" + label + "**: " + speaker.Markdown(p.Message) + "\n")
		}
	}
	return b.String()
}

// Pull returns what the pull request says of where it comes from, to the maintainers and so in English.
func (r Reading) Pull(issue int, sender Sender) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Sent by @%s with the form “Add my co-op”, who says they are a member of it. Closes #%d.\n\n", sender.Login, issue)
	if r.Claims {
		b.WriteString("It takes over a listing that others had made from public facts; what the co-op leaves open stays as it was.\n\n")
	}
	if r.Steward {
		fmt.Fprintf(&b, "**It makes @%s (account %d) a steward**, who may change this profile without a review. Look whether the account is the co-op's: does its website name it, or its page on GitHub?\n\n", sender.Login, sender.ID)
	}
	if _, look := r.apart(); len(look) > 0 {
		b.WriteString("What the sender was asked to look at:\n\n" + r.list(look, "en") + "\n")
	}
	b.WriteString("An edit of the issue writes this pull request anew, until somebody commits to its branch. To say no, close the issue and this.\n\n" +
		"Pull requests that a workflow opens start no other workflows; the comment below was made by the one that opened this. Where a rule asks for the check `validate`, close this and open it again.\n")
	return b.String()
}

// Title returns the title of the pull request. It becomes the message of a commit, where words of a name could
// close other issues; those of a slug cannot.
func (r Reading) Title() string {
	if r.Claims {
		return "Claim " + r.Slug()
	}
	return "Add " + r.Slug()
}

// Slug returns the name of the profile.
func (r Reading) Slug() string { return strings.TrimSuffix(path.Base(r.File.Name), ".yaml") }
