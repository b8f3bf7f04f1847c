package phone

import "time"

// heardAfter is how much of a message must be played for it to count as heard.
const heardAfter = 3 * time.Second

// playing is what is open in the player. The loop owns it.
type playing struct {
	view     Player
	sound    Samples
	playback Playback // nil while nothing plays
	// run counts the playbacks, so that what an old one tells is known for that.
	run    int
	played time.Duration // as long as it took
	last   time.Time     // when it was last told to play
	marked bool          // as heard
}

// startPlaying plays what is open from its position on.
func (l *loop) startPlaying() {
	w := l.playing
	w.run++
	run := w.run
	w.view.Playing, w.view.Fault, w.last = true, "", time.Now()
	w.playback = l.sound.Play(PlaySpec{Sound: w.sound, From: w.view.Position, Speed: w.view.Speed, Role: w.view.Role},
		func(e PlayEvent) { l.inbox.Put(playEvent{w, run, e}) })
}

// pausePlaying ends the playback; what is open stays so.
func (l *loop) pausePlaying() {
	if w := l.playing; w != nil && w.view.Playing {
		w.halt()
		l.emit(Event{Kind: EventPlayer})
	}
}

// stopPlaying closes the player.
func (l *loop) stopPlaying() {
	if w := l.playing; w != nil {
		w.halt()
		l.playing = nil
		l.emit(Event{Kind: EventPlayer})
	}
}

func (w *playing) halt() {
	if w.playback != nil {
		w.playback.Close()
	}
	w.playback, w.view.Playing = nil, false
}

// player is what the snapshot shows.
func (l *loop) player() Player {
	if l.playing == nil {
		return Player{Speed: l.way.Speed, Role: l.way.Role}
	}
	return l.playing.view
}

// playEvent is what becomes of a playback.
type playEvent struct {
	of    *playing
	run   int
	event PlayEvent
}

func (in playEvent) apply(l *loop) {
	w, now := in.of, time.Now()
	if w != l.playing || in.run != w.run || w.playback == nil {
		return // it plays no more
	}
	w.played += now.Sub(w.last)
	w.last, w.view.Position = now, in.event.Position
	if in.event.Ended {
		w.halt()
		w.view.Fault = Sentence(in.event.Err)
		l.emit(Event{Kind: EventPlayer})
	}
	if whole := in.event.Ended && in.event.Err == nil; w.view.Voicemail != "" && !w.marked && (w.played >= heardAfter || whole) {
		w.marked = true
		l.recorder.heard(w.view.Voicemail)
	}
}
