package sound

import (
	"context"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/desk"
	"github.com/callward/callward/audio/device"
	"github.com/callward/callward/audio/tone"
	"github.com/callward/callward/phone"
)

const (
	// trialTime is how long a test records, and how long it rings.
	trialTime = 3 * time.Second
	// openTime is how long devices may take to begin, in the test of a microphone.
	openTime = 3 * time.Second
)

// Listen keeps the microphone open, so that Levels tells of it, until ctx is done.
func (s *Sound) Listen(ctx context.Context) {
	n := new(nobody)
	s.desk.Listen(n)
	defer s.desk.Unlisten(n)
	<-ctx.Done()
}

// TestMicrophone records three seconds from the microphone and plays them on the
// speaker, and returns when they are played. It fails with CodeState while
// another test records or plays, with CodeNoSound, or with CodeCancelled.
func (s *Sound) TestMicrophone(ctx context.Context) error {
	const op = "microphone test"
	if !s.trying.TryLock() {
		return &phone.Error{Code: phone.CodeState, Op: op}
	}
	defer s.trying.Unlock()
	if err := s.present(op, device.Input, device.Output); err != nil {
		return err
	}
	t := newTrial()
	s.play(t)
	defer s.stop(t)
	s.desk.Listen(t)
	defer s.desk.Unlisten(t)
	timer := time.NewTimer(2*trialTime + openTime)
	defer timer.Stop()
	select {
	case <-t.over:
		return nil
	case <-timer.C:
		return noSound(op, device.ErrNoSound)
	case <-ctx.Done():
		return cancelled(ctx, op)
	}
}

// TestRing plays the ringtone on the ring device for three seconds. It fails with
// CodeNoSound or CodeCancelled. A call that rings meanwhile goes on ringing after
// it.
func (s *Sound) TestRing(ctx context.Context) error {
	const op = "ring test"
	if err := s.present(op, device.Output); err != nil {
		return err
	}
	s.mu.Lock()
	ringing := tone.Ringtone(s.ringtone)
	s.ring(ringing)
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.ringing == ringing {
			s.ring(nil)
		}
	}()
	timer := time.NewTimer(trialTime)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return cancelled(ctx, op)
	}
}

// present fails with CodeNoSound where there is no device of one of the kinds.
func (s *Sound) present(op string, kinds ...device.Kind) error {
	for _, kind := range kinds {
		list, err := s.host.Devices(kind)
		if err == nil && len(list) == 0 {
			err = device.ErrNoSound
		}
		if err != nil {
			return noSound(op, err)
		}
	}
	return nil
}

func cancelled(ctx context.Context, op string) error {
	return &phone.Error{Code: phone.CodeCancelled, Op: op, Err: context.Cause(ctx)}
}

// trial records what it hears until it is full, and plays that then. All but over
// is owned by the desk's goroutine.
type trial struct {
	recorded audio.Frame // of the capacity that it is to have
	played   int
	over     chan struct{} // closed once all is played
}

var (
	_ audio.Sink = (*trial)(nil)
	_ desk.Tone  = (*trial)(nil)
)

func newTrial() *trial {
	n := int(trialTime.Seconds() * audio.DeskRate)
	return &trial{recorded: make(audio.Frame, 0, n), over: make(chan struct{})}
}

// Push records f, as far as there is room.
func (t *trial) Push(f audio.Frame) {
	room := cap(t.recorded) - len(t.recorded)
	t.recorded = append(t.recorded, f[:min(len(f), room)]...)
}

// Pull gives what was recorded once that is all, and silence before and after.
func (t *trial) Pull(f audio.Frame) {
	if len(t.recorded) < cap(t.recorded) || t.Done() {
		f.Silence()
		return
	}
	n := copy(f, t.recorded[t.played:])
	f[n:].Silence()
	if t.played += n; t.Done() {
		close(t.over)
	}
}

// Done tells whether all is played.
func (t *trial) Done() bool { return t.played == cap(t.recorded) }

// nobody takes what is heard for the sake of its level. It has a size, so that ==
// tells one from another.
type nobody struct{ _ byte }

// Push does nothing.
func (*nobody) Push(audio.Frame) {}
