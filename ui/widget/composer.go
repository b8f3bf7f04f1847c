package widget

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// ComposerWords are the words on a [Composer], in the agent's language.
type ComposerWords struct {
	Placeholder string
	Send        string
	Emoji       string // tooltip of the button
	EmojiWords  EmojiWords
}

// ComposerChoice is a line of what a [Composer] offers while its text begins with a slash.
type ComposerChoice struct{ Name, Text string }

// Composer is where a text is written: a field that grows with its text to six lines, emoji, and a button to send.
// Enter sends, Shift+Enter breaks the line. What it offers for a slash is drawn above it, over what is there: it is to
// come after that in the tree of its page. For Fyne's goroutine.
type Composer struct {
	widget.BaseWidget
	// OnSend is called with the text, without spaces around it and never empty. The field keeps it: SetText("") once
	// it is safe.
	OnSend func(text string)
	// OnChanged is called when the text is another, by SetText too.
	OnChanged func(text string)
	// OnSlash is called with what follows a slash that the text begins with; SetChoices is the answer.
	OnSlash func(query string)
	// OnChoose is called with the index of what was chosen; SetText is the answer.
	OnChoose func(i int)
	// OnEscape is called for Escape where no choices are shown.
	OnEscape func()
	// OnFocus is called when the focus comes to the field, and goes.
	OnFocus func(in bool)
	// OnEmoji is called with the emoji used of late, the last first, so that they can be kept.
	OnEmoji func(recent []string)

	words   ComposerWords
	entry   *composerEntry
	emoji   *IconButton
	send    *Button
	choices *composerChoices
	offered []ComposerChoice // for what is written now
	counter string
	warn    bool
	recent  []string
	ruler   *widget.Label // breaks lines as Fyne's entry does
	rows    int
}

// NewComposer returns an empty composer.
func NewComposer(words ComposerWords) *Composer {
	c := &Composer{words: words, rows: 1}
	c.entry = newComposerEntry(c)
	c.entry.SetPlaceHolder(words.Placeholder)
	c.entry.OnChanged = c.changed
	c.emoji = NewIconButton(theme.IconSmile, words.Emoji, c.pickEmoji)
	c.send = NewButton(words.Send, Filled, func() {
		c.doSend()
		c.Focus()
	})
	c.send.Disable()
	c.choices = newComposerChoices(c)
	c.choices.Hide()
	c.ruler = widget.NewLabel("")
	c.ruler.Wrapping = fyne.TextWrapWord
	c.ExtendBaseWidget(c)
	return c
}

// Text returns what is written.
func (c *Composer) Text() string { return c.entry.Text }

// SetText replaces what is written, with the cursor at its end.
func (c *Composer) SetText(text string) {
	if text == c.entry.Text {
		return
	}
	c.entry.SetText(text)
	c.entry.toEnd()
}

// SetPlaceHolder shows other words in the empty field.
func (c *Composer) SetPlaceHolder(text string) { c.entry.SetPlaceHolder(text) }

// SetCounter shows a line under the field, at its right; warn is for more than one would like.
func (c *Composer) SetCounter(text string, warn bool) {
	if text != c.counter || warn != c.warn {
		c.counter, c.warn = text, warn
		c.Refresh()
	}
}

// SetRecent gives the emoji that were used of late, the last first.
func (c *Composer) SetRecent(emoji []string) { c.recent = emoji }

// SetChoices shows what can be chosen, above the field; none takes the list away. Up and Down walk in it, Enter and
// Tab choose, Escape closes. The same ones again leave the list where the agent is in it, and closed where it was closed.
func (c *Composer) SetChoices(choices []ComposerChoice) {
	if !strings.HasPrefix(c.entry.Text, "/") {
		choices = nil
	}
	if slices.Equal(c.offered, choices) {
		return
	}
	c.offered = slices.Clone(choices)
	c.choices.set(choices)
	c.lay()
}

// Focus brings the focus to the field.
func (c *Composer) Focus() { c.FocusOn(fyne.CurrentApp().Driver().CanvasForObject(c)) }

// FocusOn is the same for a composer that was not drawn yet, on the canvas that it will be on; nil does nothing.
func (c *Composer) FocusOn(on fyne.Canvas) {
	if on != nil {
		on.Focus(c.entry)
	}
}

// Focused tells whether the field has the focus.
func (c *Composer) Focused() bool { return c.entry.focused }

func (c *Composer) changed(text string) {
	if strings.TrimSpace(text) == "" {
		c.send.Disable()
	} else {
		c.send.Enable()
	}
	c.grow()
	c.SetChoices(nil)
	if c.OnChanged != nil {
		c.OnChanged(text)
	}
	if query, slash := strings.CutPrefix(text, "/"); slash && !strings.Contains(text, "\n") && c.OnSlash != nil {
		c.OnSlash(query)
	}
}

func (c *Composer) doSend() {
	if text := strings.TrimSpace(c.entry.Text); text != "" && c.OnSend != nil {
		c.OnSend(text)
	}
}

// choose takes a choice.
func (c *Composer) choose(i int) {
	c.choices.set(nil)
	c.Focus()
	if c.OnChoose != nil {
		c.OnChoose(i)
	}
}

// pickEmoji opens the emoji above the button.
func (c *Composer) pickEmoji() {
	showEmoji(c.emoji, c.words.EmojiWords, c.recent, func(emoji string) {
		c.entry.insert(emoji)
		c.recent = recentEmoji(c.recent, emoji)
		if c.OnEmoji != nil {
			c.OnEmoji(c.recent)
		}
		c.Focus()
	})
}

const (
	composerRows     = 6
	composerCounter  = 2 * theme.Grid
	composerFieldPad = 2 * theme.Grid // above and below the lines of the field
)

// grow gives the field as many rows as its text has, up to six.
func (c *Composer) grow() {
	rows := 1
	text := c.entry.Text
	wide := c.entry.Size().Width
	switch {
	case strings.Count(text, "\n") >= composerRows || len(text) > 4096:
		rows = composerRows
	case wide > 0 && text != "":
		c.ruler.SetText(text)
		c.ruler.Resize(fyne.NewSize(wide, 0))
		line := Body.measure("M").Height
		rows = min(composerRows, max(1, int((c.ruler.MinSize().Height-composerFieldPad)/line+0.5)))
	}
	if rows != c.rows {
		c.rows = rows
		c.Refresh()
	}
}

func (c *Composer) fieldHeight() float32 {
	return max(theme.ButtonHeight, float32(c.rows)*Body.measure("M").Height+composerFieldPad)
}

func (c *Composer) lay() {
	size := c.Size()
	if size.Width == 0 {
		return
	}
	send, field := c.send.MinSize(), c.fieldHeight()
	side := theme.ButtonHeight
	wide := size.Width - side - send.Width - 2*theme.Grid
	place(c.emoji, 0, field-side, side, side)
	place(c.send, size.Width-send.Width, field-send.Height, send.Width, send.Height)
	if before := c.entry.Size().Width; before != wide {
		place(c.entry, side+theme.Grid, 0, wide, field)
		c.grow()
	} else {
		place(c.entry, side+theme.Grid, 0, wide, field)
	}
	high := c.choices.MinSize().Height
	place(c.choices, side+theme.Grid, -high-theme.Grid, wide, high)
}

// CreateRenderer is for Fyne.
func (c *Composer) CreateRenderer() fyne.WidgetRenderer {
	counter := canvas.NewText("", theme.Color(theme.Secondary))
	return rendered(c, &renderer{
		objects: []fyne.CanvasObject{c.emoji, c.entry, c.send, counter, c.choices},
		min: func() fyne.Size {
			return fyne.NewSize(240, c.fieldHeight()+composerCounter)
		},
		layout: func(fyne.Size) {
			c.lay()
			at := c.entry.Position()
			h := counter.MinSize().Height
			place(counter, at.X, c.fieldHeight()+middle(composerCounter, h)+1, c.entry.Size().Width-theme.Grid/2, h)
		},
		redraw: func() {
			counter.Text, counter.TextSize, counter.Alignment = c.counter, theme.SmallSize, fyne.TextAlignTrailing
			counter.Color = theme.Color(theme.Secondary)
			if c.warn {
				counter.Color = theme.Color(theme.Warning)
			}
		},
	})
}
