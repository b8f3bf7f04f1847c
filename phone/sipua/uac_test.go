package sipua

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/stretchr/testify/require"
)

// place returns a caller whose server is a script, and its INVITE.
func place(t *testing.T, change func(*dialogTiming)) (*script, *party, *testCall, text) {
	t.Helper()
	s := newScript(t, loopback(1))
	p := newCaller(t, s.port(), change)
	c := p.call("v=offer")
	return s, p, c, s.expect("INVITE sip:bob@example.test SIP/2.0")
}

// talking is a call that was answered; its script is the peer in the dialog.
func talking(t *testing.T, change func(*dialogTiming), more ...string) (*dialing, *party, *testCall, text) {
	t.Helper()
	s, p, c, invite := place(t, change)
	s.answer(invite, "200 OK", "bob", append([]string{s.contact(), "v=answer"}, more...)...)
	s.expect("ACK ")
	event[phone.DialogAnswered](t, c)
	d := &dialing{
		script: s, callID: invite.field("Call-ID"), tag: "bob", toTag: invite.tag("From"),
		target: invite.contact(), seq: 100,
	}
	return d, p, c, invite
}

func TestCallThatIsAnswered(t *testing.T) {
	s, p, c, invite := place(t, nil)
	require.Equal(t, "v=offer", invite.body())
	require.Contains(t, invite.field("Contact"), p.e.user)
	s.answer(invite, "100 Trying", "")
	for i := range 15 {
		s.answer(invite, "180 Ringing", "bob")
		require.Equal(t, phone.DialogProgress{Status: 180, Fork: "bob"}, event[phone.DialogProgress](t, c), "number %d", i)
	}
	s.answer(invite, "183 Session Progress", "bob", "v=early")
	require.Equal(t, "v=early", string(event[phone.DialogProgress](t, c).Answer))
	s.answer(invite, "200 OK", "bob", s.contact(), "v=answer")
	ack := s.expect(fmt.Sprintf("ACK sip:bob@127.0.0.1:%d SIP/2.0", s.port()))
	require.Equal(t, invite.seq(), ack.seq())
	require.Equal(t, "bob", ack.tag("To"))
	require.NotEqual(t, invite.field("Via"), ack.field("Via"))
	require.Equal(t, phone.DialogAnswered{Fork: "bob", Answer: []byte("v=answer")}, event[phone.DialogAnswered](t, c))
	s.answer(invite, "200 OK", "bob", s.contact(), "v=answer") // the ACK was lost
	require.Equal(t, ack, s.expect("ACK "))
	c.End()
	bye := s.expect(fmt.Sprintf("BYE sip:bob@127.0.0.1:%d SIP/2.0", s.port()))
	require.Equal(t, invite.seq()+1, bye.seq())
	require.Equal(t, phone.DialogEnded{Cause: phone.EndLocal}, event[phone.DialogEnded](t, c))
	s.answer(bye, "200 OK", "")
	p.over(t)
	c.quiet(t)
}

func TestForks(t *testing.T) {
	s, p, c, invite := place(t, nil)
	s.answer(invite, "180 Ringing", "a")
	s.answer(invite, "183 Session Progress", "b", "v=early b")
	forks := map[string]string{}
	for range 2 { // the library gives each answer a goroutine
		progress := event[phone.DialogProgress](t, c)
		forks[progress.Fork] = string(progress.Answer)
	}
	require.Equal(t, map[string]string{"a": "", "b": "v=early b"}, forks)
	s.answer(invite, "200 OK", "b", "Contact: <sip:b@127.0.0.1:"+fmt.Sprint(s.port())+">", "v=answer b")
	require.Equal(t, "b", s.expect("ACK sip:b@").tag("To"))
	require.Equal(t, phone.DialogAnswered{Fork: "b", Answer: []byte("v=answer b")}, event[phone.DialogAnswered](t, c))
	// The other one answers too: acknowledged and ended.
	answer := func() {
		s.answer(invite, "200 OK", "a", "Contact: <sip:a@127.0.0.1:"+fmt.Sprint(s.port())+">", "v=answer a")
	}
	answer()
	require.Equal(t, "a", s.expect("ACK sip:a@").tag("To"))
	bye := s.expect("BYE sip:a@")
	require.Equal(t, "a", bye.tag("To"))
	answer() // its ACK was lost
	require.Equal(t, "a", s.expect("ACK sip:a@").tag("To"))
	s.answer(bye, "200 OK", "")
	s.silence(50 * time.Millisecond)
	c.quiet(t)
	c.End()
	bye = s.expect("BYE sip:b@")
	s.answer(bye, "200 OK", "")
	event[phone.DialogEnded](t, c)
	p.over(t)
	// Even later ones get the same.
	answer()
	s.expect("ACK sip:a@")
	s.answer(s.expect("BYE sip:a@"), "481 Gone", "")
}

func TestRefusedCall(t *testing.T) {
	for name, tc := range map[string]struct {
		status string
		more   []string
		end    phone.DialogEnded
	}{
		"busy":     {"486 Busy Here", nil, phone.DialogEnded{Cause: phone.EndRejected, Status: 486, Text: "Busy Here"}},
		"declined": {"603 Decline", nil, phone.DialogEnded{Cause: phone.EndRejected, Status: 603, Text: "Decline"}},
		"terse":    {"404 ", nil, phone.DialogEnded{Cause: phone.EndRejected, Status: 404}},
		"moved": {
			"302 Moved Temporarily",
			[]string{`Contact: "Second" <sip:2@b.test;user=phone>;q=0.5, <sip:1@a.test>;q=0.9`, "Contact: <sip:none@c.test>;q=0.1, <tel:+442079460018>"},
			phone.DialogEnded{
				Cause: phone.EndRejected, Status: 302, Text: "Moved Temporarily",
				Redirect: []string{"tel:+442079460018", "sip:1@a.test", "sip:2@b.test;user=phone", "sip:none@c.test"},
			},
		},
		"moved nowhere": {"302 Moved", []string{"Contact: *"}, phone.DialogEnded{Cause: phone.EndRejected, Status: 302, Text: "Moved"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, p, c, invite := place(t, nil)
			s.answer(invite, tc.status, "x", tc.more...)
			ack := s.expect("ACK ")
			require.Equal(t, invite.field("Via"), ack.field("Via"), "in the INVITE's transaction")
			require.Equal(t, tc.end, event[phone.DialogEnded](t, c))
			p.over(t)
		})
	}
}

func TestChallengedCall(t *testing.T) {
	s, p, c, invite := place(t, nil)
	challenge := `Proxy-Authenticate: Digest realm="example.test", nonce="one", algorithm=SHA-256, qop="auth"`
	s.answer(invite, "407 Proxy Authentication Required", "x", challenge)
	s.expect("ACK ")
	again := s.expect("INVITE ")
	require.Equal(t, invite.seq()+1, again.seq())
	require.Equal(t, invite.field("Call-ID"), again.field("Call-ID"))
	require.Equal(t, invite.field("From"), again.field("From"))
	require.Equal(t, "v=offer", again.body())
	credentials := again.field("Proxy-Authorization")
	require.Contains(t, credentials, `username="alice"`)
	s.answer(again, "200 OK", "bob", s.contact(), "v=answer")
	ack := s.expect("ACK ")
	require.Equal(t, again.seq(), ack.seq())
	require.Equal(t, credentials, ack.field("Proxy-Authorization"))
	event[phone.DialogAnswered](t, c)
	c.End()
	bye := s.expect("BYE ")
	require.Equal(t, again.seq()+1, bye.seq())
	s.answer(bye, "407 Proxy Authentication Required", "", strings.Replace(challenge, "one", "two", 1))
	authorized := s.expect("BYE ")
	require.Equal(t, bye.seq()+1, authorized.seq())
	require.Contains(t, authorized.field("Proxy-Authorization"), `nonce="two"`)
	s.answer(authorized, "200 OK", "")
	p.over(t)
}

func TestCallWithWrongPassword(t *testing.T) {
	s, _, c, invite := place(t, nil)
	challenge := `WWW-Authenticate: Digest realm="example.test", nonce="%d", qop="auth"`
	s.answer(invite, "401 Unauthorized", "x", fmt.Sprintf(challenge, 1))
	s.expect("ACK ")
	s.answer(s.expect("INVITE "), "401 Unauthorized", "x", fmt.Sprintf(challenge, 2))
	s.expect("ACK ")
	end := event[phone.DialogEnded](t, c)
	require.Equal(t, phone.EndRejected, end.Cause)
	require.Equal(t, 401, end.Status)
	require.Equal(t, phone.CodeAuth, phone.CodeOf(end.Err))
	s.silence(50 * time.Millisecond)
}

func TestCancelWaitsForAProvisionalAnswer(t *testing.T) {
	s, p, c, invite := place(t, nil)
	c.End()
	require.Equal(t, phone.DialogEnded{Cause: phone.EndLocal}, event[phone.DialogEnded](t, c))
	s.silence(100 * time.Millisecond)
	s.answer(invite, "100 Trying", "")
	cancel := s.expect("CANCEL sip:bob@example.test SIP/2.0")
	require.Equal(t, invite.field("Via"), cancel.field("Via"))
	require.Equal(t, invite.field("To"), cancel.field("To"))
	require.Equal(t, fmt.Sprintf("%d CANCEL", invite.seq()), cancel.field("CSeq"))
	s.answer(cancel, "200 OK", "bob")
	s.answer(invite, "487 Request Terminated", "bob")
	s.expect("ACK ")
	p.over(t)
	c.quiet(t)
}

func TestAnswerOvertakesCancel(t *testing.T) {
	s, p, c, invite := place(t, nil)
	s.answer(invite, "180 Ringing", "bob")
	event[phone.DialogProgress](t, c)
	c.End()
	event[phone.DialogEnded](t, c)
	cancel := s.expect("CANCEL ")
	s.answer(invite, "200 OK", "bob", s.contact(), "v=answer")
	s.answer(cancel, "200 OK", "bob")
	require.Equal(t, "bob", s.expectAfter("ACK ").tag("To"))
	s.answer(s.expect("BYE "), "200 OK", "")
	p.over(t)
	c.quiet(t)
}

func TestCancelIsNotAnswered(t *testing.T) {
	s, p, c, invite := place(t, func(timing *dialogTiming) { timing.t1 = 2 * time.Millisecond })
	s.answer(invite, "180 Ringing", "bob")
	event[phone.DialogProgress](t, c)
	c.End()
	s.expect("CANCEL ")
	p.over(t)
}

func TestNobodyAnswers(t *testing.T) {
	s, p, c, invite := place(t, func(timing *dialogTiming) { timing.ringing = 50 * time.Millisecond })
	s.answer(invite, "180 Ringing", "bob")
	event[phone.DialogProgress](t, c)
	end := event[phone.DialogEnded](t, c)
	require.Equal(t, phone.EndFailed, end.Cause)
	require.Equal(t, 408, end.Status)
	require.Equal(t, phone.CodeNoAnswer, phone.CodeOf(end.Err))
	s.answer(s.expect("CANCEL "), "200 OK", "bob")
	s.answer(invite, "487 Request Terminated", "bob")
	p.over(t)
}

func TestDeadServer(t *testing.T) {
	_, p, c, _ := place(t, func(timing *dialogTiming) { timing.t1 = 2 * time.Millisecond })
	end := event[phone.DialogEnded](t, c)
	require.Equal(t, phone.EndFailed, end.Cause)
	require.Equal(t, 408, end.Status)
	require.Equal(t, phone.CodeNoAnswer, phone.CodeOf(end.Err))
	p.over(t)
}

func TestNextServerIsCalled(t *testing.T) {
	for name, fail := range map[string]func(*script, text){
		"503":       func(s *script, invite text) { s.answer(invite, "503 Service Unavailable", "x"); s.expect("ACK ") },
		"no answer": func(*script, text) {},
	} {
		t.Run(name, func(t *testing.T) {
			first, second := newScript(t, loopback(1)), newScript(t, loopback(1))
			p := newParty(t, EndpointConfig{
				Account: phone.Account{Address: "alice@example.test", Transport: phone.UDP},
				Resolver: newDNS(t, "here.test. A 127.0.0.1",
					fmt.Sprintf("_sip._udp.example.test. SRV 1 0 %d here.test.", first.port()),
					fmt.Sprintf("_sip._udp.example.test. SRV 2 0 %d here.test.", second.port())),
				Timing: Timing{Answer: 50 * time.Millisecond},
			}, nil)
			c := p.call("v=offer")
			invite := first.expect("INVITE ")
			fail(first, invite)
			again := second.expect("INVITE ")
			require.Equal(t, invite.field("Call-ID"), again.field("Call-ID"))
			require.NotEqual(t, invite.field("Via"), again.field("Via"))
			second.answer(again, "503 Service Unavailable", "x")
			second.expect("ACK ")
			require.Equal(t, 503, event[phone.DialogEnded](t, c).Status)
			p.over(t)
		})
	}
}

func TestLongerSessionIsAskedFor(t *testing.T) {
	s, p, c, invite := place(t, nil)
	s.answer(invite, "422 Session Interval Too Small", "x", "Min-SE: 300")
	s.expect("ACK ")
	again := s.expect("INVITE ")
	require.Equal(t, invite.seq()+1, again.seq())
	require.Equal(t, "300", again.field("Session-Expires"))
	require.Equal(t, "300", again.field("Min-SE"))
	s.answer(again, "422 Session Interval Too Small", "x", "Min-SE: 300") // no sense in that
	s.expect("ACK ")
	require.Equal(t, 422, event[phone.DialogEnded](t, c).Status)
	p.over(t)
}

func TestRecordedRoutes(t *testing.T) {
	for name, tc := range map[string]struct {
		recorded  []string // top first; {s} is the script's address
		recipient string
		routes    []string
	}{
		"loose": {
			[]string{"<sip:p2@{s};lr>", "<sip:p1@{s};lr;x=y>"},
			"sip:bob@198.51.100.7:7777",
			[]string{"<sip:p1@{s};lr;x=y>", "<sip:p2@{s};lr>"},
		},
		"loose in one line": {
			[]string{"<sip:p2@198.51.100.9;lr>, <sip:p1@{s};lr>"},
			"sip:bob@198.51.100.7:7777",
			[]string{"<sip:p1@{s};lr>", "<sip:p2@198.51.100.9;lr>"},
		},
		"strict": {
			[]string{"<sip:p2@198.51.100.9>", "<sip:p1@{s}>"},
			"sip:p1@{s}",
			[]string{"<sip:p2@198.51.100.9>", "<sip:bob@198.51.100.7:7777>"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, _, c, invite := place(t, nil)
			here := fmt.Sprintf("127.0.0.1:%d", s.port())
			there := func(text string) string { return strings.ReplaceAll(text, "{s}", here) }
			more := []string{"Contact: <sip:bob@198.51.100.7:7777>", "v=answer"}
			for _, r := range tc.recorded {
				more = append(more, "Record-Route: "+there(r))
			}
			s.answer(invite, "200 OK", "bob", more...)
			ack := s.expect("ACK ")
			event[phone.DialogAnswered](t, c)
			c.End()
			bye := s.expect("BYE ")
			s.answer(bye, "200 OK", "")
			for _, req := range []text{ack, bye} {
				require.Contains(t, req.start(), " "+there(tc.recipient)+" SIP")
				var want []string
				for _, r := range tc.routes {
					want = append(want, there(r))
				}
				require.Equal(t, want, req.fields("Route"))
			}
		})
	}
}

func TestAnswerWithoutContact(t *testing.T) {
	s, _, c, invite := place(t, nil)
	s.answer(invite, "200 OK", "bob", "Contact: <sip:bob@", "v=answer")
	s.expect(fmt.Sprintf("ACK sip:bob@127.0.0.1:%d ", s.port()))
	event[phone.DialogAnswered](t, c)
	c.End()
	s.answer(s.expect("BYE "), "200 OK", "")
}

// Nobody asked for a reliable provisional answer; who sends one is helped along.
func TestReliableProvisionalAnswer(t *testing.T) {
	s, _, c, invite := place(t, nil)
	reliable := func() {
		s.answer(invite, "183 Session Progress", "bob", "Require: 100rel", "RSeq: 41", s.contact(), "v=early")
	}
	reliable()
	prack := s.expect("PRACK ")
	require.Equal(t, fmt.Sprintf("41 %d INVITE", invite.seq()), prack.field("RAck"))
	require.Equal(t, invite.seq()+1, prack.seq())
	reliable() // repeated before the PRACK was there
	s.answer(prack, "200 OK", "")
	event[phone.DialogProgress](t, c)
	s.answer(invite, "200 OK", "bob", s.contact(), "v=answer")
	require.Equal(t, invite.seq(), s.expect("ACK ").seq())
	event[phone.DialogAnswered](t, c) // the repeated one was not told
	c.End()
	bye := s.expect("BYE ")
	require.Equal(t, prack.seq()+1, bye.seq())
	s.answer(bye, "200 OK", "")
}

// A peer may move before it answers (RFC 3311).
func TestUpdateBeforeTheAnswer(t *testing.T) {
	s, _, c, invite := place(t, nil)
	s.answer(invite, "180 Ringing", "bob", s.contact())
	event[phone.DialogProgress](t, c)
	d := &dialing{script: s, callID: invite.field("Call-ID"), tag: "bob", toTag: invite.tag("From"), target: invite.contact()}
	d.next("UPDATE", fmt.Sprintf("Contact: <sip:moved@127.0.0.1:%d>", s.port()))
	s.expect("SIP/2.0 200")
	d.next("UPDATE", d.contact(), "v=offer")
	s.expect("SIP/2.0 491")
	d.next("BYE") // only who called may do that
	s.expect("SIP/2.0 481")
	d.tag = "other"
	d.next("UPDATE", d.contact())
	s.expect("SIP/2.0 481")
	s.answer(invite, "486 Busy Here", "bob")
	s.expect("ACK ")
	event[phone.DialogEnded](t, c)
}

func TestByeOfThePeer(t *testing.T) {
	d, p, c, _ := talking(t, nil)
	d.next("BYE", `Reason: SIP;cause=200;text="Bye"`)
	d.expect("SIP/2.0 200")
	require.Equal(t, phone.DialogEnded{Cause: phone.EndRemote, Status: 200, Text: "Bye"}, event[phone.DialogEnded](t, c))
	p.over(t)
	d.next("BYE")
	d.expect("SIP/2.0 481")
}

func TestByesThatCross(t *testing.T) {
	d, p, c, _ := talking(t, nil)
	c.End()
	bye := d.expect("BYE ")
	d.next("BYE")
	d.expect("SIP/2.0 200")
	d.answer(bye, "481 Gone", "")
	require.Equal(t, phone.EndLocal, event[phone.DialogEnded](t, c).Cause)
	p.over(t)
	c.quiet(t)
}
