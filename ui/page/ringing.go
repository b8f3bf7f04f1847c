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

// ringing is the small window of a call that rings.
type ringing struct {
	main    *view.Main
	called  *widget.Text
	account *widget.Text
	others  *widget.Text
	avatar  *widget.Avatar
	name    *widget.Text
	number  *widget.Text
	company *widget.Text
	doubt   *widget.Text
	notice  *widget.Paragraph
	answer  *widget.Button
	decline *widget.Button
	machine *widget.Button
	more    *widget.IconButton
	shown   phone.CallID
}

// NewRinging is the content of the window of a call that rings: 360 × 216. For Fyne's goroutine.
func NewRinging(m *view.Main) fyne.CanvasObject {
	r := &ringing{
		main: m, called: widget.NewText("", widget.SmallStrong).Shrink(), others: widget.NewText("", widget.Small),
		account: widget.NewText("", widget.Small).Shrink(),
		avatar:  widget.NewAvatar("", avatarSide), name: widget.NewText("", widget.Title).Shrink(),
		number: widget.NewText("", widget.Body).Shrink(), company: widget.NewText("", widget.Small).Shrink(),
		doubt: widget.NewText("", widget.Small).Shrink(), notice: widget.NewParagraph("", widget.Small),
	}
	r.notice.SetColor(theme.Danger)
	r.others.SetColor(theme.Accent)
	r.answer = widget.NewButton("", widget.Answer, m.Ringing.Answer).WithIcon(theme.IconAnswer).Tall()
	r.decline = widget.NewButton(lang.L("Decline"), widget.DangerText, m.Ringing.Decline).Tall()
	r.machine = widget.NewButton(lang.L("Voicemail"), widget.Plain, m.Ringing.ToVoicemail).Tall()
	r.more = widget.NewIconButton(theme.IconMore, "", func() {
		widget.ShowMenuUnder(r.more, widget.MenuItem{Icon: theme.IconBlock, Text: lang.L("Decline and block…"), Danger: true, Tapped: m.BlockRinging})
	})
	names := column(0, container.NewBorder(nil, nil, nil, r.others, r.called), r.account)
	top := container.NewBorder(nil, nil, nil, container.New(layout.NewCustomPaddedLayout(-theme.Grid, 0, theme.Grid, -theme.Grid), column(0, r.more)), names)
	r.called.SetColor(theme.Text)
	who := container.NewBorder(nil, nil, across(2*theme.Grid, middled(r.avatar), sized(0, 0)), nil, middled(column(0, r.name, r.company, r.number, r.doubt, r.notice)))
	does := container.NewBorder(nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, -1.5*theme.Grid, theme.Grid), across(0, r.machine, r.decline)), nil, r.answer) // its text has the room
	onChange(&m.Ringing.Changed, r.draw)
	r.draw()
	return container.NewStack(widget.NewGround(theme.Surface),
		sized(theme.RingingWidth, theme.RingingHeight, inset(2*theme.Grid, container.NewBorder(top, does, nil, nil, who))))
}

// draw shows the call. Once it rings no more it stays, so that the window does not flicker while it goes.
func (r *ringing) draw() {
	ring := r.main.Ringing
	if ring.ID == "" {
		r.answer.MouseOut() // Fyne does not tell that the pointer has left a window that is hidden
		r.decline.MouseOut()
		r.machine.MouseOut()
		r.more.MouseOut()
		return
	}
	if ring.ID != r.shown { // a double click is for the call that it saw
		r.shown = ring.ID
		r.answer.Anew()
		r.decline.Anew()
		r.machine.Anew()
		r.more.Anew()
	}
	called, account := calledText(ring)
	r.called.SetText(called)
	r.account.SetText(account)
	r.others.SetText("")
	if ring.Others > 0 {
		r.others.SetText(lang.N("{{.Count}} more ringing", ring.Others, map[string]any{"Count": ring.Others}))
	}
	r.avatar.SetName(ring.Party.Name)
	r.name.SetText(ring.Party.Title)
	r.number.SetText(ring.Party.Number)
	show(r.number, ring.Party.Number != "" && ring.Notice == "") // there is no room for both
	r.company.SetText(ring.Company)
	show(r.company, ring.Company != "" && ring.Notice == "")
	r.drawDoubt(ring)
	r.notice.SetText(ring.Notice)
	show(r.notice, ring.Notice != "")
	text, icon := lang.L("Answer"), theme.IconAnswer
	if ring.Busy { // there is no room for both
		text, icon = lang.L("End and answer"), ""
	}
	if r.answer.Text() != text {
		r.answer.WithIcon(icon)
		r.answer.SetText(text)
	}
}

// drawDoubt says what is odd about the caller.
func (r *ringing) drawDoubt(ring *view.Ringing) {
	text, color := ring.Doubt, theme.Secondary
	if ring.False {
		text, color = "⚠ "+text, theme.Warning
	}
	r.doubt.SetText(text)
	r.doubt.SetColor(color)
	show(r.doubt, ring.Doubt != "" && ring.Notice == "")
}

// calledText says which number was called, and on which account where that says more.
func calledText(ring *view.Ringing) (called, account string) {
	user, domain, _ := strings.Cut(ring.Account, "@")
	if domain == phone.PracticeDomain {
		return lang.L("Call for {{.Called}}", map[string]any{"Called": user}), lang.L("Practice")
	}
	if ring.Called == "" {
		return lang.L("Call for {{.Called}}", map[string]any{"Called": ring.Account}), ""
	}
	return lang.L("Call for {{.Called}}", map[string]any{"Called": ring.Called}), ring.Account
}

// RingingKey takes a key of the ringing window: Enter answers, Escape declines. For Fyne's goroutine.
func RingingKey(m *view.Main, key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		m.Ringing.Answer()
	case fyne.KeyEscape:
		m.Ringing.Decline()
	}
}
