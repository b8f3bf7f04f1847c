package sipua

import (
	"errors"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// giveUp ends a dialog whose INVITE has no final answer. CANCEL goes out once
// there was a provisional one (RFC 3261, 9.1).
func (d *dialog) giveUp(end phone.DialogEnded) {
	d.finish(end)
	d.out.stop()
	d.cancelInvite()
}

// cancelInvite sends CANCEL where it may be sent and was not.
func (d *dialog) cancelInvite() {
	a := d.out.attempt
	if a == nil || d.out.cancelled {
		return
	}
	d.out.cancelled = true
	d.work(func() { d.sendCancel(a) })
	// A peer that says nothing to it is not waited for any longer.
	d.out.limit = d.after(d.ds.timing.patience(), d.cancel)
}

// sendCancel sends CANCEL and waits for its answer, on a goroutine of work.
func (d *dialog) sendCancel(a *Attempt) {
	cancel, err := d.ds.e.Cancel(d.ctx, a)
	if err == nil {
		_, err = d.ds.e.final(d.ctx, cancel)
	}
	if err != nil {
		d.ds.e.log.Info("CANCEL not answered", "call", d.id.callID, "err", err)
	}
}

// ringsTooLong ends an INVITE that nobody answers.
func (d *dialog) ringsTooLong() {
	if d.state != early {
		return
	}
	d.giveUp(phone.DialogEnded{
		Cause: phone.EndFailed, Status: sip.StatusRequestTimeout,
		Err: &phone.Error{Code: phone.CodeNoAnswer, Op: "call", SIPStatus: sip.StatusRequestTimeout, Err: errors.New("nobody answered")},
	})
}
