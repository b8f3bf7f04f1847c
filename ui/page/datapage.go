package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// newDataSection says where the data lies, and backs it up.
func newDataSection(d *view.DataState) fyne.CanvasObject {
	where := widget.NewText(d.Path, widget.Body).Shrink()
	where.SetColor(theme.Text)
	open := widget.NewButton(lang.L("Open folder"), widget.Tonal, d.OpenFolder).WithIcon(theme.IconFolder)
	target := widget.NewField(lang.L("File of the backup"))
	target.SetText(d.Target)
	target.Entry.OnChanged = func(text string) { d.Target = text }
	target.Entry.OnSubmitted = func(string) { d.Backup() }
	backup := widget.NewButton(lang.L("Back up"), widget.Filled, d.Backup)
	notice := note()
	passwords := widget.NewParagraph(d.Passwords, widget.Body)
	refresh := func() {
		passwords.SetText(d.Passwords)
		target.SetError(d.Error)
		if d.Working {
			backup.Disable()
		} else {
			backup.Enable()
		}
		say(notice, d.Notice, theme.Text)
	}
	onChange(&d.Changed, refresh)
	refresh()
	return section(lang.L("Data"), nil,
		flow(theme.Grid,
			widget.NewSectionTitle(lang.L("Folder")),
			widget.NewParagraph(lang.L("Calls, accounts and settings are in this folder, on this computer alone."), widget.Body),
			where, passwords, container.NewHBox(open)),
		formPart(1.5*theme.Grid,
			widget.NewSectionTitle(lang.L("Backup")),
			target, container.NewHBox(backup), notice),
	)
}
