package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/ui/theme"
)

func TestField(t *testing.T) {
	var changed string
	f := NewField("Server")
	f.Entry.OnChanged = func(text string) { changed = text }
	b := newBench(t, container.NewVBox(f))
	plain := f.MinSize().Height
	require.EqualValues(t, 36, f.Entry.MinSize().Height)

	b.Canvas().FocusNext()
	b.typed("pbx")
	require.Equal(t, "pbx", f.Text())
	require.Equal(t, "pbx", changed)

	f.SetHint("As your provider gave it.")
	require.Greater(t, f.MinSize().Height, plain)
	f.SetError("There is no such server.")
	require.Equal(t, "There is no such server.", f.help.Text())
	require.Equal(t, "There is no such server.", f.Error())
	f.SetError("")
	require.Equal(t, "As your provider gave it.", f.help.Text())
	f.SetHint("")
	require.Equal(t, plain, f.MinSize().Height)
}

func TestFieldShowsFocusAndError(t *testing.T) {
	f := NewField("Server")
	b := newBench(t, container.NewWithoutLayout(f))
	place(f, 0, 0, 200, 80)
	y := int(f.Entry.Position().Y) + 18
	require.False(t, b.has(theme.Accent, 0, y, 4, 1))
	b.Canvas().Focus(f.Entry)
	require.True(t, b.has(theme.Accent, 0, y, 4, 1))
	b.Canvas().Unfocus()
	f.SetError("There is no such server.")
	require.True(t, b.has(theme.Danger, 0, y, 4, 1))
	require.True(t, b.has(theme.Danger, 0, y+20, 150, 20), "the sentence under it")
}

func TestPasswordFieldIsShownByItsEye(t *testing.T) {
	f := NewPasswordField("Password")
	newBench(t, f)
	require.True(t, f.Entry.Password)
	test.Tap(f.Entry.ActionItem.(fyne.Tappable))
	require.False(t, f.Entry.Password)
}

func TestEntryGivesItsKeysFirst(t *testing.T) {
	e := NewEntry()
	var focus []bool
	e.OnFocus = func(in bool) { focus = append(focus, in) }
	e.OnKey = func(key fyne.KeyName) bool { return key == fyne.KeyBackspace }
	b := newBench(t, container.NewVBox(e))
	b.Canvas().Focus(e)
	b.typed("ab")
	b.keys(fyne.KeyBackspace)
	require.Equal(t, "ab", e.Text)
	b.keys(fyne.KeyLeft, fyne.KeyDelete)
	require.Equal(t, "a", e.Text)
	b.Canvas().Unfocus()
	require.Equal(t, []bool{true, false}, focus)
}

func TestEntryLeavesTheWindowItsShortcuts(t *testing.T) {
	e := NewEntry()
	b := newBench(t, e)
	e.SetText("Jo Harper")
	answered := 0
	answer := &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl}
	b.Canvas().AddShortcut(answer, func(fyne.Shortcut) { answered++ })
	b.Canvas().AddShortcut(&fyne.ShortcutSelectAll{}, func(fyne.Shortcut) { t.Error("the field's own shortcut reached the window") })

	e.TypedShortcut(answer)
	require.Equal(t, 1, answered)
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	require.Equal(t, "Jo Harper", e.SelectedText())
}

func TestSearchIsEmptiedByItsCross(t *testing.T) {
	var got []string
	s := NewSearch("Search", func(text string) { got = append(got, text) })
	b := newBench(t, container.NewVBox(s))
	cross := s.ActionItem
	require.False(t, cross.Visible())
	b.Canvas().Focus(s)
	b.typed("le")
	require.True(t, cross.Visible())
	test.Tap(cross.(fyne.Tappable))
	require.Equal(t, []string{"l", "le", ""}, got)
	require.False(t, cross.Visible())
}
