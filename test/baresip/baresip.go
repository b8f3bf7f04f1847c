// Package baresip runs baresip as the other phone of a lab: it says a tone, echoes, or uses a sound server, writes what
// it hears into a file, and is told what to do over its control socket.
package baresip

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/test/proc"
	"github.com/callward/callward/test/wav"
)

// patience is how long the phone may take to start, to answer a command and to stop.
const patience = 10 * time.Second

// ErrNotInstalled says what is missing.
var ErrNotInstalled = errors.New("baresip is needed: make test installs it (Debian: baresip-core)")

// Phone is a running baresip. Its methods may be called from any goroutine.
type Phone struct {
	*proc.Process
	*control
	dir   string
	ports ports
}

// Start runs a phone with all its files in dir and returns once it is ready.
func Start(dir string, o Options) (*Phone, error) {
	path, err := exec.LookPath("baresip")
	if err != nil {
		return nil, ErrNotInstalled
	}
	if o.User == "" {
		o.User = "baresip"
	}
	if o.Transport == "" {
		o.Transport = "udp"
	}
	p := &Phone{dir: dir}
	if p.ports, err = freePorts(); err != nil {
		return nil, err
	}
	if err := o.write(dir, p.ports); err != nil {
		return nil, err
	}
	cmd := exec.Command(path, "-f", dir)
	cmd.Env = append(os.Environ(), "HOME="+dir)
	for name, value := range o.Sound {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	if p.Process, err = proc.Start("baresip", cmd); err != nil {
		return nil, err
	}
	if _, err = p.WaitFor(0, "baresip is ready", patience); err == nil {
		p.control, err = dial(p.ports.control)
	}
	if err != nil {
		return nil, errors.Join(err, p.Process.Stop(patience), errors.New(p.Log()))
	}
	return p, nil
}

// Stop ends the phone. In a call with a sound server it does not end when asked, and is killed.
func (p *Phone) Stop() error {
	_ = p.Process.Stop(time.Second)
	return p.control.Close()
}

// Addr is where it takes SIP over UDP and TCP.
func (p *Phone) Addr() netip.AddrPort {
	return netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), uint16(p.ports.sip))
}

// Registered waits until the server has taken the registration. Its event may be over before the control socket is open.
func (p *Phone) Registered(patience time.Duration) error {
	_, err := p.WaitFor(0, `200 OK .*\[\d+ binding`, patience)
	return err
}

// Dial calls a SIP address, and returns once the call is under way.
func (p *Phone) Dial(uri string) error { return p.Do("dial", uri) }

// Hangup ends the call that is current, or refuses it.
func (p *Phone) Hangup() error { return p.Do("hangup", "") }

// Key presses and releases a key in the call that is current: a telephone event goes out (RFC 4733).
func (p *Phone) Key(key string) error { return p.Do("sndcode", key) }

// Text sends a text, a kilobyte or so at most, and returns once it is under way.
func (p *Phone) Text(text string) error { return p.Do("message", text) }

// NextPeer has Text write to the next one of Options.Peers.
func (p *Phone) NextPeer() error { return p.Do("contact_next", "") }

// text is how it says that one came.
var text = regexp.MustCompile(`^\r?(?:sip:)?([^@ ]*)@?[^ ]*: "(.*)"$`)

// Texts returns the texts of one line that came from somebody with a user part, so far, in order.
func (p *Phone) Texts(user string) (texts []string) {
	for _, line := range p.Lines() {
		if m := text.FindStringSubmatch(line); m != nil && m[1] == user {
			texts = append(texts, m[2])
		}
	}
	return texts
}

// Heard returns what the phone heard in its latest call, so far, and its rate.
func (p *Phone) Heard() (f audio.Frame, rate int, err error) {
	files, err := filepath.Glob(filepath.Join(p.dir, "dump-*-dec.wav"))
	if err != nil || len(files) == 0 {
		return nil, 0, fmt.Errorf("baresip heard nothing yet: %w", errors.Join(err, os.ErrNotExist))
	}
	slices.Sort(files) // by the time that is in the name
	return wav.Read(files[len(files)-1])
}
