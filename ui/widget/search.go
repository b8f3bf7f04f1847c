package widget

import "github.com/callward/callward/ui/theme"

// NewSearch returns a line to search in, with a magnifying glass, and a cross that empties it once something
// is typed. Changed is called with what is typed.
func NewSearch(placeholder string, changed func(text string)) *Entry {
	e := NewEntry()
	e.SetPlaceHolder(placeholder)
	e.Icon = theme.IconSearch.In(theme.Secondary)
	empty := NewIconButton(theme.IconClose, "", func() { e.SetText("") })
	empty.Hide()
	e.ActionItem = empty
	e.OnChanged = func(text string) {
		show(empty, text != "")
		if changed != nil {
			changed(text)
		}
	}
	e.Refresh()
	return e
}
