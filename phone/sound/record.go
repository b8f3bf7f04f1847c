package sound

import (
	"context"
	"sync"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/device"
	"github.com/callward/callward/audio/mixer"
	"github.com/callward/callward/phone"
)

// recordRate is that of what is recorded.
const recordRate = 16000

// Record records the microphone until ctx is done, for longest at most, and returns what was said until then. It fails
// with CodeState while another records or a test runs, and with CodeNoSound.
func (s *Sound) Record(ctx context.Context, longest time.Duration) (phone.Samples, error) {
	const op = "record"
	if !s.trying.TryLock() {
		return phone.Samples{}, &phone.Error{Code: phone.CodeState, Op: op}
	}
	defer s.trying.Unlock()
	if err := s.present(op, device.Input); err != nil {
		return phone.Samples{}, err
	}
	t := &tape{down: mixer.NewResampler(audio.DeskRate, recordRate), most: int(longest.Seconds() * recordRate), full: make(chan struct{})}
	s.desk.Listen(t)
	defer s.desk.Unlisten(t)
	timer := time.NewTimer(longest + openTime)
	defer timer.Stop()
	select {
	case <-t.full:
	case <-ctx.Done():
	case <-timer.C:
	}
	said := t.take()
	if len(said) == 0 && ctx.Err() == nil {
		return phone.Samples{}, noSound(op, device.ErrNoSound)
	}
	return phone.Samples{Rate: recordRate, Data: said}, nil
}

// tape takes what the microphone hears, until it is full. The desk's goroutine fills it; mu guards it.
type tape struct {
	mu   sync.Mutex
	down *mixer.Resampler
	said audio.Frame
	most int
	full chan struct{} // closed once it is
}

// Push implements audio.Sink.
func (t *tape) Push(f audio.Frame) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.said) >= t.most {
		return
	}
	if t.said = t.down.Process(t.said, f); len(t.said) >= t.most {
		t.said = t.said[:t.most]
		close(t.full)
	}
}

func (t *tape) take() audio.Frame {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.most = 0
	return t.said
}
