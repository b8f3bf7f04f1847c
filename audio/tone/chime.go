package tone

import "time"

// chimeLevel is that of the chime in dBov: softer than all ringtones.
const chimeLevel = -20

// Chime makes the sound of a text that has come: two notes that go up a fourth, 450 ms, then Done.
func Chime() *Tone {
	return &Tone{cycle: []burst{
		chimeNote(783.99, 150*time.Millisecond),
		chimeNote(1046.5, 300*time.Millisecond),
	}, rounds: 1}
}

// chimeNote is a note that fades for most of its length.
func chimeNote(hz float64, length time.Duration) burst {
	return newBurst(sound{{hz, 1}, {2 * hz, 0.2}}, chimeLevel, length, 0, 15*time.Millisecond, length*4/5)
}
