package control

import "github.com/callward/callward/phone"

// Status is what status answers: what is alive.
type Status struct {
	Accounts []AccountStatus `json:"accounts"`
	Calls    []Call          `json:"calls"`
	// Practice tells whether the practice exchange is on.
	Practice bool `json:"practice"`
	// Sound is empty when sound works, else a sentence about what is wrong.
	Sound string `json:"sound"`
}

// AccountStatus is the state of an account's registration.
type AccountStatus struct {
	Address string                  `json:"address"`
	State   phone.RegistrationState `json:"state"`
	// Reason says in words why State is not registered; empty when it is.
	Reason string `json:"reason"`
}

func newStatus(s phone.Snapshot) Status {
	out := Status{
		Accounts: make([]AccountStatus, 0, len(s.Accounts)),
		Calls:    make([]Call, 0, len(s.Calls)),
		Practice: s.Practice,
		Sound:    s.Sound,
	}
	for _, a := range s.Accounts {
		out.Accounts = append(out.Accounts, newAccountStatus(a))
	}
	for _, c := range s.Calls {
		out.Calls = append(out.Calls, newCall(c))
	}
	return out
}

func newAccountStatus(s phone.AccountStatus) AccountStatus {
	return AccountStatus{Address: s.Account.Address, State: s.State, Reason: s.Reason}
}
