package window

import (
	"image"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/baresip"
	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/kamailio"
	"github.com/callward/callward/test/pulse"
	"github.com/callward/callward/test/screen"
)

// TestFirstDay is what somebody does who has just installed the program, from the first look to the first real call.
func TestFirstDay(t *testing.T) {
	d := newDesk(t, callward.Options{Practice: true})
	d.sound.Say(t, 700)

	d.practises(t)
	d.callsTheEcho(t)
	d.isRung(t)

	server := kamailio.New(t, kamailio.Options{Users: map[string]string{"1001": "one", "1002": "two"}})
	other := baresip.New(t, baresip.Options{User: "1002", Password: "two", Server: server.Address("udp"), Register: true, Answer: true, Hz: 900})
	require.NoError(t, other.Registered(patience))
	d.addsAccount(t, server)
	d.callsBaresip(t, other)
}

// practises leaves the practice exchange, reads the card of the first start, and comes back, by mouse.
func (d desk) practises(t *testing.T) {
	right := image.Rect(screen.Middle(page).X, page.Min.Y, page.Max.X, page.Max.Y) // the card of the first start has it at the left
	add := d.button(t, "Add an account, on the card of practice", right, accent)
	mark := d.Mark()
	d.screen.Tap(t, screen.Middle(add).Sub(image.Pt(add.Dx(), 0))) // Stop practising, left of it
	d.untilPractice(t, mark, "off")

	left := image.Rect(page.Min.X, page.Min.Y, add.Min.X, page.Max.Y)
	add = d.button(t, "Add an account, on the card of the first start", left, accent)
	mark = d.Mark()
	d.screen.Tap(t, screen.Middle(add).Add(image.Pt(add.Dx(), 0))) // Practise now, right of it
	d.untilPractice(t, mark, "on")
	d.gone(t, "card of the first start", left, accent)
}

// untilPractice waits until the practice exchange is switched.
func (d desk) untilPractice(t *testing.T, mark int, word string) {
	t.Helper()
	_, err := d.Await(mark, "practice "+word, patience, func(e callward.Event) bool { return e.Kind == "practice" && e.Text == word })
	require.NoError(t, err)
}

// callsTheEcho calls 600, hears itself, and hangs up by mouse.
func (d desk) callsTheEcho(t *testing.T) {
	mark := d.Mark()
	d.dial(t, "600")
	d.UntilCall(t, mark, patience, "active")
	d.sound.Hears(t, 700)
	d.screen.Tap(t, screen.Middle(d.button(t, "Hang up", panel, danger)))
	require.Equal(t, "answered", d.UntilCall(t, mark, patience, "ended").Result)
	d.sound.HearsNothing(t)
	d.gone(t, "Hang up", panel, danger)
}

// isRung has a robot call, answers by keyboard, hears it, and hangs up by keyboard. The window that rings takes no keys from
// where they went.
func (d desk) isRung(t *testing.T) {
	mark := d.Mark()
	d.screen.Tap(t, screen.Middle(d.button(t, "Somebody you know", page, selected)))
	d.UntilCall(t, mark, patience, "ringing")
	_, err := d.screen.Window("incoming call")
	require.NoError(t, err)
	d.button(t, "Answer", d.screen.Photo(t).Rect, answer)
	focused, err := d.screen.Do("getwindowfocus")
	require.NoError(t, err)
	require.Equal(t, d.window, focused)

	d.screen.Press(t, "ctrl+Return")
	d.UntilCall(t, mark, patience, "active")
	require.NoError(t, d.screen.Gone("incoming call"))
	d.sound.HearsUntil(t, "a voice", pulse.IsSound)
	d.screen.Press(t, "ctrl+d")
	require.Equal(t, "answered", d.UntilCall(t, mark, patience, "ended").Result)
}

// addsAccount adds the account of 1001 by keyboard alone.
func (d desk) addsAccount(t *testing.T, server *kamailio.Server) {
	d.screen.Press(t, "ctrl+comma")
	left := image.Rect(section.Min.X, section.Min.Y, screen.Middle(section).X, section.Max.Y) // Home has a button at the right
	add := d.button(t, "Add account", left, accent)
	d.tabTo(t, "Add account", add)
	d.screen.Press(t, "Return")

	foot := image.Rect(section.Min.X, section.Max.Y-80, section.Max.X, section.Max.Y)
	save := d.button(t, "Save", foot, accent)
	mark := d.Mark()
	d.screen.Write(t, "1001@"+server.Host)
	d.screen.Press(t, "Tab")
	d.screen.Write(t, "one")
	d.tabTo(t, "Save", save) // behind More
	d.screen.Press(t, "shift+Tab", "Return", "Tab")
	d.screen.Write(t, strconv.Itoa(server.Port))
	d.screen.Press(t, "Return")
	d.UntilAccount(t, mark, "1001@"+server.Host, "registered", patience)
	d.gone(t, "Save", foot, accent)
}

// callsBaresip calls the other phone, and both hear each other.
func (d desk) callsBaresip(t *testing.T, other *baresip.Phone) {
	mark := d.Mark()
	d.dial(t, "1002")
	d.UntilCall(t, mark, patience, "active")
	other.Hears(t, 700)
	d.sound.Hears(t, 900)
	require.NoError(t, other.Hangup())
	require.Equal(t, "answered", d.UntilCall(t, mark, patience, "ended").Result)
}
