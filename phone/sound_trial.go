package phone

import (
	"context"
	"errors"
	"sync"
)

// Listen keeps the microphone open until ctx is done, so that Levels tells of it
// without a call: for as long as somebody looks. Where there is no microphone it
// is opened as soon as there is one.
func (p *Phone) Listen(ctx context.Context) { p.sound.Listen(ctx) }

// TestMicrophone records three seconds from the microphone and plays them on the
// speaker, and returns when they are played. It fails with CodeState while a call
// is up, when one begins, or while it runs already; with CodeNoSound; and with
// CodeCancelled once ctx is done, which ends both halves at once.
func (p *Phone) TestMicrophone(ctx context.Context) error {
	return p.betweenCalls(ctx, "microphone test", p.sound.TestMicrophone)
}

// TestRing plays the ringtone for three seconds on the ring device, in place of
// a TestRing before it. It fails as TestMicrophone does.
func (p *Phone) TestRing(ctx context.Context) error {
	return p.betweenCalls(ctx, "ring test", p.sound.TestRing)
}

// betweenCalls does something that a call must not be disturbed by: not while one
// is up, and only until one begins.
func (p *Phone) betweenCalls(ctx context.Context, op string, do func(context.Context) error) error {
	events := p.Subscribe()
	err := p.ask(ctx, op, func(l *loop) error { // comes after Subscribe, so that no call is missed
		if len(l.calls) > 0 {
			return fault(CodeState, op, "That is not possible during a call.")
		}
		return nil
	})
	if err != nil {
		events.Close()
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	var watching sync.WaitGroup
	watching.Go(func() { cancel(interruption(op, events)) })
	err = do(ctx)
	events.Close()
	watching.Wait()
	var why *Error
	if err != nil && errors.As(context.Cause(ctx), &why) {
		return why
	}
	return err
}

// interruption waits for a call, and tells why what is done between calls ends. It
// is nil where that has ended before.
func interruption(op string, events *Subscription) error {
	for e := range events.Events() {
		if e.Kind == EventCallStarted {
			return fault(CodeState, op, "A call came between.")
		}
	}
	return nil
}
