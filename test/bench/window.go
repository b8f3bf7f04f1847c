package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/measure"
	"github.com/callward/callward/test/past"
	"github.com/callward/callward/test/proc"
	"github.com/callward/callward/test/pulse"
	"github.com/callward/callward/test/registrar"
	"github.com/callward/callward/test/screen"
)

// history is how many calls the window has behind it.
const history = 100_000

// The titles of the windows.
const (
	mainTitle    = "^Callward$"
	ringingTitle = "incoming call"
)

// windowFigures are those of the window, each with its bound.
type windowFigures struct{ start, memory, key, scroll, ringing, idle, call string }

// opened is a window that is measured.
type opened struct {
	*proc.Process
	dir, binary string
	screen      *screen.Screen
	vars        map[string]string
	took        time.Duration // from the start until it was visible
}

// takeWindow takes the figures of the window.
func takeWindow(l length, dir string) (f windowFigures, err error) {
	if err := os.MkdirAll(filepath.Join(dir, "sound"), 0o700); err != nil {
		return f, err
	}
	binary, err := callward.Build(dir, false)
	if err != nil {
		return f, err
	}
	profile := filepath.Join(dir, "profile")
	if err := past.Fill(context.Background(), profile, history, time.Now()); err != nil {
		return f, err
	}
	sound, err := pulse.Start(filepath.Join(dir, "sound"))
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, sound.Stop()) }()
	x, err := screen.Start(1440, 900)
	if err != nil {
		return f, err
	}
	defer x.Kill()
	o := windowOn(x, dir, binary)
	maps.Copy(o.vars, sound.Vars())
	var starts []time.Duration
	for range l.starts {
		if err := o.open(profile); err != nil {
			return f, err
		}
		starts = append(starts, o.took)
		if len(starts) < l.starts {
			if err := o.Stop(patience); err != nil {
				return f, err
			}
		}
	}
	defer func() { err = errors.Join(err, o.Stop(patience)) }()
	f.start = fmt.Sprintf("%s median (%s to %s)", ms(measure.Median(starts), 0), ms(measure.Quantile(starts, 0), 0), ms(measure.Quantile(starts, 1), 0))
	return f, o.measure(l, &f)
}

// windowOn is a window on a screen that is not open yet.
func windowOn(x *screen.Screen, dir, binary string) *opened {
	o := &opened{dir: dir, binary: binary, screen: x, vars: map[string]string{"HOME": dir, "XDG_RUNTIME_DIR": dir, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}}
	maps.Copy(o.vars, x.Vars())
	return o
}

// open starts the program and waits for its window.
func (o *opened) open(profile string) error {
	began := time.Now()
	var err error
	if o.Process, err = proc.Start("callward", o.command("--profile", profile)); err != nil {
		return err
	}
	if _, err = o.screen.Window(mainTitle); err != nil {
		return fmt.Errorf("%w\n%s", err, o.Log())
	}
	o.took = time.Since(began)
	return nil
}

// measure takes the figures of a window that is open.
func (o *opened) measure(l length, f *windowFigures) error {
	time.Sleep(settle)
	idle, usage, err := o.processor(l.cpu)
	if err != nil {
		return err
	}
	f.idle, f.memory = idle, fmt.Sprintf("%d MB", usage.Resident>>20)
	if f.key, err = o.typing(l.rings); err != nil {
		return err
	}
	if f.scroll, err = o.scrolling(); err != nil {
		return err
	}
	return o.calls(l, f)
}

// typing is from a key that is pressed in the search field to its letter on the screen.
func (o *opened) typing(n int) (string, error) {
	const top, bottom = 8, 48 // of the header
	if err := o.screen.Key("ctrl+k"); err != nil {
		return "", err
	}
	var times []time.Duration
	for range n {
		took, err := o.screen.Latency(top, bottom, func() error {
			_, err := o.screen.Do("key", "--delay", "0", "a")
			return err
		})
		if err != nil {
			return "", err
		}
		times = append(times, took)
		time.Sleep(pause)
	}
	return fmt.Sprintf("%s median (p95 %s)", ms(measure.Median(times), 0), ms(measure.Quantile(times, 0.95), 0)), o.screen.Key("ctrl+a", "BackSpace", "Escape")
}

// scrolling is how many frames a second are drawn of the list of all calls while a wheel turns.
func (o *opened) scrolling() (string, error) {
	const top, bottom, turns = 470, 530, 400 // a band as high as a row
	if err := o.screen.Key("ctrl+2"); err != nil {
		return "", err
	}
	if _, err := o.screen.Do("mousemove", "400", "400"); err != nil {
		return "", err
	}
	time.Sleep(settle)
	done := make(chan struct{})
	var turned error
	go func() {
		defer close(done)
		_, turned = o.screen.Do("click", "--repeat", strconv.Itoa(turns), "--delay", "5", "5")
	}()
	rate, err := o.screen.Frames(top, bottom, done)
	<-done
	return fmt.Sprintf("%.0f a second", rate), errors.Join(err, turned, o.screen.Key("ctrl+1"))
}

// calls takes the figures that need some.
func (o *opened) calls(l length, f *windowFigures) error {
	profile := filepath.Join(o.dir, "profile")
	server, err := registrar.Start(registrar.Options{})
	if err != nil {
		return err
	}
	defer server.Close()
	if err := o.do(profile, "practice", "on"); err != nil {
		return err
	}
	if err := o.do(profile, "account", "add", "bench@"+server.Addr().Addr().String(), "--server", server.Addr().String(), "--default"); err != nil {
		return err
	}
	contact, err := server.Contact(patience)
	if err != nil {
		return err
	}
	probe, err := measure.NewProbe(contact)
	if err != nil {
		return err
	}
	defer probe.Close()
	var rings []time.Duration
	for range l.rings {
		shown, err := probe.Until(func() error { _, err := o.screen.Window(ringingTitle); return err })
		if err == nil {
			err = o.screen.Gone(ringingTitle)
		}
		if err != nil {
			return err
		}
		rings = append(rings, shown)
	}
	f.ringing = fmt.Sprintf("%s median (p95 %s)", ms(measure.Median(rings), 0), ms(measure.Quantile(rings, 0.95), 0))
	if err := o.do(profile, "call", "600", "--wait", "--account", "1001@practice.invalid"); err != nil {
		return err
	}
	time.Sleep(settle)
	f.call, _, err = o.processor(l.cpu)
	return err
}

// processor is what share of a core the program takes over some time.
func (o *opened) processor(over time.Duration) (string, proc.Usage, error) {
	before, err := proc.UsageOf(o.Pid())
	if err != nil {
		return "", before, err
	}
	time.Sleep(over)
	after, err := proc.UsageOf(o.Pid())
	return fmt.Sprintf("%.2f %%", 100*(after.CPU-before.CPU).Seconds()/over.Seconds()), after, err
}

// command is the program with the variables of its screen and sound.
func (o *opened) command(args ...string) *exec.Cmd {
	cmd := exec.Command(o.binary, args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
	for name, value := range o.vars {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	return cmd
}

// do runs a command of the program.
func (o *opened) do(profile string, args ...string) error {
	out, err := o.command(append([]string{"--profile", profile}, args...)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("callward %s: %w: %s", strings.Join(args, " "), err, out)
	}
	return nil
}
