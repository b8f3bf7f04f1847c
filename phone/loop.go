package phone

import (
	"slices"
	"time"
)

// loop is the state that Run's goroutine owns. Nothing in it blocks.
type loop struct {
	*Phone
	seq           uint64
	accounts      []*AccountStatus
	calls         []*call // those alive that the agent has, oldest first
	attended      []*call // those alive that the answering machine has, oldest first
	practice      bool
	faults        soundFaults
	ringing       bool
	tone          Tone
	screening     Screening
	lifeline      time.Time // until when nothing is screened
	presence      Presence
	machine       MachineSettings
	greetings     map[GreetingKind]Samples
	noRoom        bool // on the disk, for messages
	gateways      []GatewayStatus
	composing     map[string]time.Time // until when somebody types, by number
	chimed        time.Time            // when a text was last heard
	playing       *playing             // nil while the player is closed
	way           playerWay
	subscriptions []*Subscription
	// told are events, and replies answers to commands, that go out once the
	// snapshot has what they tell of.
	told    []Event
	replies []func()
}

func newLoop(p *Phone) *loop {
	return &loop{Phone: p, faults: soundFaults{}, screening: usualScreening, presence: Available, composing: map[string]time.Time{}, machine: p.usualMachine(), way: usualWay}
}

// work applies inputs in order, then shows what came of them.
func (l *loop) work(inputs []input) {
	for _, in := range inputs {
		in.apply(l)
	}
	l.sounds()
	l.publish()
	l.tell()
}

// emit numbers an event, which everybody gets at the end of the work under way.
func (l *loop) emit(e Event) {
	l.seq++
	e.Seq, e.Time = l.seq, time.Now()
	if e.Call != nil {
		l.recorder.put(*e.Call)
	}
	l.told = append(l.told, e)
}

// tell gives the events to everybody, and then their answers to those who asked.
func (l *loop) tell() {
	for _, e := range l.told {
		l.subscriptions = slices.DeleteFunc(l.subscriptions, func(s *Subscription) bool { return e.Seq > s.after && !s.give(e) })
	}
	for _, reply := range l.replies {
		reply()
	}
	clear(l.told)
	clear(l.replies)
	l.told, l.replies = l.told[:0], l.replies[:0]
}

// publish makes the snapshot of what is alive.
func (l *loop) publish() {
	s := &Snapshot{
		Seq: l.seq, Practice: l.practice, Sound: l.faults.text(), Unscreened: l.lifeline,
		Messages: l.messages(), Player: l.player(), Presence: l.presence, NoRoom: l.noRoom,
	}
	for _, a := range l.accounts {
		s.Accounts = append(s.Accounts, *a)
	}
	s.Gateways = slices.Clone(l.gateways)
	for number, until := range l.composing {
		s.Composing = append(s.Composing, Composing{number, until})
	}
	for _, c := range l.calls {
		s.Calls = append(s.Calls, c.view)
	}
	l.snapshot.Store(s)
}

// end ends all calls and subscriptions: the program stops.
func (l *loop) end() {
	// Those who wait for an answer get one: inputs that came until now are done.
	l.work(l.inbox.Take())
	l.stopPlaying()
	for _, c := range l.all() {
		l.hangup(c)
	}
	l.work(nil)
	for _, s := range l.subscriptions {
		s.Close()
	}
}

// shut takes nothing any more. Who asked since end waits for ended; who
// subscribed since then has the end at once.
func (l *loop) shut() {
	l.inbox.Close()
	for _, in := range l.inbox.Take() {
		if late, ok := in.(subscribed); ok {
			late.s.Close()
		}
	}
}

// sounds makes ringtone and ringback follow from the calls.
func (l *loop) sounds() {
	ring, ringback, talking, country := false, false, false, ""
	for _, c := range l.calls {
		switch {
		case c.view.State == Ringing && c.view.Direction == In:
			ring = ring || !c.taken
		case c.view.State == Ringing:
			ringback, country = true, c.country
		default:
			talking = true
		}
	}
	if ring = ring && !talking && !ringback; ring != l.ringing {
		l.ringing = ring
		l.sound.Ringtone(ring)
	}
	switch ringback = ringback && !talking; {
	case ringback && l.tone != ToneRingback:
		l.playTone(ToneRingback, country)
	case !ringback && l.tone == ToneRingback, talking && l.tone != ToneNone:
		l.playTone(ToneNone, "")
	}
}

// playTone plays t instead of what is played now.
func (l *loop) playTone(t Tone, country string) {
	l.tone = t
	l.sound.Tone(t, country)
}

// noticed is something the agent should know.
type noticed string

func (text noticed) apply(l *loop) { l.emit(Event{Kind: EventNotice, Text: string(text)}) }
