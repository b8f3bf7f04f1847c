// Package sipp runs SIPp, which plays a scenario with a phone, message by message, and fails where the phone does
// something else. The scenarios are in its folder of that name.
package sipp

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/callward/callward/test/proc"
)

// patience is how long SIPp may take to listen and to stop.
const patience = 10 * time.Second

// ErrNotInstalled says what is missing.
var ErrNotInstalled = errors.New("sipp is needed: make test installs it (Debian: sip-tester)")

// Options say how a scenario is played.
type Options struct {
	// Scenario is the name of a file in scenario, without ".xml".
	Scenario string
	// Remote is whom to call, for scenarios that begin by a request, and User the user part to call there.
	Remote netip.AddrPort
	User   string
	// Identity are the headers that say who calls, From among them, and Status is the answer that is right, for
	// scenarios that are about those.
	Identity []string
	Status   int
	// Text is the body of a text, as it is sent, and Type its content type; "Where is my order?" as UTF-8 by default.
	Text, Type string
	// Answer is what a text is answered with, such as "202 Accepted", for scenarios that take one.
	Answer string
	// Calls is how often it is played; once by default. Rate is how many begin in a second, whatever became of those
	// before; without it the next begins once one is over.
	Calls, Rate int
	// Hold is how long pauses with no length of their own last.
	Hold time.Duration
	// Lose is the percentage of messages, either way, that SIPp pretends not to have seen or sent.
	Lose int
	// Echo sends RTP back where it came from.
	Echo bool
	// Media is the port of SIPp's media; a free one by default.
	Media int
	// Say is a file of G.711 (PCMU) that is said for SayFor, in scenarios that do; Saying makes one.
	Say    string
	SayFor time.Duration
	// TCP has it speak SIP over one connection, for scenarios that begin by a request.
	TCP bool
	// Keys are the values of keywords in the scenario.
	Keys map[string]string
}

// textFile is where a scenario has Options.Text, as it is: SIPp would replace what stands in brackets. SIPp runs in the folder of
// that file, since it would calculate with a + in its path.
const textFile = "text"

// Player is a running SIPp.
type Player struct {
	*proc.Process
	addr netip.AddrPort
	dir  string
}

// Start begins to play a scenario, with all files in dir, and returns once SIPp listens.
func Start(dir string, o Options) (*Player, error) {
	path, err := exec.LookPath("sipp")
	if err != nil {
		return nil, ErrNotInstalled
	}
	if o.Type == "" {
		o.Type = "text/plain;charset=UTF-8"
	}
	if o.Text == "" {
		o.Text = "Where is my order?"
	}
	if err := os.WriteFile(filepath.Join(dir, textFile), []byte(o.Text), 0o600); err != nil {
		return nil, err
	}
	file, err := write(dir, o)
	if err != nil {
		return nil, err
	}
	port, err := proc.FreePort()
	if err != nil {
		return nil, err
	}
	if o.Media == 0 {
		if o.Media, err = proc.FreePort(); err != nil {
			return nil, err
		}
	}
	args := []string{
		"-sf", file, "-i", "127.0.0.1", "-p", strconv.Itoa(port), "-mi", "127.0.0.1", "-mp", strconv.Itoa(o.Media),
		"-m", strconv.Itoa(max(1, o.Calls)), "-nostdin", "-trace_err", "-error_file", filepath.Join(dir, "errors"),
	}
	if o.Rate > 0 {
		args = append(args, "-r", strconv.Itoa(o.Rate), "-l", strconv.Itoa(o.Calls))
	} else {
		args = append(args, "-l", "1", "-trace_msg", "-message_file", filepath.Join(dir, "messages"))
	}
	if o.User != "" {
		args = append(args, "-s", o.User)
	}
	if o.Hold != 0 {
		args = append(args, "-d", strconv.FormatInt(o.Hold.Milliseconds(), 10))
	}
	if o.TCP {
		args = append(args, "-t", "t1")
	}
	if o.Lose != 0 {
		args = append(args, "-lost", strconv.Itoa(o.Lose))
	}
	if o.Echo {
		args = append(args, "-rtp_echo")
	}
	for key, value := range o.Keys {
		args = append(args, "-key", key, value)
	}
	if o.Remote.IsValid() {
		args = append(args, o.Remote.String())
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = dir
	p, err := proc.Start("sipp "+o.Scenario, cmd)
	if err != nil {
		return nil, err
	}
	player := &Player{p, netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), uint16(port)), dir}
	if o.TCP {
		return player, nil
	}
	return player, player.listens()
}

// listens waits until SIPp has its socket, which it does not tell.
func (p *Player) listens() error {
	deadline := time.After(patience)
	for {
		if bound, err := proc.UDPBound(p.addr.Port()); err != nil || bound {
			return err
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-p.Done():
			return nil // a short scenario is over, or Wait tells what was wrong
		case <-deadline:
			return errors.New("sipp does not listen")
		}
	}
}

// Addr is where it takes SIP.
func (p *Player) Addr() netip.AddrPort { return p.addr }

// Sent waits until SIPp has sent a request of a method.
func (p *Player) Sent(method string, patience time.Duration) error {
	deadline := time.After(patience)
	for !strings.Contains(p.Messages(), "\n"+method+" sip:") {
		select {
		case <-time.After(10 * time.Millisecond):
		case <-p.Done():
			return p.Wait(patience)
		case <-deadline:
			return fmt.Errorf("sipp has sent no %s within %v\n%s", method, patience, p.Messages())
		}
	}
	return nil
}

// Wait waits until the scenario is played, and fails where the phone did not play its part.
func (p *Player) Wait(patience time.Duration) error {
	code, err := p.Process.Wait(patience)
	if err == nil && code != 0 {
		err = fmt.Errorf("exit code %d", code)
	}
	if err == nil {
		return nil
	}
	told, _ := os.ReadFile(filepath.Join(p.dir, "errors"))
	return fmt.Errorf("sipp: %w\n%s\n%s", err, told, p.Messages())
}

// Messages returns all messages so far, as SIPp logs them.
func (p *Player) Messages() string {
	messages, err := os.ReadFile(filepath.Join(p.dir, "messages"))
	if err != nil {
		return ""
	}
	return strings.ReplaceAll(string(messages), "\r\n", "\n")
}
