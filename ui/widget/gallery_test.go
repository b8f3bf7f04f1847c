package widget

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/ui/theme"
)

// Golden pictures of all widgets: testdata/gallery-MODE-SCALE.png. CALLWARD_GOLDEN=1 writes them anew; look at
// them before they are committed.
func TestGallery(t *testing.T) {
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		for _, scale := range []float32{1, 2} {
			t.Run(fmt.Sprintf("%s-%g", name, scale), func(t *testing.T) {
				test.NewTempApp(t).Settings().SetTheme(theme.New(mode))
				w := test.NewTempWindow(t, gap(1))
				w.SetPadded(false)
				w.Canvas().(test.WindowlessCanvas).SetScale(scale)
				w.SetContent(gallery())
				w.Resize(fyne.NewSize(1140, 760))
				requireGolden(t, fmt.Sprintf("gallery-%s-%g.png", name, scale), coarse(w.Canvas().Capture()))
			})
		}
	}
}

// requireGolden holds the picture against testdata. Machines differ in the last bits of a blended edge: a pixel
// counts as another from two steps of [coarse] on, and one in a thousand may be.
func requireGolden(t *testing.T, name string, got *image.NRGBA) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("CALLWARD_GOLDEN") != "" {
		save(t, path, got)
		return
	}
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	decoded, err := png.Decode(file)
	require.NoError(t, err)
	require.Equal(t, decoded.Bounds(), got.Bounds())
	want, other := coarse(decoded), 0
	for i := range got.Pix {
		if a, b := got.Pix[i], want.Pix[i]; max(a, b)-min(a, b) > 2*step {
			other++
		}
	}
	if other > len(got.Pix)/4/1000 {
		save(t, filepath.Join(os.TempDir(), name), got)
		t.Errorf("%s: %d values are others; what was drawn is in %s", name, other, os.TempDir())
	}
}

const step = 8

// coarse returns the picture with fewer colours, which makes its file small.
func coarse(img image.Image) *image.NRGBA {
	b := img.Bounds()
	out := image.NewNRGBA(b)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			round := func(v uint8) uint8 { return uint8(min(255, (int(v)+step/2)/step*step)) }
			out.SetNRGBA(x, y, color.NRGBA{round(c.R), round(c.G), round(c.B), 255})
		}
	}
	return out
}

func save(t *testing.T, path string, img image.Image) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	file, err := os.Create(path)
	require.NoError(t, err)
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	require.NoError(t, encoder.Encode(file, img))
	require.NoError(t, file.Close())
}

// gallery is one of everything, in the states that it has.
func gallery() fyne.CanvasObject {
	body := container.New(layout.NewGridWrapLayout(fyne.NewSize(364, 760)),
		padded(24, galleryActions()), padded(24, galleryForm()))
	right := container.New(layout.NewGridWrapLayout(fyne.NewSize(320, 760)),
		container.NewStack(NewGround(theme.Surface), container.NewBorder(nil, nil, NewHairline(), nil, padded(24, galleryCall()))))
	return container.NewBorder(nil, nil, galleryRail(), right, body)
}

func galleryRail() fyne.CanvasObject {
	home := NewRailItem(theme.IconHome, "Home", nil)
	home.SetSelected(true)
	calls := NewRailItem(theme.IconPhone, "Calls", nil)
	calls.hovered = true
	texts := NewRailItem(theme.IconTexts, "Texts", nil)
	texts.SetCount(128)
	texts.FocusGained()
	mails := NewRailItem(theme.IconVoicemail, "Voicemails", nil)
	mails.SetCount(2)
	rail := column(0, gap(6), home, calls, texts, mails, NewRailItem(theme.IconContacts, "Contacts", nil))
	return container.NewBorder(nil, nil, nil, NewHairline(), container.NewStack(NewGround(theme.Surface), rail))
}

func galleryActions() fyne.CanvasObject {
	focused, hovered, disabled := NewButton("Focus", Filled, nil), NewButton("Hover", Plain, nil), NewButton("Off", Filled, nil)
	focused.FocusGained()
	hovered.hovered = true
	disabled.Disable()
	audio := NewNavItem(theme.IconHeadset, "Audio", nil)
	audio.SetSelected(true)
	told := NewBanner(Info, "Calls still reach you here.")
	told.OnClose = func() {}
	lone := NewLoneRow(theme.SettingRow)
	lone.Set(RowContent{Title: "alice@pbx.example.org", Cells: []Cell{{Text: "Registered", Color: theme.Answer}}})
	lone.SetActions(Action{theme.IconRefresh, "Try now", nil}, Action{theme.IconTrash, "Remove", nil})
	lone.FocusGained()
	return column(12,
		line(NewStateButton("1001 Available", theme.Answer, nil), layout.NewSpacer(), NewIconButton(theme.IconHelp, "", nil), NewIconButton(theme.IconGear, "", nil)),
		line(NewButton("Add", Filled, nil), NewButton("Cancel", Plain, nil), NewButton("Remove", DangerText, nil), NewButton("Try", Tonal, nil).WithIcon(theme.IconRefresh)),
		line(focused, hovered, disabled),
		NewBanner(Caution, "The server does not answer.", NewButton("Try now", Plain, nil)),
		told,
		NewBanner(Trouble, "No sound device."),
		container.NewGridWithColumns(2,
			column(2, NewGroupTitle("Phone"), NewNavItem(theme.IconUser, "Accounts", nil), audio, NewNavItem("", "Plain", nil)),
			NewEmptyState(theme.IconPhone, "No calls yet.", NewButton("Dial a number", Tonal, nil))),
		lone,
	)
}

func galleryForm() fyne.CanvasObject {
	server, password, name := NewField("Server"), NewPasswordField("Password"), NewField("")
	server.SetText("pbx.example.org")
	server.SetHint("As your provider gave it to you.")
	password.SetText("secret")
	password.SetError("The server does not accept this password.")
	name.Entry.FocusGained()
	ticked, focused := NewCheck("Ring here", nil), NewCheck("Focus", nil)
	ticked.Set(true)
	focused.FocusGained()
	radio := NewRadio([]string{"As the system", "Light"}, nil)
	radio.SetSelected(1)
	return column(10,
		NewText("Add an account", Title), server, password, name,
		NewSearch("Name or number", nil),
		line(NewSegmented([]string{"All", "Missed"}, nil), layout.NewSpacer(), ticked, focused), radio,
		Labelled("Microphone", NewChoice([]string{"Built-in", "Headset"}, nil)), NewSlider(0.6, nil),
	)
}

func galleryCall() fyne.CanvasObject {
	rows := []RowContent{
		{Title: "Today", Heading: true},
		{Icon: theme.IconIncoming, IconColor: theme.Answer, Title: "Jo Lee", Cells: []Cell{{Text: "10:41", Width: 36}, {Text: "4:12", Width: 44}}},
		{Icon: theme.IconMissed, IconColor: theme.Danger, Title: "Ana Cruz of the long names", Subtitle: "called back 10:41", Unread: true, Cells: []Cell{{Text: "10:12", Width: 36}, {Text: "missed", Width: 44, Color: theme.Danger}}},
		{Avatar: "Max Orr", Title: "Max Orr", Subtitle: "On its way today", Count: 3, Unread: true, Selected: true},
	}
	list := NewList(theme.CallRow, func() int { return len(rows) }, func(i int, r *Row) { r.Set(rows[i]) })
	level, bars := NewMeter(), NewQualityBars()
	level.SetLevel(0.85)
	bars.Set(4, "good", "")
	mute := NewToggle(theme.IconMic, "Mute", nil)
	mute.Set(theme.IconMicOff, "Unmute", true)
	pad := NewKeypad(nil)
	pad.FocusGained()
	return column(12,
		container.New(layout.NewGridWrapLayout(fyne.NewSize(271, 222)), list),
		line(NewAvatar("Jo Lee", 48), NewText("04:12", Title), layout.NewSpacer(), bars), level,
		container.NewGridWithColumns(3, mute, NewToggle(theme.IconPause, "Hold", nil), NewToggle(theme.IconKeypad, "Keypad", nil)),
		line(NewButton("Answer", Answer, nil).WithIcon(theme.IconAnswer).Tall(), NewButton("End", Danger, nil).WithIcon(theme.IconHangUp).Tall()),
		pad,
	)
}

func column(space float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(space), objects...)
}

func line(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(theme.Grid), objects...)
}

func padded(pad float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(pad, pad, pad, pad), o)
}

func gap(side float32) fyne.CanvasObject {
	g := NewGround(theme.Clear)
	g.least = fyne.NewSquareSize(side)
	return g
}
