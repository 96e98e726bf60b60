package links

import (
	"reflect"
	"testing"
)

func TestWhatWasFineIsLeftAloneForAWhileAndWhatWasNotIsAsked(t *testing.T) {
	m := Memory{
		"https://fine.example":   {Kind: Fine, Status: 200, Asked: "2026-11-20", Since: "2026-01-02"},
		"https://old.example":    {Kind: Fine, Status: 200, Asked: "2026-11-16"},
		"https://gone.example":   {Kind: Gone, Status: 404, Asked: "2026-11-22", Since: "2026-11-08"},
		"https://future.example": {Kind: Fine, Asked: "2027-01-01"}, // a clock was wrong
		"https://odd.example":    {Kind: Fine, Asked: "yesterday"},
	}
	links := []Link{{URL: "https://fine.example"}, {URL: "https://future.example"}, {URL: "https://gone.example"}, {URL: "https://new.example"}, {URL: "https://odd.example"}, {URL: "https://old.example"}}
	fresh, ask := m.Still(links, "2026-11-23", 7)
	if want := []Result{{Link: links[0], Kind: Fine, Status: 200, Since: "2026-01-02"}}; !reflect.DeepEqual(fresh, want) || !reflect.DeepEqual(ask, links[1:]) {
		t.Errorf("fresh %+v, ask %+v", fresh, ask)
	}
	if fresh, ask := m.Still(links, "2026-11-23", 0); fresh != nil || len(ask) != 6 {
		t.Errorf("of no days %d are fresh", len(fresh))
	}

	came := []Result{
		{Link: Link{URL: "https://gone.example"}, Kind: Failing, Status: 500}, // broken in another way is still broken
		{Link: Link{URL: "https://old.example"}, Kind: Gone, Status: 404},
		{Link: Link{URL: "https://new.example"}, Kind: Moved, To: "https://x.example"},
	}
	next := m.Note(fresh[:1:1], came, "2026-11-23")
	want := Memory{
		"https://fine.example": m["https://fine.example"],
		"https://gone.example": {Failing, 500, "", "2026-11-23", "2026-11-08"},
		"https://old.example":  {Gone, 404, "", "2026-11-23", "2026-11-23"},
		"https://new.example":  {Moved, 0, "https://x.example", "2026-11-23", "2026-11-23"},
	}
	if !reflect.DeepEqual(next, want) || came[0].Since != "2026-11-08" || came[1].Since != "2026-11-23" {
		t.Errorf("it remembers %+v\nand tells %+v", next, came)
	}
	data, err := next.Write()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := ReadMemory(data); err != nil || !reflect.DeepEqual(again, next) {
		t.Errorf("read back it is %+v, %v", again, err)
	}
	for _, bad := range []string{"", "[]", "{\"a\": 1}", "{"} {
		if _, err := ReadMemory([]byte(bad)); err == nil {
			t.Errorf("%q is taken for a memory", bad)
		}
	}
}
