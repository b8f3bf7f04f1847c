package sound_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/test/pulse"
)

// told keeps what a playback tells.
type told struct {
	mu     sync.Mutex
	events []phone.PlayEvent
}

func (l *told) put(e phone.PlayEvent) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.events = append(l.events, e)
}

func (l *told) all() []phone.PlayEvent {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.events)
}

// ended waits for the end, and returns what came before.
func (l *told) ended(t *testing.T) (before []phone.PlayEvent, end phone.PlayEvent) {
	t.Helper()
	require.Eventually(t, func() bool {
		all := l.all()
		return len(all) > 0 && all[len(all)-1].Ended
	}, 2*soon, tick)
	all := l.all()
	return all[:len(all)-1], all[len(all)-1]
}

// message is a tone as a message has it.
func message(hz float64, length time.Duration) phone.Samples {
	return phone.Samples{Rate: 8000, Data: spectrum.Tone(int(length.Seconds()*8000), 8000, hz, 9000, 0)}
}

// loud is the part of f that is loud.
func loud(f audio.Frame) audio.Frame {
	first, last := -1, 0
	for i := 0; i+480 <= len(f); i += 480 {
		if spectrum.RMS(f[i:i+480]) > -60 {
			if first < 0 {
				first = i
			}
			last = i + 480
		}
	}
	if first < 0 {
		return nil
	}
	return f[first:last]
}

// still waits until what is on its way to a sink was heard.
func still(t *testing.T, r *pulse.Recorder) {
	t.Helper()
	require.Eventually(t, func() bool { return spectrum.RMS(r.Last(200*time.Millisecond)) == spectrum.Silence }, soon, tick)
}

func TestAMessageIsPlayedAsItIs(t *testing.T) {
	for name, tt := range map[string]struct {
		speed float64
		lasts time.Duration
	}{"at its speed": {1, 2 * time.Second}, "at twice its speed": {2, time.Second}} {
		t.Run(name, func(t *testing.T) {
			server := pulse.New(t)
			s := newSound(t)
			speaker := hear(t, server, pulse.Speaker)
			var log told
			s.Play(phone.PlaySpec{Sound: message(700, 2*time.Second), Speed: tt.speed, Role: phone.Speaker}, log.put)
			before, end := log.ended(t)
			require.NoError(t, end.Err)
			require.Equal(t, 2*time.Second, end.Position.Round(50*time.Millisecond))
			require.InDelta(t, tt.lasts.Seconds()*5, len(before), 2, "five times a second")
			require.True(t, slices.IsSortedFunc(before, func(a, b phone.PlayEvent) int { return int(a.Position - b.Position) }))
			still(t, speaker)
			heard := loud(speaker.Samples())
			require.InDelta(t, tt.lasts.Seconds(), float64(len(heard))/audio.DeskRate, 0.1)
			require.InDelta(t, 700, spectrum.Dominant(heard[len(heard)/4:3*len(heard)/4], audio.DeskRate), 2)
		})
	}
}

func TestAPlaybackMovesToTheRingDevice(t *testing.T) {
	server := pulse.New(t)
	_, err := server.LoadSink("bell", "Lab_Bell")
	require.NoError(t, err)
	s := newSound(t)
	s.SetDevice(phone.RingDevice, "Lab_Bell")
	speaker, bell := hear(t, server, pulse.Speaker), hear(t, server, "bell")
	var log told
	p := s.Play(phone.PlaySpec{Sound: message(700, time.Minute), From: 10 * time.Second, Speed: 1, Role: phone.Speaker}, log.put)
	second := func(r *pulse.Recorder) audio.Frame { return r.Last(500 * time.Millisecond) }
	require.Eventually(t, func() bool { return pulse.IsTone(second(speaker), pulse.Rate, 700) }, soon, tick)
	require.GreaterOrEqual(t, log.all()[0].Position, 10*time.Second)
	p.SetRole(phone.RingDevice)
	require.Eventually(t, func() bool { return pulse.IsTone(second(bell), pulse.Rate, 700) }, soon, tick)
	require.Eventually(t, func() bool { return spectrum.RMS(second(speaker)) == spectrum.Silence }, soon, tick)
	p.Seek(50 * time.Second)
	require.Eventually(t, func() bool {
		all := log.all()
		return all[len(all)-1].Position > 50*time.Second
	}, soon, tick)
	p.Close()
	require.Eventually(t, func() bool { return spectrum.RMS(second(bell)) == spectrum.Silence }, soon, tick)
	for _, e := range log.all() {
		require.False(t, e.Ended, "it was closed")
	}
}

// A message may be cut off at its loudest.
func TestAPlaybackEndsWithoutAClick(t *testing.T) {
	server := pulse.New(t)
	s := newSound(t)
	speaker := hear(t, server, pulse.Speaker)
	m := message(700, time.Second)
	for last := len(m.Data) - 1; m.Data[last] < 8500; last-- {
		m.Data = m.Data[:last]
	}
	var log told
	s.Play(phone.PlaySpec{Sound: m, Speed: 1, Role: phone.Speaker}, log.put)
	_, end := log.ended(t)
	require.NoError(t, end.Err)
	still(t, speaker)
	heard := speaker.Samples()
	for len(heard) > 0 && heard[len(heard)-1] == 0 {
		heard = heard[:len(heard)-1]
	}
	heard = append(heard, 0)
	require.Less(t, spectrum.LargestStep(heard[len(heard)-480:]), 1000, "a tone of 700 Hz has steps of 825")
}

func TestAPlaybackGoesOnWhereItsDeviceVanishesAndEndsWithTheLast(t *testing.T) {
	server := pulse.New(t)
	module, err := server.LoadSink("headset", "Lab_Headset")
	require.NoError(t, err)
	s := newSound(t)
	s.SetDevice(phone.Speaker, "Lab_Headset")
	speaker, headset := hear(t, server, pulse.Speaker), hear(t, server, "headset")
	var log told
	s.Play(phone.PlaySpec{Sound: message(700, time.Minute), Speed: 1, Role: phone.Speaker}, log.put)
	tone := func(r *pulse.Recorder) func() bool {
		return func() bool { return pulse.IsTone(r.Last(300*time.Millisecond), pulse.Rate, 700) }
	}
	require.Eventually(t, tone(headset), soon, tick)
	require.NoError(t, server.Unload(module))
	require.Eventually(t, tone(speaker), soon, tick)
	require.False(t, log.all()[len(log.all())-1].Ended)

	require.NoError(t, server.Stop())
	before, end := log.ended(t)
	require.Equal(t, phone.CodeNoSound, phone.CodeOf(end.Err))
	require.Less(t, end.Position-before[len(before)-1].Position, time.Second, "it does not run on in silence")
}

func TestWithNoSoundAPlaybackEnds(t *testing.T) {
	t.Setenv("PULSE_SERVER", "unix:/nonexistent")
	s := newSound(t)
	var log told
	s.Play(phone.PlaySpec{Sound: message(700, time.Minute), Speed: 1, Role: phone.Speaker}, log.put)
	before, end := log.ended(t)
	require.Empty(t, before, "nothing was played")
	require.Equal(t, phone.CodeNoSound, phone.CodeOf(end.Err))
	_, err := s.Record(t.Context(), time.Second)
	require.Equal(t, phone.CodeNoSound, phone.CodeOf(err))
}

func TestTheMicrophoneIsRecorded(t *testing.T) {
	server := pulse.New(t)
	s := newSound(t)
	say(t, server, 700, 9000)
	whole, err := s.Record(t.Context(), time.Second)
	require.NoError(t, err)
	require.Equal(t, 16000, whole.Rate)
	require.Len(t, whole.Data, 16000)
	require.InDelta(t, 700, spectrum.Dominant(whole.Data[8000:], 16000), 3)

	levels(t, s, 0, 0) // that is over
	ctx, stop := context.WithCancel(t.Context())
	type result struct {
		phone.Samples
		err error
	}
	done := make(chan result, 1)
	go func() {
		said, err := s.Record(ctx, time.Minute)
		done <- result{said, err}
	}()
	levels(t, s, 9000, 0) // it records
	_, err = s.Record(t.Context(), time.Second)
	require.Equal(t, phone.CodeState, phone.CodeOf(err), "one records at a time")
	stop()
	r := <-done
	require.NoError(t, r.err, "being told to stop is no error")
	require.NotEmpty(t, r.Data)
	require.Less(t, r.Length(), 10*time.Second)
}
