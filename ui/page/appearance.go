package page

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// modes are the choices of Mode, as they stand side by side.
var modes = []view.Mode{view.BySystem, view.Light, view.Dark}

// newAppearanceSection is where light or dark and the language are chosen.
func newAppearanceSection(a *view.Appearance) fyne.CanvasObject {
	mode := widget.NewSegmented([]string{lang.L("As the system"), lang.L("Light"), lang.L("Dark")}, func(i int) { a.SetMode(modes[i]) })
	language := widget.NewSegmented([]string{lang.L("As the system"), "English", "Deutsch"}, func(i int) { a.SetLanguage(view.Languages[i]) })
	restart, wrong := note(), note()
	refresh := func() {
		mode.SetSelected(slices.Index(modes, a.Mode))
		language.SetSelected(slices.Index(view.Languages, a.Language))
		text := ""
		if a.Restart {
			text = lang.L("The language changes when Callward is started the next time.")
		}
		say(restart, text, theme.Secondary)
		say(wrong, a.Notice, theme.Danger)
	}
	onChange(&a.Changed, refresh)
	refresh()
	return section(lang.L("Appearance"), nil,
		widget.Labelled(lang.L("Light or dark"), mode),
		flow(theme.Grid, widget.Labelled(lang.L("Language"), language), restart),
		wrong,
	)
}
