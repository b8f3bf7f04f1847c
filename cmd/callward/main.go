// Callward is a softphone for the desktop. The same program is the phone, with
// --headless, and the client that works it over the local socket of its
// profile; docs/control.md describes both.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// version is set by the linker.
var version = "unknown"

func main() {
	os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Main runs one command line and returns the exit code. It is the whole
// program but for the process: tests call it too.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var (
		line cli
		done bool // --help or --version has said it all
	)
	parser, err := kong.New(&line,
		kong.Name("callward"),
		kong.Description("A softphone. The commands work the one that runs on the same profile."),
		kong.Vars{"version": version},
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { done = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		fmt.Fprintln(stderr, "callward:", err)
		return exitFailed
	}
	parsed, err := parser.Parse(args)
	if done {
		return exitDone
	}
	if err != nil {
		printUsageError(stderr, err)
		return exitUsage
	}
	if line.Headless && !strings.HasPrefix(parsed.Command(), "phone") {
		return report(stderr, usageError("--headless runs the phone: it goes without a command."))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second signal ends the program at once.
	defer context.AfterFunc(ctx, stop)()

	profile, err := profileDir(line.Profile)
	if err == nil {
		err = parsed.Run(&environment{ctx, profile, stdin, output{stdout}, stderr})
	}
	return report(stderr, err)
}

// printUsageError says what is wrong with the command line, and how it should be.
func printUsageError(stderr io.Writer, err error) {
	fmt.Fprintf(stderr, "callward: %v\n", err)
	var parse *kong.ParseError
	if errors.As(err, &parse) && parse.Context != nil {
		parse.Context.Stdout = stderr
		_ = kong.DefaultShortHelpPrinter(kong.HelpOptions{}, parse.Context)
	}
}
