package phone

import (
	"context"
	"log/slog"
	"slices"
	"time"
)

// outbox sends the texts that wait: those with one number by one way one after the other, in the order in which they were written.
// The goroutine of run owns lanes; the other methods may be called from any goroutine.
type outbox struct {
	phone *Phone
	log   *slog.Logger
	inbox *Mailbox[func(ctx context.Context)]
	lanes map[laneName]*textLane
	busy  int
	wake  *time.Timer
}

// laneName names a lane: a number, and what texts go to it by.
type laneName struct{ number, via string }

// textLane is what waits for one number, by one way.
type textLane struct {
	queue []queuedID
	// sending is the text that is on its way; "" for none.
	sending TextID
	// since is when the text at the head was tried first, tries how often it was, and next when it is tried again.
	since time.Time
	tries int
	next  time.Time
	// wrapped tells that the text at the head went as message/cpim, plain that this was refused.
	wrapped, plain bool
	// cseq is the last CSeq of the text at the head; 0 where that is not known.
	cseq uint32
}

// queuedID is a text in a lane. fresh tells that it was never tried, and can be sent without asking the disk for its CSeq.
type queuedID struct {
	id    TextID
	fresh bool
}

const (
	// maxSending is how many texts are on their way at a time.
	maxSending = 16
	// patience is for how long a text is tried.
	patience = 24 * time.Hour
)

// pauses are those between two tries; the last one is repeated.
var pauses = []time.Duration{5 * time.Second, 15 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute}

func newOutbox(p *Phone) *outbox {
	return &outbox{phone: p, log: p.cfg.Log, inbox: NewMailbox[func(context.Context)](), lanes: map[laneName]*textLane{}}
}

// run sends until ctx is done. What is on its way then is tried again by the next start.
func (o *outbox) run(ctx context.Context) {
	select {
	case <-o.phone.ready: // until then an account that is not there may be on its way
	case <-ctx.Done():
		return
	}
	o.wake = time.NewTimer(0)
	defer o.wake.Stop()
	look := time.NewTicker(time.Minute) // the clock may have been set, or the machine have slept
	defer look.Stop()
	unbroken := context.WithoutCancel(ctx)
	for {
		select {
		case <-o.inbox.Ready():
			for _, do := range o.inbox.Take() {
				do(unbroken)
			}
		case <-o.wake.C:
		case <-look.C:
		case <-ctx.Done():
			for _, do := range o.inbox.Take() { // answers that came
				do(unbroken)
			}
			return
		}
		o.send(unbroken)
	}
}

// open takes over what waited when the program ended.
func (o *outbox) open(ctx context.Context) error {
	waiting, err := o.phone.cfg.Store.QueuedTexts(ctx)
	if err != nil {
		return err
	}
	o.inbox.Put(func(context.Context) {
		for _, t := range waiting {
			o.join(t.Text, false)
		}
	})
	return nil
}

// add takes a text that was written just now.
func (o *outbox) add(t QueuedText) {
	o.inbox.Put(func(context.Context) { o.join(t.Text, true) })
}

// join puts a text at the end of its lane, unless it is there.
func (o *outbox) join(t Text, fresh bool) *textLane {
	name := laneName{t.Number, t.Via}
	lane := o.lanes[name]
	if lane == nil {
		lane = &textLane{}
		o.lanes[name] = lane
	}
	if !slices.ContainsFunc(lane.queue, func(other queuedID) bool { return other.id == t.ID }) {
		lane.queue = append(lane.queue, queuedID{t.ID, fresh})
	}
	return lane
}

// look has all that waits tried now, and takes over what was brought back.
func (o *outbox) look() {
	o.inbox.Put(func(ctx context.Context) {
		waiting, err := o.phone.cfg.Store.QueuedTexts(ctx)
		if err != nil {
			o.log.Error("texts that wait not read", "err", err)
		}
		for _, t := range waiting {
			o.join(t.Text, false)
		}
		for _, lane := range o.lanes {
			lane.soon()
		}
	})
}

// retry has a text tried now.
func (o *outbox) retry(id TextID) {
	o.inbox.Put(func(ctx context.Context) {
		if t, err := o.phone.cfg.Store.QueuedText(ctx, id); err == nil {
			o.join(t.Text, false).soon()
		}
	})
}

// revive has what waits for a way tried now: it is there again.
func (o *outbox) revive(via string) {
	o.inbox.Put(func(context.Context) {
		for name, lane := range o.lanes {
			if name.via == via {
				lane.soon()
			}
		}
	})
}

// heard tells that a number is there: it has written or called. features are what its program shows that it does.
func (o *outbox) heard(number string, features TextFeatures) {
	o.inbox.Put(func(ctx context.Context) {
		for name, lane := range o.lanes {
			if name.number == number {
				lane.soon()
			}
		}
		if features != (TextFeatures{}) {
			o.learn(ctx, number, func(f TextFeatures) TextFeatures {
				return TextFeatures{Notes: f.Notes || features.Notes, Composing: f.Composing || features.Composing}
			})
		}
	})
}

// learn changes what is known of a number's program.
func (o *outbox) learn(ctx context.Context, number string, change func(TextFeatures) TextFeatures) {
	t, err := o.phone.cfg.Store.Thread(ctx, number)
	if now := change(t.Features); err == nil && now != t.Features {
		err = o.phone.cfg.Store.SaveFeatures(ctx, number, now)
	}
	if err != nil {
		o.log.Error("what a texting program does is not kept", "err", err)
	}
}

// soon forgets the pause of a lane.
func (lane *textLane) soon() { lane.next, lane.tries = time.Time{}, 0 }

// pop takes the text at the head off.
func (lane *textLane) pop() {
	lane.queue = lane.queue[1:]
	lane.since, lane.wrapped, lane.plain, lane.cseq = time.Time{}, false, false, 0
	lane.soon()
}

// wait has a lane tried again later; after is what the other side asks for, 0 for nothing.
func (lane *textLane) wait(after time.Duration) {
	pause := pauses[min(lane.tries, len(pauses)-1)]
	lane.tries++
	lane.next = time.Now().Add(max(pause, min(after, time.Hour)))
}

// send begins to send the heads of all lanes that may go, and sets the timer for the others.
func (o *outbox) send(ctx context.Context) {
	now, next := time.Now(), time.Time{}
	for name, lane := range o.lanes {
		for lane.sending == "" && len(lane.queue) > 0 && !lane.next.After(now) && o.busy < maxSending {
			o.begin(ctx, lane)
		}
		switch {
		case lane.sending != "":
		case len(lane.queue) == 0:
			delete(o.lanes, name)
		case lane.next.After(now) && (next.IsZero() || lane.next.Before(next)):
			next = lane.next
		}
	}
	if !next.IsZero() {
		o.wake.Reset(time.Until(next))
	}
}
