// Package controltest has a phone that does nothing, for tests of what works a
// phone from outside.
package controltest

import (
	"context"
	"fmt"
	"sync"

	"github.com/callward/callward/phone"
)

// Phone satisfies control.Phone: it writes down what it was asked and answers
// what it is set to. The exported fields are set before it is used; its methods
// may be called from any goroutine.
type Phone struct {
	// Fail is what every request returns that can fail.
	Fail error
	// Now is what Snapshot returns.
	Now phone.Snapshot
	// Sound is what Devices returns, and Calls what History returns.
	Sound []phone.Device
	Calls []phone.CallRecord
	// List is what Entries returns parts of; Book, Log and Found are what Contacts, Screened and WouldPass return, and
	// Report what imports do.
	List   []phone.Entry
	Book   []phone.Contact
	Log    []phone.Screened
	Found  phone.Passage
	Report phone.ImportReport
	// Inbox is what Voicemails returns, and Machine what MachineSettings does.
	Inbox   []phone.Voicemail
	Machine phone.MachineSettings
	// ThreadList is what Threads returns; Items and TextsFound are what Timeline and SearchTexts return parts of, and NoThread
	// is what ThreadOf fails with. Texting is what TextSettings returns.
	ThreadList []phone.Thread
	Items      []phone.ThreadItem
	TextsFound []phone.TextFound
	NoThread   error
	Texting    phone.TextSettings
	// TriggerList and Triggered are what Triggers and TriggerLog return.
	TriggerList []phone.Trigger
	Triggered   []phone.Triggered
	// CallID is what Dial returns; Placed, where set, is called before Dial or SendText returns.
	CallID phone.CallID
	Placed func()
	// Hold, where set, makes Devices wait until it is closed.
	Hold chan struct{}
	// Trace is what TracePath returns.
	Trace string
	// Ended, where set, is closed by the first Quit.
	Ended chan struct{}

	mu    sync.Mutex
	asked []string
	feed  feed
}

// Asked returns what was asked for, in order and in words.
func (p *Phone) Asked() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.asked...)
}

func (p *Phone) note(format string, args ...any) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, fmt.Sprintf(format, args...))
	return p.Fail
}

// AddAccount notes the account and the password.
func (p *Phone) AddAccount(_ context.Context, acc phone.Account, password phone.Secret, hasPassword bool) error {
	return p.note("account add %+v, password %q %v", acc, password.Reveal(), hasPassword)
}

// RemoveAccount notes the address.
func (p *Phone) RemoveAccount(_ context.Context, address string) error {
	return p.note("account remove %s", address)
}

// Dial notes the number and returns CallID.
func (p *Phone) Dial(_ context.Context, r phone.CallRequest) (phone.CallID, error) {
	err := p.note("call %q by %q%s", r.Number, r.Account, map[bool]string{true: " anyway"}[r.Anyway])
	if p.Placed != nil {
		p.Placed()
	}
	return p.CallID, err
}

// Answer notes the call.
func (p *Phone) Answer(_ context.Context, id phone.CallID) error { return p.note("answer %q", id) }

// Decline notes the call.
func (p *Phone) Decline(_ context.Context, id phone.CallID) error { return p.note("decline %q", id) }

// Hangup notes the call.
func (p *Phone) Hangup(_ context.Context, id phone.CallID) error { return p.note("hangup %q", id) }

// Mute notes the call.
func (p *Phone) Mute(_ context.Context, id phone.CallID, on bool) error {
	return p.note("mute %q %v", id, on)
}

// DTMF notes the digits.
func (p *Phone) DTMF(_ context.Context, id phone.CallID, digits string) error {
	return p.note("dtmf %q %s", id, digits)
}

// Snapshot returns Now.
func (p *Phone) Snapshot() phone.Snapshot { return p.Now }

// Devices returns Sound, once Hold is closed.
func (p *Phone) Devices(ctx context.Context) ([]phone.Device, error) {
	err := p.note("devices")
	if p.Hold != nil {
		select {
		case <-p.Hold:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return p.Sound, err
}

// SetDevice notes the device.
func (p *Phone) SetDevice(_ context.Context, role phone.DeviceRole, name string) error {
	return p.note("device set %s %q", role, name)
}

// History notes the limit and returns Calls.
func (p *Phone) History(_ context.Context, limit int) ([]phone.CallRecord, error) {
	return p.Calls, p.note("history %d", limit)
}

// SetPractice notes the switch.
func (p *Phone) SetPractice(_ context.Context, on bool) error { return p.note("practice %v", on) }

// PracticeRing notes the robot.
func (p *Phone) PracticeRing(_ context.Context, who string) error {
	return p.note("practice ring %q", who)
}

// SetTrace notes the switch.
func (p *Phone) SetTrace(_ context.Context, on bool) error { return p.note("trace %v", on) }

// TracePath returns Trace.
func (p *Phone) TracePath() string { return p.Trace }

// Quit closes Ended.
func (p *Phone) Quit() {
	_ = p.note("quit")
	if p.Ended == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.Ended:
	default:
		close(p.Ended)
	}
}

// Show notes the number.
func (p *Phone) Show(_ context.Context, number string, call bool) error {
	return p.note("show %s %t", number, call)
}
