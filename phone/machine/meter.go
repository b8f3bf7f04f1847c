package machine

import (
	"math"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/mixer"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/phone"
)

const (
	// grain is how long the runs are whose loudness is taken.
	grain = 20 * time.Millisecond
	// voiceLevel is how loud a voice is at least, in dBov, and faintest what is drawn as silence.
	voiceLevel = -45
	faintest   = -60
	// recent is how many grains the level is of.
	recent = 12
)

// meter takes how loud a message is. It is owned by one goroutine.
type meter struct {
	rate   int
	run    audio.Frame // the grain under way
	powers []float32   // of each grain, in squared samples
	voice  time.Duration
	quiet  time.Duration // how long nobody has spoken
}

func newMeter(rate int) *meter {
	return &meter{rate: rate, run: make(audio.Frame, 0, max(1, count(grain, rate)))}
}

// meterOf returns that of a whole message.
func meterOf(s phone.Samples) *meter {
	m := newMeter(s.Rate)
	m.add(s.Data)
	return m
}

func (m *meter) add(f audio.Frame) {
	for len(f) > 0 {
		n := min(len(f), cap(m.run)-len(m.run))
		m.run = append(m.run, f[:n]...)
		f = f[n:]
		if len(m.run) == cap(m.run) {
			m.take(spectrum.Power(m.run))
			m.run = m.run[:0]
		}
	}
}

func (m *meter) take(power float64) {
	m.powers = append(m.powers, float32(power))
	if dBov(power) > voiceLevel {
		m.voice += grain
		m.quiet = 0
	} else {
		m.quiet += grain
	}
}

// level is how loud the last quarter second was, in dBov.
func (m *meter) level() float64 { return dBov(mean(m.powers[max(0, len(m.powers)-recent):])) }

// wave is how loud the first samples are, in bars of equal length.
func (m *meter) wave(samples int64) []byte {
	powers := m.powers[:min(len(m.powers), int(samples)/cap(m.run))]
	bars := make([]byte, min(len(powers), phone.MaxWave))
	for i := range bars {
		part := powers[i*len(powers)/len(bars) : (i+1)*len(powers)/len(bars)]
		bars[i] = byte(255 * min(1, max(0, 1-dBov(mean(part))/faintest)))
	}
	return bars
}

func mean(powers []float32) float64 {
	var sum float64
	for _, p := range powers {
		sum += float64(p)
	}
	return sum / float64(max(1, len(powers)))
}

func dBov(power float64) float64 {
	if power == 0 {
		return mixer.Quietest
	}
	return max(mixer.Quietest, 10*math.Log10(power/(32768*32768)))
}
