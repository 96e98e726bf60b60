package hugo

import (
	"maps"
	"sync"
	_ "unsafe" // for go:linkname

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Each time Hugo runs it tells cobra how its flags are completed. Cobra keeps that for ever, by the flags, and from a flag
// one comes to all that its command holds: Hugo keeps the pages of the site there (commands.rootCommand.Close, 0.165). A
// program that renders again and again would keep every site it ever made. Nobody lets cobra forget, so it is done here.

//go:linkname completions github.com/spf13/cobra.flagCompletionFunctions
var completions map[*pflag.Flag]cobra.CompletionFunc

//go:linkname completing github.com/spf13/cobra.flagCompletionMutex
var completing *sync.RWMutex

// remembered returns what cobra knows now.
func remembered() map[*pflag.Flag]cobra.CompletionFunc {
	completing.RLock()
	defer completing.RUnlock()
	return maps.Clone(completions)
}

// forget takes from cobra what it did not know before.
func forget(before map[*pflag.Flag]cobra.CompletionFunc) {
	completing.Lock()
	defer completing.Unlock()
	maps.DeleteFunc(completions, func(flag *pflag.Flag, _ cobra.CompletionFunc) bool { return before[flag] == nil })
}
