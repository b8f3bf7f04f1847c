package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/callward/callward/phone/control"
	"github.com/callward/callward/test/measure"
	"github.com/callward/callward/test/proc"
)

// listed is how many entries the blacklist has.
const listed = 1_000_000

// guardFigures are those of the blacklist, each with its bound.
type guardFigures struct {
	load, resident, ring, refused, added string
}

// takeGuard takes the figures of the blacklist: of a phone with an empty list, and of the same one with a long one.
func takeGuard(l length, dir string, k kind) (f guardFigures, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return f, err
	}
	list := filepath.Join(dir, "list.csv")
	if err := writeList(list); err != nil {
		return f, err
	}
	p, err := k.start(dir, nil, false)
	if err != nil {
		return f, err
	}
	ours := p.(*ours)
	defer func() { err = errors.Join(err, ours.Stop()) }()
	empty, err := ringTimes(l, ours.contact)
	if err != nil {
		return f, err
	}
	before, err := proc.UsageOf(ours.Pid())
	if err != nil {
		return f, err
	}
	began := time.Now()
	if err := ours.Import(list); err != nil {
		return f, err
	}
	fmt.Fprintf(os.Stderr, "bench: the list: imported in %s\n", time.Since(began).Round(100*time.Millisecond))
	time.Sleep(settle)
	after, err := proc.UsageOf(ours.Pid())
	if err != nil {
		return f, err
	}
	f.resident = fmt.Sprintf("%d MB more", (int64(after.Resident)-int64(before.Resident))>>20)
	if f.load, err = ours.restart(l); err != nil {
		return f, err
	}
	full, err := ringTimes(l, ours.contact)
	if err != nil {
		return f, err
	}
	f.ring = fmt.Sprintf("%.2f (%s to %s)", float64(measure.Median(full))/float64(measure.Median(empty)), ms(measure.Median(empty), 2), ms(measure.Median(full), 2))
	if f.refused, err = refusals(l, ours.contact); err != nil {
		return f, err
	}
	f.added, err = ours.adding(l)
	return f, err
}

// number is the n-th of the list: one of a possible length.
func number(n int) string { return fmt.Sprintf("+1312%07d", n) }

func writeList(file string) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	w := bufio.NewWriter(out)
	fmt.Fprintln(w, "number,name,mode")
	for n := range listed {
		fmt.Fprintf(w, "%s,Spam %d,all\n", number(n), n)
	}
	return w.Flush()
}

// ringTimes are those from INVITE to 180.
func ringTimes(l length, contact string) ([]time.Duration, error) {
	probe, err := measure.NewProbe(contact)
	if err != nil {
		return nil, err
	}
	defer probe.Close()
	var times []time.Duration
	for range 4 * l.rings {
		rang, err := probe.Ring()
		if err != nil {
			return nil, err
		}
		times = append(times, rang)
		time.Sleep(pause)
	}
	return times, nil
}

// refusals are the times from INVITE to 603.
func refusals(l length, contact string) (string, error) {
	probe, err := measure.NewProbe(contact)
	if err != nil {
		return "", err
	}
	defer probe.Close()
	var times []time.Duration
	for n := range 4 * l.rings {
		took, status, err := probe.Refused(number(n * 1009))
		if err == nil && status != 603 {
			err = fmt.Errorf("refused with %d", status)
		}
		if err != nil {
			return "", err
		}
		times = append(times, took)
		time.Sleep(pause)
	}
	return fmt.Sprintf("%s median (p95 %s)", ms(measure.Median(times), 2), ms(measure.Quantile(times, 0.95), 2)), nil
}

// adding is how long it takes until an entry holds that is added over the control socket.
func (p *ours) adding(l length) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	client, err := control.Connect(ctx, p.Profile)
	if err != nil {
		return "", err
	}
	defer client.Close()
	var times []time.Duration
	for n := range 4 * l.rings {
		began := time.Now()
		if err := client.Do(ctx, "blacklist.add", map[string]any{"number": number(listed + n), "mode": "all"}, nil); err != nil {
			return "", err
		}
		times = append(times, time.Since(began))
	}
	return fmt.Sprintf("%s median (p95 %s)", ms(measure.Median(times), 1), ms(measure.Quantile(times, 0.95), 1)), nil
}

// guardTable prints the figures of the blacklist.
func guardTable(f guardFigures) {
	fmt.Printf("\n| figure, with %d entries | must be | callward |\n|---|---|---|\n", listed)
	for _, row := range [][3]string{
		{"start to answering", "≤ 2 s", f.load},
		{"resident memory, after importing them", "≤ 100 MB more", f.resident},
		{"INVITE to 180, to that with an empty list", "≤ 1.1", f.ring},
		{"INVITE to 603", "≤ 1 ms median", f.refused},
		{"adding one until it holds", "≤ 20 ms", f.added},
	} {
		fmt.Printf("| %s | %s | %s |\n", row[0], row[1], row[2])
	}
}
