// Package viewtest gives tests of screens a phone that only remembers what it was asked.
package viewtest

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/view/booktest"
)

// Phone remembers what it was asked, and fails where Err is set. It belongs to the test's goroutine.
type Phone struct {
	// Log has what was asked, as "dial 600 alice@pbx.example".
	Log []string
	Err error
	// Records are newest first; a record's row is its place from the end, from 1.
	Records []phone.CallRecord
	// Missed is how many missed calls nobody has seen.
	Missed  int
	Known   []phone.Device
	Percent map[phone.DeviceRole]int
	// Saved is the account that was added last.
	Saved phone.Account
	// Book has the contacts and the blacklist, which are not logged.
	booktest.Book
	// Inbox has the voice messages, the machine and the player, which have a log of their own.
	booktest.Inbox
	// Automat has triggers, gateways and how texts are set, with a log of its own.
	booktest.Automat
	// Chat has the texts, with a log of its own.
	booktest.Chat
}

var _ view.Phone = (*Phone)(nil)

func (f *Phone) did(what ...string) error {
	f.Log = append(f.Log, strings.TrimSpace(strings.Join(what, " ")))
	return f.Err
}

// Dial implements view.Caller. The call's id is "call " and the number.
func (f *Phone) Dial(ctx context.Context, r phone.CallRequest) (phone.CallID, error) {
	if _, err := f.Gate(ctx, r); err != nil {
		return "", err
	}
	anyway := ""
	if r.Anyway {
		anyway = "anyway"
	}
	return phone.CallID("call " + r.Number), f.did("dial", r.Number, r.Account, anyway)
}

// Answer implements view.Caller.
func (f *Phone) Answer(_ context.Context, id phone.CallID) error { return f.did("answer", string(id)) }

// Decline implements view.Caller.
func (f *Phone) Decline(_ context.Context, id phone.CallID) error {
	return f.did("decline", string(id))
}

// Hangup implements view.Caller.
func (f *Phone) Hangup(_ context.Context, id phone.CallID) error { return f.did("hangup", string(id)) }

// Mute implements view.Caller.
func (f *Phone) Mute(_ context.Context, id phone.CallID, on bool) error {
	if on {
		return f.did("mute", string(id))
	}
	return f.did("unmute", string(id))
}

// DTMF implements view.Caller.
func (f *Phone) DTMF(_ context.Context, id phone.CallID, digits string) error {
	return f.did("dtmf", string(id), digits)
}

// CallKeys implements view.History.
func (f *Phone) CallKeys(_ context.Context, q phone.CallQuery) ([]phone.CallKey, error) {
	var keys []phone.CallKey
	for i, rec := range f.Records {
		if q.Missed && rec.Result != phone.Missed || q.Search != "" && !strings.Contains(strings.ToLower(rec.Name+rec.Number), strings.ToLower(q.Search)) ||
			rec.Started.Before(q.Since) || q.Limit > 0 && len(keys) == q.Limit {
			continue
		}
		keys = append(keys, phone.CallKey{Row: int64(len(f.Records) - i), Started: rec.Started})
	}
	return keys, f.Err
}

// CallRows implements view.History. It is not logged.
func (f *Phone) CallRows(_ context.Context, rows []int64) ([]phone.CallRecord, error) {
	var records []phone.CallRecord
	for _, row := range rows {
		records = append(records, f.Records[len(f.Records)-int(row)])
	}
	return records, f.Err
}

// DeleteCall implements view.History.
func (f *Phone) DeleteCall(_ context.Context, id phone.CallID) error {
	f.Records = slices.DeleteFunc(f.Records, func(rec phone.CallRecord) bool { return rec.ID == id })
	return f.did("delete", string(id))
}

// MissedUnseen implements view.History.
func (f *Phone) MissedUnseen(context.Context) (int, error) { return f.Missed, f.Err }

// SeeMissed implements view.History.
func (f *Phone) SeeMissed(context.Context) error {
	f.Missed = 0
	return f.did("see")
}

// AddAccount implements view.AccountKeeper.
func (f *Phone) AddAccount(_ context.Context, acc phone.Account, password phone.Secret, has bool) error {
	f.Saved = acc
	if has {
		return f.did("save", acc.Address, password.Reveal())
	}
	return f.did("save", acc.Address)
}

// RemoveAccount implements view.AccountKeeper.
func (f *Phone) RemoveAccount(_ context.Context, address string) error {
	return f.did("remove", address)
}

// RetryAccount implements view.AccountKeeper.
func (f *Phone) RetryAccount(_ context.Context, address string) error {
	return f.did("retry", address)
}

// Devices implements view.SoundKeeper.
func (f *Phone) Devices(context.Context) ([]phone.Device, error) { return f.Known, f.Err }

// SetDevice implements view.SoundKeeper.
func (f *Phone) SetDevice(_ context.Context, role phone.DeviceRole, name string) error {
	return f.did("device", string(role), name)
}

// Volumes implements view.SoundKeeper.
func (f *Phone) Volumes(context.Context) (map[phone.DeviceRole]int, error) { return f.Percent, f.Err }

// SetVolume implements view.SoundKeeper.
func (f *Phone) SetVolume(_ context.Context, role phone.DeviceRole, percent int) error {
	return f.did("volume", string(role), strconv.Itoa(percent))
}

// TestMicrophone implements view.SoundKeeper.
func (f *Phone) TestMicrophone(context.Context) error { return f.did("test microphone") }

// TestRing implements view.SoundKeeper.
func (f *Phone) TestRing(context.Context) error { return f.did("test ring") }

// SetPractice implements view.Trainer.
func (f *Phone) SetPractice(_ context.Context, on bool) error {
	if on {
		return f.did("practice on")
	}
	return f.did("practice off")
}

// PracticeRing implements view.Trainer.
func (f *Phone) PracticeRing(_ context.Context, who string) error {
	if who == "nobody" {
		return errors.New("nobody of that name")
	}
	return f.did("ring", who)
}
