package sipua

import (
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/stretchr/testify/require"
)

// brisk makes the 90 s of a session 720 ms.
func brisk(timing *dialogTiming) { timing.second = 8 * time.Millisecond }

// expiry is that of 90 s: 30 s earlier.
const expiry = 60 * 8 * time.Millisecond

func TestSessionTimerIsGranted(t *testing.T) {
	for name, tc := range map[string]struct {
		asked            []string
		granted, require string
	}{
		"none":                {nil, "", ""},
		"who calls refreshes": {[]string{"Supported: timer", "Session-Expires: 1800;refresher=uac"}, "1800;refresher=uac", "timer"},
		"we refresh":          {[]string{"k: timer", "x: 1800;refresher=UAS"}, "1800;refresher=uas", ""},
		"either":              {[]string{"Supported: foo, timer", "Session-Expires: 90"}, "90;refresher=uac", "timer"},
		"asked by a proxy":    {[]string{"Session-Expires: 60;refresher=uac"}, "90;refresher=uas", ""},
		"nonsense":            {[]string{"Supported: timer", "Session-Expires: soon"}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := newCallee(t, nil)
			_, c, ok := answered(t, p, tc.asked...)
			require.Equal(t, tc.granted, ok.field("Session-Expires"))
			require.Equal(t, tc.require, ok.field("Require"))
			event[phone.DialogConfirmed](t, c)
		})
	}
}

func TestSessionIsNotRefreshed(t *testing.T) {
	p := newCallee(t, brisk)
	d, c, _ := answered(t, p, "Supported: timer", "Session-Expires: 90;refresher=uac")
	event[phone.DialogConfirmed](t, c)
	began := time.Now()
	d.next("UPDATE", d.contact(), "Supported: timer", "Session-Expires: 90;refresher=uac") // not yet
	require.Equal(t, "90;refresher=uac", d.expect("SIP/2.0 200").field("Session-Expires"))
	d.answer(d.expect("BYE "), "200 OK", "")
	require.GreaterOrEqual(t, time.Since(began), expiry)
	end := event[phone.DialogEnded](t, c)
	require.Equal(t, phone.EndFailed, end.Cause)
	require.Equal(t, phone.CodeNoAnswer, phone.CodeOf(end.Err))
	p.over(t)
}

func TestPeerRefreshes(t *testing.T) {
	p := newCallee(t, brisk)
	d, c, _ := answered(t, p, "Supported: timer", "Session-Expires: 90;refresher=uac")
	event[phone.DialogConfirmed](t, c)
	for range 3 {
		d.silence(expiry / 2)
		d.next("UPDATE", d.contact(), "Supported: timer", "Session-Expires: 90;refresher=uac")
		d.expect("SIP/2.0 200")
	}
	d.next("UPDATE", d.contact(), "Supported: timer") // it wants no timer any more
	require.Empty(t, d.expect("SIP/2.0 200").field("Session-Expires"))
	d.silence(2 * expiry)
	c.quiet(t)
}

func TestWeRefreshByUpdate(t *testing.T) {
	d, _, c, _ := talking(t, brisk, "Allow: INVITE, BYE, UPDATE", "Require: timer", "Session-Expires: 90;refresher=uac")
	for range 3 {
		update := d.expect("UPDATE ")
		require.Empty(t, update.body())
		require.Equal(t, "90;refresher=uac", update.field("Session-Expires"))
		require.NotEmpty(t, update.contact())
		d.answer(update, "200 OK", "", "Session-Expires: 90;refresher=uac")
	}
	update := d.expect("UPDATE ")
	d.answer(update, "422 Too Small", "", "Min-SE: 120")
	update = d.expect("UPDATE ")
	require.Equal(t, "120;refresher=uac", update.field("Session-Expires"))
	require.Equal(t, "120", update.field("Min-SE"))
	d.answer(update, "405 Not Allowed", "") // after all
	invite := d.expect("INVITE ")
	require.Equal(t, "v=offer", invite.body())
	d.answer(invite, "200 OK", "", "v=answer")
	d.expect("ACK ")
	d.silence(expiry) // the peer said nothing of a timer any more
	c.quiet(t)
}

func TestWeRefreshByInvite(t *testing.T) {
	p := newCallee(t, brisk)
	d, c, _ := answered(t, p, "Allow: INVITE, ACK, BYE", "Session-Expires: 90;refresher=uac")
	event[phone.DialogConfirmed](t, c)
	for range 2 {
		invite := d.expect("INVITE ")
		require.Equal(t, "v=answer", invite.body(), "what we said before")
		require.Equal(t, "90;refresher=uac", invite.field("Session-Expires"), "the client of this transaction")
		d.answer(invite, "200 OK", "", "Session-Expires: 90;refresher=uac", "v=offer")
		d.expect("ACK ")
	}
	d.answer(d.expect("INVITE "), "481 Gone", "")
	d.expect("ACK ")
	require.Equal(t, phone.EndFailed, event[phone.DialogEnded](t, c).Cause)
	d.answer(d.expect("BYE "), "481 Gone", "")
	p.over(t)
	c.quiet(t)
}

func TestRefreshIsNotAnswered(t *testing.T) {
	d, p, c, _ := talking(t, brisk, "Allow: UPDATE", "Session-Expires: 90;refresher=uac")
	d.expect("UPDATE ")
	end := event[phone.DialogEnded](t, c)
	require.Equal(t, phone.EndFailed, end.Cause)
	d.answer(d.expectAfter("BYE "), "200 OK", "")
	p.over(t)
}
