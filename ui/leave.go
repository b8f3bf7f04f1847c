package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/widget"
)

const (
	// trayTold is the setting that remembers that the user knows where the window went.
	trayTold = "ui.tray-told"
	// trayTimeout is how long the desktop may take to say whether it has a tray.
	trayTimeout = time.Second
)

// close is what the close button does: the phone stays in the tray, where there is one.
func (w *window) close() {
	if w.tray == nil {
		w.quit()
		return
	}
	shown := false
	w.bridge.Do(func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, trayTimeout)
		defer cancel()
		shown = trayShown(ctx)
		return nil
	}, func(error) {
		if !shown {
			w.quit()
			return
		}
		w.win.Hide()
		w.main.Look(false)
		w.tellOfTray()
	})
}

// tellOfTray tells where the window went, the first time.
func (w *window) tellOfTray() {
	var told string
	w.bridge.Do(func(ctx context.Context) (err error) {
		if told, err = w.cfg.Phone.Setting(ctx, trayTold); err != nil || told != "" {
			return err
		}
		return w.cfg.Phone.SetSetting(ctx, trayTold, "yes")
	}, func(error) { // told once more is better than never
		if told == "" {
			w.notify(lang.L("Callward is in the tray"), lang.L("Calls still ring. To end it, choose Quit there."))
		}
	})
}

// quit ends the program, after asking while a call is up.
func (w *window) quit() {
	switch {
	case !w.main.Cards.Up():
		w.cfg.Phone.Quit()
	case w.asks == nil:
		w.ask()
	}
}

// ask asks whether a call is to be ended for that, while there is one.
func (w *window) ask() {
	w.show()
	stay := widget.NewButton(lang.L("Stay"), widget.Plain, w.stay)
	end := widget.NewButton(lang.L("End the call and quit"), widget.Danger, w.cfg.Phone.Quit)
	w.asks = widget.ShowSheet(w.win.Canvas(), lang.L("A call is up"),
		widget.NewParagraph(lang.L("If Callward quits, the call ends."), widget.Body), stay, stay, end)
}

// stay takes the question away.
func (w *window) stay() {
	if w.asks != nil {
		w.asks.Close()
		w.asks = nil
	}
}
