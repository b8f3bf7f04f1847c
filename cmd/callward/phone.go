package main

import (
	"io"
	"log/slog"
)

// options are what the running program is started with.
type options struct {
	// Profile is the data folder, absolute. It may not exist yet.
	Profile string
	// Headless is set where no window is wanted.
	Headless bool
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
	return run(env.ctx, options{
		Profile:  env.profile,
		Headless: true,
		Out:      env.stdout,
		Log:      slog.New(slog.NewTextHandler(env.stderr, nil)),
	})
}
