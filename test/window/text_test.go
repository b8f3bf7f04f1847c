package window

import (
	"image"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/screen"
)

// Parts of the page of the texts, and the ground of the notice that a number is blacklisted.
var (
	talk    = image.Rect(362, 118, 858, 690)
	compose = image.Rect(362, 620, 858, 760)
	caution = screen.Colour(0x3a2c12)
)

// TestTextsInTheWindow writes to a robot of the practice exchange and has its answer, by mouse and keyboard; then the robot is
// blacklisted: the thread says so at once, its answers come no more, and what is written leaves all the same.
func TestTextsInTheWindow(t *testing.T) {
	d := newDesk(t, callward.Options{Practice: true})
	d.screen.Press(t, "ctrl+3")
	d.rests(t)
	d.screen.Tap(t, image.Pt(300, 87)) // New text
	d.rests(t)
	d.screen.Write(t, "600")
	d.screen.Press(t, "Return")
	d.rests(t)
	mark := d.Mark()
	d.screen.Write(t, "Where is my order?")
	d.button(t, "Send", compose, accent)
	d.screen.Press(t, "Return")
	d.text(t, mark, "in", "You wrote: Where is my order?")
	require.Len(t, d.finds(t, "bubbles of both sides", talk, screen.Colour(0x17393a), 60, 20), 1, "the own one")
	require.Eventually(t, func() bool { return !strings.Contains(d.Must(t, "text", "threads", "--json"), `"unread":1`) }, patience, 50*time.Millisecond, "it is looked at")

	d.screen.Press(t, "ctrl+1") // from the field
	d.isOpen(t, rail, home.name)
	d.screen.Press(t, "ctrl+3")
	d.isOpen(t, rail, texts.name)
	before := d.rests(t)
	require.Empty(t, before.Part(compose).Areas(caution, 100, 20))
	d.Must(t, "blacklist", "add", "600", "--name", "Jo Lee")
	d.finds(t, "that the number is blacklisted", compose, caution, 100, 20)
	d.rests(t)
	mark = d.Mark()
	d.screen.Write(t, "We write all the same")
	d.screen.Press(t, "Return")
	d.text(t, mark, "out", "We write all the same")
	_, err := d.Await(mark, "row of the Blocked log", patience, func(e callward.Event) bool { return e.Kind == "screening" })
	require.NoError(t, err)
	d.rests(t)
	for _, e := range d.Events()[mark:] {
		require.False(t, e.Kind == "text" && e.Message.Direction == "in", "a blocked number's text is told of")
	}
	require.Contains(t, d.Must(t, "text", "list", "600", "--json"), `"state":"sent"`)

	d.screen.Tap(t, image.Pt(807, 663)) // Manage
	d.isOpen(t, navigation, sections[blacklistSection])
	d.screen.Press(t, "ctrl+3")
	d.finds(t, "that the number is blacklisted", compose, caution, 100, 20)
}

// text waits for a text on the disk.
func (d desk) text(t *testing.T, mark int, direction, body string) {
	t.Helper()
	_, err := d.Await(mark, "text", patience, func(e callward.Event) bool {
		return e.Kind == "text" && e.Message.Direction == direction && e.Message.Body == body
	})
	require.NoError(t, err)
}
