package media_test

import (
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/media"
)

// openFiles counts the sockets and files of the process.
func openFiles(t *testing.T) int {
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("no /proc here")
	}
	return len(list)
}

func TestNothingGrows(t *testing.T) {
	engine := newEngine(t, media.Config{})
	round := func() {
		a, b := join(t, engine, 700), join(t, engine, 1100)
		connect(a, b)
		a.session.Close()
		b.session.Close()
		wait[phone.MediaClosed](a)
		wait[phone.MediaClosed](b)
	}
	// gone waits until as few goroutines are left as before: MediaClosed is told
	// by the last of a session's.
	gone := func(before int) bool {
		for range 100 {
			if runtime.NumGoroutine() <= before {
				return true
			}
			time.Sleep(10 * time.Millisecond)
		}
		return false
	}
	round()
	files, goroutines := openFiles(t), runtime.NumGoroutine()
	for range 200 {
		round()
	}
	require.True(t, gone(goroutines), "%d goroutines, %d before", runtime.NumGoroutine(), goroutines)
	require.LessOrEqual(t, openFiles(t), files)
}

func TestCloseEndsEverySession(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, media.Config{})
	var ends []*end
	for range 10 {
		a, b := join(t, engine, 700), join(t, engine, 1100)
		connect(a, b)
		ends = append(ends, a, b, join(t, engine, 700))
	}
	require.NoError(t, engine.Close())
	for _, e := range ends {
		wait[phone.MediaClosed](e)
	}
	late := join(t, engine, 700)
	late.session.Offer(false)
	late.session.Close()
	require.Empty(t, late.events.Take())
	require.NoError(t, engine.Close())
}
