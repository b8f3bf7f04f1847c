package phone

import (
	"context"
	"slices"
	"strconv"
	"time"
)

// triggerEvent is something that a trigger may follow.
type triggerEvent struct {
	name TriggerName
	// number is the normal form, "" for a hidden caller; caller what it calls itself. via is the account or gateway.
	number, caller, via string
	at                  time.Time
	call                CallID
	voicemail           VoicemailID
	text                TextID
	// direction and answered are of a call that has ended.
	direction Direction
	answered  bool
	// blocked tells that screening held it off, automatic that a machine wrote the text.
	blocked, automatic bool
	// test is set where the agent tries the trigger.
	test chan Triggered
}

// apply writes down what is to be done about an event.
func (in triggerEvent) apply(ctx context.Context, ts *triggers) {
	t, err := ts.phone.trigger(ctx, in.name)
	if err != nil {
		ts.log.Error("trigger not read", "err", err)
		return
	}
	if in.test == nil && (!t.On || !in.fits(t)) {
		return
	}
	if in.blocked && in.name == FirstTextTrigger && in.number != "" {
		if thread, err := ts.phone.cfg.Store.Thread(ctx, in.number); err == nil && thread.Last.ID != "" {
			return
		}
	}
	row := in.row(t, ts.phone)
	switch {
	case in.blocked && in.number == "":
		ts.withhold(ctx, row, WithheldHidden)
		return
	case in.blocked: // for good: that it is unblocked meanwhile does not matter
		ts.withhold(ctx, row, WithheldBlacklisted)
		return
	case in.automatic:
		ts.withhold(ctx, row, WithheldAutomatic)
		return
	case in.test == nil:
		saved, err := ts.save(ctx, row)
		if err != nil { // the disk fails: it goes from memory
			saved = row
		}
		row = saved
	default:
		if saved, err := ts.save(ctx, row); err == nil {
			row = saved
		}
		ts.tested[testOf(row)] = in.test
	}
	ts.rows = append(ts.rows, row)
}

// fits tells whether a trigger is about such a call.
func (in triggerEvent) fits(t Trigger) bool {
	if t.Name != CallEndedTrigger {
		return true
	}
	return (t.Direction == "" || t.Direction == in.direction) && (t.Answered == AnyAnswer || (t.Answered == IfAnswered) == in.answered)
}

// row is that of the log, with the text as it would be sent.
func (in triggerEvent) row(t Trigger, p *Phone) Triggered {
	row := Triggered{
		Time: time.Now(), Trigger: in.name, Test: in.test != nil, Event: in.says(), Call: in.call, Voicemail: in.voicemail, Message: in.text,
		Number: in.number, Name: in.caller, Via: in.via, Outcome: TriggerWaiting, Due: time.Now().Add(t.Delay),
	}
	if row.Test {
		row.Due = row.Time
	}
	name := "" // a contact's: what callers call themselves may be a link to anywhere
	if known := p.ownersOf(in.number, in.via); in.number != "" && len(known) > 0 {
		row.Name, name = known[0].Title(), known[0].Title()
	}
	f := filling{name: name, time: in.at.Local().Format("15:04")}
	w, found := p.wayBy(in.via)
	if !found {
		w, _ = p.usualWay() // where there is none at all the text says so little
	}
	f.agent, f.account, f.number = w.agent(), w.title(), p.cfg.Numbers.Display(in.number, w.country())
	row.Text = f.fill(t.Template)
	return row
}

// says is the event in words.
func (in triggerEvent) says() string {
	at := in.at.Local().Format("15:04")
	switch {
	case in.test != nil:
		return "Tried at " + at + "."
	case in.name == VoicemailTrigger:
		return "Voice message at " + at + "."
	case in.name == FirstTextTrigger:
		return "First text at " + at + "."
	case in.name == CallEndedTrigger && in.direction == Out:
		return "Outgoing call ended at " + at + "."
	case in.name == CallEndedTrigger:
		return "Incoming call ended at " + at + "."
	}
	return "Missed call at " + at + "."
}

// triggerSettled is what became of a trigger's text.
type triggerSettled struct {
	id      TextID
	outcome TextOutcome
}

func (in triggerSettled) apply(ctx context.Context, ts *triggers) {
	row, err := ts.phone.cfg.Store.TriggeredText(ctx, in.id)
	if err != nil {
		ts.log.Error("row of a trigger not found", "err", err)
		return
	}
	if row.Outcome != TriggerWaiting && row.Outcome != TriggerFailed { // failed is one that was deleted, and came back
		return
	}
	why := Withheld(in.outcome.Reason)
	switch {
	case in.outcome.State == TextSent || in.outcome.State == TextDelivered:
		row.Outcome = TriggerSent
	case why.Sentence() != "":
		row.Outcome, row.Why, row.Reason = TriggerWithheld, why, why.Sentence()
	default:
		row.Outcome, row.Reason = TriggerFailed, in.outcome.Reason
	}
	saved, err := ts.save(ctx, row)
	if err == nil {
		ts.tell(in.id, saved)
	}
}

// triggerTextGone is a text that is not there to be sent: somebody deleted it, or the program ended before it was written. It is
// not written once more, since nobody knows which.
type triggerTextGone TextID

func (in triggerTextGone) apply(ctx context.Context, ts *triggers) {
	row, err := ts.phone.cfg.Store.TriggeredText(ctx, TextID(in))
	if err != nil || row.Outcome != TriggerWaiting { // the agent wrote it, or it was withheld
		return
	}
	row.Outcome, row.Reason = TriggerFailed, "The text was deleted before it was sent."
	if saved, err := ts.save(ctx, row); err == nil {
		ts.tell(TextID(in), saved)
	}
}

// testOf names the row of a test until it has a text.
func testOf(row Triggered) TextID { return TextID("row " + strconv.FormatInt(row.Row, 10)) }

// testPatience is how long a test waits for what became of its text.
const testPatience = 10 * time.Second

// TestTrigger sends the text of a trigger to a number as typed, whether it is on or not, and returns what came of it, or how it waits
// after ten seconds: for a blacklisted number, and others that no trigger texts, it is withheld. It fails with CodeInvalid, where
// Field is number, CodeNotFound, CodeNoAccount and CodeStorage.
func (p *Phone) TestTrigger(ctx context.Context, name TriggerName, number string) (Triggered, error) {
	if !slices.Contains(TriggerNames, name) {
		return Triggered{}, &Error{Code: CodeNotFound, Op: "trigger", Err: sentence("There is no trigger %s.", string(name))}
	}
	w, err := p.way(ctx, number, "")
	if err != nil {
		return Triggered{}, err
	}
	done := make(chan Triggered, 1)
	p.triggers.put(triggerEvent{name: name, number: w.target.Number, via: w.via, at: time.Now(), test: done})
	patience := time.NewTimer(testPatience)
	defer patience.Stop()
	select {
	case row := <-done:
		return row, nil
	case <-patience.C:
		return Triggered{Trigger: name, Number: w.target.Number, Outcome: TriggerWaiting, Test: true}, nil
	case <-p.ended:
		return Triggered{}, &Error{Code: CodeNotRunning, Op: "trigger"}
	case <-ctx.Done():
		return Triggered{}, &Error{Code: CodeCancelled, Op: "trigger", Err: ctx.Err()}
	}
}

// TriggerLog returns a part of the trigger log, newest first, and how many rows the query chooses in all.
func (p *Phone) TriggerLog(ctx context.Context, q TriggerLogQuery) (part []Triggered, total int, err error) {
	return p.cfg.Store.Triggered(ctx, q)
}
