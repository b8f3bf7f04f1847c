package view

import (
	"strings"

	"github.com/callward/callward/phone"
)

// Level is how well the line, or a part of it, does.
type Level int

// The levels.
const (
	Good Level = iota
	Working
	Bad
)

// Line is the state of the line in a sentence, with what to do where it is not good.
type Line struct {
	Level Level
	// Account is the account that calls go out by, as short as it is clear.
	Account string
	// Text says how it stands.
	Text string
	// Practice is set while calls go to the practice exchange.
	Practice bool
	// Presence is whether the agent takes calls; "" is Available.
	Presence phone.Presence
	// First is set where nothing was ever set up: there is no account, and practice is off.
	First bool
}

// lineOf reads the state of the line from what is alive.
func lineOf(w Words, s phone.Snapshot) Line {
	line := registration(w, s)
	line.Presence = s.Presence
	return line
}

// registration reads how the account stands.
func registration(w Words, s phone.Snapshot) Line {
	acc, ok := leading(s)
	switch {
	case !ok:
		return Line{Level: Bad, Text: w.L("There is no account yet. Add one, or practise."), First: true}
	case acc.Account.ID == phone.PracticeAccount && acc.State == phone.Registered:
		line := Line{Account: w.L("Practice"), Practice: true, Text: w.L("You are practising: calls stay on this computer.")}
		return line.hears(w, s)
	}
	line := Line{Account: user(acc.Account.Address), Practice: acc.Account.ID == phone.PracticeAccount}
	switch acc.State {
	case phone.Registered:
		line.Text = w.L("Line is good.")
		return line.hears(w, s)
	case phone.Registering:
		line.Level, line.Text = Working, w.L("Connecting to the server…")
	case phone.Off:
		line.Level, line.Text = Working, w.L("The account is off.")
	default:
		line.Level, line.Text = Bad, w.L(acc.Reason)
	}
	return line
}

// hears lets missing sound be told of on a line that is good otherwise.
func (l Line) hears(w Words, s phone.Snapshot) Line {
	if s.Sound != "" {
		l.Level, l.Text = Bad, w.L(s.Sound)
	}
	return l
}

// leading is the account that calls go out by where none is named.
func leading(s phone.Snapshot) (phone.AccountStatus, bool) {
	var first *phone.AccountStatus
	for i, a := range s.Accounts {
		if a.Account.Default {
			return a, true
		}
		if first == nil || first.Account.ID == phone.PracticeAccount {
			first = &s.Accounts[i]
		}
	}
	if first == nil {
		return phone.AccountStatus{}, false
	}
	return *first, true
}

// user is the part of an address that its people know it by.
func user(address string) string {
	name, _, _ := strings.Cut(address, "@")
	return name
}
