package phone

import (
	"context"
	"encoding/json"
	"slices"
	"time"
)

// PlayVoicemail opens a message in the player, instead of what is open, and plays it from a place on. It returns once it
// plays, and fails with CodeNotFound, CodeStorage, and CodeState while the agent is in a call.
func (p *Phone) PlayVoicemail(ctx context.Context, id VoicemailID, from time.Duration) error {
	if _, err := p.cfg.Store.Voicemail(ctx, id); err != nil {
		return err
	}
	sound, err := p.cfg.Recordings.Read(id)
	if err != nil {
		return err
	}
	return p.play(ctx, &playing{view: Player{Voicemail: id}, sound: sound}, from)
}

// PlayGreeting opens a greeting in the player and plays it; it fails as PlayVoicemail does.
func (p *Phone) PlayGreeting(ctx context.Context, kind GreetingKind) error {
	s, err := p.MachineSettings(ctx)
	if err != nil {
		return err
	}
	g, err := p.cfg.Recordings.Greeting(kind, s.Language)
	if err != nil {
		return err
	}
	return p.play(ctx, &playing{view: Player{Greeting: kind}, sound: g.Sound}, 0)
}

// play opens what is to be played.
func (p *Phone) play(ctx context.Context, what *playing, from time.Duration) error {
	const op = "play"
	if what.sound.Rate <= 0 || len(what.sound.Data) == 0 {
		return fault(CodeStorage, op, "There is no sound in it: its file is damaged.")
	}
	what.view.Length = what.sound.Length()
	return p.ask(ctx, op, func(l *loop) error {
		if l.talking() {
			return fault(CodeState, op, "You are in a call: end it before you listen to something.")
		}
		l.deafen()
		l.stopPlaying()
		l.playing = what
		what.view.Speed, what.view.Role = l.way.Speed, l.way.Role
		what.view.Position = min(max(from, 0), what.view.Length)
		l.startPlaying()
		l.emit(Event{Kind: EventPlayer})
		return nil
	})
}

// PausePlayer pauses what is played, or goes on; after its end it begins anew. CodeNotFound where the player is not open,
// and CodeState where it is to go on while the agent is in a call.
func (p *Phone) PausePlayer(ctx context.Context, on bool) error {
	const op = "pause"
	return p.withPlayer(ctx, op, func(l *loop, w *playing) error {
		switch {
		case on:
			l.pausePlaying()
		case l.talking():
			return fault(CodeState, op, "You are in a call: end it before you listen to something.")
		case !w.view.Playing:
			if w.view.Position >= w.view.Length {
				w.view.Position = 0
			}
			l.deafen()
			l.startPlaying()
			l.emit(Event{Kind: EventPlayer})
		}
		return nil
	})
}

// SeekPlayer goes on at a place, from the beginning to the end; CodeNotFound where the player is not open.
func (p *Phone) SeekPlayer(ctx context.Context, to time.Duration) error {
	return p.withPlayer(ctx, "seek", func(l *loop, w *playing) error {
		w.view.Position = min(max(to, 0), w.view.Length)
		if w.playback != nil {
			w.playback.Seek(w.view.Position)
		}
		l.emit(Event{Kind: EventPlayer})
		return nil
	})
}

// SetPlayer changes how fast, from Speeds, and where, Speaker or RingDevice, the player plays, now and from now on: it is
// kept. It fails with CodeInvalid and CodeStorage.
func (p *Phone) SetPlayer(ctx context.Context, speed float64, role DeviceRole) error {
	const op = "player"
	way := playerWay{speed, role}
	if !way.valid() {
		return fault(CodeInvalid, op, "A message can be played at 1, 1.25, 1.5 or 2 times its speed, on the speaker or the ring device.")
	}
	text, err := json.Marshal(way)
	if err != nil {
		return &Error{Code: CodeInternal, Op: op, Err: err}
	}
	if err := p.cfg.Store.SetSetting(ctx, playerSetting, string(text)); err != nil {
		return err
	}
	return p.ask(ctx, op, func(l *loop) error {
		l.way = way
		if w := l.playing; w != nil {
			w.view.Speed, w.view.Role = speed, role
			if w.playback != nil {
				w.playback.SetSpeed(speed)
				w.playback.SetRole(role)
			}
		}
		l.emit(Event{Kind: EventPlayer})
		return nil
	})
}

// ClosePlayer ends what is played; no matter where nothing is.
func (p *Phone) ClosePlayer(ctx context.Context) error {
	return p.ask(ctx, "close player", func(l *loop) error { l.stopPlaying(); return nil })
}

// withPlayer does something to what is open.
func (p *Phone) withPlayer(ctx context.Context, op string, do func(l *loop, w *playing) error) error {
	return p.ask(ctx, op, func(l *loop) error {
		if l.playing == nil {
			return fault(CodeNotFound, op, "Nothing is played.")
		}
		return do(l, l.playing)
	})
}

// playerSetting keeps a playerWay, as JSON.
const playerSetting = "player"

// playerWay is how messages are played.
type playerWay struct {
	Speed float64
	Role  DeviceRole
}

func (w playerWay) valid() bool {
	return slices.Contains(Speeds, w.Speed) && (w.Role == Speaker || w.Role == RingDevice)
}

// usualWay is how messages are played until something is set.
var usualWay = playerWay{1, Speaker}

// playWay returns how messages are played.
func (p *Phone) playWay(ctx context.Context) (playerWay, error) {
	text, err := p.cfg.Store.Setting(ctx, playerSetting)
	var way playerWay
	if text == "" || json.Unmarshal([]byte(text), &way) != nil || !way.valid() {
		way = usualWay
	}
	return way, err
}
