package controltest

import (
	"context"
	"slices"

	"github.com/callward/callward/phone"
)

// Triggers returns TriggerList.
func (p *Phone) Triggers(context.Context) ([]phone.Trigger, error) {
	return slices.Clone(p.TriggerList), p.note("trigger list")
}

// SetTrigger notes the trigger.
func (p *Phone) SetTrigger(_ context.Context, t phone.Trigger) error {
	return p.note("trigger set %+v", t)
}

// TestTrigger notes the test and returns the first of Triggered.
func (p *Phone) TestTrigger(_ context.Context, name phone.TriggerName, number string) (phone.Triggered, error) {
	err := p.note("trigger test %s %q", name, number)
	if len(p.Triggered) == 0 {
		return phone.Triggered{}, err
	}
	return p.Triggered[0], err
}

// TriggerLog notes the query and returns Triggered.
func (p *Phone) TriggerLog(_ context.Context, q phone.TriggerLogQuery) ([]phone.Triggered, int, error) {
	return p.Triggered, len(p.Triggered), p.note("trigger log %q %q %d %d", q.Search, q.Outcome, q.Offset, q.Limit)
}
