package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"github.com/callward/callward/audio/desk"
	"github.com/callward/callward/audio/device"
	"github.com/callward/callward/data"
	"github.com/callward/callward/data/secret"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/blacklist"
	"github.com/callward/callward/phone/control"
	"github.com/callward/callward/phone/exchange"
	"github.com/callward/callward/phone/gateway"
	"github.com/callward/callward/phone/machine"
	"github.com/callward/callward/phone/media"
	"github.com/callward/callward/phone/number"
	"github.com/callward/callward/phone/portable"
	"github.com/callward/callward/phone/sipua"
	"github.com/callward/callward/phone/sound"
	"github.com/callward/callward/ui"
)

// app is the running program: the phone, and what it stands on.
type app struct {
	phone   *phone.Phone
	agent   *sipua.Agent
	engine  *media.Engine
	desk    *desk.Desk
	host    *device.Host
	clock   *media.Clock
	trace   *sipua.Trace
	store   *data.Store
	secrets *secret.Store
	control *control.Server
	claim   *control.Claim
	xchange *exchange.Exchange

	gateways *gateway.Gateways
}

// run is the program from start to stop: it returns once ctx is done or a
// client asks it to quit.
func run(ctx context.Context, opt options) (err error) {
	if err := os.MkdirAll(opt.Profile, 0o700); err != nil {
		return troubled(ctx, opt, &phone.Error{Code: phone.CodeStorage, Op: "start", Err: fmt.Errorf("the data folder %s cannot be made: %w", opt.Profile, err)})
	}
	claim, err := control.NewClaim(ctx, opt.Profile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, claim.Release()) }()
	var store *data.Store
	opened := make(chan error, 1)
	go func() { // while the screen is tried: that takes a while, too
		var err error
		store, err = data.Open(ctx, opt.Profile)
		opened <- err
	}()
	var blind error
	if !opt.Headless {
		blind = ui.Check()
	}
	fault := <-opened
	if fault == nil {
		defer func() { err = errors.Join(err, store.Close()) }()
	}
	switch {
	case blind != nil:
		return blind
	case fault != nil:
		return troubled(ctx, opt, fault)
	}
	a := newApp(opt, claim, store, machine.NewFiles(opt.Profile))
	return a.run(ctx, opt)
}

// troubled says in a window, where there can be one, why the program does not start, and
// returns err for the terminal.
func troubled(ctx context.Context, opt options, err error) error {
	if !opt.Headless && ui.Check() == nil {
		ui.ShowTrouble(ctx, err)
	}
	return err
}

// newApp puts the parts together; nothing runs yet.
func newApp(opt options, claim *control.Claim, store *data.Store, files *machine.Files) *app {
	a := &app{
		claim: claim, store: store, secrets: secret.Open(opt.Profile),
		clock: media.NewClock(), host: &device.Host{}, xchange: exchange.New(opt.Log),
		trace: sipua.NewTrace(filepath.Join(opt.Profile, "sip.log")),
	}
	var tell func(phone.SoundEvent)
	a.desk = desk.New(desk.Config{Host: a.host, Standby: a.clock, Notify: func(e desk.Event) { tell(sound.Event(e)) }})
	a.engine = media.NewEngine(media.Config{
		Desk: a.desk, Clock: a.clock, Stall: opt.MediaWarn, Dead: opt.MediaEnd,
		Machines: func(spec phone.MachineSpec, tell func(phone.MediaEvent)) media.Machine {
			return files.Machine(spec, tell)
		},
	})
	a.phone = phone.New(phone.Config{
		Signalling: func(inbox phone.SignallingInbox) phone.Signalling {
			a.agent = sipua.NewAgent(sipua.AgentConfig{Inbox: inbox, Log: opt.Log, Trace: a.trace})
			return a.agent
		},
		Sound: func(notify func(phone.SoundEvent)) phone.Sound {
			tell = notify
			return sound.New(a.desk, a.host)
		},
		Texting: func(inbox phone.TextingInbox) phone.Texting {
			a.gateways = gateway.New(gateway.Config{Inbox: inbox, Settings: store, Log: opt.Log})
			return a.gateways
		},
		Media: a.engine, Numbers: number.Plan{}, Store: store, Secrets: a.secrets, Blacklist: blacklist.New(),
		Exchange: a.xchange, Tracer: a.trace, Recordings: files, Language: language(), NewID: data.NewID, Log: opt.Log,
	})
	return a
}

// run starts the parts, waits, and stops them, each before what it stands on:
// the phone ends its calls, SIP says good-bye, then media, sound and the store.
func (a *app) run(ctx context.Context, opt options) error {
	under, stopUnder := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	running.Go(func() { logged(opt.Log, "media clock", a.clock.Run(under)) })
	running.Go(func() { logged(opt.Log, "desk", a.desk.Run(under)) })

	running.Go(func() { a.rest(under) })

	calls, stopCalls := context.WithCancel(under)
	phoneEnded := make(chan error, 1)
	go func() { phoneEnded <- a.phone.Run(calls) }()

	err := a.serve(ctx, opt, phoneEnded)
	stopCalls()
	err = errors.Join(err, <-phoneEnded, a.agent.Close(), a.gateways.Close(), a.xchange.Stop(), a.engine.Close())
	stopUnder()
	running.Wait()
	err = errors.Join(err, a.host.Close(), a.trace.Close(), a.secrets.Close())
	if a.control != nil {
		err = errors.Join(err, a.control.Close()) // last, since quit waits for it
	}
	return err
}

// serve waits for the accounts, opens the door to clients, and returns once
// the program is to stop.
func (a *app) serve(ctx context.Context, opt options, phoneEnded chan error) (err error) {
	select {
	case <-a.phone.Ready():
	case err := <-phoneEnded:
		phoneEnded <- nil
		return err
	case <-ctx.Done():
		return nil
	}
	var door chan ui.Request
	if !opt.Headless {
		door = make(chan ui.Request, 1)
		door <- opt.First
	}
	if a.control, err = control.Listen(a.claim, controlled{a.phone, door}, opt.Log); err != nil {
		return err
	}
	until, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	go func() { stop(a.control.Run(context.WithoutCancel(ctx))) }()
	go func() {
		select {
		case <-a.phone.Quitting():
			stop(nil)
		case <-until.Done():
		}
	}()
	if !opt.Headless {
		a.window(until, door, opt)
	} else {
		a.greet(opt)
		<-until.Done()
	}
	if cause := context.Cause(until); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}

// window shows the window until ctx is done.
func (a *app) window(ctx context.Context, door <-chan ui.Request, opt options) {
	ui.Run(ctx, ui.Config{
		Phone: a.phone, Numbers: number.Plan{}, Door: door, Backup: a.store.Backup, Files: portable.Files{Book: a.phone}, Passwords: a.secrets.Where,
		Version: version, Profile: opt.Profile, Log: opt.Log,
	})
}

// controlled is the phone as clients of the control socket see it, and the
// window's door, nil where there is no window.
type controlled struct {
	*phone.Phone
	door chan ui.Request
}

// Show brings the window to the front.
func (c controlled) Show(ctx context.Context, number string, call bool) error {
	if c.door == nil {
		return &phone.Error{Code: phone.CodeState, Op: "show", Err: errors.New("callward runs without a window on this profile: end it with callward quit, and start it again without --headless")}
	}
	select {
	case c.door <- ui.Request{Number: number, Call: call}:
		return nil
	case <-ctx.Done():
		return &phone.Error{Code: phone.CodeCancelled, Op: "show", Err: ctx.Err()}
	}
}

// ImportBlacklist reads a CSV file.
func (c controlled) ImportBlacklist(ctx context.Context, path string) (phone.ImportReport, error) {
	return c.files().ImportBlacklist(ctx, path, c.Phone.Progress())
}

// ExportBlacklist writes a CSV file.
func (c controlled) ExportBlacklist(ctx context.Context, path string, overwrite bool) error {
	return c.files().ExportBlacklist(ctx, path, overwrite)
}

// ImportContacts reads a vCard or CSV file.
func (c controlled) ImportContacts(ctx context.Context, path string) (phone.ImportReport, error) {
	return c.files().ImportContacts(ctx, path, nil, c.Phone.Progress())
}

// ExportContacts writes a vCard or CSV file.
func (c controlled) ExportContacts(ctx context.Context, path string, overwrite bool) error {
	return c.files().ExportContacts(ctx, path, overwrite)
}

func (c controlled) files() portable.Files { return portable.Files{Book: c.Phone} }

// Subscribe returns the phone's events.
func (c controlled) Subscribe() control.Subscription { return c.Phone.Subscribe() }

func logged(log *slog.Logger, what string, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		log.Error("stopped", "part", what, "err", err)
	}
}
