package ui

import (
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/view"
)

// titleOf is what the window is called: it says who is on the line, else what was missed.
func titleOf(m *view.Main) string {
	const name = "Callward"
	if m.Ringing.ID != "" {
		return name + ": " + lang.L("{{.Name}} is calling", map[string]any{"Name": m.Ringing.Party.Title})
	}
	for i := len(m.Cards.List) - 1; i >= 0; i-- {
		if card := m.Cards.List[i]; !card.Ended {
			return name + ": " + card.Party.Title
		}
	}
	if m.Missed > 0 {
		return name + ": " + lang.N("{{.Count}} missed calls", m.Missed, map[string]any{"Count": m.Missed})
	}
	if m.Texts.Unseen > 0 {
		return name + ": " + lang.N("{{.Count}} new texts", m.Texts.Unseen, map[string]any{"Count": m.Texts.Unseen})
	}
	return name
}

// entitle calls the window as it is to be called now.
func (w *window) entitle() {
	if title := titleOf(w.main); title != w.win.Title() {
		w.win.SetTitle(title)
	}
}
