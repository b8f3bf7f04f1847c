package phone

import (
	"context"
	"time"
)

// soundCheck is how often sound that is missing is looked for between calls. In
// a call the desk does so.
const soundCheck = 5 * time.Second

// soundFaults are what is wrong with the sound, by role; "" stands for all of it.
type soundFaults map[DeviceRole]string

// text returns the gravest, "" where there is none.
func (f soundFaults) text() string {
	for _, role := range append([]DeviceRole{""}, roles...) {
		if fault := f[role]; fault != "" {
			return fault
		}
	}
	return ""
}

// soundChanged tells what became of a sound device.
type soundChanged SoundEvent

func (e soundChanged) apply(l *loop) {
	l.faults[e.Role] = e.Fault
	if e.Role != "" && e.Fault == "" {
		delete(l.faults, "") // where one device works there is sound
	}
	l.emit(Event{Kind: EventSound, Text: e.Text})
}

// soundFound is what devices there are while sound is missing and no call needs it.
type soundFound []Device

func (found soundFound) apply(l *loop) {
	if len(l.calls) > 0 || l.faults.text() == "" {
		return
	}
	delete(l.faults, "")
	for _, d := range found {
		delete(l.faults, d.Role)
	}
	if l.faults.text() == "" {
		l.emit(Event{Kind: EventSound, Text: "There is sound again."})
	}
}

// watchSound looks for sound that is missing until ctx is done.
func (p *Phone) watchSound(ctx context.Context) {
	ticker := time.NewTicker(soundCheck)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if s := p.Snapshot(); s.Sound == "" || len(s.Calls) > 0 {
			continue
		}
		if devices, err := p.sound.Devices(ctx); err == nil {
			p.inbox.Put(soundFound(devices))
		}
	}
}
