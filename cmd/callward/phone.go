package main

import (
	"io"
	"log/slog"
	"time"
)

// options are what the running program is started with.
type options struct {
	// Profile is the data folder, absolute. It may not exist yet.
	Profile string
	// Headless is set where no window is wanted.
	Headless bool
	// MediaWarn and MediaEnd are how long no sound comes in a call until the
	// agent is told, and until the call is ended.
	MediaWarn, MediaEnd time.Duration
	// Out gets what the program says at its start.
	Out io.Writer
	// Log gets what the program has to say while it runs.
	Log *slog.Logger
}

// phoneCommand runs the phone itself: the command line without a command.
type phoneCommand struct{}

func (phoneCommand) Run(env *environment, line *cli) error {
	if !line.Headless {
		return usageError("There is no window yet: callward --headless runs the phone without one, and callward --help lists the commands.")
	}
	if line.MediaWarn <= 0 || line.MediaEnd < line.MediaWarn {
		return usageError("--media-warn is more than 0, and --media-end no less than it.")
	}
	return run(env.ctx, options{
		Profile:   env.profile,
		Headless:  true,
		MediaWarn: line.MediaWarn, MediaEnd: line.MediaEnd,
		Out: env.stdout,
		Log: slog.New(slog.NewTextHandler(env.stderr, nil)),
	})
}
