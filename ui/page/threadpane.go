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

// threadPane is the thread that is open: its head, what was written, and the field. For Fyne's goroutine.
type threadPane struct {
	main    *view.Main
	content *fyne.Container
	head    *threadHead
	script  *widget.Transcript
	begin   *widget.Paragraph // of an empty thread
	typing  *widget.TypingLine
	line    fyne.CanvasObject // with typing
	stopped *widget.Paragraph
	blocked *blockedBanner
	failed  *widget.Banner
	compose *composeBar
	foot    *fyne.Container

	shown *view.OpenThread
	whole map[phone.TextID]bool // long texts that are shown whole
}

func newThreadPane(m *view.Main, alone func() bool) *threadPane {
	p := &threadPane{
		main: m, head: newThreadHead(m, alone), typing: widget.NewTypingLine(""), stopped: widget.NewParagraph("", widget.Small), begin: note(),
		blocked: newBlockedBanner(m), compose: newComposeBar(m), whole: map[phone.TextID]bool{},
	}
	p.stopped.SetColor(theme.Secondary)
	p.stopped.SetText(lang.L("Has sent STOP: triggers do not text this number."))
	p.failed = widget.NewBanner(widget.Trouble, "")
	p.failed.OnClose = m.Texts.Forget
	p.script = widget.NewTranscript(widget.TranscriptRows{
		Length: func() int { return len(p.lines()) }, Kind: func(i int) int { return int(p.at(i).Kind) },
		Create: p.create, Height: p.height, Draw: p.draw,
	}, lang.L("To the newest"))
	p.script.OnTop = p.with((*view.OpenThread).ReachUp)
	p.script.OnBottom = p.with((*view.OpenThread).ReachDown)
	p.script.OnAtEnd = func(at bool) {
		if at {
			p.with((*view.OpenThread).Look)()
		}
	}
	m.Texts.Scroll = p.script
	p.line = container.New(layout.NewCustomPaddedLayout(0, 0, 0, 0), p.typing)
	p.foot = flow(theme.Grid, p.stopped, p.blocked.banner, p.failed, p.compose.field)
	below := flow(0, p.line, container.New(layout.NewCustomPaddedLayout(theme.Grid/2, theme.Grid, 2*theme.Grid, 2*theme.Grid), p.foot))
	p.content = container.NewBorder(p.head.content, below, nil, nil, container.NewStack(inset(2*theme.Grid, p.begin), p.script))
	return p
}

// with does something with the thread that is open.
func (p *threadPane) with(do func(*view.OpenThread)) func() {
	return func() {
		if o := p.main.Texts.Open; o != nil {
			do(o)
		}
	}
}

func (p *threadPane) lines() []view.ThreadLine {
	if o := p.main.Texts.Open; o != nil {
		return o.Lines
	}
	return nil
}

// at is a line; an empty one where there is none: what is drawn may be behind by a moment.
func (p *threadPane) at(i int) view.ThreadLine {
	if lines := p.lines(); i >= 0 && i < len(lines) {
		return lines[i]
	}
	return view.ThreadLine{}
}

// refresh shows the thread that is open.
func (p *threadPane) refresh() {
	o := p.main.Texts.Open
	show(p.content, o != nil)
	p.moved()
	if o == nil {
		p.shown = nil
		return
	}
	if o != p.shown {
		p.shown = o
		clear(p.whole)
	}
	p.head.show(o)
	say(p.begin, "", theme.Secondary)
	if o.Loaded && o.Empty {
		say(p.begin, lang.L("Nothing was written with this number yet."), theme.Secondary)
	}
	show(p.script, !o.Empty)
	show(p.line, o.Typing)
	p.typing.SetText(lang.L("{{.Name}} is typing", map[string]any{"Name": o.Party.Title}))
	show(p.stopped, o.Stopped)
	p.blocked.show(o.Blocked)
	showBanner(p.failed, widget.Trouble, o.Failed)
	p.compose.show(o)
	p.script.SetNew(o.Fresh)
	p.foot.Refresh()
	p.content.Refresh()
}

// moved has the dots move only where they are seen.
func (p *threadPane) moved() {
	o := p.main.Texts.Open
	p.typing.SetTyping(o != nil && o.Typing && p.main.Page == view.PageTexts)
}

// blockedBanner says that a number is blacklisted, and leads to its entry. For Fyne's goroutine.
type blockedBanner struct {
	banner *widget.Banner
	now    *view.Blacklisted
}

func newBlockedBanner(m *view.Main) *blockedBanner {
	b := &blockedBanner{}
	b.banner = widget.NewBanner(widget.Caution, "", widget.NewButton(lang.L("Manage"), widget.Plain, func() {
		if b.now != nil {
			m.Manage(b.now.Entry)
		}
	}))
	b.banner.Hide()
	return b
}

func (b *blockedBanner) show(now *view.Blacklisted) {
	b.now = now
	if now != nil {
		b.banner.Set(widget.Caution, now.Text)
		b.banner.SetIcon(theme.IconBlock)
	}
	show(b.banner, now != nil)
}
