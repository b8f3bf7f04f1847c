package controltest

import (
	"context"
	"time"

	"github.com/callward/callward/phone"
)

// Voicemails notes the query and returns Inbox.
func (p *Phone) Voicemails(_ context.Context, q phone.VoicemailQuery) ([]phone.Voicemail, int, error) {
	return p.Inbox, len(p.Inbox), p.note("voicemail list %q %d", q.Filter, q.Limit)
}

// Voicemail returns the one of Inbox; CodeNotFound where there is none.
func (p *Phone) Voicemail(_ context.Context, id phone.VoicemailID) (phone.Voicemail, error) {
	for _, v := range p.Inbox {
		if v.ID == id {
			return v, nil
		}
	}
	return phone.Voicemail{}, &phone.Error{Code: phone.CodeNotFound, Op: "voicemail"}
}

// MarkVoicemails notes the mark.
func (p *Phone) MarkVoicemails(_ context.Context, mark phone.VoicemailMark, ids ...phone.VoicemailID) error {
	return p.note("voicemail %s %v", mark, ids)
}

// DeleteVoicemails notes the messages.
func (p *Phone) DeleteVoicemails(_ context.Context, ids ...phone.VoicemailID) error {
	return p.note("voicemail delete %v", ids)
}

// RestoreVoicemails notes the messages.
func (p *Phone) RestoreVoicemails(_ context.Context, ids ...phone.VoicemailID) error {
	return p.note("voicemail restore %v", ids)
}

// ExportVoicemail notes message and file.
func (p *Phone) ExportVoicemail(_ context.Context, id phone.VoicemailID, path string, overwrite bool) error {
	return p.note("voicemail export %s %s %v", id, path, overwrite)
}

// PlayVoicemail notes the message.
func (p *Phone) PlayVoicemail(_ context.Context, id phone.VoicemailID, from time.Duration) error {
	return p.note("voicemail play %s from %v", id, from)
}

// ToVoicemail notes the call.
func (p *Phone) ToVoicemail(_ context.Context, id phone.CallID) error {
	return p.note("voicemail take %q", id)
}

// PickUp notes the call.
func (p *Phone) PickUp(_ context.Context, id phone.CallID) error {
	return p.note("voicemail pickup %q", id)
}

// MachineSettings returns Machine.
func (p *Phone) MachineSettings(context.Context) (phone.MachineSettings, error) {
	return p.Machine, p.note("voicemail settings")
}

// SetMachineSettings notes the settings.
func (p *Phone) SetMachineSettings(_ context.Context, s phone.MachineSettings) error {
	return p.note("voicemail set %+v", s)
}

// SetGreeting notes kind and file.
func (p *Phone) SetGreeting(_ context.Context, kind phone.GreetingKind, path string) error {
	return p.note("greeting set %s %s", kind, path)
}

// ResetGreeting notes the kind.
func (p *Phone) ResetGreeting(_ context.Context, kind phone.GreetingKind) error {
	return p.note("greeting reset %s", kind)
}

// SetPresence notes the presence.
func (p *Phone) SetPresence(_ context.Context, presence phone.Presence) error {
	return p.note("presence %s", presence)
}
