package phone_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/blacklist"
	"github.com/callward/callward/phone/number"
)

// guarded is a Phone with real numbers, a real blacklist and a real file for its data; SIP and sound are made up.
type guarded struct {
	*phone.Phone
	t     *testing.T
	sip   *fakeSignalling
	media *fakeMedia
	store *data.Store
	files *fakeRecordings
	sound *fakeSound

	gateways *fakeTexting
	dir      string

	events *phone.Subscription
	stop   func()
}

// newGuarded has alice's account, in Great Britain where country is GB. Messages stay with her provider, so that the
// status shows which mode blocked a caller.
func newGuarded(t *testing.T, country string) *guarded {
	return newGuardedOf(t, country, phone.AccountVoicemail{Provider: true})
}

// newGuardedOf is the same, with others who take messages.
func newGuardedOf(t *testing.T, country string, voicemail phone.AccountVoicemail) *guarded {
	g := &guarded{t: t, dir: t.TempDir()}
	store, err := data.Open(t.Context(), g.dir)
	require.NoError(t, err)
	require.NoError(t, store.SaveAccount(t.Context(), phone.Account{ID: "a1", Address: alice, Country: country, Transport: phone.UDP, Default: true, Voicemail: voicemail}))
	require.NoError(t, store.Close())
	g.open()
	t.Cleanup(func() { g.close() })
	return g
}

// open starts the phone on its data.
func (g *guarded) open() {
	g.t.Helper()
	store, err := data.Open(g.t.Context(), g.dir)
	require.NoError(g.t, err)
	g.files = newFakeRecordings()
	g.store, g.sip, g.media = store, &fakeSignalling{localIP: "192.0.2.1", secrets: map[phone.AccountID]string{}, texts: make(chan sentText, 2000)}, &fakeMedia{}
	g.gateways = newFakeTexting()
	sound := &fakeSound{chosen: map[phone.DeviceRole]string{}, volumes: map[phone.DeviceRole]int{}}
	g.sound = sound
	g.Phone = phone.New(phone.Config{
		Signalling: func(inbox phone.SignallingInbox) phone.Signalling {
			g.sip.SignallingInbox = inbox
			return g.sip
		},
		Sound: func(notify func(phone.SoundEvent)) phone.Sound {
			sound.notify = notify
			return sound
		},
		Texting: func(inbox phone.TextingInbox) phone.Texting {
			g.gateways.TextingInbox = inbox
			return g.gateways
		},
		Media: g.media, Numbers: number.Plan{}, Store: store, Blacklist: blacklist.New(), Secrets: &fakeSecrets{texts: map[phone.AccountID]phone.Secret{}},
		Exchange: &fakeExchange{}, Tracer: &fakeTracer{}, Recordings: g.files, NewID: data.NewID, Log: slog.New(slog.DiscardHandler),
	})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	g.events = g.Subscribe()
	go func() { ended <- g.Run(ctx) }()
	<-g.Ready()
	g.stop = func() {
		stop()
		require.NoError(g.t, <-ended)
		require.NoError(g.t, store.Close())
	}
}

func (g *guarded) close() { g.stop() }

// reopen ends the program and starts it again.
func (g *guarded) reopen() {
	g.close()
	g.open()
}

// until waits for an event of a kind.
func (g *guarded) until(kind phone.EventKind) phone.Event {
	g.t.Helper()
	deadline := time.After(10 * time.Second)
	for {
		select {
		case e, ok := <-g.events.Events():
			require.True(g.t, ok, "no more events")
			if e.Kind == kind {
				return e
			}
		case <-deadline:
			require.FailNow(g.t, "no "+string(kind))
		}
	}
}

// settled waits until the phone has done what it was told until now.
func (g *guarded) settled() {
	g.t.Helper()
	_, err := g.WouldPass(g.t.Context(), "1")
	require.NoError(g.t, err)
}

// called has somebody call, and returns the dialog.
func (g *guarded) called(claims ...phone.Claim) *fakeDialog {
	g.t.Helper()
	d := &fakeDialog{}
	d.tell = g.sip.Invited(phone.Incoming{Account: "a1", Dialog: d, Called: "alice", Offer: []byte("their offer"), Caller: phone.Caller{Claims: claims}})
	g.settled()
	return d
}

// written has somebody write, and returns the answer.
func (g *guarded) written(text string, claims ...phone.Claim) int {
	g.t.Helper()
	answered := make(chan int, 1)
	g.sip.Messaged(phone.IncomingText{Account: "a1", Caller: phone.Caller{Claims: claims}, Text: text, Answer: func(status int) { answered <- status }})
	return <-answered
}

// from is a From header, asserted what the server vouches for.
func from(user string) phone.Claim {
	return phone.Claim{Source: "From", User: user, Host: "trunk.example"}
}

func asserted(user string) phone.Claim {
	return phone.Claim{Source: "P-Asserted-Identity", User: user}
}

// blocks adds an entry.
func (g *guarded) blocks(d phone.EntryDraft) phone.Entry {
	g.t.Helper()
	e, err := g.AddEntry(g.t.Context(), d)
	require.NoError(g.t, err)
	return e
}

// knows adds a contact.
func (g *guarded) knows(name string, numbers ...string) phone.Contact {
	g.t.Helper()
	c := phone.Contact{Name: name}
	for _, n := range numbers {
		c.Numbers = append(c.Numbers, phone.ContactNumber{Text: n})
	}
	c, err := g.SaveContact(g.t.Context(), c)
	require.NoError(g.t, err)
	return c
}

// gets tells what became of a call from a number: the status that refused it, 0 where it rang.
func (g *guarded) gets(user string) int {
	g.t.Helper()
	d := g.called(from(user))
	status := rejected(d)
	if status == 0 {
		calls := g.Snapshot().Calls
		require.NotEmpty(g.t, calls)
		require.NoError(g.t, g.Decline(g.t.Context(), calls[len(calls)-1].ID))
	}
	return status
}

// rejected is the status that a call was refused with; 0 where it was not.
func rejected(d *fakeDialog) int {
	for _, line := range d.log {
		var status int
		if _, err := fmt.Sscanf(line, "reject %d", &status); err == nil {
			return status
		}
	}
	return 0
}
