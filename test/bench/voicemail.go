package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"time"

	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/data"
	domain "github.com/callward/callward/phone"
	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/proc"
	"github.com/callward/callward/test/screen"
	"github.com/callward/callward/test/sipp"
	"github.com/callward/callward/test/wav"
)

const (
	// leaving is how many callers leave messages at a time.
	leaving = 20
	// greeted is for how long the machine is busy with its greeting, at most.
	greeted = 9 * time.Second
	// received is how many messages the inbox has.
	received = 10_000
)

// voicemailFigures are those of the answering machine, each with its bound.
type voicemailFigures struct{ cpu, memory, opened string }

// voicemail takes the figures of the answering machine and prints them.
func voicemail(l length, dir string) error {
	fmt.Fprintln(os.Stderr, "bench: voicemail")
	dir = filepath.Join(dir, "voicemail")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	binary, err := callward.Build(dir, false)
	if err != nil {
		return err
	}
	var f voicemailFigures
	err = errors.Join(takeMachine(l, dir, callwardKind(binary), &f), takeInbox(dir, binary, &f))
	fmt.Printf("\n| figure | must be | callward |\n|---|---|---|\n")
	for _, row := range [][3]string{
		{fmt.Sprintf("processor while %d leave messages, of one core", leaving), "≤ 10 %", f.cpu},
		{"resident memory then", "≤ 40 MB more", f.memory},
		{fmt.Sprintf("the inbox of %d messages opens", received), "≤ 100 ms", f.opened},
	} {
		fmt.Printf("| %s | %s | %s |\n", row[0], row[1], row[2])
	}
	return err
}

// takeMachine has many leave messages at the same time.
func takeMachine(l length, dir string, k kind, f *voicemailFigures) (err error) {
	p, err := k.start(filepath.Join(dir, "machine"), nil, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Stop()) }()
	if _, err := p.(*ours).Do("", "blacklist", "add", "+442079460021"); err != nil {
		return err
	}
	user, at, err := target(p.Contact())
	if err != nil {
		return err
	}
	said := filepath.Join(dir, "said.ulaw")
	lasts, err := sipp.Saying(said, spectrum.Tone(int((l.cpu+5*time.Second).Seconds())*8000, 8000, 700, 8000, 0))
	if err != nil {
		return err
	}
	time.Sleep(settle)
	before, err := proc.UsageOf(p.Pid())
	if err != nil {
		return err
	}
	for n := range leaving {
		folder := filepath.Join(dir, fmt.Sprintf("caller-%d", n))
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		caller, err := sipp.Start(folder, sipp.Options{
			Scenario: "message", Remote: at, User: user, Identity: []string{"From: <sip:+442079460021@127.0.0.1>;tag=1"}, Hold: greeted, Say: said, SayFor: lasts,
		})
		if err != nil {
			return err
		}
		defer caller.Kill()
	}
	time.Sleep(greeted)
	began, err := proc.UsageOf(p.Pid())
	if err != nil {
		return err
	}
	time.Sleep(l.cpu)
	ended, err := proc.UsageOf(p.Pid())
	f.cpu = fmt.Sprintf("%.1f %%", 100*(ended.CPU-began.CPU).Seconds()/l.cpu.Seconds())
	f.memory = fmt.Sprintf("%d MB more", (int64(ended.Resident)-int64(before.Resident))>>20)
	return err
}

// fillInbox gives a data folder an inbox of many messages.
func fillInbox(profile string) error {
	ctx := context.Background()
	files := filepath.Join(profile, "voicemail")
	if err := os.MkdirAll(files, 0o700); err != nil {
		return err
	}
	store, err := data.Open(ctx, profile)
	if err != nil {
		return err
	}
	var list []domain.Voicemail
	for n := range received {
		id, err := data.NewID()
		if err != nil {
			return err
		}
		wave := make([]byte, domain.MaxWave)
		for i := range wave {
			wave[i] = byte(n * i)
		}
		list = append(list, domain.Voicemail{
			ID: domain.VoicemailID(id), Account: "bench@127.0.0.1", Number: number(n), Name: fmt.Sprintf("Caller %d", n),
			Received: time.Now().Add(-time.Duration(received-n) * time.Hour), Length: 30 * time.Second, Blocked: n%5 == 0, Heard: n%3 != 0, Wave: wave,
		})
		if err := wav.Write(filepath.Join(files, id+".wav"), spectrum.Tone(800, 8000, 700, 8000, 0), 8000); err != nil {
			return err
		}
	}
	return errors.Join(store.AddVoicemails(ctx, list), store.Close())
}

// takeInbox takes how long the page of a full inbox needs to open.
func takeInbox(dir, binary string, f *voicemailFigures) (err error) {
	profile := filepath.Join(dir, "inbox")
	if err := fillInbox(profile); err != nil {
		return err
	}
	x, err := screen.Start(1440, 900)
	if err != nil {
		return err
	}
	defer x.Kill()
	o := windowOn(x, dir, binary)
	if err := o.open(profile); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.Stop(patience)) }()
	time.Sleep(settle)
	// The rows of blocked callers have a red sign, which Home has not at this place.
	inbox := func(p *screen.Picture) bool { return len(p.Part(signs).Areas(blockedSign, 1, 1)) > 0 }
	f.opened, err = openings(inbox, func(is func(*screen.Picture) bool) (time.Duration, error) {
		return pressed(x, "ctrl+4", is)
	}, func(is func(*screen.Picture) bool) (time.Duration, error) { return pressed(x, "ctrl+1", is) })
	return err
}

// signs is where the rows of the inbox have theirs, and blockedSign its colour: no desktop says here whether it is light or dark.
var (
	signs       = image.Rect(85, 130, 125, 700)
	blockedSign = screen.Colour(0xff8a80)
)

// pressed is how long it takes from a key until the screen is as it should be.
func pressed(x *screen.Screen, key string, is func(*screen.Picture) bool) (time.Duration, error) {
	return until(x, is, "key", "--delay", "0", key)
}
