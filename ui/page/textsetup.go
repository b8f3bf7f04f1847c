package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// textsSection is where texts are set: how they travel, templates and gateways or, while one is open, the form of a gateway.
// For Fyne's goroutine.
type textsSection struct {
	holder   *fyne.Container
	content  *container.Scroll
	main     *view.Main
	notice   *widget.Banner
	undo     *undoBanner
	parts    *fyne.Container
	way      *widget.Choice
	typing   *widget.Check
	sound    *widget.Check
	stop     *widget.Field
	start    *widget.Field
	template *templateParts
	gateways *gatewayParts
	form     *gatewayForm
	shown    *view.GatewayForm
	canvas   func() fyne.Canvas
}

func newTextsSection(m *view.Main, canvas func() fyne.Canvas) *textsSection {
	t := m.TextSetup
	s := &textsSection{main: m, canvas: canvas, notice: notice(), undo: newUndoBanner(t.Undo, t.Forget), holder: container.NewStack()}
	s.way = widget.NewChoice(t.Ways, t.ChooseWay)
	s.typing = widget.NewCheck(lang.L("Tell others that I am typing"), func(on bool) { t.Set(func(s *phone.TextSettings) { s.Composing = on }) })
	s.sound = widget.NewCheck(lang.L("Play a sound for a new text"), func(on bool) { t.Set(func(s *phone.TextSettings) { s.Sound = on }) })
	s.stop = s.words(lang.L("Words that end them, beside STOP"), lang.L("In other languages, with commas: STOPP, ARRET."), &t.Stop)
	s.start = s.words(lang.L("Words that begin them again, beside START"), "", &t.Start)
	s.template, s.gateways = newTemplateParts(t, canvas), newGatewayParts(m.Gateways)
	way := widget.Labelled(lang.L("First texts to a telephone number go by"), s.way)
	s.parts = flow(3*theme.Grid,
		flow(theme.Grid/2, formPart(0, way), sized(0, theme.Grid/2), s.typing, s.sound),
		s.template.content, s.gateways.content,
		formPart(1.5*theme.Grid, widget.NewSectionTitle(lang.L("Automatic texts")), s.stop, s.start))
	s.content = section(lang.L("Texts"), nil, s.notice, s.undo.banner, s.parts)
	onChange(&t.Changed, s.refresh)
	onChange(&m.Gateways.Changed, s.refresh)
	s.refresh()
	return s
}

// words is a line of words with commas between them.
func (s *textsSection) words(label, hint string, text *string) *widget.Field {
	f := widget.NewField(label)
	f.SetHint(hint)
	f.Entry.OnChanged = func(typed string) { *text = typed }
	keptOnLeave(f.Entry, s.main.TextSetup.KeepWords, func(fyne.KeyName) bool { return false })
	return f
}

// refresh shows how texts are set.
func (s *textsSection) refresh() {
	t, g := s.main.TextSetup, s.main.Gateways
	text := t.Notice
	if text == "" {
		text = g.Notice
	}
	showBanner(s.notice, widget.Trouble, text)
	s.undo.show(t.Undone, true)
	show(s.undo.banner, t.Undone != "")
	show(s.parts, t.Ready)
	s.way.Set(t.Ways, t.WayPlace())
	s.typing.Set(t.Settings.Composing)
	s.sound.Set(t.Settings.Sound)
	if s.stop.Text() != t.Stop {
		s.stop.SetText(t.Stop)
	}
	if s.start.Text() != t.Start {
		s.start.SetText(t.Start)
	}
	s.stop.SetError(t.Errors["stop-words"])
	s.start.SetError(t.Errors["start-words"])
	s.template.refresh()
	s.gateways.refresh()
	s.parts.Refresh()
	s.content.Refresh()
	s.showForm()
}

// showForm shows the form of a gateway in the place of the section while there is one.
func (s *textsSection) showForm() {
	g := s.main.Gateways
	was := s.shown
	s.shown = g.Form
	switch {
	case g.Form != nil && g.Form == was:
		s.form.refresh()
	case g.Form != nil:
		s.form = newGatewayForm(g, s.canvas)
		s.put(s.form.content)
		s.form.begin()
	case was != nil || len(s.holder.Objects) == 0:
		s.form = nil
		s.put(s.content)
	}
}

func (s *textsSection) put(o fyne.CanvasObject) {
	s.holder.Objects = []fyne.CanvasObject{o}
	s.holder.Refresh()
}
