package view

import (
	"context"

	"github.com/callward/callward/phone"
)

// Caller makes and ends calls; *phone.Phone satisfies it. Its methods wait for
// the phone's loop, never for the network.
type Caller interface {
	Gate(ctx context.Context, r phone.CallRequest) (phone.Target, error)
	Dial(ctx context.Context, r phone.CallRequest) (phone.CallID, error)
	Answer(ctx context.Context, id phone.CallID) error
	Decline(ctx context.Context, id phone.CallID) error
	Hangup(ctx context.Context, id phone.CallID) error
	Mute(ctx context.Context, id phone.CallID, on bool) error
	DTMF(ctx context.Context, id phone.CallID, digits string) error
}

// History reads the calls that were; *phone.Phone satisfies it. Its methods
// wait for the disk.
type History interface {
	CallKeys(ctx context.Context, q phone.CallQuery) ([]phone.CallKey, error)
	CallRows(ctx context.Context, rows []int64) ([]phone.CallRecord, error)
	DeleteCall(ctx context.Context, id phone.CallID) error
	MissedUnseen(ctx context.Context) (int, error)
	SeeMissed(ctx context.Context) error
}

// Worker does what may wait beside the goroutine of the screen.
type Worker interface {
	// Do runs work on a goroutine of its own and then, on that of the screen, done
	// with its error. It returns at once.
	Do(work func(ctx context.Context) error, done func(error))
}

// Numbers writes telephone numbers for people.
type Numbers interface {
	// Listed returns the normal form of a number as the contacts and the blacklist have it.
	Listed(text, country string) (string, error)
	// Display returns a normal form as a person in a country writes it.
	Display(number, country string) string
	// Link returns what a person would type for a link such as tel:+442079460018; another text as it is.
	Link(text string) string
}

// Words are the texts of a language.
type Words interface {
	// L returns a text, where {{.Name}} is filled in from data.
	L(text string, data ...any) string
	// N returns the form of a text that fits a count, {{.Count}} in it.
	N(text string, count int) string
}
