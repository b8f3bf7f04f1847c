package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"time"

	"github.com/callward/callward/phone/control"
	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/measure"
	"github.com/callward/callward/test/proc"
	"github.com/callward/callward/test/screen"
	"github.com/callward/callward/test/wire"
)

// listed is how many entries the blacklist has.
const listed = 1_000_000

// guardFigures are those of the blacklist, each with its bound.
type guardFigures struct {
	imported, load, resident, ring, refused, added, opened, scrolled string
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
	if err := ours.imports(list); err != nil {
		return f, err
	}
	f.imported = time.Since(began).Round(100 * time.Millisecond).String()
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
	if f.added, err = ours.adding(l); err != nil {
		return f, err
	}
	if err := ours.Program.Stop(); err != nil {
		return f, err
	}
	err = takeList(dir, ours.Profile, &f)
	return f, errors.Join(err, ours.again())
}

// again starts the program, so that it can be stopped.
func (p *ours) again() error {
	_, err := p.starts()
	return err
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
		{"importing them", "", f.imported},
		{"start to answering", "≤ 2 s", f.load},
		{"resident memory, after importing them", "≤ 100 MB more", f.resident},
		{"INVITE to 180, to that with an empty list", "≤ 1.1", f.ring},
		{"INVITE to 603", "≤ 1 ms median", f.refused},
		{"adding one until it holds", "≤ 20 ms", f.added},
		{"the page of the list opens", "≤ 100 ms", f.opened},
		{"frames while it scrolls", "60 a second", f.scrolled},
	} {
		fmt.Printf("| %s | %s | %s |\n", row[0], row[1], row[2])
	}
}

// imports has the program read a list.
func (p *ours) imports(list string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	client, err := control.Connect(ctx, p.Profile)
	if err != nil {
		return err
	}
	defer client.Close()
	var report control.Report
	if err := client.Do(ctx, "blacklist.import", control.File{Path: list}, &report); err != nil {
		return err
	}
	if report.Added != listed {
		return fmt.Errorf("%d of %d were added", report.Added, listed)
	}
	return nil
}

// restart is how long it takes from the start of the program until it answers, and can be called.
func (p *ours) restart(l length) (string, error) {
	var times []time.Duration
	for range l.starts {
		if err := p.Program.Stop(); err != nil {
			return "", err
		}
		took, err := p.starts()
		if err != nil {
			return "", err
		}
		times = append(times, took)
	}
	last, err := p.registrar.Await(1+2*l.starts, patience) // each stop un-registers
	if err != nil {
		return "", err
	}
	p.contact = wire.URI(last.Get("Contact"))
	return fmt.Sprintf("%s median (max %s)", ms(measure.Median(times), 0), ms(measure.Quantile(times, 1), 0)), err
}

// guard takes the figures of the blacklist and prints them.
func guard(l length, dir string) error {
	fmt.Fprintln(os.Stderr, "bench: the blacklist")
	binary, err := callward.Build(dir, false)
	if err != nil {
		return err
	}
	f, err := takeGuard(l, filepath.Join(dir, "guard"), callwardKind(binary))
	guardTable(f)
	return err
}

// starts starts the program again, and returns how long it took until its accounts could be called: it answers then.
func (p *ours) starts() (took time.Duration, err error) {
	began, answered := time.Now(), make(chan time.Duration, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		for ctx.Err() == nil {
			if client, err := control.Connect(ctx, p.Profile); err == nil {
				answered <- time.Since(began)
				_ = client.Close()
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
	}()
	p.Program, err = callward.Start(p.dir, callward.Options{Binary: p.binary, Profile: p.Profile})
	if err != nil {
		return 0, err
	}
	select {
	case took = <-answered:
		return took, nil
	case <-time.After(patience):
		return 0, errors.New("the program did not answer")
	}
}

// takeList takes the figures of the page of a long list: how long it takes to open, and how it scrolls.
func takeList(dir, profile string, f *guardFigures) (err error) {
	x, err := screen.Start(1440, 900)
	if err != nil {
		return err
	}
	defer x.Kill()
	binary, err := callward.Build(dir, false)
	if err != nil {
		return err
	}
	o := windowOn(x, dir, binary)
	if err := o.open(profile); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.Stop(patience)) }()
	time.Sleep(settle)
	if err := x.Key("ctrl+comma"); err != nil {
		return err
	}
	time.Sleep(time.Second)
	blocked := screen.Colour(0xff8a80) // of entries that block all; no desktop says here whether it is light or dark
	icons := image.Rect(300, 170, 330, 700)
	there := func(p *screen.Picture) bool { return len(p.Part(icons).Areas(blocked, 1, 1)) > 0 }
	f.opened, err = openings(there, func(is func(*screen.Picture) bool) (time.Duration, error) {
		return clicked(x, "341", is)
	}, func(is func(*screen.Picture) bool) (time.Duration, error) { return clicked(x, "379", is) }) // Blocked log
	if err != nil {
		return err
	}
	if _, err := x.Do("mousemove", "600", "400"); err != nil {
		return err
	}
	time.Sleep(settle)
	done := make(chan struct{})
	var turned error
	go func() {
		defer close(done)
		_, turned = x.Do("click", "--repeat", "400", "--delay", "5", "5")
	}()
	rate, err := x.Frames(470, 530, done)
	<-done
	f.scrolled = fmt.Sprintf("%.0f a second", rate)
	return errors.Join(err, turned)
}

// openings is how long a page takes until it is there, at first and then, left in between.
func openings(there func(*screen.Picture) bool, open, leave func(is func(*screen.Picture) bool) (time.Duration, error)) (string, error) {
	var times []time.Duration
	for n := range 6 {
		took, err := open(there)
		if err != nil {
			return "", err
		}
		times = append(times, took)
		if n == 5 {
			break // it is looked at further
		}
		if _, err := leave(func(p *screen.Picture) bool { return !there(p) }); err != nil {
			return "", err
		}
		time.Sleep(time.Second)
	}
	again := times[1:]
	return fmt.Sprintf("%s at first, then %s median (max %s)", ms(times[0], 0), ms(measure.Median(again), 0), ms(measure.Quantile(again, 1), 0)), nil
}

// clicked is how long it takes from a click into the navigation of Settings, at a height, until the screen is as it should be.
func clicked(x *screen.Screen, y string, is func(*screen.Picture) bool) (time.Duration, error) {
	return until(x, is, "mousemove", "173", y, "click", "--delay", "0", "1") // else xdotool waits 100 ms
}

// until is how long it takes from what xdotool does until the screen is as it should be.
func until(x *screen.Screen, is func(*screen.Picture) bool, do ...string) (time.Duration, error) {
	began := time.Now()
	if _, err := x.Do(do...); err != nil {
		return 0, err
	}
	for {
		shot, err := x.Shot()
		took := time.Since(began)
		switch {
		case err != nil:
			return 0, err
		case is(shot):
			return took, nil
		case took > patience:
			return 0, errors.New("the screen does not show what was asked for")
		}
		time.Sleep(time.Millisecond)
	}
}
