package phone

import "context"

// Greetings returns what callers hear, by GreetingAll, GreetingBlocked and GreetingAway.
func (p *Phone) Greetings(ctx context.Context) ([]Greeting, error) { panic("not yet") }

// SetGreeting takes the sound of a WAV file as a greeting, or fails with CodeInvalid and a sentence.
func (p *Phone) SetGreeting(ctx context.Context, kind GreetingKind, path string) error {
	panic("not yet")
}

// RecordGreeting records the microphone as GreetingDraft until ctx is done, for MaxGreeting at most, and returns
// once it is kept as that: being told to stop is no error. It fails with CodeNoSound, CodeState and CodeInvalid.
func (p *Phone) RecordGreeting(ctx context.Context) error { panic("not yet") }

// KeepGreeting takes the draft as a greeting.
func (p *Phone) KeepGreeting(ctx context.Context, kind GreetingKind) error { panic("not yet") }

// ResetGreeting goes back to the standard greeting.
func (p *Phone) ResetGreeting(ctx context.Context, kind GreetingKind) error { panic("not yet") }
