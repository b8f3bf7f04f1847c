package view

import (
	"context"
	"slices"
	"time"

	"github.com/callward/callward/phone"
)

// BlockedRow is something that was blocked, as its row shows it.
type BlockedRow struct {
	Party Party
	Text  bool // it was a text, and not a call
	// When is its time, with the day where that is not today.
	When string
	// Verdict is what was blocked in two words, and Why which entry did it.
	Verdict, Why string
	// Facts are for the open row: a name and a value each.
	Facts [][2]string
	// Body is what a text said.
	Body string
	// Entry is the entry; "" where it is gone. Frees says what Unblock removes beside this number; "" for nothing.
	Entry phone.EntryID
	Frees string
	// Number is what to call back; "" for a caller who hides. Account is the address that was called.
	Number, Account string
	// Through is set where the number may always be let through all the same.
	Through bool
	row     int64
}

// BlockedLog is the page of what was blocked, and why.
type BlockedLog struct {
	*Parts[phone.Screened, BlockedRow]
	// Watched is set while the page is shown.
	Watched bool
	// Open is the row that is open; 0 for none.
	Open int64
	// Done says what was done, which Undo undoes where Undoes is set; "" for nothing. Failed says what went wrong.
	Done, Failed string
	Undoes       bool
	// Keep is for how many days rows are kept, Decline the status that calls are declined with; 0 until they are read.
	Keep, Decline int
	// Drop tells that texts of blocked senders are accepted and dropped; else they are refused.
	Drop bool

	search  string
	guard   Guard
	worker  Worker
	words   Words
	numbers Numbers
	country func(address string) string
	now     func() time.Time
	removed phone.EntryID
}

// NewBlockedLog shows nothing until Read.
func NewBlockedLog(guard Guard, worker Worker, words Words, numbers Numbers, country func(string) string, now func() time.Time) *BlockedLog {
	b := &BlockedLog{guard: guard, worker: worker, words: words, numbers: numbers, country: country, now: now}
	b.Parts = newParts(worker, words, b.part, b.row)
	return b
}

func (b *BlockedLog) part(offset, limit int) func(context.Context) ([]phone.Screened, int, error) {
	q := phone.ScreenedQuery{Search: b.search, Offset: offset, Limit: limit}
	return func(ctx context.Context) ([]phone.Screened, int, error) { return b.guard.Screened(ctx, q) }
}

func (b *BlockedLog) row(s phone.Screened) BlockedRow {
	country, v := b.country(s.Account), s.Verdict
	row := BlockedRow{
		row: s.Row, Party: party(b.words, b.numbers, s.Name, s.Number, country), Text: s.Kind == phone.ScreenedText, Body: s.Text,
		When: clock(s.Time), Verdict: b.words.L(modeWords[v.Mode]), Entry: s.Entry, Number: s.Number, Account: s.Account,
		Through: s.Number != "" && (v.Kind == phone.KindPrefix || v.Kind == phone.KindHidden),
	}
	if !day(s.Time).Equal(day(b.now())) {
		row.When = moments(b.words, s.Time, b.now())
	}
	name := s.EntryName
	if name == "" {
		name = b.numbers.Display(s.EntryText, country)
	}
	switch v.Kind {
	case phone.KindHidden:
		row.Why = b.words.L("Hidden callers are blocked")
		row.Frees = b.words.L("all hidden callers")
	case phone.KindPrefix:
		row.Why = b.words.L("Blocked with {{.Prefix}}", map[string]any{"Prefix": s.EntryText + "…"})
		row.Frees = s.EntryText + "…"
	case phone.KindContact:
		row.Why = b.words.L("Blocked with the contact {{.Name}}", map[string]any{"Name": name})
		row.Frees = b.words.L("all numbers of {{.Name}}", map[string]any{"Name": name})
	default:
		row.Why = b.words.L("Blocked as {{.Name}}", map[string]any{"Name": name})
	}
	for _, fact := range [][2]string{
		{b.words.L("Header"), v.Header}, {b.words.L("Received"), v.Received}, {b.words.L("Read as"), v.Number}, {b.words.L("Came to"), s.Account},
	} {
		if fact[1] != "" {
			row.Facts = append(row.Facts, fact)
		}
	}
	return row
}

// Start reads the list, and how it is kept.
func (b *BlockedLog) Start() {
	b.Read()
	var s phone.Screening
	b.worker.Do(func(ctx context.Context) (err error) {
		s, err = b.guard.Screening(ctx)
		return err
	}, func(err error) { b.take(s, err) })
}

func (b *BlockedLog) take(s phone.Screening, err error) {
	if err == nil {
		b.Keep, b.Decline, b.Drop = int(s.Keep/(24*time.Hour)), s.Decline, s.DropTexts
	}
	b.Failed = b.words.L(phone.Sentence(err))
	b.Changed()
}

// KeepChoices are for how many days rows may be kept, DeclineChoices with which status calls may be declined.
var (
	KeepChoices    = []int{7, 30, 90, 365}
	DeclineChoices = []int{603, 607, 486}
)

// Set changes how long rows are kept, how calls are declined, and whether texts are dropped.
func (b *BlockedLog) Set(keep, decline int, drop bool) {
	s := phone.Screening{Keep: time.Duration(keep) * 24 * time.Hour, Decline: decline, DropTexts: drop}
	b.worker.Do(func(ctx context.Context) error { return b.guard.SetScreening(ctx, s) }, func(err error) { b.take(s, err) })
}

// KeepPlace is the place of Keep among KeepChoices, DeclinePlace that of Decline; -1 for none.
func (b *BlockedLog) KeepPlace() int    { return slices.Index(KeepChoices, b.Keep) }
func (b *BlockedLog) DeclinePlace() int { return slices.Index(DeclineChoices, b.Decline) }

// Search is what is searched for.
func (b *BlockedLog) Search() string { return b.search }

// Find shows what fits a text.
func (b *BlockedLog) Find(text string) {
	b.search = text
	b.Read()
}

// Unfold opens a row, or closes it.
func (b *BlockedLog) Unfold(row BlockedRow) {
	if b.Open == row.row {
		row.row = 0
	}
	b.Open = row.row
	b.Changed()
}

// IsOpen tells whether a row is open.
func (b *BlockedLog) IsOpen(row BlockedRow) bool { return row.row != 0 && row.row == b.Open }

// Unblock removes the entry that blocked a row; Undo brings it back.
func (b *BlockedLog) Unblock(row BlockedRow) {
	if row.Entry == "" {
		return
	}
	who := row.Party.Title
	if row.Frees != "" {
		who = row.Frees
	}
	b.worker.Do(func(ctx context.Context) error { return b.guard.RemoveEntries(ctx, row.Entry) }, func(err error) {
		if b.Failed = b.words.L(phone.Sentence(err)); err == nil {
			b.Done, b.Undoes, b.removed = b.words.L("Unblocked: {{.Name}}.", map[string]any{"Name": who}), true, row.Entry
		}
		b.Read()
		b.Changed()
	})
}

// Undo blocks again what was unblocked last.
func (b *BlockedLog) Undo() {
	id := b.removed
	b.Forget()
	b.worker.Do(func(ctx context.Context) error { return b.guard.RestoreEntries(ctx, id) }, func(err error) {
		b.Failed = b.words.L(phone.Sentence(err))
		b.Read()
		b.Changed()
	})
}

// Forget puts away what was said.
func (b *BlockedLog) Forget() {
	b.Done, b.Failed, b.Undoes, b.removed = "", "", false, ""
	b.Changed()
}

// LetThrough lets the number of a row through from now on.
func (b *BlockedLog) LetThrough(row BlockedRow) {
	d := phone.EntryDraft{Number: listable(row.Number, row.Account), Name: row.Party.Name, Mode: phone.LetThrough}
	b.worker.Do(func(ctx context.Context) error {
		_, err := b.guard.AddEntry(ctx, d)
		return err
	}, func(err error) {
		if b.Failed = b.words.L(phone.Sentence(err)); err == nil {
			b.Done, b.Undoes = b.words.L("Always let through: {{.Name}}.", map[string]any{"Name": row.Party.Title}), false
		}
		b.Changed()
	})
}
