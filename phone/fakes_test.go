package phone_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/callward/callward/phone"
)

// fakeSound stands for the agent's ears. Devices may be called by any goroutine.
type fakeSound struct {
	notify func(phone.SoundEvent)
	log    []string

	mu      sync.Mutex
	devices []phone.Device
	err     error
	chosen  map[phone.DeviceRole]string
}

func (s *fakeSound) Ringtone(on bool) { s.log = append(s.log, fmt.Sprintf("ringtone %t", on)) }

func (s *fakeSound) Waiting() { s.log = append(s.log, "beep") }

func (s *fakeSound) Tone(tone phone.Tone, country string) {
	s.log = append(s.log, strings.TrimSpace(fmt.Sprintf("tone %s %s", tone, country)))
}

func (s *fakeSound) Devices(context.Context) ([]phone.Device, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.devices), s.err
}

// appear has a device be there from now on.
func (s *fakeSound) appear(d phone.Device) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.devices, s.err = append(s.devices, d), nil
}

func (s *fakeSound) SetDevice(role phone.DeviceRole, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chosen[role] = name
}

// fakeNumbers reads a number as it stands. It keeps what went through it.
type fakeNumbers struct{ typed []string }

func (n *fakeNumbers) Target(typed string, acc phone.Account) (phone.Target, error) {
	n.typed = append(n.typed, typed)
	if typed == "" || strings.Contains(typed, "bad") {
		return phone.Target{}, &phone.Error{Code: phone.CodeInvalid, Op: "call", Field: "number"}
	}
	if strings.Contains(typed, "@") {
		return phone.Target{URI: "sip:" + strings.TrimPrefix(typed, "sip:"), Number: strings.TrimPrefix(typed, "sip:")}, nil
	}
	_, domain, _ := strings.Cut(acc.Address, "@")
	return phone.Target{URI: "sip:" + typed + "@" + domain, Number: typed}, nil
}

func (n *fakeNumbers) Normal(user, _ string, _ phone.Account) string { return "+" + user }

func (n *fakeNumbers) Display(number, _ string) string { return number }

func (n *fakeNumbers) Country(code string) bool { return code == "GB" || code == "DE" }

// fakeExchange is a practice exchange without robots.
type fakeExchange struct {
	mu  sync.Mutex
	on  bool
	log []string
	err error
}

func (e *fakeExchange) Start(context.Context) (phone.Account, phone.Secret, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.on = e.err == nil
	return phone.Account{ID: phone.PracticeAccount, Address: "agent@127.0.0.1"}, phone.NewSecret("practice"), e.err
}

func (e *fakeExchange) Stop() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.on = false
	return e.err
}

func (e *fakeExchange) Ring(who string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.log = append(e.log, "ring "+who)
	return e.err
}

func (e *fakeExchange) running() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.on
}

// fakeTracer is a switch.
type fakeTracer struct{ on bool }

func (t *fakeTracer) Switch(on bool) { t.on = on }

func (t *fakeTracer) Path() string { return "/trace" }
