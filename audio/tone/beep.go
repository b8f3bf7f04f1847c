package tone

import "time"

// The beep after which a message is recorded.
const (
	beepHertz = 1000
	beepTime  = 300 * time.Millisecond
	beepRamp  = 10 * time.Millisecond
)

// Beep makes the tone that asks a caller to speak: 1000 Hz for 300 ms, with soft edges.
func Beep() *Tone {
	return &Tone{cycle: []burst{newBurst(sum(beepHertz), progressLevel, beepTime, 0, beepRamp, beepRamp)}, rounds: 1}
}
