package history

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
)

func mustResolve(t *testing.T, r *Repository, revision string) plumbing.Hash {
	t.Helper()
	h, err := r.resolve(revision)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// small is a repository of two commits, a branch and tags.
func small(t *testing.T) *repository {
	made := newRepository(t)
	made.put(folder0+"/fern.yaml", profile("fern", 1))
	made.commit()
	made.put(folder0+"/moss.yaml", profile("moss", 1))
	made.commit()
	made.git("branch", "feature/x", "HEAD~1")
	made.git("tag", "light", "HEAD~1")
	made.git("-c", "user.name=S", "-c", "user.email=s@s.example", "tag", "-m", "heavy", "heavy", "light")
	made.git("-c", "user.name=S", "-c", "user.email=s@s.example", "tag", "-m", "heavier", "heavier", "heavy")
	made.git("update-ref", "refs/remotes/origin/main", "HEAD")
	made.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
	return made
}

func TestOpenWhateverGitMakes(t *testing.T) {
	for name, shape := range map[string]func(t *testing.T, made *repository) string{
		"loose objects": func(t *testing.T, made *repository) string { return made.dir },
		"packed, and packed references": func(t *testing.T, made *repository) string {
			made.git("gc", "-q")
			made.git("pack-refs", "--all")
			return made.dir
		},
		"two packs and loose objects": func(t *testing.T, made *repository) string {
			made.git("repack", "-dq")
			made.put(folder0+"/fern.yaml", profile("fern", 9))
			made.commit()
			made.git("repack", "-dq")
			made.git("branch", "-f", "main2", "HEAD")
			made.git("reset", "-q", "--hard", "HEAD~1")
			return made.dir
		},
		"a folder in it": func(t *testing.T, made *repository) string { return filepath.Join(made.dir, "data") },
		"a link to it": func(t *testing.T, made *repository) string {
			link := filepath.Join(t.TempDir(), "link")
			if err := os.Symlink(filepath.Join(made.dir, "data"), link); err != nil {
				t.Fatal(err)
			}
			return link
		},
		"a detached head": func(t *testing.T, made *repository) string {
			made.git("checkout", "-q", "--detach")
			return made.dir
		},
		"bare": func(t *testing.T, made *repository) string {
			dir := filepath.Join(t.TempDir(), "bare.git")
			made.git("clone", "-q", "--bare", made.dir, dir)
			return dir
		},
		"a worktree": func(t *testing.T, made *repository) string {
			dir := filepath.Join(t.TempDir(), "tree")
			made.git("worktree", "add", "-q", "--detach", dir)
			return dir
		},
		"a clone that shares objects": func(t *testing.T, made *repository) string {
			dir := filepath.Join(t.TempDir(), "shared")
			made.git("clone", "-q", "--shared", made.dir, dir)
			return dir
		},
		"a clone without contents": func(t *testing.T, made *repository) string {
			made.git("config", "uploadpack.allowFilter", "true")
			dir := filepath.Join(t.TempDir(), "partial")
			made.git("clone", "-q", "--no-checkout", "--filter=blob:none", "file://"+made.dir, dir)
			return dir
		},
		"with settings of a worktree": func(t *testing.T, made *repository) string {
			made.git("sparse-checkout", "init")
			return made.dir
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := open(t, shape(t, small(t)))
			got := datesOf(t, r, "HEAD", "")
			if want := [2]int{1, 1}; len(got) != 2 || got["fern.yaml"] != want {
				t.Errorf("got %v", got)
			}
			if c, err := r.Compare(t.Context(), "HEAD~1", "HEAD"); err != nil || len(c.Changes) != 1 {
				t.Errorf("Compare: %v, %v", c, err)
			}
		})
	}
}

func TestPrefixIsTheFolderItWasOpenedBy(t *testing.T) {
	made := small(t)
	bare := filepath.Join(t.TempDir(), "bare.git")
	made.git("clone", "-q", "--bare", made.dir, bare)
	for dir, want := range map[string]string{
		made.dir:                              "",
		filepath.Join(made.dir, "data"):       "data",
		filepath.Join(made.dir, "data/coops"): "data/coops",
		bare:                                  "",
		filepath.Join(bare, "refs"):           "",
	} {
		if got := open(t, dir).Prefix(); got != want {
			t.Errorf("prefix of %s is %q, want %q", dir, got, want)
		}
	}
}

func TestWhatCannotBeOpenedSaysWhatToDo(t *testing.T) {
	for name, c := range map[string]struct {
		make func(t *testing.T) string
		want error
	}{
		"no repository": {func(t *testing.T) string { return t.TempDir() }, ErrNotRepository},
		"a worktree whose repository has gone": {func(t *testing.T) string {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, ".git"), []byte("gitdir: /nowhere/at/all\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			return dir
		}, ErrNotRepository},
		"a .git that is nothing": {func(t *testing.T) string {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, ".git"), []byte("hello\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			return dir
		}, ErrNotRepository},
		"hashes of another kind": {func(t *testing.T) string {
			dir := t.TempDir()
			git(t, dir, "init", "-q", "--object-format=sha256")
			return dir
		}, ErrUnsupported},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Open(c.make(t))
			if !errors.Is(err, c.want) || r != nil {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestRevisionsAreThoseOfGit(t *testing.T) {
	made := small(t)
	made.git("checkout", "-q", "-b", "side", "HEAD~1")
	made.put("README.md", "hello")
	made.commit()
	made.git("checkout", "-q", "main")
	made.merge("side")
	made.git("pack-refs", "--all")
	full := made.git("rev-parse", "HEAD~1")
	r := made.open()
	for _, revision := range []string{"HEAD", "main", "heads/main", "refs/heads/main", "feature/x", "light", "heavy", "heavier", "tags/heavy",
		"origin/main", "origin", "HEAD^", "HEAD^1", "HEAD^2", "HEAD~2", "HEAD^2~1", "HEAD^^", "main~0", "HEAD^0", full, full[:9], full[:8], strings.ToUpper(full[:11]),
		full + "^", made.git("rev-parse", "heavier")} {
		c, err := r.Commit(revision)
		if err != nil {
			t.Errorf("%s: %v", revision, err)
			continue
		}
		if want := made.git("rev-parse", revision+"^{commit}"); c.Hash != want {
			t.Errorf("%s is %s, and for git %s", revision, c.Hash, want)
		}
	}
	for _, revision := range []string{"", "nothing", "HEAD^3", "HEAD~99", "HEAD~99999999999999999999", "HEAD^-1", "HEAD^{tree}", "HEAD:data", "config", "../../etc/passwd", "refs/../config",
		"-x", full[:3], strings.Repeat("0", 40), strings.Repeat("f", 7), "HEAD@{1}", "a\nb", made.git("rev-parse", "HEAD:data")} {
		if c, err := r.Commit(revision); err == nil {
			t.Errorf("%q is commit %s, want an error", revision, c.Hash)
		} else if !errors.Is(err, ErrUnknownRevision) && !strings.Contains(revision, "999") && !strings.Contains(revision, made.git("rev-parse", "HEAD:data")) {
			t.Errorf("%q: %v, want %v", revision, err, ErrUnknownRevision)
		}
	}
}

func TestRepositoryWithoutCommits(t *testing.T) {
	if _, err := newRepository(t).open().Dates(t.Context(), "HEAD", folder0, ""); !errors.Is(err, ErrUnknownRevision) {
		t.Errorf("got %v, want %v", err, ErrUnknownRevision)
	}
}

func TestCloneWithoutFoldersSaysWhatToDo(t *testing.T) {
	made := small(t)
	made.git("config", "uploadpack.allowFilter", "true")
	dir := filepath.Join(t.TempDir(), "partial")
	made.git("clone", "-q", "--no-checkout", "--filter=tree:0", "file://"+made.dir, dir)
	if _, err := open(t, dir).Dates(t.Context(), "HEAD", folder0, ""); !errors.Is(err, ErrIncomplete) {
		t.Errorf("got %v, want %v", err, ErrIncomplete)
	}
}
