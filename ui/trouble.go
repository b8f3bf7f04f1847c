package ui

import (
	"context"

	"fyne.io/fyne/v2/app"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/page"
	"github.com/callward/callward/ui/theme"
)

// ShowTrouble says in a window why the program cannot start, until that is closed or
// ctx is done: who starts it by its icon reads no terminal. It must be called from the
// main goroutine of the program, after Check and instead of Run.
func ShowTrouble(ctx context.Context, fault error) {
	ctx, end := context.WithCancel(ctx)
	defer end()
	a := app.NewWithID(id)
	a.Settings().SetTheme(theme.New(theme.System))
	a.SetIcon(theme.AppIcon())
	b := newBridge(ctx)
	defer b.close()
	text := phone.Sentence(fault)
	if s, err := readSentences(); err == nil && speak("") == nil { // else in English
		text = s.say(text)
	}
	w := a.NewWindow("Callward")
	content, button := page.NewTrouble(text, end)
	w.SetPadded(false)
	w.SetContent(content)
	w.SetFixedSize(true)
	w.SetCloseIntercept(end)
	w.CenterOnScreen()
	stop := quitAfter(ctx, a, b)
	defer stop()
	w.Show()
	w.Canvas().Focus(button)
	a.Run()
}
