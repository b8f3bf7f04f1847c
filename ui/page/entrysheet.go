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

// entrySheets shows the window Add Blacklist Numbers while there is one.
type entrySheets struct {
	shell *Shell
	form  *view.EntryForm
	open  *entrySheet
}

func newEntrySheets(s *Shell) *entrySheets {
	e := &entrySheets{shell: s}
	onChange(&s.main.Changed, e.draw)
	return e
}

func (e *entrySheets) draw() {
	form, on := e.shell.main.Adding, canvasOf(e.shell.root)
	if form == e.form || on == nil {
		return
	}
	if e.open != nil {
		e.open.sheet.Close()
		e.open = nil
	}
	if e.form = form; form != nil {
		e.open = newEntrySheet(on, form)
	}
}

// entrySheet is the window. For Fyne's goroutine.
type entrySheet struct {
	form  *view.EntryForm
	sheet *widget.Sheet

	number  *widget.Field
	offers  *fyne.Container
	country *widget.Choice
	change  fyne.CanvasObject // what is on the list already
	name    *widget.Field
	mode    *widget.Radio
	whole   *widget.Check
	shared  *widget.Paragraph
	more    *widget.Button
	rare    *fyne.Container
	expires *widget.Choice
	date    *widget.Field
	lately  *widget.Paragraph
	failed  *widget.Paragraph
	save    *widget.Button
}

// modesOf are the modes in the order of the radio buttons.
var modesOf = []phone.Mode{phone.AllowVoicemails, phone.BlockAll}

func newEntrySheet(on fyne.Canvas, form *view.EntryForm) *entrySheet {
	s := &entrySheet{form: form, offers: column(0), lately: note(), failed: note(), shared: widget.NewParagraph("", widget.Small)}
	s.makeFields()
	s.mode = widget.NewRadio([]string{lang.L("Block and Allow Voicemails"), lang.L("Block all communications")}, func(i int) { form.SetMode(modesOf[i]) })
	s.whole = widget.NewCheck(lang.L("Block Contact"), form.SetWhole)
	s.change = container.NewHBox(widget.NewButton(lang.L("Change it"), widget.Tonal, form.EditTaken))
	s.expires = widget.NewChoice(form.ExpiresChoices(), form.SetExpires)
	s.rare = flow(theme.Grid, widget.Labelled(lang.L("Expires"), s.expires), s.date)
	s.rare.Hide()
	s.more = widget.NewButton(lang.L("More"), widget.Plain, func() { s.unfold(!s.rare.Visible()) }).WithIcon(theme.IconChevronRight)
	cancel := widget.NewButton(lang.L("Cancel"), widget.Plain, form.Cancel)
	s.save = widget.NewButton(lang.L("Add"), widget.Filled, form.Save)
	s.more.OnEscape = form.Cancel
	content := scrolled(on, flow(1.5*theme.Grid,
		s.number, s.offers, s.country, s.change, s.name, s.mode, flow(0, s.whole, s.shared), s.lately, outward(container.NewHBox(s.more)), s.rare, s.failed))
	onChange(&form.Changed, s.draw)
	var first fyne.Focusable
	if s.number.Visible() {
		first = s.number.Entry
	}
	s.prepare()
	s.sheet = widget.ShowSheet(on, s.title(), content, first, cancel, s.save)
	if form.Expires > 0 {
		s.unfold(true)
	}
	s.draw()
	return s
}

// makeFields makes what is typed into.
func (s *entrySheet) makeFields() {
	form := s.form
	label := lang.L("Number or contact")
	if form.Kind == phone.KindPrefix {
		label = lang.L("Numbers that begin with")
	}
	s.number, s.name, s.date = widget.NewField(label), widget.NewField(lang.L("Name")), widget.NewField(lang.L("Last day"))
	if form.Kind == phone.KindPrefix {
		s.number.SetHint(lang.L("Such as +1900, or choose a country."))
	}
	s.date.SetHint(lang.L("As 2026-12-31."))
	countries := form.Countries()
	names := []string{lang.L("A country…")}
	for _, c := range countries {
		names = append(names, c.Name+"  "+c.Prefix)
	}
	s.country = widget.NewChoice(names, func(i int) {
		if i > 0 {
			form.TypePrefix(countries[i-1])
		}
	})
	s.number.SetText(form.Text)
	s.name.SetText(form.Name)
	s.date.SetText(form.Date)
	s.number.Entry.OnChanged = form.Type
	s.name.Entry.OnChanged = form.SetName
	s.date.Entry.OnChanged = func(text string) { form.Date = text }
	s.number.Entry.OnSubmitted = func(string) {
		if !form.Take() {
			form.Save()
		}
	}
	for _, field := range []*widget.Field{s.name, s.date} {
		field.Entry.OnSubmitted = func(string) { form.Save() }
		field.Entry.OnKey = s.cancelKey
	}
	s.number.Entry.OnKey = s.numberKey
}

func (s *entrySheet) cancelKey(key fyne.KeyName) bool {
	if key == fyne.KeyEscape {
		s.form.Cancel()
	}
	return key == fyne.KeyEscape
}

// numberKey takes the arrows that choose among the offers.
func (s *entrySheet) numberKey(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyDown:
		s.form.Move(1)
	case fyne.KeyUp:
		s.form.Move(-1)
	default:
		return s.cancelKey(key)
	}
	return true
}

func (s *entrySheet) title() string {
	switch {
	case s.form.Editing != "":
		return lang.L("Change entry")
	case s.form.Through && s.form.Kind == phone.KindContacts:
		return lang.L("Always let all contacts through")
	case s.form.Through:
		return lang.L("Always let through")
	case s.form.Kind == phone.KindHidden:
		return lang.L("Block hidden callers")
	case s.form.Kind == phone.KindPrefix:
		return lang.L("Block a prefix or country")
	}
	return lang.L("Add Blacklist Numbers")
}

// prepare leaves out what a kind has not.
func (s *entrySheet) prepare() {
	form := s.form
	typed := form.Kind == phone.KindNumber || form.Kind == phone.KindPrefix
	show(s.number, typed)
	show(s.country, form.Kind == phone.KindPrefix)
	show(s.name, form.Kind != phone.KindContacts && form.Kind != phone.KindHidden)
	show(s.mode, !form.Through)
	show(s.whole, form.Kind == phone.KindNumber && !form.Through)
}

// unfold shows what is rarely wanted, or puts it away.
func (s *entrySheet) unfold(on bool) {
	show(s.rare, on)
	if on {
		s.more.SetText(lang.L("Less"))
		s.more.WithIcon(theme.IconChevronDown)
	} else {
		s.more.SetText(lang.L("More"))
		s.more.WithIcon(theme.IconChevronRight)
	}
	s.draw()
}

// draw shows what has changed.
func (s *entrySheet) draw() {
	form := s.form
	setEntry(s.number.Entry, form.Text)
	setEntry(s.name.Entry, form.Name)
	s.number.SetError(form.NumberError)
	s.name.SetError(form.NameError)
	s.date.SetError(form.ExpiresError)
	if form.ExpiresError != "" {
		show(s.rare, true)
	}
	s.drawOffers()
	show(s.change, form.Taken != nil)
	for i, m := range modesOf {
		if m == form.Mode {
			s.mode.SetSelected(i)
		}
	}
	s.drawWhole()
	s.expires.Set(form.ExpiresChoices(), form.Expires)
	show(s.date, form.Expires == len(form.ExpiresChoices())-1)
	if s.date.Text() != form.Date {
		s.date.SetText(form.Date)
	}
	say(s.lately, form.Lately, theme.Secondary)
	say(s.failed, form.Failed, theme.Danger)
	if form.Saving {
		s.save.Disable()
	} else {
		s.save.Enable()
	}
	verb := lang.L("Add")
	if form.Editing != "" {
		verb = lang.L("Save")
	}
	if verb != s.save.Text() {
		s.save.SetText(verb)
	}
	if s.sheet != nil {
		s.sheet.Relay()
	}
}

func (s *entrySheet) drawWhole() {
	form, text := s.form, lang.L("Block Contact")
	if form.More > 0 {
		text = lang.N("Block Contact ({{.Count}} more numbers)", form.More, map[string]any{"Count": form.More})
	}
	s.whole.SetText(text)
	s.whole.Set(form.Whole)
	if !form.Known() {
		s.whole.Disable()
	} else {
		s.whole.Enable()
	}
	say(s.shared, form.Shared, theme.Secondary)
}

// drawOffers shows the numbers of contacts that may be meant.
func (s *entrySheet) drawOffers() {
	form := s.form
	for i := len(s.offers.Objects); i < len(form.Offers); i++ {
		s.offers.Add(newMatchRow(func() { s.form.Pick(i) }))
	}
	for i, o := range s.offers.Objects {
		show(o, i < len(form.Offers))
		if i < len(form.Offers) {
			offer := form.Offers[i]
			number := offer.Number
			if offer.Label != "" {
				number = labelText(offer.Label) + "  " + number
			}
			o.(*matchRow).set(view.Party{Title: offer.Contact.Title(), Number: number, Name: offer.Contact.Title()}, i == form.Chosen)
		}
	}
	show(s.offers, len(form.Offers) > 0)
}

// labelText is the label of a contact's number in the user's language, where it is one of those that are known.
func labelText(label string) string {
	if _, known := labelWords[label]; known {
		return lang.L(labelWords[label])
	}
	return label
}

var labelWords = map[string]string{
	"mobile": "mobile", "work": "work", "home": "home", "main": "main", "fax": "fax", "pager": "pager", "other": "other number",
}

// scrolled gives what is typed the width of a form, and lets it scroll in a window that is too low for it.
func scrolled(on fyne.Canvas, parts fyne.CanvasObject) fyne.CanvasObject {
	const margin float32 = 14 // what reaches out at the left, with the outline of the focus
	scroll := container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, margin, margin), parts))
	return container.New(layout.NewCustomPaddedLayout(0, 0, -margin, -margin), container.New(&low{theme.FormWidth - 2*theme.PagePadding + 2*margin, on, scroll}, scroll))
}

// low gives a scroll that width, and the height of what is in it, as far as the window has room.
type low struct {
	width  float32
	on     fyne.Canvas
	scroll *container.Scroll
}

// MinSize is for Fyne.
func (l *low) MinSize([]fyne.CanvasObject) fyne.Size {
	const around = 190 // title, buttons and margins
	return fyne.NewSize(l.width, min(l.scroll.Content.MinSize().Height, max(120, l.on.Size().Height-around)))
}

// Layout is for Fyne.
func (l *low) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, 0, size.Width, size.Height)
}
