package sipua

import (
	"fmt"
	"strconv"

	"github.com/emiago/sipgo/sip"
)

// acknowledge answers a provisional answer that wants to be (RFC 3262): we do
// not ask for such ones, but who sends them would go on for ever, and end the
// call. It returns false for one that came before.
func (d *dialog) acknowledge(l *leg, invite *sip.Request, res *sip.Response) bool {
	header := firstOf(res, "RSeq", "")
	if header == nil || !lists(valuesOf(res, "Require", ""), "100rel") {
		return true
	}
	seq, err := strconv.ParseUint(header.Value(), 10, 32)
	if err != nil || seq <= l.reliable {
		return false
	}
	l.reliable = seq
	prack := l.request(sip.PRACK)
	prack.AppendHeader(sip.NewHeader("RAck", fmt.Sprintf("%d %d INVITE", seq, invite.CSeq().SeqNo)))
	d.work(func() {
		_, sent, err := d.ds.e.do(d.asking, prack)
		if err != nil {
			d.ds.e.log.Info("PRACK not answered", "call", d.id.callID, "err", err)
		}
		d.inbox.Put(func() { l.sent(sent) })
	})
	return true
}
