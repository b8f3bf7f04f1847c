package widget

import (
	"bytes"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/font"
	"github.com/stretchr/testify/require"
)

// composeBench is a Composer at the lower edge of a window of 400 × 400, and what it told.
type composeBench struct {
	*bench
	*Composer
	sent, changed, slashes []string
	chosen                 []int
	escapes                int
}

func newComposeBench(t *testing.T) *composeBench {
	c := NewComposer(ComposerWords{Placeholder: "Write a text", Send: "Send", Emoji: "Emoji"})
	b := &composeBench{Composer: c}
	c.OnSend = func(text string) { b.sent = append(b.sent, text) }
	c.OnChanged = func(text string) { b.changed = append(b.changed, text) }
	c.OnSlash = func(query string) { b.slashes = append(b.slashes, query) }
	c.OnChoose = func(i int) { b.chosen = append(b.chosen, i) }
	c.OnEscape = func() { b.escapes++ }
	b.bench = newBench(t, container.NewBorder(nil, c, nil, nil, NewGround("")))
	c.Focus()
	return b
}

// shifted types a key while Shift is down.
func (b *composeBench) shifted(name fyne.KeyName) {
	e := b.Canvas().Focused().(*composerEntry)
	e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	e.TypedKey(&fyne.KeyEvent{Name: name})
	e.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

func TestTheFieldGivesTheKeysOfTheWindowOn(t *testing.T) {
	b := newComposeBench(t)
	came := 0
	key := &desktop.CustomShortcut{KeyName: fyne.Key3, Modifier: fyne.KeyModifierControl}
	b.Canvas().AddShortcut(key, func(fyne.Shortcut) { came++ })
	b.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(key)
	require.Equal(t, 1, came)
	b.typed("ab")
	b.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	b.typed("c")
	require.Equal(t, "c", b.Text(), "those of text are the field's")
}

func TestEnterSendsAndShiftEnterBreaks(t *testing.T) {
	b := newComposeBench(t)
	b.keys(fyne.KeyReturn)
	require.Empty(t, b.sent, "nothing is not sent")
	require.True(t, b.send.Disabled())
	b.typed("  Hello")
	require.False(t, b.send.Disabled())
	b.shifted(fyne.KeyReturn)
	b.typed("there ")
	b.keys(fyne.KeyEnter)
	require.Equal(t, []string{"Hello\nthere"}, b.sent)
	require.Equal(t, "  Hello\nthere ", b.Text(), "it stays until it is safe")
	b.SetText("")
	require.True(t, b.send.Disabled())
	require.Empty(t, b.changed[len(b.changed)-1])
	b.typed("Again")
	test.Tap(b.send)
	require.Equal(t, "Again", b.sent[1])
	b.keys(fyne.KeyEscape)
	require.Equal(t, 1, b.escapes)
}

func TestTheFieldGrowsWithItsText(t *testing.T) {
	b := newComposeBench(t)
	one, line := b.Composer.MinSize().Height, Body.measure("M").Height
	high := func() float32 { return b.Composer.MinSize().Height }
	require.Equal(t, one, high())
	b.typed("A")
	require.Equal(t, one, high())
	b.shifted(fyne.KeyReturn)
	require.InDelta(t, one+line, high(), 1)
	b.SetText(strings.Repeat("wide words ", 12))
	require.Greater(t, high(), one+line, "it wraps")
	b.SetText("1\n2\n3\n4\n5\n6")
	six := high()
	require.InDelta(t, one+5*line, six, 1)
	b.SetText(strings.Repeat("line\n", 40))
	require.Equal(t, six, high(), "then it scrolls")
	b.SetText("")
	require.Equal(t, one, high())
	require.GreaterOrEqual(t, b.entry.MinSize().Height, float32(36))
}

func TestASlashOffersChoices(t *testing.T) {
	b := newComposeBench(t)
	offer := []ComposerChoice{{"open", "We are open."}, {"order", "It is on its way."}, {"other", "x"}}
	b.OnSlash = func(query string) {
		b.slashes = append(b.slashes, query)
		b.SetChoices(offer)
	}
	b.typed("a/")
	require.Empty(t, b.slashes, "it begins with it, or not")
	b.SetText("")
	b.typed("/o")
	require.Equal(t, []string{"", "o"}, b.slashes)
	require.True(t, b.choices.Visible())
	b.keys(fyne.KeyDown, fyne.KeyReturn)
	require.Equal(t, []int{1}, b.chosen)
	require.Empty(t, b.sent)
	require.False(t, b.choices.Visible())
	b.typed("r")
	b.keys(fyne.KeyUp, fyne.KeyTab)
	require.Equal(t, []int{1, 2}, b.chosen)
	b.typed("d")
	b.keys(fyne.KeyEscape)
	require.False(t, b.choices.Visible())
	require.Zero(t, b.escapes)
	b.keys(fyne.KeyReturn)
	require.Equal(t, []string{"/ord"}, b.sent, "a slash can be sent")
	b.typed("e")
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b.choices)
	require.Positive(t, at.Y)
	b.click(at.X+50, at.Y+choicesPad+choicesRow/2)
	require.Equal(t, []int{1, 2, 0}, b.chosen)
	require.Equal(t, fyne.Focusable(b.entry), b.Canvas().Focused(), "the field keeps the keys")
	b.SetText("/o")
	b.keys(fyne.KeyDown)
	b.SetChoices(offer)
	b.keys(fyne.KeyReturn)
	require.Equal(t, 1, b.chosen[3], "what is drawn again stays where it was")
	b.SetText("/or")
	b.keys(fyne.KeyEscape)
	b.SetChoices(offer)
	require.False(t, b.choices.Visible(), "and closed")
	b.SetText("no slash")
	b.SetChoices(offer)
	require.False(t, b.choices.Visible(), "an answer that comes late")
}

func TestManyChoicesScroll(t *testing.T) {
	b := newComposeBench(t)
	b.typed("/")
	many := make([]ComposerChoice, 20)
	b.SetChoices(many)
	for range 9 {
		b.keys(fyne.KeyDown)
	}
	require.Equal(t, 4, b.choices.first)
	b.choices.rows[0].Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
	require.Equal(t, 5, b.choices.first)
	b.keys(fyne.KeyUp, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp)
	require.Equal(t, 3, b.choices.first)
	b.keys(fyne.KeyReturn)
	require.Equal(t, []int{3}, b.chosen)
}

// openEmoji opens the emoji and returns them.
func (b *composeBench) openEmoji() *emojiPicker {
	test.Tap(b.emoji)
	return b.Canvas().Overlays().Top().(*overlay).content.(*emojiPicker)
}

func TestEmojiArePutWhereTheCursorIs(t *testing.T) {
	b := newComposeBench(t)
	var kept []string
	b.OnEmoji = func(recent []string) { kept = recent }
	b.SetRecent([]string{"🙏", "😀"})
	b.typed("ab")
	b.keys(fyne.KeyLeft)
	p := b.openEmoji()
	require.Equal(t, fyne.Focusable(p.search), b.Canvas().Focused())
	b.typed("thumbs")
	b.keys(fyne.KeyRight, fyne.KeyReturn)
	require.Nil(t, b.Canvas().Overlays().Top())
	require.Equal(t, "a👎b", b.Text())
	require.Equal(t, []string{"👎", "🙏", "😀"}, kept)
	b.typed("c")
	require.Equal(t, "a👎cb", b.Text(), "the field has the keys again, and the cursor is behind it")
	b.openEmoji()
	b.keys(fyne.KeyRight, fyne.KeyReturn)
	require.Equal(t, "a👎c🙏b", b.Text(), "those of late are first")
	p = b.openEmoji()
	b.typed("zzzz")
	require.True(t, p.none.Visible())
	b.keys(fyne.KeyDown, fyne.KeyReturn)
	require.Equal(t, "a👎c🙏b", b.Text())
	b.keys(fyne.KeyEscape)
	require.Nil(t, b.Canvas().Overlays().Top())
}

func TestTheKeysWalkThroughAllEmoji(t *testing.T) {
	b := newComposeBench(t)
	p := b.openEmoji()
	first, seen := p.grid.current(), map[string]bool{}
	for range 400 {
		seen[p.grid.current()] = true
		b.keys(fyne.KeyRight)
	}
	all := 0
	for i := range emojiGroups {
		all += len(emojiIn(i))
	}
	require.Len(t, seen, all)
	require.Greater(t, all, 190)
	for range 80 {
		b.keys(fyne.KeyPageUp)
	}
	for range 20 {
		b.keys(fyne.KeyLeft)
	}
	require.Equal(t, first, p.grid.current())
	require.Zero(t, p.grid.off)
}

func TestAllEmojiHaveAPictureAndAName(t *testing.T) {
	face, err := font.ParseTTF(bytes.NewReader(fynetheme.DefaultEmojiFont().Content()))
	require.NoError(t, err)
	known := map[string]bool{}
	for i := range emojiGroups {
		for _, e := range emojiIn(i) {
			require.NotEmpty(t, e.name)
			require.False(t, known[e.emoji], e.emoji)
			known[e.emoji] = true
			for _, r := range e.emoji {
				_, ok := face.NominalGlyph(r)
				require.True(t, ok || r == 0xFE0F, "%s %x", e.emoji, r)
			}
		}
	}
	require.Equal(t, []string{"👍", "👎"}, findEmoji("THUMBS"))
	require.Empty(t, findEmoji("humbs"))
}
