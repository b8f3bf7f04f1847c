package phone

import (
	"context"
	"time"
)

// Threads returns a part of the threads, the one with the newest text or draft first, and how many the query chooses in all.
func (p *Phone) Threads(ctx context.Context, q ThreadQuery) (part []Thread, total int, err error) {
	if q.Search != "" {
		if q.Named, err = p.numbersNamed(ctx, q.Search); err != nil {
			return nil, 0, err
		}
	}
	part, total, err = p.cfg.Store.Threads(ctx, q)
	for i := range part {
		p.knowThread(ctx, &part[i])
	}
	return part, total, err
}

// Thread returns that of a normal form, empty where nothing was written yet.
func (p *Phone) Thread(ctx context.Context, number string) (Thread, error) {
	t, err := p.cfg.Store.Thread(ctx, number)
	if err == nil {
		p.knowThread(ctx, &t)
	}
	return t, err
}

// ThreadOf returns the thread of a number as typed, that a text by via would be in. It fails with CodeInvalid for what no
// text can be sent to, and CodeNotFound for a via that there is not.
func (p *Phone) ThreadOf(ctx context.Context, typed, via string) (Thread, error) {
	w, err := p.way(ctx, typed, via)
	if err != nil {
		return Thread{}, err
	}
	t, err := p.Thread(ctx, w.target.Number)
	if t.Via == "" {
		t.Via = w.via
		p.knowThread(ctx, &t)
	}
	return t, err
}

// knowThread fills in whom a number belongs to, and what blocks it, by now.
func (p *Phone) knowThread(ctx context.Context, t *Thread) {
	var verdict Verdict
	if t.Number == "" {
		m, _ := p.cfg.Blacklist.Hidden(time.Now())
		verdict = Verdict{Mode: m.Mode, Kind: m.Kind, Row: m.Row}
	} else {
		forms := formsOf(t.Number, t.Via)
		if known := p.directory.find(forms...); len(known) > 0 {
			t.Contact, t.Name = known[0].ID, known[0].Title()
		}
		verdict = p.matched(forms, time.Now())
	}
	if !verdict.Blocked() {
		return
	}
	t.Entry = Entry{Kind: verdict.Kind, Number: verdict.Number, Mode: verdict.Mode}
	if e, _, err := p.cfg.Store.Entry(ctx, verdict.Row, ""); err == nil {
		e.Mode = verdict.Mode
		t.Entry = e
	}
	if t.Name == "" {
		t.Name = t.Entry.Name
	}
}

// Timeline returns a part of what stands in a thread, oldest first.
func (p *Phone) Timeline(ctx context.Context, q TimelineQuery) ([]ThreadItem, error) {
	return p.cfg.Store.Timeline(ctx, q)
}

// SearchTexts returns texts that have some words, newest first.
func (p *Phone) SearchTexts(ctx context.Context, q TextSearch) ([]TextFound, error) {
	found, err := p.cfg.Store.SearchTexts(ctx, q)
	for i, f := range found {
		if known := p.ownersOf(f.Text.Number, f.Text.Via); len(known) > 0 {
			found[i].Name = known[0].Title()
		}
	}
	return found, err
}

// SeeTexts tells that the agent has seen the texts of a thread up to a Row.
func (p *Phone) SeeTexts(ctx context.Context, number string, to int64) error {
	return p.textsChanged(p.cfg.Store.SeeTexts(ctx, number, to))
}

// UnseenTexts counts the texts that the agent has not seen.
func (p *Phone) UnseenTexts(ctx context.Context) (int, error) { return p.cfg.Store.UnseenTexts(ctx) }

// SaveDraft keeps what the agent has begun to write to a normal form; "" removes it. It fails with CodeInvalid and CodeStorage.
func (p *Phone) SaveDraft(ctx context.Context, number, text string) error {
	if len(text) > MaxText {
		return tooLong(text)
	}
	return p.textsChanged(p.cfg.Store.SaveDraft(ctx, number, text))
}

// DeleteTexts deletes texts; one that waits is not sent. RestoreTexts brings them back, for UndoTime at least.
func (p *Phone) DeleteTexts(ctx context.Context, ids ...TextID) error {
	return p.textsChanged(p.cfg.Store.DeleteTexts(ctx, ids, false))
}

// RestoreTexts brings deleted texts back; one that waited is sent.
func (p *Phone) RestoreTexts(ctx context.Context, ids ...TextID) error {
	defer p.outbox.look()
	return p.textsChanged(p.cfg.Store.DeleteTexts(ctx, ids, true))
}

// DeleteThread deletes all texts of a thread, and returns what RestoreThread brings them back by.
func (p *Phone) DeleteThread(ctx context.Context, number string) (at time.Time, err error) {
	at, err = p.cfg.Store.DeleteThread(ctx, number)
	return at, p.textsChanged(err)
}

// RestoreThread brings back what DeleteThread deleted, for UndoTime at least.
func (p *Phone) RestoreThread(ctx context.Context, number string, at time.Time) error {
	defer p.outbox.look()
	return p.textsChanged(p.cfg.Store.RestoreThread(ctx, number, at))
}

// textsChanged has threads read again, after a change that succeeded.
func (p *Phone) textsChanged(err error) error {
	if err == nil {
		p.inbox.Put(changed(EventTexts))
	}
	return err
}
