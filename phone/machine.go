package phone

import "context"

// ToVoicemail gives a call that rings here to the answering machine, or leaves it to the provider's voicemail
// where the account has that; id "" means the one that fits. It fails with CodeNotFound and CodeState.
func (p *Phone) ToVoicemail(ctx context.Context, id CallID) error { panic("not yet") }

// ListenIn lets the agent hear, or no longer hear, a message that is being left; id "" means the one that fits.
func (p *Phone) ListenIn(ctx context.Context, id CallID, on bool) error { panic("not yet") }

// PickUp takes a call from the answering machine, as Answer takes one that rings. What the caller has
// said until then is kept as a message if MachineSettings.KeepPicked is set.
func (p *Phone) PickUp(ctx context.Context, id CallID) error { panic("not yet") }

// MachineSettings returns how the answering machine works.
func (p *Phone) MachineSettings(ctx context.Context) (MachineSettings, error) { panic("not yet") }

// SetMachineSettings changes how the answering machine works, from the next call on. It fails with CodeInvalid and CodeStorage.
func (p *Phone) SetMachineSettings(ctx context.Context, s MachineSettings) error { panic("not yet") }

// SetPresence says whether the agent takes calls, from the next one on; it is kept. It fails with CodeInvalid and CodeStorage.
func (p *Phone) SetPresence(ctx context.Context, presence Presence) error { panic("not yet") }
