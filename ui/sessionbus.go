package ui

import (
	"context"
	"errors"
	"runtime"

	"github.com/godbus/dbus/v5"
)

// watcher is who the tray icons of a desktop register with.
const watcher = "org.kde.StatusNotifierWatcher"

// ownTray tells whether the system always has a tray, and notifications of its own.
const ownTray = runtime.GOOS == "windows" || runtime.GOOS == "darwin"

// sessionBus is the connection to the desktop's message bus, which Fyne uses too:
// it stays open. Where there is no bus none is started.
func sessionBus() (*dbus.Conn, error) {
	if ownTray {
		return nil, errors.New("no session bus on this system")
	}
	probe, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return nil, err
	}
	_ = probe.Close()
	return dbus.SessionBus()
}

// trayShown tells whether the desktop shows a tray now: panels come and go.
func trayShown(ctx context.Context) bool {
	if ownTray {
		return true
	}
	bus, err := sessionBus()
	if err != nil {
		return false
	}
	var there bool
	if err := bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, watcher).Store(&there); err != nil || !there {
		return false
	}
	var host dbus.Variant
	err = bus.Object(watcher, "/StatusNotifierWatcher").
		CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, watcher, "IsStatusNotifierHostRegistered").Store(&host)
	shows, said := host.Value().(bool)
	return err != nil || !said || shows
}
