package control

import "github.com/callward/callward/phone"

// The arguments of the ops that take any.

// AccountAdd is those of account.add.
type AccountAdd struct {
	Account Account `json:"account"`
	// Password is null to keep the one that is stored, or to have none.
	Password *string `json:"password"`
}

// AccountRemove is those of account.remove.
type AccountRemove struct {
	Address string `json:"address"`
}

// Dial is those of call.
type Dial struct {
	// Number is as typed: a telephone number, an extension or a SIP address.
	Number string `json:"number"`
	// Account is the address of the account to call with; empty means the default.
	Account string `json:"account"`
	// Anyway calls the number although it is blocked.
	Anyway bool `json:"anyway"`
}

// CallRef is those of answer, decline and hangup.
type CallRef struct {
	// ID may be empty where one call fits.
	ID phone.CallID `json:"id"`
}

// Mute is those of mute.
type Mute struct {
	ID phone.CallID `json:"id"`
	On bool         `json:"on"`
}

// DTMF is those of dtmf.
type DTMF struct {
	ID     phone.CallID `json:"id"`
	Digits string       `json:"digits"`
}

// DeviceSet is those of device.set.
type DeviceSet struct {
	Role phone.DeviceRole `json:"role"`
	// Name is as listed; empty means the system's default.
	Name string `json:"name"`
}

// History is those of history.
type History struct {
	// Limit is how many of the newest are wanted; 0 means all.
	Limit int `json:"limit"`
}

// PracticeRing is those of practice.ring.
type PracticeRing struct {
	// Who is a robot's name; empty means any.
	Who string `json:"who"`
}

// Switch is those of practice and trace.
type Switch struct {
	On bool `json:"on"`
}

// Show is those of show.
type Show struct {
	// Number is put into the field of the window; empty leaves it as it is.
	Number string `json:"number"`
	// Call calls it.
	Call bool `json:"call"`
}
