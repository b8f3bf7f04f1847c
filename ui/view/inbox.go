package view

import (
	"context"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// InboxKeeper keeps the voice messages; *phone.Phone satisfies it. Its methods wait for the disk.
type InboxKeeper interface {
	Voicemails(ctx context.Context, q phone.VoicemailQuery) (part []phone.Voicemail, total int, err error)
	Voicemail(ctx context.Context, id phone.VoicemailID) (phone.Voicemail, error)
	VoicemailCounts(ctx context.Context) (phone.VoicemailCounts, error)
	MarkVoicemails(ctx context.Context, mark phone.VoicemailMark, ids ...phone.VoicemailID) error
	NoteVoicemail(ctx context.Context, id phone.VoicemailID, note string) error
	DeleteVoicemails(ctx context.Context, ids ...phone.VoicemailID) error
	RestoreVoicemails(ctx context.Context, ids ...phone.VoicemailID) error
	ExportVoicemail(ctx context.Context, id phone.VoicemailID, path string, overwrite bool) error
}

// SoundPlayer plays messages and greetings; *phone.Phone satisfies it.
type SoundPlayer interface {
	PlayVoicemail(ctx context.Context, id phone.VoicemailID, from time.Duration) error
	PlayGreeting(ctx context.Context, kind phone.GreetingKind) error
	PausePlayer(ctx context.Context, on bool) error
	SeekPlayer(ctx context.Context, to time.Duration) error
	SetPlayer(ctx context.Context, speed float64, role phone.DeviceRole) error
	ClosePlayer(ctx context.Context) error
}

// Answerer is the answering machine; *phone.Phone satisfies it. What is set and recorded waits for the disk.
type Answerer interface {
	ToVoicemail(ctx context.Context, id phone.CallID) error
	ListenIn(ctx context.Context, id phone.CallID, on bool) error
	PickUp(ctx context.Context, id phone.CallID) error
	MachineSettings(ctx context.Context) (phone.MachineSettings, error)
	SetMachineSettings(ctx context.Context, s phone.MachineSettings) error
	SetPresence(ctx context.Context, presence phone.Presence) error
	Greetings(ctx context.Context) ([]phone.Greeting, error)
	SetGreeting(ctx context.Context, kind phone.GreetingKind, path string) error
	RecordGreeting(ctx context.Context) error
	KeepGreeting(ctx context.Context, kind phone.GreetingKind) error
	ResetGreeting(ctx context.Context, kind phone.GreetingKind) error
}

// VoicemailRow is a voice message as its row shows it.
type VoicemailRow struct {
	ID    phone.VoicemailID
	Party Party
	// Number is the caller's normal form, "" for a hidden one, and Contact whom it belongs to; "" for nobody.
	Number  string
	Contact phone.ContactID
	// Account is the address that was called.
	Account string
	// When is its time, or its day where that is not today, and Moment both. Length is how long it is, as 0:34.
	When, Moment, Length string
	// Heard, Done, Blocked and BlockedNow are as in phone.Voicemail.
	Heard, Done, Blocked, BlockedNow bool
	// Note is the first line of what was noted.
	Note string
}

// voicemailRows makes rows of messages.
type voicemailRows struct {
	words   Words
	numbers Numbers
	country func(address string) string
	now     func() time.Time
}

func (r voicemailRows) row(v phone.Voicemail) VoicemailRow {
	row := VoicemailRow{
		ID: v.ID, Party: party(r.words, r.numbers, v.Name, v.Number, r.country(v.Account)), Number: v.Number, Contact: v.Contact,
		Account: v.Account, When: clock(v.Received), Moment: clock(v.Received), Length: length(v.Length), Heard: v.Heard, Done: v.Done,
		Blocked: v.Blocked, BlockedNow: v.BlockedNow,
	}
	if !day(v.Received).Equal(day(r.now())) {
		row.When, row.Moment = dateTitle(r.words, v.Received, r.now()), moments(r.words, v.Received, r.now())
	}
	row.Note, _, _ = strings.Cut(strings.TrimSpace(v.Note), "\n")
	return row
}

func (r voicemailRows) rows(list []phone.Voicemail) []VoicemailRow {
	rows := make([]VoicemailRow, len(list))
	for i, v := range list {
		rows[i] = r.row(v)
	}
	return rows
}
