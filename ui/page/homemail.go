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

// homeMail is the part of Home with the newest voice messages. For Fyne's goroutine.
type homeMail struct {
	main   *view.Main
	root   *fyne.Container
	counts *widget.Text
	all    *widget.Button
	notice *widget.Paragraph
	rows   []*mailRow
	fits   int // how many rows there is room for
}

// mailTitle is the height of the title of the messages, with the gap under it.
const mailTitle = theme.ButtonHeight + theme.Grid

func newHomeMail(m *view.Main) *homeMail {
	h := &homeMail{main: m, counts: widget.NewText("", widget.Small), notice: note()}
	h.all = widget.NewButton(lang.L("All voicemails →"), widget.Plain, func() { m.Go(view.PageVoicemails) })
	title := bar(theme.Grid, widget.NewText(lang.L("Voicemails"), widget.Title), h.counts, h.all)
	h.root = flow(0, sized(0, theme.ButtonHeight, title), sized(0, theme.Grid), h.notice)
	onChange(&m.Messages.Changed, h.draw)
	onChange(&m.Player.Changed, h.draw)
	h.draw()
	return h
}

// wants is how many messages there are to show.
func (h *homeMail) wants() int { return len(h.main.Messages.Newest) }

// fit shows as many rows as there is room for in a height, one at least, and returns the height that they take.
func (h *homeMail) fit(height float32) float32 {
	n := max(1, min(h.wants(), int((height-mailTitle)/theme.VoicemailRow)))
	if n != h.fits {
		h.fits = n
		h.draw()
	}
	return h.root.MinSize().Height
}

func (h *homeMail) draw() {
	m := h.main
	h.counts.SetText(countsText(m.Messages.Counts))
	say(h.notice, m.Player.Notice, theme.Danger)
	n := min(h.wants(), max(1, h.fits))
	for len(h.rows) < n {
		row := newMailRow(m)
		h.rows = append(h.rows, row)
		h.root.Add(row.content)
	}
	for i, row := range h.rows {
		show(row.content, i < n)
		if i < n {
			row.show(m.Messages.Newest[i])
		}
	}
	show(h.root, h.wants() > 0)
	h.root.Refresh()
}

// countsText says how many messages are unheard: 2 unheard, 1 blocked.
func countsText(c phone.VoicemailCounts) string {
	unheard, blocked := "", ""
	if c.Unheard > 0 {
		unheard = lang.N("{{.Count}} unheard", c.Unheard, map[string]any{"Count": c.Unheard})
	}
	if c.Blocked > 0 {
		blocked = lang.N("{{.Count}} blocked", c.Blocked, map[string]any{"Count": c.Blocked})
	}
	if unheard != "" && blocked != "" {
		return unheard + ", " + blocked
	}
	return unheard + blocked
}

// mailRow is a message on Home or of a contact: a button that plays it, and the row that opens it. For Fyne's goroutine.
type mailRow struct {
	content *fyne.Container
	main    *view.Main
	play    *widget.IconButton
	row     *widget.LoneRow
	shown   view.VoicemailRow
}

func newMailRow(m *view.Main) *mailRow {
	r := &mailRow{main: m, row: widget.NewLoneRow(theme.VoicemailRow)}
	r.play = widget.NewIconButton(theme.IconPlay, lang.L("Play"), func() { m.Player.Toggle(r.shown.ID) })
	r.play.SetColor(theme.Accent)
	r.row.OnTapped = func() { m.OpenVoicemail(r.shown.ID) }
	r.row.OnMenu = func(at fyne.Position) {
		if on := canvasOf(r.row); on != nil {
			widget.ShowMenu(on, at, voicemailItems(m, r.shown, true)...)
		}
	}
	r.row.SetActions(widget.Action{Icon: theme.IconPhone, Tip: lang.L("Call back"), Tapped: func() { callBack(m, r.shown) }})
	r.content = container.New(mailRowLayout{}, r.row, r.play)
	return r
}

// mailRowLayout gives a row the width of those in a list, and sets the button that plays over the place of its icon.
type mailRowLayout struct{}

// MinSize is for Fyne.
func (mailRowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout is for Fyne.
func (mailRowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], -rowMargin, 0, size.Width+2*rowMargin, size.Height)
	const side = theme.ButtonHeight
	place(objects[1], (theme.IconSize-side)/2, (size.Height-side)/2, side, side)
}

func (r *mailRow) show(row view.VoicemailRow) {
	r.shown = row
	plays := r.main.Player.Plays(row.ID)
	icon, tip := theme.IconPlay, lang.L("Play")
	if plays {
		icon, tip = theme.IconPause, lang.L("Pause")
	}
	r.play.SetIcon(icon)
	r.play.SetTip(tip)
	content := voicemailContent(row, false)
	content.Icon, content.IconColor = icon, theme.Clear // the button has it
	if row.Blocked {
		content.Title += "  ⊘"
		content.SubtitleColor = theme.Danger
	}
	if r.main.Player.Midway(row.ID) {
		content.Cells[1].Text = playedOf(r.main.Player, row)
		content.Cells[1].Width, content.Cells[1].Color = 0, theme.Accent
	}
	r.row.Set(content)
}

// playedOf is how far a message is that is open, and how long it is.
func playedOf(p *view.Player, row view.VoicemailRow) string {
	return view.Written(p.Position(row.ID), p.Now.Length)
}
