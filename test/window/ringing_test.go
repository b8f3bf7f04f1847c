package window

import (
	"image"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/screen"
)

// herald is where the window of a call that rings comes up.
var herald = image.Rect(460, 292, 820, 508)

// rung has a robot call, and returns where Answer is in the window of that.
func (d desk) rung(t *testing.T) (ringing callward.Call, button image.Rectangle) {
	t.Helper()
	d.point(t, image.Pt(5, 5)) // a button under the pointer looks otherwise
	mark := d.Mark()
	d.Must(t, "practice", "ring")
	ringing = d.UntilCall(t, mark, patience, "ringing")
	return ringing, d.button(t, "Answer", herald, answer)
}

// point moves the pointer.
func (d desk) point(t *testing.T, to image.Point) {
	t.Helper()
	_, err := d.screen.Do("mousemove", strconv.Itoa(to.X), strconv.Itoa(to.Y))
	require.NoError(t, err)
}

// TestTheWindowOfACallThatRings answers by mouse, ends a call for another, declines by mouse and by the keys of the window.
func TestTheWindowOfACallThatRings(t *testing.T) {
	d := newDesk(t, callward.Options{Practice: true})
	first, button := d.rung(t)
	mark := d.Mark()
	d.screen.Tap(t, screen.Middle(button))
	require.Equal(t, first.ID, d.UntilCall(t, mark, patience, "active").ID)
	require.NoError(t, d.screen.Gone("incoming call"))

	d.Must(t, "hangup")
	mark = d.Mark()
	d.Must(t, "call", "600")
	echo := d.UntilCall(t, mark, patience, "active")
	second, button := d.rung(t)
	mark = d.Mark()
	d.screen.Tap(t, screen.Middle(button).Add(image.Pt(20, 0))) // End and answer; not at the place of the last click, however fast this is
	require.Equal(t, echo.ID, d.UntilCall(t, mark, patience, "ended").ID)
	require.Equal(t, second.ID, d.UntilCall(t, mark, patience, "active").ID)

	third, button := d.rung(t)
	mark = d.Mark()
	d.screen.Tap(t, image.Pt(button.Min.X-50, screen.Middle(button).Y)) // Decline, left of it
	ended := d.UntilCall(t, mark, patience, "ended")
	require.Equal(t, third.ID, ended.ID)
	require.Equal(t, "declined", ended.Result)

	// By the keys of the window itself, once it was given the focus.
	for _, keys := range [][]string{{"Escape"}, {"Tab", "Escape"}, {"Tab", "shift+Tab", "Escape"}} {
		rings, _ := d.rung(t)
		window, err := d.screen.Window("incoming call")
		require.NoError(t, err)
		_, err = d.screen.Do("windowfocus", "--sync", window)
		require.NoError(t, err)
		mark = d.Mark()
		d.screen.Press(t, keys...)
		ended = d.UntilCall(t, mark, patience, "ended")
		require.Equal(t, rings.ID, ended.ID, keys)
		require.Equal(t, "declined", ended.Result, keys)
		require.NoError(t, d.screen.Gone("incoming call"))
	}
}

// TestADoubleClickIsForOneCall answers the first of two calls by a double click, and hangs up one that rings by another.
func TestADoubleClickIsForOneCall(t *testing.T) {
	d := newDesk(t, callward.Options{Practice: true})
	double := func(at image.Point) {
		t.Helper()
		d.point(t, at)
		_, err := d.screen.Do("click", "--repeat", "2", "--delay", "120", "1")
		require.NoError(t, err)
	}
	first, button := d.rung(t)
	mark := d.Mark()
	d.Must(t, "practice", "ring", "unknown")
	require.NotEqual(t, first.ID, d.UntilCall(t, mark, patience, "ringing").ID)
	double(screen.Middle(button))
	require.Equal(t, first.ID, d.UntilCall(t, mark, patience, "active").ID)
	d.point(t, image.Pt(5, 5))
	d.button(t, "End and answer", herald, answer) // what the second click was not for
	require.Len(t, d.State(t).Calls, 2)
	d.Must(t, "decline")
	d.Must(t, "hangup")
	d.gone(t, "Hang up", panel, danger)

	mark = d.Mark()
	d.Must(t, "call", "604")
	d.UntilCall(t, mark, patience, "ringing")
	double(screen.Middle(d.button(t, "Hang up", panel, danger)).Sub(image.Pt(60, 0)))
	d.gone(t, "Hang up", panel, danger)
	require.Empty(t, d.State(t).Calls, "it is not called again")
}

// TestThePointerLeaves has nothing stay lit in a window that the pointer is no longer on.
func TestThePointerLeaves(t *testing.T) {
	d := newDesk(t, callward.Options{Practice: true})
	_, button := d.rung(t)
	without := d.screen.Photo(t)
	d.point(t, screen.Middle(button))
	d.screen.Until(t, "Answer lit", patience, func(p *screen.Picture) bool { return !p.Same(without, button) })
	d.point(t, image.Pt(screenWidth-10, screenHeight-10))
	d.screen.Until(t, "Answer as it was", patience, func(p *screen.Picture) bool { return p.Same(without, button) })
}

// TestALinkStartsTheProgram has a link chosen while no program runs: the number waits in the field, with the cursor.
func TestALinkStartsTheProgram(t *testing.T) {
	d := newDesk(t, callward.Options{Practice: true, Flags: []string{"sip:600@practice.invalid"}})
	require.Empty(t, d.State(t).Calls, "nobody is called by a link alone")
	mark := d.Mark()
	d.screen.Press(t, "Return")
	require.Equal(t, "600", d.UntilCall(t, mark, patience, "active").Number)
}
