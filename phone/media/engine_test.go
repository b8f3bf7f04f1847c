package media_test

import (
	"flag"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/media"
)

// TestMain lets the tests run side by side: they wait more than they work.
func TestMain(m *testing.M) {
	flag.Parse()
	_ = flag.Set("test.parallel", "8")
	goleak.VerifyTestMain(m)
}

func TestTwoEndsHearEachOther(t *testing.T) {
	t.Parallel()
	a, b := join(t, newEngine(t, media.Config{}), 700), join(t, newEngine(t, media.Config{}), 1100)
	atA, atB := connect(a, b)
	require.Equal(t, phone.Agreed{Codec: "PCMA", Digits: true}, atA)
	require.Equal(t, atA, atB)
	b.person.hears(t, 700)
	a.person.hears(t, 1100)

	q := wait[phone.MediaQuality](a).Quality
	require.Zero(t, q.Loss)
	require.Positive(t, q.Delay)

	a.session.Close()
	wait[phone.MediaClosed](a)
	b.person.hears(t, 0)
}

func TestDTMFBothWays(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, media.Config{})
	a, b := join(t, engine, 700), join(t, engine, 1100)
	connect(a, b)
	const keys = "0123456789*#ABCD55"
	a.session.SendDTMF(keys[:9])
	b.session.SendDTMF("99#")
	a.session.SendDTMF(keys[9:])
	heard := func(e *end, n int) (s string) {
		for range n {
			s += string(wait[phone.MediaDTMF](e).Digit)
		}
		return s
	}
	require.Equal(t, keys, heard(b, len(keys)))
	require.Equal(t, "99#", heard(a, 3))
	b.person.hears(t, 700)
	none[phone.MediaDTMF](a)
	none[phone.MediaDTMF](b)
}

func TestMute(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, media.Config{})
	a, b := join(t, engine, 700), join(t, engine, 1100)
	a.session.Mute(true)
	connect(a, b)
	a.person.hears(t, 1100)
	b.person.hears(t, 0)
	a.session.Mute(false)
	b.person.hears(t, 700)
}

func TestHoldAndResume(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, media.Config{})
	a, b := join(t, engine, 700), join(t, engine, 1100)
	connect(a, b)
	b.person.hears(t, 700)

	atA, atB := offer(a, b, true)
	require.False(t, atA.RemoteHold)
	require.True(t, atB.RemoteHold)
	a.person.hears(t, 0)
	b.person.hears(t, 0)

	atA, atB = offer(a, b, false)
	require.Equal(t, atA, atB)
	a.person.hears(t, 1100)
	b.person.hears(t, 700)
}
