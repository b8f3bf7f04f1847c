package media_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/media"
)

// TestAKeyAmongStraysIsOneDigit has somebody else send to the port, between the packets of one key (RFC 4733).
func TestAKeyAmongStraysIsOneDigit(t *testing.T) {
	t.Parallel()
	w, stray := newWire(t, "127.0.0.1:0"), newWire(t, "127.0.0.1:0")
	e := called(t, media.Config{}, w)
	stray.to, stray.ssrc = w.to, 99
	sound := make([]byte, 160)
	for range 5 {
		w.send(0, sound)
	}
	down := w.time
	for i := range 7 {
		w.time = down // each packet has the time that the key went down
		end := byte(0)
		if i > 3 {
			end = 0x80
		}
		w.send(101, []byte{5, end | 10, 0, byte(32 * (i + 1))})
		stray.send(0, sound)
	}
	require.EqualValues(t, '5', wait[phone.MediaDTMF](e).Digit)
	none[phone.MediaDTMF](e)
}

// TestAnotherForkHasItsFullTime answers by a fork that is silent yet, after another that spoke for long.
func TestAnotherForkHasItsFullTime(t *testing.T) {
	t.Parallel()
	one, two := newWire(t, "127.0.0.1:0"), newWire(t, "127.0.0.1:0")
	const dead = 3 * time.Second
	e := join(t, newEngine(t, media.Config{Stall: 2 * time.Second, Dead: dead}), 700)
	began := time.Now()
	e.session.Offer(false)
	one.to = where(t, wait[phone.MediaOffer](e).SDP)
	e.session.Accept("one", one.describe("0"))
	wait[phone.MediaAgreed](e)
	hush := one.say(1100)
	require.Eventually(t, func() bool { return time.Since(began) > dead+time.Second }, patience, 50*time.Millisecond)
	hush()

	e.session.Accept("two", two.describe("0"))
	wait[phone.MediaAgreed](e)
	first := wait[phone.MediaStalled](e)
	require.False(t, first.Final, "%v", first.Silence)
}
