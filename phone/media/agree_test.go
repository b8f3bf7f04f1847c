package media_test

import (
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/media"
)

func TestAnotherCodecByReoffer(t *testing.T) {
	t.Parallel()
	w := newWire(t, "127.0.0.1:0")
	e := called(t, media.Config{}, w)
	hush := w.say(1100)
	e.person.hears(t, 1100)
	hush()

	e.session.Answer(w.describe("8"))
	require.Equal(t, "PCMA", wait[phone.MediaAnswer](e).Agreed.Codec)
	w.payloadType = 8
	defer w.say(900)()
	e.person.hears(t, 900)
	from := len(w.taken())
	w.until("packets of the new codec", func() bool { return len(w.packets) > from+10 })
	require.EqualValues(t, 8, w.taken()[from+10].PayloadType)
	require.Equal(t, w.taken()[0].SSRC, w.taken()[from+10].SSRC)
}

func TestAnotherAddressByReoffer(t *testing.T) {
	t.Parallel()
	w, moved := newWire(t, "127.0.0.1:0"), newWire(t, "127.0.0.1:0")
	e := called(t, media.Config{}, w)
	hush := w.say(1100)
	e.person.hears(t, 1100)
	hush()
	moved.to = w.to
	e.session.Answer(moved.describe("0"))
	wait[phone.MediaAnswer](e)
	moved.until("packets at the new address", func() bool { return len(moved.packets) > 10 })
	defer moved.say(900)()
	e.person.hears(t, 900)
}

func TestDigitsFollowTheAgreement(t *testing.T) {
	t.Parallel()
	w := newWire(t, "127.0.0.1:0")
	e := join(t, newEngine(t, media.Config{}), 700)
	count := func(payloadType uint8) (n int) {
		for _, p := range w.packets {
			if p.PayloadType == payloadType {
				n++
			}
		}
		return n
	}
	e.session.Offer(false)
	w.to = where(t, wait[phone.MediaOffer](e).SDP)
	for _, payloadType := range []uint8{101, 97} {
		e.session.Accept("", w.describe(fmt.Sprintf("0 %d", payloadType), fmt.Sprintf("a=rtpmap:%d telephone-event/8000", payloadType)))
		wait[phone.MediaAgreed](e)
		e.session.SendDTMF("1")
		w.until("a digit", func() bool { return count(payloadType) == 7 })
	}
	e.session.Accept("", w.describe("0"))
	wait[phone.MediaAgreed](e)
	e.session.SendDTMF("1")
	before := len(w.taken())
	w.until("half a second", func() bool { return len(w.packets) >= before+25 && count(101) == 7 && count(97) == 7 })
}

func TestForksShareTheSockets(t *testing.T) {
	t.Parallel()
	one, two := newWire(t, "127.0.0.1:0"), newWire(t, "127.0.0.1:0")
	e := join(t, newEngine(t, media.Config{}), 700)
	e.session.Offer(false)
	one.to = where(t, wait[phone.MediaOffer](e).SDP)
	two.to = one.to
	e.session.Accept("one", one.describe("0"))
	wait[phone.MediaAgreed](e)
	defer one.say(1100)()
	e.person.hears(t, 1100)

	e.session.Accept("two", two.describe("0"))
	wait[phone.MediaAgreed](e)
	defer two.say(900)()
	e.person.hears(t, 900)
	two.until("packets", func() bool { return len(two.packets) > 10 })
	require.NotEqual(t, one.taken()[0].SSRC, two.taken()[0].SSRC)

	before := len(one.taken())
	e.session.Accept("one", one.describe("0"))
	wait[phone.MediaAgreed](e)
	e.person.hears(t, 1100)
	require.Greater(t, len(one.taken()), before)
}

func TestHeldByThePeer(t *testing.T) {
	t.Parallel()
	w := newWire(t, "127.0.0.1:0")
	e := called(t, media.Config{}, w)
	defer w.say(1100)()
	e.person.hears(t, 1100)
	w.until("packets", func() bool { return len(w.packets) > 10 })
	for _, tt := range []struct {
		lines  string
		hears  float64
		silent bool
	}{
		{"a=sendonly", 1100, true},
		{"c=IN IP4 0.0.0.0", 1100, true},
		{"a=inactive", 0, true},
		{"a=sendrecv", 1100, false},
	} {
		e.session.Answer(w.describe("0", tt.lines))
		require.Equal(t, tt.silent, wait[phone.MediaAnswer](e).Agreed.RemoteHold, tt.lines)
		before := len(w.taken())
		e.person.hears(t, tt.hears)
		if after := len(w.taken()); tt.silent {
			require.LessOrEqual(t, after-before, 1, tt.lines)
		} else {
			require.Greater(t, after-before, 10, tt.lines)
		}
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, media.Config{})
	fails := func(e *end, code phone.Code) {
		t.Helper()
		for {
			e.seen = append(e.seen, e.events.Take()...)
			if len(e.seen) > 0 {
				failed, ok := e.seen[0].(phone.MediaFailed)
				require.True(t, ok, "%#v", e.seen[0])
				require.Equal(t, code, phone.CodeOf(failed.Err))
				e.seen = e.seen[1:]
				return
			}
			<-e.events.Ready()
		}
	}
	e := join(t, engine, 700)
	e.session.Accept("", []byte("m=audio 1 RTP/AVP 0"))
	fails(e, phone.CodeState)
	e.session.Answer([]byte("nothing"))
	fails(e, phone.CodeMalformed)
	e.session.Answer([]byte("m=audio 4000 RTP/AVP 18\n"))
	fails(e, phone.CodeNoCodec)
	e.session.Answer([]byte("c=IN IP4 127.0.0.1\nm=audio 9 RTP/AVP 0\n"))
	wait[phone.MediaAnswer](e)

	for _, ip := range []string{"", "192.0.2.1"} {
		e := &end{t: t, events: phone.NewMailbox[phone.MediaEvent]()}
		e.session = engine.Open(phone.MediaSpec{LocalIP: ip}, func(ev phone.MediaEvent) { e.events.Put(ev) })
		e.session.Offer(false)
		fails(e, phone.CodeUnreachable)
	}
}

func TestNoMedia(t *testing.T) {
	t.Parallel()
	w := newWire(t, "127.0.0.1:0")
	e := called(t, media.Config{Stall: 2 * time.Second, Dead: 4 * time.Second}, w)
	require.False(t, wait[phone.MediaStalled](e).Final)
	require.True(t, wait[phone.MediaStalled](e).Final)
	defer w.say(1100)()
	wait[phone.MediaResumed](e)
}

// desk is a desk on the clock.
type desk struct{ *media.Clock }

func TestOpenPlaysAtTheDesk(t *testing.T) {
	t.Parallel()
	w := newWire(t, "127.0.0.1:0")
	engine := newEngine(t, media.Config{Desk: desk{newClock(t)}})
	e := &end{t: t, events: phone.NewMailbox[phone.MediaEvent]()}
	e.session = engine.Open(phone.MediaSpec{LocalIP: "127.0.0.1"}, func(ev phone.MediaEvent) { e.events.Put(ev) })
	e.session.Answer(w.describe("0"))
	wait[phone.MediaAnswer](e)
	w.until("silence from the clock", func() bool { return len(w.packets) > 10 && w.packets[10].Payload[0] == 0xff })
}

func TestIPv6(t *testing.T) {
	t.Parallel()
	probe, err := net.ListenPacket("udp6", "[::1]:0")
	if err != nil {
		t.Skip("no IPv6 here")
	}
	require.NoError(t, probe.Close())
	w := newWire(t, "[::1]:0")
	e := &end{t: t, person: newPerson(700), events: phone.NewMailbox[phone.MediaEvent]()}
	e.session = newEngine(t, media.Config{}).Join(phone.MediaSpec{LocalIP: "::1"}, e.person, func(ev phone.MediaEvent) { e.events.Put(ev) })
	e.session.Answer(w.describe("0"))
	w.to = where(t, wait[phone.MediaAnswer](e).SDP)
	defer w.say(1100)()
	e.person.hears(t, 1100)
	w.until("packets", func() bool { return len(w.packets) > 10 })
}
