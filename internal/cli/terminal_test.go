//go:build unix

package cli_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// terminal is the program at a pseudo-terminal, in a directory of its own.
type terminal struct {
	t      *testing.T
	dir    string
	screen *os.File
	shown  bytes.Buffer // all that was written to it
	cmd    *exec.Cmd
}

func atTerminal(t *testing.T, args ...string) *terminal {
	t.Helper()
	term := &terminal{t: t, dir: t.TempDir()}
	if err := os.Mkdir(filepath.Join(term.dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute) // for a test that would wait for ever
	t.Cleanup(stop)
	term.cmd = exec.CommandContext(ctx, "coops", args...)
	term.cmd.Dir, term.cmd.Env = term.dir, append(os.Environ(), "TERM=screen") // one that is not asked for its colors, and waited for
	var err error
	if term.screen, err = pty.StartWithSize(term.cmd, &pty.Winsize{Rows: 40, Cols: 120}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { term.screen.Close() })
	return term
}

// see waits until a text is on the screen.
func (term *terminal) see(text string) {
	term.t.Helper()
	some := make([]byte, 4096)
	for !strings.Contains(term.shown.String(), text) {
		n, err := term.screen.Read(some)
		term.shown.Write(some[:n])
		if err != nil {
			term.t.Fatalf("%q is not shown (%v):\n%s", text, err, term.shown.String())
		}
	}
}

// press types keys, and forgets what was shown before.
func (term *terminal) press(keys string) {
	term.t.Helper()
	term.shown.Reset()
	if _, err := term.screen.WriteString(keys); err != nil {
		term.t.Fatal(err)
	}
}

// exits waits for the end, which must come with that code.
func (term *terminal) exits(code int) {
	term.t.Helper()
	_, _ = io.Copy(&term.shown, term.screen) // it ends with an error when the program does
	err := term.cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == code || err == nil && code == 0 {
		return
	}
	term.t.Fatalf("got %v, want exit code %d:\n%s", err, code, term.shown.String())
}

const (
	enter    = "\r"
	controlC = "\x03"
)

func TestControlCInTheMiddleOfQuestionsWritesNothing(t *testing.T) {
	for name, flags := range map[string][]string{"at a terminal": {"new"}, "line by line": {"new", "--accessible"}} {
		t.Run(name, func(t *testing.T) {
			term := atTerminal(t, flags...)
			term.see("Listed by")
			term.press("coop" + enter)
			term.see("Name")
			term.press("Late" + enter)
			term.see("Slug")
			term.press(controlC)
			term.exits(3)
			lost := len(flags) > 1 // a terminal that reads by lines throws away what is on its way to the screen
			if !lost && !strings.Contains(term.shown.String(), "coops: stopped; nothing was changed") {
				t.Errorf("shown is\n%s", term.shown.String())
			}
			entries, err := os.ReadDir(filepath.Join(term.dir, "data"))
			if err != nil || len(entries) > 0 {
				t.Errorf("data holds %v (%v)", entries, err)
			}
		})
	}
}

func TestQuestionsAreAskedInSpanishAndAnsweredWithKeys(t *testing.T) {
	term := atTerminal(t, "new", "--lang", "es")
	for _, step := range []struct{ asked, answer string }{
		{"Ficha escrita por", ""}, {"Nombre", "Brezo Digital"}, {"Slug", ""}, {"Sitio web", "brezo.example"}, {"Idiomas", "español"},
		{"Resumen", "Hacemos programas."}, {"País", "Chile"}, {"Localidad", "Arica"}, {"A distancia", "sí"}, {"Hace", "desarrollo web"}, {"Contacto", "hola@brezo.example"},
	} {
		term.see(step.asked)
		term.press(step.answer + enter)
	}
	term.exits(0)
	made, err := os.ReadFile(filepath.Join(term.dir, "data", "coops", "brezo-digital.yaml"))
	if err != nil || !strings.Contains(string(made), "- {country: CL, place: Arica}") {
		t.Errorf("%v\n%s", err, made)
	}
}
