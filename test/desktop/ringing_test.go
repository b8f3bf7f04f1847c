package desktop

import (
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/proc"
)

// manage starts a window manager, and returns once it has given a window the focus.
func (s seat) manage(t *testing.T, window string) {
	t.Helper()
	cmd := exec.Command("openbox")
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "DISPLAY="+s.screen.Vars()["DISPLAY"])
	proc.New(t, "openbox", cmd)
	require.Eventually(t, func() bool {
		_, _ = s.screen.Do("windowactivate", window) // fails before it is up
		active, err := s.screen.Do("getactivewindow")
		return err == nil && active == window
	}, patience, pause)
}

// A window manager gives a new window the focus, unless it is told not to: what is typed then would answer.
func TestRingingLeavesTheFocusWhereItIs(t *testing.T) {
	t.Parallel()
	s := newSeat(t, false)
	s.manage(t, s.window(t, "^Callward$"))
	s.screen.Press(t, "ctrl+k")

	for _, number := range []string{"60412345", "60467890"} { // the window is made the first time, and shown again the second
		half := len(number) / 2
		s.screen.Write(t, number[:half])
		s.Must(t, "practice", "ring", "jo")
		s.window(t, "^Callward: incoming call$")
		s.screen.Write(t, number[half:])
		mark := s.Mark()
		s.screen.Press(t, "Return")
		e, err := s.Await(mark, "call", patience, func(e callward.Event) bool { return e.Kind == "call.started" })
		require.NoError(t, err)
		require.Equal(t, number, e.Call.Number)

		mark = s.Mark()
		s.screen.Press(t, "ctrl+d")
		s.UntilCall(t, mark, patience, "ended")
		require.NoError(t, s.screen.Gone("^Callward: incoming call$"))
	}
}
