package media

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const frameUnits = 160 // timestamp units in a 20 ms packet

// sent is one packet that the dialler asked for.
type sent struct {
	slot
	at uint32
}

// dial returns all that goes out for keys from timestamp on, and when it was over.
func dial(keys string, timestamp uint32) (list []sent, until uint32) {
	var d dialler
	d.queue(keys)
	for {
		s, ok := d.next(timestamp, 20*time.Millisecond, 8000)
		if !ok {
			return list, timestamp
		}
		list = append(list, sent{s, timestamp})
		timestamp += frameUnits
	}
}

func TestDiallerSendsADigit(t *testing.T) {
	const start = 1000
	list, until := dial("5", start)
	require.Equal(t, uint32(start+180*8), until, "100 ms of tone and 70 ms of pause, in whole packets")
	var durations []uint16
	ends := 0
	for i, s := range list {
		require.Equal(t, i == 0, s.marker, "the marker is on the first packet alone")
		require.EqualValues(t, start, s.timestamp, "every packet has the time that the key went down")
		if s.gap {
			continue
		}
		require.EqualValues(t, 5, s.event.code)
		durations = append(durations, s.event.duration)
		if s.event.end {
			ends++
		}
	}
	require.Equal(t, []uint16{160, 320, 480, 640, 800, 800, 800}, durations)
	require.Equal(t, 3, ends)
}

func TestDiallerTakesDigitsAlone(t *testing.T) {
	var d dialler
	d.queue("1a*#x D\u00e4")
	require.Equal(t, []byte{1, 12, 10, 11, 15}, d.waiting)
}

func TestDialledHearsEachDigitOnce(t *testing.T) {
	const keys = "1123##A*0"
	list, _ := dial(keys, 4_294_900_000) // wraps on the way
	for name, fate := range map[string]func(*rand.Rand) int{
		"as sent":              func(*rand.Rand) int { return 1 },
		"each one twice":       func(*rand.Rand) int { return 2 },
		"a third lost":         func(r *rand.Rand) int { return min(r.IntN(3), 1) },
		"lost and twice mixed": func(r *rand.Rand) int { return r.IntN(4) },
	} {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			var d dialled
			heard := ""
			for _, s := range list {
				for range fate(r) {
					if digit := d.packet(s.event, s.timestamp); !s.gap && digit != 0 {
						heard += string(digit)
					}
				}
			}
			require.Equal(t, keys, heard)
		})
	}
}

func TestDialledOddSenders(t *testing.T) {
	type packet struct {
		e         telephoneEvent
		timestamp uint32
	}
	tests := map[string]struct {
		packets []packet
		want    string
	}{
		"a key held for longer than a duration can tell": {
			[]packet{{telephoneEvent{1, false, 160}, 0}, {telephoneEvent{1, false, 65535}, 0}, {telephoneEvent{1, false, 160}, 65535}, {telephoneEvent{1, true, 800}, 65535}}, "1",
		},
		"the timestamp moves on with every packet": {
			[]packet{
				{telephoneEvent{1, false, 160}, 0},
				{telephoneEvent{1, false, 320}, 160},
				{telephoneEvent{1, true, 480}, 320},
				{telephoneEvent{1, true, 480}, 480},
				{telephoneEvent{1, false, 160}, 1600},
				{telephoneEvent{1, true, 320}, 1760},
			}, "11",
		},
		"a late packet of the digit before": {
			[]packet{{telephoneEvent{1, true, 800}, 0}, {telephoneEvent{2, false, 160}, 1600}, {telephoneEvent{1, true, 800}, 0}, {telephoneEvent{2, true, 800}, 1600}}, "12",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var d dialled
			heard := ""
			for _, p := range tt.packets {
				if digit := d.packet(p.e, p.timestamp); digit != 0 {
					heard += string(digit)
				}
			}
			require.Equal(t, tt.want, heard)
		})
	}
}

func TestEventPayload(t *testing.T) {
	payload := telephoneEvent{code: 11, end: true, duration: 800}.append(nil)
	require.Equal(t, []byte{11, 0x8a, 0x03, 0x20}, payload)
	e, ok := parseEvent(payload)
	require.True(t, ok)
	require.Equal(t, telephoneEvent{code: 11, end: true, duration: 800}, e)
	for _, bad := range [][]byte{nil, {1, 2, 3}, {16, 0, 0, 0}} {
		_, ok := parseEvent(bad)
		require.False(t, ok)
	}
}
