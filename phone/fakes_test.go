package phone_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/callward/callward/phone"
)

// fakeSound stands for the agent's ears. What mu guards may be asked for by any
// goroutine.
type fakeSound struct {
	notify func(phone.SoundEvent)
	log    []string
	plays  []*fakePlayback

	mu       sync.Mutex
	devices  []phone.Device
	err      error
	chosen   map[phone.DeviceRole]string
	volumes  map[phone.DeviceRole]int
	ringtone string
	doing    []string // Listen, TestMicrophone and TestRing while they go on
}

func (s *fakeSound) Ringtone(on bool) { s.log = append(s.log, fmt.Sprintf("ringtone %t", on)) }

func (s *fakeSound) Chime() { s.log = append(s.log, "chime") }

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

func (s *fakeSound) SetVolume(role phone.DeviceRole, percent int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.volumes[role] = percent
}

func (s *fakeSound) Levels() (microphone, speaker float64) { return -20, -30 }

func (s *fakeSound) Ringtones() []string { return []string{"Classic", "Other"} }

func (s *fakeSound) SetRingtone(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ringtone = name
}

// Play keeps the playback. The test says what becomes of it.
func (s *fakeSound) Play(spec phone.PlaySpec, notify func(phone.PlayEvent)) phone.Playback {
	p := &fakePlayback{spec: spec, tell: notify}
	s.plays = append(s.plays, p)
	return p
}

// fakePlayback keeps what was asked of it.
type fakePlayback struct {
	spec phone.PlaySpec
	tell func(phone.PlayEvent)
	log  []string
}

func (p *fakePlayback) note(format string, args ...any) {
	p.log = append(p.log, fmt.Sprintf(format, args...))
}

func (p *fakePlayback) Seek(to time.Duration) { p.note("seek %v", to) }

func (p *fakePlayback) SetSpeed(speed float64) { p.note("speed %v", speed) }

func (p *fakePlayback) SetRole(role phone.DeviceRole) { p.note("role %s", role) }

func (p *fakePlayback) Close() { p.note("close") }

// Record records until it is told to stop.
func (s *fakeSound) Record(ctx context.Context, longest time.Duration) (phone.Samples, error) {
	if err := s.do(ctx, "record", longest); err != nil && phone.CodeOf(err) != phone.CodeCancelled {
		return phone.Samples{}, err
	}
	return phone.Samples{Rate: 16000, Data: []int16{1, 2, 3}}, nil
}

func (s *fakeSound) Listen(ctx context.Context) { _ = s.do(ctx, "listen", time.Hour) }

func (s *fakeSound) TestMicrophone(ctx context.Context) error {
	return s.do(ctx, "test microphone", 6*time.Second)
}

func (s *fakeSound) TestRing(ctx context.Context) error { return s.do(ctx, "test ring", 3*time.Second) }

// do is busy for d.
func (s *fakeSound) do(ctx context.Context, what string, d time.Duration) error {
	s.mu.Lock()
	s.doing = append(s.doing, what)
	err := s.err
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.doing = slices.DeleteFunc(s.doing, func(one string) bool { return one == what })
	}()
	if err != nil {
		return err
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return &phone.Error{Code: phone.CodeCancelled, Op: what, Err: ctx.Err()}
	}
}

// busy is what is going on now.
func (s *fakeSound) busy() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.doing)
}

// fakeNumbers reads a number as it stands. It keeps what went through it.
type fakeNumbers struct{ typed []string }

func (n *fakeNumbers) ShortCode(string, string) bool { return false }

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

func (n *fakeNumbers) Listed(text, _ string) (string, error) { return text, nil }

func (n *fakeNumbers) Prefix(text, _ string) (string, error) { return text, nil }

func (n *fakeNumbers) Emergency(text, _ string) bool { return text == "112" }

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
	return phone.Account{ID: phone.PracticeAccount, Address: "agent@" + phone.PracticeDomain}, phone.NewSecret("practice"), e.err
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
