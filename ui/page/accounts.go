package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// accountsSection is the list of accounts or, while one is added or changed, its form.
// For Fyne's goroutine.
type accountsSection struct {
	accounts *view.Accounts
	canvas   func() fyne.Canvas
	holder   *fyne.Container

	list   fyne.CanvasObject
	add    *widget.Button
	rows   *fyne.Container
	byName map[string]*accountRow
	empty  fyne.CanvasObject
	notice *widget.Paragraph

	form  *accountForm // the one that is shown
	shown *view.AccountForm
}

func newAccountsSection(a *view.Accounts, canvas func() fyne.Canvas) *accountsSection {
	s := &accountsSection{
		accounts: a, canvas: canvas, holder: container.NewStack(), rows: flow(4), byName: map[string]*accountRow{}, notice: note(),
		add: widget.NewButton(lang.L("Add account"), widget.Filled, a.Add).WithIcon(theme.IconPlus),
	}
	s.empty = widget.NewEmptyState(theme.IconUser,
		lang.L("There is no account yet. Add the one that your provider or your company gave you."),
		widget.NewButton(lang.L("Add account"), widget.Filled, a.Add).WithIcon(theme.IconPlus))
	s.list = section(lang.L("Accounts"), s.add, s.notice, outward(s.rows), s.empty)
	onChange(&a.Changed, s.refresh)
	s.refresh()
	return s
}

func (s *accountsSection) refresh() {
	a := s.accounts
	say(s.notice, a.Notice, theme.Danger)
	show(s.empty, len(a.List) == 0)
	show(s.add, len(a.List) > 0)
	s.showRows()
	if a.Form != nil && a.Form == s.shown {
		s.form.refresh()
		return
	}
	if a.Form != nil {
		s.form = newAccountForm(a, s.canvas)
		s.put(s.form.content)
		s.form.begin()
	} else if s.shown != nil || len(s.holder.Objects) == 0 {
		s.form = nil
		s.put(s.list)
	}
	s.shown = a.Form
}

func (s *accountsSection) put(o fyne.CanvasObject) {
	s.holder.Objects = []fyne.CanvasObject{o}
	s.holder.Refresh()
}

// showRows brings the rows in line with the accounts; a row that was there stays.
func (s *accountsSection) showRows() {
	rows := make([]fyne.CanvasObject, len(s.accounts.List))
	known := make(map[string]*accountRow, len(rows))
	changed := len(rows) != len(s.rows.Objects)
	for i, account := range s.accounts.List {
		row := s.byName[account.Address]
		if row == nil {
			row = newAccountRow(s.accounts, account.Address)
		}
		row.show(account)
		known[account.Address], rows[i] = row, row.content
		changed = changed || s.rows.Objects[i] != rows[i]
	}
	s.byName = known
	if changed {
		s.rows.Objects = rows
		s.rows.Refresh()
	}
}

// accountRow is an account with its state and, where that is bad, what is wrong; it
// asks before it is removed. For Fyne's goroutine.
type accountRow struct {
	content *fyne.Container
	row     *widget.LoneRow

	wrong fyne.CanvasObject // what is wrong, with what to do
	why   *widget.Paragraph

	question       fyne.CanvasObject // whether to remove it
	cancel, remove *widget.Button
}

func newAccountRow(a *view.Accounts, address string) *accountRow {
	r := &accountRow{row: widget.NewLoneRow(theme.CallRow), why: widget.NewParagraph("", widget.Body)}
	retry := func() { a.Retry(address) }
	edit := func() { a.Edit(address) }
	r.why.SetColor(theme.Danger)
	r.wrong = indented(container.NewBorder(nil, nil, nil, widget.NewButton(lang.L("Try now"), widget.Plain, retry), middled(r.why)))
	question := widget.NewParagraph(lang.L("Remove {{.Address}}? Its calls stay in the history.", map[string]any{"Address": address}), widget.Body)
	r.row.OnTapped = edit
	r.cancel = widget.NewButton(lang.L("Cancel"), widget.Plain, func() { r.asks(false) })
	r.remove = widget.NewButton(lang.L("Remove"), widget.DangerText, func() {
		r.asks(false)
		if on := canvasOf(r.row); on != nil {
			on.Unfocus() // the row goes
		}
		a.Remove(address)
	})
	r.question = indented(container.NewBorder(nil, nil, nil, across(0, r.cancel, r.remove), middled(question)))
	r.remove.OnEscape, r.cancel.OnEscape = r.cancel.OnTapped, r.cancel.OnTapped
	r.row.SetActions(
		widget.Action{Icon: theme.IconRefresh, Tip: lang.L("Try now"), Tapped: retry},
		widget.Action{Icon: theme.IconEdit, Tip: lang.L("Edit"), Tapped: edit},
		widget.Action{Icon: theme.IconTrash, Tip: lang.L("Remove"), Tapped: func() { r.asks(true) }},
	)
	r.content = flow(0, r.row, r.wrong, r.question)
	r.question.Hide()
	return r
}

// asks shows the question before the removal, with the keys on what does no harm, or puts it away.
func (r *accountRow) asks(asked bool) {
	show(r.question, asked)
	r.content.Refresh()
	on := canvasOf(r.row)
	switch {
	case on == nil:
	case asked:
		on.Focus(r.cancel)
	default:
		on.Focus(r.row)
	}
}

// show shows how the account stands.
func (r *accountRow) show(account view.AccountRow) {
	content := widget.RowContent{Icon: "dot", IconColor: levelColor(account.Level), Title: account.Address, Subtitle: account.State, Unread: account.Default}
	if account.Level == view.Bad {
		content.Subtitle = lang.L("Not connected")
		content.SubtitleColor = theme.Danger
		r.why.SetText(account.State)
	}
	if account.Default {
		content.Cells = []widget.Cell{{Text: lang.L("Default")}}
	}
	r.row.Set(content)
	show(r.wrong, account.Level == view.Bad)
}

// indented sets what belongs to a row under its text.
func indented(o fyne.CanvasObject) fyne.CanvasObject {
	const text = 12 + theme.IconSize + 12
	return container.New(layoutLeft(text), o)
}
