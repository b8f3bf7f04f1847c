package view

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/callward/callward/phone"
)

// EntryRow is an entry as its row shows it.
type EntryRow struct {
	Entry phone.Entry
	// Title is the name, else who it is about; Number is written for people, with how many more there are; "" where
	// Title says it.
	Title, Number string
	// Mode is what is blocked in two words, and Times how often, as ×3; "" for never.
	Mode, Times string
	// Contact, Since, Expires and Last are for Details; "" where there is none.
	Contact, Since, Expires, Last string
}

// Blacklist is the page of who is blocked or, on its other tab, always let through.
type Blacklist struct {
	*Parts[phone.Entry, EntryRow]
	// Watched is set while the page is shown.
	Watched bool
	// Through is which tab is open.
	Through bool
	// Order is how the list is sorted.
	Order phone.EntryOrder
	// Undone says what was removed, which Undo brings back; "" for nothing.
	Undone string
	// Off says until when nobody is blocked, after an emergency call; "" while screening is on.
	Off string
	// Failed says what went wrong with the last thing that was asked; "" for nothing.
	Failed string
	// Open is the entry whose row is open; "" for none.
	Open phone.EntryID
	// Marked are the entries that are chosen, while Marking is set.
	Marked  map[phone.EntryID]bool
	Marking bool

	search  string
	guard   Guard
	book    ContactKeeper
	worker  Worker
	words   Words
	numbers Numbers
	country func() string
	now     func() time.Time
	removed []phone.EntryID
	until   time.Time
}

// NewBlacklist shows no entries until Read.
func NewBlacklist(guard Guard, book ContactKeeper, worker Worker, words Words, numbers Numbers, country func() string, now func() time.Time) *Blacklist {
	b := &Blacklist{guard: guard, book: book, worker: worker, words: words, numbers: numbers, country: country, now: now, Marked: map[phone.EntryID]bool{}, Order: phone.OrderNewest}
	b.Parts = newParts(worker, words, b.part, b.row)
	return b
}

func (b *Blacklist) part(offset, limit int) func(context.Context) ([]phone.Entry, int, error) {
	q := phone.EntryQuery{Through: b.Through, Search: b.search, Order: b.Order, Offset: offset, Limit: limit}
	return func(ctx context.Context) ([]phone.Entry, int, error) { return b.guard.Entries(ctx, q) }
}

func (b *Blacklist) row(e phone.Entry) EntryRow {
	row := EntryRow{Entry: e, Title: e.Name, Number: b.number(e), Mode: b.words.L(modeWords[e.Mode])}
	if e.Blocked > 0 {
		row.Times = fmt.Sprintf("×%d", e.Blocked)
	}
	if e.Contact != "" {
		for _, c := range b.book.WhoHas(e.Number, "") {
			if c.ID == e.Contact {
				row.Contact = c.Title()
			}
		}
	}
	if row.Title == "" {
		row.Title = row.Contact
	}
	if row.Title == "" || row.Title == row.Number {
		row.Title, row.Number = row.Number, ""
	}
	row.Since = moments(b.words, e.Since, b.now())
	if !e.Expires.IsZero() {
		row.Expires = moments(b.words, e.Expires, b.now())
	}
	if !e.Last.IsZero() {
		row.Last = moments(b.words, e.Last, b.now())
	}
	return row
}

// number says who an entry is about.
func (b *Blacklist) number(e phone.Entry) string {
	shown := b.numbers.Display(e.Number, b.country())
	switch e.Kind {
	case phone.KindHidden:
		return b.words.L("Hidden callers")
	case phone.KindContacts:
		return b.words.L("All contacts")
	case phone.KindPrefix:
		return e.Number + "…"
	case phone.KindContact:
		if len(e.Others) > 0 {
			return shown + "  " + b.words.N("+{{.Count}} numbers", len(e.Others))
		}
	}
	return shown
}

// modeWords say in a list what is blocked.
var modeWords = map[phone.Mode]string{
	phone.AllowVoicemails: "Allow voicemails", phone.BlockAll: "Block all", phone.LetThrough: "Let through",
}

// moments writes a moment with its day.
func moments(w Words, t, now time.Time) string {
	return w.L("{{.Day}}, {{.Time}}", map[string]any{"Day": dateTitle(w, t, now), "Time": clock(t)})
}

// Show opens a tab.
func (b *Blacklist) Show(through bool) {
	b.Through, b.Open = through, ""
	b.Mark(false)
	b.Read()
}

// screens says whether nobody is blocked, and until when.
func (b *Blacklist) screens(until time.Time) {
	b.until = until
	off := ""
	if b.now().Before(until) {
		off = b.words.L("Nobody is blocked until {{.Time}}: an emergency number was called.", map[string]any{"Time": clock(until)})
	}
	if off != b.Off {
		b.Off = off
		b.Changed()
	}
}

// Turn reads the list anew where an entry that it shows has expired, and tells of screening that is on again.
func (b *Blacklist) Turn() {
	b.screens(b.until)
	if b.Place(func(row EntryRow) bool { e := row.Entry.Expires; return !e.IsZero() && !e.After(b.now()) }) >= 0 {
		b.Read()
	}
}

// Search is what is searched for.
func (b *Blacklist) Search() string { return b.search }

// Find shows what fits a text.
func (b *Blacklist) Find(text string) {
	b.search = text
	b.Read()
}

// Sort sorts the list.
func (b *Blacklist) Sort(order phone.EntryOrder) {
	b.Order = order
	b.Read()
}

// Unfold opens the row of an entry, or closes it.
func (b *Blacklist) Unfold(id phone.EntryID) {
	if b.Open == id {
		id = ""
	}
	b.Open = id
	b.Changed()
}

// Mark begins to choose several entries, or ends it.
func (b *Blacklist) Mark(on bool) {
	b.Marking = on
	clear(b.Marked)
	b.Changed()
}

// Toggle chooses an entry, or no more.
func (b *Blacklist) Toggle(id phone.EntryID) {
	if b.Marked[id] {
		delete(b.Marked, id)
	} else {
		b.Marked[id] = true
	}
	b.Changed()
}

// RemoveMarked removes the entries that are chosen.
func (b *Blacklist) RemoveMarked() {
	var ids []phone.EntryID
	for id := range b.Marked {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return
	}
	slices.Sort(ids)
	text := b.words.N("{{.Count}} entries were removed.", len(ids))
	b.Mark(false)
	b.remove(text, ids...)
}

// Remove takes an entry off the list at once; Undo brings it back.
func (b *Blacklist) Remove(row EntryRow) {
	b.remove(b.words.L("{{.Name}} was removed.", map[string]any{"Name": row.Title}), row.Entry.ID)
}

func (b *Blacklist) remove(text string, ids ...phone.EntryID) {
	if slices.Contains(ids, b.Open) {
		b.Open = ""
	}
	b.drop(func(row EntryRow) bool { return slices.Contains(ids, row.Entry.ID) })
	b.worker.Do(func(ctx context.Context) error { return b.guard.RemoveEntries(ctx, ids...) }, func(err error) {
		if b.Failed = b.words.L(phone.Sentence(err)); err == nil {
			b.Undone, b.removed = text, ids
		}
		b.Read()
		b.Changed()
	})
}

// Undo brings back what was removed last.
func (b *Blacklist) Undo() {
	ids := b.removed
	b.Forget()
	b.worker.Do(func(ctx context.Context) error { return b.guard.RestoreEntries(ctx, ids...) }, func(err error) {
		b.Failed = b.words.L(phone.Sentence(err))
		b.Read()
		b.Changed()
	})
}

// Forget puts the offer to undo away.
func (b *Blacklist) Forget() {
	b.Undone, b.removed, b.Failed = "", nil, ""
	b.Changed()
}
