package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// callsNothing says why no call is shown, and what to do. For Fyne's goroutine.
type callsNothing struct {
	holder *fyne.Container
	why    string
}

func newCallsNothing() *callsNothing { return &callsNothing{holder: container.NewStack()} }

// show says it where the list of c is empty.
func (n *callsNothing) show(c *Calls) {
	calls := c.main.Calls
	why := ""
	var action *widget.Button
	switch {
	case !calls.Empty() || calls.Notice != "":
	case calls.Search() != "":
		why = lang.L("No call fits “{{.Text}}”.", map[string]any{"Text": calls.Search()})
		action = widget.NewButton(lang.L("Clear search"), widget.Tonal, func() { c.search.SetText("") })
	case calls.Missed():
		why = lang.L("No missed calls.")
		action = widget.NewButton(lang.L("Show all calls"), widget.Tonal, func() { c.choose(0) })
	default:
		why = lang.L("No calls yet. The first one will stand here.")
		action = widget.NewButton(lang.L("Open the dial pad"), widget.Tonal, func() { c.main.Go(view.PageHome) })
	}
	if why == n.why {
		return
	}
	n.why = why
	n.holder.RemoveAll()
	if why != "" {
		icon := theme.IconPhone
		if calls.Search() != "" {
			icon = theme.IconSearch
		}
		n.holder.Add(widget.NewEmptyState(icon, why, action))
	}
}
