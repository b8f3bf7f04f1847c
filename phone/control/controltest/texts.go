package controltest

import (
	"context"
	"slices"

	"github.com/callward/callward/phone"
)

// SendText notes the text, and returns it as one that waits, after Placed.
func (p *Phone) SendText(_ context.Context, r phone.TextRequest) (phone.Text, error) {
	err := p.note("text send %q by %q: %q", r.Number, r.Via, r.Body)
	if p.Placed != nil {
		p.Placed()
	}
	return phone.Text{ID: "t9", Row: 9, Direction: phone.Out, Number: r.Number, Via: r.Via, Body: r.Body, State: phone.TextWaiting}, err
}

// RetryText notes the text.
func (p *Phone) RetryText(_ context.Context, id phone.TextID) error {
	return p.note("text retry %s", id)
}

// Text returns the one of Items; CodeNotFound where there is none.
func (p *Phone) Text(_ context.Context, id phone.TextID) (phone.Text, error) {
	for _, item := range p.Items {
		if item.Text != nil && item.Text.ID == id {
			return *item.Text, nil
		}
	}
	return phone.Text{}, &phone.Error{Code: phone.CodeNotFound, Op: "text"}
}

// Threads notes the query and returns ThreadList.
func (p *Phone) Threads(_ context.Context, q phone.ThreadQuery) ([]phone.Thread, int, error) {
	return p.ThreadList, len(p.ThreadList), p.note("text threads %q %v %d %d", q.Search, q.Unread, q.Offset, q.Limit)
}

// Thread returns the one of ThreadList, or an empty one.
func (p *Phone) Thread(_ context.Context, number string) (phone.Thread, error) {
	for _, t := range p.ThreadList {
		if t.Number == number {
			return t, nil
		}
	}
	return phone.Thread{Number: number}, nil
}

// ThreadOf fails with NoThread where that is set, else it is Thread.
func (p *Phone) ThreadOf(ctx context.Context, typed, _ string) (phone.Thread, error) {
	if p.NoThread != nil {
		return phone.Thread{}, p.NoThread
	}
	return p.Thread(ctx, typed)
}

// Timeline notes the query and returns its part of Items.
func (p *Phone) Timeline(_ context.Context, q phone.TimelineQuery) ([]phone.ThreadItem, error) {
	part := p.Items
	if q.From != (phone.Place{}) {
		part = slices.DeleteFunc(slices.Clone(part), func(i phone.ThreadItem) bool { return !i.Before(q.From) })
	}
	return part[max(0, len(part)-q.Limit):], p.note("text list %q before %d", q.Number, q.From.Row)
}

// SearchTexts notes the query and returns its part of TextsFound.
func (p *Phone) SearchTexts(_ context.Context, q phone.TextSearch) ([]phone.TextFound, error) {
	part := slices.DeleteFunc(slices.Clone(p.TextsFound), func(f phone.TextFound) bool { return q.Before > 0 && f.Text.Row >= q.Before })
	return part[:min(q.Limit, len(part))], p.note("text search %q before %d", q.Text, q.Before)
}

// SeeTexts notes the thread.
func (p *Phone) SeeTexts(_ context.Context, number string, to int64) error {
	return p.note("text seen %q to %d", number, to)
}

// DeleteTexts notes the texts.
func (p *Phone) DeleteTexts(_ context.Context, ids ...phone.TextID) error {
	return p.note("text delete %v", ids)
}

// RestoreTexts notes the texts.
func (p *Phone) RestoreTexts(_ context.Context, ids ...phone.TextID) error {
	return p.note("text restore %v", ids)
}

// TextSettings returns Texting.
func (p *Phone) TextSettings(context.Context) (phone.TextSettings, error) {
	return p.Texting, p.note("text settings")
}

// SetTextSettings notes the settings.
func (p *Phone) SetTextSettings(_ context.Context, s phone.TextSettings) error {
	return p.note("text set %+v", s)
}
