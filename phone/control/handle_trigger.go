package control

import (
	"context"
	"slices"

	"github.com/callward/callward/phone"
)

func listTriggers(ctx context.Context, ph Phone, _ none) (any, error) {
	list, err := ph.Triggers(ctx)
	return rowsOf(list, newTrigger), err
}

func setTrigger(ctx context.Context, ph Phone, args TriggerSet) (any, error) {
	list, err := ph.Triggers(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(t phone.Trigger) bool { return t.Name == args.Name })
	if i < 0 {
		return nil, &Error{Code: phone.CodeNotFound, Field: "name", Message: "There is no such trigger: they are missed-call, voicemail-received, call-ended and first-text."}
	}
	if err := args.change(&list[i]); err != nil {
		return nil, err
	}
	return nil, ph.SetTrigger(ctx, list[i])
}

func enableTrigger(ctx context.Context, ph Phone, args TriggerRef) (any, error) {
	on := true
	return setTrigger(ctx, ph, TriggerSet{Name: args.Name, On: &on})
}

func disableTrigger(ctx context.Context, ph Phone, args TriggerRef) (any, error) {
	on := false
	return setTrigger(ctx, ph, TriggerSet{Name: args.Name, On: &on})
}

func testTrigger(ctx context.Context, ph Phone, args TriggerTest) (any, error) {
	row, err := ph.TestTrigger(ctx, args.Name, args.Number)
	return newTriggered(row), err
}

func listTriggered(ctx context.Context, ph Phone, args TriggerLog) (any, error) {
	known := []phone.TriggerOutcome{"", phone.TriggerWaiting, phone.TriggerSent, phone.TriggerWithheld, phone.TriggerFailed}
	switch {
	case args.Offset < 0 || args.Limit < 0:
		return nil, invalid("limit", "Offset and limit are numbers of rows, from 0 on.")
	case !slices.Contains(known, args.Outcome):
		return nil, invalid("outcome", "The outcome is sent, withheld, waiting, failed, or empty for all.")
	}
	found, _, err := ph.TriggerLog(ctx, phone.TriggerLogQuery{Search: args.Search, Outcome: args.Outcome, Offset: args.Offset, Limit: args.Limit})
	return rowsOf(found, newTriggered), err
}
