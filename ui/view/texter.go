package view

import (
	"context"
	"time"

	"github.com/callward/callward/phone"
)

// TextKeeper keeps the texts and sends them; *phone.Phone satisfies it. Its methods wait for the disk, but Compose, which returns at once.
type TextKeeper interface {
	SendText(ctx context.Context, r phone.TextRequest) (phone.Text, error)
	RetryText(ctx context.Context, id phone.TextID) error
	Threads(ctx context.Context, q phone.ThreadQuery) (part []phone.Thread, total int, err error)
	Thread(ctx context.Context, number string) (phone.Thread, error)
	ThreadOf(ctx context.Context, typed, via string) (phone.Thread, error)
	Timeline(ctx context.Context, q phone.TimelineQuery) ([]phone.ThreadItem, error)
	SearchTexts(ctx context.Context, q phone.TextSearch) ([]phone.TextFound, error)
	SeeTexts(ctx context.Context, number string, to int64) error
	UnseenTexts(ctx context.Context) (int, error)
	SaveDraft(ctx context.Context, number, text string) error
	DeleteTexts(ctx context.Context, ids ...phone.TextID) error
	RestoreTexts(ctx context.Context, ids ...phone.TextID) error
	DeleteThread(ctx context.Context, number string) (at time.Time, err error)
	RestoreThread(ctx context.Context, number string, at time.Time) error
	Compose(number string, typing bool)
	TextSettings(ctx context.Context) (phone.TextSettings, error)
}
