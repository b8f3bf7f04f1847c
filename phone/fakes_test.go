package phone_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/callward/callward/phone"
)

// fakeSignalling stands for SIP. The loop's goroutine calls it; the test reads
// it once everybody waits.
type fakeSignalling struct {
	phone.SignallingInbox
	log     []string
	localIP string
	secrets map[phone.AccountID]string
	dialogs []*fakeDialog
}

func (s *fakeSignalling) Open(acc phone.Account, password phone.Secret) {
	s.log = append(s.log, "open "+acc.Address)
	s.secrets[acc.ID] = password.Reveal()
}

func (s *fakeSignalling) Refresh(id phone.AccountID) { s.log = append(s.log, "refresh "+string(id)) }

func (s *fakeSignalling) CloseAccount(id phone.AccountID) {
	s.log = append(s.log, "close "+string(id))
}

func (s *fakeSignalling) LocalIP(phone.AccountID) string { return s.localIP }

func (s *fakeSignalling) Invite(_ phone.AccountID, target phone.Target, offer []byte, notify func(phone.DialogEvent)) phone.Dialog {
	d := &fakeDialog{target: target, offer: string(offer), tell: notify}
	s.dialogs = append(s.dialogs, d)
	return d
}

// fakeDialog keeps what the loop asked of it. The test says what the peer does.
type fakeDialog struct {
	in     bool // the peer called
	target phone.Target
	offer  string
	tell   func(phone.DialogEvent)
	log    []string
}

func (d *fakeDialog) note(format string, args ...any) {
	d.log = append(d.log, fmt.Sprintf(format, args...))
}

func (d *fakeDialog) Ring()               { d.note("ring") }
func (d *fakeDialog) Early(answer []byte) { d.note("early %s", answer) }
func (d *fakeDialog) Accept(sdp []byte)   { d.note("accept %s", sdp) }
func (d *fakeDialog) Reject(status int)   { d.note("reject %d", status) }
func (d *fakeDialog) Reoffer(o []byte)    { d.note("reoffer %s", o) }
func (d *fakeDialog) End()                { d.note("end") }

func (d *fakeDialog) Reply(sdp []byte) {
	if sdp == nil {
		d.note("reply with a refusal")
		return
	}
	d.note("reply %s", sdp)
}

// fakeMedia stands for sound on the network.
type fakeMedia struct{ sessions []*fakeSession }

func (m *fakeMedia) Open(spec phone.MediaSpec, notify func(phone.MediaEvent)) phone.MediaSession {
	s := &fakeSession{spec: spec, tell: notify}
	m.sessions = append(m.sessions, s)
	return s
}

// fakeSession keeps what the loop asked of it. The test says what comes of it.
type fakeSession struct {
	spec phone.MediaSpec
	tell func(phone.MediaEvent)
	log  []string
}

func (s *fakeSession) note(format string, args ...any) {
	s.log = append(s.log, fmt.Sprintf(format, args...))
}

func (s *fakeSession) Offer(hold bool)                   { s.note("offer hold=%t", hold) }
func (s *fakeSession) Answer(offer []byte)               { s.note("answer %s", offer) }
func (s *fakeSession) Accept(fork string, answer []byte) { s.note("accept %s %s", fork, answer) }
func (s *fakeSession) Mute(on bool)                      { s.note("mute %t", on) }
func (s *fakeSession) SendDTMF(digits string)            { s.note("dtmf %s", digits) }
func (s *fakeSession) Close()                            { s.note("close") }

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
func (s *fakeSound) Waiting()         { s.log = append(s.log, "beep") }

func (s *fakeSound) Tone(tone phone.Tone, country string) {
	s.log = append(s.log, strings.TrimSpace(fmt.Sprintf("tone %s %s", tone, country)))
}

func (s *fakeSound) Devices(context.Context) ([]phone.Device, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.devices), s.err
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
func (n *fakeNumbers) Display(number, _ string) string               { return number }
func (n *fakeNumbers) Country(code string) bool                      { return code == "GB" || code == "DE" }

// fakeStore keeps everything in memory, and fails where it is told to.
type fakeStore struct {
	mu       sync.Mutex
	accounts []phone.Account
	settings map[string]string
	saves    []phone.CallRecord // each SaveCall that went well, in order
	tries    int                // each SaveCall
	full     error              // what writing fails with
	unread   error              // what reading fails with
	slow     chan struct{}      // what SaveCall waits for, where it is set
}

func (s *fakeStore) Accounts(context.Context) ([]phone.Account, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.accounts), s.unread
}

func (s *fakeStore) SaveAccount(_ context.Context, acc phone.Account) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full != nil {
		return s.full
	}
	if acc.Default {
		for i := range s.accounts {
			s.accounts[i].Default = false
		}
	}
	i := slices.IndexFunc(s.accounts, func(a phone.Account) bool { return a.ID == acc.ID })
	if i < 0 {
		s.accounts = append(s.accounts, acc)
		return nil
	}
	s.accounts[i] = acc
	return nil
}

func (s *fakeStore) DeleteAccount(_ context.Context, id phone.AccountID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accounts = slices.DeleteFunc(s.accounts, func(a phone.Account) bool { return a.ID == id })
	return s.full
}

func (s *fakeStore) Setting(_ context.Context, key string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.settings[key], s.unread
}

func (s *fakeStore) SetSetting(_ context.Context, key, value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full == nil {
		s.settings[key] = value
	}
	return s.full
}

func (s *fakeStore) SaveCall(ctx context.Context, rec phone.CallRecord) error {
	if s.slow != nil {
		<-s.slow
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tries++
	if err := errors.Join(s.full, ctx.Err()); err != nil {
		return err
	}
	s.saves = append(s.saves, rec)
	return nil
}

func (s *fakeStore) Calls(context.Context, int) ([]phone.CallRecord, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.saves), s.unread
}

// fill makes the disk fail with err, or work again.
func (s *fakeStore) fill(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.full = err
}

// saved returns the rows that were written, oldest first.
func (s *fakeStore) saved() []phone.CallRecord {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.saves)
}

// attempts returns how often a row was to be written.
func (s *fakeStore) attempts() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tries
}

// fakeSecrets is a keyring.
type fakeSecrets struct {
	mu    sync.Mutex
	texts map[phone.AccountID]phone.Secret
	err   error
}

func (s *fakeSecrets) Get(id phone.AccountID) (phone.Secret, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	secret, ok := s.texts[id]
	if !ok {
		return phone.Secret{}, &phone.Error{Code: phone.CodeNotFound, Op: "password"}
	}
	return secret, s.err
}

func (s *fakeSecrets) Set(id phone.AccountID, secret phone.Secret) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.texts[id] = secret
	}
	return s.err
}

func (s *fakeSecrets) Delete(id phone.AccountID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.texts, id)
	return s.err
}

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
func (t *fakeTracer) Path() string   { return "/trace" }
