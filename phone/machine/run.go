package machine

import (
	"errors"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/mixer"
	"github.com/callward/callward/phone"
)

const (
	// tellEvery is how much sound there is from one MediaMachine to the next.
	tellEvery = 250 * time.Millisecond
	// trail is how much sound may still come that was said before #.
	trail = 100 * time.Millisecond
)

// errSlow is for sound that was lost, since the disk took none for so long.
var errSlow = errors.New("it took nothing for too long")

// recorder is what the machine's goroutine knows of a message.
type recorder struct {
	*Machine
	tape   *tape // nil before the recording
	frame  audio.Frame
	told   int64 // samples when it was last told of
	hashed int64 // samples when # was pressed; 0 before
}

// run is the machine's goroutine.
func (m *Machine) run() {
	defer close(m.done)
	defer m.files.ended(m.spec.Message.ID)
	r := recorder{Machine: m}
	phase := phone.MachinePhase("")
	for {
		if now := phaseName[m.phase.Load()]; now != phase {
			phase = now
			m.tell(phone.MediaMachine{Phase: phase, Level: mixer.Quietest})
		}
		fate := m.fate.Load() // before what is there is taken: all that was heard before counts
		done, err := false, error(nil)
		if m.phase.Load() == records {
			done, err = r.record()
		}
		if done || err != nil || fate != 0 {
			m.phase.Store(over)
			m.tell(r.end(fate != drops, done, err))
			return
		}
		<-m.wake
	}
}

// phaseName is what a phase is to others.
var phaseName = map[int32]phone.MachinePhase{
	waits: phone.MachineWaits, ready: phone.MachineGreets, greets: phone.MachineGreets, beeps: phone.MachineGreets,
	records: phone.MachineRecords,
}

// record writes what is there, and tells whether the message is at its end.
func (r *recorder) record() (done bool, err error) {
	rate := r.hears.rate
	if r.tape == nil {
		r.spec.Message.Received = time.Now()
		r.frame = make(audio.Frame, count(batch, rate))
		if r.tape, err = newTape(r.files, r.spec.Message, rate); err != nil {
			return false, err
		}
	}
	most := int64(count(r.spec.MaxLength, rate))
	for {
		n := r.hears.ring.Read(r.frame[:min(int64(len(r.frame)), most-r.tape.writer.Len())])
		if n == 0 {
			break
		}
		if err := r.tape.write(r.frame[:n]); err != nil {
			return false, err
		}
		r.report()
		if r.tape.writer.Len() >= most || r.tape.meter.quiet >= phone.MaxSilence {
			return true, nil
		}
	}
	if r.hears.full.Load() {
		return false, unrecorded(errSlow)
	}
	return r.hashedOut(), nil
}

// hashedOut tells whether # was pressed, and all is here that was said before.
func (r *recorder) hashedOut() bool {
	if !r.hash.Load() {
		return false
	}
	if r.hashed == 0 {
		r.hashed = max(1, r.tape.writer.Len())
	}
	here := r.tape.writer.Len()
	return here-r.hashed >= int64(count(trail, r.hears.rate)) || here-r.hears.real.Load() >= int64(count(grain, r.hears.rate))
}

// report tells how far the message is, now and then.
func (r *recorder) report() {
	if here := r.tape.writer.Len(); here-r.told >= int64(count(tellEvery, r.hears.rate)) {
		r.told = here
		r.tell(phone.MediaMachine{Phase: phone.MachineRecords, Length: lasting(here, r.hears.rate), Level: r.tape.meter.level()})
	}
}

// end makes the file whole, or removes it, and returns what is told of it.
func (r *recorder) end(keep, done bool, fault error) phone.MediaRecorded {
	e := phone.MediaRecorded{Message: r.spec.Message, Done: done, Err: fault}
	t := r.tape
	switch {
	case t == nil:
	case !keep || t.meter.voice < phone.MinVoice:
		e.Err = errors.Join(fault, t.discard())
	default:
		// What was made up since the last packet is none of the caller's.
		length := min(t.writer.Len(), r.hears.real.Load())
		e.Message.Length = lasting(length, t.rate)
		e.Message.Wave = t.meter.wave(length)
		err := t.finish(length)
		e.Kept, e.Err = err == nil, errors.Join(fault, err)
	}
	return e
}
