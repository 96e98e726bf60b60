package problem

import (
	"encoding/json"
	"io"
	"net/url"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// WriteSARIF writes a report as SARIF 2.1.0 (OASIS), for code scanning and editors, with the messages
// in the speaker's language. Columns count Unicode code points.
func WriteSARIF(w io.Writer, r Report, speaker *Speaker) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(sarifReport(r, speaker))
}

// levels are SARIF's words for our severities.
var levels = map[Severity]string{Error: "error", Warning: "warning", Notice: "note"}

func sarifReport(r Report, speaker *Speaker) *sarif.Report {
	driver := sarif.NewToolComponent().WithName("coops")
	index := map[*Rule]int{}
	for i, rule := range Rules {
		index[rule] = i
		driver.AddRule(sarif.NewRule(rule.Name).
			WithShortDescription(sarif.NewMultiformatMessageString().WithText(rule.Summary)).
			WithFullDescription(sarif.NewMultiformatMessageString().WithText(rule.Why)).
			WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(levels[rule.Severity])))
	}
	run := sarif.NewRun().WithTool(sarif.NewTool().WithDriver(driver)).WithColumnKind("unicodeCodePoints").
		WithLanguage(speaker.Language).WithResults([]*sarif.Result{})
	for _, p := range r.Problems {
		run.AddResult(sarifResult(p, index[p.Rule], speaker))
	}
	return sarif.NewReport().AddRun(run)
}

func sarifResult(p Problem, rule int, speaker *Speaker) *sarif.Result {
	file := sarif.NewSimpleArtifactLocation((&url.URL{Path: p.File}).EscapedPath())
	place := sarif.NewPhysicalLocation().WithArtifactLocation(file)
	var region *sarif.Region
	if p.Range.Line > 0 {
		region = sarif.NewRegion().WithStartLine(p.Range.Line).WithStartColumn(p.Column).WithEndLine(p.EndLine).WithEndColumn(p.EndColumn)
		place.WithRegion(region)
	}
	result := sarif.NewRuleResult(p.Rule.Name).WithRuleIndex(rule).WithLevel(levels[p.Severity()]).
		WithMessage(sarif.NewTextMessage(speaker.Say(p.Message))).
		WithLocations([]*sarif.Location{sarif.NewLocationWithPhysicalLocation(place)})
	if p.Fix != nil && region != nil {
		replacement := sarif.NewReplacement().WithDeletedRegion(region).WithInsertedContent(sarif.NewArtifactContent().WithText(*p.Fix))
		change := sarif.NewArtifactChange().WithArtifactLocation(file).AddReplacement(replacement)
		result.AddFixe(sarif.NewFix().AddArtifactChange(change))
	}
	return result
}
