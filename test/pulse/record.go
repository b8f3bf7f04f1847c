package pulse

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"sync"
	"time"

	"github.com/callward/callward/audio"
)

// Rate is that of all samples played and recorded here, which are mono.
const Rate = audio.DeskRate

// Recorder hears a source, or a sink's monitor, from its start to its Stop. Its
// methods may be called from any goroutine.
type Recorder struct {
	cmd  *exec.Cmd
	done chan struct{} // closed once all is read

	mu   sync.Mutex
	runs []run
}

// run is what one read gave.
type run struct {
	end     time.Time // when the last sample was there
	samples audio.Frame
}

// HearSpeaker records what is played to the speaker.
func (s *Server) HearSpeaker() (*Recorder, error) { return s.Hear(Speaker + ".monitor") }

// Hear records a source by its PulseAudio name; SINK.monitor hears a sink. It
// returns once the recording runs.
func (s *Server) Hear(source string) (*Recorder, error) {
	r := &Recorder{done: make(chan struct{})}
	r.cmd = exec.Command("parec", "--latency-msec=5", "--rate="+strconv.Itoa(Rate), "--channels=1", "--format=s16le", "--raw", "-d", source)
	r.cmd.Env = s.Env()
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := r.cmd.Start(); err != nil {
		return nil, fmt.Errorf("parec: %w", err)
	}
	running := make(chan struct{})
	go r.read(out, running)
	select {
	case <-running:
		return r, nil
	case <-r.done:
		return nil, errors.Join(fmt.Errorf("parec heard nothing of %s", source), r.Stop())
	case <-time.After(patience):
		return nil, errors.Join(fmt.Errorf("parec is silent on %s", source), r.Stop())
	}
}

// Stop ends the recording. It may be called more than once.
func (r *Recorder) Stop() error {
	_ = r.cmd.Process.Kill()
	<-r.done
	return nil
}

// Samples returns all that was heard so far.
func (r *Recorder) Samples() audio.Frame {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all audio.Frame
	for _, run := range r.runs {
		all = append(all, run.samples...)
	}
	return all
}

// Last returns what was heard in the last d, or less where there is less.
func (r *Recorder) Last(d time.Duration) audio.Frame {
	all := r.Samples()
	n := audio.Format{Rate: Rate}.Samples(int(d.Milliseconds()))
	return all[max(0, len(all)-n):]
}

// Onsets returns when something louder than threshold began after at least
// quiet of less.
func (r *Recorder) Onsets(threshold int16, quiet time.Duration) []time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	var onsets []time.Time
	need, silent := int(quiet.Seconds()*Rate), 0
	for _, run := range r.runs {
		for i, x := range run.samples {
			switch {
			case x <= threshold && x >= -threshold:
				silent++
			default:
				if silent > need {
					back := time.Duration(len(run.samples)-i) * time.Second / Rate
					onsets = append(onsets, run.end.Add(-back))
				}
				silent = 0
			}
		}
	}
	return onsets
}

// read is a goroutine; it ends when parec does.
func (r *Recorder) read(out io.Reader, running chan<- struct{}) {
	defer close(r.done)
	buf := make([]byte, 4096)
	kept := 0 // bytes of half a sample at the front of buf
	for {
		n, err := out.Read(buf[kept:])
		now := time.Now()
		if err != nil {
			_ = r.cmd.Wait()
			return
		}
		n += kept
		samples := make(audio.Frame, n/2)
		for i := range samples {
			samples[i] = int16(binary.LittleEndian.Uint16(buf[2*i:]))
		}
		kept = copy(buf, buf[2*len(samples):n])
		r.mu.Lock()
		if len(r.runs) == 0 {
			close(running)
		}
		r.runs = append(r.runs, run{now, samples})
		r.mu.Unlock()
	}
}
