package page

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/widget"
)

// undoBanner says across a page what was done, and offers to undo it, or says what went wrong. For Fyne's goroutine.
type undoBanner struct {
	object fyne.CanvasObject // the banner with its margin
	banner *widget.Banner
	undo   *widget.Button
}

func newUndoBanner(undo, forget func()) *undoBanner {
	b := &undoBanner{undo: widget.NewButton(lang.L("Undo"), widget.Plain, undo)}
	b.banner = widget.NewBanner(widget.Info, "", b.undo)
	b.banner.OnClose = forget
	b.object = padded(b.banner)
	return b
}

// show says what was done; the first of what failed, where there is any, goes before it.
func (b *undoBanner) show(done string, undoes bool, failed ...string) {
	tone, text := widget.Trouble, cmp.Or(failed...)
	show(b.undo, undoes && text == "")
	if text == "" {
		tone, text = widget.Info, done
	}
	show(b.object, text != "")
	if text != "" {
		b.banner.Set(tone, text)
	}
}
