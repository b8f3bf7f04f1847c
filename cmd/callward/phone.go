package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
	"github.com/callward/callward/ui"
)

// options are what the running program is started with.
type options struct {
	// Profile is the data folder, absolute. It may not exist yet.
	Profile string
	// Headless is set where no window is wanted.
	Headless bool
	// First is what the window shows first.
	First ui.Request
	// MediaWarn and MediaEnd are how long no sound comes in a call until the
	// agent is told, and until the call is ended.
	MediaWarn, MediaEnd time.Duration
	// Out gets what the program says at its start.
	Out io.Writer
	// Log gets what the program has to say while it runs.
	Log *slog.Logger
}

// phoneCommand runs the phone itself: the command line without a command.
type phoneCommand struct {
	Link string `arg:"" optional:"" help:"tel:, sip: or callto: what to call; it is put into the field of the window."`
	Call bool   `help:"With a link: call it at once."`
}

func (c phoneCommand) Run(env *environment, line *cli) error {
	first := ui.Request{Number: c.Link, Call: c.Call}
	switch {
	case c.Link != "" && !isLink(c.Link):
		return usageError(fmt.Sprintf("%q is neither a command nor a link such as tel:+442079460018; callward --help lists the commands.", c.Link))
	case c.Call && c.Link == "", line.Headless && c.Link != "":
		return usageError("--call goes with a link, and a link goes with a window.")
	}
	if line.MediaWarn <= 0 || line.MediaEnd < line.MediaWarn {
		return usageError("--media-warn is more than 0, and --media-end no less than it.")
	}
	err := run(env.ctx, options{
		First:     first,
		Profile:   env.profile,
		Headless:  line.Headless,
		MediaWarn: line.MediaWarn, MediaEnd: line.MediaEnd,
		Out: env.stdout,
		Log: slog.New(slog.NewTextHandler(env.stderr, nil)),
	})
	if phone.CodeOf(err) == phone.CodeExists && !line.Headless { // it runs: its window comes to the front
		return env.do("show", control.Show{Number: c.Link, Call: c.Call}, nil)
	}
	if env.ctx.Err() != nil && errors.Is(err, context.Canceled) { // ended before it had begun
		return nil
	}
	return err
}

// isLink tells whether text is a link that a browser hands over.
func isLink(text string) bool {
	scheme, _, found := strings.Cut(text, ":")
	return found && slices.Contains([]string{"tel", "sip", "sips", "callto"}, strings.ToLower(scheme))
}
