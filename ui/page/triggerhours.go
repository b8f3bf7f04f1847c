package page

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// triggerHours is when a trigger sends. For Fyne's goroutine.
type triggerHours struct {
	content *fyne.Container
	form    *view.TriggerForm
	limit   *widget.Segmented
	set     *fyne.Container // what is set where it is not always
	days    []*widget.Chip  // as view.WeekDays
	from    *widget.Field
	to      *widget.Field
	wrong   *widget.Paragraph
}

func newTriggerHours(form *view.TriggerForm, escape func(fyne.KeyName) bool) *triggerHours {
	h := &triggerHours{form: form, from: widget.NewField(lang.L("From")), to: widget.NewField(lang.L("To")), wrong: widget.NewParagraph("", widget.Small)}
	h.limit = widget.NewSegmented([]string{lang.L("Always"), lang.L("On some days")}, func(i int) { form.LimitHours(i == 1) })
	days := bar(theme.Grid / 2)
	for i, day := range view.WeekDays {
		chip := widget.NewChip(dayWords()[i], func() { form.ToggleDay(day) })
		h.days = append(h.days, chip)
		days.Add(chip)
	}
	h.from.Entry.OnChanged = func(text string) { form.From = text }
	h.to.Entry.OnChanged = func(text string) { form.To = text }
	keptOnLeave(h.from.Entry, form.KeepHours, escape)
	keptOnLeave(h.to.Entry, form.KeepHours, escape)
	hint := widget.NewParagraph(lang.L("00:00 to 00:00 is the whole day. Hours that go over midnight belong to the day on which they begin."), widget.Small)
	h.set = flow(theme.Grid, days, across(theme.Grid, h.from, h.to), h.wrong, hint)
	h.content = flow(1.5*theme.Grid, widget.Labelled(lang.L("Working hours"), h.limit), h.set)
	return h
}

// dayWords are the days of a week in two letters, as view.WeekDays.
func dayWords() []string {
	return []string{lang.L("Mo"), lang.L("Tu"), lang.L("We"), lang.L("Th"), lang.L("Fr"), lang.L("Sa"), lang.L("Su")}
}

func (h *triggerHours) refresh() {
	f := h.form
	place := 0
	if f.InHours() {
		place = 1
	}
	h.limit.SetSelected(place)
	show(h.set, f.InHours())
	for i, day := range view.WeekDays {
		h.days[i].Set(f.OnDay(day))
	}
	if h.from.Text() != f.From {
		h.from.SetText(f.From)
	}
	if h.to.Text() != f.To {
		h.to.SetText(f.To)
	}
	say(h.wrong, cmp.Or(f.Errors["hours"], f.Errors["days"], f.Errors["from"], f.Errors["to"]), theme.Danger)
	h.set.Refresh()
	h.content.Refresh()
}

// triggerCalls chooses among calls that have ended. For Fyne's goroutine.
type triggerCalls struct {
	content   fyne.CanvasObject
	form      *view.TriggerForm
	direction *widget.Segmented
	answered  *widget.Segmented
}

// The choices of direction and answer, as they stand side by side.
var (
	directions = []phone.Direction{"", phone.In, phone.Out}
	answers    = []phone.TriggerAnswered{phone.AnyAnswer, phone.IfAnswered, phone.Unanswered}
)

func newTriggerCalls(form *view.TriggerForm) *triggerCalls {
	c := &triggerCalls{form: form}
	c.direction = widget.NewSegmented([]string{lang.L("Both"), lang.L("Incoming"), lang.L("Outgoing")}, func(i int) {
		form.SetCalls(directions[i], form.Trigger.Answered)
	})
	c.answered = widget.NewSegmented([]string{lang.L("Both"), lang.L("Answered"), lang.L("Not answered")}, func(i int) {
		form.SetCalls(form.Trigger.Direction, answers[i])
	})
	c.content = flow(1.5*theme.Grid, widget.Labelled(lang.L("Direction of the call"), c.direction), widget.Labelled(lang.L("Answered or not"), c.answered))
	return c
}

func (c *triggerCalls) refresh() {
	c.direction.SetSelected(max(0, slices.Index(directions, c.form.Trigger.Direction)))
	c.answered.SetSelected(max(0, slices.Index(answers, c.form.Trigger.Answered)))
}
