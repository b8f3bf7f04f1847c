package view

import (
	"context"
	"slices"
	"strings"

	"github.com/callward/callward/phone"
)

// Test sends the text to the number that is typed, as any other of this trigger.
func (f *TriggerForm) Test() {
	if f.Testing {
		return
	}
	f.KeepTemplate()
	delete(f.Errors, "number")
	f.Said, f.waiting = "", phone.Triggered{}
	number, t := strings.TrimSpace(f.Number), f.of
	if number == "" {
		f.wrong("number", t.words.L("Type the number that the test goes to."))
		return
	}
	f.Testing = true
	t.Changed()
	var row phone.Triggered
	t.inOrder.Do(func(ctx context.Context) (err error) {
		row, err = t.keeper.TestTrigger(ctx, f.Name, number)
		return err
	}, func(err error) {
		f.Testing = false
		if err != nil {
			f.Errors["number"] = t.words.L(phone.Sentence(err))
		} else {
			f.tested(row)
		}
		t.Changed()
	})
}

// tested says what became of the test.
func (f *TriggerForm) tested(row phone.Triggered) {
	w := f.of.words
	f.waiting, f.Fails = phone.Triggered{}, false
	switch row.Outcome {
	case phone.TriggerSent:
		f.Said = w.L("Sent.")
	case phone.TriggerWaiting:
		f.Said, f.waiting = w.L("Waiting to be sent."), row
	default:
		f.Said, f.Fails = triggerOutcome(w, row), true
	}
}

// testMoved asks what became of a test that waits.
func (f *TriggerForm) testMoved() {
	was, t := f.waiting, f.of
	if was.Outcome != phone.TriggerWaiting {
		return
	}
	var rows []phone.Triggered
	t.worker.Do(func(ctx context.Context) (err error) {
		rows, _, err = t.keeper.TriggerLog(ctx, phone.TriggerLogQuery{Search: was.Number, Limit: page})
		return err
	}, func(err error) {
		i := slices.IndexFunc(rows, func(row phone.Triggered) bool {
			return row.Row == was.Row || was.Row == 0 && row.Test && row.Trigger == was.Trigger && row.Number == was.Number // the newest
		})
		if err == nil && i >= 0 && f.waiting == was { // a disk that fails is told of by the log
			f.tested(rows[i])
			t.Changed()
		}
	})
}
