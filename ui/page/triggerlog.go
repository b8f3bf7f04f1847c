package page

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// triggerLog is what the triggers did, on the second tab of their section; head and filter stand over it. For Fyne's goroutine.
type triggerLog struct {
	log     *view.TriggerLog
	content fyne.CanvasObject
	head    fyne.CanvasObject
	filter  *widget.Segmented

	search  *widget.Entry
	notice  *widget.Banner
	warned  fyne.CanvasObject
	list    *widget.List
	empty   fyne.CanvasObject
	none    *widget.Paragraph
	details *triggeredDetails
}

// outcomes are the choices of the filter, as they stand side by side.
var outcomes = []phone.TriggerOutcome{"", phone.TriggerSent, phone.TriggerWithheld}

func newTriggerLog(m *view.Main) *triggerLog {
	l := m.TriggerLog
	s := &triggerLog{log: l, none: note(), notice: notice(), details: newTriggeredDetails(l)}
	s.search = widget.NewSearch(lang.L("Search"), func(text string) {
		if text != l.Search() {
			s.list.ScrollToTop()
			l.Find(text)
		}
	})
	s.head = container.New(&wide{200}, s.search)
	s.filter = widget.NewSegmented([]string{lang.L("All"), lang.L("Sent"), lang.L("Not sent")}, func(i int) {
		s.list.ScrollToTop()
		l.Show(outcomes[i])
	})
	s.list = widget.NewList(theme.CallRow, l.Len, s.drawRow)
	s.list.OnActivate = func(i int) {
		if row, ready := l.Row(i); ready {
			l.Unfold(row)
		}
	}
	s.list.OnKey = func(i int, key fyne.KeyName) {
		if row, ready := l.Row(i); ready && key == fyne.KeyEscape && l.IsOpen(row) {
			l.Unfold(row)
		}
	}
	s.empty = widget.NewEmptyState(theme.IconTexts, lang.L("No trigger has done anything yet. What is sent stands here, and what is not sent, with the reason."), nil)
	const listPad = theme.PagePadding - 12 // rows have 12 of their own
	s.warned = padded(s.notice)
	body := container.NewStack(container.New(layout.NewCustomPaddedLayout(0, 0, listPad, listPad), s.list), padded(container.NewStack(s.empty, s.none)))
	foot := container.New(layout.NewCustomPaddedLayout(0, 2*theme.Grid, 0, 0), s.details.holder)
	s.content = container.NewBorder(s.warned, foot, nil, nil, body)
	onChange(&l.Changed, s.refresh)
	s.refresh()
	return s
}

func (s *triggerLog) drawRow(i int, row *widget.Row) {
	shown, ready := s.log.Row(i)
	if !ready {
		row.Set(widget.RowContent{})
		row.SetActions()
		return
	}
	content := widget.RowContent{
		Icon: triggerIcon(shown.Trigger), Title: shown.Party.Title, Unread: true, Subtitle: shown.Outcome + "  ·  " + shown.Event,
		Cells: []widget.Cell{{Text: shown.What, Width: 90}, {Text: shown.When, Width: 124}}, Selected: s.log.IsOpen(shown),
	}
	if shown.Failed {
		content.SubtitleColor = theme.Danger
	}
	row.Set(content)
	if s.log.OnThread != nil && shown.Number != "" {
		row.SetActions(widget.Action{Icon: theme.IconTexts, Tip: lang.L("Open the thread"), Tapped: func() { s.log.Thread(shown) }})
	} else {
		row.SetActions()
	}
}

// refresh shows the presenter's list; only rows that can be seen are drawn.
func (s *triggerLog) refresh() {
	l := s.log
	if l.Search() != s.search.Text {
		s.search.SetText(l.Search())
	}
	s.filter.SetSelected(max(0, slices.Index(outcomes, l.Outcome)))
	showBanner(s.notice, widget.Trouble, l.Notice)
	show(s.warned, l.Notice != "")
	chosen := l.Search() != "" || l.Outcome != ""
	show(s.empty, l.Empty() && !chosen)
	text := ""
	if l.Empty() && chosen {
		text = lang.L("Nothing on this list fits.")
	}
	say(s.none, text, theme.Secondary)
	show(s.list, l.Len() > 0)
	s.details.show()
	s.list.Refresh()
	s.content.Refresh()
}

// triggeredDetails is the card of a row that is open.
type triggeredDetails struct {
	*facts
	log    *view.TriggerLog
	thread *widget.Button
}

func newTriggeredDetails(l *view.TriggerLog) *triggeredDetails {
	d := &triggeredDetails{log: l}
	d.thread = widget.NewButton(lang.L("Open the thread"), widget.Plain, func() {
		if row, ok := d.row(); ok {
			l.Thread(row)
		}
	})
	d.facts = newFacts(func() {
		if row, ok := d.row(); ok {
			l.Unfold(row)
		}
	}, d.thread)
	return d
}

func (d *triggeredDetails) row() (view.TriggeredRow, bool) {
	return d.log.Row(d.log.Place(d.log.IsOpen))
}

func (d *triggeredDetails) show() {
	row, ok := d.row()
	if d.log.Open == 0 || !ok {
		d.set("", "", nil)
		return
	}
	show(d.thread, d.log.OnThread != nil && row.Number != "")
	title := row.Party.Title
	if row.Party.Number != "" {
		title = fmt.Sprintf("%s  %s", title, row.Party.Number)
	}
	d.set(title, row.Text, row.Facts)
}
