package view

import (
	"context"

	"github.com/callward/callward/phone"
)

// NextCall is a call that was asked for while another is up. It waits until the agent says that the other one may end:
// nobody who is talked to should hear what is said to the next.
type NextCall struct {
	wantedCall // Number is what is to be called, as typed
	// PickUp is the call that is to be taken from the answering machine instead, and Name who calls; "" where one is placed.
	PickUp phone.CallID
	Name   string
}

// EndAndCall ends what is up and calls what waits, or picks it up.
func (m *Main) EndAndCall() {
	next := m.Next
	if next == nil {
		return
	}
	m.Stay()
	if next.PickUp != "" {
		m.Messages.pickUp(next.PickUp, m.caller, m.Cards.up())
		return
	}
	m.place(next.wantedCall)
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
