package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// length is how many rows the list has: the threads and, below a title, the texts that were found.
func (t *Texts) length() int {
	p := t.main.Texts
	if n := len(p.Found); n > 0 {
		return p.Len() + 1 + n
	}
	return p.Len()
}

// found is the text that was found of a row; false for another row.
func (t *Texts) found(i int) (view.FoundText, bool) {
	p := t.main.Texts
	if at := i - p.Len() - 1; at >= 0 && at < len(p.Found) {
		return p.Found[at], true
	}
	return view.FoundText{}, false
}

func (t *Texts) drawRow(i int, row *widget.Row) {
	p := t.main.Texts
	row.SetActions()
	if f, ok := t.found(i); ok {
		row.Set(widget.RowContent{Title: f.Title, Subtitle: f.Snippet, Cells: []widget.Cell{{Text: f.When}}})
		if i == t.length()-1 {
			p.FindMore()
		}
		return
	}
	if i == p.Len() {
		row.Set(widget.RowContent{Title: lang.L("Found in texts"), Heading: true})
		return
	}
	shown, ready := p.Row(i)
	if !ready {
		row.Set(widget.RowContent{})
		return
	}
	t.drawn[i] = threadName(shown)
	content := threadContent(shown)
	content.Selected = p.Open != nil && p.Open.Number == shown.Number
	row.Set(content)
}

// threadName names a row's thread, also that of senders who hide.
func threadName(row view.ThreadRow) string { return "#" + row.Number }

// threadContent is how a thread looks in the list.
func threadContent(row view.ThreadRow) widget.RowContent {
	content := widget.RowContent{
		Title: row.Party.Title, Subtitle: row.Text, Unread: row.Unread > 0, Count: row.Unread, Cells: []widget.Cell{{Text: row.When}},
	}
	if row.Blocked {
		content.Title += " ⊘"
	}
	switch {
	case row.Draft:
		content.SubtitleColor = theme.Accent
	case row.Failed:
		content.SubtitleColor = theme.Danger
	}
	return content
}

// activate opens a thread, at what was found in it.
func (t *Texts) activate(i int) {
	if f, ok := t.found(i); ok {
		t.main.Texts.PickFound(f)
		return
	}
	if row, ready := t.main.Texts.Row(i); ready {
		t.main.Texts.Pick(row.Number)
	}
}

func (t *Texts) menu(i int, at fyne.Position) {
	p := t.main.Texts
	row, ready := p.Row(i)
	on := canvasOf(t.list)
	if !ready || on == nil {
		return
	}
	m := t.main
	widget.ShowMenu(on, at,
		widget.MenuItem{Icon: theme.IconTexts, Text: lang.L("Open"), Tapped: func() { p.Pick(row.Number) }},
		widget.MenuItem{Icon: theme.IconPhone, Text: lang.L("Call"), Disabled: row.Number == "", Tapped: func() { m.CallNumber(row.Number, "") }},
		widget.MenuItem{Icon: theme.IconCopy, Text: lang.L("Copy number"), Disabled: row.Number == "", Tapped: func() { copyText(row.Number) }},
		widget.MenuItem{},
		widget.MenuItem{Icon: theme.IconTrash, Text: lang.L("Delete thread"), Danger: true, Tapped: func() { p.DeleteThread(row) }})
}

// copyText puts a text into the clipboard.
func copyText(text string) { fyne.CurrentApp().Clipboard().SetContent(text) }

// key takes the keys of the list: Delete deletes a thread, Escape closes the one that is open.
func (t *Texts) key(i int, key fyne.KeyName) bool {
	p := t.main.Texts
	row, ready := p.Row(i)
	switch {
	case key == fyne.KeyDelete && ready:
		p.DeleteThread(row)
	case key == fyne.KeyEscape && t.lay.open():
		p.Close()
	default:
		return false
	}
	return true
}

// searchKey takes the arrow from the search to what was found, and Escape empties it.
func (t *Texts) searchKey(key fyne.KeyName) bool {
	switch {
	case key == fyne.KeyEscape && t.search.Text != "":
		t.search.SetText("")
	case key == fyne.KeyDown && t.length() > 0:
		canvasOf(t).Focus(t.list)
		first := 0
		if t.main.Texts.Len() == 0 { // the title of what was found
			first = 1
		}
		t.list.SetCurrent(first)
	default:
		return false
	}
	return true
}

// moved returns where the thread is that the keys are on, where another one came above it, or -1: Delete is never to meet
// another one.
func (t *Texts) moved() int {
	if on := canvasOf(t.list); on == nil || on.Focused() != fyne.Focusable(t.list) {
		return -1
	}
	at := t.list.Current()
	name := t.drawn[at]
	if name == "" {
		return -1
	}
	if now := t.main.Texts.Place(func(row view.ThreadRow) bool { return threadName(row) == name }); now != at {
		return now
	}
	return -1
}
