package sipua

import (
	"context"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// Dialogs are the calls of one endpoint: those that it places and those that it
// gets. All methods may be called from any goroutine.
type Dialogs struct {
	e       *Endpoint
	invited func(phone.Incoming) func(phone.DialogEvent)
}

// NewDialogs returns the dialogs of e. invited is told of each INVITE that asks
// for a new one, and returns where that dialog's events go; it must not block.
func NewDialogs(e *Endpoint, invited func(phone.Incoming) (notify func(phone.DialogEvent))) *Dialogs {
	return &Dialogs{e: e, invited: invited}
}

// Invite begins a dialog with an INVITE to target that carries offer. notify gets
// what comes of it, in order, the last being DialogEnded; it must not block.
func (ds *Dialogs) Invite(target sip.Uri, offer []byte, notify func(phone.DialogEvent)) phone.Dialog {
	return nil
}

// Handle takes a request from the endpoint; it returns at once.
func (ds *Dialogs) Handle(req *sip.Request, tx sip.ServerTransaction) {}

// Close ends all dialogs, in 2 s at most or when ctx ends, and waits for their goroutines.
func (ds *Dialogs) Close(ctx context.Context) {}
