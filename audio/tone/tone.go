// Package tone makes the sounds that a phone makes itself: call progress tones
// by country (ITU-T E.180), DTMF, ringtones. It computes them sample by sample
// from their position; it knows neither devices nor calls.
package tone

import (
	"math"
	"time"

	"github.com/callward/callward/audio"
)

// ramp is how long a burst of a progress tone takes to swell and to fade:
// enough that no click is heard, too little to be heard itself.
const ramp = 5 * time.Millisecond

// Tone is owned by the goroutine that pulls. It is a Source at audio.DeskRate
// that repeats a cycle of bursts, a number of times or until it is stopped.
// What it gives does not depend on the lengths in which it is pulled.
type Tone struct {
	cycle []burst
	next  int // index in cycle of the burst being played
	at    int // samples of that burst that were given

	// rounds are the cycles still to be begun or in progress, forever if
	// negative.
	rounds int
}

// forever as the rounds of a Tone makes it repeat until it is stopped.
const forever = -1

// Pull fills f with the next samples, and with silence once t is Done. It
// allocates nothing.
func (t *Tone) Pull(f audio.Frame) {
	for len(f) > 0 && !t.Done() {
		b := &t.cycle[t.next]
		n := min(len(f), b.on+b.off-t.at)
		b.play(f[:n], t.at)
		f = f[n:]
		t.advance(n)
	}
	f.Silence()
}

// Done says whether the last cycle was given in full.
func (t *Tone) Done() bool { return t.rounds == 0 }

// advance moves on by n samples, at most to the end of the burst.
func (t *Tone) advance(n int) {
	t.at += n
	if t.at < t.cycle[t.next].on+t.cycle[t.next].off {
		return
	}
	t.at = 0
	t.next++
	if t.next < len(t.cycle) {
		return
	}
	t.next = 0
	if t.rounds > 0 {
		t.rounds--
	}
}

// burst is a sound and the pause after it. It is immutable.
type burst struct {
	sound           sound
	on, off         int // lengths in samples
	attack, release int // lengths in samples, parts of on
}

// newBurst makes a burst with a level in dBov, as spectrum.RMS measures it
// between attack and release.
func newBurst(s sound, level float64, on, off, attack, release time.Duration) burst {
	var power float64
	for _, p := range s {
		power += p.amplitude * p.amplitude / 2
	}
	scale := 32768 * math.Pow(10, level/20) / math.Sqrt(power)
	scaled := make(sound, len(s))
	for i, p := range s {
		scaled[i] = partial{hz: p.hz, amplitude: p.amplitude * scale}
	}
	b := burst{sound: scaled, on: samples(on), off: samples(off)}
	b.attack = min(samples(attack), b.on/2)
	b.release = min(samples(release), b.on-b.attack)
	return b
}

// play fills f with the burst from its sample number at.
func (b *burst) play(f audio.Frame, at int) {
	sounding := f[:max(0, min(len(f), b.on-at))]
	for i := range sounding {
		n := at + i
		var value float64
		for _, p := range b.sound {
			value += p.amplitude * math.Sin(2*math.Pi*p.hz*float64(n)/audio.DeskRate)
		}
		sounding[i] = int16(math.Round(value * b.envelope(n)))
	}
	f[len(sounding):].Silence()
}

// envelope returns the gain of sample n, from 0 to 1, in raised cosines.
func (b *burst) envelope(n int) float64 {
	switch left := b.on - 1 - n; {
	case n < b.attack:
		return swell(n, b.attack)
	case left < b.release:
		return swell(left, b.release)
	default:
		return 1
	}
}

func swell(n, length int) float64 {
	return (1 - math.Cos(math.Pi*float64(n)/float64(length))) / 2
}

// sound is a sum of sine waves that all begin at a zero. It is immutable.
type sound []partial

// partial is one sine wave of a sound.
type partial struct {
	hz        float64
	amplitude float64 // relative to the other partials until newBurst has scaled it
}

// sum is the sound of sine waves of equal strength, f1+f2 in E.180.
func sum(hz ...float64) sound {
	s := make(sound, len(hz))
	for i := range hz {
		s[i] = partial{hz: hz[i], amplitude: 1}
	}
	return s
}

// modulated is the sound of a carrier with its amplitude modulated in full,
// f1×f2 in E.180.
func modulated(carrier, by float64) sound {
	return sound{{carrier - by, 0.5}, {carrier, 1}, {carrier + by, 0.5}}
}

// samples returns how many samples last d.
func samples(d time.Duration) int {
	return int(d.Seconds()*audio.DeskRate + 0.5)
}
