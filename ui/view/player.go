package view

import (
	"context"
	"time"

	"github.com/callward/callward/phone"
)

// skip is how far -5 s and +5 s go.
const skip = 5 * time.Second

// nearly is how much may be missing at the end of a message that was played to it: places are rounded.
const nearly = 50 * time.Millisecond

// Player is what plays voice messages and greetings.
type Player struct {
	// Now is what is played, as the phone last said.
	Now phone.Player
	// Notice says what went wrong; "" where nothing did.
	Notice string
	// Changed is called when any of this has changed.
	Changed func()
	// Ended is called once a message was played to its end.
	Ended func(id phone.VoicemailID)

	player  SoundPlayer
	inOrder *lane
	words   Words
}

// NewPlayer plays nothing yet.
func NewPlayer(player SoundPlayer, worker Worker, words Words) *Player {
	return &Player{
		Now: phone.Player{Speed: 1, Role: phone.Speaker}, Changed: func() {}, Ended: func(phone.VoicemailID) {},
		player: player, inOrder: &lane{worker: worker}, words: words,
	}
}

// Show takes over what is played now. It is wanted four times a second while Moving.
func (p *Player) Show(s phone.Snapshot) {
	now, was := s.Player, p.Now
	if now == was {
		return
	}
	p.Now = now
	if now.Fault != was.Fault || now.Playing && !was.Playing {
		p.Notice = p.words.L(now.Fault)
	}
	p.Changed()
	same := now.Voicemail == was.Voicemail && now.Voicemail != ""
	if same && was.Playing && !now.Playing && now.Fault == "" && now.Position+nearly >= now.Length {
		p.Ended(now.Voicemail)
	}
}

// Moving tells whether it plays, so that its position moves.
func (p *Player) Moving() bool { return p.Now.Playing }

// Open tells whether a message is open, and Plays whether it is played now.
func (p *Player) Open(id phone.VoicemailID) bool  { return id != "" && p.Now.Voicemail == id }
func (p *Player) Plays(id phone.VoicemailID) bool { return p.Open(id) && p.Now.Playing }

// Midway tells whether a message plays, or was stopped before its end.
func (p *Player) Midway(id phone.VoicemailID) bool {
	return p.Plays(id) || p.Open(id) && p.Now.Position > 0 && p.Now.Position+nearly < p.Now.Length
}

// PlaysGreeting tells whether a greeting is played now.
func (p *Player) PlaysGreeting(kind phone.GreetingKind) bool {
	return kind != "" && p.Now.Greeting == kind && p.Now.Playing
}

// Position is where a message is; 0 where it is not open.
func (p *Player) Position(id phone.VoicemailID) time.Duration {
	if !p.Open(id) {
		return 0
	}
	return p.Now.Position
}

// Length writes how long something lasts, as 0:34.
func Length(d time.Duration) string { return length(d) }

// Written is where it is of its length, as 0:12 / 0:34.
func Written(position, long time.Duration) string { return length(position) + " / " + length(long) }

// Toggle plays a message, or pauses it.
func (p *Player) Toggle(id phone.VoicemailID) {
	if p.Open(id) {
		on := p.Now.Playing
		p.do(func(ctx context.Context) error { return p.player.PausePlayer(ctx, on) })
		return
	}
	p.Play(id, 0)
}

// Play plays a message from a place on.
func (p *Player) Play(id phone.VoicemailID, from time.Duration) {
	if id != "" {
		p.do(func(ctx context.Context) error { return p.player.PlayVoicemail(ctx, id, from) })
	}
}

// Seek goes on at a place of a message, and opens it for that.
func (p *Player) Seek(id phone.VoicemailID, to time.Duration) {
	if !p.Open(id) {
		p.Play(id, to)
		return
	}
	to = max(0, min(to, p.Now.Length))
	p.do(func(ctx context.Context) error { return p.player.SeekPlayer(ctx, to) })
}

// Skip goes five seconds on or, where by is less than 0, back, in the message that is open.
func (p *Player) Skip(id phone.VoicemailID, by int) {
	if p.Open(id) {
		p.Seek(id, p.Now.Position+time.Duration(by)*skip)
	}
}

// ToggleGreeting plays a greeting, or ends that.
func (p *Player) ToggleGreeting(kind phone.GreetingKind) {
	if p.PlaysGreeting(kind) {
		p.Close()
		return
	}
	p.do(func(ctx context.Context) error { return p.player.PlayGreeting(ctx, kind) })
}

// SetSpeed plays faster or slower from now on: one of phone.Speeds.
func (p *Player) SetSpeed(speed float64) { p.set(speed, p.Now.Role) }

// SetRole plays through the speaker or the ring device from now on.
func (p *Player) SetRole(role phone.DeviceRole) { p.set(p.Now.Speed, role) }

func (p *Player) set(speed float64, role phone.DeviceRole) {
	p.Now.Speed, p.Now.Role = speed, role
	p.Changed()
	p.do(func(ctx context.Context) error { return p.player.SetPlayer(ctx, speed, role) })
}

// Close ends what is played.
func (p *Player) Close() { p.do(p.player.ClosePlayer) }

// Dismiss puts the notice away.
func (p *Player) Dismiss() {
	p.Notice = ""
	p.Changed()
}

func (p *Player) do(work func(ctx context.Context) error) {
	p.inOrder.Do(work, func(err error) {
		if text := p.words.L(phone.Sentence(err)); text != p.Notice {
			p.Notice = text
			p.Changed()
		}
	})
}
