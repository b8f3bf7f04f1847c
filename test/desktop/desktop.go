// Package desktop is what a program finds on a desktop beside the screen, as stand-ins on a session bus of their own: a
// tray for icons (StatusNotifierItem) and notifications (Desktop Notifications Specification).
package desktop

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"

	"github.com/callward/callward/test/proc"
)

const (
	// patience is how long anything on the bus may take.
	patience = 15 * time.Second
	// pause is between two looks for something.
	pause = 20 * time.Millisecond
)

const (
	watcher       = "org.kde.StatusNotifierWatcher"
	watcherPath   = "/StatusNotifierWatcher"
	notifications = "org.freedesktop.Notifications"
)

// config is a bus that starts no service: nothing of the machine's is on it.
const config = `<busconfig><type>session</type><listen>unix:dir=%s</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>`

// Desktop is a running session bus with what a desktop has there. Its methods may be called from any goroutine.
type Desktop struct {
	*proc.Process
	address string
	bus     *dbus.Conn

	mu    sync.Mutex
	item  string // who registered an icon last
	notes []Note
}

// Note is a notification that was shown.
type Note struct{ Icon, Title, Text string }

// Start starts a desktop with its bus in a folder. It has no tray yet. Kill ends it.
func Start(dir string) (*Desktop, error) {
	path, err := exec.LookPath("dbus-daemon")
	if err != nil {
		return nil, errors.New("dbus-daemon is needed: make test installs it (Debian: dbus-daemon)")
	}
	file := filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(file, fmt.Appendf(nil, config, dir), 0o600); err != nil {
		return nil, err
	}
	p, err := proc.Start("dbus-daemon", exec.Command(path, "--config-file="+file, "--nofork", "--print-address=1"))
	if err != nil {
		return nil, err
	}
	d := &Desktop{Process: p}
	if d.address, err = p.WaitFor(0, `^unix:`, patience); err == nil {
		err = d.furnish()
	}
	if err != nil {
		d.Kill()
		return nil, fmt.Errorf("%w\n%s", err, p.Log())
	}
	return d, nil
}

// furnish puts on the bus what a desktop has there.
func (d *Desktop) furnish() (err error) {
	d.address = strings.TrimSpace(d.address)
	if d.bus, err = dbus.Connect(d.address); err != nil {
		return err
	}
	_, err = prop.Export(d.bus, watcherPath, prop.Map{watcher: {"IsStatusNotifierHostRegistered": {Value: true}}})
	return errors.Join(err,
		d.bus.Export(trayWatcher{d}, watcherPath, watcher),
		d.bus.Export(notifier{d}, "/org/freedesktop/Notifications", notifications),
		d.own(notifications))
}

// Kill ends the bus, and with it all that is there.
func (d *Desktop) Kill() {
	if d.bus != nil {
		_ = d.bus.Close()
	}
	d.Process.Kill()
}

// Vars are the variables that point a program to the bus.
func (d *Desktop) Vars() map[string]string {
	return map[string]string{"DBUS_SESSION_BUS_ADDRESS": d.address}
}

// ShowTray has a tray appear.
func (d *Desktop) ShowTray() error { return d.own(watcher) }

// HideTray takes the tray away, as a panel does that crashes.
func (d *Desktop) HideTray() error {
	_, err := d.bus.ReleaseName(watcher)
	return err
}

func (d *Desktop) own(name string) error {
	reply, err := d.bus.RequestName(name, dbus.NameFlagDoNotQueue)
	if err == nil && reply != dbus.RequestNameReplyPrimaryOwner {
		err = fmt.Errorf("%s is somebody else's", name)
	}
	return err
}

// Note waits for the notification of a number, from 0.
func (d *Desktop) Note(number int) (note Note, err error) {
	err = d.await(fmt.Sprintf("notification %d", number), func() bool {
		if number >= len(d.notes) {
			return false
		}
		note = d.notes[number]
		return true
	})
	return note, err
}

// await waits until is returns true; it is called with the lock.
func (d *Desktop) await(what string, is func() bool) error {
	deadline := time.Now().Add(patience)
	for {
		d.mu.Lock()
		done := is()
		d.mu.Unlock()
		switch {
		case done:
			return nil
		case time.Now().After(deadline):
			return fmt.Errorf("there is no %s", what)
		}
		time.Sleep(pause)
	}
}

// trayWatcher is called by programs that have an icon for the tray.
type trayWatcher struct{ d *Desktop }

// RegisterStatusNotifierItem takes an icon into the tray.
func (w trayWatcher) RegisterStatusNotifierItem(_ string, sender dbus.Sender) *dbus.Error {
	w.d.mu.Lock()
	defer w.d.mu.Unlock()
	w.d.item = string(sender)
	return nil
}

// notifier is called by programs that notify the user.
type notifier struct{ d *Desktop }

// Notify shows a notification.
func (n notifier) Notify(_ string, _ uint32, icon, title, text string, _ []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	n.d.mu.Lock()
	defer n.d.mu.Unlock()
	n.d.notes = append(n.d.notes, Note{icon, title, text})
	return uint32(len(n.d.notes)), nil
}
