package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
)

// The exit codes.
const (
	exitDone       = 0
	exitFailed     = 1 // with a sentence on stderr
	exitUsage      = 2
	exitBlocked    = 3 // the number is blacklisted, and --anyway was not said
	exitNotRunning = 4
)

// usageError is a command line that parses and yet makes no sense.
type usageError string

func (e usageError) Error() string { return string(e) }

// notRunning is the profile that no program runs on.
type notRunning string

func (e notRunning) Error() string {
	return fmt.Sprintf("Callward does not run on the profile %s; callward starts it, callward --headless without a window.", string(e))
}

// failure is a sentence about what went wrong on this side.
type failure string

func (e failure) Error() string { return string(e) }

// outputError tells that stdout could not be written.
type outputError struct{ error }

func (e outputError) Unwrap() error { return e.error }

// output is stdout; what it fails with is an outputError.
type output struct{ io.Writer }

func (o output) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if err != nil {
		err = outputError{err}
	}
	return n, err
}

// report prints err as a sentence and returns the exit code that it comes to.
func report(stderr io.Writer, err error) int {
	if err == nil || brokenPipe(err) {
		return exitDone
	}
	var (
		usage    usageError
		none     notRunning
		answered *control.Error
	)
	hint := ""
	if errors.As(err, &answered) && answered.Code == phone.CodeBlocked {
		hint = " --anyway calls it all the same."
	}
	fmt.Fprintln(stderr, "callward:", sentence(err)+hint)
	switch {
	case errors.As(err, &usage):
		return exitUsage
	case errors.As(err, &answered) && answered.Code == phone.CodeBlocked:
		return exitBlocked
	case errors.As(err, &none):
		return exitNotRunning
	}
	return exitFailed
}

// brokenPipe tells that whoever read the output has left: "callward events | head".
func brokenPipe(err error) bool {
	var unsaid outputError
	return errors.As(err, &unsaid) && (errors.Is(unsaid, syscall.EPIPE) || errors.Is(unsaid, io.ErrClosedPipe))
}

func sentence(err error) string {
	var (
		answered *control.Error
		usage    usageError
		none     notRunning
		here     failure
		unsaid   outputError
	)
	switch {
	case errors.As(err, &answered):
		return printable(answered.Message)
	case errors.As(err, &usage), errors.As(err, &none), errors.As(err, &here):
		return err.Error()
	case errors.As(err, &unsaid):
		return fmt.Sprintf("The output cannot be written: %v.", unsaid)
	case errors.Is(err, context.DeadlineExceeded):
		return "Callward does not answer."
	case errors.Is(err, context.Canceled):
		return "Interrupted."
	case errors.Is(err, io.EOF):
		return "Callward has ended before it answered."
	}
	return printable(phone.Sentence(err))
}
