package exchange_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/media"
	"github.com/callward/callward/phone/sipua"
)

// soon is how long a test waits for what should come at once.
const soon = 10 * time.Second

// handset is a phone as the program builds it, with no desk: it registers at an
// exchange, calls and is called.
type handset struct {
	agent  *sipua.Agent
	engine *media.Engine
	states chan registration
	// rung gets each call that comes in.
	rung chan *line
	// texts gets each text that comes in.
	texts chan phone.IncomingText
}

type registration struct {
	state phone.RegistrationState
	err   error
}

// newHandset returns a handset with an account, registered or not.
func newHandset(t *testing.T, acc phone.Account, password phone.Secret) *handset {
	t.Helper()
	clock := media.NewClock()
	h := &handset{
		engine: media.NewEngine(media.Config{Desk: clock, Clock: clock}),
		states: make(chan registration, 100), rung: make(chan *line, 10), texts: make(chan phone.IncomingText, 10),
	}
	h.agent = sipua.NewAgent(sipua.AgentConfig{Inbox: h})
	var running sync.WaitGroup
	running.Go(func() { _ = clock.Run(t.Context()) })
	t.Cleanup(func() {
		require.NoError(t, h.agent.Close())
		require.NoError(t, h.engine.Close())
		running.Wait() // the test's context is done by now
	})
	h.agent.Open(acc, password)
	return h
}

// await waits for a state of the account.
func (h *handset) await(t *testing.T, state phone.RegistrationState) error {
	t.Helper()
	for {
		select {
		case got := <-h.states:
			if got.state == state {
				return got.err
			}
		case <-time.After(soon):
			require.FailNow(t, "account is not "+string(state))
		}
	}
}

func (h *handset) AccountChanged(_ phone.AccountID, state phone.RegistrationState, err error) {
	h.states <- registration{state, err}
}

// MessagesWaiting takes no notice: the exchange keeps no messages.
func (h *handset) MessagesWaiting(phone.AccountID, phone.MessagesWaiting) {}

func (h *handset) Messaged(m phone.IncomingText) {
	m.Answer(200)
	h.texts <- m
}

// write sends a text, and returns its answer.
func (h *handset) write(number, text string) int {
	answers := make(chan phone.TextResult, 1)
	target := phone.Target{URI: "sip:" + number + "@practice.invalid", Number: number}
	h.agent.Text(phone.PracticeAccount, phone.OutgoingText{Target: target, CSeq: 1, Body: text, Time: time.Now()}, func(r phone.TextResult) { answers <- r })
	return (<-answers).Status
}

// read waits for a text.
func (h *handset) read(t *testing.T) phone.IncomingText {
	t.Helper()
	select {
	case m := <-h.texts:
		return m
	case <-time.After(soon):
		require.FailNow(t, "no text came")
		return phone.IncomingText{}
	}
}

func (h *handset) Invited(in phone.Incoming) func(phone.DialogEvent) {
	l := newLine()
	l.dialog, l.in = in.Dialog, in
	l.session = h.engine.Join(phone.MediaSpec{LocalIP: "127.0.0.1"}, &l.ear, l.tellMedia)
	h.rung <- l
	return l.tellDialog
}

// dial calls a number; the line plays its part of the call by itself from then on.
func (h *handset) dial(number string) *line {
	l := newLine()
	l.deliver = append(l.deliver, func(offer []byte) {
		target := phone.Target{URI: "sip:" + number + "@practice.invalid", Number: number}
		l.dialog = h.agent.Invite(phone.PracticeAccount, target, offer, l.tellDialog)
	})
	l.session = h.engine.Join(phone.MediaSpec{LocalIP: "127.0.0.1"}, &l.ear, l.tellMedia)
	l.session.Offer(false)
	return l
}

// line is the handset's end of a call. Its test's goroutine owns it.
type line struct {
	in      phone.Incoming
	dialog  phone.Dialog
	session phone.MediaSession
	ear     ear
	inbox   *phone.Mailbox[any]
	waiting []any // taken from the inbox, not yet looked at
	deliver []func(sdp []byte)
}

func newLine() *line { return &line{inbox: phone.NewMailbox[any]()} }

func (l *line) tellDialog(e phone.DialogEvent) { l.inbox.Put(e) }
func (l *line) tellMedia(e phone.MediaEvent)   { l.inbox.Put(e) }

// answer answers a call that came in.
func (l *line) answer() {
	l.deliver = append(l.deliver, l.dialog.Accept)
	l.session.Answer(l.in.Offer)
}

// await plays the line until an event of type E, which it returns.
func await[E any](t *testing.T, l *line) E {
	t.Helper()
	e, ok := within[E](l, soon)
	require.True(t, ok, "no %T came", e)
	return e
}

// within is await with a time of its own; ok is false where nothing came in it.
func within[E any](l *line, limit time.Duration) (e E, ok bool) {
	timeout := time.After(limit)
	for {
		for len(l.waiting) > 0 {
			next := l.waiting[0]
			l.waiting = l.waiting[1:]
			l.play(next)
			if found, ok := next.(E); ok {
				return found, true
			}
		}
		select {
		case <-l.inbox.Ready():
			l.waiting = append(l.waiting, l.inbox.Take()...)
		case <-timeout:
			return e, false
		}
	}
}

// play does what a phone does on an event.
func (l *line) play(e any) {
	switch e := e.(type) {
	case phone.MediaOffer:
		l.deliverNext(e.SDP)
	case phone.MediaAnswer:
		l.deliverNext(e.SDP)
	case phone.DialogProgress:
		if e.Answer != nil {
			l.session.Accept(e.Fork, e.Answer)
		}
	case phone.DialogAnswered:
		l.session.Accept(e.Fork, e.Answer)
	case phone.DialogOffered:
		l.deliver = append(l.deliver, l.dialog.Reply)
		l.session.Answer(e.Offer)
	case phone.DialogReanswered:
		l.session.Accept("", e.Answer)
	case phone.DialogEnded:
		l.session.Close()
	}
}

func (l *line) deliverNext(sdp []byte) {
	deliver := l.deliver[0]
	l.deliver = l.deliver[1:]
	deliver(sdp)
}

// hangUp ends the call and waits for its end.
func (l *line) hangUp(t *testing.T) {
	t.Helper()
	l.dialog.End()
	await[phone.DialogEnded](t, l)
}

// ear hears the peer, and says a tone to it where there is one. Any goroutine.
type ear struct {
	mu    sync.Mutex
	heard audio.Frame
	hz    float64
	at    int
}

// say begins a tone.
func (r *ear) say(hz float64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hz = hz
}

func (r *ear) Push(f audio.Frame) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.heard = append(r.heard, f...)
}

func (r *ear) Pull(f audio.Frame) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f.Silence()
	if r.hz != 0 {
		copy(f, spectrum.Tone(len(f), audio.DeskRate, r.hz, 8000, r.at))
		r.at += len(f)
	}
}

// listen returns what is heard from now on, for d.
func (l *line) listen(t *testing.T, d time.Duration) audio.Frame {
	t.Helper()
	l.ear.mu.Lock()
	from := len(l.ear.heard)
	l.ear.mu.Unlock()
	length := int(d * audio.DeskRate / time.Second)
	deadline := time.Now().Add(d + soon)
	for {
		_, ended := within[phone.DialogEnded](l, 20*time.Millisecond)
		require.False(t, ended, "the call ended")
		l.ear.mu.Lock()
		if len(l.ear.heard) >= from+length {
			defer l.ear.mu.Unlock()
			return append(audio.Frame(nil), l.ear.heard[from:from+length]...)
		}
		l.ear.mu.Unlock()
		require.True(t, time.Now().Before(deadline), "nothing is heard, not even silence")
	}
}

// requireSpeech checks that something is said: speech, unlike a tone, is loud now
// and then.
func requireSpeech(t *testing.T, heard audio.Frame) {
	t.Helper()
	require.Greater(t, spectrum.RMS(heard), -40.0, "dBov")
}
