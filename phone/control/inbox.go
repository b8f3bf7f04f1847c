package control

import (
	"context"
	"time"

	"github.com/callward/callward/phone"
)

// Inbox is what the server works of the answering machine, its inbox and the player; phone.Phone satisfies it.
type Inbox interface {
	Voicemails(ctx context.Context, q phone.VoicemailQuery) (part []phone.Voicemail, total int, err error)
	MarkVoicemails(ctx context.Context, mark phone.VoicemailMark, ids ...phone.VoicemailID) error
	DeleteVoicemails(ctx context.Context, ids ...phone.VoicemailID) error
	RestoreVoicemails(ctx context.Context, ids ...phone.VoicemailID) error
	// ExportVoicemail takes the absolute path of a file.
	ExportVoicemail(ctx context.Context, id phone.VoicemailID, path string, overwrite bool) error
	Voicemail(ctx context.Context, id phone.VoicemailID) (phone.Voicemail, error)
	PlayVoicemail(ctx context.Context, id phone.VoicemailID, from time.Duration) error

	ToVoicemail(ctx context.Context, id phone.CallID) error
	PickUp(ctx context.Context, id phone.CallID) error
	MachineSettings(ctx context.Context) (phone.MachineSettings, error)
	SetMachineSettings(ctx context.Context, s phone.MachineSettings) error
	// SetGreeting takes the absolute path of a file.
	SetGreeting(ctx context.Context, kind phone.GreetingKind, path string) error
	ResetGreeting(ctx context.Context, kind phone.GreetingKind) error
	SetPresence(ctx context.Context, presence phone.Presence) error
}
