package page

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// soundRows are volume and level of both directions of a call.
type soundRows struct {
	root                *fyne.Container
	microphone, speaker *soundRow
}

// soundRow is one direction.
type soundRow struct {
	root   fyne.CanvasObject
	volume *widget.Slider
	meter  *widget.Meter
}

func newSoundRows(m *view.Main) *soundRows {
	s := &soundRows{
		microphone: newSoundRow(theme.IconMic, func(percent int) { m.Audio.SetVolume(phone.Microphone, percent) }),
		speaker:    newSoundRow(theme.IconSpeaker, func(percent int) { m.Audio.SetVolume(phone.Speaker, percent) }),
	}
	s.root = column(0, s.microphone.root, s.speaker.root)
	s.show(m.Audio)
	return s
}

// show sets the volumes.
func (s *soundRows) show(a *view.Audio) {
	s.microphone.volume.Set(float64(a.Microphone.Volume) / phone.MaxVolume)
	s.speaker.volume.Set(float64(a.Speaker.Volume) / phone.MaxVolume)
}

// percentStep keeps a drag from saving each of its points.
const percentStep = 5

func newSoundRow(icon theme.Icon, changed func(percent int)) *soundRow {
	r := &soundRow{meter: widget.NewMeter()}
	r.volume = widget.NewSlider(0, func(value float64) {
		changed(percentStep * int(math.Round(value*phone.MaxVolume/percentStep)))
	})
	r.root = container.NewBorder(nil, nil,
		across(theme.Grid/2, widget.NewIcon(icon, theme.Secondary, theme.IconSize), sized(0, 0)),
		across(theme.Grid/2, sized(0, 0), r.meter), r.volume)
	return r
}
