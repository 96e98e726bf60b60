package history

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const folder0 = "data/coops"

// profile is a profile of its own: no two of different names are alike.
func profile(name string, edition int) string {
	var b strings.Builder
	for i := range 12 {
		fmt.Fprintf(&b, "line %d of %s\n", i, name)
	}
	fmt.Fprintf(&b, "edition: %d\n", edition)
	return b.String()
}

// datesOf returns the days of 2020 on which files were first and last changed.
func datesOf(t *testing.T, r *Repository, revision, cache string) map[string][2]int {
	t.Helper()
	found, err := r.Dates(t.Context(), revision, folder0, cache)
	if err != nil {
		t.Fatal(err)
	}
	days := map[string][2]int{}
	for name, d := range found {
		days[name] = [2]int{d.First.YearDay(), d.Last.YearDay()}
	}
	return days
}

func TestDates(t *testing.T) {
	fern := folder0 + "/fern.yaml"
	for name, c := range map[string]struct {
		history func(r *repository)
		want    map[string][2]int
	}{
		"a file that was edited": {func(r *repository) {
			r.put(fern, profile("fern", 1))
			r.commit()
			r.put("README.md", "hello")
			r.commit()
			r.put(fern, profile("fern", 2))
			r.commit()
			r.put("README.md", "hello there")
			r.commit()
		}, map[string][2]int{"fern.yaml": {1, 3}}},
		"files below folders, and others": {func(r *repository) {
			r.put(folder0+"/a/b.yaml", "1")
			r.put("data/other/c.yaml", "1")
			r.put("data/coops-old/c.yaml", "1")
			r.commit()
			r.put(folder0+"/a/b.yaml", "2")
			r.commit()
		}, map[string][2]int{"a/b.yaml": {1, 2}}},
		"no such folder": {func(r *repository) {
			r.put("README.md", "hello")
			r.commit()
		}, map[string][2]int{}},
		"a file where the folder would be": {func(r *repository) {
			r.put(folder0, "hello")
			r.commit()
		}, map[string][2]int{}},
		"a rename": {func(r *repository) {
			r.put(fern, profile("fern", 1))
			r.put(folder0+"/moss.yaml", profile("moss", 1))
			r.commit()
			r.move(fern, folder0+"/bracken.yaml")
			r.commit()
		}, map[string][2]int{"bracken.yaml": {1, 2}, "moss.yaml": {1, 1}}},
		"a rename with an edit, and one before it": {func(r *repository) {
			r.put(fern, profile("fern", 1))
			r.commit()
			r.move(fern, folder0+"/bracken.yaml")
			r.put(folder0+"/bracken.yaml", profile("fern", 2))
			r.commit()
			r.move(folder0+"/bracken.yaml", folder0+"/moss.yaml")
			r.put(folder0+"/moss.yaml", profile("fern", 3))
			r.put(folder0+"/new.yaml", profile("new", 3))
			r.commit()
		}, map[string][2]int{"moss.yaml": {1, 3}, "new.yaml": {3, 3}}},
		"a rename in letters alone": {func(r *repository) {
			r.put(folder0+"/Fern.yaml", profile("fern", 1))
			r.commit()
			r.move(folder0+"/Fern.yaml", fern)
			r.commit()
		}, map[string][2]int{"fern.yaml": {1, 2}}},
		"a folder that moved, file by file edited": {func(r *repository) {
			for i := range 30 {
				r.put(fmt.Sprintf("coops/c%d.yaml", i), profile(fmt.Sprint(i), 1))
			}
			r.commit()
			r.put("coops/c7.yaml", profile("7", 2))
			r.commit()
			r.move("coops", folder0)
			r.put(folder0+"/c7.yaml", profile("7", 3))
			r.put(folder0+"/c8.yaml", profile("8", 3))
			r.commit()
			r.put(folder0+"/c8.yaml", profile("8", 4))
			r.commit()
			r.git("rm", "-q", "-r", folder0)
			r.put(folder0+"/c7.yaml", profile("7", 3))
			r.put(folder0+"/c8.yaml", profile("8", 4))
			r.commit()
		}, map[string][2]int{"c7.yaml": {1, 3}, "c8.yaml": {1, 4}}},
		"another co-op in the place of one that left": {func(r *repository) {
			r.put(fern, profile("fern", 1))
			r.commit()
			r.git("rm", "-q", fern)
			r.put(folder0+"/moss.yaml", profile("moss", 1))
			r.commit()
		}, map[string][2]int{"moss.yaml": {2, 2}}},
		"a name that another file left": {func(r *repository) {
			r.put(fern, profile("fern", 1))
			r.commit()
			r.move(fern, folder0+"/bracken.yaml")
			r.commit()
			r.put(fern, profile("a new one", 1))
			r.commit()
		}, map[string][2]int{"bracken.yaml": {1, 2}, "fern.yaml": {3, 3}}},
		"removed and back": {func(r *repository) {
			r.put(fern, profile("fern", 1))
			r.put(folder0+"/moss.yaml", profile("moss", 1))
			r.commit()
			r.git("rm", "-q", fern)
			r.commit()
			r.put(fern, profile("fern", 1))
			r.commit()
			r.git("rm", "-q", folder0+"/moss.yaml")
			r.commit()
		}, map[string][2]int{"fern.yaml": {1, 3}}},
		"a change on a branch is dated by its commit, not by the merge": {func(r *repository) {
			r.put(fern, profile("fern", 1))
			r.put("README.md", "1")
			r.commit()
			r.git("checkout", "-q", "-b", "branch")
			r.put(fern, profile("fern", 2))
			r.put(folder0+"/moss.yaml", profile("moss", 1))
			r.commit()
			r.git("checkout", "-q", "main")
			r.put("README.md", "2")
			r.put(folder0+"/oak.yaml", profile("oak", 1))
			r.commit()
			r.git("checkout", "-q", "branch", "--", folder0)
			r.merge("branch")
		}, map[string][2]int{"fern.yaml": {1, 2}, "moss.yaml": {2, 2}, "oak.yaml": {3, 3}}},
		"what a merge took from neither side is its own": {func(r *repository) {
			r.put(fern, profile("fern", 1))
			r.commit()
			r.git("checkout", "-q", "-b", "branch")
			r.put(fern, profile("fern", 2))
			r.commit()
			r.git("checkout", "-q", "main")
			r.put(fern, profile("fern", 3))
			r.commit()
			r.put(fern, profile("fern", 4))
			r.merge("branch")
		}, map[string][2]int{"fern.yaml": {1, 4}}},
		"a change that a merge left out": {func(r *repository) {
			r.put(fern, profile("fern", 1))
			r.commit()
			r.git("checkout", "-q", "-b", "branch")
			r.put(fern, profile("fern", 2))
			r.commit()
			r.git("checkout", "-q", "main")
			r.put("README.md", "2")
			r.commit()
			r.merge("branch")
		}, map[string][2]int{"fern.yaml": {1, 1}}},
		"a rename on one side, an edit on the other": {func(r *repository) {
			r.put(fern, profile("fern", 1))
			r.commit()
			r.git("checkout", "-q", "-b", "branch")
			r.move(fern, folder0+"/bracken.yaml")
			r.commit()
			r.git("checkout", "-q", "main")
			r.put(fern, profile("fern", 2))
			r.commit()
			r.move(fern, folder0+"/bracken.yaml")
			r.merge("branch")
		}, map[string][2]int{"bracken.yaml": {1, 3}}},
		"a merge of three, with a beginning of its own": {func(r *repository) {
			r.put(fern, profile("fern", 1))
			r.commit()
			r.git("checkout", "-q", "-b", "one")
			r.put(folder0+"/one.yaml", profile("one", 1))
			r.commit()
			r.git("checkout", "-q", "--orphan", "two")
			r.git("rm", "-q", "-r", "--cached", ".")
			os.RemoveAll(filepath.Join(r.dir, "data"))
			r.put(folder0+"/two.yaml", profile("two", 1))
			r.commit()
			r.git("checkout", "-q", "main")
			r.put("README.md", "hello")
			r.commit()
			r.git("checkout", "-q", "one", "--", folder0)
			r.git("checkout", "-q", "two", "--", folder0)
			r.merge("one", "two")
		}, map[string][2]int{"fern.yaml": {1, 1}, "one.yaml": {2, 2}, "two.yaml": {3, 3}}},
		"a link and a file that can be run": {func(r *repository) {
			r.put(fern, profile("fern", 1))
			if err := os.Symlink("fern.yaml", filepath.Join(r.dir, folder0, "link.yaml")); err != nil {
				r.t.Fatal(err)
			}
			r.commit()
			r.git("update-index", "--chmod=+x", fern)
			r.record([]string{"HEAD^{}"}[:0])
		}, map[string][2]int{"fern.yaml": {2, 2}, "link.yaml": {2, 2}}},
		"names of odd bytes": {func(r *repository) {
			r.put(folder0+"/caf\xe9 \"x\"\n.yaml", "1")
			r.commit()
			r.put(folder0+"/caf\xe9 \"x\"\n.yaml", "2")
			r.commit()
		}, map[string][2]int{"caf\xe9 \"x\"\n.yaml": {1, 2}}},
	} {
		t.Run(name, func(t *testing.T) {
			made := newRepository(t)
			c.history(made)
			got := datesOf(t, made.open(), "HEAD", "")
			if !maps.Equal(got, c.want) {
				t.Errorf("first and last days are %v, want %v\n%s", got, c.want, made.git("log", "--graph", "--format=%h %cs", "--name-status"))
			}
		})
	}
}

func TestDatesOfAFolderMeanTheWholeRepositoryForItsTop(t *testing.T) {
	made := newRepository(t)
	made.put("a.yaml", "1")
	made.commit()
	for _, folder := range []string{"", "."} {
		found, err := made.open().Dates(t.Context(), "HEAD", folder, "")
		if err != nil || len(found) != 1 || found["a.yaml"].First != day(1) {
			t.Errorf("Dates of %q: %v, %v", folder, found, err)
		}
	}
}

// TestDatesAgreeWithGit holds random histories of many branches against git, and the dates that a cache helped
// with against those of a whole walk.
func TestDatesAgreeWithGit(t *testing.T) {
	for seed := range uint64(5) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 0))
			dir := t.TempDir()
			git(t, dir, "init", "-q", "--initial-branch=main")
			var stream bytes.Buffer
			heads := writeBranches(&stream, random, 40, false)
			gitIn(t, dir, &stream, "fast-import", "--quiet", "--export-marks=marks")
			r := open(t, dir)
			for _, head := range heads[len(heads)-4:] {
				got := datesOf(t, r, head, "")
				for name := range got {
					at := folder0 + "/" + name
					days := strings.Fields(git(t, dir, "log", "--date=format:%j", "--format=%cd", head, "--", at))
					last, _ := strconv.Atoi(days[0])
					first, _ := strconv.Atoi(days[len(days)-1])
					if want := [2]int{first, last}; got[name] != want {
						t.Errorf("%s at %s: %v, and git says %v\n%s", name, head, got[name], want, git(t, dir, "log", "--graph", "--date=format:%j", "--format=%h %cd", "--name-status", head))
					}
				}
			}
		})
	}
}

func TestDatesFromACacheAreThoseOfAWholeWalk(t *testing.T) {
	for seed := range uint64(10) {
		random := rand.New(rand.NewPCG(seed, 1))
		dir := t.TempDir()
		git(t, dir, "init", "-q", "--initial-branch=main")
		var stream bytes.Buffer
		heads := writeBranches(&stream, random, 60, true)
		gitIn(t, dir, &stream, "fast-import", "--quiet")
		r := open(t, dir)
		cache := filepath.Join(t.TempDir(), "cache")
		for range 8 {
			head := heads[random.IntN(len(heads))]
			got, want := datesOf(t, r, head, cache), datesOf(t, r, head, "")
			if !maps.Equal(got, want) {
				t.Errorf("seed %d at %s: %v from the cache, %v without", seed, head, got, want)
			}
		}
		// And forward, as a site is built again and again.
		os.Remove(cache)
		for _, head := range heads {
			if got, want := datesOf(t, r, head, cache), datesOf(t, r, head, ""); !maps.Equal(got, want) {
				t.Errorf("seed %d, forward, at %s: %v from the cache, %v without", seed, head, got, want)
			}
		}
	}
}

// writeBranches writes a history of several branches for git fast-import: the tag c7 is its seventh commit, of the
// seventh day. It returns the tags along the first branch. A file never has what another had, unless it is
// renamed.
func writeBranches(to *bytes.Buffer, random *rand.Rand, commits int, renames bool) (heads []string) {
	type commit struct{ files map[string]string }
	var all []commit
	tips := []int{}
	w := bufio.NewWriter(to)
	defer w.Flush()
	edition := 0
	text := func(name string) string { edition++; return profile(name, edition) }
	for n := range commits {
		var parents []int
		var files map[string]string
		branch := 0
		switch {
		case n == 0:
			files, tips = map[string]string{}, []int{0}
		default:
			branch = random.IntN(len(tips))
			parents = []int{tips[branch]}
			files = maps.Clone(all[parents[0]].files)
			if other := tips[random.IntN(len(tips))]; other != parents[0] && random.IntN(3) == 0 {
				parents = append(parents, other)
				theirs := all[other].files
				for _, name := range slices.Sorted(maps.Keys(theirs)) {
					if random.IntN(2) == 0 {
						files[name] = theirs[name]
					}
				}
				for _, name := range slices.Sorted(maps.Keys(files)) {
					if _, ok := theirs[name]; !ok && random.IntN(4) == 0 {
						delete(files, name)
					}
				}
			} else if len(tips) < 4 && random.IntN(4) == 0 {
				branch = len(tips)
				tips = append(tips, 0)
			}
		}
		names := slices.Sorted(maps.Keys(files))
		for range 1 + random.IntN(2) {
			if len(parents) > 1 && random.IntN(3) > 0 {
				break // a merge that only merges
			}
			name := fmt.Sprintf("%c.yaml", 'a'+random.IntN(7))
			switch old, there := files[name]; {
			case there && random.IntN(4) == 0:
				delete(files, name)
			case there && renames && random.IntN(3) == 0:
				delete(files, name)
				to := fmt.Sprintf("%c.yaml", 'a'+random.IntN(7))
				if !slices.Contains(names, to) {
					files[to] = old
				}
			default:
				files[name] = text(name + strconv.Itoa(edition))
			}
		}
		all = append(all, commit{files})
		tips[branch] = n
		tag := "c" + strconv.Itoa(n+1)
		fmt.Fprintf(w, "reset refs/tags/%s\ncommit refs/tags/%s\nmark :%d\ncommitter S <s@s.example> %d +0000\ndata 1\nx\n", tag, tag, n+1, day(n+1).Unix())
		for i, p := range parents {
			fmt.Fprintf(w, "%s :%d\n", []string{"from", "merge"}[min(i, 1)], p+1)
		}
		fmt.Fprintf(w, "deleteall\nM 644 inline n\ndata 3\n%03d\n", n)
		for _, name := range slices.Sorted(maps.Keys(files)) {
			fmt.Fprintf(w, "M 644 inline %s/%s\ndata %d\n%s\n", folder0, name, len(files[name]), files[name])
		}
		if branch == 0 {
			heads = append(heads, tag)
		}
	}
	return heads
}

func TestCacheThatCannotBeUsedIsWrittenAnew(t *testing.T) {
	made := newRepository(t)
	made.put(folder0+"/fern.yaml", profile("fern", 1))
	made.commit()
	made.put(folder0+"/fern.yaml", profile("fern", 2))
	made.commit()
	r := made.open()
	want := map[string][2]int{"fern.yaml": {1, 2}}
	good := filepath.Join(t.TempDir(), "good")
	datesOf(t, r, "HEAD", good)
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	other := newRepository(t)
	other.put(folder0+"/fern.yaml", "another repository")
	other.commit()
	foreign := filepath.Join(t.TempDir(), "foreign")
	datesOf(t, other.open(), "HEAD", foreign)
	theirs, err := os.ReadFile(foreign)
	if err != nil {
		t.Fatal(err)
	}
	lying := strings.Replace(string(whole[65:]), "fern", "moss", 1)
	for name, content := range map[string]string{
		"empty":         "",
		"cut off":       string(whole[:len(whole)-5]),
		"a bit off":     strings.Replace(string(whole), "file 1", "file 2", 1),
		"no cache":      "hello\nthere\n",
		"foreign":       string(theirs),
		"of nothing":    checksum(cacheFormat+"\n") + "\n" + cacheFormat + "\n",
		"not its files": checksum(lying) + "\n" + lying,
	} {
		t.Run(name, func(t *testing.T) {
			cache := filepath.Join(t.TempDir(), "cache")
			if err := os.WriteFile(cache, []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
			if got := datesOf(t, r, "HEAD", cache); !maps.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			if now, err := os.ReadFile(cache); err != nil || !bytes.Equal(now, whole) {
				t.Errorf("the cache holds %q (%v), want %q", now, err, whole)
			}
		})
	}
	t.Run("of another folder", func(t *testing.T) {
		if _, err := r.Dates(t.Context(), "HEAD", "data", good); err != nil {
			t.Fatal(err)
		}
		if got := datesOf(t, r, "HEAD", good); !maps.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
	t.Run("in a folder that is not there", func(t *testing.T) {
		if got := datesOf(t, r, "HEAD", filepath.Join(t.TempDir(), "no", "cache")); !maps.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestCacheIsUsed(t *testing.T) {
	made := newRepository(t)
	made.put(folder0+"/fern.yaml", profile("fern", 1))
	first := made.commit()
	cache := filepath.Join(t.TempDir(), "cache")
	datesOf(t, made.open(), "HEAD", cache)
	for i := range 3 {
		made.put(folder0+"/fern.yaml", profile("fern", 2+i))
		made.commit()
	}
	r := made.open()
	datesOf(t, r, "HEAD", cache)
	if order, err := r.between(t.Context(), mustResolve(t, r, first), mustResolve(t, r, "HEAD")); err != nil || len(order) != 3 {
		t.Errorf("%d commits since the cache (%v), want 3", len(order), err)
	}
}

func TestRewrittenHistoryIsWalkedAnew(t *testing.T) {
	made := newRepository(t)
	made.put(folder0+"/fern.yaml", profile("fern", 1))
	made.commit()
	made.put(folder0+"/fern.yaml", profile("fern", 2))
	made.commit()
	cache := filepath.Join(t.TempDir(), "cache")
	r := made.open()
	datesOf(t, r, "HEAD", cache)
	made.git("reset", "-q", "--hard", "HEAD~1")
	made.put("README.md", "hello")
	made.commit()
	if got, want := datesOf(t, made.open(), "HEAD", cache), (map[string][2]int{"fern.yaml": {1, 1}}); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestShallowCloneIsNeverDated(t *testing.T) {
	made := newRepository(t)
	for i := range 5 {
		made.put(folder0+"/fern.yaml", profile("fern", i))
		made.commit()
	}
	cache := filepath.Join(t.TempDir(), "cache")
	whole := made.open()
	datesOf(t, whole, "HEAD~1", cache)
	clone := filepath.Join(t.TempDir(), "clone")
	git(t, made.dir, "clone", "-q", "--depth=3", "file://"+made.dir, clone)
	r := open(t, clone)
	if found, err := r.Dates(t.Context(), "HEAD", folder0, ""); !errors.Is(err, ErrShallow) || found != nil {
		t.Errorf("got %v, %v, want %v", found, err, ErrShallow)
	}
	// With what an earlier run found out, nothing is missing.
	if got, want := datesOf(t, r, "HEAD", cache), (map[string][2]int{"fern.yaml": {1, 5}}); !maps.Equal(got, want) {
		t.Errorf("with a cache: got %v, want %v", got, want)
	}
}

func TestDatesStopWhenTold(t *testing.T) {
	made := newRepository(t)
	made.put(folder0+"/fern.yaml", "1")
	made.commit()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := made.open().Dates(ctx, "HEAD", folder0, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestClocksThatWereWrong(t *testing.T) {
	made := newRepository(t)
	made.day = 10
	made.put(folder0+"/fern.yaml", profile("fern", 1))
	made.commit() // on the 11th
	made.day = 4
	made.put(folder0+"/fern.yaml", profile("fern", 2))
	made.commit() // on the 5th
	made.day = 20
	made.put("README.md", "hello")
	made.commit()
	if got, want := datesOf(t, made.open(), "HEAD", ""), (map[string][2]int{"fern.yaml": {5, 5}}); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
