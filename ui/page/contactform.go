package page

import (
	"fmt"
	"os"
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

// contactForm is what is typed about a contact. For Fyne's goroutine.
type contactForm struct {
	content  fyne.CanvasObject
	contacts *view.Contacts
	form     *view.ContactForm
	canvas   func() fyne.Canvas

	name, company *widget.Field
	numbers       *fyne.Container
	fields        []*widget.Field // of the numbers
	picture       *widget.Field
	unset         *widget.Button
	note          *widget.Entry
	wrong         *widget.Paragraph
	save          *widget.Button
	column, foot  *fyne.Container
}

func newContactForm(p *view.Contacts, canvas func() fyne.Canvas) *contactForm {
	f := &contactForm{contacts: p, form: p.Form, canvas: canvas, wrong: note(), numbers: flow(theme.Grid)}
	form := f.form
	f.name, f.company = f.field(lang.L("Name"), &form.Name), f.field(lang.L("Company"), &form.Company)
	f.picture = widget.NewField(lang.L("Picture"))
	f.picture.SetHint(lang.L("The path of a PNG, JPEG or GIF file."))
	f.picture.Entry.OnSubmitted = func(string) { f.submit() }
	f.picture.Entry.OnKey = f.escape
	f.unset = widget.NewButton(lang.L("Remove picture"), widget.Plain, func() {
		form.Picture = nil
		f.refresh()
	})
	f.note = widget.NewMultiLine(4)
	f.note.SetText(form.Note)
	f.note.OnChanged = func(text string) { form.Note = text }
	f.note.OnKey = f.escape
	f.save = widget.NewButton(lang.L("Save"), widget.Filled, f.submit)
	cancel := widget.NewButton(lang.L("Cancel"), widget.Plain, p.Cancel)
	add := widget.NewButton(lang.L("Add number"), widget.Plain, func() {
		form.AddNumber()
		f.drawNumbers()
		f.focus(f.fields[len(f.fields)-1].Entry)
	}).WithIcon(theme.IconPlus)
	title := lang.L("Add contact")
	if form.ID != "" {
		title = lang.L("Change contact")
	}
	f.column = flow(1.5*theme.Grid, widget.NewText(title, widget.Title), f.name, f.company,
		flow(theme.Grid/2, widget.NewText(lang.L("Numbers"), widget.Small), f.numbers, outward(container.NewHBox(add))),
		widget.Labelled(lang.L("Note"), f.note), f.picture, outward(container.NewHBox(f.unset)))
	f.foot = container.New(layout.NewCustomPaddedLayout(1.5*theme.Grid, 2*theme.Grid, theme.PagePadding, theme.PagePadding),
		flow(theme.Grid, f.wrong, across(theme.Grid, f.save, cancel)))
	scroll := container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, theme.PagePadding, theme.PagePadding, theme.PagePadding),
		container.New(&narrow{theme.FormWidth}, f.column)))
	f.content = container.NewBorder(nil, column(0, widget.NewHairline(), f.foot), nil, nil, scroll)
	f.drawNumbers()
	f.refresh()
	return f
}

func (f *contactForm) field(label string, text *string) *widget.Field {
	field := widget.NewField(label)
	field.SetText(*text)
	field.Entry.OnChanged = func(typed string) {
		*text = typed
		field.SetError("")
	}
	field.Entry.OnSubmitted = func(string) { f.submit() }
	field.Entry.OnKey = f.escape
	return field
}

// escape closes the form, where nothing was typed into it.
func (f *contactForm) escape(key fyne.KeyName) bool {
	if key != fyne.KeyEscape {
		return false
	}
	if !f.form.Touched() {
		f.contacts.Cancel()
	}
	return true
}

// drawNumbers makes a line for each number: which it is, and the number.
func (f *contactForm) drawNumbers() {
	f.numbers.Objects, f.fields = nil, nil
	for i := range f.form.Numbers {
		n := &f.form.Numbers[i]
		field := f.field("", &n.Text)
		labels := slices.Clone(view.Labels)
		if !slices.Contains(labels, n.Label) {
			labels = append(labels, n.Label)
		}
		shown := make([]string, len(labels))
		for j, label := range labels {
			shown[j] = labelText(label)
		}
		choice := widget.NewChoice(shown, func(j int) { n.Label = labels[j] })
		choice.Set(shown, slices.Index(labels, n.Label))
		drop := widget.NewIconButton(theme.IconClose, lang.L("Remove"), func() {
			f.form.RemoveNumber(i)
			f.drawNumbers()
		})
		f.fields = append(f.fields, field)
		left, right := container.New(topLeft{}, sized(124, theme.ButtonHeight, choice), sized(theme.Grid, 0)), container.New(topLeft{}, drop, sized(0, 0))
		f.numbers.Add(container.New(layout.NewBorderLayout(nil, nil, left, right), left, field, right)) // in the order of Tab
	}
	f.numbers.Refresh()
	if f.column != nil {
		f.column.Refresh()
	}
}

// topLeft sets its two objects side by side at their least size, at the top.
type topLeft struct{}

// MinSize is for Fyne.
func (topLeft) MinSize(objects []fyne.CanvasObject) fyne.Size {
	first, gap := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(first.Width+gap.Width, first.Height)
}

// Layout is for Fyne.
func (topLeft) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	first := objects[0].MinSize()
	place(objects[0], 0, 0, first.Width, first.Height)
}

// submit reads the picture, where one is named, and saves.
func (f *contactForm) submit() {
	if path := f.picture.Text(); path != "" {
		picture, err := readPicture(path)
		if err != nil {
			f.form.Errors = map[string]string{"picture": lang.L(phone.Sentence(err))}
			f.refresh()
			return
		}
		f.form.Picture = picture
		f.picture.SetText("")
	}
	f.contacts.Save()
}

// readPicture reads a picture that can be shown.
func readPicture(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil || !info.Mode().IsRegular(): // a pipe or a device may never end
		return nil, &phone.Error{Code: phone.CodeInvalid, Op: "picture", Err: fmt.Errorf("there is no such file: write its whole path")}
	case info.Size() > phone.MaxPicture:
		return nil, &phone.Error{Code: phone.CodeInvalid, Op: "picture", Err: fmt.Errorf("the picture can have %d KB at most", phone.MaxPicture>>10)}
	}
	picture, err := os.ReadFile(path)
	if err != nil || !widget.IsPicture(picture) {
		return nil, &phone.Error{Code: phone.CodeInvalid, Op: "picture", Err: fmt.Errorf("this is no PNG, JPEG or GIF file")}
	}
	return picture, nil
}

// refresh says what is wrong beside the fields.
func (f *contactForm) refresh() {
	errs := f.form.Errors
	f.name.SetError(errs["name"])
	f.picture.SetError(errs["picture"])
	for i, field := range f.fields {
		field.SetError(errs[fmt.Sprintf("number.%d", i)])
	}
	other := errs[""]
	for name, text := range errs {
		if name == "note" || name == "number" {
			other = text
		}
	}
	say(f.wrong, other, theme.Danger)
	show(f.unset, len(f.form.Picture) > 0)
	if f.form.Saving {
		f.save.Disable()
	} else {
		f.save.Enable()
	}
	f.column.Refresh()
	f.foot.Refresh()
}

func (f *contactForm) focus(o fyne.Focusable) {
	if on := f.canvas(); on != nil {
		on.Focus(o)
	}
}

// begin puts the cursor into the first field.
func (f *contactForm) begin() { f.focus(f.name.Entry) }
