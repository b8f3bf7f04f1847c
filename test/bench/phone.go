package main

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/callward/callward/test/baresip"
	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/registrar"
)

// patience is how long a phone may take to start and to do what it is told.
const patience = 15 * time.Second

// phone is one that is measured, running.
type phone interface {
	// Pid is its process.
	Pid() int
	// Contact is where it is called directly: sip:USER@IP:PORT.
	Contact() string
	// Answer answers the call that rings, and returns at once where the phone does by itself.
	Answer() error
	// Stop ends it.
	Stop() error
}

// kind makes phones of one kind. sound are the variables that point to a sound server.
type kind struct {
	name  string
	start func(dir string, sound map[string]string, answers bool) (phone, error)
}

// ours is Callward, registered with a registrar that tells its contact.
type ours struct {
	*callward.Program
	registrar   *registrar.Server
	contact     string
	dir, binary string
}

func callwardKind(binary string) kind {
	return kind{"callward", func(dir string, sound map[string]string, _ bool) (phone, error) {
		server, err := registrar.Start(registrar.Options{})
		if err != nil {
			return nil, err
		}
		program, err := callward.Start(dir, callward.Options{Binary: binary, Sound: sound})
		if err != nil {
			return nil, errors.Join(err, server.Close())
		}
		p := &ours{Program: program, registrar: server, dir: dir, binary: binary}
		if _, err = program.Do("", "account", "add", "bench@"+server.Addr().Addr().String(), "--server", server.Addr().String()); err == nil {
			p.contact, err = server.Contact(patience)
		}
		if err != nil {
			return nil, errors.Join(err, p.Stop())
		}
		return p, nil
	}}
}

func (p *ours) Contact() string { return p.contact }

// Answer answers the call that rings.
func (p *ours) Answer() error { return p.AnswerNext() }

func (p *ours) Stop() error { return errors.Join(p.Program.Stop(), p.registrar.Close()) }

// theirs is baresip.
type theirs struct{ *baresip.Phone }

func baresipKind() kind {
	return kind{"baresip", func(dir string, sound map[string]string, answers bool) (phone, error) {
		p, err := baresip.Start(dir, baresip.Options{User: "bench", Sound: sound, Answer: answers})
		if err != nil {
			return nil, err
		}
		return &theirs{p}, nil
	}}
}

func (p *theirs) Contact() string { return fmt.Sprintf("sip:bench@%s", p.Addr()) }
func (p *theirs) Answer() error   { return nil }

// target splits a contact into what SIPp wants to know.
func target(contact string) (user string, at netip.AddrPort, err error) {
	user, host, _ := strings.Cut(strings.TrimPrefix(contact, "sip:"), "@")
	host, _, _ = strings.Cut(host, ";")
	at, err = netip.ParseAddrPort(host)
	return user, at, err
}
