package view

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/view/booktest"
)

// fakePhone remembers what it was asked, and fails where err is set.
type fakePhone struct {
	log     []string
	err     error
	records []phone.CallRecord // newest first; its row is the place from the end, from 1
	missed  int
	devices []phone.Device
	volumes map[phone.DeviceRole]int
	saved   phone.Account
	booktest.Book
	booktest.Inbox
	booktest.Automat
	booktest.Chat
}

func (f *fakePhone) did(what ...string) error {
	f.log = append(f.log, strings.Join(what, " "))
	return f.err
}

func (f *fakePhone) Dial(ctx context.Context, r phone.CallRequest) (phone.CallID, error) {
	if _, err := f.Gate(ctx, r); err != nil {
		return "", err
	}
	what := []string{"dial", r.Number, r.Account}
	if r.Anyway {
		what = append(what, "anyway")
	}
	return phone.CallID("call " + r.Number), f.did(what...)
}

func (f *fakePhone) Answer(_ context.Context, id phone.CallID) error {
	return f.did("answer", string(id))
}

func (f *fakePhone) Decline(_ context.Context, id phone.CallID) error {
	return f.did("decline", string(id))
}

func (f *fakePhone) Hangup(_ context.Context, id phone.CallID) error {
	return f.did("hangup", string(id))
}

func (f *fakePhone) Mute(_ context.Context, id phone.CallID, on bool) error {
	if on {
		return f.did("mute", string(id))
	}
	return f.did("unmute", string(id))
}

func (f *fakePhone) DTMF(_ context.Context, id phone.CallID, digits string) error {
	return f.did("dtmf", string(id), digits)
}

func (f *fakePhone) CallKeys(_ context.Context, q phone.CallQuery) ([]phone.CallKey, error) {
	var keys []phone.CallKey
	for i, rec := range f.records {
		if q.Missed && rec.Result != phone.Missed || q.Search != "" && !strings.Contains(rec.Name+rec.Number, q.Search) ||
			rec.Started.Before(q.Since) || q.Limit > 0 && len(keys) == q.Limit {
			continue
		}
		keys = append(keys, phone.CallKey{Row: int64(len(f.records) - i), Started: rec.Started})
	}
	return keys, f.err
}

func (f *fakePhone) CallRows(_ context.Context, rows []int64) ([]phone.CallRecord, error) {
	var records []phone.CallRecord
	for _, row := range rows {
		records = append(records, f.records[len(f.records)-int(row)])
	}
	return records, errors.Join(f.err, f.did("rows"))
}

func (f *fakePhone) DeleteCall(_ context.Context, id phone.CallID) error {
	f.records = slices.DeleteFunc(f.records, func(rec phone.CallRecord) bool { return rec.ID == id })
	return f.did("delete", string(id))
}
func (f *fakePhone) MissedUnseen(context.Context) (int, error) { return f.missed, f.err }
func (f *fakePhone) SeeMissed(context.Context) error {
	f.missed = 0
	return f.did("see")
}

func (f *fakePhone) AddAccount(_ context.Context, acc phone.Account, password phone.Secret, has bool) error {
	f.saved = acc
	if has {
		return f.did("save", acc.Address, password.Reveal())
	}
	return f.did("save", acc.Address)
}

func (f *fakePhone) RemoveAccount(_ context.Context, address string) error {
	return f.did("remove", address)
}

func (f *fakePhone) RetryAccount(_ context.Context, address string) error {
	return f.did("retry", address)
}
func (f *fakePhone) Devices(context.Context) ([]phone.Device, error) { return f.devices, f.err }
func (f *fakePhone) SetDevice(_ context.Context, role phone.DeviceRole, name string) error {
	return f.did("device", string(role), name)
}

func (f *fakePhone) Volumes(context.Context) (map[phone.DeviceRole]int, error) {
	return f.volumes, f.err
}

func (f *fakePhone) SetVolume(_ context.Context, role phone.DeviceRole, _ int) error {
	return f.did("volume", string(role))
}
func (f *fakePhone) TestMicrophone(context.Context) error { return f.did("test microphone") }
func (f *fakePhone) TestRing(context.Context) error       { return f.did("test ring") }
func (f *fakePhone) SetPractice(_ context.Context, on bool) error {
	return f.did("practice", map[bool]string{true: "on", false: "off"}[on])
}
func (f *fakePhone) PracticeRing(_ context.Context, who string) error { return f.did("ring", who) }

// noon is when the tests are.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.Local)

// newMain is all screens of a fake phone.
func newMain(f *fakePhone) (*Main, *queue) {
	q := &queue{}
	return NewMain(f, q, english{}, spaced{}, func() time.Time { return noon }), q
}

const alice = "alice@pbx.example"

// snapshot is of a registered account with some calls.
func snapshot(calls ...phone.Call) phone.Snapshot {
	return phone.Snapshot{
		Accounts: []phone.AccountStatus{{Account: phone.Account{ID: "a1", Address: alice, Country: "GB", Default: true}, State: phone.Registered}},
		Calls:    calls,
	}
}

// talking is a call that was answered some time ago.
func talking(ago time.Duration) phone.Call {
	return phone.Call{
		ID: "c1", Direction: phone.Out, State: phone.Active, Account: alice, Number: "+442079460018", Name: "Jo Lee",
		Started: noon.Add(-ago - 5*time.Second), Answered: noon.Add(-ago),
	}
}

// caller is a call that rings here.
func caller(id phone.CallID) phone.Call {
	return phone.Call{ID: id, Direction: phone.In, State: phone.Ringing, Account: alice, Number: "+442079460018", Name: "Jo Lee", Called: "sales", Started: noon}
}
