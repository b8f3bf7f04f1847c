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

// gatewayParts is the list of gateways. For Fyne's goroutine.
type gatewayParts struct {
	content  *fyne.Container
	gateways *view.Gateways
	add      *widget.Button
	rows     *fyne.Container
	byID     map[phone.AccountID]*gatewayRow
	none     fyne.CanvasObject
}

func newGatewayParts(g *view.Gateways) *gatewayParts {
	p := &gatewayParts{gateways: g, rows: flow(4), byID: map[phone.AccountID]*gatewayRow{}}
	p.add = widget.NewButton(lang.L("Add gateway"), widget.Plain, g.Add).WithIcon(theme.IconPlus)
	p.none = widget.NewParagraph(lang.L("A gateway is a provider that takes texts over the internet, such as Twilio, where your accounts cannot send them."), widget.Small)
	title := titleWith(lang.L("Gateways"), p.add)
	p.content = flow(theme.Grid/2, title, p.none, outward(p.rows))
	return p
}

// refresh brings the rows in line with the gateways; a row that was there stays.
func (p *gatewayParts) refresh() {
	rows := make([]fyne.CanvasObject, len(p.gateways.List))
	known := make(map[phone.AccountID]*gatewayRow, len(rows))
	for i, gateway := range p.gateways.List {
		row := p.byID[gateway.ID]
		if row == nil {
			row = newGatewayRow(p.gateways, gateway.ID)
		}
		row.show(gateway)
		known[gateway.ID], rows[i] = row, row.content
	}
	p.byID, p.rows.Objects = known, rows
	show(p.none, len(rows) == 0)
	p.rows.Refresh()
	p.content.Refresh()
}

// gatewayRow is a gateway with its state and what is wrong with it; it asks before it is removed. For Fyne's goroutine.
type gatewayRow struct {
	content  *fyne.Container
	row      *widget.LoneRow
	gateways *view.Gateways
	id       phone.AccountID

	why            *widget.Paragraph
	wrong          fyne.CanvasObject
	question       fyne.CanvasObject // whether to remove it
	sure           *widget.Paragraph
	cancel, remove *widget.Button
	trial          fyne.CanvasObject // whom a test goes to
	number         *widget.Field
	send           *widget.Button
	tries          bool // the trial is shown
}

func newGatewayRow(g *view.Gateways, id phone.AccountID) *gatewayRow {
	r := &gatewayRow{row: widget.NewLoneRow(theme.CallRow), gateways: g, id: id, why: widget.NewParagraph("", widget.Body), sure: widget.NewParagraph("", widget.Body)}
	r.why.SetColor(theme.Danger)
	r.wrong = indented(container.New(layout.NewCustomPaddedLayout(0, theme.Grid, 0, 0), r.why))
	r.row.OnTapped = func() { g.Edit(id) }
	r.row.SetActions(
		widget.Action{Icon: theme.IconTexts, Tip: lang.L("Send a test"), Tapped: func() { g.Try(id) }},
		widget.Action{Icon: theme.IconEdit, Tip: lang.L("Edit"), Tapped: func() { g.Edit(id) }},
		widget.Action{Icon: theme.IconTrash, Tip: lang.L("Remove"), Tapped: func() { r.asks(true) }},
	)
	r.cancel = widget.NewButton(lang.L("Cancel"), widget.Plain, func() { r.asks(false) })
	r.remove = widget.NewButton(lang.L("Remove"), widget.DangerText, func() {
		r.asks(false)
		if on := canvasOf(r.row); on != nil {
			on.Unfocus() // the row goes
		}
		g.Remove(id)
	})
	r.remove.OnEscape, r.cancel.OnEscape = r.cancel.OnTapped, r.cancel.OnTapped
	r.question = indented(container.NewBorder(nil, nil, nil, across(0, r.cancel, r.remove), middled(r.sure)))
	r.layTrial()
	r.content = flow(0, r.row, r.wrong, r.question, r.trial)
	r.question.Hide()
	return r
}

// layTrial is where a text is sent by it.
func (r *gatewayRow) layTrial() {
	g := r.gateways
	r.number = widget.NewField(lang.L("Number"))
	r.number.Entry.OnChanged = func(text string) {
		if t := g.Trial; t != nil && t.ID == r.id && text != t.Number {
			t.Number, t.Error, t.Said = text, "", ""
			r.sayTrial(t)
		}
	}
	r.number.Entry.OnSubmitted = func(string) { g.Send() }
	r.number.Entry.OnKey = func(key fyne.KeyName) bool {
		if key == fyne.KeyEscape {
			g.Try(r.id)
		}
		return key == fyne.KeyEscape
	}
	r.send = widget.NewButton(lang.L("Send a test"), widget.Tonal, g.Send)
	closer := widget.NewButton(lang.L("Close"), widget.Plain, func() { g.Try(r.id) })
	r.trial = indented(container.New(layout.NewCustomPaddedLayout(0, theme.Grid, 0, 0), formPart(theme.Grid, r.number, across(theme.Grid, r.send, closer))))
}

// asks shows the question before the removal, with the keys on what does no harm, or puts it away.
func (r *gatewayRow) asks(asked bool) {
	show(r.question, asked)
	r.content.Refresh()
	switch on := canvasOf(r.row); {
	case on == nil:
	case asked:
		on.Focus(r.cancel)
	default:
		on.Focus(r.row)
	}
	r.gateways.Changed() // it has another height
}

// show shows how the gateway stands.
func (r *gatewayRow) show(gateway view.GatewayRow) {
	content := widget.RowContent{
		Icon: "dot", IconColor: levelColor(view.Good), Title: gateway.Name, Unread: true, Subtitle: gateway.Number, Cells: []widget.Cell{{Text: gateway.Kind}},
	}
	if gateway.Fault != "" {
		content.IconColor, content.Subtitle, content.SubtitleColor = levelColor(view.Bad), lang.L("It does not work"), theme.Danger
	}
	r.row.Set(content)
	r.why.SetText(gateway.Fault)
	show(r.wrong, gateway.Fault != "")
	r.sure.SetText(lang.L("Remove {{.Address}}? Its texts stay in their threads.", map[string]any{"Address": gateway.Name}))
	trial := r.gateways.Trial
	on := trial != nil && trial.ID == r.id
	show(r.trial, on)
	if on {
		r.sayTrial(trial)
	}
	if on && !r.tries {
		r.number.SetText(trial.Number)
		if canvas := canvasOf(r.row); canvas != nil {
			canvas.Focus(r.number.Entry)
		}
	}
	r.tries = on
}

// sayTrial says what became of the test, under its number.
func (r *gatewayRow) sayTrial(trial *view.GatewayTrial) {
	wrong, hint := trial.Error, trial.Said
	if trial.Fails {
		wrong, hint = trial.Said, ""
	}
	r.number.SetHint(hint)
	r.number.SetError(wrong)
	setEnabled(r.send, !trial.Working)
	r.content.Refresh()
}
