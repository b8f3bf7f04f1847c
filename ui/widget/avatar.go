package widget

import (
	"hash/fnv"
	"image"
	"image/color"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// Avatar is the initials of a name on a calm colour that is always the same for the name. For Fyne's goroutine.
type Avatar struct {
	widget.BaseWidget
	name    string
	side    float32
	picture image.Image // nil for none
}

// avatarColors bear white text at 4.5:1 at least, in light and in dark.
var avatarColors = []color.NRGBA{
	{0x3B, 0x6E, 0xA5, 0xFF},
	{0x7A, 0x5A, 0xA8, 0xFF},
	{0xA1, 0x4E, 0x7B, 0xFF},
	{0xA6, 0x52, 0x3F, 0xFF},
	{0x8A, 0x62, 0x1F, 0xFF},
	{0x4F, 0x75, 0x3A, 0xFF},
	{0x2C, 0x74, 0x74, 0xFF},
	{0x56, 0x68, 0x7D, 0xFF},
}

// NewAvatar returns the avatar of the name with sides of that many dp: 36 in rows, 48 on the call card.
func NewAvatar(name string, side float32) *Avatar {
	a := &Avatar{name: name, side: side}
	a.ExtendBaseWidget(a)
	return a
}

// SetName shows the initials of another name.
func (a *Avatar) SetName(name string) {
	if name != a.name {
		a.name = name
		a.Refresh()
	}
}

// SetPicture shows a PNG, JPEG or GIF in place of the initials; what is none of them, or empty, brings those back.
func (a *Avatar) SetPicture(data []byte) {
	picture, _ := decoded(data)
	if picture == nil && a.picture == nil {
		return
	}
	if a.picture = picture; picture != nil {
		a.picture = round(picture, 3*int(a.side)) // sharp on a screen of scale 3
	}
	a.Refresh()
}

// CreateRenderer is for Fyne.
func (a *Avatar) CreateRenderer() fyne.WidgetRenderer {
	disc, text, icon := canvas.NewCircle(color.Transparent), canvas.NewText("", color.White), newIcon()
	face := &canvas.Image{FillMode: canvas.ImageFillContain}
	return rendered(a, &renderer{
		objects: []fyne.CanvasObject{disc, text, icon, face},
		min:     func() fyne.Size { return fyne.NewSquareSize(a.side) },
		layout: func(size fyne.Size) {
			x, y := middle(size.Width, a.side), middle(size.Height, a.side)
			place(disc, x, y, a.side, a.side)
			place(face, x, y, a.side, a.side)
			h := text.MinSize().Height
			place(text, x, y+middle(a.side, h), a.side, h)
			side := a.side * 0.55
			place(icon, x+middle(a.side, side), y+middle(a.side, side), side, side)
		},
		redraw: func() {
			text.Text, text.Alignment = Initials(a.name), fyne.TextAlignCenter
			text.TextSize, text.TextStyle = a.side*0.36, fyne.TextStyle{Bold: true}
			disc.FillColor = avatarColor(a.name)
			show(face, a.picture != nil)
			face.Image = a.picture
			if text.Text == "" { // a number alone
				disc.FillColor = theme.Color(theme.Hover)
				setIcon(icon, theme.IconUser, theme.Secondary)
			} else {
				setIcon(icon, "", theme.Secondary)
			}
		},
	})
}

func avatarColor(name string) color.NRGBA {
	h := fnv.New32a()
	h.Write([]byte(name))
	return avatarColors[h.Sum32()%uint32(len(avatarColors))]
}

// Initials returns the first letters of the first and last word that begin with one: "Jo Lee" gives "JL".
// A name without letters, a number, has none.
func Initials(name string) string {
	var first []rune
	for _, word := range strings.Fields(name) {
		if r := []rune(word)[0]; unicode.IsLetter(r) {
			first = append(first, unicode.ToUpper(r))
		}
	}
	switch len(first) {
	case 0:
		return ""
	case 1:
		return string(first)
	default:
		return string([]rune{first[0], first[len(first)-1]})
	}
}
