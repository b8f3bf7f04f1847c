package control

import (
	"context"

	"github.com/callward/callward/phone"
)

// Texts is what the server works of texts; phone.Phone satisfies it.
type Texts interface {
	// SendText returns once the text is on the disk.
	SendText(ctx context.Context, r phone.TextRequest) (phone.Text, error)
	RetryText(ctx context.Context, id phone.TextID) error
	Text(ctx context.Context, id phone.TextID) (phone.Text, error)
	Threads(ctx context.Context, q phone.ThreadQuery) (part []phone.Thread, total int, err error)
	// Thread takes a normal form, ThreadOf a number as typed, and by what a text to it would go, or "".
	Thread(ctx context.Context, number string) (phone.Thread, error)
	ThreadOf(ctx context.Context, typed, via string) (phone.Thread, error)
	Timeline(ctx context.Context, q phone.TimelineQuery) ([]phone.ThreadItem, error)
	SearchTexts(ctx context.Context, q phone.TextSearch) ([]phone.TextFound, error)
	SeeTexts(ctx context.Context, number string, to int64) error
	DeleteTexts(ctx context.Context, ids ...phone.TextID) error
	RestoreTexts(ctx context.Context, ids ...phone.TextID) error
	TextSettings(ctx context.Context) (phone.TextSettings, error)
	SetTextSettings(ctx context.Context, s phone.TextSettings) error
}
