package page

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// threadHead says whom the thread is with, and what can be done about them. For Fyne's goroutine.
type threadHead struct {
	main         *view.Main
	alone        func() bool
	content      *fyne.Container
	name, number *widget.Text
	via          *widget.Choice
	way          fyne.CanvasObject
	ways         []string // that via offers
	call         *widget.Button
	more, back   *widget.IconButton
}

func newThreadHead(m *view.Main, alone func() bool) *threadHead {
	h := &threadHead{main: m, alone: alone, name: widget.NewText("", widget.Strong).Shrink(), number: widget.NewText("", widget.Small).Shrink()}
	h.via = widget.NewChoice(nil, func(i int) {
		if o := m.Texts.Open; o != nil && i < len(h.ways) {
			o.SetVia(h.ways[i])
		}
	})
	h.way = sized(160, theme.ButtonHeight, h.via)
	h.call = widget.NewButton(lang.L("Call"), widget.Tonal, func() { h.with(func(o *view.OpenThread) { m.CallNumber(o.Number, o.Account()) }) }).WithIcon(theme.IconPhone)
	h.more = widget.NewIconButton(theme.IconMore, lang.L("More"), func() {
		h.with(func(o *view.OpenThread) { widget.ShowMenuUnder(h.more, threadItems(m, o)...) })
	})
	h.back = widget.NewIconButton(theme.IconArrowLeft, lang.L("Back"), m.Texts.Close)
	names := middled(column(0, h.name, h.number))
	line := container.NewBorder(nil, nil, bar(theme.Grid/2, h.back), bar(theme.Grid, h.way, h.call, h.more), names)
	h.content = container.NewBorder(nil, widget.NewHairline(), nil, nil,
		sized(0, theme.HeaderHeight, container.New(layout.NewCustomPaddedLayout(0, 0, 2*theme.Grid, 1.5*theme.Grid), line)))
	return h
}

func (h *threadHead) with(do func(*view.OpenThread)) {
	if o := h.main.Texts.Open; o != nil {
		do(o)
	}
}

func (h *threadHead) show(o *view.OpenThread) {
	h.name.SetText(o.Party.Title)
	number := o.Party.Number
	h.ways = slices.Clone(h.main.Texts.Ways)
	several := len(h.ways) > 1
	if several {
		words := slices.Clone(h.ways)
		at := slices.Index(h.ways, o.Via)
		if at < 0 {
			words, at = append([]string{lang.L("As usual")}, words...), 0
			h.ways = append([]string{""}, h.ways...)
		}
		h.via.Set(words, at)
	} else {
		number = joined(number, o.Via)
	}
	h.number.SetText(number)
	show(h.number, number != "")
	show(h.way, several)
	show(h.call, o.Number != "")
	show(h.back, h.alone())
	h.content.Refresh()
}

// threadItems are what can be done about whom a thread is with.
func threadItems(m *view.Main, o *view.OpenThread) []widget.MenuItem {
	block := widget.MenuItem{Icon: theme.IconBlock, Text: lang.L("Block…"), Tapped: func() { m.Block(o.Number, o.Party.Name, o.Account()) }}
	if o.Blocked != nil {
		block = widget.MenuItem{Icon: theme.IconCheck, Text: lang.L("Unblock"), Tapped: o.Unblock}
	}
	return []widget.MenuItem{
		contactItem(m, view.CallRow{Contact: o.Contact, Number: o.Number, Party: o.Party, Account: o.Account()}),
		block,
		{Icon: theme.IconCopy, Text: lang.L("Copy number"), Disabled: o.Number == "", Tapped: func() { copyText(o.Number) }},
		{},
		{Icon: theme.IconTrash, Text: lang.L("Delete thread"), Danger: true, Tapped: func() { m.Texts.DeleteThread(o.Row()) }},
	}
}
