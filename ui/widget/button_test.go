package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/ui/theme"
)

func TestButtonActsByMouseAndKeys(t *testing.T) {
	taps := 0
	button := NewButton("Add", Filled, func() { taps++ })
	b := newBench(t, container.NewHBox(container.NewVBox(button)))

	b.click(20, 20)
	require.Equal(t, 1, taps)
	require.Nil(t, b.Canvas().Focused(), "a click leaves the focus where it was")

	b.Canvas().FocusNext()
	require.Equal(t, button, b.Canvas().Focused())
	b.keys(fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyA)
	require.Equal(t, 4, taps)

	button.Disable()
	b.click(20, 20)
	require.Equal(t, 4, taps)
	b.Canvas().Unfocus()
	b.Canvas().FocusNext()
	require.Nil(t, b.Canvas().Focused(), "what is disabled is passed by")
}

func TestButtonShowsItsState(t *testing.T) {
	plain, filled := NewButton("Cancel", Plain, nil), NewButton("Add", Filled, nil)
	b := newBench(t, container.NewWithoutLayout(plain, filled))
	place(plain, 10, 10, 100, 36)
	place(filled, 10, 60, 100, 36)

	b.requireColor(theme.Background, 15, 28)
	b.point(15, 28)
	b.requireColor(theme.Hover, 15, 28)
	plain.MouseDown(primary())
	b.requireColor(theme.Selected, 15, 28)
	plain.MouseUp(primary())
	b.point(300, 300)
	b.requireColor(theme.Background, 15, 28)

	b.Canvas().Focus(plain)
	require.True(t, b.has(theme.Accent, 9, 28, 4, 1), "the ring")
	b.requireColor(theme.Background, 15, 28)

	b.requireColor(theme.Accent, 15, 78)
	b.Canvas().Focus(filled)
	require.True(t, b.has(theme.Accent, 5, 78, 4, 1), "the ring")
	require.True(t, b.has(theme.Background, 8, 78, 3, 1), "a gap, or the ring could not be seen")
	filled.Disable()
	b.requireColor(theme.Hover, 15, 78)
}

func TestButtonSizes(t *testing.T) {
	newBench(t, gap(1))
	require.EqualValues(t, 36, NewButton("Add", Filled, nil).MinSize().Height)
	require.EqualValues(t, 48, NewButton("Answer", Answer, nil).Tall().MinSize().Height)
	require.Equal(t, fyne.NewSquareSize(36), NewIconButton(theme.IconMore, "More", nil).MinSize())

	short := NewButton("Add", Filled, nil)
	before := short.MinSize().Width
	require.Greater(t, short.WithIcon(theme.IconPlus).MinSize().Width, before)
	short.SetText("Add another account")
	require.Greater(t, short.MinSize().Width, 2*before)
}

func TestButtonFollowsTheTheme(t *testing.T) {
	filled := NewButton("Add", Filled, nil)
	b := newBench(t, container.NewWithoutLayout(filled))
	place(filled, 10, 60, 100, 36)
	b.requireColor(theme.Accent, 15, 78)
	light := b.at(15, 78)
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark))
	filled.Refresh() // the driver does it in a real window
	b.requireColor(theme.Accent, 15, 78)
	require.NotEqual(t, light, b.at(15, 78))
}

func TestToggleIsTurnedByWhatIsTold(t *testing.T) {
	taps := 0
	mute := NewToggle(theme.IconMic, "Mute", func() { taps++ })
	b := newBench(t, container.NewWithoutLayout(mute))
	place(mute, 0, 0, 80, 56)
	test.Tap(mute)
	require.Equal(t, 1, taps)
	require.False(t, mute.On())
	b.requireColor(theme.Hover, 5, 28)
	mute.Set(theme.IconMicOff, "Unmute", true)
	require.True(t, mute.On())
	b.requireColor(theme.Accent, 5, 28)
}
