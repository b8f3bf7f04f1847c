package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/view"
)

// tray is the icon in the tray of the desktop: the state of the line, and a menu.
// Fyne's goroutine owns it.
type tray struct {
	desk  desktop.App
	level view.Level
	icons map[view.Level]fyne.Resource // those that were drawn
}

// newTray sets up the icon; it is for before the program runs. It returns nil where
// no tray can be, nor come later.
func newTray(w *window) *tray {
	desk, ok := w.app.(desktop.App)
	if !ok {
		return nil
	}
	if _, err := sessionBus(); err != nil && !ownTray {
		return nil // Fyne's tray would take the program down as it ends
	}
	t := &tray{desk: desk, icons: map[view.Level]fyne.Resource{}}
	t.draw()
	desk.SetSystemTrayMenu(fyne.NewMenu("Callward",
		fyne.NewMenuItem(lang.L("Open"), w.show),
		fyne.NewMenuItem(lang.L("Quit"), w.quit),
	))
	return t
}

// show shows how the line does.
func (t *tray) show(level view.Level) {
	if t == nil || level == t.level {
		return
	}
	t.level = level
	t.draw()
}

func (t *tray) draw() {
	if t.icons[t.level] == nil {
		t.icons[t.level] = trayIcon(t.level)
	}
	t.desk.SetSystemTrayIcon(t.icons[t.level])
}
