package device

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/gen2brain/malgo"
)

// Host is the machine's sound. The zero value is ready. Its methods may be called
// from any goroutine; they wait for the sound server, a few milliseconds as a
// rule, and for each other.
type Host struct {
	mu      sync.Mutex
	session *session // nil until it is needed, and again after Close
	absence absence
}

// Devices lists the devices of a kind. It fails with ErrNoSound.
func (h *Host) Devices(kind Kind) ([]Info, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []Info
	err := h.try(func(s *session) (err error) {
		list, _, err = s.devices(kind)
		return err
	})
	return list, err
}

// OpenCapture opens the microphone of a name, or the system's default where name
// is empty. It fails with ErrNoSound or ErrNotFound.
func (h *Host) OpenCapture(name string) (*Capture, error) {
	var c Capture
	if err := h.open(&c.stream, Input, name); err != nil {
		return nil, err
	}
	return &c, nil
}

// OpenPlayback opens the loudspeaker of a name, or the system's default where
// name is empty. It fails with ErrNoSound or ErrNotFound.
func (h *Host) OpenPlayback(name string) (*Playback, error) {
	var p Playback
	if err := h.open(&p.stream, Output, name); err != nil {
		return nil, err
	}
	return &p, nil
}

// Close ends the connection to the sound server; streams still open keep it
// until they are closed. The Host can be used again.
func (h *Host) Close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.retire()
}

// open makes st a stream of a device.
func (h *Host) open(st *stream, kind Kind, name string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.try(func(s *session) error {
		infos, ids, err := s.devices(kind)
		if err != nil {
			return err
		}
		if len(infos) == 0 {
			return ErrNoSound
		}
		info, ok := find(infos, name)
		if name != "" && !ok {
			return fmt.Errorf("%w: %s", ErrNotFound, name)
		}
		var id *malgo.DeviceID
		for i := range infos {
			if name != "" && infos[i].ID == info.ID {
				id = &ids[i]
			}
		}
		st.name, st.host, st.session = info.Name, h, s
		if err := s.open(st, kind, id); err != nil {
			return fmt.Errorf("open %s: %w", info.Name, err)
		}
		return nil
	})
}

// try does something with the session. Where that fails on one from before, the
// sound server may have been started anew, and it is tried again on a new one.
func (h *Host) try(do func(*session) error) error {
	fresh := h.session == nil
	for {
		if err := h.connect(); err != nil {
			return err
		}
		err := do(h.session)
		if !errors.Is(err, ErrNoSound) {
			return err
		}
		_ = h.retire() // what matters is why it failed before
		if fresh {
			return err
		}
		fresh = true
	}
}

// connect makes sure that there is a session.
func (h *Host) connect() (err error) {
	if h.session != nil {
		return nil
	}
	if err := h.absence.still(time.Now()); err != nil {
		return err
	}
	if h.session, err = connect(); err != nil {
		h.absence.note(time.Now(), err)
	}
	return err
}

// retire lets go of the session.
func (h *Host) retire() error {
	s := h.session
	if s == nil {
		return nil
	}
	h.session = nil
	s.retired = true
	return s.release()
}

// noSound makes an error of the sound library one of ours.
func noSound(err error) error { return fmt.Errorf("%w: %w", ErrNoSound, err) }
