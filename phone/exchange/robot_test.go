package exchange_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/exchange"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start returns an exchange with a handset registered at it.
func start(t *testing.T) (*exchange.Exchange, *handset) {
	t.Helper()
	x := exchange.New(nil)
	acc, password, err := x.Start(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, x.Stop()) })
	h := newHandset(t, acc, password)
	require.NoError(t, h.await(t, phone.Registered))
	return x, h
}

func TestEchoSaysBackWhatItHears(t *testing.T) {
	_, h := start(t)
	l := h.dial("600")
	await[phone.MediaAgreed](t, l)
	l.ear.say(1000)
	l.listen(t, 500*time.Millisecond) // until it is back
	heard := l.listen(t, time.Second)
	want := spectrum.RMS(spectrum.Tone(48000, audio.DeskRate, 1000, 8000, 0))
	pieces, whole := 0, 0
	for piece := range slices.Chunk(heard, audio.DeskRate/50) { // a packet that is late on a busy machine spoils one or two
		pieces++
		loud := spectrum.RMS(piece)
		if spectrum.Goertzel(piece, audio.DeskRate, 1000) > 0.99*spectrum.Power(piece) && math.Abs(loud-want) < 1.5 {
			whole++
		}
	}
	require.GreaterOrEqual(t, whole, pieces*9/10)
	l.hangUp(t)
}

func TestSpeakerSpeaks(t *testing.T) {
	_, h := start(t)
	l := h.dial("601")
	await[phone.DialogAnswered](t, l)
	requireSpeech(t, l.listen(t, 3*time.Second))
	l.hangUp(t)
}

func TestRobotsThatDoNotAnswer(t *testing.T) {
	_, h := start(t)
	for number, status := range map[string]int{"602": 486, "603": 603, "699": 404, "jo": 404} {
		t.Run(number, func(t *testing.T) {
			l := h.dial(number)
			end := await[phone.DialogEnded](t, l)
			require.Equal(t, phone.EndRejected, end.Cause)
			require.Equal(t, status, end.Status)
		})
	}
}

func TestRingerRingsUntilTheCallerGivesUp(t *testing.T) {
	_, h := start(t)
	l := h.dial("604")
	require.Equal(t, 180, await[phone.DialogProgress](t, l).Status)
	_, answered := within[phone.DialogAnswered](l, 500*time.Millisecond)
	require.False(t, answered)
	l.dialog.End()
	require.Equal(t, phone.EndLocal, await[phone.DialogEnded](t, l).Cause)
}

func TestGoodbyeHangsUpAfterFiveSeconds(t *testing.T) {
	t.Parallel()
	_, h := start(t)
	l := h.dial("605")
	await[phone.DialogAnswered](t, l)
	answered := time.Now()
	requireSpeech(t, l.listen(t, 2*time.Second))
	require.Equal(t, phone.EndRemote, await[phone.DialogEnded](t, l).Cause)
	require.InDelta(t, 5, time.Since(answered).Seconds(), 0.5)
}

func TestHolderHoldsAndTakesBack(t *testing.T) {
	t.Parallel()
	_, h := start(t)
	l := h.dial("606")
	await[phone.MediaAgreed](t, l)
	before := time.Now()
	for _, held := range []bool{true, false, true} {
		require.Equal(t, held, await[phone.MediaAnswer](t, l).Agreed.RemoteHold)
		require.InDelta(t, 3, time.Since(before).Seconds(), 0.7)
		before = time.Now()
		heard := l.listen(t, 2*time.Second)
		if !held {
			requireSpeech(t, heard)
		} else {
			require.Less(t, spectrum.RMS(heard[len(heard)/2:]), -60.0, "who is held hears nothing")
		}
	}
	l.hangUp(t)
}

func TestEarlySpeakerSpeaksBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	_, h := start(t)
	l := h.dial("607")
	progress := await[phone.DialogProgress](t, l)
	require.Equal(t, 183, progress.Status)
	require.NotNil(t, progress.Answer)
	began := time.Now()
	requireSpeech(t, l.listen(t, 2*time.Second))
	await[phone.DialogAnswered](t, l)
	require.InDelta(t, 4, time.Since(began).Seconds(), 0.7)
	requireSpeech(t, l.listen(t, 2*time.Second))
	l.hangUp(t)
}

func TestManyCallsAtOnce(t *testing.T) {
	t.Parallel()
	_, h := start(t)
	var lines []*line
	for range 10 {
		lines = append(lines, h.dial("600"))
	}
	for i, l := range lines {
		await[phone.MediaAgreed](t, l)
		l.ear.say(400 + 100*float64(i))
	}
	for i, l := range lines {
		l.listen(t, 300*time.Millisecond)
		require.InDelta(t, 400+100*i, spectrum.Dominant(l.listen(t, 200*time.Millisecond), audio.DeskRate), 10)
	}
	for _, l := range lines {
		l.hangUp(t)
	}
}
