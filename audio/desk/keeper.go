package desk

import (
	"context"
	"time"

	"github.com/callward/callward/audio/device"
)

const (
	// linger is how long a device stays open after its last use: the next tone or
	// call needs it at once, an idle phone holds no microphone.
	linger = 3 * time.Second
	// watch is how often devices that come and go are looked for while one is needed:
	// what is gone is to be told of within a second.
	watch = 500 * time.Millisecond
)

// stream is an open device, *device.Capture or *device.Playback.
type stream interface {
	Name() string
	Turns() uint64
	Stopped() bool
	Close() error
}

// keeper opens and closes the devices that the desk wants, and finds another
// where one is gone. It is owned by the goroutine of run, which waits for the
// sound server in place of the desk's; only inbox is for others.
type keeper struct {
	host   *device.Host
	notify func(Event)
	hand   func(Role, stream) // gives the desk a device, or takes it away with nil
	inbox  *inbox
	slots  [roles]slot
}

func newKeeper(host *device.Host, notify func(Event), hand func(Role, stream)) *keeper {
	if notify == nil {
		notify = func(Event) {}
	}
	k := &keeper{host: host, notify: notify, hand: hand, inbox: newInbox()}
	for r := range k.slots {
		k.slots[r] = slot{keeper: k, role: Role(r)}
	}
	return k
}

// run ends once ctx is done, with all devices closed.
func (k *keeper) run(ctx context.Context) {
	timer := time.NewTimer(watch)
	defer timer.Stop()
	for waits := true; ; {
		select {
		case <-ctx.Done():
			for r := range k.slots {
				k.slots[r].close()
			}
			return
		case <-k.inbox.ready:
			k.inbox.work()
		case <-timer.C:
			waits = false
			for r := range k.slots {
				k.slots[r].look(time.Now())
			}
		}
		switch busy := k.busy(); {
		case busy && !waits: // other work does not put it off
			timer.Reset(watch)
			waits = true
		case !busy:
			timer.Stop()
			waits = false
		}
	}
}

// busy tells whether there is anything to look after.
func (k *keeper) busy() bool {
	for r := range k.slots {
		if k.slots[r].wanted || k.slots[r].open != nil {
			return true
		}
	}
	return false
}

// want tells whether a role is needed.
func (k *keeper) want(r Role, wanted bool) { k.slots[r].want(wanted) }

// choose names the device for a role.
func (k *keeper) choose(r Role, name string) { k.slots[r].choose(name) }

// lost tells that the device s, which served a role, is gone.
func (k *keeper) lost(r Role, s stream) { k.slots[r].lost(s) }
