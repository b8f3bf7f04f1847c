package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/callward/callward/test/measure"
	"github.com/callward/callward/test/proc"
	"github.com/callward/callward/test/pulse"
	"github.com/callward/callward/test/sipp"
)

// length says how long the measuring takes.
type length struct {
	bursts, rings, calls, starts int
	cpu                          time.Duration
}

// figures are what one phone has, as words for the table.
type figures struct{ loop, ring, cpu, memory, soak string }

// take takes all figures of a kind of phone. What cannot be measured is said in its place.
func take(k kind, l length, dir string) figures {
	var f figures
	or := func(words string, err error) string {
		if err != nil {
			fmt.Fprintf(os.Stderr, "bench: %s: %v\n", k.name, err)
			return "failed"
		}
		return words
	}
	say := func(what string) { fmt.Fprintf(os.Stderr, "bench: %s: %s\n", k.name, what) }

	say("sound")
	loop, err := inCall(k, filepath.Join(dir, "loop"), loopLatency(l.bursts))
	f.loop = or(loop, err)
	say("processor and memory")
	usage, err := inCall(k, filepath.Join(dir, "usage"), usage(l.cpu, &f.memory))
	f.cpu = or(usage, err)
	say("ringing")
	ring, err := withPhone(k, filepath.Join(dir, "ring"), false, rings(l.rings))
	f.ring = or(ring, err)
	say("calls in a row")
	soakDir := filepath.Join(dir, "soak")
	soak, err := withPhone(k, soakDir, true, calls(l.calls, soakDir))
	f.soak = or(soak, err)
	return f
}

// withPhone runs a phone with a sound server of its own, in a new folder dir, and measures it.
func withPhone(k kind, dir string, answers bool, figure func(p phone, sound *pulse.Server) (string, error)) (words string, err error) {
	soundDir := filepath.Join(dir, "sound")
	if err := os.MkdirAll(soundDir, 0o700); err != nil {
		return "", err
	}
	sound, err := pulse.Start(soundDir)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, sound.Stop()) }()
	p, err := k.start(dir, sound.Vars(), answers)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, p.Stop()) }()
	return figure(p, sound)
}

// inCall is withPhone in an answered call of G.711 whose far end echoes.
func inCall(k kind, dir string, figure func(p phone, sound *pulse.Server) (string, error)) (string, error) {
	return withPhone(k, dir, true, func(p phone, sound *pulse.Server) (words string, err error) {
		err = echoed(p, dir, time.Hour, func(*sipp.Player) error {
			words, err = figure(p, sound)
			return err
		})
		return words, err
	})
}

// echoed calls a phone for some time from a far end that echoes and has its files in dir, and does something in that call.
func echoed(p phone, dir string, hold time.Duration, do func(far *sipp.Player) error) error {
	user, at, err := target(p.Contact())
	if err != nil {
		return err
	}
	far, err := sipp.Start(dir, sipp.Options{Scenario: "call", Remote: at, User: user, Echo: true, Hold: hold})
	if err != nil {
		return err
	}
	defer far.Kill()
	if err := p.Answer(); err != nil {
		return err
	}
	if err := far.Sent("ACK", patience); err != nil {
		return err
	}
	return do(far)
}

// loopLatency is from mouth to ear and back, the far end echoing.
func loopLatency(bursts int) func(p phone, sound *pulse.Server) (string, error) {
	return func(_ phone, sound *pulse.Server) (string, error) {
		l, err := sound.Loop(bursts)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%s median (%s to %s, %d of %d heard)", ms(l.Median(), 0), ms(l.Delays[0], 0),
			ms(l.Delays[len(l.Delays)-1], 0), len(l.Delays), l.Played), nil
	}
}

// settle is how long a call runs before its use of the machine is measured.
const settle = 4 * time.Second

// usage is of the processor over some time of a call, and of memory at its end.
func usage(over time.Duration, memory *string) func(p phone, _ *pulse.Server) (string, error) {
	return func(p phone, _ *pulse.Server) (string, error) {
		time.Sleep(settle)
		before, err := proc.UsageOf(p.Pid())
		if err != nil {
			return "", err
		}
		time.Sleep(over)
		after, err := proc.UsageOf(p.Pid())
		if err != nil {
			return "", err
		}
		*memory = fmt.Sprintf("%d MB", after.Resident>>20)
		return fmt.Sprintf("%.2f %%", 100*(after.CPU-before.CPU).Seconds()/over.Seconds()), nil
	}
}

// pause is between two calls of a probe.
const pause = 50 * time.Millisecond

// rings is from INVITE to 180.
func rings(n int) func(p phone, _ *pulse.Server) (string, error) {
	return func(p phone, _ *pulse.Server) (string, error) {
		probe, err := measure.NewProbe(p.Contact())
		if err != nil {
			return "", err
		}
		defer probe.Close()
		var times []time.Duration
		for range n {
			rang, err := probe.Ring()
			if err != nil {
				return "", err
			}
			times = append(times, rang)
			time.Sleep(pause)
		}
		return fmt.Sprintf("%s median (p95 %s, max %s)", ms(measure.Median(times), 2), ms(measure.Quantile(times, 0.95), 2),
			ms(measure.Quantile(times, 1), 2)), nil
	}
}

// soakBursts are heard before and after calls in a row, in a call as long as soakCall.
const (
	soakBursts = 4
	soakCall   = 15 * time.Second
)

// calls is what n answered calls in a row leave behind, and what they do to the sound of the next one.
func calls(n int, dir string) func(p phone, sound *pulse.Server) (string, error) {
	return func(p phone, sound *pulse.Server) (string, error) {
		first, err := delay(p, sound, dir)
		if err != nil {
			return "", err
		}
		probe, err := measure.NewProbe(p.Contact())
		if err != nil {
			return "", err
		}
		defer probe.Close()
		soak, err := measure.Soak(probe, p.Pid(), n/10, n, p.Answer)
		if err != nil {
			return "", err
		}
		last, err := delay(p, sound, dir)
		return fmt.Sprintf("%s, sound in %s to %s", soak, ms(first, 0), ms(last, 0)), err
	}
}

// delay is from mouth to ear and back, in a call of its own that is over afterwards.
func delay(p phone, sound *pulse.Server, dir string) (time.Duration, error) {
	var loop pulse.Latency
	err := echoed(p, dir, soakCall, func(far *sipp.Player) (err error) {
		if loop, err = sound.Loop(soakBursts); err != nil {
			return err
		}
		return far.Wait(soakCall + patience)
	})
	return loop.Median(), err
}

// ms writes a time in milliseconds.
func ms(d time.Duration, digits int) string {
	return fmt.Sprintf("%.*f ms", digits, float64(d)/float64(time.Millisecond))
}
