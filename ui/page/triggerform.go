package page

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// triggerForm is how one trigger is set. What is typed is kept once its field is left. For Fyne's goroutine.
type triggerForm struct {
	content  fyne.CanvasObject
	scroll   *container.Scroll
	column   *fyne.Container
	triggers *view.Triggers
	form     *view.TriggerForm

	on       *widget.Switch
	wrong    *widget.Banner // what concerns no field
	template *widget.Entry
	typed    bool              // the cursor was in the template
	mistake  *widget.Paragraph // what is wrong with the template
	preview  *widget.Paragraph
	count    *widget.Text
	wide     *widget.Paragraph
	delay    *widget.Choice
	minutes  *widget.Field
	who      *widget.Segmented
	once     *widget.Choice
	hours    *triggerHours
	calls    *triggerCalls
	number   *widget.Field
	test     *widget.Button
}

// senders are the choices of Send to, as they stand side by side.
var senders = []phone.TriggerWho{phone.TriggerAll, phone.TriggerContacts, phone.TriggerUnknown}

func newTriggerForm(m *view.Main) *triggerForm {
	t := m.Triggers
	f := &triggerForm{triggers: t, form: t.Form, wrong: notice(), mistake: widget.NewParagraph("", widget.Small), preview: widget.NewParagraph("", widget.Body)}
	f.mistake.SetColor(theme.Danger)
	f.on = widget.NewSwitch(lang.L("Send by itself"), func(on bool) { t.Switch(f.form.Name, on) })
	back := widget.NewIconButton(theme.IconArrowLeft, lang.L("Back"), t.Close)
	back.OnEscape = t.Close
	title := bar(theme.Grid/2, back, widget.NewText(f.form.Title, widget.Title))
	head := sized(0, theme.ButtonHeight, container.NewBorder(nil, nil, title, f.on))
	f.hours, f.calls = newTriggerHours(f.form, f.escape), newTriggerCalls(f.form)
	f.column = flow(3*theme.Grid, outwardLeft(head), widget.NewParagraph(f.form.About, widget.Small), f.wrong,
		f.text(), f.sending(), f.hours.content, f.calls.content, f.trial())
	show(f.calls.content, f.form.Name == phone.CallEndedTrigger)
	f.scroll = container.NewVScroll(inset(theme.PagePadding, container.New(&narrow{theme.FormWidth}, f.column)))
	f.content = f.scroll
	f.refresh()
	return f
}

// outwardLeft lets an icon button at the left stand in line with what is under it.
func outwardLeft(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layoutLeft(-theme.Grid), o)
}

// escape goes back to the list.
func (f *triggerForm) escape(key fyne.KeyName) bool {
	if key == fyne.KeyEscape {
		f.triggers.Close()
	}
	return key == fyne.KeyEscape
}

// text is the template, what can be inserted, and what it comes to.
func (f *triggerForm) text() fyne.CanvasObject {
	f.template = widget.NewMultiLine(4)
	f.template.OnChanged = f.form.Type
	f.template.OnFocus = func(in bool) {
		f.typed = true
		if !in {
			f.form.KeepTemplate()
		}
	}
	f.template.OnKey = f.escape
	chips := container.New(&wrapLayout{gap: theme.Grid / 2, line: theme.Grid / 2})
	for _, what := range view.TriggerPlaceholders {
		chips.Add(widget.NewChip(what, func() { f.insert(what) }))
	}
	f.count = widget.NewText("", widget.Small)
	f.wide = widget.NewParagraph("", widget.Small)
	preview := flow(theme.Grid/2, widget.NewCard(f.preview), f.count, f.wide)
	return flow(theme.Grid, widget.Labelled(lang.L("Text"), f.template), f.mistake, chips, sized(0, 0), widget.NewText(lang.L("Preview"), widget.Small), preview)
}

// insert puts a placeholder where the cursor is, or at the end where it never was in the text.
func (f *triggerForm) insert(what string) {
	if !f.typed {
		f.template.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
		f.template.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	}
	for _, r := range what {
		f.template.TypedRune(r)
	}
	if on := canvasOf(f.template); on != nil {
		on.Focus(f.template)
	}
}

// sending is when and to whom it is sent.
func (f *triggerForm) sending() fyne.CanvasObject {
	f.delay = widget.NewChoice(f.form.DelayWords(), f.form.ChooseDelay)
	f.minutes = widget.NewField(lang.L("Minutes"))
	f.minutes.Entry.OnChanged = func(text string) { f.form.Minutes = text }
	keptOnLeave(f.minutes.Entry, f.form.KeepMinutes, f.escape)
	f.who = widget.NewSegmented([]string{lang.L("Everybody"), lang.L("Only contacts"), lang.L("Only unknown")}, func(i int) { f.form.SetWho(senders[i]) })
	f.once = widget.NewChoice(f.form.OnceWords(), func(i int) { f.form.SetOnce(f.form.Spans[i]) })
	return flow(1.5*theme.Grid, widget.Labelled(lang.L("Delay"), f.delay), f.minutes, widget.Labelled(lang.L("Send to"), f.who),
		widget.Labelled(lang.L("At most once per number in"), f.once))
}

// keptOnLeave keeps what is typed in a line once it is left, and for Enter.
func keptOnLeave(e *widget.Entry, keep func(), escape func(fyne.KeyName) bool) {
	e.OnFocus = func(in bool) {
		if !in {
			keep()
		}
	}
	e.OnSubmitted = func(string) { keep() }
	e.OnKey = escape
}

// trial is where the text is tried.
func (f *triggerForm) trial() fyne.CanvasObject {
	f.number = widget.NewField(lang.L("Number"))
	f.number.Entry.OnChanged = func(text string) {
		if text != f.form.Number {
			f.form.Number, f.form.Said = text, ""
			delete(f.form.Errors, "number")
			f.sayTrial()
		}
	}
	f.number.Entry.OnSubmitted = func(string) { f.form.Test() }
	f.number.Entry.OnKey = f.escape
	f.test = widget.NewButton(lang.L("Send a test"), widget.Filled, f.form.Test)
	return flow(1.5*theme.Grid, widget.NewSectionTitle(lang.L("Test")), f.number, container.NewHBox(f.test))
}

// sayTrial says what became of the test, under its number.
func (f *triggerForm) sayTrial() {
	wrong, hint := f.form.Errors["number"], f.form.Said
	if f.form.Fails {
		wrong, hint = cmp.Or(wrong, f.form.Said), ""
	}
	f.number.SetHint(hint)
	f.number.SetError(wrong)
	f.column.Refresh()
}

// refresh shows how the trigger is set.
func (f *triggerForm) refresh() {
	form, one := f.form, f.form.Trigger
	showBanner(f.wrong, widget.Trouble, f.other())
	f.on.Set(one.On)
	if f.template.Text != form.Template {
		f.template.SetText(form.Template)
	}
	say(f.mistake, form.Errors["template"], theme.Danger)
	f.preview.SetText(form.Preview)
	f.count.SetText(form.Count)
	say(f.wide, form.Wide, theme.Warning)
	f.delay.Set(form.DelayWords(), form.DelayPlace())
	show(f.minutes, form.OtherDelay)
	if f.minutes.Text() != form.Minutes {
		f.minutes.SetText(form.Minutes)
	}
	f.minutes.SetError(form.Errors["delay"])
	f.who.SetSelected(max(0, slices.Index(senders, one.Who)))
	f.once.Set(form.OnceWords(), slices.Index(form.Spans, one.Once))
	f.hours.refresh()
	f.calls.refresh()
	if form.Testing {
		f.test.Disable()
	} else {
		f.test.Enable()
	}
	f.sayTrial()
}

// other is what is wrong beside what is said under a field.
func (f *triggerForm) other() string {
	for field, text := range f.form.Errors {
		if !slices.Contains([]string{"template", "hours", "from", "to", "days", "number"}, field) && (field != "delay" || !f.form.OtherDelay) {
			return text
		}
	}
	return ""
}
