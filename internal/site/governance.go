package site

import "coops/internal/directory"

// governance is what is answered of who runs the place: data/governance/<language>.json. The questions are the fields
// of kind governance in the reference (data/fields), in their order.
type governance struct {
	Answers  map[string]*said `json:"answers"` // by key; those that nobody has answered are left out
	Restored string           `json:"restored,omitempty"`
	Answered int              `json:"answered"`
	Open     int              `json:"open"`
	File     string           `json:"file"`
}

func (v *view) governance() governance {
	asked := v.Directory.Governance
	g := governance{Answers: map[string]*said{}, Restored: string(asked.Restored), File: "data/governance.yaml"}
	for key, text := range map[string]directory.Text{
		"host": asked.Host, "domain": asked.Domain, "backups": asked.Backups, "maintainers": asked.Maintainers,
		"upgrades": asked.Upgrades, "features": asked.Features, "decisions": asked.Decisions, "leaving": asked.Leaving,
	} {
		if answer := v.say(text, true); answer != nil {
			g.Answers[key] = answer
			g.Answered++
		} else {
			g.Open++
		}
	}
	if g.Restored != "" {
		g.Answered++
	} else {
		g.Open++
	}
	return g
}
