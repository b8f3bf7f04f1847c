package pulse

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os/exec"
	"strconv"
	"time"

	"github.com/callward/callward/audio"
)

// Player plays into a sink until its Stop. One goroutine uses it.
type Player struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	// repeating is closed when Repeat's goroutine has ended; nil without one.
	repeating chan struct{}
}

// Speak opens a Player into the microphone.
func (s *Server) Speak() (*Player, error) { return s.PlayTo(MicrophoneFeed) }

// PlayTo opens a Player into a sink by its PulseAudio name.
func (s *Server) PlayTo(sink string) (*Player, error) {
	cmd := exec.Command("pacat", "--latency-msec=10", "--rate="+strconv.Itoa(Rate), "--channels=1", "--format=s16le", "--raw", "-d", sink)
	cmd.Env = s.Env()
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("pacat: %w", err)
	}
	return &Player{cmd: cmd, in: in}, nil
}

// Play plays samples. It returns when they are handed over, which is up to a
// pipe's buffer (0.7 s) before they are heard.
func (p *Player) Play(f audio.Frame) error {
	b := make([]byte, 2*len(f))
	for i, x := range f {
		binary.LittleEndian.PutUint16(b[2*i:], uint16(x))
	}
	_, err := p.in.Write(b)
	return err
}

// Repeat plays samples over and over until Stop, and returns at once. Nothing
// else can be played then.
func (p *Player) Repeat(f audio.Frame) {
	p.repeating = make(chan struct{})
	go func() {
		defer close(p.repeating)
		for p.Play(f) == nil {
		}
	}()
}

// Stop ends the playing at once. It may be called more than once.
func (p *Player) Stop() {
	_ = p.in.Close()
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
	if p.repeating != nil {
		<-p.repeating
	}
}

// Tone returns d of a sine of hz with an amplitude of 0 to 32767.
func Tone(hz float64, amplitude int, d time.Duration) audio.Frame {
	f := make(audio.Frame, int(d.Seconds()*Rate))
	for i := range f {
		f[i] = int16(float64(amplitude) * math.Sin(2*math.Pi*hz*float64(i)/Rate))
	}
	return f
}
