package tone

import "time"

// Levels in dBov while the sound is at its strongest.
const (
	ringtoneLevel = -12
	waitingLevel  = -24 // heard beside a voice
)

// Ringtone makes the sound of an incoming call: two falling notes in one
// second, two seconds of pause, until it is stopped.
func Ringtone() *Tone {
	return &Tone{cycle: []burst{note(659.26, 0), note(523.25, 2*time.Second)}, rounds: forever}
}

// note is a bell-like sound of half a second and the pause after it. The
// overtones carry where a small loudspeaker has no bass.
func note(hz float64, pause time.Duration) burst {
	bell := sound{{hz, 1}, {2 * hz, 0.4}, {3 * hz, 0.15}}
	return newBurst(bell, ringtoneLevel, 500*time.Millisecond, pause, 25*time.Millisecond, 400*time.Millisecond)
}

// Waiting makes the beep of a second call while one is talking: soft, a quarter of
// a second, then Done.
func Waiting() *Tone {
	const soft = 25 * time.Millisecond
	return &Tone{cycle: []burst{newBurst(sum(440), waitingLevel, 250*time.Millisecond, 0, soft, soft)}, rounds: 1}
}
