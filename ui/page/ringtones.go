package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// newRingingSection is where ring device, ringtone and how loud it rings are chosen and tried.
func newRingingSection(a *view.Audio, r *view.Ringtone) fyne.CanvasObject {
	device := newDevicePart(a, phone.RingDevice, lang.L("Rings on"))
	ringtone := widget.NewChoice(r.Options, r.Choose)
	test := widget.NewButton(lang.L("Test"), widget.Filled, a.TestRing).WithIcon(theme.IconBell)
	trouble, wrong := notice(), note()
	refresh := func() {
		device.show(a.Ring)
		ringtone.Set(r.Options, r.Chosen)
		tone := widget.Caution
		if a.Testing {
			tone = widget.Info
			test.Disable()
		} else {
			test.Enable()
		}
		showBanner(trouble, tone, a.Notice)
		say(wrong, r.Notice, theme.Danger)
	}
	onChange(&a.Changed, refresh)
	onChange(&r.Changed, refresh)
	refresh()
	return section(lang.L("Ringing"), nil, trouble,
		formPart(1.5*theme.Grid, widget.Labelled(lang.L("Ringtone"), ringtone), device.content, container.NewHBox(test), wrong))
}
