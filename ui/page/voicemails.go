package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// Voicemails is the page of the voice messages: the list, and beside it the one that is open with its player.
// For Fyne's goroutine.
type Voicemails struct {
	fynewidget.BaseWidget
	// Canvas is that of the window; without it FocusSearch does nothing before the page was drawn once.
	Canvas  fyne.Canvas
	main    *view.Main
	content *fyne.Container

	filter *widget.Segmented
	search *widget.Entry
	done   *undoBanner
	choice *choiceBar
	list   *widget.List
	empty  *fyne.Container
	none   *widget.Paragraph
	pane   *voicemailPane

	drawn   map[int]phone.VoicemailID // the messages of the rows that were drawn last
	playing phone.VoicemailID         // the one that they show as played
}

// voicemailFilters are the choices of the filter, as they stand side by side.
var voicemailFilters = []phone.VoicemailFilter{phone.AllVoicemails, phone.UnheardVoicemails, phone.BlockedVoicemails}

// NewVoicemails shows the messages of m.
func NewVoicemails(m *view.Main) *Voicemails {
	v := &Voicemails{main: m, none: note(), drawn: map[int]phone.VoicemailID{}}
	p := m.Voicemails
	v.filter = widget.NewSegmented([]string{lang.L("All"), lang.L("Unheard"), lang.L("Blocked callers")}, func(i int) {
		v.list.ScrollToTop()
		p.Show(voicemailFilters[i])
	})
	v.search = widget.NewSearch(lang.L("Search"), func(text string) {
		if text != p.Search() {
			v.list.ScrollToTop()
			p.Find(text)
		}
	})
	v.search.OnKey = v.searchKey
	v.done = newUndoBanner(p.Undo, func() {
		p.Forget()
		m.Player.Dismiss()
	})
	v.choice = newChoiceBar(p)
	v.list = widget.NewList(theme.VoicemailRow, p.Len, v.drawRow)
	v.list.OnActivate = v.activate
	v.list.OnMenu = v.menu
	v.list.OnFirst = v.key
	v.empty = container.NewStack(widget.NewEmptyState(theme.IconVoicemail,
		lang.L("No messages yet. What callers say to the answering machine stands here."),
		widget.NewButton(lang.L("Set up the answering machine"), widget.Tonal, func() { v.main.OpenSettings(view.SettingVoicemail) })))
	v.pane = newVoicemailPane(m)
	v.content = v.lay()
	onChange(&p.Changed, v.refresh)
	onChange(&m.Player.Changed, v.played)
	onChange(&m.Messages.Changed, v.refresh) // how many are unheard
	v.ExtendBaseWidget(v)
	v.refresh()
	return v
}

// CreateRenderer is for Fyne.
func (v *Voicemails) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(v.content)
}

// FocusSearch puts the cursor into the search field.
func (v *Voicemails) FocusSearch() {
	if on := canvasFor(v, v.Canvas); on != nil {
		on.Focus(v.search)
	}
}

// TypedKey takes what is typed while nothing has the focus.
func (v *Voicemails) TypedKey(e *fyne.KeyEvent) {
	if v.main.Voicemails.Open != nil {
		v.pane.key(e.Name)
	}
}

func (v *Voicemails) lay() *fyne.Container {
	const pad = theme.PagePadding
	head := container.NewBorder(nil, nil, widget.NewText(lang.L("Voicemails"), widget.Title), container.New(&wide{200}, v.search),
		container.New(layout.NewCustomPaddedLayout(0, 0, 3*theme.Grid, 2*theme.Grid), container.NewHBox(v.filter)))
	body := container.NewStack(container.New(asideLayout{}, v.list, v.pane.content), padded(v.empty), padded(v.none))
	return container.New(layout.NewCustomPaddedLayout(pad, 0, 0, 0),
		container.NewBorder(column(0, padded(head), v.done.object, v.choice.object), nil, nil, nil, body))
}

// asideLayout gives its first object the whole width or, while the second is shown, the smaller part of it.
type asideLayout struct{}

// MinSize is for Fyne.
func (asideLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(480, 3*theme.VoicemailRow)
}

// Layout is for Fyne.
func (asideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	const margin = theme.PagePadding - rowMargin
	if !objects[1].Visible() {
		place(objects[0], margin, 0, size.Width-2*margin, size.Height)
		return
	}
	halves{}.Layout(objects, size)
	place(objects[0], margin, 0, objects[1].Position().X-margin-theme.Grid, size.Height)
}

// voicemailContent is how a message looks in a list.
func voicemailContent(row view.VoicemailRow, plays bool) widget.RowContent {
	content := widget.RowContent{
		Icon: theme.IconVoicemail, Title: row.Party.Title, Unread: !row.Heard, Subtitle: joined(row.Party.Number, row.Note),
		Cells: []widget.Cell{{Text: row.When}, {Text: row.Length, Width: lengthColumn}},
	}
	switch {
	case row.Blocked:
		content.Icon, content.IconColor = theme.IconBlock, theme.Danger
		content.Subtitle = joined(row.Party.Number, lang.L("blocked caller"), row.Note)
	case row.Done:
		content.Icon = theme.IconCheck
	case !row.Heard:
		content.IconColor = theme.Accent
	}
	if plays {
		content.Icon, content.IconColor = theme.IconSpeaker, theme.Accent
	}
	return content
}

// lengthColumn is the one at the right of a message, in dp. When it came stands before it, as wide as it is: beside an
// open message the list is narrow, and the name needs the room.
const lengthColumn float32 = 40

// joined are those of the texts that are not empty, with a point between them.
func joined(texts ...string) string {
	all := ""
	for _, text := range texts {
		if text != "" && all != "" {
			all += "  ·  "
		}
		all += text
	}
	return all
}

func (v *Voicemails) drawRow(i int, row *widget.Row) {
	p := v.main.Voicemails
	shown, ready := p.Row(i)
	v.drawn[i] = shown.ID
	if !ready {
		row.Set(widget.RowContent{})
		row.SetActions()
		return
	}
	content := voicemailContent(shown, v.main.Player.Plays(shown.ID))
	content.Selected = p.Open != nil && p.Open.ID == shown.ID
	if len(p.Choice()) > 0 {
		content.Selected = p.Chosen(shown.ID)
		switch {
		case content.Selected:
			content.Icon, content.IconColor = theme.IconCheck, theme.Accent
		case content.Icon == theme.IconCheck: // of one that is done, which is not chosen for that
			content.Icon = theme.IconVoicemail
		}
	}
	row.Set(content)
	if p.Open != nil { // the pane has them
		row.SetActions()
		return
	}
	row.SetActions(v.playAction(shown),
		widget.Action{Icon: theme.IconTrash, Tip: lang.L("Delete"), Tapped: func() { p.Delete(shown.ID) }})
}

func (v *Voicemails) playAction(row view.VoicemailRow) widget.Action {
	play := widget.Action{Icon: theme.IconPlay, Tip: lang.L("Play"), Tapped: func() { v.main.Player.Toggle(row.ID) }}
	if v.main.Player.Plays(row.ID) {
		play.Icon, play.Tip = theme.IconPause, lang.L("Pause")
	}
	return play
}

// activate opens a message or, with Ctrl or while some are chosen, chooses it.
func (v *Voicemails) activate(i int) {
	p := v.main.Voicemails
	row, ready := p.Row(i)
	if !ready {
		return
	}
	if len(p.Choice()) > 0 || controlled() {
		p.Choose(row.ID)
		return
	}
	p.Pick(row.ID)
}

// controlled tells whether Ctrl is held down.
func controlled() bool {
	keys, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && keys.CurrentKeyModifiers()&fyne.KeyModifierControl != 0
}

func (v *Voicemails) menu(i int, at fyne.Position) {
	row, ready := v.main.Voicemails.Row(i)
	if on := canvasOf(v.list); ready && on != nil {
		widget.ShowMenu(on, at, voicemailItems(v.main, row, true)...)
	}
}

// key takes the keys of the list: up and down open what they come to.
func (v *Voicemails) key(i int, key fyne.KeyName) bool {
	p := v.main.Voicemails
	row, ready := p.Row(i)
	switch {
	case key == fyne.KeyUp || key == fyne.KeyDown:
		by := 1
		if key == fyne.KeyUp {
			by = -1
		}
		v.list.SetCurrent(i + by)
		if next, there := p.Row(v.list.Current()); there && p.Open != nil && p.Open.ID != next.ID {
			p.Pick(next.ID)
		}
		return true
	case key == fyne.KeyDelete && ready:
		if chosen := p.Choice(); len(chosen) > 0 {
			p.Delete(chosen...)
		} else {
			p.Delete(row.ID)
		}
		return true
	case key == fyne.KeyEscape && len(p.Choice()) > 0:
		p.ChooseNone()
		return true
	case key == fyne.KeySpace && ready && (p.Open == nil || p.Open.ID != row.ID):
		v.main.Player.Toggle(row.ID)
		p.Pick(row.ID)
		return true
	}
	return p.Open != nil && v.pane.key(key)
}

// searchKey takes the arrow from the search to what was found, and Escape empties it.
func (v *Voicemails) searchKey(key fyne.KeyName) bool {
	switch {
	case key == fyne.KeyEscape && v.search.Text != "":
		v.search.SetText("")
	case key == fyne.KeyDown && v.main.Voicemails.Len() > 0:
		canvasOf(v).Focus(v.list)
		v.list.SetCurrent(0)
	default:
		return false
	}
	return true
}

// refresh shows the presenter's list, and what is beside it.
func (v *Voicemails) refresh() {
	p := v.main.Voicemails
	for i, filter := range voicemailFilters {
		if filter == p.Filter() {
			v.filter.SetSelected(i)
		}
	}
	if p.Search() != v.search.Text {
		v.search.SetText(p.Search())
	}
	v.done.show(p.Done, p.Undoes, p.Failed, p.Notice, v.main.Player.Notice)
	v.choice.refresh()
	all := p.Filter() == phone.AllVoicemails && p.Search() == ""
	show(v.empty, p.Empty() && all)
	say(v.none, v.nothing(all), theme.Secondary)
	show(v.list, p.Len() > 0)
	v.pane.refresh()
	to := v.moved()
	clear(v.drawn)
	v.list.Refresh() // before it scrolls, which goes by what it has
	if to >= 0 {
		v.list.SetCurrent(to)
	}
	v.content.Refresh()
}

// nothing says why the list is empty; "" where it is not.
func (v *Voicemails) nothing(all bool) string {
	p := v.main.Voicemails
	switch {
	case !p.Empty() || all:
		return ""
	case p.Search() != "":
		return lang.L("No message fits.")
	case p.Filter() == phone.UnheardVoicemails:
		return lang.L("You have heard all messages.")
	}
	return lang.L("No messages of blocked callers.")
}

// moved returns where the message is that the keys are on, where one came or went above it, or -1: Delete is never to
// meet another one.
func (v *Voicemails) moved() int {
	if on := canvasOf(v.list); on == nil || on.Focused() != fyne.Focusable(v.list) {
		return -1
	}
	at := v.list.Current()
	id := v.drawn[at]
	if id == "" {
		return -1
	}
	if now := v.main.Voicemails.Place(func(row view.VoicemailRow) bool { return row.ID == id }); now != at {
		return now
	}
	return -1
}

// played follows the player; the list is drawn anew only where another row plays.
func (v *Voicemails) played() {
	p := v.main.Voicemails
	v.done.show(p.Done, p.Undoes, p.Failed, p.Notice, v.main.Player.Notice)
	v.pane.played()
	playing := phone.VoicemailID("")
	if v.main.Player.Moving() {
		playing = v.main.Player.Now.Voicemail
	}
	if playing != v.playing {
		v.playing = playing
		v.list.Refresh()
	}
}
