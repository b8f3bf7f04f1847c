package control

import "github.com/callward/callward/phone"

// Status is what status answers: what is alive.
type Status struct {
	Accounts []AccountStatus `json:"accounts"`
	Calls    []Call          `json:"calls"`
	// Practice tells whether the practice exchange is on.
	Practice bool `json:"practice"`
	// Presence is available, away or dnd.
	Presence phone.Presence `json:"presence"`
	// Messages are those that are being left now, but by blocked callers.
	Messages []Message `json:"messages"`
	// Player is null where nothing is open.
	Player *Player `json:"player"`
	// Composing are those who are typing a text to the agent.
	Composing []Composing `json:"composing"`
	// Gateways are those that there are.
	Gateways []GatewayStatus `json:"gateways"`
	// NoRoom is set while the disk is too full for voice messages.
	NoRoom bool `json:"no_room"`
	// Sound is empty when sound works, else a sentence about what is wrong.
	Sound string `json:"sound"`
}

// AccountStatus is the state of an account's registration.
type AccountStatus struct {
	Address string                  `json:"address"`
	State   phone.RegistrationState `json:"state"`
	// Reason says in words why State is not registered; empty when it is.
	Reason    string           `json:"reason"`
	Voicemail AccountVoicemail `json:"voicemail"`
	Waiting   Waiting          `json:"waiting"`
}

// Composing is somebody who is typing, until then at most.
type Composing struct {
	Number string `json:"number"`
	Until  Time   `json:"until"`
}

// GatewayStatus is the state of a gateway.
type GatewayStatus struct {
	Name string `json:"name"`
	// Fault is as in GatewayRow.
	Fault string `json:"fault"`
}

func newComposing(c phone.Composing) Composing {
	return Composing{Number: c.Number, Until: Time{c.Until}}
}

func newGatewayStatus(s phone.GatewayStatus) GatewayStatus {
	return GatewayStatus{Name: s.Name, Fault: s.Fault}
}

func newStatus(s phone.Snapshot) Status {
	return Status{
		Accounts: rowsOf(s.Accounts, newAccountStatus), Calls: rowsOf(s.Calls, newCall), Practice: s.Practice, Sound: s.Sound,
		Presence: s.Presence, Messages: rowsOf(s.Messages, newMessage), Player: newPlayer(s.Player), NoRoom: s.NoRoom,
		Composing: rowsOf(s.Composing, newComposing), Gateways: rowsOf(s.Gateways, newGatewayStatus),
	}
}

func newAccountStatus(s phone.AccountStatus) AccountStatus {
	return AccountStatus{
		Address: s.Account.Address, State: s.State, Reason: s.Reason,
		Voicemail: newAccountVoicemail(s.Account.Voicemail), Waiting: Waiting(s.Waiting),
	}
}
