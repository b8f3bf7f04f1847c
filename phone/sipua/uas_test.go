package sipua

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/stretchr/testify/require"
)

func TestCallIsAnswered(t *testing.T) {
	p := newCallee(t, nil)
	d := dial(t, p)
	d.invite("P-Asserted-Identity: <tel:+442079460018>", "v=offer")
	trying := d.expect("SIP/2.0 100 Trying")
	c := p.next(t)
	require.Equal(t, "v=offer", string(c.Offer))
	require.Equal(t, "bob", c.Called)
	require.Equal(t, "+442079460018", c.Caller.Claims[1].User)
	c.Ring()
	ringing := d.expect("SIP/2.0 180 Ringing")
	require.Empty(t, ringing.body())
	c.Early([]byte("v=early"))
	require.Equal(t, "v=early", d.expect("SIP/2.0 183").body())
	c.Accept([]byte("v=answer"))
	ok := d.expect("SIP/2.0 200")
	require.Equal(t, "v=answer", ok.body())
	require.Equal(t, "application/sdp", ok.field("Content-Type"))
	require.Contains(t, ok.field("Allow"), "UPDATE")
	require.Contains(t, ok.contact(), p.e.user)
	require.NotEmpty(t, ok.tag("To"))
	require.Equal(t, ok.tag("To"), ringing.tag("To"), "one tag in all answers")
	require.Equal(t, ok.tag("To"), trying.tag("To"))
	d.toTag, d.target = ok.tag("To"), ok.contact()
	d.ack(ok)
	require.Equal(t, phone.DialogConfirmed{}, event[phone.DialogConfirmed](t, c))
	d.silence(5 * hasty.t1)

	d.next("BYE", `Reason: Q.850;cause=16;text="Normal, clearing", SIP;cause=480;text="went away"`)
	d.expect("SIP/2.0 200")
	end := event[phone.DialogEnded](t, c)
	require.Equal(t, phone.DialogEnded{Cause: phone.EndRemote, Status: 480, Text: "went away"}, end)
	p.over(t)
	c.quiet(t)
}

func TestOfferInAnswer(t *testing.T) {
	p := newCallee(t, nil)
	d := dial(t, p)
	d.invite()
	d.expect("SIP/2.0 100")
	c := p.next(t)
	require.Nil(t, c.Offer)
	c.Accept([]byte("v=our offer"))
	ok := d.expect("SIP/2.0 200")
	d.toTag, d.target = ok.tag("To"), ok.contact()
	d.ack(ok, "v=their answer")
	require.Equal(t, "v=their answer", string(event[phone.DialogConfirmed](t, c).Answer))
}

func TestAnswerIsRepeatedUntilAck(t *testing.T) {
	p := newCallee(t, nil)
	d := dial(t, p)
	d.invite("v=offer")
	d.expect("SIP/2.0 100")
	c := p.next(t)
	began := time.Now()
	c.Accept([]byte("v=answer"))
	var ok text
	for i, due := range []time.Duration{0, 1, 3, 7, 11} { // T1 doubled up to T2, which is 4*T1
		ok = d.expect("SIP/2.0 200")
		late := time.Since(began) - due*hasty.t1
		require.Greater(t, late, -time.Millisecond, "repetition %d", i)
		require.Less(t, late, 3*hasty.t1, "repetition %d", i)
	}
	d.toTag, d.target = ok.tag("To"), ok.contact()
	d.ack(ok)
	event[phone.DialogConfirmed](t, c)
	d.ack(ok) // repeated: nothing
	d.silence(3 * hasty.t2)
	c.quiet(t)
}

func TestLostAckEndsTheCall(t *testing.T) {
	p := newCallee(t, func(timing *dialogTiming) { timing.t1, timing.t2 = 5*time.Millisecond, 20*time.Millisecond })
	d := dial(t, p)
	d.invite("v=offer")
	d.expect("SIP/2.0 100")
	c := p.next(t)
	began := time.Now()
	c.Accept([]byte("v=answer"))
	bye := d.expectAfter("BYE ")
	require.GreaterOrEqual(t, time.Since(began), 64*5*time.Millisecond)
	d.answer(bye, "200 OK", "")
	end := event[phone.DialogEnded](t, c)
	require.Equal(t, phone.EndFailed, end.Cause)
	require.Equal(t, phone.CodeNoAnswer, phone.CodeOf(end.Err))
	p.over(t)
}

// An agent may hang up before the ACK has come: BYE waits for it.
func TestByeWaitsForAck(t *testing.T) {
	p := newCallee(t, nil)
	d := dial(t, p)
	d.invite("v=offer")
	d.expect("SIP/2.0 100")
	c := p.next(t)
	c.Accept([]byte("v=answer"))
	ok := d.expect("SIP/2.0 200")
	c.End()
	require.Equal(t, phone.DialogEnded{Cause: phone.EndLocal}, event[phone.DialogEnded](t, c))
	d.expect("SIP/2.0 200") // still repeated
	d.toTag, d.target = ok.tag("To"), ok.contact()
	d.ack(ok)
	d.answer(d.expectAfter("BYE "), "200 OK", "")
	p.over(t)
}

func TestAckWithTheBranchOfTheInvite(t *testing.T) {
	p := newCallee(t, nil)
	d := dial(t, p)
	invite := d.invite("v=offer")
	d.expect("SIP/2.0 100")
	c := p.next(t)
	c.Accept([]byte("v=answer"))
	ok := d.expect("SIP/2.0 200")
	d.toTag = ok.tag("To")
	d.send(t, d.branched(branchOf(invite), "ACK", 1))
	event[phone.DialogConfirmed](t, c)
}

func TestCancel(t *testing.T) {
	for name, tc := range map[string]struct {
		reason []string
		end    phone.DialogEnded
	}{
		"given up":           {nil, phone.DialogEnded{Cause: phone.EndCancelled}},
		"elsewhere":          {[]string{`Reason: SIP;cause=200;text="Call completed elsewhere"`}, phone.DialogEnded{Cause: phone.EndElsewhere, Status: 200, Text: "Call completed elsewhere"}},
		"elsewhere in words": {[]string{`Reason: Q.850 ; cause=26 ; text="Call completed elsewhere"`}, phone.DialogEnded{Cause: phone.EndElsewhere, Text: "Call completed elsewhere"}},
		"elsewhere by Q.850": {[]string{"Reason: Q.850;cause=26"}, phone.DialogEnded{Cause: phone.EndElsewhere}},
		"elsewhere, terse":   {[]string{"Reason: SIP ;cause=200"}, phone.DialogEnded{Cause: phone.EndElsewhere, Status: 200}},
		"another reason":     {[]string{"Reason: SIP;cause=600"}, phone.DialogEnded{Cause: phone.EndCancelled, Status: 600}},
		"nonsense":           {[]string{`Reason: ;;cause=x;text="`}, phone.DialogEnded{Cause: phone.EndCancelled}},
	} {
		t.Run(name, func(t *testing.T) {
			p := newCallee(t, nil)
			d := dial(t, p)
			invite := d.invite("v=offer")
			d.expect("SIP/2.0 100")
			c := p.next(t)
			c.Ring()
			tag := d.expect("SIP/2.0 180").tag("To")
			d.cancel(invite, tc.reason...)
			d.expect("SIP/2.0 200")
			gone := d.expect("SIP/2.0 487")
			require.Equal(t, tag, gone.tag("To"), "one tag in all answers")
			d.ackFailure(invite, gone)
			require.Equal(t, tc.end, event[phone.DialogEnded](t, c))
			c.Accept([]byte("v=too late"))
			d.silence(50 * time.Millisecond)
			p.over(t)
		})
	}
}

// What crosses CANCEL on the wire: whoever was first counts, and the call ends in one way.
func TestCancelMeetsAccept(t *testing.T) {
	p := newCallee(t, nil)
	var answered, cancelled int
	for range 60 {
		d := dial(t, p)
		invite := d.invite("v=offer")
		d.expect("SIP/2.0 100")
		c := p.next(t)
		done := make(chan struct{})
		go func() { c.Accept([]byte("v=answer")); close(done) }()
		d.cancel(invite)
		<-done
		var final text
		for final == "" {
			if got := text(d.read(t, patience)); strings.Contains(got.field("CSeq"), "INVITE") {
				final = got
			}
		}
		if strings.HasPrefix(final.start(), "SIP/2.0 487") {
			cancelled++
			d.ackFailure(invite, final)
			require.Equal(t, phone.EndCancelled, event[phone.DialogEnded](t, c).Cause)
			continue
		}
		answered++
		require.Equal(t, "SIP/2.0 200 OK", final.start())
		d.toTag, d.target = final.tag("To"), final.contact()
		d.ack(final)
		event[phone.DialogConfirmed](t, c)
		d.next("BYE")
		require.Equal(t, phone.EndRemote, event[phone.DialogEnded](t, c).Cause)
	}
	t.Logf("answered %d, cancelled %d", answered, cancelled)
	p.over(t)
}

// The library would repeat what was answered last, also what came too late.
func TestCancelIsNotFollowedByAnything(t *testing.T) {
	p := newCallee(t, nil)
	d := dial(t, p)
	invite := d.invite("v=offer")
	d.expect("SIP/2.0 100")
	c := p.next(t)
	held := make(chan struct{})
	late := c.Dialog.(*dialog)
	late.inbox.Put(func() { // the dialog is busy when CANCEL comes, and accepts before it hears of it
		<-held
		late.accept([]byte("v=late"))
	})
	d.cancel(invite)
	d.expect("SIP/2.0 200")
	gone := d.expect("SIP/2.0 487")
	close(held)
	require.Equal(t, phone.EndCancelled, event[phone.DialogEnded](t, c).Cause)
	again := d.expect("SIP/2.0 487") // at T1, for want of an ACK
	require.Equal(t, gone.tag("To"), again.tag("To"))
	d.ackFailure(invite, again)
}

func TestRefusedByTheAgent(t *testing.T) {
	for name, tc := range map[string]struct {
		do     func(phone.Dialog)
		status string
		end    phone.DialogEnded
	}{
		"declined":  {phone.Dialog.End, "486 Busy Here", phone.DialogEnded{Cause: phone.EndLocal, Status: 486}},
		"rejected":  {func(d phone.Dialog) { d.Reject(488) }, "488 Not Acceptable Here", phone.DialogEnded{Cause: phone.EndLocal, Status: 488}},
		"forwarded": {func(d phone.Dialog) { d.Reject(200); d.Reject(603) }, "603 Decline", phone.DialogEnded{Cause: phone.EndLocal, Status: 603}},
	} {
		t.Run(name, func(t *testing.T) {
			p := newCallee(t, nil)
			d := dial(t, p)
			invite := d.invite("v=offer")
			d.expect("SIP/2.0 100")
			c := p.next(t)
			c.Ring()
			d.expect("SIP/2.0 180")
			tc.do(c.Dialog)
			res := d.expect("SIP/2.0 " + tc.status)
			d.ackFailure(invite, res)
			require.Equal(t, tc.end, event[phone.DialogEnded](t, c))
			c.End()
			c.Accept(nil)
			d.silence(50 * time.Millisecond)
			c.quiet(t)
		})
	}
}

func TestByeWhileItRings(t *testing.T) {
	p := newCallee(t, nil)
	d := dial(t, p)
	invite := d.invite("v=offer")
	d.expect("SIP/2.0 100")
	c := p.next(t)
	c.Ring()
	d.toTag = d.expect("SIP/2.0 180").tag("To")
	d.next("BYE")
	require.Contains(t, d.expect("SIP/2.0 200").field("CSeq"), "BYE")
	d.ackFailure(invite, d.expect("SIP/2.0 487"))
	require.Equal(t, phone.EndCancelled, event[phone.DialogEnded](t, c).Cause)
}

func TestRingingIsRepeated(t *testing.T) {
	p := newCallee(t, func(timing *dialogTiming) { timing.remind = 20 * time.Millisecond })
	d := dial(t, p)
	d.invite("v=offer")
	d.expect("SIP/2.0 100")
	p.next(t).Ring()
	for range 3 {
		d.expect("SIP/2.0 180")
	}
}

func TestInviteExpires(t *testing.T) {
	for name, change := range map[string]func(*dialogTiming){
		"as it says": func(timing *dialogTiming) {},
		"in the end": func(timing *dialogTiming) { timing.second, timing.unanswered = time.Hour, 50*time.Millisecond },
	} {
		t.Run(name, func(t *testing.T) {
			p := newCallee(t, change)
			d := dial(t, p)
			invite := d.invite("Expires: 5", "v=offer")
			d.expect("SIP/2.0 100")
			c := p.next(t)
			d.ackFailure(invite, d.expect("SIP/2.0 487"))
			require.Equal(t, phone.DialogEnded{Cause: phone.EndCancelled}, event[phone.DialogEnded](t, c))
		})
	}
}

func TestRefusedInvite(t *testing.T) {
	many := []string{"v=offer"}
	for name, tc := range map[string]struct {
		headers []string
		status  string
		says    string
	}{
		"an extension":      {append([]string{"Require: 100rel, timer, gruu"}, many...), "420", "Unsupported: gruu"},
		"text":              {[]string{"Content-Type: text/plain", "v=offer"}, "415", "Accept: application/sdp"},
		"packed":            {[]string{"Content-Encoding: gzip", "v=offer"}, "415", "Accept-Encoding: identity"},
		"packed, compact":   {[]string{"e: gzip", "v=offer"}, "415", "Accept-Encoding: identity"},
		"a broken Contact":  {[]string{"Contact: <sip:alice@", "v=offer"}, "400", ""},
		"a short session":   {[]string{"Supported: timer", "Session-Expires: 60", "v=offer"}, "422", "Min-SE: 90"},
		"a short session k": {[]string{"k: 100rel, timer", "x: 60;refresher=uac", "v=offer"}, "422", "Min-SE: 90"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newCallee(t, nil)
			d := dial(t, p)
			headers := tc.headers
			if !strings.Contains(strings.Join(headers, "\n"), "Contact:") {
				headers = append([]string{d.contact()}, headers...)
			}
			if strings.Contains(name, "text") { // no second Content-Type
				headers = headers[:len(headers)-1]
			}
			invite := d.request("INVITE", headers...)
			if strings.Contains(name, "text") {
				invite = strings.Replace(invite, "Content-Length: 0\r\n\r\n", "Content-Length: 5\r\n\r\nhello", 1)
			}
			d.send(t, invite)
			d.expect("SIP/2.0 100")
			res := d.expect("SIP/2.0 " + tc.status)
			require.Contains(t, string(res), tc.says)
			d.ackFailure(invite, res)
			require.Equal(t, 1, strings.Count(p.log.String(), "\n"), "one line: %s", p.log)
			require.Empty(t, p.calls)
		})
	}
}

func TestMergedInvite(t *testing.T) {
	p := newCallee(t, nil)
	d := dial(t, p)
	first := d.invite("v=offer")
	d.expect("SIP/2.0 100")
	c := p.next(t)
	d.send(t, first) // a retransmission is no merged one
	d.expect("SIP/2.0 100")
	second := d.request("INVITE", d.contact(), "v=offer") // by another way
	d.send(t, second)
	d.expect("SIP/2.0 100")
	d.ackFailure(second, d.expect("SIP/2.0 482"))
	c.Ring()
	d.expect("SIP/2.0 180")
	require.Empty(t, p.calls)
	c.End()
	d.ackFailure(first, d.expect("SIP/2.0 486"))
}

func TestOwnInviteComesBack(t *testing.T) {
	s := newScript(t, loopback(1))
	p := newCaller(t, s.port(), nil)
	c := p.call("v=offer")
	invite := s.expect("INVITE")
	s.answer(invite, "100 Trying", "")
	// A proxy sends it on to our own Contact.
	looped := strings.Replace(string(invite), invite.start(), "INVITE "+invite.contact()+" SIP/2.0", 1)
	looped = strings.Replace(looped, "Via: ", fmt.Sprintf("Via: SIP/2.0/UDP 127.0.0.1:%d;branch=z9hG4bKproxy\r\nVia: ", s.port()), 1)
	s.send(t, looped)
	s.expect("SIP/2.0 100")
	s.expect("SIP/2.0 482 Loop Detected")
	require.Empty(t, p.calls)
	s.answer(invite, "486 Busy Here", "x")
	require.Equal(t, 486, event[phone.DialogEnded](t, c).Status)
}

func TestMultipartAndCompactInvite(t *testing.T) {
	p := newCallee(t, nil)
	d := dial(t, p)
	body := "--b\r\nContent-Type: application/isup\r\n\r\nxxx\r\n--b\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n" +
		"--in\r\nContent-Type: Application/SDP\r\nContent-Disposition: session\r\n\r\nv=inside\r\n--in--\r\n--b--\r\n"
	d.send(t, strings.Join([]string{
		"INVITE sip:bob@example.test SIP/2.0",
		fmt.Sprintf("v: SIP/2.0/UDP 127.0.0.1:%d;branch=z9hG4bK%s", d.port(), unguessable()),
		`f: "Smith, \"Jo\"" <sip:+44-20-7946-0018;npdi@example.test;user=phone>;tag=1`,
		"t: Bob <sip:b%6Fb@example.test>", "i: " + unguessable(), "CSeq: 7 INVITE",
		"m: <sip:jo@127.0.0.1>;expires=60", `c: multipart/mixed;boundary="b"`,
		fmt.Sprintf("l: %d", len(body)), "", body,
	}, "\r\n"))
	d.expect("SIP/2.0 100")
	c := p.next(t)
	require.Equal(t, "v=inside", string(c.Offer))
	require.Equal(t, "bob", c.Called)
	require.Equal(t, []phone.Claim{{Source: "From", Name: `Smith, "Jo"`, User: "+442079460018", Host: "example.test"}}, c.Caller.Claims)
	c.End()
	d.expect("SIP/2.0 486")
}

func TestOutsideOfADialog(t *testing.T) {
	p := newCallee(t, nil)
	for _, tc := range []struct{ method, toTag, status, says string }{
		{"OPTIONS", "", "200", "Allow: INVITE"},
		{"BYE", "", "481", ""},
		{"BYE", "unknown", "481", ""},
		{"INVITE", "unknown", "481", ""},
		{"UPDATE", "unknown", "481", ""},
		{"CANCEL", "", "481", ""},
		{"NOTIFY", "", "481", ""},
		{"PRACK", "", "481", ""},
		{"SUBSCRIBE", "", "405", "Allow: INVITE"},
		{"FROBNICATE", "", "501", "Allow: INVITE"},
	} {
		t.Run(tc.method+tc.toTag, func(t *testing.T) {
			d := dial(t, p)
			d.toTag = tc.toTag
			req := d.request(tc.method, d.contact())
			d.send(t, req)
			res := d.expect("SIP/2.0 " + tc.status)
			require.Contains(t, string(res), tc.says)
			if tc.method == "INVITE" {
				d.ackFailure(req, res)
			}
		})
	}
	d := dial(t, p)
	d.toTag = "unknown"
	d.send(t, d.request("ACK"))
	d.silence(30 * time.Millisecond)
}
