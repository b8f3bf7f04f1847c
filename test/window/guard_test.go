package window

import (
	"image"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/measure"
	"github.com/callward/callward/test/registrar"
	"github.com/callward/callward/test/screen"
)

// whole is the window.
var whole = image.Rect(0, 0, 1180, 760)

// TestTheGuardedLine blocks a contact in Settings, whose other number is then heard no more, and calls it all the same.
func TestTheGuardedLine(t *testing.T) {
	d := newDesk(t, callward.Options{})
	server := registrar.New(t, registrar.Options{})
	d.AddAccount(t, "registered", "alice@127.0.0.1", "secret", "--server", server.Addr().String(), "--country", "GB", "--voicemail-provider")
	contact, err := server.Contact(patience)
	require.NoError(t, err)
	probe, err := measure.NewProbe(contact)
	require.NoError(t, err)
	defer probe.Close()
	d.Must(t, "contact", "add", "Jo Lee", "020 7946 0018", "020 7946 0021")

	d.screen.Tap(t, image.Pt(1150, 28)) // the gear
	d.screen.Tap(t, sections[blacklistSection])
	d.isOpen(t, navigation, sections[blacklistSection])
	d.screen.Tap(t, screen.Middle(d.button(t, "Add", section, accent)))
	d.gone(t, "Add on the page, which is dimmed", image.Rect(700, 57, 859, 120), accent)
	mark := d.Mark()
	d.screen.Write(t, "jo")
	d.finds(t, "the numbers that are offered", whole, screen.Colour(0x3b6ea5), 8, 8)
	d.screen.Press(t, "Down", "Return") // the first of its numbers
	for range 4 {                       // name, the two modes, Block Contact
		d.screen.Press(t, "Tab")
	}
	d.screen.Press(t, "space")
	d.screen.Tap(t, screen.Middle(d.finds(t, "Add in the window", whole, accent, 50, 30)[0]))
	_, err = d.Await(mark, "entry", patience, func(e callward.Event) bool { return e.Kind == "blacklist" })
	require.NoError(t, err)
	require.Contains(t, d.Must(t, "blacklist", "list"), "+442079460018, and 1 more")

	mark = d.Mark()
	_, status, err := probe.Refused("+442079460021")
	require.NoError(t, err)
	require.Equal(t, 486, status)
	_, err = d.Await(mark, "row of the log", patience, func(e callward.Event) bool { return e.Kind == "screening" })
	require.NoError(t, err)
	for _, e := range d.Events()[mark:] {
		require.NotContains(t, []string{"call.started", "history", "notice"}, e.Kind)
	}
	require.NoError(t, d.screen.Gone("incoming call"))
	d.sound.HearsNothing(t)

	mark = d.Mark()
	d.screen.Press(t, "ctrl+1")
	d.isOpen(t, rail, home.name)
	d.dial(t, "020 7946 0021")
	abort := d.button(t, "Abort", page, accent)
	d.screen.Press(t, "Return")
	d.gone(t, "Abort", page, accent)
	for _, e := range d.Events()[mark:] {
		require.NotEqual(t, "call.started", e.Kind, "nobody said proceed")
	}
	d.screen.Press(t, "Return")
	d.button(t, "Abort", page, accent)
	d.screen.Tap(t, screen.Middle(abort).Sub(image.Pt(abort.Dx(), 0))) // Proceed, left of it
	d.UntilCall(t, mark, patience, "calling")
	d.Must(t, "hangup")
	d.UntilCall(t, mark, patience, "ended")
	require.Contains(t, d.Must(t, "history", "--json"), `"anyway":true`)
}
