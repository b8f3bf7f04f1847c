package phone_test

import (
	"fmt"
	"slices"
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

	texts chan sentText // MESSAGEs; nil drops them

	mu      sync.Mutex // for tests that do not wait
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
	s.add(d)
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

func (d *fakeDialog) Ring() { d.note("ring") }

func (d *fakeDialog) Early(answer []byte) { d.note("early %s", answer) }

func (d *fakeDialog) Accept(sdp []byte) { d.note("accept %s", sdp) }

func (d *fakeDialog) Reject(status int) { d.note("reject %d", status) }

func (d *fakeDialog) Reoffer(o []byte) { d.note("reoffer %s", o) }

func (d *fakeDialog) End() { d.note("end") }

func (d *fakeDialog) Reply(sdp []byte) {
	if sdp == nil {
		d.note("reply with a refusal")
		return
	}
	d.note("reply %s", sdp)
}

func (s *fakeSignalling) add(d *fakeDialog) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dialogs = append(s.dialogs, d)
}

// all returns the dialogs until now, oldest first.
func (s *fakeSignalling) all() []*fakeDialog {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.dialogs)
}
