package page

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// greetingLanguages are those of the standard greeting, as ISO 639 codes.
var greetingLanguages = []string{"en", "de"}

// machineSection is where the answering machine is set. For Fyne's goroutine.
type machineSection struct {
	content   fyne.CanvasObject
	main      *view.Main
	greetings *greetingParts
	notice    *widget.Banner

	talking, away, busy *widget.Check
	picked, next        *widget.Check
	length, keep        *widget.Choice
	language            *widget.Segmented
	parts               *fyne.Container
}

func newMachineSection(m *view.Main, canvas func() fyne.Canvas) *machineSection {
	s := &machineSection{main: m, notice: notice(), greetings: newGreetingParts(m, canvas)}
	set := m.Machine.Set
	check := func(text string, change func(*phone.MachineSettings, bool)) *widget.Check {
		return widget.NewCheck(text, func(on bool) { set(func(s *phone.MachineSettings) { change(s, on) }) })
	}
	s.talking = check(lang.L("While I talk"), func(s *phone.MachineSettings, on bool) { s.Talking = on })
	s.away = check(lang.L("While I am away"), func(s *phone.MachineSettings, on bool) { s.Away = on })
	s.busy = check(lang.L("While do not disturb is on"), func(s *phone.MachineSettings, on bool) { s.DoNotDisturb = on })
	s.picked = check(lang.L("When I pick up, keep what was said until then"), func(s *phone.MachineSettings, on bool) { s.KeepPicked = on })
	s.next = widget.NewCheck(lang.L("After a message, play the next unheard one"), m.Voicemails.SetNext)
	s.length = widget.NewChoice(lengthWords(), func(i int) { set(func(s *phone.MachineSettings) { s.MaxLength = view.LengthChoices[i] }) })
	s.keep = widget.NewChoice(keepWords(), func(i int) {
		set(func(s *phone.MachineSettings) { s.Keep = time.Duration(view.HeardChoices[i]) * 24 * time.Hour })
	})
	s.language = widget.NewSegmented([]string{"English", "Deutsch"}, func(i int) {
		set(func(s *phone.MachineSettings) { s.Language = greetingLanguages[i] })
		m.Greetings.Read()
	})
	accounts := widget.NewParagraph(lang.L("This is for accounts that take calls which nobody answers. Callers who are blocked and may leave messages are always taken, and nothing rings."), widget.Small)
	s.parts = flow(3*theme.Grid,
		flow(theme.Grid, widget.NewSectionTitle(lang.L("Greetings")), s.greetings.content),
		formPart(theme.Grid, widget.Labelled(lang.L("Language of the standard greeting"), s.language)),
		flow(theme.Grid/2, widget.NewSectionTitle(lang.L("Take calls at once")), s.talking, s.away, s.busy, accounts),
		formPart(1.5*theme.Grid, widget.NewSectionTitle(lang.L("Messages")),
			widget.Labelled(lang.L("Longest message"), s.length), widget.Labelled(lang.L("Keep heard messages"), s.keep), s.picked, s.next),
	)
	s.content = section(lang.L("Voicemail"), nil, s.notice, s.parts)
	onChange(&m.Machine.Changed, s.refresh)
	onChange(&m.Voicemails.Changed, func() { s.next.Set(m.Voicemails.Next) })
	onChange(&m.Greetings.Changed, s.content.Refresh)
	s.refresh()
	return s
}

func lengthWords() []string {
	words := make([]string, len(view.LengthChoices))
	for i, d := range view.LengthChoices {
		if d < time.Minute {
			words[i] = lang.N("{{.Count}} seconds", int(d/time.Second), map[string]any{"Count": int(d / time.Second)})
		} else {
			words[i] = lang.N("{{.Count}} minutes", int(d/time.Minute), map[string]any{"Count": int(d / time.Minute)})
		}
	}
	return words
}

func keepWords() []string {
	words := make([]string, len(view.HeardChoices))
	for i, n := range view.HeardChoices {
		words[i] = lang.L("For ever")
		if n > 0 {
			words[i] = lang.N("{{.Count}} days", n, map[string]any{"Count": n})
		}
	}
	return words
}

// refresh shows how the machine is set.
func (s *machineSection) refresh() {
	m := s.main.Machine
	set := m.Settings
	showBanner(s.notice, widget.Trouble, m.Notice)
	show(s.parts, m.Ready)
	s.talking.Set(set.Talking)
	s.away.Set(set.Away)
	s.busy.Set(set.DoNotDisturb)
	s.picked.Set(set.KeepPicked)
	s.next.Set(s.main.Voicemails.Next)
	s.length.Set(lengthWords(), slices.Index(view.LengthChoices, set.MaxLength))
	s.keep.Set(keepWords(), slices.Index(view.HeardChoices, m.KeepDays()))
	s.language.SetSelected(max(0, slices.Index(greetingLanguages, set.Language)))
	s.content.Refresh()
}
