package sipua

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/stretchr/testify/require"
)

// confirmedCall is a call to p that was answered and confirmed.
func confirmedCall(t *testing.T, more ...string) (*dialing, *party, *testCall) {
	t.Helper()
	p := newCallee(t, nil)
	d, c, _ := answered(t, p, more...)
	event[phone.DialogConfirmed](t, c)
	return d, p, c
}

func TestRequestsInsideOfADialog(t *testing.T) {
	d, p, c := confirmedCall(t)
	for _, tc := range []struct {
		method string
		more   []string
		status string
		says   string
	}{
		{"OPTIONS", nil, "200", "Accept: application/sdp"},
		{"OPTIONS", []string{"Require: foo"}, "420", "Unsupported: foo"},
		{"INFO", nil, "200", ""},
		{"INFO", []string{"Content-Type: application/dtmf-relay"}, "200", ""},
		{"INFO", []string{"Content-Type: text/plain"}, "415", "Accept: application/dtmf-relay"},
		{"UPDATE", []string{d.contact()}, "200", "Contact: "},
		{"UPDATE", []string{"Content-Encoding: gzip", "v=packed"}, "415", ""},
		{"UPDATE", []string{"Session-Expires: 10", "Supported: timer"}, "422", "Min-SE: 90"},
		{"PRACK", []string{"RAck: 1 1 INVITE"}, "481", ""},
		{"NOTIFY", nil, "481", ""},
		{"REFER", nil, "405", "Allow: "},
		{"MESSAGE", nil, "405", "Allow: "}, // where there are no texts
		{"FROBNICATE", nil, "501", ""},
	} {
		d.next(tc.method, tc.more...)
		res := d.expect("SIP/2.0 " + tc.status)
		require.Contains(t, string(res), tc.says, "%s %v", tc.method, tc.more)
	}
	d.seq = 2
	d.next("OPTIONS") // CSeq 3 was used long ago
	d.expect("SIP/2.0 500")
	d.seq, d.tag = 50, "stranger"
	d.next("BYE")
	d.expect("SIP/2.0 481")
	c.quiet(t)
	d.tag = "caller"
	d.next("BYE")
	d.expect("SIP/2.0 200")
	event[phone.DialogEnded](t, c)
	p.over(t)
}

func TestOfferOfThePeer(t *testing.T) {
	for _, method := range []string{"INVITE", "UPDATE"} {
		t.Run(method, func(t *testing.T) {
			d, _, c := confirmedCall(t)
			d.next(method, d.contact(), "v=hold")
			require.Equal(t, "v=hold", string(event[phone.DialogOffered](t, c).Offer))
			c.Reply([]byte("v=held"))
			ok := d.expect("SIP/2.0 200")
			require.Equal(t, "v=held", ok.body())
			if method == "INVITE" {
				require.Equal(t, "v=held", d.expect("SIP/2.0 200").body(), "repeated until its ACK")
				d.ack(ok)
			}
			d.silence(4 * hasty.t1)
			c.quiet(t)

			refused := d.next(method, d.contact(), "v=video")
			event[phone.DialogOffered](t, c)
			c.Reply(nil)
			res := d.expect("SIP/2.0 488")
			if method == "INVITE" {
				d.ackFailure(refused, res)
			}
			c.quiet(t)
		})
	}
}

func TestPeerAsksForOurOffer(t *testing.T) {
	d, _, c := confirmedCall(t)
	d.next("INVITE", d.contact())
	require.Nil(t, event[phone.DialogOffered](t, c).Offer)
	c.Reply([]byte("v=our offer"))
	ok := d.expect("SIP/2.0 200")
	require.Equal(t, "v=our offer", ok.body())
	d.ack(ok, "v=their answer")
	require.Equal(t, "v=their answer", string(event[phone.DialogReanswered](t, c).Answer))

	d.next("INVITE", d.contact())
	event[phone.DialogOffered](t, c)
	c.Reply([]byte("v=our offer"))
	d.ack(d.expect("SIP/2.0 200")) // without the answer that it must have
	require.Equal(t, 488, event[phone.DialogReofferFailed](t, c).Status)
}

// The peer's target is its last Contact (RFC 3261, 12.2.2).
func TestPeerMoves(t *testing.T) {
	for _, method := range []string{"INVITE", "UPDATE"} {
		t.Run(method, func(t *testing.T) {
			d, _, c := confirmedCall(t)
			d.next(method, fmt.Sprintf("Contact: <sip:moved@127.0.0.1:%d>", d.port()), "v=offer")
			event[phone.DialogOffered](t, c)
			c.Reply([]byte("v=answer"))
			ok := d.expect("SIP/2.0 200")
			if method == "INVITE" {
				d.ack(ok)
			}
			c.End()
			d.answer(d.expectAfter("BYE sip:moved@"), "200 OK", "")
		})
	}
}

func TestOverlappingOffers(t *testing.T) {
	d, _, c := confirmedCall(t)
	first := d.next("INVITE", d.contact(), "v=1")
	event[phone.DialogOffered](t, c)
	second := d.next("INVITE", d.contact(), "v=2")
	busy := d.expect("SIP/2.0 500")
	require.NotEmpty(t, busy.field("Retry-After"))
	d.ackFailure(second, busy)
	d.next("UPDATE", d.contact(), "v=3")
	require.NotEmpty(t, d.expect("SIP/2.0 500").field("Retry-After"))
	d.seq = 2 // the first one's, which is cancelled
	d.cancel(first)
	d.expect("SIP/2.0 200")
	d.ackFailure(first, d.expect("SIP/2.0 487"))
	c.Reply([]byte("v=too late"))
	d.seq = 4
	d.next("INVITE", d.contact(), "v=4")
	event[phone.DialogOffered](t, c)
	c.Reply([]byte("v=answer"))
	require.Equal(t, 5, d.expect("SIP/2.0 200").seq())
	d.next("INVITE", d.contact(), "v=5") // the ACK is still out
	require.Equal(t, 6, d.expectAfter("SIP/2.0 491").seq())
	c.quiet(t)
}

func TestReoffer(t *testing.T) {
	d, _, c, invite := talking(t, nil)
	c.Reoffer([]byte("v=hold"))
	again := d.expect("INVITE ")
	require.Equal(t, "v=hold", again.body())
	require.Equal(t, invite.seq()+1, again.seq())
	require.Equal(t, "bob", again.tag("To"))
	require.NotEmpty(t, again.contact())
	d.answer(again, "100 Trying", "")
	ok := func() {
		d.answer(again, "200 OK", "", fmt.Sprintf("Contact: <sip:moved@127.0.0.1:%d>", d.port()), "v=held")
	}
	ok()
	ack := d.expect("ACK sip:moved@")
	require.Equal(t, again.seq(), ack.seq())
	require.Equal(t, "v=held", string(event[phone.DialogReanswered](t, c).Answer))
	ok()
	require.Equal(t, ack, d.expect("ACK "))

	c.Reoffer([]byte("v=other"))
	c.Reoffer([]byte("v=too many"))
	again = d.expect("INVITE sip:moved@")
	require.Equal(t, 491, event[phone.DialogReofferFailed](t, c).Status)
	d.answer(again, "488 Not Acceptable Here", "")
	d.expect("ACK ")
	require.Equal(t, 488, event[phone.DialogReofferFailed](t, c).Status)

	c.Reoffer([]byte("v=challenged"))
	d.answer(d.expect("INVITE "), "407 Authenticate", "", `Proxy-Authenticate: Digest realm="r", nonce="n", qop="auth"`)
	d.expect("ACK ")
	again = d.expect("INVITE ")
	require.Contains(t, again.field("Proxy-Authorization"), `nonce="n"`)
	d.answer(again, "200 OK", "", "v=answer")
	require.NotEmpty(t, d.expect("ACK ").field("Proxy-Authorization"))
	event[phone.DialogReanswered](t, c)
	c.End()
	bye := d.expect("BYE ")
	require.Equal(t, again.seq()+1, bye.seq())
	d.answer(bye, "200 OK", "")
	event[phone.DialogEnded](t, c)
}

// Both offer at once (RFC 3261, 14.1): both are refused, and who made the Call-ID
// waits longer.
func TestGlare(t *testing.T) {
	for name, tc := range map[string]struct {
		begin func(t *testing.T) (*dialing, *testCall)
		wait  time.Duration // at least
	}{
		"we called":     {func(t *testing.T) (*dialing, *testCall) { d, _, c, _ := talking(t, nil); return d, c }, 210 * hasty.second / 100},
		"we are called": {func(t *testing.T) (*dialing, *testCall) { d, _, c := confirmedCall(t); return d, c }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			d, c := tc.begin(t)
			c.Reoffer([]byte("v=ours"))
			ours := d.expect("INVITE ")
			theirs := d.next("INVITE", d.contact(), "v=theirs")
			d.ackFailure(theirs, d.expect("SIP/2.0 491"))
			d.next("UPDATE", d.contact(), "v=theirs")
			d.expect("SIP/2.0 491")
			refused := time.Now()
			d.answer(ours, "491 Request Pending", "")
			d.expect("ACK ")
			again := d.expect("INVITE ")
			require.GreaterOrEqual(t, time.Since(refused), tc.wait)
			require.Equal(t, ours.seq()+1, again.seq())
			require.Equal(t, "v=ours", again.body())
			d.answer(again, "200 OK", "", "v=answer")
			d.expect("ACK ")
			event[phone.DialogReanswered](t, c)
			c.quiet(t)
		})
	}
}

func TestWaitAfterGlare(t *testing.T) {
	timing := usualTiming()
	for range 10000 {
		owner, other := timing.glare(false), timing.glare(true)
		require.Zero(t, owner%(10*time.Millisecond))
		require.GreaterOrEqual(t, owner, 2100*time.Millisecond)
		require.LessOrEqual(t, owner, 4*time.Second)
		require.GreaterOrEqual(t, other, time.Duration(0))
		require.LessOrEqual(t, other, 2*time.Second)
	}
}

// After a 491 the peer's offer may come first; ours follows it.
func TestPeerIsFasterAfterGlare(t *testing.T) {
	d, _, c, _ := talking(t, func(timing *dialogTiming) { timing.second = 100 * time.Millisecond })
	c.Reoffer([]byte("v=ours"))
	d.answer(d.expect("INVITE "), "491 Request Pending", "")
	d.expect("ACK ")
	theirs := d.next("INVITE", d.contact(), "v=theirs")
	for res := text(d.read(t, 50*time.Millisecond)); res != ""; res = text(d.read(t, 50*time.Millisecond)) {
		require.Equal(t, "SIP/2.0 491 Request Pending", res.start(), "the ACK went out before the dialog heard of the 491")
		d.ackFailure(theirs, res)
		theirs = d.next("INVITE", d.contact(), "v=theirs")
	}
	event[phone.DialogOffered](t, c)
	c.Reply([]byte("v=answer"))
	ok := d.expect("SIP/2.0 200")
	d.ack(ok)
	again := d.expectAfter("INVITE ")
	require.Equal(t, "v=ours", again.body())
	d.answer(again, "200 OK", "", "v=answer")
	d.expect("ACK ")
	event[phone.DialogReanswered](t, c)
}

func TestReofferMeetsAnEndedDialog(t *testing.T) {
	d, p, c, _ := talking(t, nil)
	c.Reoffer([]byte("v=offer"))
	d.answer(d.expect("INVITE "), "481 Gone", "")
	d.expect("ACK ")
	require.Equal(t, 481, event[phone.DialogReofferFailed](t, c).Status)
	end := event[phone.DialogEnded](t, c)
	require.Equal(t, phone.EndFailed, end.Cause)
	d.answer(d.expect("BYE "), "481 Gone", "")
	p.over(t)
}

func TestReofferIsNotAnswered(t *testing.T) {
	d, p, c, _ := talking(t, func(timing *dialogTiming) { timing.t1 = 3 * time.Millisecond })
	c.Reoffer([]byte("v=offer"))
	d.expect("INVITE ")
	require.Equal(t, 408, event[phone.DialogReofferFailed](t, c).Status)
	require.Equal(t, phone.EndFailed, event[phone.DialogEnded](t, c).Cause)
	d.answer(d.expectAfter("BYE "), "200 OK", "")
	p.over(t)
}

func TestReofferIsNotDecided(t *testing.T) {
	d, _, c, _ := talking(t, func(timing *dialogTiming) { timing.t1 = 3 * time.Millisecond })
	c.Reoffer([]byte("v=offer"))
	invite := d.expect("INVITE ")
	d.answer(invite, "180 Ringing", "")
	d.answer(d.expect("CANCEL "), "200 OK", "")
	d.answer(invite, "487 Request Terminated", "")
	d.expect("ACK ")
	require.Equal(t, 487, event[phone.DialogReofferFailed](t, c).Status)
	c.quiet(t)
}

func TestByeWhileAnOfferIsOpen(t *testing.T) {
	d, p, c := confirmedCall(t)
	invite := d.next("INVITE", d.contact(), "v=offer")
	event[phone.DialogOffered](t, c)
	d.next("BYE")
	for range 2 { // in this order, but two packets
		if res := d.expect("SIP/2.0 "); strings.Contains(res.field("CSeq"), "INVITE") {
			require.Contains(t, res.start(), "487")
			d.ackFailure(invite, res)
		}
	}
	event[phone.DialogEnded](t, c)
	p.over(t)
}
