package view

import (
	"context"
	"errors"

	"github.com/callward/callward/phone"
)

// BlockedCall is a call that the gate holds up until the agent decides: the number is blacklisted.
type BlockedCall struct {
	// Party is whom the call would reach.
	Party Party
	// Name is the entry's, where it says more than Party; may be empty.
	Name string
	// Mode says what is blocked, and Since from when on.
	Mode, Since string

	wanted wantedCall
}

// wantedCall is a call that was asked for, and what to do once it is placed.
type wantedCall struct {
	phone.CallRequest
	placed func()
}

// dial calls a number, once nothing speaks against it: the gate, and a call that is up.
// An emergency call waits for no answer.
func (m *Main) dial(w wantedCall) {
	var target phone.Target
	m.worker.Do(func(ctx context.Context) (err error) {
		target, err = m.caller.Gate(ctx, w.CallRequest)
		return err
	}, func(err error) {
		var held *phone.Blocked
		switch {
		case errors.As(err, &held):
			m.hold(w, held)
		case err != nil:
			m.Cards.say(err)
		case target.Emergency || !m.Cards.Up():
			m.place(w)
		case m.Next == nil:
			m.Next = &NextCall{wantedCall: w}
			m.Changed()
		}
	})
}

// hold shows why a call is held up, unless another question is open.
func (m *Main) hold(w wantedCall, held *phone.Blocked) {
	if m.Blocked != nil {
		return
	}
	country := m.country(w.Account)
	b := &BlockedCall{
		Party: party(m.words, m.Dial.numbers, held.Entry.Name, held.Verdict.Number, country),
		Mode:  m.words.L(phone.ModeTitle(held.Entry.Mode)), wanted: w,
	}
	if who := m.book.WhoHas(held.Verdict.Number, w.Account); len(who) > 0 && who[0].Title() != b.Party.Title {
		b.Name = who[0].Title()
	}
	if !held.Entry.Since.IsZero() {
		b.Since = m.words.L("On the list since {{.Day}}.", map[string]any{"Day": dateTitle(m.words, held.Entry.Since, m.now())})
	}
	m.Blocked = b
	m.Changed()
}

// Proceed calls the number that is blocked.
func (m *Main) Proceed() {
	if b := m.Blocked; b != nil {
		m.Abort()
		b.wanted.Anyway = true
		m.dial(b.wanted)
	}
}

// Abort leaves it at that.
func (m *Main) Abort() {
	m.Blocked = nil
	m.Changed()
}

// country is that of the account of an address; "" means the one that calls go out by.
func (m *Main) country(address string) string {
	if address == "" {
		address = m.leading
	}
	return m.countries[address]
}
