package page

import (
	"fmt"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// quietest is the level, in dBov, at which a meter shows nothing: a quiet room.
const quietest = -60

// audioSection is where microphone and speaker are chosen and tried. For Fyne's goroutine.
type audioSection struct {
	content               fyne.CanvasObject
	microphoneM, speakerM *widget.Meter
	microphone, speaker   *devicePart
	test                  *widget.Button
	notice                *widget.Banner
	audio                 *view.Audio
}

func newAudioSection(a *view.Audio) *audioSection {
	s := &audioSection{
		audio: a, microphoneM: widget.NewMeter(), speakerM: widget.NewMeter(), notice: notice(),
		microphone: newDevicePart(a, phone.Microphone, lang.L("Device")),
		speaker:    newDevicePart(a, phone.Speaker, lang.L("Device")),
	}
	s.test = widget.NewButton(lang.L("Test"), widget.Filled, a.TestMicrophone).WithIcon(theme.IconMic)
	s.test.SetTip(lang.L("Records three seconds and plays them back"))
	s.content = section(lang.L("Audio"), s.test, s.notice,
		formPart(1.5*theme.Grid, widget.NewSectionTitle(lang.L("Microphone")), s.microphone.content, widget.Labelled(lang.L("Level"), s.microphoneM)),
		formPart(1.5*theme.Grid, widget.NewSectionTitle(lang.L("Speaker")), s.speaker.content, widget.Labelled(lang.L("Level"), s.speakerM)),
	)
	onChange(&a.Changed, s.refresh)
	s.refresh()
	return s
}

func (s *audioSection) refresh() {
	s.microphone.show(s.audio.Microphone)
	s.speaker.show(s.audio.Speaker)
	tone := widget.Caution
	if s.audio.Testing {
		tone = widget.Info
		s.test.Disable()
	} else {
		s.test.Enable()
	}
	showBanner(s.notice, tone, s.audio.Notice)
	s.content.Refresh()
}

// setLevels moves the meters; the levels are in dBov.
func (s *audioSection) setLevels(microphone, speaker float64) {
	s.microphoneM.SetLevel(meterLevel(microphone))
	s.speakerM.SetLevel(meterLevel(speaker))
}

// meterLevel is where a level in dBov stands on a meter, from 0 to 1.
func meterLevel(level float64) float32 {
	return float32(max(0, min(1, 1-level/quietest)))
}

// devicePart chooses a device and its volume. For Fyne's goroutine.
type devicePart struct {
	content fyne.CanvasObject
	options []string
	device  *widget.Choice
	volume  *widget.Slider
	percent *widget.Text
}

// newDevicePart chooses for a role; label is over the choice.
func newDevicePart(a *view.Audio, role phone.DeviceRole, label string) *devicePart {
	d := &devicePart{percent: widget.NewText("", widget.Small)}
	d.device = widget.NewChoice(nil, func(i int) { a.Choose(role, d.options[i]) })
	d.volume = widget.NewSlider(0, func(value float64) { d.percent.SetText(percentText(percentOf(value))) })
	d.volume.OnEnded = func(value float64) { a.SetVolume(role, percentOf(value)) }
	d.percent.SetAlign(fyne.TextAlignTrailing)
	volume := container.NewBorder(nil, nil, nil, sized(48, 0, d.percent), d.volume)
	d.content = column(1.5*theme.Grid, widget.Labelled(label, d.device), widget.Labelled(lang.L("Volume"), volume))
	return d
}

// show shows what there is to choose from, and what is chosen.
func (d *devicePart) show(choice view.DeviceChoice) {
	d.options = choice.Options
	d.device.Set(choice.Options, choice.Chosen)
	d.volume.Set(float64(choice.Volume) / phone.MaxVolume)
	d.percent.SetText(percentText(choice.Volume))
}

// percentOf is what a slider at a place from 0 to 1 means, in steps that can be met.
func percentOf(value float64) int { return 5 * int(math.Round(value*phone.MaxVolume/5)) }

func percentText(percent int) string { return fmt.Sprintf("%d %%", percent) }
