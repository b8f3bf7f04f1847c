package window

import (
	"image"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/pulse"
	"github.com/callward/callward/test/registrar"
	"github.com/callward/callward/test/screen"
	"github.com/callward/callward/test/sipp"
)

// TestTheMessageOfABlockedCaller has somebody on the list call: the agent sees and hears nothing of it, finds the message
// among the voicemails of Home, hears it, calls back and is held up by the gate.
func TestTheMessageOfABlockedCaller(t *testing.T) {
	d := newDesk(t, callward.Options{Binary: fast})
	server := registrar.New(t, registrar.Options{})
	d.AddAccount(t, "registered", "alice@127.0.0.1", "secret", "--server", server.Addr().String(), "--country", "GB")
	contact, err := server.Contact(patience)
	require.NoError(t, err)
	d.Must(t, "blacklist", "add", "020 7946 0021", "--name", "Max Orr")

	said := filepath.Join(t.TempDir(), "said.ulaw")
	lasts, err := sipp.Saying(said, spectrum.Tone(4*8000, 8000, 700, 8000, 0))
	require.NoError(t, err)
	user, host, _ := strings.Cut(strings.TrimPrefix(contact, "sip:"), "@")
	host, _, _ = strings.Cut(host, ";")
	at, err := netip.ParseAddrPort(host)
	require.NoError(t, err)
	before, mark := d.rests(t), d.Mark()
	caller := sipp.New(t, sipp.Options{
		Scenario: "message", Remote: at, User: user, Identity: []string{"From: <sip:+442079460021@127.0.0.1>;tag=1"}, Hold: 8 * time.Second, Say: said, SayFor: lasts,
	})
	require.NoError(t, caller.Sent("ACK", patience))
	time.Sleep(time.Second) // it is greeted
	require.NoError(t, d.screen.Gone("incoming call"))
	d.sound.HearsNothing(t)
	require.True(t, d.screen.Photo(t).Same(before, whole), "something on the screen changed")
	caller.Played(t, 3*patience)
	_, err = d.Await(mark, "message in the inbox", patience, func(e callward.Event) bool { return e.Kind == "voicemail" })
	require.NoError(t, err)
	for _, e := range d.Events()[mark:] {
		require.NotContains(t, []string{"call.started", "history", "notice", "message", "machine"}, e.Kind)
	}
	require.NoError(t, d.screen.Gone("incoming call"))

	d.rests(t)
	speaker, err := d.sound.HearSpeaker()
	require.NoError(t, err)
	d.screen.Tap(t, image.Pt(107, 329)) // of the one row in the section
	require.Eventually(t, func() bool { return pulse.IsTone(speaker.Last(500*time.Millisecond), pulse.Rate, 700) }, patience, 20*time.Millisecond)
	require.NoError(t, speaker.Stop())
	require.Eventually(t, func() bool { return !strings.Contains(d.Must(t, "voicemail", "list", "--unheard", "--json"), "id") }, patience, 50*time.Millisecond)

	mark = d.Mark()
	d.screen.Press(t, "ctrl+4")
	d.rests(t)                          // the page, with the message played to its end
	d.screen.Tap(t, image.Pt(300, 165)) // the message in the list
	d.rests(t)
	d.screen.Tap(t, screen.Middle(d.button(t, "Call back", page, accent)))
	d.button(t, "Abort", whole, accent)
	time.Sleep(200 * time.Millisecond)
	for _, e := range d.Events()[mark:] {
		require.NotEqual(t, "call.started", e.Kind, "nobody said proceed")
	}
}

// rests waits until nothing on the screen changes any more, and returns it.
func (d desk) rests(t *testing.T) *screen.Picture {
	t.Helper()
	var since time.Time
	var last *screen.Picture
	return d.screen.Until(t, "a screen that rests", patience, func(p *screen.Picture) bool {
		if last == nil || !p.Same(last, whole) {
			last, since = p, time.Now()
		}
		return time.Since(since) > time.Second
	})
}
