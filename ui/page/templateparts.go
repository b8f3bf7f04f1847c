package page

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// templateParts is the list of templates, and the one that is changed. For Fyne's goroutine.
type templateParts struct {
	content *fyne.Container
	setup   *view.TextSetup
	canvas  func() fyne.Canvas
	rows    *fyne.Container
	none    fyne.CanvasObject
	add     *widget.Button
	form    *fyne.Container
	name    *widget.Field
	text    *widget.Entry
	wrong   *widget.Paragraph
	save    *widget.Button
	drawn   []phone.TextTemplate
	shown   *view.TemplateForm
}

func newTemplateParts(t *view.TextSetup, canvas func() fyne.Canvas) *templateParts {
	p := &templateParts{setup: t, canvas: canvas, rows: flow(4), name: widget.NewField(lang.L("Name")), text: widget.NewMultiLine(3), wrong: widget.NewParagraph("", widget.Small)}
	p.none = widget.NewParagraph(lang.L("Templates are texts that are ready: type / in a new text to insert one."), widget.Small)
	p.add = widget.NewButton(lang.L("Add template"), widget.Plain, t.AddTemplate).WithIcon(theme.IconPlus)
	p.save = widget.NewButton(lang.L("Save"), widget.Filled, t.SaveTemplate)
	cancel := widget.NewButton(lang.L("Cancel"), widget.Plain, t.CancelTemplate)
	escape := func(key fyne.KeyName) bool {
		if key == fyne.KeyEscape {
			t.CancelTemplate()
		}
		return key == fyne.KeyEscape
	}
	p.name.Entry.OnKey, p.text.OnKey = escape, escape
	p.name.Entry.OnChanged = func(text string) {
		if f := t.Template; f != nil && f.Name != text {
			f.Name, f.NameError = text, ""
			p.name.SetError("")
		}
	}
	p.name.Entry.OnSubmitted = func(string) { t.SaveTemplate() }
	p.text.OnChanged = func(text string) {
		if f := t.Template; f != nil && f.Text != text {
			f.Text, f.TextError = text, ""
			say(p.wrong, "", theme.Danger)
		}
	}
	hint := widget.NewParagraph(lang.L("{name}, {first_name} and {number} are filled in when it is inserted."), widget.Small)
	inside := flow(1.5*theme.Grid, p.name, flow(theme.Grid/2, widget.Labelled(lang.L("Text"), p.text), p.wrong, hint), across(theme.Grid, p.save, cancel))
	p.form = container.NewStack(widget.NewCard(inside))
	title := titleWith(lang.L("Templates"), p.add)
	p.content = flow(theme.Grid/2, title, p.none, outward(p.rows), p.form)
	return p
}

// titleWith is the title of a part with what can be done at its right, whose words stand in line with the margin.
func titleWith(text string, add *widget.Button) fyne.CanvasObject {
	return container.NewBorder(nil, nil, middled(widget.NewSectionTitle(text)), container.New(layout.NewCustomPaddedLayout(0, 0, 0, -12), add))
}

func (p *templateParts) refresh() {
	t := p.setup
	show(p.form, t.Template != nil)
	setEnabled(p.add, t.Template == nil)
	if t.Template != p.shown {
		p.shown = t.Template
		p.begin()
	}
	if f := t.Template; f != nil {
		p.name.SetError(f.NameError)
		say(p.wrong, f.TextError, theme.Danger)
		p.mend(f)
	}
	p.draw()
	show(p.none, len(p.drawn) == 0 && t.Template == nil)
	p.content.Refresh()
}

// mend puts the cursor where something is wrong.
func (p *templateParts) mend(f *view.TemplateForm) {
	switch on := p.canvas(); {
	case on == nil:
	case f.NameError != "":
		on.Focus(p.name.Entry)
	case f.TextError != "":
		on.Focus(p.text)
	}
}

// begin shows the template that was opened, with the cursor in its name.
func (p *templateParts) begin() {
	if p.shown == nil {
		return
	}
	setEntry(p.name.Entry, p.shown.Name)
	p.text.SetText(p.shown.Text)
	if on := p.canvas(); on != nil {
		on.Focus(p.name.Entry)
	}
}

// draw shows the list, anew where it has changed.
func (p *templateParts) draw() {
	t := p.setup
	same := len(p.drawn) == len(t.Settings.Templates)
	for i := 0; same && i < len(p.drawn); i++ {
		same = p.drawn[i] == t.Settings.Templates[i]
	}
	if same {
		return
	}
	p.drawn = t.Settings.Templates
	p.rows.Objects = p.rows.Objects[:0]
	for i, one := range p.drawn {
		row := widget.NewLoneRow(theme.CallRow)
		row.OnTapped = func() { t.EditTemplate(i) }
		row.SetActions(
			widget.Action{Icon: theme.IconEdit, Tip: lang.L("Edit"), Tapped: func() { t.EditTemplate(i) }},
			widget.Action{Icon: theme.IconTrash, Tip: lang.L("Remove"), Tapped: func() { t.RemoveTemplate(i) }})
		row.Set(widget.RowContent{Icon: theme.IconTexts, Title: one.Name, Unread: true, Subtitle: strings.Join(strings.Fields(one.Text), " ")})
		p.rows.Add(row)
	}
	p.rows.Refresh()
}
