package page

import (
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// nextCallSheet asks whether the call that is up may end for the next one.
type nextCallSheet struct {
	shell *Shell
	sheet *widget.Sheet
}

func newNextCallSheet(s *Shell) {
	n := &nextCallSheet{shell: s}
	onChange(&s.main.Changed, n.draw)
}

func (n *nextCallSheet) draw() {
	m := n.shell.main
	switch on := canvasOf(n.shell.root); {
	case m.Next == nil && n.sheet != nil:
		n.sheet.Close()
		n.sheet = nil
	case m.Next != nil && n.sheet == nil && on != nil:
		text := lang.L("End and call")
		if m.Next.PickUp != "" {
			text = lang.L("End and pick up")
		}
		stay := widget.NewButton(lang.L("Stay"), widget.Plain, m.Stay)
		n.sheet = widget.ShowSheet(on, lang.L("A call is up"), n.text(m.Next), stay,
			stay, widget.NewButton(text, widget.Danger, m.EndAndCall))
	}
}

func (n *nextCallSheet) text(next *view.NextCall) *widget.Paragraph {
	if next.PickUp != "" {
		return widget.NewParagraph(lang.L("It ends when you pick up {{.Name}}.", map[string]any{"Name": next.Name}), widget.Body)
	}
	return widget.NewParagraph(lang.L("It ends when you call {{.Number}}.", map[string]any{"Number": next.Number}), widget.Body)
}
