package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// composeBar is where a text is written. For Fyne's goroutine.
type composeBar struct {
	main  *view.Main
	field *widget.Composer
	shown *view.OpenThread
}

func newComposeBar(m *view.Main) *composeBar {
	c := &composeBar{main: m}
	p := m.Texts
	c.field = widget.NewComposer(widget.ComposerWords{
		Placeholder: lang.L("Write a text, or / for a template"), Send: lang.L("Send"), Emoji: lang.L("Emoji"),
		EmojiWords: widget.EmojiWords{
			Search: lang.L("Search"), Recent: lang.L("Used of late"), None: lang.L("No emoji fits."),
			Groups: [8]string{
				lang.L("Faces"), lang.L("People"), lang.L("Nature"), lang.L("Food"), lang.L("Places"), lang.L("Activities"), lang.L("Things"), lang.L("Signs"),
			},
		},
	})
	c.field.OnChanged = func(text string) {
		if p.Open != nil && p.Open == c.shown {
			p.Open.Type(text)
		}
	}
	c.field.OnSend = func(string) { c.with((*view.OpenThread).Send) }
	c.field.OnSlash = func(query string) { c.with(func(o *view.OpenThread) { o.Slash(query) }) }
	c.field.OnChoose = func(i int) {
		c.with(func(o *view.OpenThread) { o.Choose(i) })
		c.field.Focus()
	}
	c.field.OnEscape = func() {
		if on := canvasOf(c.field); on != nil {
			on.Unfocus()
		}
	}
	c.field.OnEmoji = p.Use
	return c
}

func (c *composeBar) with(do func(*view.OpenThread)) {
	if o := c.main.Texts.Open; o != nil && o == c.shown {
		do(o)
	}
}

// focus puts the cursor into the field.
func (c *composeBar) focus(on fyne.Canvas) { c.field.FocusOn(on) }

// show shows what is written in a thread.
func (c *composeBar) show(o *view.OpenThread) {
	c.shown = o
	if c.field.Text() != o.Written {
		c.field.SetText(o.Written)
	}
	c.field.SetCounter(o.Count, o.Warn)
	c.field.SetRecent(c.main.Texts.Recent)
	choices := make([]widget.ComposerChoice, len(o.Choices))
	for i, choice := range o.Choices {
		choices[i] = widget.ComposerChoice{Name: choice.Name, Text: choice.Text}
	}
	c.field.SetChoices(choices)
}
