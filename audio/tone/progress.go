package tone

import (
	"math"
	"strings"
	"time"
)

// progressLevel is the level of progress tones in dBov while they sound: about
// -9 dBm0, inside the limits of ITU-T E.180, -15 to -5 dBm0.
const progressLevel = -15

// How long tones last that end by themselves, to the nearest whole cycle.
const (
	busyTime  = 6 * time.Second
	endedTime = 3 * time.Second
)

// Ringback makes the ringing tone that a caller hears in country, an ISO 3166
// two-letter code in either case. Any other string stands for the tones that
// E.180 recommends, of 425 Hz. The tone goes on until it is stopped.
func Ringback(country string) *Tone {
	return &Tone{cycle: planOf(country).ringback.cycle(), rounds: forever}
}

// Busy makes the busy tone of country, as in Ringback. It is Done after about
// 6 s.
func Busy(country string) *Tone {
	return progress(planOf(country).busy, busyTime)
}

// Ended makes the congestion tone of country, as in Ringback, which says that a
// call has ended or cannot be made. It is Done after about 3 s.
func Ended(country string) *Tone {
	return progress(planOf(country).congestion, endedTime)
}

// progress makes a tone of whole cycles of s, at least one, that lasts about d.
func progress(s signal, d time.Duration) *Tone {
	var length time.Duration
	for _, ms := range s.cadence {
		length += time.Duration(ms) * time.Millisecond
	}
	rounds := max(1, int(math.Round(d.Seconds()/length.Seconds())))
	return &Tone{cycle: s.cycle(), rounds: rounds}
}

func planOf(country string) plan {
	if p, ok := plans[strings.ToUpper(country)]; ok {
		return p
	}
	return recommended
}

// cycle returns the bursts of s.
func (s signal) cycle() []burst {
	bursts := make([]burst, 0, len(s.cadence)/2)
	for i := 0; i+1 < len(s.cadence); i += 2 {
		on := time.Duration(s.cadence[i]) * time.Millisecond
		off := time.Duration(s.cadence[i+1]) * time.Millisecond
		bursts = append(bursts, newBurst(s.sound, progressLevel, on, off, ramp, ramp))
	}
	return bursts
}
