package window

import (
	"image"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/registrar"
	"github.com/callward/callward/test/screen"
)

const (
	// delay is how long the server and the store keep everybody waiting.
	delay = 2 * time.Second
	// blink is how long the window may take to show what is typed, on a machine of two cores that draws by itself and
	// has the race detector to carry: no freeze, and far from the delay.
	blink = 700 * time.Millisecond
)

// TestNeverFreezes types while a call is up, the server answers nothing and the store can neither be read nor written:
// what is typed is on the screen soon, and the timer of the call goes on.
func TestNeverFreezes(t *testing.T) {
	d := newDesk(t, callward.Options{Practice: true})
	silent := registrar.New(t, registrar.Options{Policy: registrar.Silent})
	_, err := d.Do("secret\n", "account", "add", "1001@127.0.0.1", "--password-stdin", "--server", silent.Addr().String())
	require.NoError(t, err)
	mark := d.Mark()
	d.Must(t, "call", "601", "--account", "1001@practice.invalid")
	d.UntilCall(t, mark, patience, "active")
	hangUp := d.button(t, "Hang up", panel, danger)

	open := d.lockStore(t)
	defer open()
	d.screen.Press(t, "ctrl+2") // reads the store
	d.isOpen(t, rail, calls.name)
	d.screen.Press(t, "ctrl+k")
	until := time.Now().Add(delay)
	clock := timer{at: image.Rect(panel.Min.X, panel.Min.Y, panel.Max.X, hangUp.Min.Y)}
	cross := image.Rect(field.Max.X-32, field.Min.Y+4, field.Max.X-4, field.Max.Y-4) // it is there while something is typed
	strokes := 0
	for ; time.Now().Before(until); strokes++ {
		before := d.screen.Photo(t)
		d.screen.Press(t, []string{"1", "BackSpace"}[strokes%2])
		d.screen.Until(t, "what was typed", blink, func(p *screen.Picture) bool {
			clock.look(p)
			return !p.Same(before, cross)
		})
	}
	t.Logf("%d keys in %v, %d looks of the card", strokes, delay, clock.looks)
	require.GreaterOrEqual(t, clock.looks, 2)
}

// timer counts the different looks of the card of a call, which its timer gives it each second.
type timer struct {
	at    image.Rectangle
	last  *screen.Picture
	looks int
}

func (c *timer) look(p *screen.Picture) {
	if c.last == nil || !p.Same(c.last, c.at) {
		c.last = p
		c.looks++
	}
}

// The bytes of SQLite's shared memory that its connections lock (Write-Ahead Log, "WAL-Index File Format", 2.3): the
// writer, the checkpointer, recovery, and five readers.
const (
	sharedLocks      = 120
	sharedLocksCount = 8
)

// lockStore keeps everybody from the store, as a disk does that does not answer, until it is opened again.
func (d desk) lockStore(t *testing.T) (open func()) {
	t.Helper()
	file, err := os.OpenFile(filepath.Join(d.Profile, "callward.db-shm"), os.O_RDWR, 0)
	require.NoError(t, err)
	lock := syscall.Flock_t{Type: syscall.F_WRLCK, Start: sharedLocks, Len: sharedLocksCount}
	require.Eventually(t, func() bool { return syscall.FcntlFlock(file.Fd(), syscall.F_SETLK, &lock) == nil }, patience, time.Millisecond)
	return func() { require.NoError(t, file.Close()) }
}
