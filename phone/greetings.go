package phone

import (
	"context"
	"errors"
)

// greetingKinds are those that callers hear.
var greetingKinds = []GreetingKind{GreetingAll, GreetingBlocked, GreetingAway}

func (k GreetingKind) known() error {
	for _, kind := range greetingKinds {
		if k == kind {
			return nil
		}
	}
	return wrong("for", "A greeting is for all, blocked or away.")
}

// Greetings returns what callers hear, by GreetingAll, GreetingBlocked and GreetingAway, in this order.
func (p *Phone) Greetings(ctx context.Context) ([]Greeting, error) {
	s, err := p.MachineSettings(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Greeting, len(greetingKinds))
	for i, kind := range greetingKinds {
		if list[i], err = p.cfg.Recordings.Greeting(kind, s.Language); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// readGreetings returns the sound of all that can be read, and what went wrong with the others.
func (p *Phone) readGreetings(language string) (map[GreetingKind]Samples, error) {
	sounds, errs := map[GreetingKind]Samples{}, []error(nil)
	for _, kind := range greetingKinds {
		g, err := p.cfg.Recordings.Greeting(kind, language)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		sounds[kind] = g.Sound
	}
	return sounds, errors.Join(errs...)
}

// SetGreeting takes the sound of a WAV file as a greeting, or fails with CodeInvalid and a sentence.
func (p *Phone) SetGreeting(ctx context.Context, kind GreetingKind, path string) error {
	return p.changeGreeting(ctx, kind, func() error { return p.cfg.Recordings.SetGreeting(kind, path) })
}

// KeepGreeting takes the draft as a greeting; CodeNotFound where there is none.
func (p *Phone) KeepGreeting(ctx context.Context, kind GreetingKind) error {
	return p.changeGreeting(ctx, kind, func() error {
		draft, err := p.cfg.Recordings.Greeting(GreetingDraft, "")
		if err != nil {
			return err
		}
		return p.cfg.Recordings.SaveGreeting(kind, draft.Sound)
	})
}

// ResetGreeting goes back to the standard greeting.
func (p *Phone) ResetGreeting(ctx context.Context, kind GreetingKind) error {
	return p.changeGreeting(ctx, kind, func() error { return p.cfg.Recordings.ResetGreeting(kind) })
}

// changeGreeting changes what is on the disk, and then what callers hear.
func (p *Phone) changeGreeting(ctx context.Context, kind GreetingKind, change func() error) error {
	if err := kind.known(); err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	s, err := p.MachineSettings(ctx)
	if err != nil {
		return err
	}
	return p.tellMachine(ctx, s)
}

// RecordGreeting records the microphone as GreetingDraft until ctx is done, for MaxGreeting at most, and returns
// once it is kept as that: being told to stop is no error. It fails with CodeNoSound, CodeInvalid, and CodeState during a call.
func (p *Phone) RecordGreeting(ctx context.Context) error {
	const op = "record greeting"
	return p.betweenCalls(ctx, op, func(until context.Context) error {
		sound, err := p.sound.Record(until, MaxGreeting)
		if err != nil {
			return err
		}
		var broken *Error // a call came between
		if errors.As(context.Cause(until), &broken) {
			return broken
		}
		return p.cfg.Recordings.SaveGreeting(GreetingDraft, sound)
	})
}
