package widget

import (
	"image/color"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/ui/theme"
)

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"Jo Lee": "JL", "jo": "J", "Ana Maria da Cruz": "AC", "Émile Zola": "ÉZ", "+44 20 7946 0018": "", "": "",
		"(sales) Bob": "B", "李 小龙": "李小",
	} {
		require.Equal(t, want, Initials(name), name)
	}
}

func TestAvatarColorsBearWhiteText(t *testing.T) {
	for _, c := range avatarColors {
		require.Less(t, brightness(c), 1.05/4.5-0.05, "%v: white on it is 4.5:1", c)
	}
	require.Equal(t, avatarColor("Jo Lee"), avatarColor("Jo Lee"))
}

// brightness is the relative luminance of WCAG, with its curve as a plain power, which is near enough.
func brightness(c color.NRGBA) float64 {
	linear := func(v uint8) float64 { s := float64(v) / 255; return s*s*(0.305306011*s+0.682171111) + 0.012522878*s }
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func TestBadge(t *testing.T) {
	b := NewBadge(0)
	newBench(t, b)
	require.Zero(t, b.MinSize().Width, "nothing is shown for 0")
	b.SetCount(7)
	require.Equal(t, badgeHeight, b.MinSize().Width, "a disc")
	b.SetCount(128)
	require.Greater(t, b.MinSize().Width, badgeHeight)
}

func TestMeterDrawsFourTimesASecond(t *testing.T) {
	m := NewMeter()
	newBench(t, m)
	clock := time.Unix(100, 0)
	m.now = func() time.Time { return clock }
	drawn := 0
	for i := range 100 { // one second
		before := m.lit
		m.SetLevel(float32(1+i%9) / 10)
		if m.lit != before {
			drawn++
		}
		clock = clock.Add(10 * time.Millisecond)
	}
	require.LessOrEqual(t, drawn, 4)
	require.Positive(t, drawn)
	m.SetLevel(0)
	require.Zero(t, m.lit, "silence is shown at once")
	clock = clock.Add(time.Second)
	m.SetLevel(7)
	require.Equal(t, meterBars, m.lit)
}

func TestEllipsisFits(t *testing.T) {
	newBench(t, gap(1))
	rapid.Check(t, func(t *rapid.T) {
		text, width := rapid.String().Draw(t, "text"), float32(rapid.IntRange(20, 200).Draw(t, "width"))
		cut := Ellipsis(text, Body, width)
		if Body.measure(cut).Width > width {
			t.Fatalf("%q is wider than %g", cut, width)
		}
		if cut != text && Body.measure(text).Width <= width {
			t.Fatalf("%q was cut without need", text)
		}
	})
}

func TestParagraphWraps(t *testing.T) {
	p := NewParagraph("The line is not registered: the server does not answer.\nTry again later.", Body)
	newBench(t, container.NewWithoutLayout(p))
	p.Resize(fyne.NewSize(1000, 100))
	require.Len(t, p.lines, 2)
	line := p.MinSize().Height / 2
	p.Resize(fyne.NewSize(150, 100))
	require.Greater(t, len(p.lines), 3)
	require.InDelta(t, line*float32(len(p.lines)), p.MinSize().Height, 0.01)
	for _, text := range p.lines {
		require.LessOrEqual(t, Body.measure(text).Width, float32(150))
	}
	p.SetText("Short.")
	require.Equal(t, []string{"Short."}, p.lines)
}

func TestTextIsCutOnlyWhereItMay(t *testing.T) {
	whole, cut := NewText("a long line of text", Body), NewText("a long line of text", Body).Shrink()
	newBench(t, container.NewVBox(whole, cut))
	require.Equal(t, Body.measure("a long line of text").Width, whole.MinSize().Width)
	require.Zero(t, cut.MinSize().Width)
	require.Equal(t, "a long line of text", cut.Text())
}

func TestRailItem(t *testing.T) {
	taps := 0
	item := NewRailItem(theme.IconHome, "Home", func() { taps++ })
	b := newBench(t, container.NewHBox(container.NewVBox(item)))
	b.requireColor(theme.Background, 1, 30)
	item.SetSelected(true)
	b.requireColor(theme.Accent, 1, 30)
	b.requireColor(theme.Selected, 10, 30)
	item.SetCount(2)
	require.True(t, b.has(theme.Accent, 48, 4, 8, 16), "the badge")
	test.Tap(item)
	b.Canvas().FocusNext()
	b.keys(fyne.KeyReturn)
	require.Equal(t, 2, taps)
}

func TestNavItem(t *testing.T) {
	taps := 0
	item := NewNavItem(theme.IconUser, "Accounts", func() { taps++ })
	b := newBench(t, container.NewVBox(item))
	item.SetSelected(true)
	b.requireColor(theme.Accent, 1, 18)
	b.click(100, 18)
	require.Equal(t, 1, taps)
}

func TestBanner(t *testing.T) {
	tried, closed := 0, 0
	ban := NewBanner(Caution, "The server does not answer.", NewButton("Try now", Plain, func() { tried++ }))
	ban.OnClose = func() { closed++ }
	b := newBench(t, container.NewVBox(ban))
	b.requireColor(theme.WarningGround, 3, 20)
	b.Canvas().FocusNext()
	b.keys(fyne.KeyReturn)
	b.Canvas().FocusNext()
	b.keys(fyne.KeyReturn)
	require.Equal(t, 1, tried)
	require.Equal(t, 1, closed)
	ban.CreateRenderer() // as Fyne does for what was not seen for a while
	require.Len(t, ban.actions.Objects, 2)
	ban.Set(Info, "It does again.")
	b.requireColor(theme.Selected, 3, 20)
}

func TestEmptyStateStandsAtTheTopLeft(t *testing.T) {
	taps := 0
	action := NewButton("Dial a number", Tonal, func() { taps++ })
	b := newBench(t, NewEmptyState(theme.IconPhone, "No calls yet.", action))
	inset, _ := b.Canvas().InteractiveArea() // the driver of the tests invents one
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(action).Add(inset)
	require.Zero(t, pos.X)
	require.Less(t, pos.Y, float32(120))
	b.click(pos.X+20, pos.Y+18)
	require.Equal(t, 1, taps)
}

func TestTooltip(t *testing.T) {
	button := NewIconButton(theme.IconGear, "Settings", nil)
	layer := NewTipLayer(container.NewHBox(container.NewVBox(button)))
	defer layer.Close()
	b := newBench(t, layer)
	require.Empty(t, layer.text.Text)
	b.point(18, 18) // the driver of the tests ends each animation at once
	require.Equal(t, "Settings", layer.text.Text)
	b.requireColor(theme.Text, 20, 41)
	b.click(18, 18)
	require.Empty(t, layer.text.Text, "a click takes it away")
	b.requireColor(theme.Background, 20, 41)
	b.point(300, 300)
	b.point(18, 18)
	b.point(300, 300)
	require.Empty(t, layer.text.Text)
}

func TestTooltipStaysInTheWindow(t *testing.T) {
	layer := NewTipLayer(gap(1))
	defer layer.Close()
	newBench(t, layer)
	layer.show("loss 0.2 %, jitter 4 ms, round trip 31 ms", fyne.NewPos(395, 395))
	require.LessOrEqual(t, layer.ground.Position().X+layer.ground.Size().Width, float32(400))
	require.LessOrEqual(t, layer.ground.Position().Y+layer.ground.Size().Height, float32(400))
}

func TestATooltipThatComesLateIsShown(t *testing.T) {
	button := NewIconButton(theme.IconGear, "", nil)
	layer := NewTipLayer(container.NewHBox(container.NewVBox(button)))
	defer layer.Close()
	b := newBench(t, layer)
	b.point(18, 18)
	require.Empty(t, layer.text.Text)
	button.SetTip("loss 0 %")
	require.Equal(t, "loss 0 %", layer.text.Text, "the pointer was there already")
	b.point(300, 300)
	button.SetTip("")
	button.SetTip("loss 1 %")
	require.Empty(t, layer.text.Text)
}

func TestQualityBars(t *testing.T) {
	q := NewQualityBars()
	b := newBench(t, container.NewHBox(container.NewVBox(q)))
	require.False(t, b.has(theme.Answer, 0, 0, 30, 20))
	q.Set(4, "good", "loss 0 %")
	require.True(t, b.has(theme.Answer, 18, 0, 6, 20))
	require.Equal(t, "loss 0 %", q.Tip())
	q.Set(1, "bad", "loss 12 %")
	require.True(t, b.has(theme.Danger, 0, 0, 6, 20))
	require.False(t, b.has(theme.Danger, 18, 0, 6, 20))
}

func TestStateButton(t *testing.T) {
	taps := 0
	s := NewStateButton("1001 Available", theme.Answer, func() { taps++ })
	b := newBench(t, container.NewHBox(container.NewVBox(s)))
	b.requireColor(theme.Answer, 17, 18)
	s.Set("Not registered", theme.Danger)
	b.requireColor(theme.Danger, 17, 18)
	b.Canvas().FocusNext()
	b.keys(fyne.KeySpace)
	require.Equal(t, 1, taps)
}
