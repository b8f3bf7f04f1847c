package conceal_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/codec"
	"github.com/callward/callward/audio/conceal"
	"github.com/callward/callward/audio/jitter"
	"github.com/callward/callward/audio/spectrum"
)

const (
	toneAmplitude = 10000.0
	ms            = time.Millisecond
)

// network is what a tone goes through on its way.
type network struct {
	loss   float64
	spread time.Duration // packets are late by up to this
	ppm    float64       // how much the sender's clock is fast
}

// chain is the way of a tone from a sender to a device that pulls 10 ms at a
// time: encode, network, jitter buffer, decode, conceal.
type chain struct {
	codec   codec.Codec
	hz      float64
	network network
	random  *rand.Rand

	encoder codec.Encoder
	sent    int
	leaves  time.Duration
	onWay   []onWay // ordered by arrival

	buffer    *jitter.Buffer
	decoder   codec.Decoder
	concealer *conceal.Concealer
	frame     audio.Frame
	kept      audio.Frame

	longestDelay time.Duration
}

type onWay struct {
	at time.Duration
	jitter.Packet
}

func newChain(c codec.Codec, hz float64, n network) *chain {
	return &chain{
		codec: c, hz: hz, network: n, random: rand.New(rand.NewPCG(8, 9)),
		encoder: c.NewEncoder(), decoder: c.NewDecoder(),
		buffer:    jitter.New(c.ClockRate(), 20*ms),
		concealer: conceal.New(c.SampleRate()),
		frame:     make(audio.Frame, 0, c.SampleRate()/20),
	}
}

// send puts all that leaves until now on its way.
func (c *chain) send(now time.Duration) {
	for ; c.leaves <= now; c.leaves += time.Duration(float64(20*ms) / (1 + c.network.ppm*1e-6)) {
		rate := c.codec.SampleRate()
		payload, _ := c.encoder.Encode(nil, spectrum.Tone(rate/50, rate, c.hz, toneAmplitude, c.sent*rate/50))
		packet := jitter.Packet{Seq: uint16(c.sent), Timestamp: uint32(c.sent * c.codec.ClockRate() / 50), Payload: payload}
		c.sent++
		late := time.Duration(c.random.Float64() * float64(c.network.spread))
		if c.random.Float64() < c.network.loss {
			continue
		}
		at := c.leaves + 5*ms + late
		i, _ := slices.BinarySearchFunc(c.onWay, at, func(p onWay, at time.Duration) int { return int(p.at - at) })
		c.onWay = slices.Insert(c.onWay, i, onWay{at, packet})
	}
}

// pull gives the device its next 10 ms.
func (c *chain) pull(now time.Duration, out audio.Frame) {
	c.send(now)
	start := time.Unix(1e9, 0)
	for len(c.onWay) > 0 && c.onWay[0].at <= now {
		c.buffer.Put(start.Add(c.onWay[0].at), c.onWay[0].Packet)
		c.onWay = c.onWay[1:]
	}
	rate := time.Duration(c.codec.SampleRate())
	ask := jitter.Pull{Now: start.Add(now), Run: 10 * ms, Kept: time.Duration(len(c.kept)) * time.Second / rate}
	for len(c.kept) < len(out) {
		answer := c.buffer.Get(ask)
		stretch := int(answer.Stretch * rate / time.Second)
		switch {
		case answer.Action != jitter.Play:
			c.frame = c.frame[:answer.Duration*rate/time.Second]
			c.concealer.Lost(c.frame)
		default:
			c.frame, _ = c.decoder.Decode(c.frame[:0], answer.Packet.Payload)
			switch {
			case stretch > 0:
				c.frame = c.concealer.Accelerate(c.frame, stretch)
			case stretch < 0:
				c.frame = c.concealer.Expand(c.frame, -stretch)
			default:
				c.concealer.Good(c.frame)
			}
		}
		c.kept = append(c.kept, c.frame...)
	}
	copy(out, c.kept)
	c.kept = append(c.kept[:0], c.kept[len(out):]...)
	c.longestDelay = max(c.longestDelay, c.buffer.Stats(ask.Now).Delay)
}

// heard is how a tone came through.
type heard struct {
	windows, whole int // of 20 ms
	largestStep    int
}

func (h heard) share() float64 { return float64(h.whole) / float64(h.windows) }

// listen pulls for a time and judges the tone. The first two seconds, in which
// the delay settles, are left out.
func (c *chain) listen(length time.Duration) heard {
	rate := c.codec.SampleRate()
	var h heard
	window := make(audio.Frame, rate/50)
	var last int16
	for now := 2 * ms; now < length; now += 20 * ms {
		c.pull(now, window[:rate/100])
		c.pull(now+10*ms, window[rate/100:])
		if now > 2*time.Second {
			h.windows++
			if isWhole(window, rate, c.hz) {
				h.whole++
			}
			step := spectrum.LargestStep(audio.Frame{last, window[0]})
			h.largestStep = max(h.largestStep, step, spectrum.LargestStep(window))
		}
		last = window[len(window)-1]
	}
	return h
}

// isWhole tells whether a window holds the tone that was sent: more than 90 %
// of its power, and within 3 dB of its level.
func isWhole(window audio.Frame, rate int, hz float64) bool {
	tone := spectrum.Goertzel(window, rate, hz)
	level := 10 * math.Log10(tone/(toneAmplitude*toneAmplitude/2))
	return tone > 0.9*spectrum.Power(window) && math.Abs(level) < 3
}

// toneStep is the largest step that the tone itself has.
func (c *chain) toneStep() int {
	return int(2 * toneAmplitude * math.Sin(math.Pi*c.hz/float64(c.codec.SampleRate())))
}

// tones are a usual one, whose period is a whole number of samples, and one
// that no period in whole samples fits.
var tones = []float64{1000, 1037}

// On a bad network the tone stays whole, and there is no click.
func TestToneThroughBadNetwork(t *testing.T) {
	law, _ := codec.ByName("PCMU")
	for _, hz := range tones {
		for name, n := range map[string]network{
			"5% loss":              {loss: 0.05},
			"30 ms jitter":         {spread: 30 * ms},
			"5% loss and 30 ms":    {loss: 0.05, spread: 30 * ms},
			"10% loss and 60 ms":   {loss: 0.10, spread: 60 * ms},
			"5%, 30 ms, fast 200":  {loss: 0.05, spread: 30 * ms, ppm: 200},
			"5%, 30 ms, slow 200":  {loss: 0.05, spread: 30 * ms, ppm: -200},
			"undisturbed, at rest": {},
		} {
			t.Run(fmt.Sprintf("%v Hz, %s", hz, name), func(t *testing.T) {
				c := newChain(law, hz, n)
				h := c.listen(2 * time.Minute)
				stats := c.buffer.Stats(time.Unix(1e9, 0).Add(2 * time.Minute))
				t.Logf("%.2f %% of %d windows whole, largest step %d of %d, delay at most %v, %+v",
					100*h.share(), h.windows, h.largestStep, c.toneStep(), c.longestDelay, stats)
				require.GreaterOrEqual(t, h.share(), 0.985)
				require.LessOrEqual(t, h.largestStep, c.toneStep()*11/10)
			})
		}
	}
}

// In an hour of clocks that differ by 200 ppm the delay does not grow, and
// what is done for that is not heard.
func TestToneThroughDrift(t *testing.T) {
	law, _ := codec.ByName("PCMA")
	for i, ppm := range []float64{200, -200} {
		t.Run(fmt.Sprintf("%+v ppm", ppm), func(t *testing.T) {
			c := newChain(law, tones[i], network{spread: 2 * ms, ppm: ppm})
			h := c.listen(time.Hour)
			t.Logf("%.3f %% of %d windows whole, largest step %d of %d, delay at most %v",
				100*h.share(), h.windows, h.largestStep, c.toneStep(), c.longestDelay)
			require.GreaterOrEqual(t, h.share(), 0.999)
			require.LessOrEqual(t, h.largestStep, c.toneStep()*11/10)
			require.LessOrEqual(t, c.longestDelay, 50*ms)
			require.Zero(t, c.buffer.Stats(time.Unix(1e9, 0).Add(time.Hour)).Late)
		})
	}
}
