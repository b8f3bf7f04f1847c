package media

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/sdp"
)

func TestWatch(t *testing.T) {
	talk := &sdp.Session{Direction: sdp.SendRecv}
	start := time.Now()
	at := func(second int) time.Time { return start.Add(time.Duration(second) * time.Second) }
	// told looks every second and returns what was told, by the second. Media comes
	// in the seconds that heard reports.
	told := func(w *watch, from, to int, heard func(second int) bool) map[int]phone.MediaEvent {
		list := map[int]phone.MediaEvent{}
		var last time.Time
		for s := from; s <= to; s++ {
			if heard(s) {
				last = at(s)
			}
			if e := w.look(last, at(s)); e != nil {
				list[s] = e
			}
		}
		return list
	}
	never := func(int) bool { return false }
	begin := func(hold bool) *watch {
		w := &watch{stall: 15 * time.Second, dead: 60 * time.Second}
		w.agree(talk, hold, at(0))
		return w
	}
	stalled := phone.MediaStalled{Silence: 15 * time.Second}
	final := phone.MediaStalled{Silence: 60 * time.Second, Final: true}

	t.Run("no media at all", func(t *testing.T) {
		require.Equal(t, map[int]phone.MediaEvent{15: stalled, 60: final}, told(begin(false), 1, 200, never))
	})
	t.Run("media stops, comes again and stops", func(t *testing.T) {
		require.Equal(t, map[int]phone.MediaEvent{25: stalled, 70: final, 80: phone.MediaResumed{}, 95: stalled},
			told(begin(false), 1, 100, func(s int) bool { return s <= 10 || s == 80 }))
	})
	t.Run("answered after silence", func(t *testing.T) {
		w := begin(false)
		require.Equal(t, map[int]phone.MediaEvent{15: stalled, 60: final}, told(w, 1, 70, never))
		w.anew(at(70))
		require.Equal(t, map[int]phone.MediaEvent{85: stalled, 130: final}, told(w, 71, 200, never))
	})
	t.Run("answered in the middle of silence", func(t *testing.T) {
		w := begin(false)
		require.Equal(t, map[int]phone.MediaEvent{15: stalled}, told(w, 1, 50, never))
		w.anew(at(50))
		require.Equal(t, map[int]phone.MediaEvent{65: stalled, 110: final}, told(w, 51, 200, never))
	})
	t.Run("media all the time", func(t *testing.T) {
		require.Empty(t, told(begin(false), 1, 200, func(s int) bool { return s%10 == 0 }))
	})
	t.Run("while this end holds", func(t *testing.T) {
		require.Empty(t, told(begin(true), 1, 200, never))
	})
	for name, held := range map[string]*sdp.Session{
		"while the peer holds and sends music": {Direction: sdp.RecvOnly, Held: true},
		"while the peer only listens":          {Direction: sdp.SendOnly},
		"while nothing flows":                  {Direction: sdp.Inactive, Held: true},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(false)
			w.agree(held, false, at(5))
			require.Empty(t, told(w, 6, 200, never))
		})
	}
	t.Run("a call taken back has its full time again", func(t *testing.T) {
		w := begin(true)
		w.agree(talk, false, at(100))
		require.Equal(t, map[int]phone.MediaEvent{115: stalled, 160: final}, told(w, 101, 200, never))
	})
	t.Run("an offer that changes nothing gives no time", func(t *testing.T) {
		w := begin(false)
		w.agree(talk, false, at(10))
		require.Equal(t, map[int]phone.MediaEvent{15: stalled}, told(w, 11, 20, never))
	})
}
