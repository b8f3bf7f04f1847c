package ui

import (
	"context"
	"html"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"github.com/godbus/dbus/v5"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/view"
)

// program is the name of the program's .desktop file and of its icon.
const program = "callward"

// notifyTimeout is how long a desktop may take to show a notification.
const notifyTimeout = 5 * time.Second

// notify shows a notification of the desktop, where it has such. It returns at once.
func (w *window) notify(title, text string) {
	title, text = harmless(title), harmless(text)
	w.bridge.Do(func(ctx context.Context) error {
		if ownTray {
			w.app.SendNotification(fyne.NewNotification(title, text))
			return nil
		}
		// Not by Fyne, which waits without an end, and complains where there is no bus.
		bus, err := sessionBus()
		if err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(ctx, notifyTimeout)
		defer cancel()
		hints := map[string]dbus.Variant{"desktop-entry": dbus.MakeVariant(program)}
		return bus.Object("org.freedesktop.Notifications", "/org/freedesktop/Notifications").CallWithContext(ctx,
			"org.freedesktop.Notifications.Notify", 0, "Callward", uint32(0), program, title, html.EscapeString(text), []string{}, hints, int32(-1)).Err
	}, func(error) {}) // a desktop without notifications has none: the window shows it all
}

// missed tells of a call that nobody took.
func (w *window) missed(call phone.Call) {
	who, number := w.caller(call)
	w.notify(lang.L("Missed call: {{.Name}}", map[string]any{"Name": who}), number)
}

// tells is whether an event is a voice message that the agent is told of: those of blocked callers are silent.
func tells(e phone.Event) bool {
	return e.Kind == phone.EventMessage && !e.Voicemail.Blocked && !e.Voicemail.BlockedNow
}

// left tells of a voice message.
func (w *window) left(v phone.Voicemail) {
	who, number := w.caller(phone.Call{Number: v.Number, Name: v.Name})
	w.notify(lang.L("Voicemail from {{.Name}}, {{.Length}}", map[string]any{"Name": who, "Length": view.Length(v.Length)}), number)
}

// texted tells of a text.
func (w *window) texted(t phone.Text) {
	who, text := w.main.Texts.Said(t)
	w.notify(lang.L("Text from {{.Name}}", map[string]any{"Name": who}), text)
}

// caller names who calls, and writes the number where that is another thing.
func (w *window) caller(call phone.Call) (who, number string) {
	if call.Number != "" {
		number = w.cfg.Numbers.Display(call.Number, "")
	}
	switch {
	case call.Name != "" && call.Name != call.Number:
		return call.Name, number
	case number != "":
		return number, ""
	}
	return lang.L("Hidden number"), ""
}

// harmless leaves out of a text from the network what a desktop may take for more
// than text. Fyne hands notifications to scripts: on Windows to PowerShell, where
// it quotes neither $ nor the quotation marks of typography.
func harmless(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case strings.ContainsRune("$`\"\\“”„‟", r), !unicode.IsPrint(r):
			return -1
		}
		return r
	}, text)
}
