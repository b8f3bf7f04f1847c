package booktest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// Inbox keeps voice messages as they were last set, and remembers what the answering machine and the player were asked.
// It belongs to the test's goroutine.
type Inbox struct {
	// Fails is what every method fails with that can fail; nil for none.
	Fails error
	// Mail are the messages, newest first.
	Mail []phone.Voicemail
	// Did has what was asked, as "play v1 3s".
	Did []string
	// Machine is what MachineSettings returns, and Spoken what Greetings does.
	Machine phone.MachineSettings
	Spoken  []phone.Greeting
	// Files are the paths that are taken: an export there needs to overwrite.
	Files []string
	// Likes are the preferences, by their keys.
	Likes map[string]string

	gone []phone.Voicemail
}

func (b *Inbox) did(format string, what ...any) error {
	b.Did = append(b.Did, fmt.Sprintf(format, what...))
	return b.Fails
}

// Voicemails finds by filter, number, name and note.
func (b *Inbox) Voicemails(_ context.Context, q phone.VoicemailQuery) ([]phone.Voicemail, int, error) {
	var found []phone.Voicemail
	for _, v := range b.Mail {
		wanted := q.Filter == phone.AllVoicemails || q.Filter == phone.UnheardVoicemails && !v.Heard || q.Filter == phone.BlockedVoicemails && v.Blocked
		if wanted && (len(q.Numbers) == 0 || slices.Contains(q.Numbers, v.Number)) &&
			strings.Contains(strings.ToLower(v.Name+"\n"+v.Number+"\n"+v.Note), strings.ToLower(q.Search)) {
			found = append(found, v)
		}
	}
	return part(found, q.Offset, q.Limit), len(found), b.Fails
}

// Voicemail returns one.
func (b *Inbox) Voicemail(_ context.Context, id phone.VoicemailID) (phone.Voicemail, error) {
	for _, v := range b.Mail {
		if v.ID == id {
			return v, b.Fails
		}
	}
	return phone.Voicemail{}, cmp.Or(b.Fails, error(&phone.Error{Code: phone.CodeNotFound, Op: "voicemail"}))
}

// VoicemailCounts counts Mail.
func (b *Inbox) VoicemailCounts(context.Context) (phone.VoicemailCounts, error) {
	counts := phone.VoicemailCounts{All: len(b.Mail)}
	for _, v := range b.Mail {
		switch {
		case v.Heard:
		case v.Blocked:
			counts.Blocked++
		default:
			counts.Unheard++
		}
	}
	return counts, b.Fails
}

// MarkVoicemails marks some.
func (b *Inbox) MarkVoicemails(_ context.Context, mark phone.VoicemailMark, ids ...phone.VoicemailID) error {
	for i := range b.Mail {
		if v := &b.Mail[i]; slices.Contains(ids, v.ID) {
			switch mark {
			case phone.MarkDone:
				v.Heard, v.Done = true, true
			case phone.MarkOpen:
				v.Done = false
			default:
				v.Heard = mark == phone.MarkHeard
			}
		}
	}
	return b.did("mark %s %v", mark, ids)
}

// NoteVoicemail changes a note.
func (b *Inbox) NoteVoicemail(_ context.Context, id phone.VoicemailID, note string) error {
	for i := range b.Mail {
		if b.Mail[i].ID == id && b.Fails == nil {
			b.Mail[i].Note = note
		}
	}
	return b.did("note %s %s", id, note)
}

// DeleteVoicemails deletes some.
func (b *Inbox) DeleteVoicemails(_ context.Context, ids ...phone.VoicemailID) error {
	b.Mail, b.gone = move(b.Mail, b.gone, func(v phone.Voicemail) bool { return slices.Contains(ids, v.ID) })
	return b.did("delete %v", ids)
}

// RestoreVoicemails brings some back.
func (b *Inbox) RestoreVoicemails(_ context.Context, ids ...phone.VoicemailID) error {
	b.gone, b.Mail = move(b.gone, b.Mail, func(v phone.Voicemail) bool { return slices.Contains(ids, v.ID) })
	slices.SortFunc(b.Mail, func(x, y phone.Voicemail) int { return y.Received.Compare(x.Received) })
	return b.did("restore %v", ids)
}

// ExportVoicemail fails where Files has the path, unless it is to overwrite.
func (b *Inbox) ExportVoicemail(_ context.Context, id phone.VoicemailID, path string, overwrite bool) error {
	if slices.Contains(b.Files, path) && !overwrite {
		return &phone.Error{Code: phone.CodeExists, Op: "export", Err: errors.New("there is a file already")}
	}
	return b.did("export %s %s", id, path)
}

// PlayVoicemail is remembered, as are all that follow.
func (b *Inbox) PlayVoicemail(_ context.Context, id phone.VoicemailID, from time.Duration) error {
	return b.did("play %s %s", id, from)
}

// PlayGreeting is remembered.
func (b *Inbox) PlayGreeting(_ context.Context, kind phone.GreetingKind) error {
	return b.did("play greeting %s", kind)
}

// PausePlayer is remembered.
func (b *Inbox) PausePlayer(_ context.Context, on bool) error { return b.did("pause %t", on) }

// SeekPlayer is remembered.
func (b *Inbox) SeekPlayer(_ context.Context, to time.Duration) error { return b.did("seek %s", to) }

// SetPlayer is remembered.
func (b *Inbox) SetPlayer(_ context.Context, speed float64, role phone.DeviceRole) error {
	return b.did("player %g %s", speed, role)
}

// ClosePlayer is remembered.
func (b *Inbox) ClosePlayer(context.Context) error { return b.did("close") }

// ToVoicemail is remembered.
func (b *Inbox) ToVoicemail(_ context.Context, id phone.CallID) error {
	return b.did("to voicemail %s", id)
}

// ListenIn is remembered.
func (b *Inbox) ListenIn(_ context.Context, id phone.CallID, on bool) error {
	return b.did("listen %s %t", id, on)
}

// PickUp is remembered.
func (b *Inbox) PickUp(_ context.Context, id phone.CallID) error { return b.did("pick up %s", id) }

// MachineSettings returns Machine.
func (b *Inbox) MachineSettings(context.Context) (phone.MachineSettings, error) {
	return b.Machine, b.Fails
}

// SetMachineSettings changes Machine.
func (b *Inbox) SetMachineSettings(_ context.Context, s phone.MachineSettings) error {
	if b.Fails == nil {
		b.Machine = s
	}
	return b.Fails
}

// SetPresence is remembered.
func (b *Inbox) SetPresence(_ context.Context, presence phone.Presence) error {
	return b.did("presence %s", presence)
}

// Greetings returns Spoken.
func (b *Inbox) Greetings(context.Context) ([]phone.Greeting, error) { return b.Spoken, b.Fails }

// SetGreeting is remembered.
func (b *Inbox) SetGreeting(_ context.Context, kind phone.GreetingKind, path string) error {
	return b.did("greeting %s %s", kind, path)
}

// RecordGreeting returns at once: what is recorded is up to the test.
func (b *Inbox) RecordGreeting(context.Context) error { return b.did("record") }

// KeepGreeting is remembered.
func (b *Inbox) KeepGreeting(_ context.Context, kind phone.GreetingKind) error {
	return b.did("keep %s", kind)
}

// ResetGreeting is remembered.
func (b *Inbox) ResetGreeting(_ context.Context, kind phone.GreetingKind) error {
	return b.did("reset %s", kind)
}

// Setting returns a preference.
func (b *Inbox) Setting(_ context.Context, key string) (string, error) { return b.Likes[key], b.Fails }

// SetSetting keeps a preference.
func (b *Inbox) SetSetting(_ context.Context, key, value string) error {
	if b.Likes == nil {
		b.Likes = map[string]string{}
	}
	b.Likes[key] = value
	return b.Fails
}
