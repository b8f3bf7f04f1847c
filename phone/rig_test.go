package phone_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// rig is a Phone between fake ports, in a bubble of virtual time.
type rig struct {
	*phone.Phone
	t       *testing.T
	sip     *fakeSignalling
	media   *fakeMedia
	sound   *fakeSound
	numbers *fakeNumbers
	store   *fakeStore

	secrets  *fakeSecrets
	exchange *fakeExchange
	tracer   *fakeTracer
	files    *fakeRecordings
	log      bytes.Buffer // to be read while the phone rests

	events *phone.Subscription
	stop   context.CancelFunc
	ended  chan error // what Run returned
}

const alice = "alice@pbx.example"

// run runs test in a bubble, with a phone that has alice's account.
func run(t *testing.T, test func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		test(t, r)
		r.close()
	})
}

// newRig makes a phone that does nothing yet.
func newRig(t *testing.T) *rig {
	r := &rig{
		t:       t,
		sip:     &fakeSignalling{localIP: "192.0.2.1", secrets: map[phone.AccountID]string{}},
		media:   &fakeMedia{},
		sound:   &fakeSound{chosen: map[phone.DeviceRole]string{}, volumes: map[phone.DeviceRole]int{}},
		numbers: &fakeNumbers{},
		store: &fakeStore{
			settings: map[string]string{},
			accounts: []phone.Account{{ID: "a1", Address: alice, Country: "GB", Transport: phone.UDP, Default: true}},
		},

		secrets:  &fakeSecrets{texts: map[phone.AccountID]phone.Secret{"a1": phone.NewSecret("hunter2")}},
		exchange: &fakeExchange{},
		tracer:   &fakeTracer{},
		files:    newFakeRecordings(),
		ended:    make(chan error, 1),
	}
	var ids atomic.Int64
	r.Phone = phone.New(phone.Config{
		Signalling: func(inbox phone.SignallingInbox) phone.Signalling {
			r.sip.SignallingInbox = inbox
			return r.sip
		},
		Sound: func(notify func(phone.SoundEvent)) phone.Sound {
			r.sound.notify = notify
			return r.sound
		},
		Texting: func(phone.TextingInbox) phone.Texting { return newFakeTexting() },
		Media:   r.media, Numbers: r.numbers, Store: r.store, Blacklist: fakeBlacklist{}, Secrets: r.secrets, Exchange: r.exchange, Tracer: r.tracer, Recordings: r.files,
		NewID: func() (string, error) { return fmt.Sprintf("id-%d", ids.Add(1)), nil },
		Log:   slog.New(slog.NewTextHandler(&r.log, nil)),
	})
	return r
}

// start runs the phone and waits until its accounts are open.
func (r *rig) start() {
	r.events = r.Subscribe()
	ctx, stop := context.WithCancel(r.t.Context())
	r.stop = stop
	go func() { r.ended <- r.Run(ctx) }()
	<-r.Ready()
	r.happened()
}

// close ends the phone and waits for it.
func (r *rig) close() {
	r.t.Helper()
	r.stop()
	require.NoError(r.t, <-r.ended)
	require.Empty(r.t, r.Snapshot().Calls, "a call was left over")
}

// happened waits until everybody waits, and returns the events since the last time.
func (r *rig) happened() []phone.Event {
	synctest.Wait()
	var events []phone.Event
	for {
		select {
		case e, ok := <-r.events.Events():
			if !ok {
				return events
			}
			events = append(events, e)
		default:
			return events
		}
	}
}

// besidesHistory leaves out when history was written: it follows what happened at
// some time.
func besidesHistory(events []phone.Event) []phone.Event {
	return slices.DeleteFunc(events, func(e phone.Event) bool { return e.Kind == phone.EventHistory })
}

// kinds are those of what happened.
func (r *rig) kinds() []phone.EventKind {
	var kinds []phone.EventKind
	for _, e := range r.happened() {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

// heard returns what the agent heard since the last time.
func (r *rig) heard() []string {
	synctest.Wait()
	log := r.sound.log
	r.sound.log = nil
	return log
}

// call returns the one living call.
func (r *rig) call() phone.Call {
	r.t.Helper()
	synctest.Wait()
	calls := r.Snapshot().Calls
	require.Len(r.t, calls, 1)
	return calls[0]
}

// over returns the call that has just ended, and checks that none is left.
func (r *rig) over() phone.Call {
	r.t.Helper()
	var over *phone.Call
	for _, e := range r.happened() {
		if e.Kind == phone.EventCallEnded {
			require.Nil(r.t, over, "a call ended twice")
			over = e.Call
		}
	}
	require.NotNil(r.t, over, "no call ended")
	require.Equal(r.t, phone.Ended, over.State)
	require.False(r.t, over.Ended.IsZero())
	require.Empty(r.t, r.Snapshot().Calls)
	return *over
}

// dial places a call up to its INVITE.
func (r *rig) dial(number string) (phone.CallID, *fakeDialog, *fakeSession) {
	r.t.Helper()
	id, err := r.Dial(r.t.Context(), phone.CallRequest{Number: number})
	require.NoError(r.t, err)
	m := r.media.sessions[len(r.media.sessions)-1]
	m.tell(phone.MediaOffer{SDP: []byte("our offer")})
	synctest.Wait()
	require.NotEmpty(r.t, r.sip.dialogs)
	return id, r.sip.dialogs[len(r.sip.dialogs)-1], m
}

// talk places a call that is answered.
func (r *rig) talk() (phone.CallID, *fakeDialog, *fakeSession) {
	r.t.Helper()
	id, d, m := r.dial("1001")
	d.tell(phone.DialogAnswered{Fork: "a", Answer: []byte("their answer")})
	synctest.Wait()
	m.tell(phone.MediaAgreed{Agreed: phone.Agreed{Codec: "PCMU", Digits: true}})
	require.Equal(r.t, phone.Active, r.call().State)
	return id, d, m
}

// ring has somebody call.
func (r *rig) ring(offer string) (phone.CallID, *fakeDialog) {
	r.t.Helper()
	d := &fakeDialog{}
	in := phone.Incoming{
		Account: "a1", Dialog: d, Called: "alice",
		Caller: phone.Caller{Claims: []phone.Claim{{Source: "From", Name: "Bob", User: "44123", Host: "pbx.example"}}},
	}
	if offer != "" {
		in.Offer = []byte(offer)
	}
	d.tell = r.sip.Invited(in)
	synctest.Wait()
	calls := r.Snapshot().Calls
	require.NotEmpty(r.t, calls)
	return calls[len(calls)-1].ID, d
}

// session returns the newest media session.
func (r *rig) session() *fakeSession {
	r.t.Helper()
	synctest.Wait()
	require.NotEmpty(r.t, r.media.sessions)
	return r.media.sessions[len(r.media.sessions)-1]
}

// fails checks the class of an error, and that it has a sentence.
func fails(t *testing.T, code phone.Code, err error) {
	t.Helper()
	require.Error(t, err)
	require.Equal(t, code, phone.CodeOf(err), "%v", err)
	require.NotEmpty(t, phone.Sentence(err))
}
