package tone

import (
	"strings"
	"time"
)

// The frequencies of ITU-T Q.23 in Hz, and the digits where they meet, row by
// row.
var (
	dtmfLow  = [4]float64{697, 770, 852, 941}
	dtmfHigh = [4]float64{1209, 1336, 1477, 1633}
)

const dtmfDigits = "123A456B789C*0#D"

// DTMF makes the two-frequency signal of digit, one of 0-9, *, #, A-D and a-d,
// that lasts d and then is Done. For another digit, or no duration, it is
// Done from the beginning.
func DTMF(digit byte, d time.Duration) *Tone {
	if 'a' <= digit && digit <= 'd' {
		digit -= 'a' - 'A'
	}
	i := strings.IndexByte(dtmfDigits, digit)
	if i < 0 || samples(d) <= 0 {
		return &Tone{}
	}
	pair := sum(dtmfLow[i/4], dtmfHigh[i%4])
	return &Tone{cycle: []burst{newBurst(pair, progressLevel, d, 0, ramp, ramp)}, rounds: 1}
}
