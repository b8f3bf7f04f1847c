package desktop

import (
	"fmt"
	"image"
	"maps"
	"net/netip"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/pulse"
	"github.com/callward/callward/test/registrar"
	"github.com/callward/callward/test/screen"
	"github.com/callward/callward/test/wire"
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

// run builds the program without the race detector, unlike the other labs: godbus reads properties of the tray while they
// are set, and Fyne's tray its menu.
func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "callward-desktop-")
	if err == nil {
		defer os.RemoveAll(dir)
		callward.Binary, err = callward.Build(dir, false)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// seat is a screen with a desktop, and the program at work there.
type seat struct {
	*callward.Program
	*Desktop
	screen *screen.Screen
}

// newSeat starts the program where there is a desktop with a tray, or none.
func newSeat(t *testing.T, tray bool) seat {
	t.Helper()
	d, err := Start(t.TempDir())
	require.NoError(t, err)
	t.Cleanup(d.Kill)
	if tray {
		require.NoError(t, d.ShowTray())
	}
	sound, err := pulse.Start(t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() { _ = sound.Stop() })
	s := screen.New(t, 1280, 800)
	vars := s.Vars()
	maps.Copy(vars, d.Vars())
	p := callward.New(t, callward.Options{Practice: true, Sound: sound.Vars(), Screen: vars})
	return seat{p, d, s}
}

// window waits for the window whose title matches.
func (s seat) window(t *testing.T, title string) (id string) {
	t.Helper()
	id, err := s.screen.Window(title)
	require.NoError(t, err)
	return id
}

// close clicks the close button of a window.
func (s seat) close(t *testing.T, title string) {
	t.Helper()
	require.NoError(t, CloseWindow(s.screen.Vars()["DISPLAY"], s.window(t, title)))
}

// ends waits until the program has ended well.
func (s seat) ends(t *testing.T) {
	t.Helper()
	code, err := s.Program.Wait(patience)
	require.NoError(t, err)
	require.Zero(t, code)
}

// rings has somebody of a name call, and give up once the window of that is seen.
func (s seat) rings(t *testing.T, name string) {
	t.Helper()
	peer, err := wire.Listen("127.0.0.1:0")
	require.NoError(t, err)
	defer peer.Close()
	server := registrar.New(t, registrar.Options{Behind: peer.Addr()})
	s.AddAccount(t, "registered", "1001@example.invalid", "secret", "--server", server.Addr().String())
	contact, err := server.Contact(patience)
	require.NoError(t, err)
	_, host, _ := strings.Cut(contact, "@")
	host, _, _ = strings.Cut(host, ";")
	at, err := netip.ParseAddrPort(host)
	require.NoError(t, err)

	call := wire.NewCall(peer.Addr(), "+12025550123", contact)
	call.From = name + " " + call.From
	mark := s.Mark()
	require.NoError(t, peer.Send(at, call.Request("INVITE", wire.Offer("127.0.0.1", 40000))))
	s.window(t, "^Callward: incoming call$")
	require.NoError(t, peer.Send(at, call.Request("CANCEL", "")))
	require.Equal(t, "missed", s.UntilCall(t, mark, patience, "ended").Result)
	require.NoError(t, s.screen.Gone("^Callward: incoming call$"))
}

// red tells whether a picture has much of the colour that says something is wrong.
func red(img image.Image) bool {
	n := 0
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if r, g, b, _ := img.At(x, y).RGBA(); r > 0x9000 && g < 0x5000 && b < 0x5000 {
				n++
			}
		}
	}
	return n > 100
}

func TestThePhoneStaysInTheTray(t *testing.T) {
	t.Parallel()
	s := newSeat(t, true)
	icon, err := s.Icon()
	require.NoError(t, err)

	s.close(t, "^Callward$")
	require.NoError(t, s.screen.Gone("^Callward$"))
	note, err := s.Note(0)
	require.NoError(t, err)
	require.Equal(t, Note{"callward", "Callward is in the tray", "Calls still ring. To end it, choose Quit there."}, note)

	require.NoError(t, icon.Choose("Open"))
	s.close(t, "^Callward$")
	require.NoError(t, s.screen.Gone("^Callward$"))

	// A call rings all the same, and is told of where nobody takes it; where the window went is not told again.
	s.rings(t, `"Jo $(id) <b>"`)
	note, err = s.Note(1)
	require.NoError(t, err)
	require.Equal(t, Note{"callward", "Missed call: Jo (id) <b>", "+1 202-555-0123"}, note)

	// The tray goes, as panels do: the window can be had by starting the program once more, and then ends it.
	require.NoError(t, s.HideTray())
	s.Must(t)
	s.close(t, "^Callward: 1 missed")
	s.ends(t)
}

func TestTheTrayShowsHowTheLineDoes(t *testing.T) {
	t.Parallel()
	s := newSeat(t, false)
	require.NoError(t, s.ShowTray(), "a panel may start after the phone")
	icon, err := s.Icon()
	require.NoError(t, err)
	shows := func(bad bool) {
		t.Helper()
		require.Eventually(t, func() bool {
			picture, err := icon.Picture()
			require.NoError(t, err)
			return red(picture) == bad
		}, patience, pause)
	}
	shows(false)
	s.Must(t, "practice", "off")
	shows(true)
	s.Must(t, "practice", "on")
	shows(false)
	require.NoError(t, icon.Choose("Quit"))
	s.ends(t)
}

func TestClosingAsksWhereACallWouldEnd(t *testing.T) {
	t.Parallel()
	s := newSeat(t, false)
	mark := s.Mark()
	s.Must(t, "call", "600")
	s.UntilCall(t, mark, patience, "active")
	plain := s.screen.Photo(t)
	middle := image.Rect(400, 200, 850, 420)
	asked := func(p *screen.Picture) bool { return len(p.Part(middle).Areas(screen.Colour(0xff8a80), 60, 30)) > 0 }
	require.False(t, asked(plain))

	s.close(t, "^Callward: 600$")
	s.screen.Until(t, "question", patience, asked)
	s.screen.Press(t, "Escape")
	s.screen.Until(t, "window without the question", patience, func(p *screen.Picture) bool { return !asked(p) })
	require.Len(t, s.State(t).Calls, 1)

	s.close(t, "^Callward: 600$")
	s.screen.Until(t, "question", patience, asked)
	s.screen.Press(t, "Tab", "Return")
	s.UntilCall(t, mark, patience, "ended")
	s.ends(t)
}

// TestQuittingFromTheTrayAsksToo has the window closed to the tray, and a call up.
func TestQuittingFromTheTrayAsksToo(t *testing.T) {
	t.Parallel()
	s := newSeat(t, true)
	icon, err := s.Icon()
	require.NoError(t, err)
	mark := s.Mark()
	s.Must(t, "call", "600")
	s.UntilCall(t, mark, patience, "active")
	s.close(t, "^Callward: 600$")
	require.NoError(t, s.screen.Gone("^Callward"))
	require.Len(t, s.State(t).Calls, 1, "closing to the tray ends no call")

	require.NoError(t, icon.Choose("Quit"))
	s.window(t, "^Callward: 600$")
	middle := image.Rect(400, 200, 850, 420)
	s.screen.Until(t, "question", patience, func(p *screen.Picture) bool {
		return len(p.Part(middle).Areas(screen.Colour(0xff8a80), 60, 30)) > 0
	})
	s.screen.Press(t, "Tab", "Return")
	s.UntilCall(t, mark, patience, "ended")
	s.ends(t)
}

func TestClosingEndsTheProgramWhereThereIsNoTray(t *testing.T) {
	t.Parallel()
	s := newSeat(t, false)
	s.close(t, "^Callward$")
	s.ends(t)
}
