package history

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestCompareTellsWhatABranchBrings(t *testing.T) {
	made := newRepository(t)
	for _, name := range []string{"stays", "edited", "goes", "renamed", "renamed-and-edited", "case"} {
		made.put(folder0+"/"+name+".yaml", profile(name, 1))
	}
	base := made.commit()
	made.git("checkout", "-q", "-b", "branch")
	made.put(folder0+"/edited.yaml", profile("edited", 2))
	made.put(folder0+"/comes.yaml", profile("comes", 1))
	made.git("rm", "-q", folder0+"/goes.yaml")
	made.move(folder0+"/renamed.yaml", folder0+"/b.yaml")
	made.move(folder0+"/renamed-and-edited.yaml", folder0+"/a.yaml")
	made.put(folder0+"/a.yaml", profile("renamed-and-edited", 2))
	made.move(folder0+"/case.yaml", folder0+"/Case.yaml")
	made.put("README.md", "hello")
	head := made.commit()
	made.git("checkout", "-q", "main")
	made.put(folder0+"/stays.yaml", profile("stays", 2)) // no doing of the branch
	made.git("rm", "-q", folder0+"/edited.yaml")
	made.commit()

	got, err := made.open().Compare(t.Context(), "main", "branch")
	if err != nil {
		t.Fatal(err)
	}
	c := func(name string) string { return folder0 + "/" + name + ".yaml" }
	want := []Change{
		{"", "README.md"},
		{c("case"), c("Case")},
		{c("renamed-and-edited"), c("a")},
		{c("renamed"), c("b")},
		{"", c("comes")},
		{c("edited"), c("edited")},
		{c("goes"), ""},
	}
	if !slices.Equal(got.Changes, want) {
		t.Errorf("got  %v\nwant %v", got.Changes, want)
	}
	if got.MergeBase.Hash != base || got.Head.Hash != head {
		t.Errorf("from %s to %s, want from %s to %s", got.MergeBase.Hash, got.Head.Hash, base, head)
	}
	if data, err := got.MergeBase.ReadFile(c("goes")); err != nil || string(data) != profile("goes", 1) {
		t.Errorf("before: %q, %v", data, err)
	}
	if _, err := got.Head.ReadFile(c("goes")); err == nil {
		t.Error("what went is still there")
	}
}

func TestCompareWhatIsMergedAlready(t *testing.T) {
	made := small(t)
	for _, head := range []string{"HEAD", "HEAD~1", "feature/x"} {
		got, err := made.open().Compare(t.Context(), "HEAD", head)
		if err != nil || len(got.Changes) != 0 || got.MergeBase.Hash != got.Head.Hash {
			t.Errorf("%s: %v, %v", head, got, err)
		}
	}
}

// What both sides did in the meantime is no part of what the branch brings, as merging would not change it.
func TestCompareIsOfWhatMergingWouldChange(t *testing.T) {
	made := newRepository(t)
	c := func(name string) string { return folder0 + "/" + name + ".yaml" }
	for _, name := range []string{"ours", "theirs", "both", "clash", "gone-and-edited", "gone", "folder/in", "file"} {
		made.put(c(name), profile(name, 1))
	}
	made.commit()
	made.git("checkout", "-q", "-b", "branch")
	for _, name := range []string{"theirs", "both", "clash", "gone-and-edited"} {
		made.put(c(name), profile(name, 2))
	}
	made.put(c("folder/more"), "theirs")
	made.put(c("fresh"), "theirs")
	made.git("rm", "-q", c("gone"), c("file"))
	made.put(c("file")+"/in", "a folder now")
	made.commit()
	made.git("checkout", "-q", "main")
	for name, version := range map[string]int{"ours": 3, "both": 2, "clash": 3, "file": 3} {
		made.put(c(name), profile(name, version))
	}
	made.put(c("folder/in"), "ours")
	made.put(c("fresh"), "ours")
	made.git("rm", "-q", c("gone-and-edited"), c("gone"))
	base := made.commit()

	got, err := made.open().Compare(t.Context(), "main", "branch")
	if err != nil {
		t.Fatal(err)
	}
	want := []Change{
		{c("clash"), c("clash")},
		{c("file"), ""},
		{"", c("file") + "/in"},
		{"", c("folder/more")},
		{"", c("fresh")},
		{c("gone-and-edited"), c("gone-and-edited")},
		{c("theirs"), c("theirs")},
	}
	if !slices.Equal(got.Changes, want) {
		t.Errorf("got  %v\nwant %v", got.Changes, want)
	}
	if want := []string{c("clash"), c("file"), c("fresh"), c("gone-and-edited")}; !slices.Equal(got.Clashes, want) {
		t.Errorf("clashes: got %v, want %v", got.Clashes, want)
	}
	if got.Base.Hash != base || got.Before.Hash != "" {
		t.Errorf("base %s, before %q", got.Base.Hash, got.Before.Hash)
	}
	for name, texts := range map[string][2]string{ // before and after
		c("ours"):            {profile("ours", 3), profile("ours", 3)},
		c("theirs"):          {profile("theirs", 1), profile("theirs", 2)},
		c("clash"):           {profile("clash", 1), profile("clash", 2)},
		c("gone-and-edited"): {profile("gone-and-edited", 1), profile("gone-and-edited", 2)},
		c("folder/in"):       {"ours", "ours"},
		c("fresh"):           {"", "theirs"},
		c("gone"):            {"", ""},
		c("file") + "/in":    {"", "a folder now"},
	} {
		for i, side := range []*Commit{got.Before, got.After} {
			data, err := side.ReadFile(name)
			if string(data) != texts[i] || (err != nil) != (texts[i] == "") {
				t.Errorf("%s of side %d: %q, %v, want %q", name, i, data, err, texts[i])
			}
		}
	}
	if err := fstest.TestFS(got.After, c("ours"), c("file")+"/in"); err != nil {
		t.Error(err)
	}
}

func TestCompareNeverSaysNothingWhereItCannotTell(t *testing.T) {
	made := small(t)
	made.git("checkout", "-q", "--orphan", "alone")
	made.put("README.md", "alone")
	made.commit()
	made.git("checkout", "-q", "-b", "far", "main")
	for i := range 6 {
		made.put("README.md", fmt.Sprint(i))
		made.commit()
	}
	made.git("checkout", "-q", "main")
	for i := range 6 {
		made.put("main.md", fmt.Sprint(i))
		made.commit()
	}
	r := made.open()
	for _, c := range []struct {
		base, head string
		want       error
	}{
		{"main", "alone", ErrNoMergeBase},
		{"alone", "main", ErrNoMergeBase},
		{"main", "nothing", ErrUnknownRevision},
		{"nothing", "main", ErrUnknownRevision},
		{"main", strings.Repeat("0123456789", 4), ErrUnknownRevision},
	} {
		if got, err := r.Compare(t.Context(), c.base, c.head); !errors.Is(err, c.want) || got != nil {
			t.Errorf("%s and %s: %v, %v, want %v", c.base, c.head, got, err, c.want)
		}
	}
	clone := filepath.Join(t.TempDir(), "clone")
	git(t, made.dir, "clone", "-q", "--depth=3", "--no-single-branch", "file://"+made.dir, clone)
	shallow := open(t, clone)
	for _, c := range [][2]string{{"origin/main", "origin/far"}, {"origin/far", "origin/main"}, {"origin/main", "origin/alone"}, {"HEAD", "HEAD~5"}} {
		if got, err := shallow.Compare(t.Context(), c[0], c[1]); !errors.Is(err, ErrShallow) || got != nil {
			t.Errorf("shallow, %s and %s: %v, %v, want %v", c[0], c[1], got, err, ErrShallow)
		}
	}
	// Deep enough is deep enough.
	if got, err := shallow.Compare(t.Context(), "origin/main~1", "origin/main"); err != nil || len(got.Changes) != 1 {
		t.Errorf("shallow but deep enough: %v, %v", got, err)
	}
}

func TestMergeBaseIsThatOfGit(t *testing.T) {
	made := newRepository(t)
	made.put("x", "1")
	made.commit()
	made.git("checkout", "-q", "-b", "branch")
	made.put("b", "1")
	made.commit()
	made.git("checkout", "-q", "main")
	made.put("m", "1")
	made.commit()
	made.merge("branch") // main took the branch in
	made.git("checkout", "-q", "branch")
	made.put("b", "2")
	made.commit()
	made.git("branch", "old", "branch~1")
	made.merge("main~1") // and the branch an older main: two commits that both have
	made.git("checkout", "-q", "main")
	made.put("m", "2")
	made.commit()
	r := made.open()
	for _, c := range [][2]string{{"main", "branch"}, {"branch", "main"}, {"main", "old"}, {"main~1", "branch~1"}} {
		all := strings.Fields(made.git("merge-base", "--all", c[0], c[1]))
		got, err := r.Compare(t.Context(), c[0], c[1])
		if err != nil || !slices.Contains(all, got.MergeBase.Hash) {
			t.Errorf("%v meet at %v, %v; git says at %v", c, got, err, all)
		}
	}
}

func TestRenamesOfManyFilesAtOnce(t *testing.T) {
	made := newRepository(t)
	for i := range 300 {
		made.put(fmt.Sprintf("old/%d.yaml", i), profile(fmt.Sprint(i), 1))
	}
	for i := range 5 {
		made.put(fmt.Sprintf("old/same%d", i), "the same")
	}
	made.commit()
	made.move("old", "new")
	for i := range 300 {
		made.put(fmt.Sprintf("new/%d.yaml", i), profile(fmt.Sprint(i), 2))
	}
	made.commit()
	r := made.open()
	var first []Change
	for range 3 {
		got, err := r.Compare(t.Context(), "HEAD~1", "HEAD")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range got.Changes {
			if strings.TrimPrefix(c.Before, "old/") != strings.TrimPrefix(c.After, "new/") {
				t.Errorf("%q became %q", c.Before, c.After)
			}
		}
		if first == nil {
			first = got.Changes
		}
		if !slices.Equal(first, got.Changes) {
			t.Error("it is another answer the next time")
		}
	}
	if len(first) != 305 {
		t.Errorf("%d changes, want 305", len(first))
	}
}

func TestRenamesAreFoundWithoutContents(t *testing.T) {
	made := newRepository(t)
	made.put("a", profile("a", 1))
	made.put("b", profile("b", 1))
	made.commit()
	made.move("a", "c")
	made.move("b", "d")
	made.put("d", profile("b", 2))
	made.commit()
	made.git("config", "uploadpack.allowFilter", "true")
	dir := filepath.Join(t.TempDir(), "partial")
	made.git("clone", "-q", "--no-checkout", "--filter=blob:none", "file://"+made.dir, dir)
	r := open(t, dir)
	got, err := r.Compare(t.Context(), "HEAD~1", "HEAD")
	if want := []Change{{"b", ""}, {"a", "c"}, {"", "d"}}; err != nil || !slices.Equal(got.Changes, want) {
		t.Fatalf("got %v, %v, want %v", got, err, want)
	}
	if _, err := got.Head.ReadFile("c"); !errors.Is(err, ErrIncomplete) {
		t.Errorf("reading: %v, want %v", err, ErrIncomplete)
	}
}
