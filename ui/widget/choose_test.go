package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/ui/theme"
)

func TestSegmented(t *testing.T) {
	var got []int
	s := NewSegmented([]string{"All", "Missed"}, func(i int) { got = append(got, i) })
	b := newBench(t, container.NewHBox(container.NewVBox(s)))
	test.Tap(s.parts[1])
	test.Tap(s.parts[1])
	b.Canvas().FocusNext()
	require.Equal(t, s, b.Canvas().Focused())
	b.keys(fyne.KeyLeft, fyne.KeyLeft, fyne.KeyRight, fyne.KeyRight)
	require.Equal(t, []int{1, 0, 1}, got)
	s.SetSelected(0)
	require.Len(t, got, 3, "what the page sets is not told back")
}

func TestCheck(t *testing.T) {
	var got []bool
	c := NewCheck("Record", func(on bool) { got = append(got, on) })
	b := newBench(t, container.NewVBox(c))
	test.Tap(c)
	b.Canvas().FocusNext()
	b.keys(fyne.KeySpace)
	c.Set(true)
	require.Equal(t, []bool{true, false}, got)
	require.True(t, c.On())
	c.Disable()
	test.Tap(c)
	require.True(t, c.On())
}

func TestRadio(t *testing.T) {
	var got []int
	r := NewRadio([]string{"As the system", "Light", "Dark"}, func(i int) { got = append(got, i) })
	b := newBench(t, container.NewVBox(r))
	test.Tap(r.lines[2])
	test.Tap(r.lines[2])
	b.Canvas().Focus(r.lines[2])
	b.keys(fyne.KeyUp, fyne.KeyUp, fyne.KeyUp, fyne.KeyDown)
	require.Equal(t, []int{2, 1, 0, 1}, got)
	require.Equal(t, r.lines[1], b.Canvas().Focused(), "the focus goes along")
	r.SetSelected(0)
	require.Len(t, got, 4)
}

func TestChoice(t *testing.T) {
	var got []int
	c := NewChoice([]string{"Built-in", "Headset", "Speakerphone"}, func(i int) { got = append(got, i) })
	b := newBench(t, container.NewVBox(c))
	b.Canvas().FocusNext()
	b.keys(fyne.KeyReturn)
	require.NotNil(t, b.Canvas().Overlays().Top(), "the menu is open")
	b.keys(fyne.KeyDown, fyne.KeyReturn)
	require.Equal(t, []int{1}, got)
	require.Nil(t, b.Canvas().Overlays().Top())
	require.Equal(t, c, b.Canvas().Focused(), "the focus comes back")

	b.keys(fyne.KeyDown, fyne.KeyDown, fyne.KeyEscape)
	require.Nil(t, b.Canvas().Overlays().Top())
	require.Equal(t, []int{1}, got)
	c.Set([]string{"Built-in"}, 0)
	require.Equal(t, "Built-in", c.text())
	c.Set(nil, 0)
	test.Tap(c)
	require.Nil(t, b.Canvas().Overlays().Top(), "no options, no menu")
}

func TestSlider(t *testing.T) {
	var moved, ended []float64
	s := NewSlider(0.5, func(v float64) { moved = append(moved, v) })
	s.OnEnded = func(v float64) { ended = append(ended, v) }
	b := newBench(t, container.NewWithoutLayout(s))
	place(s, 0, 0, 216, 36)

	press := primary()
	press.Position = fyne.NewPos(8+50, 18)
	s.MouseDown(press)
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(500, 18)}})
	s.MouseUp(primary())
	s.DragEnd()
	require.Equal(t, []float64{0.25, 1}, moved)
	require.Equal(t, []float64{1}, ended, "once")

	b.Canvas().Focus(s)
	b.keys(fyne.KeyRight, fyne.KeyLeft)
	require.InDelta(t, 0.95, s.Value(), 1e-9)
	s.Set(-3)
	require.Zero(t, s.Value())
	s.Disable()
	s.MouseDown(press)
	require.Zero(t, s.Value())
}

func TestMenu(t *testing.T) {
	var got []string
	tapped := func(what string) func() { return func() { got = append(got, what) } }
	b := newBench(t, gap(1))
	open := func() {
		ShowMenu(b.Canvas(), fyne.NewPos(350, 380),
			MenuItem{Text: "Call", Icon: theme.IconPhone, Tapped: tapped("call")},
			MenuItem{},
			MenuItem{Text: "Block", Disabled: true, Tapped: tapped("block")},
			MenuItem{Text: "Delete", Danger: true, Tapped: tapped("delete")})
	}
	open()
	b.keys(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	require.Equal(t, []string{"delete"}, got, "hairline and what is disabled are passed over")

	open()
	b.keys(fyne.KeyReturn)
	require.NotNil(t, b.Canvas().Overlays().Top(), "nothing is chosen yet")
	b.click(5, 5)
	require.Nil(t, b.Canvas().Overlays().Top(), "a click beside it closes")

	open()
	b.click(300, 290) // it was moved to where it fits
	require.Equal(t, []string{"delete", "call"}, got)
}

func TestSheet(t *testing.T) {
	field := NewField("Name")
	b := newBench(t, field)
	b.Canvas().Focus(field.Entry)
	var s *Sheet
	closed, quit := 0, 0
	keep := NewButton("Keep", Plain, func() { closed++; s.Close() })
	s = ShowSheet(b.Canvas(), "Quit Callward?", NewParagraph("A call is up.", Body), nil, NewButton("Quit", DangerText, func() { quit++ }), keep)
	require.Equal(t, keep, b.Canvas().Focused())
	b.click(5, 5)
	require.NotNil(t, b.Canvas().Overlays().Top(), "it wants an answer")
	b.keys(fyne.KeyEscape)
	require.Equal(t, 1, quit, "Escape is the first button")
	b.keys(fyne.KeyReturn)
	require.Equal(t, 1, closed)
	require.Nil(t, b.Canvas().Overlays().Top())
	require.Equal(t, field.Entry, b.Canvas().Focused(), "the focus comes back")
	s.Close()
}

func TestSwitch(t *testing.T) {
	var got []bool
	s := NewSwitch("Send by itself", func(on bool) { got = append(got, on) })
	b := newBench(t, container.NewVBox(s))
	test.Tap(s)
	b.Canvas().FocusNext()
	b.keys(fyne.KeySpace)
	s.Set(true)
	require.Equal(t, []bool{true, false}, got, "what the page sets is not told back")
	require.True(t, s.On())
	s.Disable()
	test.Tap(s)
	require.True(t, s.On())
}

func TestChip(t *testing.T) {
	taps := 0
	c := NewChip("Mo", func() { taps++ })
	b := newBench(t, container.NewVBox(c))
	test.Tap(c)
	b.Canvas().FocusNext()
	b.keys(fyne.KeyReturn)
	require.Equal(t, 2, taps)
	require.False(t, c.On(), "what is told of the tap turns it")
	c.Set(true)
	require.True(t, c.On())
}
