// Package callward runs the program from outside, as a user does: it starts it, with no window by default, works it by its own
// command line, and follows its events. It knows nothing but what the command line promises.
package callward

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/callward/callward/test/proc"
)

// patience is how long the program may take to start, to stop, and to do what a command says.
const patience = 15 * time.Second

// Options say how the program is started.
type Options struct {
	// Binary is the program.
	Binary string
	// Profile is its data folder, kept from an earlier start; a new one by default.
	Profile string
	// Practice leaves the practice exchange on, or switches it on.
	Practice bool
	// Sound are the variables that point to a sound server; without them there is none.
	Sound map[string]string
	// Screen are the variables that point to a screen, on which the program then has its window; without them it has none.
	Screen map[string]string
	// Flags are more of those of the phone itself, such as --media-warn=2s.
	Flags []string
	// Shell runs a command elsewhere, such as in a network namespace: it is put before the program. May be nil.
	Shell []string
}

// Program is a running Callward. Its methods may be called from any goroutine.
type Program struct {
	*proc.Process
	// Profile is its data folder.
	Profile string

	binary string
	shell  []string
	env    []string
	events *proc.Process

	mu       sync.Mutex
	read     int // lines of events that are decoded
	past     []Event
	seen     int    // events that AnswerNext looked at
	answered string // the call that it answered last
}

// Start runs the program, with all its files in dir, and returns once it can be worked.
func Start(dir string, o Options) (*Program, error) {
	p := &Program{binary: o.Binary, Profile: o.Profile, shell: o.Shell}
	if p.Profile == "" {
		p.Profile = filepath.Join(dir, "profile")
	}
	p.env = environment(dir, o.Sound, o.Screen)
	flags := slices.Clone(o.Flags)
	if o.Screen == nil {
		flags = append(flags, "--headless")
	}
	var err error
	if p.Process, err = proc.Start("callward", p.command(context.Background(), flags...)); err != nil {
		return nil, err
	}
	if err := p.answers(); err != nil {
		p.Kill()
		return nil, fmt.Errorf("%w\n%s", err, p.Log())
	}
	if err := p.follow(o.Practice); err != nil {
		p.KillHard()
		return nil, fmt.Errorf("%w\n%s", err, p.Log())
	}
	return p, nil
}

// Stop ends the program by SIGTERM, as a session manager does. It fails where the program does not end by itself with 0.
func (p *Program) Stop() error {
	defer p.events.Kill()
	err := p.Process.Stop(patience)
	code, _ := p.Wait(patience)
	if err == nil && code != 0 {
		err = fmt.Errorf("callward ended with %d\n%s", code, p.Log())
	}
	return err
}

// KillHard ends the program as a power cut does.
func (p *Program) KillHard() {
	p.Kill()
	if p.events != nil {
		p.events.Kill()
	}
}

// environment has nothing of the user's own: no settings, no keyring, and no sound server and screen but those of the lab.
func environment(dir string, sound, screen map[string]string) []string {
	env := []string{"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent", "HOME=" + dir, "PULSE_SERVER=unix:/nonexistent", "GORACE=atexit_sleep_ms=0"}
	for _, folder := range []string{"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"} {
		env = append(env, folder+"="+dir)
	}
	for _, name := range []string{"PATH", "GOCOVERDIR", "TMPDIR"} {
		if value := os.Getenv(name); value != "" {
			env = append(env, name+"="+value)
		}
	}
	for _, vars := range []map[string]string{sound, screen} {
		for name, value := range vars {
			env = append(env, name+"="+value)
		}
	}
	return env
}

func (p *Program) command(ctx context.Context, args ...string) *exec.Cmd {
	args = append(append(append([]string(nil), p.shell...), p.binary, "--profile", p.Profile), args...)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = p.env
	return cmd
}

// Failed is the error of a command of the program that did not end with 0.
type Failed struct {
	Args   []string
	Code   int
	Stderr string
}

func (f *Failed) Error() string {
	return fmt.Sprintf("callward %s: exit code %d: %s", strings.Join(f.Args, " "), f.Code, strings.TrimSpace(f.Stderr))
}

// Do runs a command of the program, with input as its stdin, and returns what it printed. Where it does not end with 0,
// the error is a *Failed.
func (p *Program) Do(input string, args ...string) (stdout string, err error) {
	stdout, _, err = p.do(input, args...)
	return stdout, err
}

// do is Do, and returns what it said on stderr besides.
func (p *Program) do(input string, args ...string) (stdout, stderr string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	defer cancel()
	cmd := p.command(ctx, args...)
	var out, errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &out, &errs
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		err = &Failed{args, exit.ExitCode(), errs.String()}
	}
	return out.String(), errs.String(), err
}

// Status returns what is alive now.
func (p *Program) Status() (s Status, err error) { return s, p.list(&s, "status", "--json") }

// History returns the calls there were.
func (p *Program) History() (rows []Record, err error) {
	return rows, p.list(&rows, "history", "--json")
}

func (p *Program) list(into any, args ...string) error {
	out, err := p.Do("", args...)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(out), into); err != nil {
		return fmt.Errorf("callward %s printed %q: %w", strings.Join(args, " "), out, err)
	}
	return nil
}

// answers waits until the program can be worked.
func (p *Program) answers() error {
	deadline := time.After(patience)
	for {
		_, err := p.Status()
		if err == nil {
			return nil
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-p.Done():
			return errors.New("callward ended at once")
		case <-deadline:
			return err
		}
	}
}

// Mark returns how many events there were, to Await one after them.
func (p *Program) Mark() int { return len(p.Events()) }

// Events returns all events since the start.
func (p *Program) Events() []Event {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, line := range p.events.Lines()[p.read:] {
		p.read++
		var e Event
		if json.Unmarshal([]byte(line), &e) == nil {
			p.past = append(p.past, e)
		}
	}
	return p.past
}

// Await returns the first event after mark that accept takes, waiting at most patience for it.
func (p *Program) Await(mark int, what string, patience time.Duration, accept func(Event) bool) (Event, error) {
	deadline := time.Now().Add(patience)
	for {
		lines := p.events.Mark()
		events := p.Events()
		for ; mark < len(events); mark++ {
			if accept(events[mark]) {
				return events[mark], nil
			}
		}
		if _, err := p.events.WaitFor(lines, "", time.Until(deadline)); err != nil {
			return Event{}, fmt.Errorf("callward told of no %s within %v", what, patience)
		}
	}
}

// AnswerNext answers a call that it has not answered yet, and waits until the program tells of one: it may ring on the
// wire before that. One goroutine calls it.
func (p *Program) AnswerNext() error {
	e, err := p.Await(p.seen, "ringing call", patience, func(e Event) bool {
		return e.Call != nil && e.Call.State == "ringing" && e.Call.ID != p.answered
	})
	if err != nil {
		return err
	}
	p.seen, p.answered = p.Mark(), e.Call.ID
	_, err = p.Do("", "answer", e.Call.ID)
	return err
}

// goroutine begins each of them in what a Go program says when it is ended by SIGQUIT.
const goroutine = `^goroutine \d+ `

// Goroutines returns how many the program has, and ends it for that.
func (p *Program) Goroutines() (int, error) {
	if err := p.Signal(syscall.SIGQUIT); err != nil {
		return 0, err
	}
	_, err := p.Wait(patience)
	p.events.Kill()
	return p.Count(goroutine), err
}

// follow starts to follow the events, and switches the practice exchange off unless it is wanted. It returns once an event came: the
// command does not say when it has begun to listen.
func (p *Program) follow(practice bool) (err error) {
	if p.events, err = proc.Start("callward events", p.command(context.Background(), "events", "--json")); err != nil {
		return err
	}
	deadline := time.Now().Add(patience)
	for on := false; ; on = !on {
		word := map[bool]string{true: "on", false: "off"}[on]
		if _, err := p.Do("", "practice", word); err != nil {
			return err
		}
		_, err := p.Await(0, "event", 500*time.Millisecond, func(e Event) bool { return e.Kind == "practice" && e.Text == word })
		if err == nil && on == practice {
			return nil
		}
		if time.Now().After(deadline) {
			return err
		}
	}
}

// Listens returns the addresses at which the program takes UDP datagrams and TCP connections.
func (p *Program) Listens() ([]netip.AddrPort, error) { return proc.ListensAt(p.Pid()) }
