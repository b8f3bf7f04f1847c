package ui

import (
	"context"
	"log/slog"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"github.com/callward/callward/phone"
	_ "github.com/callward/callward/ui/locale" // before Fyne reads it
	"github.com/callward/callward/ui/view"
)

// id names the program to the desktop.
const id = "org.callward.Callward"

// turn is how often it is looked whether another day has begun: the clock may be set, and
// the machine may sleep over midnight.
const turn = time.Minute

// Phone is the phone as the window needs it; *phone.Phone satisfies it.
type Phone interface {
	view.Phone
	feed
	// Levels are how loud microphone and speaker are, in dBov.
	Levels() (microphone, speaker float64)
	// Listen holds the microphone open for its level until ctx is done.
	Listen(ctx context.Context)
	view.RingtoneKeeper
	view.PreferenceKeeper
	// Quit asks the program to end.
	Quit()
}

// Request asks the window to come to the front.
type Request struct {
	// Number is put into the field where it is not empty, and called where Call is set.
	Number string
	Call   bool
}

// Config is what the window is made of.
type Config struct {
	Phone   Phone
	Numbers view.Numbers
	// Door is where requests come in to bring the window to the front, the first
	// of them for the start.
	Door <-chan Request
	// Backup writes all data to a new file.
	Backup func(ctx context.Context, file string) error
	// Files brings contacts and the blacklist into files and back.
	Files view.Files
	// Passwords says in a sentence where they are kept. It may wait for the keyring.
	Passwords func() string
	// Version and Profile (the data folder) are shown.
	Version, Profile string
	Log              *slog.Logger
}

// Run shows the window until ctx is done. It must be called from the main
// goroutine of the program, once, after Check.
func Run(ctx context.Context, cfg Config) {
	a := app.NewWithID(id)
	b := newBridge(ctx)
	words := newWords(ctx, cfg)
	m := view.NewMain(cfg.Phone, b, words, cfg.Numbers, time.Now)
	m.Files = cfg.Files
	m.Home, _ = os.UserHomeDir() // without one the paths of files are typed whole
	m.Greetings.Home = m.Home
	w := newWindow(a, b, m, words, cfg)
	newRinger(a, m, w)
	ctx, end := context.WithCancel(ctx)
	defer end()
	b.follow(cfg.Phone, func(events []phone.Event, s phone.Snapshot) {
		for _, e := range events {
			m.Happened(e)
			w.happened(e)
		}
		m.Show(s)
	}, end)
	stop := quitAfter(ctx, a, b)
	defer stop()
	b.admit(cfg.Door, w.open)
	b.every(turn, m.Turn)
	a.Lifecycle().SetOnEnteredForeground(func() { m.Look(true) })
	a.Lifecycle().SetOnExitedForeground(func() { m.Look(false) })
	m.Start(cfg.Phone.Snapshot())
	a.Run()
	b.close()
}

// quitAfter ends the screen once ctx is done, in the one way in which Fyne does
// not panic now and then. App.Quit closes the windows first, and a mouse that moves
// meanwhile meets one that is closed. The preferences, which nothing here uses, are
// saved beside the end of the queue that they go through.
func quitAfter(ctx context.Context, a fyne.App, b *bridge) (stop func() bool) {
	if saves, ok := a.Lifecycle().(interface{ SetOnStoppedHookExecuted(func()) }); ok {
		saves.SetOnStoppedHookExecuted(nil)
	}
	return context.AfterFunc(ctx, func() { b.leave(a.Driver().Quit) })
}
