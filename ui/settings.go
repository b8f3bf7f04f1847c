package ui

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"github.com/callward/callward/assets"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/page"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
)

// newSettings is the page of settings with all that it needs.
func (w *window) newSettings() *page.Settings {
	b, p := w.bridge, w.cfg.Phone
	home, _ := os.UserHomeDir() // without one the path of a backup is typed whole
	appearance := view.NewAppearance(p, b, w.words)
	mode := view.BySystem // as the window opens
	appearance.Changed = func() {
		if appearance.Mode != mode { // all is drawn anew for it
			mode = appearance.Mode
			w.app.Settings().SetTheme(theme.New(modes[mode]))
		}
	}
	ringtone := view.NewRingtone(p, b, w.words)
	s := page.NewSettings(w.main, page.SettingsDeps{
		Ringtone:   ringtone,
		Appearance: appearance,
		Data:       view.NewDataState(w.cfg.Profile, home, folder{w.app, w.cfg}, b, w.words, time.Now),
		About:      view.NewAbout(w.cfg.Version, assets.Licences),
		Listen:     w.listen,
		Canvas:     w.win.Canvas(),
	})
	appearance.Read()
	ringtone.Read()
	w.main.Audio.Read()
	return s
}

// modes are the theme's names for those of a view.
var modes = map[view.Mode]theme.Mode{view.BySystem: theme.System, view.Light: theme.Light, view.Dark: theme.Dark}

// listen holds the microphone open while its level is shown.
func (w *window) listen(on bool) {
	if w.deafen != nil {
		w.deafen()
		w.deafen = nil
	}
	if on {
		ctx, deafen := context.WithCancel(w.bridge.ctx)
		w.deafen = deafen
		w.bridge.work.Go(func() { w.cfg.Phone.Listen(ctx) })
	}
	w.beat()
}

// folder is the data folder.
type folder struct {
	app fyne.App
	cfg Config
}

// Backup implements view.DataKeeper.
func (f folder) Backup(ctx context.Context, file string) error { return f.cfg.Backup(ctx, file) }

// Passwords implements view.DataKeeper.
func (f folder) Passwords() string { return f.cfg.Passwords() }

// OpenFolder implements view.DataKeeper.
func (f folder) OpenFolder(context.Context) error {
	path := filepath.ToSlash(f.cfg.Profile)
	if filepath.VolumeName(f.cfg.Profile) != "" {
		path = "/" + path
	}
	if err := f.app.OpenURL(&url.URL{Scheme: "file", Path: path}); err != nil {
		return &phone.Error{Code: phone.CodeInternal, Op: "open folder", Err: err}
	}
	return nil
}
