package secret

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/callward/callward/phone"
)

// How long the keyring is waited for.
const (
	// probing is for the question at the start, when the program waits too.
	probing = 2 * time.Second
	// patience is for what is known to be there: the keyring may be locked and
	// ask its user for a password.
	patience = 30 * time.Second
)

// service is the name under which passwords are in the keyring.
const service = "Callward"

var (
	errNone    = errors.New("not in the keyring")
	errSilent  = errors.New("it does not answer")
	errNoBus   = errors.New("no D-Bus session")
	errClosed  = errors.New("closed")
	errProbing = errors.New("it has not answered yet")
)

// keyringCalls are those to the system's keyring; they may take for ever.
type keyringCalls interface {
	Get(service, user string) (string, error)
	Set(service, user, password string) error
	Delete(service, user string) error
}

// system is the keyring of the operating system.
type system struct{}

func (system) Get(service, user string) (string, error) { return keyring.Get(service, user) }
func (system) Set(service, user, text string) error     { return keyring.Set(service, user, text) }
func (system) Delete(service, user string) error        { return keyring.Delete(service, user) }

// ring is the keyring with bounded waiting. One goroutine of its own makes all
// calls, so that a keyring that hangs holds up that one and no other. Its
// methods may be called from any goroutine.
type ring struct {
	calls keyringCalls
	jobs  chan func()
	quit  chan struct{} // closed by Close
	done  chan struct{} // closed when the goroutine has ended
	close sync.Once

	mu    sync.Mutex
	wrong error // why there is no keyring; nil once it has answered
}

func openRing(calls keyringCalls) *ring {
	r := &ring{calls: calls, jobs: make(chan func()), quit: make(chan struct{}), done: make(chan struct{}), wrong: errProbing}
	go r.run()
	if !reachable() {
		r.judge(errNoBus)
		return r
	}
	if err := r.do(probing, r.probe); errors.Is(err, errSilent) {
		r.judge(errSilent) // unless the answer comes later
	}
	return r
}

// reachable tells whether asking can lead anywhere. Without a session bus the
// library would start one, which nobody ends.
func reachable() bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" || os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	_, err := os.Stat(filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus"))
	return os.Getenv("XDG_RUNTIME_DIR") != "" && err == nil
}

// probe asks for what is not there: a keyring that says so works.
func (r *ring) probe() error {
	_, err := r.calls.Get(service, "probe")
	if errors.Is(err, keyring.ErrNotFound) {
		err = nil
	}
	r.judge(err)
	return err
}

func (r *ring) judge(err error) {
	r.mu.Lock()
	r.wrong = err
	r.mu.Unlock()
}

// fault returns why there is no keyring, nil where there is one.
func (r *ring) fault() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.wrong
}

func (r *ring) get(id phone.AccountID) (text string, err error) {
	found := make(chan string, 1) // read only where the job was waited for to its end
	err = r.do(patience, func() error {
		text, err := r.calls.Get(service, string(id))
		found <- text
		return err
	})
	if err != nil {
		return "", err
	}
	return <-found, nil
}

func (r *ring) set(id phone.AccountID, text string) error {
	return r.do(patience, func() error { return r.calls.Set(service, string(id), text) })
}

func (r *ring) remove(id phone.AccountID) error {
	return r.do(patience, func() error { return r.calls.Delete(service, string(id)) })
}

// do has the goroutine make a call and waits for it, limit at most.
func (r *ring) do(limit time.Duration, call func() error) error {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	result := make(chan error, 1)
	select {
	case r.jobs <- func() { result <- call() }:
	case <-r.quit:
		return errClosed
	case <-timer.C:
		return errSilent
	}
	select {
	case err := <-result:
		if errors.Is(err, keyring.ErrNotFound) {
			return errNone
		}
		return err
	case <-timer.C:
		return errSilent
	}
}

func (r *ring) run() {
	defer close(r.done)
	for {
		select {
		case job := <-r.jobs:
			job()
		case <-r.quit:
			return
		}
	}
}

// Close waits for the call under way, probing at most.
func (r *ring) Close() error {
	r.close.Do(func() { close(r.quit) })
	select {
	case <-r.done:
		return nil
	case <-time.After(probing):
		return failed("close keyring", fmt.Errorf("a call is left behind: %w", errSilent))
	}
}
