package control

import (
	"time"

	"github.com/callward/callward/phone"
)

// Voicemail is a row of voicemail.list.
type Voicemail struct {
	ID phone.VoicemailID `json:"id"`
	// Call is the id of the call in history; empty where the caller is blocked.
	Call phone.CallID `json:"call"`
	When Time         `json:"when"`
	// LengthS is in seconds.
	LengthS float64 `json:"length_s"`
	// Number is empty for a hidden caller.
	Number  string `json:"number"`
	Name    string `json:"name"`
	Account string `json:"account"`
	// Blocked tells that it was left under the mode voicemail of the blacklist.
	Blocked bool   `json:"blocked"`
	Heard   bool   `json:"heard"`
	Done    bool   `json:"done"`
	Note    string `json:"note"`
}

func newVoicemail(v phone.Voicemail) Voicemail {
	return Voicemail{
		ID: v.ID, Call: v.Call, When: Time{v.Received}, LengthS: v.Length.Seconds(), Number: v.Number, Name: v.Name, Account: v.Account,
		Blocked: v.Blocked, Heard: v.Heard, Done: v.Done, Note: v.Note,
	}
}

// VoicemailList is the arguments of voicemail.list.
type VoicemailList struct {
	// Filter is unheard, blocked, or empty for all.
	Filter phone.VoicemailFilter `json:"filter"`
	// Limit is how many of the newest; 0 for all.
	Limit int `json:"limit"`
}

// VoicemailRef is the arguments of voicemail.play, voicemail.delete and voicemail.restore.
type VoicemailRef struct {
	ID phone.VoicemailID `json:"id"`
}

// VoicemailMark is the arguments of voicemail.mark.
type VoicemailMark struct {
	ID phone.VoicemailID `json:"id"`
	// Mark is heard, unheard, done or open.
	Mark phone.VoicemailMark `json:"mark"`
}

// VoicemailExport is the arguments of voicemail.export.
type VoicemailExport struct {
	ID phone.VoicemailID `json:"id"`
	File
}

// VoicemailSettings is what voicemail.settings answers, and the arguments of voicemail.set.
type VoicemailSettings struct {
	// MaxLengthS is how long a message may be, in seconds.
	MaxLengthS int `json:"max_length_s"`
	// Talking, Away and DND have callers go to the machine at once in that case.
	Talking bool `json:"talking"`
	Away    bool `json:"away"`
	DND     bool `json:"dnd"`
	// KeepDays is for how many days messages that were heard are kept; 0 for ever.
	KeepDays int `json:"keep_days"`
	// KeepPicked keeps what was recorded until a call was picked up.
	KeepPicked bool `json:"keep_picked"`
	// Language is that of the standard greeting: en or de.
	Language string `json:"language"`
}

const day = 24 * time.Hour

func newVoicemailSettings(s phone.MachineSettings) VoicemailSettings {
	return VoicemailSettings{
		MaxLengthS: int(s.MaxLength / time.Second), Talking: s.Talking, Away: s.Away, DND: s.DoNotDisturb,
		KeepDays: int(s.Keep / day), KeepPicked: s.KeepPicked, Language: s.Language,
	}
}

func (s VoicemailSettings) machineSettings() (phone.MachineSettings, error) {
	const most = 100_000 // of either, so that it fits into a Duration; the phone has narrower bounds
	if s.MaxLengthS < 0 || s.MaxLengthS > most || s.KeepDays < 0 || s.KeepDays > most {
		return phone.MachineSettings{}, invalid("max_length_s", "max_length_s is a number of seconds, and keep_days one of days, or 0.")
	}
	return phone.MachineSettings{
		MaxLength: time.Duration(s.MaxLengthS) * time.Second, Talking: s.Talking, Away: s.Away, DoNotDisturb: s.DND,
		Keep: time.Duration(s.KeepDays) * day, KeepPicked: s.KeepPicked, Language: s.Language,
	}, nil
}

// GreetingSet is the arguments of greeting.set; For is all, blocked or away, and Path that of a WAV file.
type GreetingSet struct {
	For  phone.GreetingKind `json:"for"`
	Path string             `json:"path"`
}

// GreetingReset is the arguments of greeting.reset.
type GreetingReset struct {
	For phone.GreetingKind `json:"for"`
}

// Presence is the arguments of presence.set: available, away or dnd.
type Presence struct {
	Presence phone.Presence `json:"presence"`
}

// Message is one that is being left, by a caller who is not blocked.
type Message struct {
	Call
	// Phase is waiting, greeting or recording, and LengthS how many seconds are recorded.
	Phase   phone.MachinePhase `json:"phase"`
	LengthS float64            `json:"length_s"`
}

func newMessage(m phone.LiveMessage) Message {
	return Message{Call: newCall(m.Call), Phase: m.Phase, LengthS: m.Length.Seconds()}
}

// Player is what is played; a row of status, null where nothing is open.
type Player struct {
	// Voicemail is the id of the message, or Greeting the kind of greeting.
	Voicemail phone.VoicemailID  `json:"voicemail"`
	Greeting  phone.GreetingKind `json:"greeting"`
	Playing   bool               `json:"playing"`
	PositionS float64            `json:"position_s"`
	LengthS   float64            `json:"length_s"`
	Speed     float64            `json:"speed"`
	Role      phone.DeviceRole   `json:"role"`
	// Fault says why it stopped; empty where nothing is wrong.
	Fault string `json:"fault"`
}

func newPlayer(p phone.Player) *Player {
	if p.Voicemail == "" && p.Greeting == "" {
		return nil
	}
	return &Player{
		Voicemail: p.Voicemail, Greeting: p.Greeting, Playing: p.Playing, PositionS: p.Position.Seconds(), LengthS: p.Length.Seconds(),
		Speed: p.Speed, Role: p.Role, Fault: p.Fault,
	}
}
