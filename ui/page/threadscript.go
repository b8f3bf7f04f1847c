package page

import (
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

func (p *threadPane) create(kind int) fyne.CanvasObject {
	switch view.LineKind(kind) {
	case view.TextLine:
		return widget.NewBubble()
	case view.EventLine:
		return widget.NewEventLine()
	case view.UnreadLine:
		return widget.NewUnreadLine(lang.L("Unread"))
	}
	return widget.NewDayLine("")
}

func (p *threadPane) height(i int, width float32) float32 {
	switch line := p.at(i); line.Kind {
	case view.TextLine:
		return widget.BubbleHeight(p.bubble(line.Text), width)
	case view.EventLine:
		return widget.EventLineHeight
	}
	return widget.DayLineHeight
}

func (p *threadPane) draw(i int, o fyne.CanvasObject) {
	line := p.at(i)
	switch o := o.(type) {
	case *widget.Bubble:
		p.drawText(line.Text, o)
	case *widget.EventLine:
		o.Set(eventContent(line.Event))
		o.OnTapped = nil
		if id := line.Event.Voicemail; id != "" {
			o.OnTapped = func() { p.main.OpenVoicemail(id) }
		}
	case *widget.DayLine:
		if line.Kind == view.DayLine {
			o.SetText(line.Title)
		}
	}
}

func eventContent(e view.ThreadEvent) widget.EventContent {
	content := widget.EventContent{Icon: theme.IconIncoming, Text: e.Text, Time: e.Time}
	switch {
	case e.Voicemail != "":
		content.Icon = theme.IconVoicemail
	case e.Missed:
		content.Icon, content.IconColor, content.Color = theme.IconMissed, theme.Danger, theme.Danger
	case e.Out:
		content.Icon = theme.IconOutgoing
	}
	return content
}

// stateIcons are the signs of what became of a text that was sent.
var stateIcons = map[phone.TextState]theme.Icon{
	phone.TextWaiting: theme.IconClock, phone.TextSent: theme.IconCheck, phone.TextDelivered: theme.IconCheckDouble, phone.TextFailed: theme.IconWarning,
}

// bubble is how a text looks.
func (p *threadPane) bubble(t view.ThreadText) widget.BubbleContent {
	b := widget.BubbleContent{
		Text: t.Body, Mine: t.Out, Joined: t.Joined, Time: t.Time, State: t.Word, All: p.whole[t.ID], More: lang.L("Show all"),
	}
	if t.Out {
		b.Icon = stateIcons[t.State]
	}
	if t.State == phone.TextFailed || t.State == phone.TextWaiting && t.Why != "" {
		b.Trouble, b.Retry, b.Calm = t.Why, lang.L("Try again"), t.State == phone.TextWaiting
	}
	for _, l := range t.Links {
		b.Links = append(b.Links, widget.Span{From: l.From, To: l.To})
	}
	for _, m := range t.Marks {
		b.Marks = append(b.Marks, widget.Span{From: m[0], To: m[1]})
	}
	return b
}

func (p *threadPane) drawText(t view.ThreadText, b *widget.Bubble) {
	b.Set(p.bubble(t))
	b.OnLink = func(i int) {
		if i < len(t.Links) {
			p.follow(t.Links[i])
		}
	}
	b.OnRetry = p.with(func(o *view.OpenThread) { o.Retry(t.ID) })
	b.OnMore = func() {
		p.whole[t.ID] = true
		for i, line := range p.lines() {
			if line.Text.ID == t.ID {
				p.script.RowChanged(i)
			}
		}
	}
	b.OnText = func(selected string, at fyne.Position) {
		if on := canvasOf(p.script); on != nil {
			widget.ShowMenu(on, at, p.textItems(t, selected)...)
		}
	}
}

// textItems are what can be done with a text.
func (p *threadPane) textItems(t view.ThreadText, selected string) []widget.MenuItem {
	var items []widget.MenuItem
	copied := widget.MenuItem{Icon: theme.IconCopy, Text: lang.L("Copy"), Tapped: func() { copyText(t.Body) }}
	if selected != "" {
		copied.Text, copied.Tapped = lang.L("Copy selection"), func() { copyText(selected) }
	}
	items = append(items, copied)
	for _, l := range t.Links {
		item := widget.MenuItem{Icon: theme.IconLink, Text: lang.L("Open {{.What}}", map[string]any{"What": t.Body[l.From:l.To]}), Tapped: func() { p.follow(l) }}
		if l.Number != "" {
			item.Icon, item.Text = theme.IconPhone, lang.L("Call {{.What}}", map[string]any{"What": t.Body[l.From:l.To]})
		}
		if len(items) < 6 && len(t.Body[l.From:l.To]) < 60 {
			items = append(items, item)
		}
	}
	if t.State == phone.TextFailed {
		items = append(items, widget.MenuItem{Icon: theme.IconRefresh, Text: lang.L("Try again"), Tapped: p.with(func(o *view.OpenThread) { o.Retry(t.ID) })})
	}
	return append(items, widget.MenuItem{},
		widget.MenuItem{Icon: theme.IconTrash, Text: lang.L("Delete"), Danger: true, Tapped: p.with(func(o *view.OpenThread) { o.Delete(t.ID) })})
}

// follow opens an address, or calls a number.
func (p *threadPane) follow(l view.Link) {
	if l.Number != "" {
		p.main.CallNumber(l.Number, "")
		return
	}
	u, err := url.Parse(l.URL)
	if err != nil {
		return
	}
	switch u.Scheme { // what is received opens nothing else
	case "http", "https", "mailto":
		_ = fyne.CurrentApp().OpenURL(u) // a desktop that has nothing for it opens nothing
	}
}
