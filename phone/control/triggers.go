package control

import (
	"context"

	"github.com/callward/callward/phone"
)

// Triggers is what the server works of triggers; phone.Phone satisfies it.
type Triggers interface {
	Triggers(ctx context.Context) ([]phone.Trigger, error)
	SetTrigger(ctx context.Context, t phone.Trigger) error
	// TestTrigger sends one to a number as typed, where a trigger may send there at all.
	TestTrigger(ctx context.Context, name phone.TriggerName, number string) (phone.Triggered, error)
	TriggerLog(ctx context.Context, q phone.TriggerLogQuery) (part []phone.Triggered, total int, err error)
}
