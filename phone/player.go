package phone

import (
	"context"
	"time"
)

// PlayVoicemail opens a message in the player, instead of what is open, and plays it from a place on. It returns once it
// plays, and fails with CodeNotFound, CodeStorage, and CodeState while the agent talks.
func (p *Phone) PlayVoicemail(ctx context.Context, id VoicemailID, from time.Duration) error {
	panic("not yet")
}

// PlayGreeting opens a greeting in the player and plays it; it fails as PlayVoicemail does.
func (p *Phone) PlayGreeting(ctx context.Context, kind GreetingKind) error { panic("not yet") }

// PausePlayer pauses what is played, or goes on; after its end it begins anew. CodeNotFound where the player is not open.
func (p *Phone) PausePlayer(ctx context.Context, on bool) error { panic("not yet") }

// SeekPlayer goes on at a place, from the beginning to the end; CodeNotFound where the player is not open.
func (p *Phone) SeekPlayer(ctx context.Context, to time.Duration) error { panic("not yet") }

// SetPlayer changes how fast, from Speeds, and where, Speaker or RingDevice, the player plays, now and from now on: it is kept.
func (p *Phone) SetPlayer(ctx context.Context, speed float64, role DeviceRole) error {
	panic("not yet")
}

// ClosePlayer ends what is played; no matter where nothing is.
func (p *Phone) ClosePlayer(ctx context.Context) error { panic("not yet") }
