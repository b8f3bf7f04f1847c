package view

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestTheLineInASentence(t *testing.T) {
	practice := phone.AccountStatus{Account: phone.Account{ID: phone.PracticeAccount, Address: "1001@practice.invalid"}, State: phone.Registered}
	own := func(state phone.RegistrationState, reason string) phone.AccountStatus {
		return phone.AccountStatus{Account: phone.Account{ID: "a1", Address: alice}, State: state, Reason: reason}
	}
	for name, tc := range map[string]struct {
		s    phone.Snapshot
		want Line
	}{
		"nothing":    {phone.Snapshot{}, Line{Level: Bad, Text: "There is no account yet. Add one, or practise.", First: true}},
		"practice":   {phone.Snapshot{Accounts: []phone.AccountStatus{practice}}, Line{Account: "Practice", Practice: true, Text: "You are practising: calls stay on this computer."}},
		"good":       {phone.Snapshot{Accounts: []phone.AccountStatus{own(phone.Registered, "")}}, Line{Account: "alice", Text: "Line is good."}},
		"beside":     {phone.Snapshot{Accounts: []phone.AccountStatus{practice, own(phone.Registered, "")}}, Line{Account: "alice", Text: "Line is good."}},
		"silent":     {phone.Snapshot{Accounts: []phone.AccountStatus{own(phone.Registered, "")}, Sound: "No sound."}, Line{Account: "alice", Level: Bad, Text: "No sound."}},
		"on its way": {phone.Snapshot{Accounts: []phone.AccountStatus{own(phone.Registering, "x")}}, Line{Account: "alice", Level: Working, Text: "Connecting to the server…"}},
		"off":        {phone.Snapshot{Accounts: []phone.AccountStatus{own(phone.Off, "")}}, Line{Account: "alice", Level: Working, Text: "The account is off."}},
		"failed":     {phone.Snapshot{Accounts: []phone.AccountStatus{own(phone.Failed, "Wrong password.")}}, Line{Account: "alice", Level: Bad, Text: "Wrong password."}},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, tc.want, lineOf(english{}, tc.s)) })
	}
	s := phone.Snapshot{Accounts: []phone.AccountStatus{own(phone.Failed, "x"), {Account: phone.Account{Address: "bob@b.example", Default: true}, State: phone.Registered}}}
	require.Equal(t, "bob", lineOf(english{}, s).Account, "the default leads")
}
