package sipua

import (
	"context"
	"sync"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// closing is how long Close waits for peers.
const closing = 2 * time.Second

// Dialogs are the calls of one endpoint: those that it places and those that it
// gets. All methods may be called from any goroutine; mu guards the tables, and
// each dialog has a goroutine of its own.
type Dialogs struct {
	e       *Endpoint
	invited func(phone.Incoming) func(phone.DialogEvent)
	// texted takes a MESSAGE inside of a dialog, and must not block. It is set before anything comes; until then it refuses.
	texted func(req *sip.Request, tx sip.ServerTransaction)
	timing dialogTiming
	ctx    context.Context
	cancel context.CancelFunc

	mu      sync.Mutex
	dialogs map[dialogID]*dialog
	// invites are the INVITEs that have a server transaction.
	invites map[inviteID]bool
	closed  bool
	running sync.WaitGroup
}

// dialogID names a dialog in every request that the peer sends inside of it.
type dialogID struct{ callID, localTag string }

// inviteID is the same in all copies of an INVITE that reach us by different
// ways (RFC 3261, 8.2.2.2).
type inviteID struct {
	callID, fromTag string
	seq             uint32
}

// NewDialogs returns the dialogs of e. invited is told of each INVITE that asks
// for a new one, and returns where that dialog's events go; it must not block.
func NewDialogs(e *Endpoint, invited func(phone.Incoming) (notify func(phone.DialogEvent))) *Dialogs {
	ctx, cancel := context.WithCancel(context.Background())
	ds := &Dialogs{
		e: e, invited: invited, timing: usualTiming(), ctx: ctx, cancel: cancel,
		dialogs: map[dialogID]*dialog{}, invites: map[inviteID]bool{},
	}
	ds.texted = ds.refuseMethod
	return ds
}

// Invite begins a dialog with an INVITE to target that carries offer. notify gets
// what comes of it, in order, the last being DialogEnded; it must not block.
func (ds *Dialogs) Invite(target sip.Uri, offer []byte, notify func(phone.DialogEvent)) phone.Dialog {
	req := ds.e.NewRequest(sip.INVITE, target)
	setSDP(req, offer)
	d := ds.newDialog(dialogID{string(*req.CallID()), fromTagOf(req.From())}, notify)
	d.sdp = offer
	if !ds.start(d, func() { d.invite(req) }) {
		notify(phone.DialogEnded{Cause: phone.EndLocal})
	}
	return d
}

// Close ends all dialogs, in 2 s at most or when ctx ends, and waits for their
// goroutines. Afterwards no dialog begins.
func (ds *Dialogs) Close(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, closing)
	defer cancel()
	ds.mu.Lock()
	ds.closed = true
	var open []*dialog
	for _, d := range ds.dialogs {
		open = append(open, d)
	}
	ds.mu.Unlock()
	for _, d := range open {
		d.End()
	}
	for _, d := range open {
		select {
		case <-d.done:
		case <-ctx.Done():
		}
	}
	ds.cancel()
	ds.running.Wait()
}

// start puts d into the table and runs it, with first as the first thing that it
// does. It returns false after Close.
func (ds *Dialogs) start(d *dialog, first func()) bool {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	if ds.closed {
		return false
	}
	ds.dialogs[d.id] = d
	d.inbox.Put(first)
	ds.running.Go(d.run)
	return true
}

func (ds *Dialogs) isClosed() bool {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	return ds.closed
}

func (ds *Dialogs) remove(d *dialog) {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	delete(ds.dialogs, d.id)
}

// aside runs f on a goroutine that Close waits for; after Close not at all.
func (ds *Dialogs) aside(f func()) {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	if !ds.closed {
		ds.running.Go(f)
	}
}

// find returns the dialog that a request belongs to, or nil.
func (ds *Dialogs) find(id dialogID) *dialog {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	return ds.dialogs[id]
}

// isMerged notes an INVITE for as long as its transaction lasts, and tells
// whether another copy of it is there.
func (ds *Dialogs) isMerged(req *sip.Request, tx sip.ServerTransaction) bool {
	id := inviteID{string(*req.CallID()), fromTagOf(req.From()), req.CSeq().SeqNo}
	ds.mu.Lock()
	merged := ds.invites[id]
	ds.invites[id] = true
	ds.mu.Unlock()
	if merged {
		return true
	}
	forget := func(string, error) {
		ds.mu.Lock()
		defer ds.mu.Unlock()
		delete(ds.invites, id)
	}
	if !tx.OnTerminate(forget) {
		forget("", nil)
	}
	return false
}
