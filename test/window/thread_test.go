package window

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
)

// strayed is what Fyne says, in a build without migrated_fynedo, of a call that did not come on its own goroutine.
const strayed = "Error in Fyne call thread"

// TestCallThread walks through all that there is, with calls on the way, in a build in which Fyne watches who calls it.
func TestCallThread(t *testing.T) {
	binary, err := callward.Build(t.TempDir(), false, "-tags=")
	require.NoError(t, err)
	d := newDesk(t, callward.Options{Binary: binary, Practice: true})

	d.walks(t)
	mark := d.Mark()
	d.dial(t, "601")
	d.UntilCall(t, mark, patience, "active")
	d.screen.Press(t, "ctrl+m")
	d.walks(t)
	d.Must(t, "practice", "ring")
	_, err = d.screen.Window("incoming call")
	require.NoError(t, err)
	d.screen.Press(t, "ctrl+d") // declines
	require.NoError(t, d.screen.Gone("incoming call"))
	d.screen.Press(t, "ctrl+d") // hangs up
	d.UntilCall(t, mark, patience, "ended")
	d.Must(t, "practice", "off")
	d.Must(t, "tel:+442079460018")
	d.isOpen(t, rail, home.name) // a link is handed on, and opens Home a moment later
	d.walks(t)

	require.NoError(t, d.Stop())
	require.NotContains(t, d.Log(), strayed)
}
