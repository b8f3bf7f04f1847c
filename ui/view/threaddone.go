package view

import (
	"context"
	"slices"
	"time"

	"github.com/callward/callward/phone"
)

// Blacklisted is what is said of a number that the list blocks.
type Blacklisted struct {
	// Text says who is blacklisted, since when, and what is blocked.
	Text string
	// Entry is what blocks it.
	Entry phone.Entry
}

// blacklisted says what blocks the number of a thread; nil for nothing.
func blacklisted(w Words, thread phone.Thread, who Party, now time.Time) *Blacklisted {
	e := thread.Entry
	if !e.Mode.Blocks() {
		return nil
	}
	b := &Blacklisted{Entry: e, Text: w.L("{{.Name}} is blacklisted, {{.Mode}}.", map[string]any{"Name": who.Title, "Mode": w.L(modeWords[e.Mode])})}
	if !e.Since.IsZero() {
		b.Text = w.L("{{.Name}} is blacklisted since {{.Day}}, {{.Mode}}.",
			map[string]any{"Name": who.Title, "Day": dateTitle(w, e.Since, now), "Mode": w.L(modeWords[e.Mode])})
	}
	return b
}

// did says what was done, and how that is undone.
func (t *Texts) did(text string, undo func(ctx context.Context) error) {
	t.Done, t.Undoes, t.undo = text, undo != nil, undo
}

// Retry sends a text that has failed once more.
func (o *OpenThread) Retry(id phone.TextID) {
	t := o.of
	t.inOrder.Do(func(ctx context.Context) error { return t.texter.RetryText(ctx, id) }, func(err error) {
		o.Failed = t.words.L(phone.Sentence(err))
		t.Changed()
	})
}

// Delete deletes a text; Undo brings it back.
func (o *OpenThread) Delete(id phone.TextID) {
	t := o.of
	o.change++
	o.set(slices.DeleteFunc(slices.Clone(o.items), func(item phone.ThreadItem) bool { return item.Text != nil && item.Text.ID == id }))
	t.Changed()
	t.inOrder.Do(func(ctx context.Context) error { return t.texter.DeleteTexts(ctx, id) }, func(err error) {
		if t.Failed = t.words.L(phone.Sentence(err)); err == nil {
			t.did(t.words.L("The text was deleted."), func(ctx context.Context) error { return t.texter.RestoreTexts(ctx, id) })
		}
		t.Refresh()
		t.Changed()
	})
}

// DeleteThread deletes all texts with a number; Undo brings them back.
func (t *Texts) DeleteThread(row ThreadRow) {
	number := row.Number
	if o := t.opening; o != nil && o.Number == number {
		delete(t.typed, number) // it goes with the texts
		t.Close()
	}
	t.drop(func(other ThreadRow) bool { return other.Number == number })
	var at time.Time
	t.inOrder.Do(func(ctx context.Context) (err error) {
		at, err = t.texter.DeleteThread(ctx, number)
		return err
	}, func(err error) {
		if t.Failed = t.words.L(phone.Sentence(err)); err == nil {
			t.did(t.words.L("The thread with {{.Name}} was deleted.", map[string]any{"Name": row.Party.Title}),
				func(ctx context.Context) error { return t.texter.RestoreThread(ctx, number, at) })
		}
		t.Read()
		t.Changed()
	})
}

// Row is the row of the thread that is open.
func (o *OpenThread) Row() ThreadRow {
	return ThreadRow{Number: o.Number, Party: o.Party, Blocked: o.Blocked != nil}
}

// Unblock removes the entry that blocks the number; Undo brings it back.
func (o *OpenThread) Unblock() {
	t := o.of
	if o.Blocked == nil {
		return
	}
	entry, name := o.Blocked.Entry.ID, o.Party.Title
	t.inOrder.Do(func(ctx context.Context) error { return t.guard.RemoveEntries(ctx, entry) }, func(err error) {
		if t.Failed = t.words.L(phone.Sentence(err)); err == nil {
			t.did(t.words.L("Unblocked: {{.Name}}.", map[string]any{"Name": name}),
				func(ctx context.Context) error { return t.guard.RestoreEntries(ctx, entry) })
		}
		t.Refresh()
		t.Changed()
	})
}

// Undo undoes what was done last.
func (t *Texts) Undo() {
	undo := t.undo
	t.Forget()
	if undo != nil {
		t.inOrder.Do(undo, func(err error) {
			t.Failed = t.words.L(phone.Sentence(err))
			t.Refresh()
			t.Changed()
		})
	}
}

// Forget puts away what was said.
func (t *Texts) Forget() {
	t.Done, t.Failed, t.Undoes, t.undo = "", "", false, nil
	if t.Open != nil {
		t.Open.Failed = ""
	}
	t.Changed()
}
