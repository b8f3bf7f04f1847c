package desk

import (
	"slices"
	"time"

	"github.com/callward/callward/audio/device"
)

// slot is the device of one role. It is owned by the keeper's goroutine.
type slot struct {
	keeper *keeper
	role   Role
	chosen string // by name; empty for the system's default

	wanted bool
	unused time.Time // since when it is not
	open   stream    // nil while closed
	now    string    // the name of the device in use
	usual  string    // what it should be: chosen, or what was the default at first
	told   Kind      // the kind of the last event; 0 when all is well
	about  string    // the device that it named
}

// want opens the device where it is needed and closed.
func (s *slot) want(wanted bool) {
	s.wanted = wanted
	if !wanted {
		s.unused = time.Now()
		return
	}
	if s.open == nil {
		if s.told == Silent { // what was so in the last call is told anew
			s.told = 0
		}
		s.begin()
	}
}

// choose turns to another device, at once where one is in use.
func (s *slot) choose(name string) {
	if name == s.chosen {
		return
	}
	s.chosen = name
	s.close()
	if s.wanted {
		s.begin()
	}
}

// begin opens the device for the first time in this use.
func (s *slot) begin() {
	s.usual = s.chosen
	s.reopen()
}

// reopen opens the chosen device, else the default, and tells what came of it.
func (s *slot) reopen() {
	open, err := s.keeper.open(s.role, s.chosen)
	if err != nil && s.chosen != "" {
		open, err = s.keeper.open(s.role, "")
	}
	if err != nil {
		s.tell(Silent, "", err)
		return
	}
	s.use(open)
}

// use gives the desk a device in place of the one before.
func (s *slot) use(open stream) {
	before := s.open
	s.open = open
	s.keeper.hand(s.role, open)
	s.runs(open.Name())
	if before != nil {
		_ = before.Close() // there is nothing left to be done about it
	}
}

// runs notes that sound goes by the device of a name now.
func (s *slot) runs(name string) {
	s.now = name
	if s.usual == "" {
		s.usual = name
	}
	switch {
	case name != s.usual:
		s.tell(Moved, name, nil)
	case s.told != 0:
		s.tell(Restored, name, nil)
	}
}

// lost finds another device in place of one that is gone, which is closed only
// then.
func (s *slot) lost(gone stream) {
	if gone != s.open {
		return
	}
	s.open = nil
	if s.wanted {
		s.miss(gone.Name())
		s.reopen()
	}
	_ = gone.Close() // there is nothing left to be done about it
}

// miss tells that a device is gone, unless it is still there or that is known.
func (s *slot) miss(name string) {
	list, err := s.keeper.list(s.role)
	if name == s.now && (err != nil || !listed(list, name)) {
		s.tell(Lost, name, nil)
	}
}

// look is made each second while the role is wanted or its device open.
func (s *slot) look(now time.Time) {
	switch {
	case !s.wanted:
		if s.open != nil && now.Sub(s.unused) >= linger {
			s.close()
		}
	case s.open == nil:
		s.reopen()
	default:
		s.follow()
	}
}

// follow looks whether the device in use is still the right one.
func (s *slot) follow() {
	list, err := s.keeper.list(s.role)
	if err != nil {
		return // the desk finds out whether the device goes on
	}
	if s.chosen != "" {
		s.restore(list)
		return
	}
	// The sound server moves what plays on the default as that changes.
	i := slices.IndexFunc(list, func(d device.Info) bool { return d.Default })
	if i < 0 || list[i].Name == s.now {
		return
	}
	switch {
	case list[i].Name == s.usual || s.told == Moved:
	case listed(list, s.now):
		s.usual = list[i].Name // somebody has chosen it in the system's settings
	default:
		s.tell(Lost, s.now, nil)
	}
	s.runs(list[i].Name)
}

// restore goes back to the chosen device once it is there and opens.
func (s *slot) restore(list []device.Info) {
	if s.now == s.chosen || !listed(list, s.chosen) {
		return
	}
	if open, err := s.keeper.open(s.role, s.chosen); err == nil {
		s.use(open)
	}
}

// tell reports a change, once.
func (s *slot) tell(kind Kind, name string, err error) {
	if kind == s.told && name == s.about {
		return
	}
	s.told, s.about = kind, name
	if kind == Restored {
		s.told = 0
	}
	s.keeper.notify(Event{Role: s.role, Kind: kind, Device: name, Err: err})
}

// close gives the device back.
func (s *slot) close() {
	if s.open == nil {
		return
	}
	s.keeper.hand(s.role, nil)
	_ = s.open.Close() // there is nothing left to be done about it
	s.open = nil
}

func listed(list []device.Info, name string) bool {
	return slices.ContainsFunc(list, func(d device.Info) bool { return d.Name == name })
}

// open opens a device for a role.
func (k *keeper) open(r Role, name string) (stream, error) {
	if r == Microphone {
		c, err := k.host.OpenCapture(name)
		if err != nil {
			return nil, err
		}
		return c, nil
	}
	p, err := k.host.OpenPlayback(name)
	if err != nil {
		return nil, err
	}
	return p, nil
}

// list lists the devices that can serve a role.
func (k *keeper) list(r Role) ([]device.Info, error) {
	if r == Microphone {
		return k.host.Devices(device.Input)
	}
	return k.host.Devices(device.Output)
}
