package exchange_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/exchange"
	"github.com/callward/callward/phone/number"
)

// ringing makes a robot call and returns the call that comes in.
func ringing(t *testing.T, x *exchange.Exchange, h *handset, who string) *line {
	t.Helper()
	require.NoError(t, x.Ring(who))
	select {
	case l := <-h.rung:
		l.dialog.Ring()
		return l
	case <-time.After(soon):
		require.FailNow(t, "nobody calls")
		return nil
	}
}

func TestCallersSayWhoTheyAre(t *testing.T) {
	x, h := start(t)
	for _, tt := range []struct {
		who, number, name string
		hidden            bool
	}{
		{who: "jo", number: "+442079460123", name: "Jo Harper"},
		{who: "unknown", number: "+441632960456"},
		{who: "Hidden", hidden: true},
	} {
		t.Run(tt.who, func(t *testing.T) {
			l := ringing(t, x, h, tt.who)
			require.Equal(t, "1001", l.in.Called)
			shown, ok := l.in.Caller.Shown()
			require.Equal(t, tt.hidden, !ok)
			if ok {
				require.Equal(t, tt.number, number.Plan{}.Normal(shown.User, shown.Host, phone.Account{Country: "GB"}))
				require.Equal(t, tt.name, shown.Name)
			}
			l.dialog.Reject(486)
			await[phone.DialogEnded](t, l)
		})
	}
}

func TestAnyCaller(t *testing.T) {
	x, h := start(t)
	ringing(t, x, h, "").hangUp(t)
}

func TestCallersSpeakAndHangUp(t *testing.T) {
	t.Parallel()
	x, h := start(t)
	l := ringing(t, x, h, "unknown")
	l.answer()
	await[phone.DialogConfirmed](t, l)
	requireSpeech(t, l.listen(t, 3*time.Second))
	require.Equal(t, phone.EndRemote, await[phone.DialogEnded](t, l).Cause)
}

func TestCallersCanBeCalledBack(t *testing.T) {
	t.Parallel()
	_, h := start(t)
	l := h.dial("+442079460123")
	await[phone.DialogAnswered](t, l)
	requireSpeech(t, l.listen(t, 3*time.Second))
	require.Equal(t, phone.EndRemote, await[phone.DialogEnded](t, l).Cause)
}

func TestCallersGiveUp(t *testing.T) {
	t.Parallel()
	x, h := start(t)
	exchange.HurryCallers(x, 300*time.Millisecond)
	l := ringing(t, x, h, "jo")
	require.Equal(t, phone.EndCancelled, await[phone.DialogEnded](t, l).Cause)
	require.NoError(t, x.Ring("jo"), "they try again")
}

func TestRingTellsWhatIsWrong(t *testing.T) {
	x := exchange.New(nil)
	require.Equal(t, phone.CodeState, phone.CodeOf(x.Ring("jo")), "it is off")
	_, _, err := x.Start(t.Context())
	require.NoError(t, err)
	require.Equal(t, phone.CodeState, phone.CodeOf(x.Ring("")), "no phone is there")
	err = x.Ring("joe")
	require.Equal(t, phone.CodeNotFound, phone.CodeOf(err))
	require.ErrorContains(t, err, "hidden, jo, unknown")
	require.NoError(t, x.Stop())
}

// A greeting is waited for, and what was said over it is said again after the beep.
func TestCallersLeaveMessages(t *testing.T) {
	t.Parallel()
	x, h := start(t)
	l := ringing(t, x, h, "unknown")
	l.answer()
	await[phone.DialogConfirmed](t, l)
	l.ear.say(300)
	l.listen(t, 9*time.Second)
	require.Less(t, spectrum.RMS(l.listen(t, time.Second)), -60.0, "it waits")
	l.ear.say(1000)
	l.listen(t, 400*time.Millisecond)
	l.ear.say(0)
	requireSpeech(t, l.listen(t, 3*time.Second))
	require.Equal(t, phone.EndRemote, await[phone.DialogEnded](t, l).Cause)
}
