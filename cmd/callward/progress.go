package main

import (
	"context"
	"fmt"
	"os"

	"github.com/callward/callward/phone"
)

// watch shows on a terminal how far an import is, until stop is called.
func (env *environment) watch() (stop func()) {
	terminal, ok := env.stderr.(*os.File)
	if !ok {
		return func() {}
	}
	if info, err := terminal.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return func() {}
	}
	ctx, cancel := context.WithCancel(env.ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		env.showProgress(ctx)
	}()
	return func() {
		cancel()
		<-done
	}
}

// showProgress prints each number over the one before. What it cannot do is no failure of the import.
func (env *environment) showProgress(ctx context.Context) {
	client, err := env.connect(ctx)
	if err != nil {
		return
	}
	defer client.Close()
	if client.Subscribe(ctx) != nil {
		return
	}
	const line = "\r%s read…"
	shown := false
	for {
		e, err := client.NextEvent(ctx)
		if err != nil {
			if shown {
				fmt.Fprint(env.stderr, "\r\x1b[K") // the report takes its place
			}
			return
		}
		if e.Kind == phone.EventProgress {
			fmt.Fprintf(env.stderr, line, printable(e.Text))
			shown = true
		}
	}
}
