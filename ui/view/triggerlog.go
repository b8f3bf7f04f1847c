package view

import (
	"context"
	"strings"

	"github.com/callward/callward/phone"
)

// TriggeredRow is what a trigger did about one event, as its row shows it.
type TriggeredRow struct {
	Party   Party
	Trigger phone.TriggerName
	// What is the trigger in two words, Event what it was about, and Outcome what came of it; Failed that it could not be sent.
	What, Event, Outcome string
	Failed               bool
	// When is its time, with the day where that is not today.
	When string
	// Facts are for the open row: a name and a value each. Text is what was, or will be, sent.
	Facts [][2]string
	Text  string
	// Number is the normal form, "" for a hidden caller, and Via the account or gateway.
	Number, Via string
	row         int64
}

// TriggerLog is the list of what the triggers did, and why they sent nothing.
type TriggerLog struct {
	*Parts[phone.Triggered, TriggeredRow]
	// Watched is set while it is shown.
	Watched bool
	// Open is the row that is open; 0 for none.
	Open int64
	// Outcome is what is shown; "" is all.
	Outcome phone.TriggerOutcome
	// OnThread opens the thread of a number; nil where there are none.
	OnThread func(number, via string)

	search  string
	keeper  TriggerKeeper
	words   Words
	rowsFor voicemailRows
}

func newTriggerLog(keeper TriggerKeeper, worker Worker, words Words, rows voicemailRows) *TriggerLog {
	l := &TriggerLog{keeper: keeper, words: words, rowsFor: rows}
	l.Parts = newParts(worker, words, l.part, l.row)
	return l
}

func (l *TriggerLog) part(offset, limit int) func(context.Context) ([]phone.Triggered, int, error) {
	q := phone.TriggerLogQuery{Search: l.search, Outcome: l.Outcome, Offset: offset, Limit: limit}
	return func(ctx context.Context) ([]phone.Triggered, int, error) { return l.keeper.TriggerLog(ctx, q) }
}

func (l *TriggerLog) row(t phone.Triggered) TriggeredRow {
	w, r := l.words, l.rowsFor
	row := TriggeredRow{
		row: t.Row, Party: party(w, r.numbers, t.Name, t.Number, r.country(t.Via)), Trigger: t.Trigger, What: w.L(triggerShort[t.Trigger]),
		Event: strings.TrimSuffix(w.L(t.Event), "."), Outcome: triggerOutcome(w, t), Failed: t.Outcome == phone.TriggerFailed, When: clock(t.Time),
		Text: t.Text, Number: t.Number, Via: t.Via,
	}
	if !day(t.Time).Equal(day(r.now())) {
		row.When = moments(w, t.Time, r.now())
	}
	reason := ""
	if t.Outcome == phone.TriggerWithheld {
		reason = w.L(t.Reason)
	}
	due := ""
	if t.Outcome == phone.TriggerWaiting && !t.Due.IsZero() {
		due = moments(w, t.Due, r.now())
	}
	for _, fact := range [][2]string{
		{w.L("Trigger"), w.L(triggerWords[t.Trigger])}, {w.L("Event"), row.Event}, {w.L("Outcome"), row.Outcome}, {w.L("Why"), reason}, {w.L("Due"), due}, {w.L("By"), t.Via},
	} {
		if fact[1] != "" {
			row.Facts = append(row.Facts, fact)
		}
	}
	return row
}

// Search is what is searched for.
func (l *TriggerLog) Search() string { return l.search }

// Find shows what fits a text.
func (l *TriggerLog) Find(text string) {
	l.search = text
	l.Read()
}

// Show shows what came to an outcome; "" is all.
func (l *TriggerLog) Show(outcome phone.TriggerOutcome) {
	l.Outcome = outcome
	l.Read()
}

// Unfold opens a row, or closes it.
func (l *TriggerLog) Unfold(row TriggeredRow) {
	if l.Open == row.row {
		row.row = 0
	}
	l.Open = row.row
	l.Changed()
}

// IsOpen tells whether a row is open.
func (l *TriggerLog) IsOpen(row TriggeredRow) bool { return row.row != 0 && row.row == l.Open }

// Thread opens the thread of a row's number.
func (l *TriggerLog) Thread(row TriggeredRow) {
	if l.OnThread != nil && row.Number != "" {
		l.OnThread(row.Number, row.Via)
	}
}
