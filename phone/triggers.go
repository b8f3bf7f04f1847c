package phone

import (
	"context"
	"log/slog"
	"time"
)

// triggers writes down what triggers do, and has their texts sent when they are due. The goroutine of run owns rows; put may be
// called from any.
type triggers struct {
	phone *Phone
	log   *slog.Logger
	inbox *Mailbox[triggerInput]
	// rows are those that wait and have no text yet, tested who waits for a row of a text.
	rows   []Triggered
	tested map[TextID]chan Triggered
	wake   *time.Timer
	swept  time.Time
}

func newTriggers(p *Phone) *triggers {
	return &triggers{phone: p, log: p.cfg.Log, inbox: NewMailbox[triggerInput](), tested: map[TextID]chan Triggered{}}
}

// triggerInput is what the triggers take.
type triggerInput interface {
	apply(ctx context.Context, ts *triggers)
}

func (ts *triggers) put(in triggerInput) { ts.inbox.Put(in) }

// late is how long after its time a text is sent still, where the program did not run.
const late = time.Hour

// triggeredKeep is how long rows stay in the trigger log.
const triggeredKeep = 90 * 24 * time.Hour

// run works until ctx is done. What waits then is on the disk.
func (ts *triggers) run(ctx context.Context) {
	select {
	case <-ts.phone.ready: // until then an account that is not there may be on its way
	case <-ctx.Done():
		return
	}
	ts.wake = time.NewTimer(0)
	defer ts.wake.Stop()
	look := time.NewTicker(time.Minute)
	defer look.Stop()
	unbroken := context.WithoutCancel(ctx)
	for {
		select {
		case <-ts.inbox.Ready():
			ts.take(unbroken)
		case <-ts.wake.C:
		case <-look.C:
			ts.sweep(unbroken)
		case <-ctx.Done():
			ts.take(unbroken)
			return
		}
		ts.due(unbroken)
	}
}

func (ts *triggers) take(ctx context.Context) {
	for _, in := range ts.inbox.Take() {
		in.apply(ctx, ts)
	}
}

// open takes over what waited when the program ended.
func (ts *triggers) open(ctx context.Context) error {
	waiting, err := ts.phone.cfg.Store.WaitingTriggers(ctx)
	if err == nil {
		ts.put(triggersOpened(waiting))
	}
	return err
}

// triggersOpened are the rows that waited.
type triggersOpened []Triggered

func (in triggersOpened) apply(ctx context.Context, ts *triggers) {
	for _, row := range in {
		if row.Sent == "" {
			ts.rows = append(ts.rows, row)
			continue
		}
		t, err := ts.phone.cfg.Store.Text(ctx, row.Sent)
		switch {
		case CodeOf(err) == CodeNotFound:
			triggerTextGone(row.Sent).apply(ctx, ts)
		case err != nil:
			ts.log.Error("text of a trigger not read", "err", err)
		case t.State != TextWaiting: // the program ended before its row was
			triggerSettled{t.ID, TextOutcome{State: t.State, Reason: t.Reason}}.apply(ctx, ts)
		}
	}
}

// due does what is due, and sets the timer for the rest.
func (ts *triggers) due(ctx context.Context) {
	now, next := time.Now(), time.Time{}
	var left []Triggered
	for _, row := range ts.rows {
		switch {
		case row.Due.After(now):
		case ts.decide(ctx, row):
			continue
		default:
			row.Due = now.Add(10 * time.Second) // the disk fails
		}
		left = append(left, row)
		if next.IsZero() || row.Due.Before(next) {
			next = row.Due
		}
	}
	ts.rows = left
	if !next.IsZero() {
		ts.wake.Reset(time.Until(next))
	}
}

// decide has the text of a row sent, or withholds it for good; false where the disk fails.
func (ts *triggers) decide(ctx context.Context, row Triggered) bool {
	t, err := ts.phone.trigger(ctx, row.Trigger)
	if err != nil {
		return false
	}
	w, err := ts.phone.way(ctx, row.Number, ts.phone.wayOf(row))
	if err != nil && row.Number != "" && CodeOf(err) == CodeStorage {
		return false
	}
	unreachable := err != nil
	why, err := ts.phone.forbids(ctx, row.Number, w)
	switch {
	case err != nil:
		return false
	case why != "":
	case unreachable:
		why = WithheldAddress
	case time.Since(row.Due) > late:
		why = WithheldLate
	case !row.Test:
		if why, err = ts.phone.withholds(ctx, t, row); err != nil {
			return false
		}
	}
	if why != "" {
		return ts.withhold(ctx, row, why)
	}
	id, err := ts.phone.cfg.NewID()
	if err != nil {
		return false
	}
	row.Sent, row.Via = TextID(id), w.via
	if _, err := ts.save(ctx, row); err != nil {
		return false
	}
	if row.Test {
		ts.tested[row.Sent] = ts.tested[testOf(row)]
		delete(ts.tested, testOf(row))
	}
	if _, err := ts.phone.queueText(ctx, w, Text{ID: row.Sent, Body: row.Text, Trigger: row.Trigger}, false); err != nil {
		ts.log.Error("text of a trigger not written", "err", err)
		triggerSettled{row.Sent, TextOutcome{State: TextFailed, Reason: Sentence(err)}}.apply(ctx, ts)
	}
	return true
}

// wayOf is what the text of a row goes by: as the event came, unless all first texts to telephone numbers go by another way.
func (p *Phone) wayOf(row Triggered) string {
	if set := p.textSettings().Via; set != "" && row.Number != "" && row.Number[0] == '+' {
		if _, found := p.wayBy(set); found {
			return ""
		}
	}
	if _, found := p.wayBy(row.Via); !found {
		return ""
	}
	return row.Via
}

// withhold writes down that nothing is sent.
func (ts *triggers) withhold(ctx context.Context, row Triggered, why Withheld) bool {
	row.Outcome, row.Why, row.Reason = TriggerWithheld, why, why.Sentence()
	saved, err := ts.save(ctx, row)
	if err == nil {
		ts.tell(testOf(row), saved)
	}
	return err == nil
}

// save writes a row, and tells of it.
func (ts *triggers) save(ctx context.Context, row Triggered) (Triggered, error) {
	saved, err := ts.phone.cfg.Store.SaveTriggered(ctx, []Triggered{row})
	if err != nil {
		ts.log.Error("trigger log not written", "err", err)
		return row, err
	}
	ts.phone.inbox.Put(changed(EventTriggers))
	return saved[0], nil
}

// tell gives the row of a test to who waits for it.
func (ts *triggers) tell(id TextID, row Triggered) {
	if done := ts.tested[id]; done != nil {
		done <- row
		delete(ts.tested, id)
	}
}

// sweep deletes old rows, once an hour.
func (ts *triggers) sweep(ctx context.Context) {
	if time.Since(ts.swept) < sweepEvery {
		return
	}
	ts.swept = time.Now()
	if err := ts.phone.cfg.Store.DropTriggered(ctx, ts.swept.Add(-triggeredKeep)); err != nil {
		ts.log.Error("trigger log not cut", "err", err)
	}
}
