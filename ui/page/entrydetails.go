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

// facts is a card under a list that says more of the row that is open. For Fyne's goroutine.
type facts struct {
	holder  *fyne.Container
	title   *widget.Text
	body    *widget.Paragraph
	lines   *fyne.Container
	actions *fyne.Container
}

func newFacts(closed func(), actions ...fyne.CanvasObject) *facts {
	f := &facts{title: widget.NewText("", widget.Strong).Shrink(), body: note(), lines: column(2), actions: across(0, actions...)}
	closer := widget.NewIconButton(theme.IconClose, lang.L("Close"), closed)
	head := container.NewBorder(nil, nil, nil, across(0, f.actions, closer), middled(f.title))
	card := widget.NewCard(flow(6, head, f.body, f.lines))
	f.holder = container.New(layout.NewCustomPaddedLayout(theme.Grid, 0, theme.PagePadding, theme.PagePadding), card)
	f.holder.Hide()
	return f
}

// set shows names and their values, or puts the card away where there is no title.
func (f *facts) set(title, body string, lines [][2]string) {
	const names = 120
	show(f.holder, title != "")
	f.title.SetText(title)
	say(f.body, body, theme.Text)
	f.lines.Objects = f.lines.Objects[:0]
	for _, line := range lines {
		if line[1] != "" {
			name, value := widget.NewText(line[0], widget.Small).Shrink(), widget.NewText(line[1], widget.Small).Shrink()
			value.SetColor(theme.Text)
			f.lines.Add(container.NewBorder(nil, nil, sized(names, 0, name), nil, value))
		}
	}
	f.lines.Refresh()
	f.holder.Refresh()
}

// entryDetails is the card of an entry.
type entryDetails struct {
	*facts
	main *view.Main
}

func newEntryDetails(m *view.Main) *entryDetails {
	d := &entryDetails{main: m}
	d.facts = newFacts(func() { m.Blacklist.Unfold(m.Blacklist.Open) },
		widget.NewButton(lang.L("Edit"), widget.Plain, func() {
			if row, ok := d.row(); ok {
				m.EditEntry(row.Entry)
			}
		}).WithIcon(theme.IconEdit))
	return d
}

// row is the one that is open.
func (d *entryDetails) row() (view.EntryRow, bool) {
	b := d.main.Blacklist
	return b.Row(b.Place(func(row view.EntryRow) bool { return row.Entry.ID == b.Open }))
}

func (d *entryDetails) show(b *view.Blacklist) {
	row, ok := d.row()
	if b.Open == "" || !ok {
		d.set("", "", nil)
		return
	}
	never := lang.L("never")
	expires, last := row.Expires, row.Last
	if expires == "" {
		expires = never
	}
	if last == "" {
		last = never
	}
	lines := [][2]string{
		{lang.L("Number"), row.Number},
		{lang.L("Mode"), lang.L(phone.ModeTitle(row.Entry.Mode))},
		{lang.L("Contact"), row.Contact},
		{lang.L("Since"), row.Since},
		{lang.L("Expires"), expires},
	}
	if row.Entry.Mode.Blocks() {
		lines = append(lines, [2]string{lang.L("Last blocked"), last})
	}
	d.set(row.Title, "", lines)
}
