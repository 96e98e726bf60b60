package cli_test

import (
	"bytes"
	"encoding/hex"
	"os"
	"os/exec"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// large FILE writes a profile of ten megabytes.
func large(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: large FILE")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), append([]byte("name: Fern\nlisted_by: coop\n"), bytes.Repeat([]byte("# and more\n"), 1<<20)...), 0o644))
}

// outside REF makes a branch "outside" that has, beside the files of another, one that leads out of the folder.
func outside(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: outside REF")
	}
	git := func(input []byte, args ...string) []byte {
		cmd := exec.Command("git", args...)
		cmd.Dir, cmd.Stdin = ts.MkAbs("."), bytes.NewReader(input)
		for _, name := range []string{"GIT_CONFIG_GLOBAL", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"} {
			cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
		}
		out, err := cmd.Output()
		if err != nil {
			ts.Fatalf("git %v: %v", args, err)
		}
		return out
	}
	id := func(out []byte) string { return strings.TrimSpace(string(out)) }
	blob, err := hex.DecodeString(id(git([]byte("outside"), "hash-object", "-w", "--stdin")))
	ts.Check(err)
	tree := git(nil, "cat-file", "tree", args[0]+"^{tree}")
	tree = append([]byte("100644 ..\x00"+string(blob)), tree...)
	made := id(git(tree, "hash-object", "-t", "tree", "-w", "--stdin", "--literally"))
	commit := id(git(nil, "commit-tree", "-p", args[0], "-m", "outside", made))
	git(nil, "update-ref", "refs/heads/outside", commit)
}
