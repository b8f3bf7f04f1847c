package window

import (
	"os"
	"os/exec"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/proc"
	"github.com/callward/callward/test/screen"
)

// quits is how often the program is ended: what goes wrong there does not always.
const quits = 25

// TestQuitAtOnce ends the program while its window is drawn for the first time under the mouse: it ends
// well all the same.
func TestQuitAtOnce(t *testing.T) {
	s := screen.New(t, screenWidth, screenHeight)
	dir := t.TempDir()
	for range quits {
		cmd := exec.Command(fast, "--profile", dir)
		cmd.Env = bare(dir, s.Vars()["DISPLAY"])
		p := proc.New(t, "callward", cmd)
		_, err := s.Window("^Callward$")
		require.NoError(t, err)
		require.NoError(t, p.Signal(syscall.SIGTERM))
		code, err := p.Wait(patience)
		require.NoError(t, err)
		require.Zero(t, code, p.Log())
	}
}

// bare is the environment of a program on a screen, if that is named, with nothing else.
func bare(dir, display string) []string {
	env := []string{
		"HOME=" + dir, "XDG_RUNTIME_DIR=" + dir, "PATH=" + os.Getenv("PATH"),
		"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent", "PULSE_SERVER=unix:/nonexistent",
	}
	if display != "" {
		env = append(env, "DISPLAY="+display)
	}
	return env
}
