// Package tempo plays sound faster with its pitch kept: pieces of it are joined
// where they are most alike (WSOLA, waveform similarity overlap-add). It is pure.
package tempo

import (
	"time"

	"github.com/callward/callward/audio"
)

const (
	// piece is how much is taken at a time, of which the first overlap is blended with how the
	// piece before would go on.
	piece   = 30 * time.Millisecond
	overlap = 10 * time.Millisecond
	// reach is how far from its due place a piece is looked for: a period of 80 Hz.
	reach = 12500 * time.Microsecond
)

// Reader reads a sound from a place on, at a speed. It is owned by the goroutine that reads.
type Reader struct {
	sound audio.Frame // never changed
	rate  int
	speed float64
	due   float64 // where the next piece should begin, in samples of sound
	next  int     // where the piece before would go on
	ready audio.Frame
	room  audio.Frame // where ready begins
	fresh bool        // nothing was read yet: there is nothing to join with
}

// NewReader reads sound, of rate samples per second, from its beginning at speed 1.
func NewReader(sound audio.Frame, rate int) *Reader {
	return &Reader{sound: sound, rate: rate, speed: 1, fresh: true}
}

// SetSpeed changes the speed from what is read next on: 1 for the very sound, up to 2.
func (r *Reader) SetSpeed(speed float64) { r.speed = speed }

// Seek goes on at a place, without a click. Places beyond the sound are its ends.
func (r *Reader) Seek(to time.Duration) {
	r.due = float64(min(max(r.samples(to), 0), len(r.sound)))
	r.next -= len(r.ready) // what was not read is how it would go on
	r.ready = nil
	if r.fresh {
		r.next = int(r.due)
	}
}

// Position returns where it is in the sound.
func (r *Reader) Position() time.Duration {
	at := r.due - float64(len(r.ready))*r.speed
	return time.Duration(min(max(at, 0), float64(len(r.sound))) / float64(r.rate) * float64(time.Second))
}

// Done tells whether all was read.
func (r *Reader) Done() bool { return len(r.ready) == 0 && int(r.due) >= len(r.sound) }

// Read fills f, with silence after the end, and returns how much of it is sound.
func (r *Reader) Read(f audio.Frame) (n int) {
	for n < len(f) {
		if len(r.ready) == 0 && !r.more() {
			break
		}
		took := copy(f[n:], r.ready)
		r.ready = r.ready[took:]
		n += took
	}
	f[n:].Silence()
	return n
}

func (r *Reader) samples(d time.Duration) int { return int(d * time.Duration(r.rate) / time.Second) }

// more makes the next piece ready, unless there is none.
func (r *Reader) more() bool {
	due := int(r.due)
	if due >= len(r.sound) {
		return false
	}
	from, blended := r.place(due), r.samples(overlap)
	if r.fresh || from == r.next {
		blended = 0
	}
	end := min(from+r.samples(piece), len(r.sound))
	r.room = append(r.room[:0], r.sound[from:end]...)
	for i := range min(blended, len(r.room)) {
		was := int16(0)
		if r.next+i < len(r.sound) {
			was = r.sound[r.next+i]
		}
		r.room[i] = int16((int(was)*(blended-i) + int(r.room[i])*i) / blended)
	}
	r.ready, r.next, r.fresh = r.room, end, false
	if r.due += float64(r.samples(piece)) * r.speed; end == len(r.sound) {
		r.due = float64(end)
	}
	return len(r.ready) > 0
}

// place returns where near due the sound is most like what would come next; due itself
// at the end of the sound, or where it goes on anyway.
func (r *Reader) place(due int) int {
	like, most := r.samples(overlap), r.samples(reach)
	if r.fresh || r.speed == 1 && abs(due-r.next) <= most {
		return r.next
	}
	if abs(due-r.next) > most+int(float64(r.samples(piece))*r.speed) || r.next+like > len(r.sound) || due+most+like > len(r.sound) {
		return min(due, len(r.sound)-1) // sought, or at the end
	}
	// By steps of an eighth of a millisecond at first, and then around the best of those.
	ahead, step := r.sound[r.next:r.next+like], max(r.rate/8000, 1)
	where := r.best(ahead, max(due-most, 0), due+most, due, step)
	return r.best(ahead, max(where-step+1, due-most, 0), min(where+step-1, due+most), where, 1)
}

// best returns where between first and last, by steps, the sound is most like ahead; due where it is nowhere.
func (r *Reader) best(ahead audio.Frame, first, last, due, step int) (where int) {
	most, where := 0.0, due
	for from := first; from <= last; from += step {
		if score := alike(ahead, r.sound[from:from+len(ahead)], step); score > most {
			most, where = score, from
		}
	}
	return where
}

// alike is how similar b is to a in every step-th sample, by the shape and not the loudness: the square of
// their correlation.
func alike(a, b audio.Frame, step int) float64 {
	var ab, bb int64
	for i := 0; i < len(a); i += step {
		ab += int64(a[i]) * int64(b[i])
		bb += int64(b[i]) * int64(b[i])
	}
	if ab <= 0 || bb == 0 {
		return 0
	}
	return float64(ab) * float64(ab) / float64(bb)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
