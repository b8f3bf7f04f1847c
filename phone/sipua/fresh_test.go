package sipua

import (
	"strings"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

// The library reads an INVITE on other goroutines once CANCEL comes, however soon that is.
func TestAnInviteIsNotChangedOnceTheLibraryHasIt(t *testing.T) {
	p := newCallee(t, nil)
	shared := make(chan [2]string, 1)
	p.e.OnRequest(func(req *sip.Request, tx sip.ServerTransaction) {
		was := req.String()
		p.Handle(req, tx)
		if req.IsInvite() {
			shared <- [2]string{was, req.String()}
		}
	})
	d := dial(t, p)
	invite := d.invite("v=offer")
	tag := d.expect("SIP/2.0 100").tag("To")
	p.next(t)
	d.cancel(invite)
	d.expect("SIP/2.0 200")
	gone := d.expect("SIP/2.0 487")
	d.ackFailure(invite, gone)
	p.over(t)
	require.NotEmpty(t, tag)
	require.Equal(t, tag, gone.tag("To"))
	invites := <-shared
	require.Equal(t, invites[0], invites[1])
}

// It may be sent anew, with no more luck, or be for an INVITE that comes after it.
func TestCancelOfNothingIsAnsweredEachTime(t *testing.T) {
	p := newCallee(t, nil)
	d := dial(t, p)
	invite := d.request("INVITE", "Max-Forwards: 70", d.contact(), "v=offer")
	answered := 0
	for until := time.Now().Add(patience); answered < 3 && time.Now().Before(until); {
		d.cancel(invite)
		if strings.HasPrefix(d.read(t, 20*time.Millisecond), "SIP/2.0 481") {
			answered++
		}
	}
	require.Equal(t, 3, answered)
}

func TestNobodyElseSaysThatAnInviteIsFresh(t *testing.T) {
	p := newCallee(t, nil)
	d := dial(t, p)
	d.toTag = "guessed"
	d.invite(freshName+": ", "v=offer")
	d.expect("SIP/2.0 481")
	d.toTag = ""
	d.invite(freshName+": ", "v=offer")
	d.expect("SIP/2.0 100")
	c := p.next(t)
	c.Reject(486)
	require.NotContains(t, string(d.expect("SIP/2.0 486")), freshName)
	require.Equal(t, phone.EndLocal, event[phone.DialogEnded](t, c).Cause)
}
