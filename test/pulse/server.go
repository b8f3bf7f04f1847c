// Package pulse runs a private PulseAudio with null sinks for tests, plays into
// its microphone and hears what its speaker gets. It is a real sound server, so
// that the phone's real path to a device runs on a machine with no sound card.
package pulse

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// The devices that every Server has.
const (
	// Speaker is the sink that is the default for playback, and SpeakerName what a device list calls it.
	Speaker     = "speaker"
	SpeakerName = "Lab_Speaker"
	// Microphone is the source that is the default for capture, fed by the sink MicrophoneFeed.
	Microphone     = "microphone"
	MicrophoneName = "Lab_Microphone"
	MicrophoneFeed = "mic"
)

// patience is how long the server may take to start and to stop.
const patience = 10 * time.Second

// ErrNotInstalled says what is missing to run the sound labs.
var ErrNotInstalled = errors.New("pulseaudio, pactl, pacat and parec are needed: make test installs them (Debian: pulseaudio, pulseaudio-utils)")

// Server is a running PulseAudio. Its methods may be called from any goroutine.
type Server struct {
	dir  string
	cmd  *exec.Cmd
	log  bytes.Buffer
	done chan struct{} // closed once the process is gone
}

// Start runs a server whose files are all in dir, an existing directory of its
// own, and loads its devices. Stop ends it.
func Start(dir string) (*Server, error) {
	for _, tool := range []string{"pulseaudio", "pactl", "pacat", "parec"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNotInstalled, err)
		}
	}
	// PulseAudio refuses a runtime directory that others can read.
	if err := os.Chmod(dir, 0o700); err != nil {
		return nil, err
	}
	s := &Server{dir: dir, done: make(chan struct{})}
	s.cmd = exec.Command("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
		"--disallow-exit=no", "--log-target=stderr", "--high-priority=no", "--realtime=no",
		"-L", "module-native-protocol-unix auth-anonymous=1 socket="+s.socket())
	s.cmd.Env = s.Env()
	s.cmd.Stderr = &s.log
	if err := s.cmd.Start(); err != nil {
		return nil, fmt.Errorf("pulseaudio: %w", err)
	}
	go func() { // ends with the process, which Stop waits for
		_ = s.cmd.Wait()
		close(s.done)
	}()
	if err := s.prepare(); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

// Env is the environment for a program that shall use this server: the
// caller's own, with the variables that point elsewhere replaced.
func (s *Server) Env() []string {
	var env []string
	for _, kv := range os.Environ() {
		if !strings.HasPrefix(kv, "PULSE_") && !strings.HasPrefix(kv, "XDG_RUNTIME_DIR=") {
			env = append(env, kv)
		}
	}
	for name, value := range s.Vars() {
		env = append(env, name+"="+value)
	}
	return env
}

// Vars are the variables that point a program to this server.
func (s *Server) Vars() map[string]string {
	return map[string]string{"XDG_RUNTIME_DIR": s.dir, "PULSE_SERVER": "unix:" + s.socket()}
}

// Stop ends the server and waits for it. It may be called more than once.
func (s *Server) Stop() error {
	_ = s.cmd.Process.Signal(os.Interrupt)
	select {
	case <-s.done:
		return nil
	case <-time.After(patience):
		_ = s.cmd.Process.Kill()
		<-s.done
		return errors.New("pulseaudio did not stop and was killed")
	}
}

// Load loads a module and returns its index, for Unload.
func (s *Server) Load(module string, args ...string) (index string, err error) {
	return s.control(append([]string{"load-module", module}, args...)...)
}

// Unload takes a module away, and with it the devices that it made.
func (s *Server) Unload(index string) error {
	_, err := s.control("unload-module", index)
	return err
}

// LoadSink adds a sink, which a device list calls name, and returns its module.
func (s *Server) LoadSink(sink, name string) (index string, err error) {
	// Without norewinds a null sink sleeps for two seconds at a time.
	return s.Load("module-null-sink", "norewinds=1", "sink_name="+sink, "sink_properties=device.description="+name)
}

// LoadSource adds a source that hears what is played into the sink feed, which
// a device list calls name, and returns its module.
func (s *Server) LoadSource(source, feed, name string) (index string, err error) {
	return s.Load("module-remap-source", "source_name="+source, "master="+feed+".monitor",
		"source_properties=device.description="+name)
}

// SetDefaultSink makes a sink the default for playback.
func (s *Server) SetDefaultSink(sink string) error {
	_, err := s.control("set-default-sink", sink)
	return err
}

// List returns what pactl knows of a kind of thing, such as "sink-inputs".
func (s *Server) List(kind string) (string, error) { return s.control("list", kind) }

func (s *Server) socket() string { return filepath.Join(s.dir, "native") }

// prepare waits until the server answers and loads its devices.
func (s *Server) prepare() error {
	if err := s.answers(); err != nil {
		return err
	}
	if _, err := s.LoadSink(Speaker, SpeakerName); err != nil {
		return err
	}
	if _, err := s.LoadSink(MicrophoneFeed, "Lab_Microphone_Feed"); err != nil {
		return err
	}
	if _, err := s.LoadSource(Microphone, MicrophoneFeed, MicrophoneName); err != nil {
		return err
	}
	if err := s.SetDefaultSink(Speaker); err != nil {
		return err
	}
	_, err := s.control("set-default-source", Microphone)
	return err
}

func (s *Server) answers() error {
	deadline := time.After(patience)
	for {
		_, err := s.control("info")
		if err == nil {
			return nil
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-s.done:
			return fmt.Errorf("pulseaudio ended at once: %s", s.log.String())
		case <-deadline:
			return fmt.Errorf("pulseaudio does not answer: %w", err)
		}
	}
}

// control runs pactl and returns what it prints.
func (s *Server) control(args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "pactl", args...)
	cmd.Env = s.Env()
	out, err := cmd.CombinedOutput()
	text := strings.TrimSpace(string(out))
	if err != nil {
		return "", fmt.Errorf("pactl %s: %w: %s", strings.Join(args, " "), err, text)
	}
	return text, nil
}
