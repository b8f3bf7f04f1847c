package tone

import (
	"slices"
	"time"
)

// waitingLevel is that of the beep of a second call in dBov: it is heard beside a
// voice.
const waitingLevel = -24

// ringtone is a sound of an incoming call. Each repeats every three seconds, and
// is silent for the last of them.
type ringtone struct {
	name  string
	cycle []burst
}

// ringtones begin with the one that rings where nothing was chosen.
var ringtones = []ringtone{
	{"Classic", []burst{bell(659.26, 0), bell(523.25, 2*time.Second)}},
	{"Soft", []burst{pad(349.23, 0), pad(440, 0), pad(523.25, 1200*time.Millisecond)}},
	{"Digital", slices.Concat(trill(200*time.Millisecond), trill(1800*time.Millisecond))},
}

// Ringtones returns the names of the ringtones, the usual one first.
func Ringtones() []string {
	names := make([]string, len(ringtones))
	for i, r := range ringtones {
		names[i] = r.name
	}
	return names
}

// Ringtone makes the sound of an incoming call by its name, the usual one where
// there is none of that name. It goes on until it is stopped.
func Ringtone(name string) *Tone {
	i := slices.IndexFunc(ringtones, func(r ringtone) bool { return r.name == name })
	return &Tone{cycle: ringtones[max(0, i)].cycle, rounds: forever}
}

// bell is a note of half a second and the pause after it. The overtones carry
// where a small loudspeaker has no bass.
func bell(hz float64, pause time.Duration) burst {
	tones := sound{{hz, 1}, {2 * hz, 0.4}, {3 * hz, 0.15}}
	return newBurst(tones, -12, 500*time.Millisecond, pause, 25*time.Millisecond, 400*time.Millisecond)
}

// pad is a note of 600 ms that swells and fades slowly, and the pause after it.
func pad(hz float64, pause time.Duration) burst {
	tones := sound{{hz, 1}, {2 * hz, 0.3}}
	return newBurst(tones, -18, 600*time.Millisecond, pause, 150*time.Millisecond, 450*time.Millisecond)
}

// trill is half a second of two pitches in turn, 50 ms each, and the pause after
// it. The odd overtones make it sound like a machine.
func trill(pause time.Duration) []burst {
	var bursts []burst
	for i := range 10 {
		hz := 880.0
		if i%2 == 1 {
			hz = 1108.73
		}
		tones := sound{{hz, 1}, {3 * hz, 0.33}, {5 * hz, 0.2}}
		bursts = append(bursts, newBurst(tones, -14, 50*time.Millisecond, 0, ramp, ramp))
	}
	bursts[len(bursts)-1].off = samples(pause)
	return bursts
}

// Waiting makes the beep of a second call while one is talking: soft, a quarter of
// a second, then Done.
func Waiting() *Tone {
	const soft = 25 * time.Millisecond
	return &Tone{cycle: []burst{newBurst(sum(440), waitingLevel, 250*time.Millisecond, 0, soft, soft)}, rounds: 1}
}
