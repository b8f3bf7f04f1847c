package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// triggersSection is the texts that are sent by themselves: the triggers or, while one is open, its form, and the log on the
// other tab. For Fyne's goroutine.
type triggersSection struct {
	main    *view.Main
	holder  *fyne.Container
	content fyne.CanvasObject

	tabs   *widget.Segmented
	notice *widget.Banner
	rows   *fyne.Container
	byName map[phone.TriggerName]*triggerRow
	list   fyne.CanvasObject
	log    *triggerLog
	form   *triggerForm
	shown  *view.TriggerForm
	// logging is set while the log is open, seen is told when that has changed.
	logging bool
	seen    func()
}

func newTriggersSection(m *view.Main, seen func()) *triggersSection {
	s := &triggersSection{
		main: m, holder: container.NewStack(), rows: flow(4), byName: map[phone.TriggerName]*triggerRow{}, notice: notice(), log: newTriggerLog(m), seen: seen,
	}
	s.tabs = widget.NewSegmented([]string{lang.L("Triggers"), lang.L("Log")}, func(i int) { s.open(i == 1) })
	hint := widget.NewParagraph(lang.L("These texts are sent without your doing. A blacklisted number never gets one, and who has sent STOP gets none until START."), widget.Small)
	rows := container.New(&narrow{settingsWidth}, flow(2*theme.Grid, s.notice, outward(s.rows), hint))
	s.list = container.NewVScroll(padded(rows))
	head := sectionHead(lang.L("Text Triggers"), s.log.head)
	bar := container.NewBorder(nil, nil, middled(s.tabs), middled(s.log.filter))
	top := column(0, padded(head), padded(bar))
	s.content = container.New(layout.NewCustomPaddedLayout(theme.PagePadding, 0, 0, 0), container.NewBorder(top, nil, nil, nil, container.NewStack(s.list, s.log.content)))
	s.holder.Objects = []fyne.CanvasObject{s.content}
	onChange(&m.Triggers.Changed, s.refresh)
	s.open(false)
	s.refresh()
	return s
}

// open opens one of the tabs.
func (s *triggersSection) open(log bool) {
	s.logging = log
	show(s.list, !log)
	show(s.log.content, log)
	show(s.log.head, log)
	show(s.log.filter, log)
	s.content.Refresh()
	s.seen()
}

func (s *triggersSection) refresh() {
	t := s.main.Triggers
	showBanner(s.notice, widget.Trouble, t.Notice)
	s.showRows()
	was := s.shown
	s.shown = t.Form // first: a field that loses the focus keeps what is typed, and calls this again
	switch {
	case t.Form != nil && t.Form == was:
		s.form.refresh()
	case t.Form != nil:
		s.form = newTriggerForm(s.main)
		s.put(s.form.content)
	case was != nil:
		s.form = nil
		s.put(s.content)
		if row, on := s.byName[was.Name], canvasOf(s.holder); row != nil && on != nil {
			on.Focus(row.row) // where the agent came from
		}
	}
	s.content.Refresh()
}

func (s *triggersSection) put(o fyne.CanvasObject) {
	s.holder.Objects = []fyne.CanvasObject{o}
	s.holder.Refresh()
}

// showRows shows the triggers; there are never more or fewer once they are read.
func (s *triggersSection) showRows() {
	for _, trigger := range s.main.Triggers.List {
		name := trigger.Trigger.Name
		row := s.byName[name]
		if row == nil {
			row = newTriggerRow(s.main.Triggers, name)
			s.byName[name] = row
			s.rows.Add(row.content)
		}
		row.show(trigger)
	}
}

// triggerIcon is the drawing of the event that a trigger follows.
func triggerIcon(name phone.TriggerName) theme.Icon {
	switch name {
	case phone.MissedCallTrigger:
		return theme.IconMissed
	case phone.VoicemailTrigger:
		return theme.IconVoicemail
	case phone.CallEndedTrigger:
		return theme.IconHangUp
	default:
		return theme.IconTexts
	}
}

// triggerRow is a trigger in the list, with its switch. For Fyne's goroutine.
type triggerRow struct {
	content fyne.CanvasObject
	row     *widget.LoneRow
	on      *widget.Switch
}

func newTriggerRow(t *view.Triggers, name phone.TriggerName) *triggerRow {
	r := &triggerRow{row: widget.NewLoneRow(theme.CallRow)}
	r.row.OnTapped = func() { t.Open(name) }
	r.row.SetActions(widget.Action{Icon: theme.IconEdit, Tip: lang.L("Edit"), Tapped: func() { t.Open(name) }})
	r.on = widget.NewSwitch(lang.L("Send by itself"), func(on bool) { t.Switch(name, on) })
	r.content = container.NewBorder(nil, nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, 0, 12), middled(r.on)), r.row)
	return r
}

func (r *triggerRow) show(trigger view.TriggerRow) {
	r.row.Set(widget.RowContent{Icon: triggerIcon(trigger.Trigger.Name), Title: trigger.Title, Unread: true, Subtitle: trigger.Summary})
	r.on.Set(trigger.Trigger.On)
}
