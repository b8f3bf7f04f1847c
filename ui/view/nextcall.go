package view

import (
	"context"

	"github.com/callward/callward/phone"
)

// NextCall is a call that was asked for while another is up. It waits until the agent says that the other one may end:
// nobody who is talked to should hear what is said to the next.
type NextCall struct {
	wantedCall // Number is what is to be called, as typed
}

// EndAndCall ends what is up and calls what waits.
func (m *Main) EndAndCall() {
	if next := m.Next; next != nil {
		m.Stay()
		m.place(next.wantedCall)
	}
}

// Stay goes on with the call that is up, and forgets the one that waits.
func (m *Main) Stay() {
	m.Next = nil
	m.Changed()
}

// endAll ends calls, those that have ended meanwhile left out.
func endAll(ctx context.Context, caller Caller, ids []phone.CallID) error {
	for _, id := range ids {
		if err := caller.Hangup(ctx, id); err != nil && phone.CodeOf(err) != phone.CodeNotFound {
			return err
		}
	}
	return nil
}
